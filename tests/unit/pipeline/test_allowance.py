"""Executables share what may be brought up of them."""

import pytest

from zoll.model import Pair, Part, Place
from zoll.pipeline.allowance import allowances

MOST, PAIRED = 3_000, 10_000


def both(name, size):
    old, new = (Part(Place((name,)), "executable/elf", f"{side} {name}", size) for side in ("old", "new"))
    return Pair(old, new, "place")


def pair(name, size, *, gone=False, digest="", kind="executable/elf"):
    part = Part(Place((name,)), kind, digest or name, size)
    return Pair(part, None, "removed") if gone else Pair(None, part, "added")


def test_small_files_are_read_whole_and_large_ones_share_the_rest():
    small, large = pair("a", 100), [pair(f"b{at}", 90_000) for at in range(8)]
    found = allowances([*large, small], MOST, PAIRED)
    assert found[small] == 100
    shares = [found[one] for one in large]
    assert max(shares) - min(shares) <= 1
    assert MOST - 8 <= sum(found.values()) <= MOST


def test_what_came_is_read_before_what_went():
    came, gone = [pair(f"n{at}", 9_000) for at in range(4)], pair("o", 9_000, gone=True)
    found = allowances([gone, *came], MOST, PAIRED)
    assert found[gone] <= min(found[one] for one in came)
    assert all(found[one] <= MOST // 3 for one in came)


def test_the_same_bytes_are_opened_once():
    found = allowances([pair("x/b", 50, digest="d"), pair("x/a", 50, digest="d")], MOST, PAIRED)
    assert {one.place.name: count for one, count in found.items()} == {"a": 50, "b": 0}


def test_paired_executables_have_no_bound_of_their_own_where_it_suffices_for_all():
    assert not allowances([both("a", 2_000), both("b", 3_000)], MOST, PAIRED)


def test_many_paired_executables_share_what_there_is_after_the_small_ones():
    small, large = both("a", 50), [both(f"b{at}", 4_000) for at in range(6)]
    found = allowances([*large, small], MOST, PAIRED)
    assert found[small] == 100
    assert {found[one] for one in large} == {9_900 // 6}


def test_a_bound_of_nothing_leaves_something_to_be_told_of():
    assert set(allowances([both("a", 900)], MOST, 0).values()) == {1}


@pytest.mark.parametrize(
    "other",
    [
        Pair(Part(Place(("f",)), "executable/elf", "1", 9), Part(Place(("f",)), "executable/elf", "2", 9), "place"),
        pair("script.py", 9, kind="code/python"),
    ],
)
def test_other_pairs_have_no_bound_of_this_kind(other):
    assert other not in allowances([other], MOST, PAIRED)
