"""The section on phantom content."""

from msgspec import structs

from zoll.model import Phantom, Place
from zoll.reports.phantoms import draw, listed


def lines(report, width=80):
    return [line.plain for line in draw(report, width)]


def test_nothing_without_a_source(reports):
    assert lines(reports["smallcell"]) == []


def test_names_and_numbers(reports):
    strange = tuple(Phantom(Place((f"a/{n}.c",), "f\x1b", n, n + 1), "absent", size=9) for n in range(1, 8))
    usual = Phantom(Place(("a/RECORD",)), "absent", "wheel metadata")
    report = structs.replace(reports["smallcell"], source=("a.tar.gz",), phantoms=(*strange, usual))
    told = lines(report)
    assert told[0] == "Phantom content  7 functions; 1 explained"
    assert told[1] == "  not in the source: a/1.c:1  f\\e"
    assert told[-1] == "  and 2 more, see --format json"
    assert listed(report)[-1]["why"] == "wheel metadata"


def test_a_clean_release_says_so(reports):
    report = structs.replace(reports["smallcell"], source=("a.tar.gz",))
    assert lines(report) == ["Phantom content  nothing that the source lacks"]
