"""Weakenings that rest on a value nobody knows are not told; those of known values are."""

import pytest

from zoll.model import Change, Fact, Hunk, Pair, Part, Place, Reading
from zoll.pipeline.unknown_values import without_unknown

AT = Place(("d",), "sub_1000")


def left(value, old, new):
    fact = Fact("weaker", value, (f"new:{new}", f"old:{old}"))
    part = Part(AT, "executable/elf", "", 0)
    change = Change(Pair(part, part, "symbol"), hunks=(Hunk(gained=(Reading(fact, AT),)),))
    return [one.fact for found in without_unknown([change]) for hunk in found.hunks for one in hunk.gained]


@pytest.mark.parametrize(
    ("value", "old", "new"),
    [
        ("operator", "v < 20", "v != 20"),
        ("operator", "(v + 1) != arg2", "(v + 1) < arg2"),
        ("negation", "(v >> 1) != v", "(v >> 1) == v"),
        ("negation", "!v", "v"),
        ("mode", "255", "1"),
    ],
)
def test_unknown_values_say_nothing(value, old, new):
    assert not left(value, old, new)


@pytest.mark.parametrize(
    ("value", "old", "new"),
    [
        ("operator", "v > 3", "v >= 3"),
        ("operator", "arg2 != 3", "arg2 > 3"),
        ("operator", "v->f8 != 3", "v->f8 < 3"),
        ("operator", "v[2] != 3", "v[2] < 3"),
        ("bound", "v > 64", "v > 256"),
        ("negation", "!arg1", "arg1"),
        ("mode", "0660", "0666"),
    ],
)
def test_known_values_are_told(value, old, new):
    assert left(value, old, new)


@pytest.mark.parametrize(
    ("gate", "stays"),
    [
        (("magic->skip", ("literal:499", "op:<", "subject:v")), False),  # the end of a loop
        (("environment->skip", ("op:truth", "subject:v")), False),
        (("literal->skip", ("literal:admin", "op:!=", "subject:v")), True),
        (("magic->skip", ("literal:499", "op:==", "subject:v")), True),
        (("magic->skip", ("literal:499", "op:<", "subject:arg1")), True),
        (("magic->return", ("literal:499", "op:<", "subject:v")), True),
    ],
)
def test_what_goes_round_again_passes_over_nothing(gate, stays):
    part = Part(AT, "executable/elf", "", 0)
    change = Change(Pair(part, part, "symbol"), hunks=(Hunk(gained=(Reading(Fact("gate", *gate), AT),)),))
    (found,) = without_unknown([change])
    assert bool(found.hunks[0].gained) == stays
