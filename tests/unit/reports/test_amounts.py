"""Amounts in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.reports.amounts import count, expectation, share, size


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (99_949, "99.9 kB"),
        (99_951, "100 kB"),
        (999_499, "999 kB"),
        (999_500, "1.0 MB"),
    ],
)
def test_sizes(octets, said):
    assert size(octets) == said


@given(st.integers(0, 10**18))
def test_a_size_is_short(octets):
    assert len(size(octets)) <= 10


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 0, "0 %"),
        (0, 5, "0 %"),
        (5, 5, "100 %"),
        (1, 3, "33 %"),
        (1, 40, "2.5 %"),
        (1, 10**5, "<0.1 %"),
        (10**5 - 1, 10**5, ">99.9 %"),
    ],
)
def test_shares_never_round_something_to_nothing(part, whole, said):
    assert share(part, whole) == said


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (0.0, "fewer than 0.001 changes"),
        (0.02, "0.02 changes"),
        (0.3149, "0.31 changes"),
        (1.0, "1 change"),
        (2.34, "2.3 changes"),
        (14.2, "14 changes"),
        (12345.6, "12,346 changes"),
    ],
)
def test_expectations_in_words(expected, said):
    assert expectation(expected) == f"a clean upgrade of this kind and size shows {said} this strong"


def test_counts():
    assert count(1, "place") == "1 place"
    assert count(1200, "more row") == "1,200 more rows"
