"""Executables without a counterpart share what may be brought up of them."""

import pytest

from zoll.model import Pair, Part, Place
from zoll.pipeline.allowance import allowances

MOST = 3_000


def pair(name, size, *, gone=False, digest="", kind="executable/elf"):
    part = Part(Place((name,)), kind, digest or name, size)
    return Pair(part, None, "removed") if gone else Pair(None, part, "added")


def test_small_files_are_read_whole_and_large_ones_share_the_rest():
    small, large = pair("a", 100), [pair(f"b{at}", 90_000) for at in range(8)]
    found = allowances([*large, small], MOST)
    assert found[small] == 100
    shares = [found[one] for one in large]
    assert max(shares) - min(shares) <= 1
    assert MOST - 8 <= sum(found.values()) <= MOST


def test_what_came_is_read_before_what_went():
    came, gone = [pair(f"n{at}", 9_000) for at in range(4)], pair("o", 9_000, gone=True)
    found = allowances([gone, *came], MOST)
    assert found[gone] <= min(found[one] for one in came)
    assert all(found[one] <= MOST // 3 for one in came)


def test_the_same_bytes_are_opened_once():
    found = allowances([pair("x/b", 50, digest="d"), pair("x/a", 50, digest="d")], MOST)
    assert {one.place.name: count for one, count in found.items()} == {"a": 50, "b": 0}


@pytest.mark.parametrize(
    "other",
    [
        Pair(Part(Place(("f",)), "executable/elf", "1", 9), Part(Place(("f",)), "executable/elf", "2", 9), "place"),
        pair("script.py", 9, kind="code/python"),
    ],
)
def test_other_pairs_have_no_bound_of_this_kind(other):
    assert other not in allowances([other], MOST)
