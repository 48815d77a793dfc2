"""A result stands until zoll or the case changes."""

import argparse
import json

import pytest
import run

CASE = {"id": "a-case", "set": "benign", "old": "a", "new": "b"}


@pytest.fixture
def asked(tmp_path):
    return argparse.Namespace(only=[], fold=None, set=None, again=False, results=tmp_path)


def keep(asked, **result):
    (asked.results / "a-case.json").write_text(json.dumps(result), encoding="utf-8")


def test_what_has_no_result_is_run(asked):
    assert run.wanted(CASE, asked, "code")


def test_a_result_of_this_code_and_case_stands(asked):
    keep(asked, key=run.key_of(CASE, "code"))
    assert not run.wanted(CASE, asked, "code")


@pytest.mark.parametrize(("case", "code"), [(CASE, "other code"), (CASE | {"what": "more"}, "code")])
def test_other_code_or_another_case_is_run_again_unless_stale_ones_are_kept(asked, case, code):
    keep(asked, key=run.key_of(CASE, "code"))
    assert run.wanted(case, asked, code)
    assert not run.wanted(case, asked)


def test_a_result_without_a_key_is_stale(asked):
    keep(asked, findings=[])
    assert run.wanted(CASE, asked, "code")


def test_the_code_is_its_files_and_nothing_that_they_leave_behind(tmp_path):
    (tmp_path / "rule.toml").write_text("bits = 1", encoding="utf-8")
    first = run.digest_of_code(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "made.pyc.123").write_bytes(b"x")
    (tmp_path / "counts.json").write_text("{}", encoding="utf-8")  # learned from the very results that carry the key
    assert run.digest_of_code(tmp_path) == first
    (tmp_path / "rule.toml").write_text("bits = 2", encoding="utf-8")
    assert run.digest_of_code(tmp_path) != first


def test_clean_upgrades_come_first_and_of_both_what_took_longest(tmp_path):
    for name, seconds in (("small", 0.5), ("large", 60.0), ("plant", 3.0)):
        (tmp_path / f"{name}.json").write_text(json.dumps({"case": name, "seconds": seconds}), encoding="utf-8")
    names = ("plant", "new-plant", "small", "new", "large")
    cases = [{"id": name, "set": "attack" if "plant" in name else "benign"} for name in names]
    assert [case["id"] for case in run.ordered(cases, tmp_path)] == ["large", "small", "new", "plant", "new-plant"]
