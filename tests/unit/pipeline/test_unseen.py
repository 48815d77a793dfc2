"""What could not be seen has a place in the account and, when it is new, among the findings."""

import io
import zipfile

import pytest

from zoll.errors import CannotRead
from zoll.model import Change, Gap, Hunk, Pair, Part, Place, Reading, Release
from zoll.pairing.files import Pairing
from zoll.pipeline.unseen import UNSEEN, readable, with_gaps, with_unseen

AT = Place(("a.zip", "a.py"))


def part(digest="d", size=9, place=AT):
    return Part(place, "container/rar", digest, size)


def gap(side, reason="encrypted", stage="open"):
    return Gap(stage, AT, reason, side=side)


def found(pair, *gaps, changes=()):
    made = with_gaps(changes, Pairing((), (), (pair,)), gaps)
    return [(*reading.fact.traits, reading.fact.value) for change in made for reading in change.gained]


@pytest.mark.parametrize(
    ("pair", "gaps", "says"),
    [
        (Pair(part("1"), part("2"), "place"), [gap("new")], ("was:readable", "encrypted")),
        (Pair(None, part(), "added"), [gap("new")], ("was:absent", "encrypted")),
        (Pair(part("1"), part("2"), "place"), [gap("old"), gap("new")], ("was:gap", "encrypted")),
        (Pair(part(""), part("", 10), "place"), [gap("old"), gap("new")], ("was:gap", "encrypted")),
        (Pair(part("1"), part("2"), "place"), [gap("old", "time"), gap("new")], ("was:readable", "encrypted")),
        (Pair(part(""), part(""), "place"), [gap("old"), gap("new")], None),
        (Pair(part("1"), part("2"), "place"), [gap("old", stage="read"), gap("new", stage="read")], None),
        (Pair(part("1"), part("2"), "place"), [gap("old")], None),
        (Pair(part("1"), None, "removed"), [gap("old")], None),
    ],
)
def test_a_gap_is_a_change_when_it_is_new_or_its_bytes_changed(pair, gaps, says):
    assert found(pair, *gaps) == ([says] if says else [])


def test_the_gap_stands_beside_what_was_seen_of_the_part():
    pair = Pair(part("1"), part("2"), "place")
    lines, whole = Hunk((1, 1), (1, 1)), Hunk()
    for hunks, number in (((lines,), 1), ((lines, whole), 1), ((), 0)):
        (change,) = with_gaps([Change(pair, hunks)], Pairing((), (), (pair,)), [gap("new")])
        assert [type(reading) for reading in change.hunks[number].gained] == [Reading]


def test_a_place_with_a_gap_alone_becomes_a_part():
    release = Release("r", "whole", (part(place=Place(("b",))),), (gap(""), Gap("open", Place(("r",)), "truncated")))
    parts = {one.place.hops: one for one in with_unseen(release).parts}
    assert parts["a.zip", "a.py"].kind == UNSEEN
    assert parts["a.zip", "a.py"].digest == ""
    assert parts[("r",)].digest == "whole"


def test_bytes_that_are_gone_read_as_nothing():
    def gone(digest):
        raise CannotRead("missing")

    assert readable(gone)("d") == b""


def locked(*names):
    """A zip of which the named members claim to need a password."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("a.py", "b.py"):
            archive.writestr(zipfile.ZipInfo(name), f"print('{name}')\n")
    data = bytearray(out.getvalue())
    for name in names:
        local, central = data.find(name.encode()) - 30, data.rfind(name.encode()) - 46
        data[local + 6] |= 1
        data[central + 8] |= 1
    return bytes(data)


def test_a_member_that_is_encrypted_now_is_a_finding_and_not_removed(upgrade):
    report = upgrade({"x.zip": locked()}, {"x.zip": locked("a.py")})
    (finding,) = report.findings
    assert finding.signals[0].rule == "concealment/unseen"
    assert finding.change.pair.place.path == "x.zip!/a.py"
    assert "closed to inspection" in finding.title
    assert (report.account.gaps.parts, report.account.unchanged.parts, report.account.removed.parts) == (1, 1, 0)


def test_a_member_that_is_readable_now_is_read_as_added(upgrade):
    report = upgrade({"x.zip": locked("a.py")}, {"x.zip": locked()})
    assert {finding.change.pair.by for finding in report.findings} == {"added"}


def test_a_container_that_nobody_opens_and_that_changed_is_a_finding(upgrade):
    old, new = (b"Rar!\x1a\x07\x01\x00" + bytes([n]) * 200 for n in (1, 2))
    report = upgrade({"x.rar": old}, {"x.rar": new, "y.rar": new})
    rules = {finding.change.pair.place.path: [signal.rule for signal in finding.signals] for finding in report.findings}
    assert "concealment/unseen-change" in rules["x.rar"]
    assert "concealment/unseen" in rules["y.rar"]
    same = upgrade({"x.rar": new}, {"x.rar": new, "y.rar": new})
    assert same.account.unchanged.parts >= 1
