"""Compiled Python, read and never loaded."""

import marshal
from importlib.util import MAGIC_NUMBER

import pytest

from zoll.parse.bytecode.pymarshal import BadMarshal, Symbol, read_pyc


def pyc(held):
    return MAGIC_NUMBER + b"\0" * 12 + marshal.dumps(held)


def test_constants_of_all_kinds_come_out():
    code = compile("x = (1, 2.5, 3j, -10**30, None, ..., b'raw', 'caf\u00e9', a in {'one'})", "x.py", "exec")
    consts = read_pyc(pyc(code))[1].consts
    assert {1, 2.5, 3j, -(10**30), None, ..., b"raw", "caf\u00e9"} <= {
        one for one in consts if not isinstance(one, Symbol)
    }
    assert Symbol("set", ("one",)) in consts


@pytest.mark.parametrize("held", [1, "text", (1, 2)])
def test_what_is_no_code_is_refused(held):
    with pytest.raises(BadMarshal):
        read_pyc(pyc(held))


def test_depth_is_bounded():
    with pytest.raises(BadMarshal):
        read_pyc(MAGIC_NUMBER + b"\0" * 12 + b")\x01" * 100_000)
