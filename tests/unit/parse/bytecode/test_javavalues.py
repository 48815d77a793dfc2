"""Values of Java methods."""

import pytest

from zoll.parse.bytecode.classfile import Number
from zoll.parse.bytecode.javavalues import NewArray, compared, number


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [(3, "I", "3"), (4, "J", "4L"), (0.5, "F", "0.5f"), (2.0, "D", "2.0"), (float("inf"), "D", "1.0 / 0.0")],
)
def test_numbers_are_literals(value, kind, text):
    assert number(Number(value, kind)) == text


def test_comparisons_have_a_contrary():
    assert compared("a", "<", "b").no == "a >= b"


def test_an_array_shows_its_size_until_something_is_put_into_it():
    array = NewArray("byte[]", "[[B", "4")
    assert array.text == "new byte[4][]"
    array.items.append("x")
    assert array.text == "new byte[][] {x}"
