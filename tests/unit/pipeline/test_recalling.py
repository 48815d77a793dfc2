"""A second inspection takes what was compared from where it was kept, and says the same."""

from pathlib import Path

import msgspec
import pytest

from zoll.model import Gap, Place
from zoll.parse.source import SLOW
from zoll.pipeline import Settings, inspect
from zoll.pipeline.reading import Answer
from zoll.pipeline.recalling import recalled
from zoll.pipeline.settings import Silence
from zoll.sandbox import Limits, Pool
from zoll.store.answers import Answers

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


@pytest.mark.parametrize(
    ("reason", "detail", "kept"),
    [
        ("time", "1,549 functions that differ were not brought up: beyond 6,000,000 bytes for this file", 1),
        ("syntax", "function f could not be compared", 1),
        ("parts", "settings: more than 20000 facts in one part; the first 20000 were kept", 1),
        ("time", SLOW, 0),
        ("missing", "a.c has changed since it was opened", 0),
    ],
)
def test_an_answer_with_a_gap_is_kept_where_the_same_bytes_leave_it_again(tmp_path, reason, detail, kept):
    gap = Gap("read", Place(("a",)), reason, detail)
    with Answers(str(tmp_path / "kept")) as answers, Pool(1, Limits(), tmp_path, strict=True) as pool:
        for _ in range(2):
            told = list(recalled(answers, pool, lambda _: Answer(gaps=(gap,)), ["a"], len, str))
            assert told == [("a", Answer(gaps=(gap,)))]
        assert answers.found == kept
