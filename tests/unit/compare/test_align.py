"""Aligning gives rising pairs of equal items."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from zoll.compare.align import align

WORDS = st.lists(st.sampled_from("abcde"), max_size=30)


@given(WORDS, WORDS)
def test_pairs_rise_and_are_equal(old, new):
    pairs = align(old, new)
    assert all(old[one] == new[two] for one, two in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


@given(WORDS)
def test_the_same_is_wholly_aligned(items):
    assert align(items, items) == [(place, place) for place in range(len(items))]


def test_an_insertion_leaves_the_rest():
    assert align("abcd", "abXcd") == [(0, 0), (1, 1), (2, 3), (3, 4)]
