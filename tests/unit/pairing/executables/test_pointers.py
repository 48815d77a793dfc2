"""Pointers in data become rows of tables, named by the texts in them."""

import struct

import numpy as np

from zoll.pairing.executables.pointers import entries_of, exchanged, renumbered, rows_of
from zoll.pairing.executables.side import Machine
from zoll.parse.machine.image import Image, Region, Sweep

CODE, TEXTS, DATA = 0x1000, 0x2000, 0x3000


def machine(table, names, *, placed=True, bits=64):
    """Return an executable with a function of each name and a table of words (names, texts, numbers)."""
    texts = b"\0".join(one.encode() for one in table if isinstance(one, str) and one not in names) + b"\0"
    words = [_word(one, names, texts) for one in table]
    code, data = bytes(64 * len(names)), struct.pack(f"<{len(words)}{'Q' if bits == 64 else 'I'}", *words)
    regions = (
        Region(".text", CODE, 0, len(code), len(code), "rx"),
        Region(".rodata", TEXTS - 1, len(code), len(texts) + 1, len(texts) + 1, "r"),
        Region(".data", DATA, len(code) + 1 + len(texts), len(data), len(data), "rw"),
    )
    image = Image(code + b"\0" + texts + data, "elf", "x86-64", bits=bits, regions=regions)
    if placed and table:
        held = [(DATA + at * bits // 8, word) for at, word in enumerate(words) if word >= CODE]
        image.placed = tuple(np.array(column, np.int64) for column in zip(*held, strict=True))
    return Machine(image, _swept(len(names)))


def _word(one, names, texts):
    if one in names:
        return CODE + 64 * names.index(one)
    return TEXTS + texts.index(one.encode()) if isinstance(one, str) else one


def _swept(count):
    none = np.zeros((0, 2), np.int64)
    return Sweep(
        np.arange(count, dtype=np.int64) * 64 + CODE,
        np.full(count, 60, np.int64),
        np.arange(1, count + 1).astype(np.uint64) * 7,
        np.full(count, 15, np.int64),
        none,
        none,
        np.zeros((count, 64), np.uint8),
        none,
        {},
    )


def told(table, names, **how):
    calls = {CODE + 64 * at: name for at, name in enumerate(names)}
    side = machine(table, names, **how)
    return rows_of(side.image, side.sweep, calls)


def found(old, new, names, known):
    return [
        (one.key, one.before.says, one.after.says)
        for one in exchanged(told(old, names), told(new, names), frozenset(known))
    ]


def test_rows_begin_with_their_texts():
    table = ["login", "check", 0, "logout", "a text more", "leave", 7, "leave"]
    for placed in (True, False):
        rows = told(table, ["check", "leave"], placed=placed)
        assert [row.written for row in rows] == ['{ "login", check }', '{ "logout", "a text more", leave, leave }']


def test_words_of_four_bytes_are_read_too():
    (row,) = told(["login", "check"], ["check"], placed=False, bits=32)
    assert row.texts == ("login",)


def test_a_word_that_leads_into_the_midst_of_a_text_is_no_text():
    (row,) = told(["login", TEXTS + 2, "check"], ["check"], placed=False)
    assert row.texts == ("login",)


def test_an_entry_with_another_function_is_told():
    old, new = ["login", "check", "leave"], ["login", "anyone", "leave"]
    names = ["check", "leave", "anyone"]
    assert found(old, new, names, {"check", "leave"}) == [("login", "check", "anyone")]
    assert found(old, old, names, {"check", "leave"}) == []


def test_functions_that_could_not_be_paired_are_no_news():
    assert found(["login", "old"], ["login", "new"], ["old", "new"], {"leave"}) == []


def test_functions_that_changed_places_may_be_paired_wrongly():
    names = ["one", "two"]
    assert found(["a", "one", "b", "two"], ["a", "two", "b", "one"], names, set(names)) == []


def test_a_function_that_stands_beside_another_text_now_may_be_paired_wrongly():
    names = ["one", "two", "new"]
    old = ["a", "one", "b", "two"]
    assert found(old, ["a", "new", "b", "two", "c", "one"], names, {"one", "two"}) == []
    assert found(old, ["a", "new", "b", "two"], names, {"one", "two"}) == [("a", "one", "new")]
    assert found(old, ["a", "two", "b", "two"], names, {"one", "two"}) == [("a", "one", "two")]


def test_rows_that_grew_are_not_compared():
    names = ["one", "two"]
    assert found(["a", "one"], ["a", "one", "two"], names, set(names)) == []


def test_another_table_behind_the_same_text_is_not_compared():
    names = ["one", "two", "three", "four", "new", "more"]
    known = frozenset(names)
    assert found(["a", "one", "two", "three"], ["a", "new", "more", "three"], names, known) == []
    assert found(["a", "one", "two", "three"], ["a", "new", "two", "three"], names, known) == [("a", "one", "new")]


def test_an_entry_is_named_by_its_text_and_how_far_behind_it_stands():
    rows = told(["login", "check", 0, "leave", "logout", "leave"], ["check", "leave"])
    assert list(entries_of(rows)) == [
        (CODE, "0 1 2 8 login"),
        (CODE + 64, "0 1 2 24 login"),
        (CODE + 64, "0 1 1 8 logout"),
    ]


def test_nothing_has_no_rows():
    assert told([], []) == []


def renumbered_in(old, new, names=("help", "shell")):
    sides = [told(table, list(names)) for table in (old, new)]
    return [(one.key, one.numbers) for one in renumbered(*sides)]


def test_an_entry_with_another_number_beside_what_it_leads_to():
    table = ["a", "help", 0, "b", "shell", 2]
    assert renumbered_in(table, [*table[:-1], 0]) == [("b", (2, 0))]
    assert renumbered_in(table, [*table[:2], 1, *table[3:]]) == [("a", (0, 1))]
    assert renumbered_in(table, table) == []


def test_a_number_ahead_of_what_the_entry_leads_to():
    table = ["a", 0, "help", "b", 3, "shell"]
    sides = [told(one, ["help", "shell"]) for one in (table, [*table[:4], 0, "shell"])]
    (found,) = renumbered(*sides)
    assert found.numbers == (3, 0)
    assert (found.old.numbered(found.number), found.new.numbered(found.number)) == (
        '{ "b", 3, shell }',
        '{ "b", 0, shell }',
    )


def test_the_least_number_of_a_table():
    def least(*numbers):
        old = ["a", 1, "help", "b", 3, "shell", "c", 2, "stop"]
        new = [one for at, name in enumerate(("help", "shell", "stop")) for one in ("abc"[at], numbers[at], name)]
        return [one.least for one in renumbered(*(told(table, ["help", "shell", "stop"]) for table in (old, new)))]

    assert least(1, 0, 2) == [True]
    assert least(1, 1, 2) == [True]
    assert least(1, 2, 2) == [False]
    assert least(0, 3, 2) == [False]


def test_a_pointer_to_data_is_no_number():
    table = ["a", "help", DATA, "b", "shell", DATA]
    assert renumbered_in(table, [*table[:-1], DATA + 8]) == []


def test_an_entry_that_leads_elsewhere_is_told_as_such():
    assert renumbered_in(["a", "help", 0, "b", "shell", 2], ["a", "help", 0, "b", "help", 0]) == []
    assert renumbered_in([], []) == []
