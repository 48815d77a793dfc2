"""One line: the class, why, and whether the number suggests it."""

import pytest
from msgspec import structs

from zoll.model import ChangeClass, Place
from zoll.reports.classes import draw, holds, listed


def of(kind, suggested, evidence=()):
    return ChangeClass("", kind, suggested, "1.4.2", "1.4.3", evidence)


def said(report, one):
    return "\n".join(line.plain for line in draw(structs.replace(report, classes=(one,))))


def test_the_line(reports):
    evidence = (("14 options, 3 listeners gained", Place()), ("the option -x is new", Place(("a.c",))))
    assert said(reports["clean"], of("function", "maintenance", evidence)) == (
        "Change class: function (14 options, 3 listeners gained); the number 1.4.2 → 1.4.3 suggests maintenance"
    )
    assert said(reports["clean"], of("rebuild", "downgrade")).endswith("; the number 1.4.2 → 1.4.3 goes back")
    assert said(reports["clean"], ChangeClass("", "maintenance")) == "Change class: maintenance"


def test_nothing_is_said_of_what_did_not_change(reports):
    assert said(reports["clean"], of("none", "none")) == ""
    assert list(draw(reports["clean"])) == []


@pytest.mark.parametrize(
    ("kind", "suggested", "kept"),
    [
        ("function", "maintenance", False),
        ("function", "function", True),
        ("maintenance", "function", True),
        ("rebuild", "none", False),
        ("posture", "function", False),
        ("maintenance", "downgrade", False),
        ("function", "", None),
    ],
)
def test_whether_the_number_holds(kind, suggested, kept):
    assert holds(of(kind, suggested)) is kept


def test_only_the_whole_lists_features(reports):
    whole, *parts = listed(reports["smallcell"])
    assert [one["thing"] for one in whole["features"]] == ["endpoint", "parameter", "option"]
    assert all(one["features"] == [] for one in parts)
