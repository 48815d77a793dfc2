from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoll.pairing.executables.lineup import in_order, sureness

NONE = np.zeros(0, np.int64)


def ways(olds, news):
    """Every way to pair some of both in order."""
    for size in range(min(olds, news) + 1):
        for mine in combinations(range(olds), size):
            for theirs in combinations(range(news), size):
                yield list(zip(mine, theirs, strict=True))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 3), st.integers(1, 4), st.data())
def test_sureness_is_the_share_of_all_ways_that_hold_the_pair(olds, news, data):
    bits = np.array([data.draw(st.floats(-8, 8)) for _ in range(olds * news)])
    first, second = np.repeat(np.arange(olds), news), np.tile(np.arange(news), olds)
    weight = {}
    for way in ways(olds, news):
        product = 0.15 ** (olds + news - 2 * len(way))
        for one, two in way:
            product *= 0.8 * 2 ** bits[one * news + two]
        weight[tuple(way)] = product
    whole = sum(weight.values())
    expected = [
        sum(worth for way, worth in weight.items() if (one, two) in way) / whole
        for one, two in zip(first, second, strict=True)
    ]
    assert sureness(first, second, bits, NONE, NONE, olds) == pytest.approx(expected)


def test_what_stands_between_other_pairs_is_not_lined_up():
    first, second, bits = np.array([0, 2]), np.array([2, 0]), np.array([9.0, 9.0])
    assert sureness(first, second, bits, np.array([1]), np.array([1]), 3).tolist() == [0, 0]
    assert sureness(first, first, bits, np.array([1]), np.array([1]), 3).min() > 0.9


@given(st.lists(st.integers(0, 99), unique=True, max_size=9))
def test_the_longest_series_is_found(news):
    found = in_order(np.array(news, np.int64))
    values = [news[at] for at in found.tolist()]
    assert values == sorted(values)
    longest = max(
        (len(some) for size in range(len(news) + 1) for some in combinations(news, size) if list(some) == sorted(some)),
        default=0,
    )
    assert len(values) == longest
