"""Expressions of Python."""

import pytest


@pytest.mark.parametrize(
    "line",
    [
        "x = a + b * c",
        'x = {"a": 1, **b}',
        "x = [a, *b]",
        "x = a[b]",
        "x = a is not b",
        "x = not a",
        "x = a not in b",
        "x = (a, b)",
        "x = a ** ~b",
    ],
)
def test_expressions_are_as_they_were(line, python):
    text = python(f"{line}\n")[0]
    assert text.replace("(", "").replace(")", "") == line.replace("(", "").replace(")", "")


def test_texts_that_are_put_together_are_sums(python):
    assert python('x = f"sh {a} {b!r}"\n') == ['x = "sh " + str(a) + " " + repr(b)']
