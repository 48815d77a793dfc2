"""One pair of files, read and compared."""

import pytest

from zoll.errors import CannotRead
from zoll.model import Pair, Part, Place
from zoll.parse.kinds import kind_of
from zoll.pipeline import sides
from zoll.pipeline.reading import make_ready, read_pair
from zoll.pipeline.unseen import UNSEEN

SOURCE = "".join(f"def f{n}(x):\n    y = x + {n}\n    return y\n\n\n" for n in range(40)).encode()


def pair_of(old, new, name="a.py"):
    texts = {"old": old, "new": new}
    parts = [
        None if data is None else Part(Place((name,)), kind_of(name, data), side, len(data))
        for side, data in texts.items()
    ]
    return Pair(*parts, "place"), texts.__getitem__


def compared(old, new, name="a.py"):
    return read_pair(*pair_of(old, new, name))


@pytest.mark.parametrize(
    "other",
    [
        SOURCE.replace(b"\n", b"\r\n"),
        SOURCE.replace(b"\n", b"\r"),
        SOURCE.decode().encode("utf-16"),
        SOURCE.replace(b"\n", b"\n\n"),
        SOURCE.replace(b"    ", b"\t"),
        SOURCE[:-1],
        SOURCE.replace(b"+ 7", b"+ 7  # seven"),
    ],
    ids=["crlf", "cr", "utf-16", "blank lines", "tabs", "no last newline", "comment"],
)
def test_line_ends_widths_blanks_and_comments_are_no_change(other):
    answer = compared(SOURCE, other)
    assert (answer.changes, answer.gaps) == ((), ())


@pytest.mark.parametrize("change", [b"y = eval(x)\r\n", b"y = x # \r    eval(x)\r\n", b"y = \0eval(x)\r\n"])
def test_a_change_among_changed_line_ends_stands_alone(change):
    (changed,) = compared(SOURCE, SOURCE.replace(b"\n", b"\r\n").replace(b"y = x + 7\r\n", change)).changes
    assert changed.pair.place.symbol == "f7"
    assert "evaluate" in {one.fact.value for one in changed.gained if one.fact.kind == "power"}


def test_a_zero_in_source_is_told():
    (changed,) = compared(SOURCE, SOURCE.replace(b"+ 7", b"+\x007")).changes
    assert "invisible" in {one.fact.kind for one in changed.gained}


def test_source_against_bytes_of_the_same_name_is_compared_as_a_whole():
    answer = compared(SOURCE, b"\x7fELF" + bytes(range(256)) * 20)
    assert answer.changes
    assert {gap.reason for gap in answer.gaps} == {"malformed"}


def test_slow_source_is_compared_line_by_line(monkeypatch):
    monkeypatch.setattr(sides, "SECONDS", -1.0)
    answer = compared(SOURCE, SOURCE + b'connect("192.0.2.7")\n')
    assert {(gap.side, gap.reason) for gap in answer.gaps} == {("old", "time"), ("new", "time")}
    (changed,) = answer.changes
    assert changed.pair.place.symbol == ""
    assert "192.0.2.7" in {one.fact.value for one in changed.gained if one.fact.kind == "endpoint"}


def test_what_vanished_is_a_gap_and_no_change():
    pair, read = pair_of(SOURCE, SOURCE + b"x = 1\n")

    def gone(digest):
        if digest == "new":
            raise CannotRead("missing", "a.py has changed since it was opened")
        return read(digest)

    answer = read_pair(pair, gone)
    assert answer.changes == ()
    assert [(gap.side, gap.reason) for gap in answer.gaps] == [("new", "missing")]


def test_what_was_unseen_and_is_readable_now_is_all_gained():
    pair, read = pair_of(b"", b"eval(x)\n")
    unseen = Part(pair.new.place, UNSEEN, "", 100)
    (changed,) = read_pair(Pair(unseen, pair.new, "place"), read).changes
    assert changed.pair.by == "added"
    assert read_pair(Pair(unseen, None, "removed"), read).changes == ()


@pytest.mark.parametrize(
    "kind", ["code/python", "config/json", "config/xml", "document/pdf", "executable/elf", "data/unknown"]
)
def test_every_reader_can_be_made_ready(kind):
    make_ready([Part(Place(("a",)), kind, "", 1)])
