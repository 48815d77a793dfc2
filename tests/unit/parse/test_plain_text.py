"""Text in other widths and with other line ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.plain_text import narrow, plain, wide

CODE = "import os\nos.system('x')\n"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_is_known_by_its_mark(codec):
    data = ("\ufeff" + CODE).encode(codec)
    assert wide(data) == codec
    assert plain(data) == CODE.encode()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_known_by_its_zeros(codec):
    assert plain(CODE.encode(codec)) == CODE.encode()


def test_zeros_on_both_sides_are_no_text():
    assert wide(b"\0\1\2\0" * 100) == ""
    assert wide(b"a\0b") == ""


def test_half_a_character_at_the_end_is_shown_as_such():
    assert narrow(b"a\0b", "utf-16-le") == "a\ufffd".encode()


def test_a_lone_carriage_return_ends_a_line_and_others_stay():
    assert plain(b"a # x\rb\r\nc\r\r\nd\n") == b"a # x\nb\r\nc\r\r\nd\n"


@given(st.binary(max_size=200))
def test_whatever_the_bytes_it_is_settled_at_once(data):
    once = plain(data)
    assert wide(once) or plain(once) == once
