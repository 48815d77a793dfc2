"""The order of the rooms: the same input gives the same report, whatever the order and the number of workers."""

import shutil
from pathlib import Path

import msgspec
import pytest

from zoll.errors import BadInput
from zoll.model import Place
from zoll.pipeline import Settings, inspect
from zoll.pipeline.inspection import inspect as whole_way
from zoll.reports.json import render
from zoll.reports.options import Options

EXAMPLE = Path(__file__).parents[3] / "examples" / "small-cell"


def report_on(old, new, jobs=1):
    return render(inspect(old, new, Settings(jobs=jobs, strict=True)), Options())


def test_the_same_upgrade_gives_the_same_bytes_whatever_the_workers_and_the_order_of_files(tmp_path):
    once = report_on(EXAMPLE / "1.4.2", EXAMPLE / "1.4.3")
    for name in ("1.4.2", "1.4.3"):  # written in the opposite order
        files = sorted((path for path in (EXAMPLE / name).rglob("*") if path.is_file()), reverse=True)
        for path in files:
            copy = tmp_path / name / path.relative_to(EXAMPLE / name)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)
    assert report_on(tmp_path / "1.4.2", tmp_path / "1.4.3", jobs=2) == once


def test_equal_releases_have_nothing_to_judge():
    report = inspect(EXAMPLE / "1.4.2", EXAMPLE / "1.4.2", Settings(jobs=1))
    assert (report.findings, report.gaps, report.account.changes) == ((), (), 0)
    assert report.account.whole == report.account.unchanged


def test_notes_count_as_part_of_the_new_release(upgrade, tmp_path):
    notes = tmp_path / "NOTES.txt"
    notes.write_text("The name maint-7731 is for maintenance.\n")
    old, new = (
        "def allow(name):\n    return False\n",
        'def allow(name):\n    if name == "maint-7731":\n        return True\n    return False\n',
    )
    silent = upgrade({"login.py": old}, {"login.py": new})
    told = upgrade({"login.py": old}, {"login.py": new}, notes=(str(notes),))
    assert told.findings[0].bits < silent.findings[0].bits
    assert Place(("notes", "NOTES.txt"), "", 1, 1) in {words.at for words in told.findings[0].declared}
    assert told.account == silent.account


def test_notes_that_are_not_there_are_the_callers_to_mend(upgrade, tmp_path):
    with pytest.raises(BadInput, match="no such file"):
        upgrade({}, {}, notes=(str(tmp_path / "none"),))


def test_progress_hears_of_every_stage(tmp_path):
    class Heard:
        def __init__(self):
            self.stages = []

        def stage(self, name, total):
            self.stages.append(name)

        def step(self, n=1):
            pass

        def note(self, text):
            pass

    (tmp_path / "a.py").write_text("x = 1\n")
    heard = Heard()
    whole_way(tmp_path, tmp_path, Settings(jobs=1), heard)
    assert heard.stages == ["opening", "reading", "following calls", "looking words up", "judging"]


def test_a_report_survives_the_wire(upgrade):
    report = upgrade({"a.py": "x = 1\n"}, {"a.py": "x = 2\n"})
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(report), type=type(report)) == report
