"""The section that holds what was declared against what was found."""

from zoll.model import Account, Declaring, Fact, Note, Place, Release, Report
from zoll.reports.declaring import draw

PLACE = Place(("a.c",), "", 3, 3)


def report(*declared, notes=()):
    return Report(Release("a", "1"), Release("b", "2"), Account(), declared=declared, notes=notes)


def one(kind, value, how):
    return Declaring(Fact(kind, value), PLACE, how)


def lines(width=78, **parts):
    return [line.plain for line in draw(report(*parts.pop("declared", ()), **parts), width)]


def test_nothing_gained_says_nothing():
    assert lines() == []


def test_each_kind_has_a_line_with_what_is_undeclared():
    declared = [
        one("option", "--a", "fresh"),
        one("option", "--b\x1b", "undeclared"),
        one("endpoint", "h.example", "vague"),
    ]
    assert lines(declared=declared, notes=(Note(PLACE, "adds --a"), Note(PLACE, "old", fresh=False))) == [
        "Declared against found  1 new note",
        "  2 options: 1 in the notes, 1 undeclared  --b\\e",
        "  1 address: 1 vaguely",
    ]


def test_a_narrow_page_drops_the_names_first():
    declared = [one("option", f"--{letter * 30}", "undeclared") for letter in "abc"]
    assert lines(40, declared=declared) == [
        "Declared against found  no notes came with it",
        "  3 options: 3 undeclared",
    ]
