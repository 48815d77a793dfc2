"""Values of Python."""

import pytest

from zoll.parse.bytecode.pymarshal import Symbol
from zoll.parse.bytecode.pyvalues import Imported, literal


@pytest.mark.parametrize(
    ("held", "text"),
    [
        ("a'b", '"a\'b"'),
        (b"ab", 'b"ab"'),
        (("a",), '("a",)'),
        (Symbol("set", (1, 2)), "{1, 2}"),
        (..., "..."),
        (-1, "-1"),
    ],
)
def test_constants_are_literals(held, text):
    assert literal(held) == text


def test_depth_is_bounded():
    held = ()
    for _ in range(5000):
        held = (held,)
    assert len(literal(held)) < 40


def test_imports_are_said_with_their_name():
    assert [Imported("os").said("system"), Imported("a.b").said("a"), Imported("..x", "y").said("y")] == [
        "import os as system",
        "import a.b",
        "from ..x import y",
    ]
