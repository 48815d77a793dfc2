"""Calls and ways of Python."""

import pytest


@pytest.mark.parametrize(
    "line",
    [
        "f(a, b=1)",
        "f(*a, **b)",
        "a.b.c(d)",
        "raise ValueError(a)",
        "x = super().f()",
        "from a import *",
        "x = a(b)(c)",
    ],
)
def test_calls_are_as_they_were(line, python):
    assert python(f"{line}\n") == [line]


def test_loops_over_items_have_their_names(python):
    lines = python("for a, b in x.items():\n  f(a, b)\n")
    assert [line.strip() for line in lines] == ["for a, b in x.items():", "f(a, b)"]


def test_what_is_caught_is_told(python):
    lines = python("try:\n  f()\nexcept OSError as e:\n  g(e)\n")
    assert [line.strip() for line in lines] == ["try:", "f()", "except OSError as e:", "g(e)"]


def test_of_several_that_are_caught_each_is_asked_for(python):
    text = "\n".join(python("try:\n  f()\nexcept OSError:\n  g()\nexcept KeyError:\n  h()\n"))
    assert "if isinstance(thrown, OSError):" in text
    assert "if isinstance(thrown, KeyError):" in text


def test_with_keeps_its_call(python):
    assert python("with open('x') as f:\n  g(f)\n")[:2] == ['f = open("x")', "g(f)"]
