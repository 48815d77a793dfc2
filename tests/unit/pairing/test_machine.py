from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoll.pairing.machine import Machine, pair_machine
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.image import Image, Region, Sweep
from zoll.parse.machine.sweep import sweep

SAMPLES = Path(__file__).parents[2] / "samples" / "pairing" / "machine"


def opened(name):
    image = read_image((SAMPLES / name).read_bytes(), "executable/elf")[0]
    return Machine(image, sweep(image))


def named(name):
    rows = (line.split() for line in (SAMPLES / f"{name}.names").read_text(encoding="utf-8").splitlines())
    return {int(address, 16): word for address, word in rows}


@pytest.fixture(params=["x86-64", "arm64"], scope="module")
def daemon(request):
    """Pairs of the two daemons, by the names that their functions had before they were stripped."""
    old, new = opened(f"{request.param}-old"), opened(f"{request.param}-new")
    names = [named(f"{request.param}-{side}") for side in ("old", "new")]
    told = [
        {number: words[start] for number, start in enumerate(one.sweep.starts.tolist()) if start in words}
        for one, words in zip((old, new), names, strict=True)
    ]
    return {(told[0].get(pair.old), told[1].get(pair.new)): pair for pair in pair_machine(old, new)}


def test_no_function_of_a_real_pair_is_paired_wrongly(daemon):
    assert [names for names in daemon if names[0] and names[1] and names[0] != names[1]] == []


def test_unchanged_functions_are_the_same_although_their_neighbours_moved(daemon):
    same = {names[0] for names, pair in daemon.items() if pair.same}
    assert same >= {"hello", "bye", "count", "limited", "moved"}


@pytest.mark.parametrize("name", ["text", "calls", "global", "login", "start"])
def test_what_names_another_text_callee_or_datum_is_not_the_same(daemon, name):
    assert not daemon[name, name].same


def test_added_and_removed_functions_stay_alone(daemon):
    assert daemon["removed", None].by == "removed"
    assert daemon[None, "added"].by == "added"


BASE, DATA = 0x1000, 0x100000


def made(functions, texts=200, names=None):
    """Return an executable of functions (digest, callees, texts, instructions), laid out one after another."""
    words = b"".join(b"text number %06d\0" % number for number in range(texts))
    starts = np.arange(len(functions), dtype=np.int64) * 64 + BASE
    calls = [(at, BASE + 64 * to) for at, one in enumerate(functions) for to in one[1]]
    references = [(at, DATA + 19 * text) for at, one in enumerate(functions) for text in one[2]]
    code = bytes(64 * len(functions))
    image = Image(
        words + code,
        "program",
        "x86-64",
        regions=(
            Region(".text", BASE, len(words), len(code), len(code), "rx"),
            Region(".rodata", DATA, 0, len(words), len(words), "r"),
        ),
    )
    shapes = np.array([[(one[0] * 37 + column * one[0]) % 11 for column in range(64)] for one in functions], np.uint8)
    swept = Sweep(
        starts,
        np.full(len(functions), 60, np.int64),
        np.array([one[0] for one in functions], np.uint64),
        np.array([one[3] for one in functions], np.int64),
        np.array(calls, np.int64).reshape(-1, 2),
        np.array(references, np.int64).reshape(-1, 2),
        shapes.reshape(-1, 64),
        np.zeros((0, 2), np.int64),
        names or {},
    )
    return Machine(image, swept)


@st.composite
def programs(draw, most=12):
    size = draw(st.integers(0, most))
    callees = st.lists(st.integers(0, max(size - 1, 0)), max_size=3 if size else 0)
    rows = st.tuples(st.integers(1, 9), callees, st.lists(st.integers(0, 9), max_size=3), st.integers(0, 40))
    return draw(st.lists(rows, min_size=size, max_size=size))


def moved(functions, order):
    """Lay the functions out in another order."""
    place = {old: new for new, old in enumerate(order)}
    return [(d, [place[to] for to in callees], texts, n) for d, callees, texts, n in (functions[at] for at in order)]


@settings(max_examples=60, deadline=None)
@given(programs(), programs())
def test_every_function_stands_in_exactly_one_pair(one, two):
    pairs = pair_machine(made(one), made(two))
    assert sorted(pair.old for pair in pairs if pair.old is not None) == list(range(len(one)))
    assert sorted(pair.new for pair in pairs if pair.new is not None) == list(range(len(two)))


@settings(max_examples=60, deadline=None)
@given(programs(), programs())
def test_the_same_input_gives_the_same_pairs(one, two):
    assert pair_machine(made(one), made(two)) == pair_machine(made(one), made(two))


@settings(max_examples=60, deadline=None)
@given(programs())
def test_an_executable_pairs_with_itself_in_order_and_is_the_same(one):
    pairs = pair_machine(made(one), made(one))
    assert [(pair.old, pair.new, pair.by, pair.same) for pair in pairs] == [
        (at, at, "digest", True) for at in range(len(one))
    ]


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(12)), programs())
def test_distinct_functions_are_found_wherever_they_moved(order, other):
    functions = [(100 + at, [(at * 5 + 1) % 12], [at], 20) for at in range(12)]
    found = {pair.old: pair for pair in pair_machine(made(functions), made(moved(functions, order)))}
    assert [found[at].new for at in range(12)] == [order.index(at) for at in range(12)]
    assert all(pair.same for pair in found.values())


def test_a_changed_function_is_found_by_what_it_says_and_whom_it_calls():
    old = [(100 + at, [(at + 1) % 30], [at], 20) for at in range(30)]
    new = [*old[:7], (999, old[7][1], [7, 40], 25), *old[8:]]
    found = {pair.old: pair for pair in pair_machine(made(old), made(new))}
    assert (found[7].new, found[7].same) == (7, False)
    assert found[6].same  # its callee is the same function, though changed


def test_functions_that_only_a_table_tells_apart_are_found_by_its_texts():
    def side(digest, order):
        rest = [(1000 + at, [], [at], 20) for at in range(150)]
        machine = made([*rest, *((digest + at, [], [], 20) for at in range(12))])
        machine.sweep.shapes[150:] = 5
        entries = [(DATA + 19 * at, BASE + 64 * (150 + where)) for at, where in enumerate(order)]
        held = [(DATA + 8 * (2 * at + number), to) for at, both in enumerate(entries) for number, to in enumerate(both)]
        machine.image.placed = tuple(np.array(column, np.int64) for column in zip(*held, strict=True))
        return Machine(machine.image, machine.sweep)

    order = [(at * 5 + 3) % 12 for at in range(12)]
    found = {pair.old: pair.new for pair in pair_machine(side(2000, range(12)), side(3000, order))}
    told = [(found[150 + at], 150 + to) for at, to in enumerate(order)]
    assert all(one in (None, other) for one, other in told)
    assert sum(one == other for one, other in told) > 6  # order speaks against the rest


def test_a_name_on_both_sides_settles_a_pair():
    old, new = [(5, [], [], 9), (6, [], [], 9)], [(7, [], [], 9), (5, [], [], 9)]
    pairs = pair_machine(made(old, names={BASE: "alpha"}), made(new, names={BASE: "alpha"}))
    assert [(pair.new, pair.by) for pair in pairs if pair.old == 0] == [(0, "symbol")]
