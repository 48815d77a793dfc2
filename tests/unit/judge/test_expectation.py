"""Expectation falls with bits, grows with size; levels stand on it."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.judge.counts import Levels
from zoll.judge.expectation import HOLD, REVIEW, bits_at, expected, kind_of, level

LEVELS = Levels(start=3.0, scale=1.5, growth=0.4)
BITS = st.floats(-5, 40)
HUNKS = st.integers(1, 100_000)


@given(BITS, BITS, HUNKS)
def test_stronger_is_rarer(one, other, hunks):
    low, high = sorted((one, other))
    assert expected(high, hunks, LEVELS) <= expected(low, hunks, LEVELS)


@given(BITS, HUNKS, HUNKS)
def test_larger_upgrades_show_more(bits, one, other):
    small, large = sorted((one, other))
    assert expected(bits, small, LEVELS) <= expected(bits, large, LEVELS)


@given(st.sampled_from([HOLD, REVIEW]), HUNKS)
def test_bits_at_is_the_inverse(expectation, hunks):
    bits = bits_at(expectation, hunks, LEVELS)
    assert abs(expected(bits, hunks, LEVELS) - expectation) < 0.02 * expectation


def test_levels():
    assert [level(HOLD), level(REVIEW), level(0.9)] == ["hold", "review", "note"]


def test_a_kind_moves_the_expectation():
    levels = Levels(start=3.0, scale=1.5, growth=0.4, kinds={"php": 1.0})
    assert expected(8.0, 10, levels.of("php")) > expected(8.0, 10, levels.of("c")) == expected(8.0, 10, LEVELS)


def test_the_kind_is_the_language_that_most_findings_stand_in():
    code, compiled = ("place function", "place language:php"), ("place compiled", "place language:c")
    assert kind_of([code, code, compiled, ("place file",)]) == "php"
    assert kind_of([compiled]) == "compiled"
    assert kind_of([("place file",)]) == kind_of([]) == ""
