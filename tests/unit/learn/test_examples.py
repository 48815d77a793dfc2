"""What an example holds of a report: side by side, one of each for every finding."""

import msgspec

from zoll.learn.examples import Inspected, example_of

CASE = {"id": "x", "set": "attack", "truth": [{"path": "a.c", "lines": [40, 42], "symbol": None}]}


def finding(path="a.c", line=None, line_end=None):
    place = {"path": path, "line": line, "line_end": line_end, "symbol": "f"}
    gained = [{"kind": "gate", "value": "literal->success", "traits": [], "new": "release"}]
    return place | {"signals": [{"rule": "shape/small"}], "standing": ["role code"], "gained": gained, "lost": []}


def read(*findings, case=CASE):
    report = {"account": {"brought": 7}, "findings": list(findings)}
    return example_of(case, msgspec.convert(report, Inspected))


def test_side_by_side():
    told = read(finding(line=41, line_end=43), finding("b.c", 41, 41))
    assert (told.hostile, told.hunks, told.planted) == (True, 7, [True, False])
    assert told.rules == [("shape/small",)] * 2
    assert "+gate new to release" in told.words[0]
    assert told.places == ["a.c:41 f", "b.c:41 f"]


def test_lines_of_a_finding_and_one_where_they_are_unknown():
    told = read(finding(line=41, line_end=43), finding(line=41), finding(), finding(line=43, line_end=41))
    assert told.lines == [3, 1, 1, 1]


def test_on_the_one_line_of_a_minified_file_only_what_names_the_truth_is_planted():
    case = {**CASE, "truth": [{"path": "a.js", "lines": [1, 1], "symbol": "u"}]}
    crowd = [finding("a.js", 1, 1) for _ in range(40)]
    named = {**finding("a.js", 1, 1), "symbol": "<lambda>.u"}
    told = read(*crowd, named, case=case)
    assert told.planted == [False] * 40 + [True]
    assert all(read(*crowd, case=case).planted)
