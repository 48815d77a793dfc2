"""Names and stores of Python."""

import pytest


@pytest.mark.parametrize(
    "line", ["x += 1", "a[1:2] = b", "del a[0]", "a.b = c", "import os", "from os import path as where", "a = -b"]
)
def test_stores_are_as_they_were(line, python):
    assert python(f"{line}\n") == [line]
