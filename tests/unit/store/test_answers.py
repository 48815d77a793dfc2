"""Answers are found by what they were made of, by the same state of the program only."""

import sqlite3
import zlib
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from zoll.errors import BadInput
from zoll.store import answers
from zoll.store.answers import Answers, key_of, state

KEY = key_of("read", ("a.c", "digest"))


def kept(folder, key=KEY):
    with Answers(str(folder)) as them:
        return them.find(key, list[int]), them.found


def test_an_answer_is_found_the_next_time(tmp_path):
    with Answers(str(tmp_path / "new" / "folder")) as them:
        assert them
        assert them.find(KEY, list[int]) is None
        them.keep(KEY, [1, 2])
        assert them.find(KEY, list[int]) == [1, 2]
    assert kept(tmp_path / "new" / "folder") == ([1, 2], 1)
    assert kept(tmp_path / "new" / "folder", key_of("read", ("a.c", "another"))) == (None, 0)


def test_many_may_begin_in_one_folder_at_once(tmp_path):
    together = Barrier(4)

    def begin(number):
        folder = str(tmp_path / str(number // 4))
        together.wait(60)
        with Answers(folder) as them:
            them.keep(key_of(number), [number])
            return them.find(key_of(number), list[int])

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(begin, range(80))) == [[number] for number in range(80)]


def test_without_a_folder_nothing_is_kept():
    with Answers() as them:
        them.keep(KEY, [1])
        assert not them
        assert them.find(KEY, list[int]) is None


def test_another_state_of_the_program_drops_everything(tmp_path, monkeypatch):
    with Answers(str(tmp_path)) as them:
        them.keep(KEY, [1])
    monkeypatch.setattr(answers, "state", lambda: b"another")
    assert kept(tmp_path) == (None, 0)
    monkeypatch.undo()
    assert kept(tmp_path) == (None, 0)


@pytest.mark.parametrize("body", [b"no such bytes", zlib.compress(b"\xc1"), zlib.compress(b"\xa1x")])
def test_what_cannot_be_read_is_made_again(tmp_path, body):
    with Answers(str(tmp_path)):
        pass
    with sqlite3.connect(tmp_path / "answers.sqlite") as table:
        table.execute("INSERT INTO answers VALUES (?, ?)", (KEY, body))
    assert kept(tmp_path) == (None, 0)


@pytest.mark.parametrize("where", ["a-file", "a-file/below"])
def test_a_folder_that_cannot_be_written_is_told(tmp_path, where):
    (tmp_path / "a-file").write_text("x", encoding="utf-8")
    with pytest.raises(BadInput, match=r"cannot keep answers in .*a-file.*name a folder that can be written"):
        Answers(str(tmp_path / where))


def test_a_file_that_is_no_table_is_told(tmp_path):
    (tmp_path / "answers.sqlite").write_bytes(b"something else " * 100)
    with pytest.raises(BadInput, match="cannot keep answers"):
        Answers(str(tmp_path))


def test_the_state_is_that_of_what_reads_and_not_of_what_judges(tmp_path, monkeypatch):
    (tmp_path / "readers" / "__pycache__").mkdir(parents=True)
    (tmp_path / "judge").mkdir()
    monkeypatch.setattr(answers, "PACKAGE", tmp_path)
    seen = []
    for path in ("readers/keys.py", "judge/words.py", "readers/__pycache__/keys.pyc.12", "model.py"):
        (tmp_path / path).write_text("x = 1", encoding="utf-8")
        state.cache_clear()
        seen.append(state())
    state.cache_clear()
    assert seen[0] == seen[1] == seen[2] != seen[3]
