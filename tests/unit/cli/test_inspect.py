import json
import shutil

import pytest

from zoll.cli.inspect import LEVELS, status
from zoll.model import Account, Change, Finding, Hunk, Pair, Release, Report


def report(*levels):
    change = Change(Pair(None, None, "added"))
    found = tuple(Finding("id", 1, 1.0, 1.0, level, "title", change, Hunk()) for level in levels)
    return Report(Release("old", ""), Release("new", ""), Account(), found)


@pytest.mark.parametrize(
    ("levels", "fail_on", "expected"),
    [
        ((), "note", 0),
        (("note",), "note", 1),
        (("note",), "review", 0),
        (("note", "review"), "review", 1),
        (("review",), "hold", 0),
        (("hold",), "note", 1),
        (LEVELS, "never", 0),
    ],
)
def test_the_exit_status_follows_the_level(levels, fail_on, expected):
    assert status(report(*levels), fail_on) == expected


def test_a_plant_is_reported_and_exits_1(inside, upgrade):
    done = inside("inspect", *upgrade)
    assert (done.returncode, done.stderr) == (1, "")
    assert "login.py:5" in done.stdout
    assert "\x1b" not in done.stdout


def test_json_and_never(inside, upgrade):
    done = inside("inspect", *upgrade, "--format", "json", "--fail-on", "never")
    assert done.returncode == 0
    assert json.loads(done.stdout)["schema"] == "zoll.report/1"


def test_equal_releases_exit_0(inside, upgrade):
    assert inside("inspect", upgrade[0], upgrade[0], "--fail-on", "note").returncode == 0


def test_a_file_is_written_whole_and_stdout_stays_empty(inside, upgrade, tmp_path):
    done = inside("inspect", *upgrade, "--out", tmp_path / "report.txt", "--color", "never")
    assert (done.returncode, done.stdout) == (1, "")
    assert "login.py" in (tmp_path / "report.txt").read_text()


def test_an_out_that_cannot_be_written_is_said_before_the_work(inside, upgrade, tmp_path):
    assert "its folder is not there" in inside("inspect", *upgrade, "--out", tmp_path / "no" / "report").stderr
    assert "a folder; give --out a file" in inside("inspect", *upgrade, "--out", tmp_path).stderr


def test_colour_on_demand_and_progress_lines_with_verbose(inside, upgrade):
    assert "\x1b[" in inside("inspect", *upgrade, "--color", "always").stdout
    assert "zoll: fetching: 2 of 2" in inside("inspect", *upgrade, "--verbose").stderr
    assert inside("inspect", *upgrade, "--verbose", "--quiet").stderr == ""


def test_limits_become_gaps(inside, upgrade, tmp_path):
    archive = shutil.make_archive(tmp_path / "new", "gztar", upgrade[1])
    done = inside("inspect", upgrade[0], archive, "--limit", "bytes=10", "--format", "json")
    assert [gap["reason"] for gap in json.loads(done.stdout)["gaps"]] == ["bytes"]


def test_notes_are_counted_as_part_of_the_new_release(inside, upgrade, tmp_path):
    plain = json.loads(inside("inspect", *upgrade, "--format", "json").stdout)["findings"][0]
    (tmp_path / "notes.txt").write_text("The name qx7-open opens a shell for maintenance.\n")
    noted = inside("inspect", *upgrade, "--format", "json", "--notes", tmp_path / "notes.txt")
    found = json.loads(noted.stdout)["findings"][0]
    assert found["declared"]
    assert found["bits"] < plain["bits"]


def test_the_release_is_held_against_its_source(inside, upgrade):
    done = inside("inspect", *upgrade, "--format", "json", "--source", upgrade[0])
    told = json.loads(done.stdout)
    assert told["source"] == [upgrade[0].name]
    assert {one["how"] for one in told["phantoms"]} == {"differs"}
    assert "no such file" in inside("inspect", *upgrade, "--source", "nowhere-at-all").stderr
