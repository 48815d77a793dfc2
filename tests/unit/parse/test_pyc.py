"""Texts of compiled Python, read and never loaded."""

import marshal
from contextlib import suppress
from importlib.util import MAGIC_NUMBER

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.broken import Broken
from zoll.parse.pyc import HEADER, texts

SOURCE = '''
"""What it is."""
import os.path as where
LIMIT = (1, 2.5, 3j, -10**30, None, ..., b"raw bytes", frozenset({"one", "two"}))
class Thing:
    """A thing."""
    def go(self, *, loud=False, **more):
        try:
            return [f"{name!r} caf\u00e9 \u4e2d" for name in more if name not in {"a", "b"}]
        finally:
            (lambda: where.exists("/etc/hosts"))()
'''


def compiled(source=SOURCE):
    return MAGIC_NUMBER + b"\0" * 12 + marshal.dumps(compile(source, "somewhere.py", "exec"))


def test_names_and_texts_come_out_and_file_names_do_not():
    found = set(texts(compiled()))
    assert {b"What it is.", b"raw bytes", b"one", b"Thing", b"loud", b"exists", b"/etc/hosts"} <= found
    assert " caf\u00e9 \u4e2d".encode() in found
    assert b"somewhere.py" not in found


@pytest.mark.parametrize("data", [b"", b"\0" * 40, compiled()[:-20], compiled()[: HEADER + 3]])
def test_what_is_none_or_ends_early(data):
    with pytest.raises(Broken):
        list(texts(data))


@given(st.integers(0, 400), st.binary(max_size=40))
def test_whatever_stands_in_it(at, junk):
    data = bytearray(compiled())
    data[HEADER + at : HEADER + at + len(junk)] = junk
    with suppress(Broken):
        list(texts(bytes(data)))
