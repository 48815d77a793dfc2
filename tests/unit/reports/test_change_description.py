"""A description for a form: the same words whatever the options, and nothing of the upgrade becomes markup."""

import re
from pathlib import Path

import pytest
from msgspec import structs

from zoll.model import Component, ComponentChange, Declaration, Declaring, Fact, Feature, Place
from zoll.reports import change_description
from zoll.reports.options import Options

SAMPLES = Path(__file__).parents[2] / "samples" / "reports" / "change_description"


def render(report):
    return change_description.render(report, Options())


@pytest.mark.parametrize("name", ["smallcell", "equal", "clean", "hostile"])
def test_what_it_says(name, reports, golden):
    golden(SAMPLES / name / "golden.md", render(reports[name]).splitlines())


def test_every_table_has_as_many_cells_in_each_row(reports):
    for name, report in reports.items():
        widths = [line.replace("\\|", "").count("|") for line in render(report).splitlines() if line.startswith("|")]
        rows = [line for line in render(report).splitlines() if line.startswith("|")]
        starts = [number for number, line in enumerate(rows) if set(line) <= set("| -")]
        for start in starts:
            ends = [other for other in starts if other > start] or [len(rows) + 1]
            assert len(set(widths[start - 1 : ends[0] - 1])) == 1, name


def test_nothing_hostile_becomes_markup(reports):
    text = render(reports["hostile"])
    assert "\x1b" not in text
    assert "\u202e" not in text
    bare = re.sub(r"(`+) ?.*?(?<!`)\1(?!`)", "", text)  # code spans show what is in them
    assert not re.search(r"(?<!\\)<|(?<!\\)\]\(|(?<!\\)@|://", bare)


def test_what_declares_a_thing_stands_beside_it(reports):
    report = reports["smallcell"]
    fact, at = Fact("endpoint", "https://192.0.2.7/health"), Place(("smallcell-1.4.3/README.md",), "", 88, 88)
    declared = (
        Declaring(fact, at, "undeclared"),
        Declaring(fact, at, "fresh", (Declaration(fact, "Health reports go there.", at),)),
    )
    text = render(structs.replace(report, declared=declared))
    assert "| `https://192.0.2.7/health` | `smallcell-1.4.3/tools.tar.gz!/tools/health.py:17` | in the notes |" in text


def test_long_tables_say_how_many_more_there_are(reports):
    report = reports["smallcell"]
    features = tuple(Feature("option", f"--option-{number}", Place(("a.c",))) for number in range(70))
    (whole, *rest) = report.classes
    text = render(structs.replace(report, classes=(structs.replace(whole, features=features), *rest)))
    assert "and 20 more" in text
    assert "--option-49" in text
    assert "--option-50" not in text


def test_components_that_stay_the_same_are_left_out(reports):
    place = Place(("lib/z.c",))
    changes = (
        ComponentChange(Component("zlib", "1.2", place), Component("zlib", "1.3", place), "updated"),
        ComponentChange(Component("same", "1.0", place), Component("same", "1.0", place), "same"),
        ComponentChange(None, Component("curl", "8.0", place), "added"),
    )
    text = render(structs.replace(reports["clean"], components=changes))
    assert "| zlib | updated | 1.2 | 1.3 | `lib/z.c` |" in text
    assert "| curl | added |  | 8.0 | `lib/z.c` |" in text
    assert "same |" not in text
