"""Compiled Python as the text of a module."""

import pytest

from zoll.parse.bytecode.pyclass import open_pyc
from zoll.parse.bytecode.source import BadBytecode


def test_functions_and_classes_stand_where_they_are_made(python):
    lines = python("class A(B, metaclass=M):\n  @deco\n  async def f(self, a, /, b=1, *c, d=2, **e):\n    await a\n")
    assert [line.strip() for line in lines] == [
        "class A(B, metaclass=M):",
        "@deco",
        "async def f(self, a, /, b=1, *c, d=2, **e):",
        "await a",
    ]


def test_lambdas_stay_in_their_line(python):
    assert python("x = lambda a, b=2: a + b\n") == ["x = (lambda a, b=2: a + b)"]


def test_generators_stay_in_their_line(python):
    assert python("x = any(a.b for a in c if a)\n") == ["x = any((a.b for a in c if a))"]


def test_compiled_python_of_an_unknown_version_is_refused():
    with pytest.raises(BadBytecode) as refused:
        open_pyc(b"\x33\x0a\r\n" + b"\0" * 12 + b"N")
    assert refused.value.reason in ("malformed", "unsupported")
