"""What is brought up where not all can be: the samples of pairing are two releases of one small daemon."""

from pathlib import Path

import pytest

from zoll.pairing.executables.side import Machine
from zoll.pairing.machine import pair_machine
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.known import recognise
from zoll.parse.machine.sweep import sweep
from zoll.pipeline.foremost import foremost, powers

SAMPLES = Path(__file__).parents[2] / "samples" / "pairing" / "machine"


def machine(name):
    (image,) = read_image((SAMPLES / name).read_bytes(), "executable/elf")
    swept = sweep(image)
    recognise(image, swept)
    return Machine(image, swept)


@pytest.fixture
def sides():
    return [machine(f"x86-64-{side}") for side in ("old", "new")]


@pytest.fixture
def differing(sides):
    return [each for each in pair_machine(*sides) if not each.same]


def test_all_are_chosen_where_there_is_room(sides, differing):
    assert foremost(differing, sides, 1_000_000) == differing


def test_what_names_other_texts_comes_first_and_what_went_last(sides, differing):
    few = foremost(differing, sides, 370)
    assert [(one.old, one.new) for one in few] == [(6, 6), (8, 8)]
    most = foremost(differing, sides, 800)
    assert [one for one in most if one.old is None]
    assert not [one for one in most if one.new is None]


def test_what_is_new_and_has_a_power_comes_before_pairs_that_say_the_same(sides, differing):
    kept = foremost(differing, sides, 420)
    assert [one for one in kept if one.old is None]
    assert (7, 7) not in [(one.old, one.new) for one in kept]


def test_powers_are_those_of_imports(sides):
    assert any(powers(sides[1].image).values())
