"""An entry of a table that leads to another function is told at that function, or at the entry."""

import struct

import numpy as np

from zoll.model import Change, Hunk, Pair, Part, Place
from zoll.pairing.executables.side import Machine
from zoll.pairing.machine import MachinePair
from zoll.parse.machine.image import Image, Region, Sweep
from zoll.pipeline.led import with_exchanged

CODE, TEXT, DATA = 0x1000, 0x2000, 0x3000
FILE = Part(Place(("d",)), "executable/elf", "x", 9)
NAMES = {CODE: "check", CODE + 64: "anyone"}
PAIRS = [MachinePair(0, 0, "digest", same=True), MachinePair(1, 1, "digest", same=True)]


def machine(target):
    """Return an executable of two functions and a table with one row: login, and where its function stands."""
    code = bytes(128)
    data = b"login\0" + struct.pack("<QQ", TEXT, target)
    regions = (
        Region(".text", CODE, 0, 128, 128, "rx"),
        Region(".rodata", TEXT, 128, 6, 6, "r"),
        Region(".data", DATA, 134, 16, 16, "rw"),
    )
    image = Image(code + data, "elf", "x86-64", regions=regions)
    image.placed = (np.array([DATA, DATA + 8]), np.array([TEXT, target]))
    none = np.zeros((0, 2), np.int64)
    starts, digests = np.array([CODE, CODE + 64]), np.array([3, 4], np.uint64)
    sizes = np.full(2, 60, np.int64)
    return Machine(image, Sweep(starts, sizes, digests, sizes, none, none, np.zeros((2, 64), np.uint8), none, {}))


def told(changes, old, new):
    sides = machine(old), machine(new)
    return with_exchanged(changes, Pair(FILE, FILE, "place"), PAIRS, sides, (NAMES, NAMES))


def facts(change):
    return [
        (one.fact.kind, one.fact.trait("key"), one.fact.trait("old"), one.fact.trait("new")) for one in change.gained
    ]


def test_it_is_told_at_the_function_that_came_in():
    part = Part(Place(("d",), "anyone", 1, 5, CODE + 64), "executable/elf", "y", 9)
    (change,) = told((Change(Pair(None, part, "added"), (Hunk(),)),), CODE, CODE + 64)
    assert facts(change) == [("table", "login", "check", "anyone")]


def test_it_is_told_at_the_entry_where_that_function_stood_before():
    (change,) = told((), CODE, CODE + 64)
    assert facts(change) == [("table", "login", "check", "anyone")]
    assert change.pair.place.address == DATA + 8
    assert (change.hunks[0].before, change.hunks[0].after) == ('{ "login", check }', '{ "login", anyone }')


def test_what_a_compiler_drew_in_or_cut_out_is_the_same_function():
    def side(target, digest, *calls):
        made = machine(target)
        made.sweep.digests = np.array([3, digest], np.uint64)
        made.sweep.calls = np.array(calls, np.int64).reshape(-1, 2)
        return Machine(made.image, made.sweep)

    def judged(pairs, *sides):
        return with_exchanged((), Pair(FILE, FILE, "place"), pairs, sides, (NAMES, NAMES))

    gone = [MachinePair(0, None, "removed"), MachinePair(1, 1, "likeness")]
    calling = [0, CODE + 64]
    assert judged(gone, side(CODE, 4, calling), side(CODE + 64, 5)) == ()  # the check was drawn in
    assert len(judged(gone, side(CODE, 4), side(CODE + 64, 5))) == 1
    assert len(judged(gone, side(CODE, 4, calling), side(CODE + 64, 4))) == 1  # its code is as it was: the way past it
    fresh = [MachinePair(None, 0, "added"), MachinePair(1, 1, "likeness")]
    assert judged(fresh, side(CODE + 64, 4), side(CODE, 5, calling)) == ()  # a part was cut out
    assert len(judged(fresh, side(CODE + 64, 4), side(CODE, 4, calling))) == 1


def test_another_number_in_an_entry_is_told_there():
    def leveled(*levels):
        texts = b"open\0shut\0"
        entries = [(TEXT, CODE, levels[0]), (TEXT + 5, CODE + 64, levels[1])]
        data = b"".join(struct.pack("<QQQ", *entry) for entry in entries)
        regions = (
            Region(".text", CODE, 0, 128, 128, "rx"),
            Region(".rodata", TEXT, 128, 10, 10, "r"),
            Region(".data", DATA, 138, 48, 48, "rw"),
        )
        image = Image(bytes(128) + texts + data, "elf", "x86-64", regions=regions)
        held = [(DATA + 24 * at + 8 * column, entry[column]) for at, entry in enumerate(entries) for column in (0, 1)]
        image.placed = tuple(np.array(column, np.int64) for column in zip(*held, strict=True))
        return Machine(image, machine(CODE).sweep)

    def judged(old, new):
        return with_exchanged((), Pair(FILE, FILE, "place"), PAIRS, (leveled(*old), leveled(*new)), (NAMES, NAMES))

    (change,) = judged((1, 2), (1, 0))
    assert facts(change) == [("table", "shut", "2", "0")]
    assert change.hunks[0].after == '{ "shut", anyone, 0 }'
    assert judged((1, 2), (1, 2)) == ()


def test_tables_that_are_the_same_say_nothing():
    assert told((), CODE, CODE) == ()
    assert with_exchanged((), Pair(None, FILE, "added"), (), (None, machine(CODE)), ({}, NAMES)) == ()


def test_a_constructor_that_leads_an_entry_elsewhere():
    def starting(*properties):
        side = machine(CODE)
        side.image.properties = properties
        side.sweep.references = np.array([[1, DATA + 8], [1, CODE + 64]])
        return side

    pairs = [PAIRS[0], MachinePair(None, 1, "added")]
    pair, sides = Pair(FILE, FILE, "place"), (machine(CODE), starting(("constructor", hex(CODE + 64))))
    (change,) = with_exchanged((), pair, pairs, sides, (NAMES, NAMES))
    assert facts(change) == [("table", "login", "check", "anyone")]
    assert with_exchanged((), pair, PAIRS, sides, (NAMES, NAMES)) == ()  # it ran so before
    assert with_exchanged((), pair, pairs, (sides[0], starting()), (NAMES, NAMES)) == ()
