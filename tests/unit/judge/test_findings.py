"""Ranked findings from changes."""

import random
from itertools import pairwise

from msgspec.structs import replace

from zoll.judge.counts import AGAIN, REST, SIZE, Counts
from zoll.judge.findings import judge
from zoll.model import Change, Fact, Hunk, Pair, Part, Place, Reading


class Quiet:
    """Releases that mention nothing."""

    def newness(self, change, reading):
        return 4

    def noted(self, change, hunk):
        return ""

    def mentions(self, change, reading):
        return 0

    def declarations(self, change, reading):
        return ()


def _change(path, symbol, *hunks, roles=()):
    part = Part(Place((path,), symbol, 1, 99), "code/c", "d", 1)
    return Change(Pair(part, part, "name"), hunks, tuple(Fact("role", role) for role in roles))


def _hunk(line, kind, value, *traits):
    return Hunk(
        (line, line), (line, line + 1), "", "", (Reading(Fact(kind, value, traits), Place(("x",), "", line, line)),)
    )


DOOR = _hunk(7, "gate", "literal->success", "literal:zq-maint", "subject:password")
DULL = _hunk(40, "call", "printf")
CHANGES = [
    _change("a.c", "verify", DULL, DOOR, roles=("authentication",)),
    _change("b.c", "draw", DULL),
    _change("c.c", "", DULL, _hunk(60, "power", "run", "call:system")),
]


def test_the_door_comes_first_and_one_finding_speaks_for_a_function():
    findings = judge(CHANGES, Quiet())
    assert [finding.rank for finding in findings] == [1, 2, 3, 4]
    assert findings[0].hunk == DOOR
    assert [finding.change.pair.place.symbol for finding in findings].count("verify") == 1
    assert [finding.change.pair.place.name for finding in findings].count("c.c") == 2


def test_strength_falls_and_expectation_rises_with_rank():
    findings = judge(CHANGES, Quiet())
    assert all(a.bits >= b.bits and a.expected <= b.expected for a, b in pairwise(findings))
    for finding in findings:
        assert abs(finding.bits - sum(signal.bits for signal in finding.signals)) < 0.05


def test_input_order_never_changes_rank():
    expected = judge(CHANGES, Quiet())
    for seed in range(5):
        mixed = random.Random(seed).sample(CHANGES, len(CHANGES))
        assert judge(mixed, Quiet()) == expected


def test_identities_come_from_places_and_differ():
    ids = [finding.id for finding in judge(CHANGES, Quiet())]
    assert len(set(ids)) == len(ids)
    shifted = [
        _change("a.c", "verify", _hunk(9, "gate", "literal->success", "literal:other"), roles=("authentication",))
    ]
    assert judge(shifted, Quiet())[0].id == judge(CHANGES[:1], Quiet())[0].id


def test_all_are_held_against_the_rest_alike():
    many = [_change(f"{name}.c", "", _hunk(60, "power", "run", "call:system")) for name in "defgh"]
    plain, held = (judge([*CHANGES, *many], Quiet(), learned=Counts(rest=rest)) for rest in ((0.0, 0.0), (-0.5, 1.0)))
    told = {next(one.bits for one in finding.signals if one.rule == REST) for finding in held}
    assert len(told) == 1
    assert [finding.id for finding in held] == [finding.id for finding in plain]
    assert all(abs(a.bits + min(told) - b.bits) < 0.011 for a, b in zip(plain, held, strict=True))


def test_no_changes_no_findings():
    assert judge([], Quiet()) == ()


def test_a_second_door_in_the_same_function_is_told_too():
    second = _hunk(70, "gate", "literal->success", "literal:other-word", "subject:password")
    findings = judge([_change("a.c", "verify", DULL, DOOR, second, roles=("authentication",))], Quiet())
    assert {finding.hunk for finding in findings} == {DOOR, second}
    assert len({finding.id for finding in findings}) == 2


def test_what_is_gone_makes_no_upgrade_larger():
    gone = [replace(_change(f"{n}.c", "f", DULL), pair=Pair(CHANGES[0].pair.old, None, "name")) for n in range(500)]
    came = [_change(f"{n}.c", "f", DULL) for n in range(500)]

    def size_of(changes):
        door = next(one for one in judge(changes, Quiet(), learned=Counts(size=-1.0)) if one.hunk == DOOR)
        return sum(one.bits for one in door.signals if one.rule == SIZE)

    assert size_of([*CHANGES, *gone]) == size_of(CHANGES)
    assert size_of([*CHANGES, *came]) < size_of(CHANGES)


def test_the_first_of_each_kind_comes_before_the_many_of_one():
    many = [_change(f"{name}.c", "", _hunk(60, "power", "run", "call:system")) for name in "defghijk"]
    plain, held = (judge([*CHANGES, *many], Quiet(), learned=Counts(again=(again, 0.0))) for again in (0.0, -0.7))
    assert held[0].id == plain[0].id
    assert all(a.bits >= b.bits for a, b in pairwise(held))
    assert {one.id for one in held} == {one.id for one in plain}
    last = [one for one in held if any(signal.rule == AGAIN for signal in one.signals)]
    assert len({one.bits for one in last}) > 1
