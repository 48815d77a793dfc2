"""Executables, function by function: the samples of pairing are two releases of one small daemon."""

from hashlib import sha256
from pathlib import Path

import pytest

from zoll.model import Pair, Part, Place
from zoll.pipeline import lifting
from zoll.pipeline.reading import read_pair

SAMPLES = Path(__file__).parents[2] / "samples" / "pairing" / "machine"
PROCESSORS = ("x86-64", "arm64")


def read(old, new):
    held = {sha256(data).hexdigest(): data for data in (old, new) if data is not None}
    parts = [data and Part(Place(("d",)), "executable/elf", sha256(data).hexdigest(), len(data)) for data in (old, new)]
    return read_pair(Pair(*parts, "place"), held.__getitem__)


@pytest.fixture(params=PROCESSORS)
def sides(request):
    return [(SAMPLES / f"{request.param}-{side}").read_bytes() for side in ("old", "new")]


def gained(change, kind):
    return {reading.fact.value for reading in change.gained if reading.fact.kind == kind}


def test_a_new_way_in_is_found_with_what_it_compares(sides):
    answer = read(*sides)
    assert not answer.gaps
    (login,) = [one for one in answer.changes if "hidden" in gained(one, "comparison")]
    assert login.pair.old
    assert login.pair.place.address
    assert any(
        value.endswith(("->success", "->return")) for value in gained(login, "gate") | gained(login, "altered")
    ) or ("inserted.return" in gained(login, "altered"))
    assert "secret" not in gained(login, "comparison")


def test_an_added_function_has_its_power_and_its_trigger(sides):
    (added,) = [one for one in read(*sides).changes if gained(one, "power")]
    assert gained(added, "power") == {"run"}
    assert gained(added, "comparison") == {"letmein"}


def test_places_are_addresses_and_lines_of_the_function(sides):
    for change in (one for one in read(*sides).changes if one.pair.place.symbol):
        for side in (change.pair.old, change.pair.new):
            if side:
                assert side.place.start == 1
                assert side.place.address
        for reading in change.gained:
            part = change.pair.new
            assert part
            assert part.place.address <= reading.at.address < part.place.address + part.size
            assert 1 <= reading.at.start <= part.place.end


def test_what_a_function_names_is_not_told_again_of_the_file(sides):
    answer = read(*sides)
    files = [one for one in answer.changes if not one.pair.place.symbol]
    said = {reading.words for change in files for reading in change.gained}
    assert "a new text" not in said


def test_equal_executables_change_in_nothing(sides):
    assert read(sides[0], sides[0]).changes == ()


def test_an_added_and_a_removed_executable_show_their_functions(sides):
    added, removed = read(None, sides[1]), read(sides[0], None)
    assert {"letmein", "hidden", "secret"} <= {v for one in added.changes for v in gained(one, "comparison")}
    assert all(one.pair.new is None for one in removed.changes)
    assert removed.changes


def test_damaged_bytes_leave_a_gap_and_are_compared_as_bytes(sides):
    answer = read(sides[0], sides[1][:80])
    assert {gap.reason for gap in answer.gaps} == {"malformed"}
    assert answer.changes


def test_of_a_new_executable_what_can_do_most_is_brought_up_first(sides):
    held = {sha256(sides[1]).hexdigest(): sides[1]}
    part = Part(Place(("d",)), "executable/elf", *held, len(sides[1]))
    answer = read_pair(Pair(None, part, "added"), held.__getitem__, most=400)
    assert "run" in {value for change in answer.changes for value in gained(change, "power")}
    assert "were not brought up" in answer.gaps[0].detail
    assert sum(change.pair.new.size for change in answer.changes if change.pair.place.symbol) <= 400


def test_an_executable_whose_functions_are_told_elsewhere_is_not_opened(sides):
    held = {sha256(sides[1]).hexdigest(): sides[1]}
    part = Part(Place(("d",)), "executable/elf", *held, len(sides[1]))
    answer = read_pair(Pair(None, part, "added"), held.__getitem__, most=0)
    assert not answer.gaps
    assert not [one for one in answer.changes if one.pair.place.symbol]


def test_what_is_beyond_the_budget_is_told(sides, monkeypatch):
    monkeypatch.setattr(lifting, "MOST_CODE", 100)
    answer = read(*sides)
    assert [gap.reason for gap in answer.gaps] == ["time"]
    assert "were not brought up" in answer.gaps[0].detail
