"""Constant expressions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.arithmetic import evaluate, value_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8 >> 2", 2),
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("0777 & ~022", 0o755),
        ("60 * 60 * 24", 86400),
        ("16u", 16),
        ("2**15", 32768),
        ("n**15", None),
        ("-1", -1),
        ("- -1", 1),
        ("10 - 2 - 3", 5),
        ("A | 2", 6),
        ("stat.A", 4),
        ("", None),
        ("n", None),
        ("1 +", None),
        ("(1", None),
        ("1)", None),
        ("1 2", None),
        ("1 / 0", None),
        ("1 << 99", None),
        ("1.5", None),
        ("f(1)", None),
    ],
)
def test_values(text, value):
    assert evaluate(text, {"A": 4}) == value


def test_huge_ones_are_left_alone():
    assert evaluate(" * ".join(["18446744073709551615"] * 8)) is None
    assert evaluate("(" * 190 + "1") is None


@given(st.text(alphabet="0123456789abx()+-*/%&|^~<> _A", max_size=60))
def test_whatever_the_text(text):
    assert evaluate(text, {"A": 1}) is None or isinstance(evaluate(text, {"A": 1}), int)


@given(st.integers(0, 1000), st.integers(0, 1000), st.sampled_from(["+", "-", "*", "&", "|", "^"]))
def test_as_python_does(one, two, mark):
    text = f"{one} {mark} {two}"
    assert evaluate(text) == eval(text)  # made here


def test_numbers_of_every_base():
    assert [value_of(text) for text in ("08", "010", "0b11", "1_000")] == [8, 8, 3, 1000]
