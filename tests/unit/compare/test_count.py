"""Counted difference: of n equal readings only the surplus is new, lowest rank first."""

from zoll.compare.count import excess
from zoll.model import Fact, Place, Reading


def reading(value, line):
    return Reading(Fact("call", value), Place(("a",)).at(line))


def test_surplus_by_rank():
    here = [reading("f", 1), reading("f", 9), reading("g", 2)]
    assert excess(here, [reading("f", 1)], lambda one: -one.at.start) == sorted([reading("f", 9), reading("g", 2)])


def test_nothing_more():
    assert excess([reading("f", 1)], [reading("f", 5), reading("f", 6)], lambda _: 0) == []
