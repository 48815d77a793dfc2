from zoll.model import Account, Claim, Note, Place, Release, Report
from zoll.reports.claims import draw, listed, named


def claim(outcome, subject="telnet", words="Removed telnet"):
    note = Note(Place(("a.zip", "NEWS")).at(3), words)
    return Claim("removed", subject, note, outcome=outcome, looked=("stands as before in telnet.c", "so", "and so"))


def drawn(*claims):
    report = Report(Release("old", "a"), Release("new", "b"), Account(), claims=claims)
    return [line.plain for line in draw(report, 100)]


def test_nothing_is_drawn_where_nothing_is_claimed():
    assert drawn() == []


def test_missing_claims_are_shown_with_what_was_looked_for():
    assert drawn(claim("missing"), claim("found"), claim("open"), claim("open")) == [
        "Declared but not found  1 of 4 claims; 1 found, 2 open",
        "  removed telnet: “Removed telnet”  a.zip!/NEWS:3",
        "      stands as before in telnet.c",
        "      so",
    ]


def test_many_are_cut_short():
    lines = drawn(*[claim("missing", f"thing{number}", "x" * 500 + "\x1b") for number in range(9)])
    assert len(lines) == 1 + 4 * 3 + 1
    assert lines[-1] == "  and 5 more, see --format json"
    assert all(len(line) <= 100 and "\x1b" not in line for line in lines)


def test_listed_and_named():
    report = Report(Release("old", "a"), Release("new", "b"), Account(), claims=(claim("missing"),))
    assert listed(report)[0]["outcome"] == "missing"
    assert listed(report)[0]["line"] == 3
    assert named(Claim("updated", "zlib", Note(Place(), "w"), "1.3")) == "zlib 1.3"
