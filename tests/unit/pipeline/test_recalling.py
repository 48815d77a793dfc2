"""A second inspection takes what was compared from where it was kept, and says the same."""

from pathlib import Path

import msgspec
import pytest

from zoll.pipeline import Settings, inspect
from zoll.pipeline.settings import Silence

KEY = 'def allowed(user):\n    return user.name in KNOWN\n\n\ndef known(user):\n    return user.name == "root"\n'
OLD = {"access.py": KEY, "moved.py": "def reckon(rows):\n    return sum(row.amount for row in rows if row.held)\n"}
NEW = {
    "access.py": KEY.replace('== "root"', '!= ""'),
    "other.py": "def reckon(rows):\n    return sum(row.amount for row in rows if not row.held)\n",
}


class Notes(Silence):
    def __init__(self):
        self.said = []

    def note(self, text):
        self.said.append(text)


@pytest.fixture
def told(tmp_path):
    """Inspect two folders with answers kept; return the report as JSON and what was said on the way."""
    for side, files in (("old", OLD), ("new", NEW)):
        (tmp_path / side).mkdir()
        for path, text in files.items():
            Path(tmp_path / side / path).write_text(text, encoding="utf-8")

    def run(keep="", **files):
        for path, text in files.items():
            (tmp_path / "new" / f"{path}.py").write_text(text, encoding="utf-8")
        notes = Notes()
        report = inspect(
            tmp_path / "old",
            tmp_path / "new",
            Settings(jobs=1, strict=True, keep=str(tmp_path / keep) if keep else ""),
            notes,
        )
        return msgspec.json.encode(report), notes.said

    return run


def test_a_second_inspection_says_the_same(told):
    alone, _ = told()
    first, nothing = told("kept")
    second, taken = told("kept")
    assert alone == first == second
    assert nothing == []
    assert taken == ["comparisons taken from where they were kept: 2"]


def test_only_what_is_new_is_compared(told):
    told("kept")
    other = OLD["moved.py"].replace("amount", "sum")
    report, taken = told("kept", third=other)
    assert taken == ["comparisons taken from where they were kept: 2"]
    assert report == told(third=other)[0]
