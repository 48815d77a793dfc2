"""What every format says first."""

import msgspec

from zoll.model import Account, Hunk, Part, Place, Release, Report, Tally
from zoll.reports.summary import contents, heart, levels, lines_of, lines_to_read, same, span


def test_levels_are_counted(reports):
    assert levels(reports["smallcell"]) == {"hold": 1, "review": 2, "note": 1}
    assert levels(reports["equal"]) == {"hold": 0, "review": 0, "note": 0}


def test_lines_to_read_leave_notes_out_and_count_a_hunk_once(reports):
    report = reports["smallcell"]
    assert lines_to_read(report) == 21 + 6 + 1
    assert lines_to_read(msgspec.structs.replace(report, findings=report.findings * 2)) == 28


def test_a_hunk_of_data_counts_as_one_line():
    assert lines_of(Hunk()) == 1
    assert lines_of(Hunk((3, 4), (3, 3))) == 3


def test_the_heart_is_the_line_of_the_strongest_evidence(reports):
    login, beacon, removed, data = reports["smallcell"].findings
    assert [heart(finding) for finding in (login, beacon, removed, data)] == [49, 17, 7, 0]
    assert span(removed) == (7, 7, "old")
    assert heart(msgspec.structs.replace(login, signals=())) == 41


def test_contents_are_the_innermost_files():
    places = [Place(("a.tar",)), Place(("a.tar", "x.c")), Place(("a.tar", "x.c"), "main"), Place(("b.c",))]
    parts = tuple(Part(place, "k", "d", 10 if len(place.path) > 5 or place.path == "b.c" else 0) for place in places)
    assert contents(Release("r", "d", parts)) == Tally(2, 20)


def test_a_program_that_holds_something_counts_itself_too():
    places = [Place(("tool",)), Place(("tool", "overlay/zip")), Place(("tool", "overlay/zip", "x.c"))]
    parts = tuple(Part(place, "k", "d", size) for place, size in zip(places, (90, 0, 10), strict=True))
    assert contents(Release("r", "d", parts)) == Tally(2, 100)


def test_same_bytes_at_same_places_are_the_same(reports):
    assert same(reports["equal"])
    assert not same(reports["clean"])
    other = Account(whole=Tally(1, 1), unchanged=Tally(1, 1))
    assert same(Report(Release("a.tar", "1"), Release("a.zip", "2"), other))
    gone = Account(whole=Tally(1, 1), unchanged=Tally(1, 1), removed=Tally(1, 9))
    assert not same(Report(Release("a.tar", "1"), Release("a.zip", "2"), gone))
