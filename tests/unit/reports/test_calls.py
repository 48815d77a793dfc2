"""The drawing of the calls around a function."""

import pytest

from zoll.model import CallsAround, Change, Finding, Hunk, Pair, Part, Place
from zoll.reports import calls

WAY = CallsAround((("main", ""),), (("system", "gained"),), (0, 0), ("main", "login"), "main")


def finding(around):
    part = Part(Place(("d",), "login", 1, 9, 0x402000), "executable/elf", "x", 9)
    return Finding("i", 1, 1.0, 1.0, "note", "t", Change(Pair(part, part, "digest"), (Hunk(),), around=around), Hunk())


def drawn(around, width=80, **more):
    return [line.plain for line in calls.draw(finding(around), width, **more)]


def test_one_on_each_side():
    assert drawn(WAY) == [
        "      main ───▶ login ───▶ + system",
        "    reached from the program's begin: main → login",
    ]


def test_many_on_each_side_meet_at_the_function():
    around = CallsAround(
        (("accept_loop", ""), ("sub_1", "gained")),
        (("system", "gained"), ("explicit_bzero", "lost"), ("strcmp", ""), ("free", "")),
        (3, 0),
    )
    assert drawn(around) == [
        "      accept_loop ─┐          ┌─▶ + system",
        "    + sub_1       ─┼─▶ login ─┼─▶ - explicit_bzero",
        "      and 3 more  ─┘          ├─▶   strcmp",
        "                              └─▶   free",
    ]


def test_a_plain_terminal_gets_ascii():
    callees = (("c", "gained"),) * 3
    rows = drawn(CallsAround((("a", ""), ("b", "")), callees, way=("a", "x"), entry="network"), plain=True)
    assert all(row.isascii() for row in rows)
    assert any("->" in row for row in rows)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_long_names_are_cut_to_the_width(width):
    long = CallsAround((("x" * 90, ""),) * 3, (("y" * 90, "lost"),) * 6, (0, 9), ("z" * 90,) * 5, "network")
    assert max(map(len, drawn(long, width))) <= width
    assert {len(row.rstrip()) == len(row) for row in drawn(long, width)} == {True}


def test_what_tells_nothing_is_not_drawn():
    assert drawn(CallsAround((("a", ""),), (("b", ""),))) == []
    assert drawn(CallsAround((), (("b", ""),), way=("login",), entry="export")) == []


def test_colours_say_what_came_and_went():
    (line, *_) = calls.draw(finding(WAY), 80)
    assert any(span.style == "green" and "system" in line.plain[span.start : span.end] for span in line.spans)


def test_names_are_made_safe():
    assert "\x1b" not in "".join(drawn(CallsAround((), (("a\x1b[31mb", "gained"),))))


def test_for_scripts():
    assert calls.listed(WAY) == {
        "callers": [{"name": "main", "how": None}],
        "callees": [{"name": "system", "how": "gained"}],
        "more_callers": 0,
        "more_callees": 0,
        "entry": "main",
        "way": ["main", "login"],
    }
