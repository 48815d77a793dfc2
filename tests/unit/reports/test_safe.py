"""Nothing that misleads a terminal or an eye gets through."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.reports.safe import as_json, show, show_code, well_formed, whole


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain.c", "plain.c"),
        ("Größe/文件.c", "Größe/文件.c"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x1b[2J\x1b]0;owned\x07", r"\e[2J\e]0;owned\x07"),
        ("\x9b31m", r"\x9b31m"),
        ("a\u202eb\u2066c\u200fd", r"a\u202eb\u2066c\u200fd"),
        ("a\u200bb\u2060c\ufeffd\xade", r"a\u200bb\u2060c\ufeffd\xade"),
        ("line\u2028paragraph\u2029", r"line\u2028paragraph\u2029"),
        ("no\xa0break\u3000wide", r"no\xa0break\u3000wide"),
        ("filler\u3164\u115f\u2800", r"filler\u3164\u115f\u2800"),
        ("a\ufe0f\U000e0101b", r"a\ufe0f\U000e0101b"),
        ("tag\U000e0041", r"tag\U000e0041"),
        ("byte\udcff", r"byte\xff"),
        ("lone\ud800", r"lone\ud800"),
        ("private\ue000", r"private\ue000"),
        ("\x00", r"\x00"),
    ],
)
def test_hostile_names_show_as_escapes(text, shown):
    assert show(text) == shown


@given(st.text(st.characters(codec=None, categories=None)))
def test_nothing_shown_is_a_control_or_format_character(text):
    for char in show(text):
        assert unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
        assert char == " " or unicodedata.category(char) != "Zs"


@given(st.text())
def test_showing_twice_changes_nothing_more(text):
    assert show(show(text)) == show(text)


def test_code_keeps_its_indent():
    assert show_code("\tif (x)\t/* y */") == "    if (x)  /* y */"


@given(st.text(st.characters(codec=None, categories=None)))
def test_whole_text_can_always_be_written(text):
    whole(text).encode("utf-8")


def test_whole_text_keeps_everything_else():
    assert whole("a\x1b\u202e\udcfe") == "a\x1b\u202e\\xfe"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_json_is_what_python_writes_with_an_indent(value):
    assert as_json(value) == json.dumps(value, indent=2, sort_keys=True) + "\n"


@given(st.lists(st.text(st.characters(codec=None, categories=None))))
def test_json_holds_no_half_of_a_character(texts):
    assert json.loads(as_json({"a": texts})) == {"a": well_formed(texts)}
