"""Of many changed places of one data file only those that nobody need read become one."""

import pytest

from zoll.compare.change import Side, compare
from zoll.compare.folding import COMMON, MANY, shape_of
from zoll.model import Fact, Pair, Part, Place, Reading

LOG = "text/plain"


def part(kind, name):
    return Part(Place((name,)), kind, name, 100)


def changed(lines, readings=(), kind=LOG, *, seen=True):
    """Each line, after one that stays as it is, in the place of an empty one."""
    new = [text for line in lines for text in ("same", line)]
    old = [text for _ in lines for text in ("same", "")]
    pair = Pair(part(kind, "old"), part(kind, "new"), "place")
    return compare(pair, Side(lines=old), Side(readings=readings, lines=new), seen=seen)


def said(kind, value, line, *traits):
    return Reading(Fact(kind, value, traits), Place(("new",), start=line, end=line), value)


NUMBERS = [f"$GPGSV,{n},1,{n * 7}.5*{n % 7}A" for n in range(100)]


def test_lines_that_differ_in_numbers_are_one_hunk_that_counts_them():
    (hunk,) = changed(NUMBERS).hunks
    assert (hunk.folded.places, hunk.folded.lines) == (100, 100)
    assert hunk.folded.shapes == (("$GPGSV,#", 100),)
    assert hunk.new == (2, 2)


def test_few_places_are_left_alone():
    assert [hunk.folded.places for hunk in changed(NUMBERS[:MANY]).hunks] == [1] * MANY


@pytest.mark.parametrize("kind", ["endpoint", "command", "secret", "encoded", "account", "mode"])
def test_a_fact_of_weight_keeps_its_hunk(kind):
    told = said(kind, "192.0.2.1", 100)
    kept, many = changed(NUMBERS, [told]).hunks
    assert kept.gained == (told,)
    assert many.folded.places == 99


def test_a_setting_about_security_keeps_its_hunk_and_another_does_not():
    lines = [f'"tls": {n},' for n in range(100)]
    tls = said("setting", "tls=49", 100, "about:tls", "value:number")
    plain = said("setting", "speed=39", 80, "value:number")
    kept, many = changed(lines, [tls, plain], "config/json").hunks
    assert kept.gained == (tls,)
    assert many.folded.places == 99


def test_a_line_of_its_own_shape_keeps_its_hunk_if_a_reader_told_it():
    lines = [*NUMBERS[:50], "run = nightly(2)", *NUMBERS[50:]]
    told = said("line", "run = nightly(2)", 102)
    kept, many = changed(lines, [told]).hunks
    assert kept.gained == (told,)
    assert many.folded.places == 100


def test_without_all_facts_only_common_shapes_are_folded():
    lines = [*NUMBERS, *(word * 3 for word in "abcdefg")]
    assert len(changed(lines).hunks) == 1
    assert len(changed(lines, seen=False).hunks) == 8


def test_a_dense_word_keeps_its_hunk():
    assert len(changed([*NUMBERS, "Zm9v" * 12]).hunks) == 2


def test_sentences_are_kept_for_those_who_ask_what_the_release_says():
    lines = [f"Sentence about thing{chr(97 + n % 26)}." for n in range(60)]
    change = changed(lines, [said("document", line, 2 * n + 2) for n, line in enumerate(lines)], "document/text")
    (hunk,) = change.hunks
    assert not hunk.gained
    assert len(list(change.gained)) == 60


@pytest.mark.parametrize("kind", ["text/tcl", "config/make", "code/c", "config/ini"])
def test_what_runs_or_sets_is_never_folded(kind):
    assert len(changed(NUMBERS, kind=kind).hunks) == 100


def test_shapes():
    assert shape_of(" x = 17.5, 3") == shape_of("x = -2,5,9")
    assert shape_of("port open") != shape_of("port shut")
    assert COMMON < MANY
