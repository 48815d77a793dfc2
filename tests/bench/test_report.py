"""The benchmark's page, made of a tiny folder of results."""

import gzip
import json
import random
import re
from pathlib import Path

import measured
import misses
import numpy as np
import pytest
import report
import sections
import tables

from zoll.learn.examples import Example

ROOT = Path(__file__).parents[2]
CHANGES = 9


def finding(number, *, planted):
    """Return a finding of a report; the planted one stands at line 500."""
    gate = {"kind": "gate", "value": "literal->success", "traits": [], "new": "release", "mentions": 0}
    call = {"kind": "call", "value": "f", "traits": [], "new": "function", "mentions": None}
    line = 500 if planted else 20 * number + 1
    return {
        "path": "a.c",
        "line": line,
        "line_end": line + (0 if planted else number),
        "symbol": None,
        "signals": [{"rule": "shape/small"}] if planted else [],
        "standing": [],
        "gained": [gate if planted else call],
        "lost": [],
    }


def case_of(number):
    """Return every third case as a planted one."""
    hostile = number % 3 == 0
    case = {"id": f"c{number}", "set": "attack" if hostile else "benign", "project": f"p{number}", "form": "source"}
    case |= {"family": ("trigger", "power")[number % 2] if hostile else "pypi", "kind": "pypi", "language": "c"}
    case |= {"difficulty": 1 + number % 5 if hostile else 0, "class": "RC" if hostile else "", "what": "a | b"}
    truth = [{"path": "a.c", "lines": [500, 500], "symbol": None}] if hostile else []
    return case | {"truth": truth, "blind": number % 2 == 0}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    """Return the cases and results of 42 made-up upgrades; one more has no result, and one plant is not found."""
    home = tmp_path_factory.mktemp("corpus")
    results = home / "results"
    (results / "reports").mkdir(parents=True)
    cases = [case_of(number) for number in range(43)]
    for number, case in enumerate(cases[:-1]):
        place = random.Random(number).randrange(CHANGES) if case["set"] == "attack" and number != 3 else None
        found = [finding(other, planted=other == place) for other in range(CHANGES)]
        made = {"account": {"brought": CHANGES}, "findings": found}
        (results / "reports" / f"{case['id']}.json.gz").write_bytes(gzip.compress(json.dumps(made).encode()))
        said = [{"title": f"`[x](y)` changed in {one['path']}"} for one in found]
        cost = {"seconds": 0.5, "peak_mb": 60, "megabytes": 0.25}
        result = {"version": "zoll 1", "case": case["id"], **cost, "findings": said}
        (results / f"{case['id']}.json").write_text(json.dumps(result), encoding="utf-8")
    (home / "cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    return measured.measure(home / "cases.jsonl", results, lambda word: None)


def rows(page):
    """Return the tables of a page, each as a list of rows of cells."""
    found = re.findall(r"(?:^\|.*\|\n)+", page, re.MULTILINE)
    return [[re.split(r" ?(?<!\\)\| ?", line.strip("|")) for line in block.splitlines()] for block in found]


def held(page):
    """Hold that a page names its command and that all of its tables are whole."""
    assert "Made by `make bench` (`python bench/report.py CASES RESULTS --page docs/benchmark.md`)" in page
    for block in rows(page):
        assert len(block) > 2
        assert {len(row) for row in block} == {len(block[0])}
        assert all(set(cell.strip()) <= set("-:") for cell in block[1])


def test_the_page_holds_what_was_measured(corpus):
    page = report.page(corpus, Path("docs/benchmark.md"), "2 made-up processors")
    held(page)
    assert "28 clean and 14 planted upgrades of 42 projects, inspected by zoll 1 on 2 made-up processors." in page
    assert "Without a result, and in no figure: 1 further" in page
    assert "Made by another state of the code or of their case: 42 of the results." in page
    assert "| counted bits, projects left out | 14 | 93 % | 93 % | 93 % |" in page
    assert "`shape/small`" not in page.split("only one case")[1].split("With bits")[0]
    assert "| all | 42 | 0.50 | 0.50 | 2 | 60 | 60 | 0 |" in page


def test_the_misses_are_told_and_other_peoples_words_are_no_markdown(corpus):
    page = misses.misses_page(corpus, report.header(Path("docs/benchmark.md")))
    held(page)
    assert "| RC | not found | 9 | c3 | power | c | 4 | a \\| b |  | \\[x\\]\\(y) changed in a.c |" in page
    assert "](" not in page
    assert page.rstrip().endswith("1: c42.")


def test_what_was_done_is_told_beside_what_was_missed(corpus, tmp_path, monkeypatch):
    notes = tmp_path / "misses.toml"
    notes.write_text('[done]\nc3 = "a rule of its own"\n', encoding="utf-8")
    monkeypatch.setattr(misses, "NOTES", notes)
    page = misses.misses_page(corpus, report.header(Path("docs/benchmark.md")))
    held(page)
    assert "| a rule of its own |" in page


@pytest.mark.parametrize("name", ["benchmark.md", "benchmark-misses.md"])
def test_the_pages_that_are_kept_were_made_by_the_command(name):
    held((ROOT / "docs" / name).read_text(encoding="utf-8"))


def upgrade(planted, lines):
    """Return an upgrade with such findings."""
    none = [()] * len(planted)
    return Example({"id": "x", "set": "attack"}, len(planted), none, none, planted, [""] * len(planted), lines)


def test_lines_are_read_from_the_strongest_finding_to_the_plant():
    one = upgrade([False, True, False], [10, 5, 85])
    assert measured.lines_until_met(one, np.array([3.0, 2.0, 1.0])) == 15
    assert measured.lines_until_met(one, np.array([2.0, 2.0, 2.0])) == 15
    assert measured.effort([one], [np.array([3.0, 2.0, 1.0])]) == [0.15]


def test_a_plant_that_is_not_found_is_never_met():
    one = upgrade([False, False], [10, 5])
    assert measured.lines_until_met(one, np.array([3.0, 2.0])) == 15
    assert measured.found_within(measured.effort([one, upgrade([True], [4])], [np.zeros(2), np.zeros(1)]), 1) == 0.5


def test_steps_of_size():
    assert [sections.step(value, sections.SIZES) for value in (1, 10, 11, 5000)] == [
        "1 to 10",
        "1 to 10",
        "11 to 100",
        "over 1,000",
    ]


def test_a_table_puts_numbers_to_the_right():
    assert tables.table(["", "n"], [["a", "1,000"], ["b", "7 %"]]).splitlines()[1] == "| --- | ---: |"


def test_numbers_as_people_read_them():
    assert [tables.number(value) for value in (0, 3, 0.126, 1.26, 1234.5)] == ["0", "3", "0.13", "1.3", "1,234"]


def test_plots_are_the_same_twice(corpus, tmp_path):
    pytest.importorskip("matplotlib")
    plots = pytest.importorskip("plots")
    first, second = tmp_path / "a", tmp_path / "b"
    for home in (first, second):
        plots.draw(corpus, home)
    assert sorted(path.stem for path in first.iterdir()) == sorted(report.PLOTS)
    assert all(path.read_bytes() == (second / path.name).read_bytes() for path in first.iterdir())
