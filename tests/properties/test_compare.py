"""What must hold of comparing, whatever the two sides are."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from zoll.compare.change import Side, compare
from zoll.compare.count import STANDING
from zoll.model import Fact, Pair, Part, Place, Reading
from zoll.parse.code import Statement

DERIVED = {"weaker", "dropped", "widened", "altered"}
PLACE = Place(("a.c",), "f")
WORDS = ["a()", "b()", "if (x == 1)", "if (y)", "return 0", "return -1", "c = d", "log(x)", "while (z)"]
KINDS = {"i": "condition", "w": "condition", "r": "return", "c": "assign"}


@st.composite
def sides(draw):
    words = draw(st.lists(st.sampled_from(WORDS), max_size=25))
    statements = []
    for line, text in enumerate(words, 1):
        homes = [index for index, one in enumerate(statements) if one.kind == "condition"]
        within = draw(st.sampled_from([-1, *homes[-2:]]))
        branch = draw(st.sampled_from(["then", "else"])) if within >= 0 else ""
        statements.append(Statement(KINDS.get(text[0], "call"), text, line, line, within, branch))
    facts = st.builds(Fact, st.sampled_from(["call", "string", "role"]), st.sampled_from("pqrs"))
    lines = st.integers(0, 30).map(lambda line: PLACE.at(line) if line else PLACE)
    readings = draw(st.lists(st.builds(Reading, facts, lines), max_size=12))
    plain = draw(st.booleans())
    return (
        Side([], readings, words) if plain else Side(statements, readings, words, (1, len(words)) if words else (0, 0))
    )


def part(digest):
    return Part(PLACE, "code/c", digest, 1)


def pair(same=False):
    return Pair(part("1"), part("1" if same else "2"), "place")


def facts(readings):
    return Counter(reading.fact for reading in readings if reading.fact.kind not in DERIVED)


def counted(side):
    return Counter(reading.fact for reading in side.readings if reading.fact.kind not in STANDING)


@given(sides())
def test_equal_sides_have_no_hunks(side):
    assert compare(pair(same=True), side, side).hunks == ()


@given(sides(), sides())
@settings(max_examples=150)
def test_gained_mirrors_lost(old, new):
    forth, back = compare(pair(), old, new), compare(pair(), new, old)
    assert facts(forth.gained) == facts(back.lost)
    assert facts(forth.lost) == facts(back.gained)


@given(sides(), sides())
@settings(max_examples=150)
def test_hunks_add_up_to_the_counted_difference(old, new):
    change = compare(pair(), old, new)
    assert facts(change.gained) == counted(new) - counted(old)
    assert facts(change.lost) == counted(old) - counted(new)


@given(sides(), sides(), st.randoms(use_true_random=False))
def test_the_order_of_readings_does_not_matter(old, new, random):
    mixed = list(new.readings)
    random.shuffle(mixed)
    assert compare(pair(), old, new) == compare(pair(), old, Side(new.statements, mixed, new.lines, new.span))


@given(sides(), sides())
def test_every_changed_line_is_in_a_hunk(old, new):
    change = compare(pair(), old, new)
    known = set(old.lines)
    fresh = [line for line, text in enumerate(new.lines, 1) if text not in known]
    assert all(any(hunk.new[0] <= line <= hunk.new[1] for hunk in change.hunks) for line in fresh)
