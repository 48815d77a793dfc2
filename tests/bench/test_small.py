"""The small benchmark: its list is sound, and its floors break when they should."""

import tomllib
from pathlib import Path

import pytest
import small
from pairs import RealPair, read_pairs
from plant import read_plants

FLOORS = tomllib.loads(small.FLOORS.read_text(encoding="utf-8"))
IDS = FLOORS["fetched"]["cases"]
PAIRS = read_pairs()
BASES = {plant.id: plant.pair for plant in read_plants()}
RECORDED = {"first_1": 0.5, "first_3": 0.9, "first_10": 1, "held": 0, "read_median": 1, "read_total": 4}


def found(score, level, line=3, path="a.c"):
    return {"path": path, "line": line, "line_end": line, "symbol": None, "score": score, "severity": level}


def planted(key):
    return {"id": key, "set": "attack", "truth": [{"path": "a.c", "lines": [3, 3]}]}


def clean(key):
    return {"id": key, "set": "benign", "truth": []}


def result(*findings):
    return {"findings": list(findings), "seconds": 1.0}


def base(key):
    return PAIRS[BASES.get(key, key.removeprefix("clean-"))]


def test_the_fetched_cases_are_of_the_corpus_about_half_of_them_planted():
    assert len(IDS) == len(set(IDS)) >= 30
    assert len(IDS) * 0.4 <= len(BASES.keys() & set(IDS)) <= len(IDS) * 0.6
    assert {base(key).kind for key in IDS} == {"pypi", "npm"}
    assert {base(key).fold for key in IDS} == {"dev"}


def test_nothing_new_would_be_written_into_the_digests():
    digests = {line.split()[0] for line in (small.HERE / "digests.txt").read_text(encoding="utf-8").splitlines()}
    releases = {f"{base(key).kind}/{base(key).name}@{v}" for key in IDS for v in (base(key).old, base(key).new)}
    assert releases <= digests


def test_the_kept_cases_are_the_small_upgrades():
    cases = small.kept_cases()
    assert {case["set"] for case in cases} == {"attack", "benign"}
    assert all(Path(case[side]).is_dir() for case in cases for side in ("old", "new"))
    assert all(case["truth"][0]["path"] for case in cases if case["set"] == "attack")


def test_both_parts_have_every_floor():
    names = {*small.SHARES, *small.CEILINGS}
    assert FLOORS["kept"].keys() == names
    assert FLOORS["fetched"].keys() == names | {"cases"}


def test_figures_count_plants_met_and_noise_of_clean_upgrades():
    cases = [planted("met"), planted("late"), planted("no-result"), clean("still"), clean("loud")]
    results = {
        "met": result(found(9, "hold")),
        "late": result(found(9, "hold", path="b.c"), found(1, "note")),
        "still": result(found(1, "note")),
        "loud": result(found(9, "hold"), found(5, "review"), found(1, "note")),
    }
    third = pytest.approx(1 / 3)
    assert small.figures(cases, results) == {
        "first_1": third,
        "first_3": pytest.approx(2 / 3),
        "first_10": pytest.approx(2 / 3),
        "held": 1,
        "read_median": 1,
        "read_total": 2,
    }


@pytest.mark.parametrize(
    ("name", "figure", "floor", "word"),
    [
        ("first_1", 1 / 3, 0.333, "as recorded"),
        ("first_1", 0.33, 0.333, "broken"),
        ("first_1", 0.4, 0.333, "better"),
        ("held", 1, 0, "broken"),
        ("read_median", 0.5, 1, "better"),
        ("read_total", 4, 4, "as recorded"),
    ],
)
def test_shares_have_floors_and_noise_has_ceilings(name, figure, floor, word):
    assert small.judged(name, figure, floor) == word


def test_a_broken_floor_is_named(capsys):
    now = RECORDED | {"first_3": 0.8, "held": 1}
    broken = small.print_figures("kept", now, RECORDED, decides=True)
    assert broken == [
        "kept first_3: 0.8, at least 0.9 was recorded",
        "kept held: 1, at most 0 was recorded",
    ]
    assert capsys.readouterr().out.count("BROKEN") == 2
    assert small.ACCEPT in small.verdict(broken)


def test_an_incomplete_part_decides_nothing(capsys):
    assert small.print_figures("fetched", RECORDED | {"held": 9}, RECORDED, decides=False) == []
    assert "decides nothing" in capsys.readouterr().out


def test_what_is_recorded_holds_and_the_rest_stays():
    text = small.FLOORS.read_text(encoding="utf-8")
    now = RECORDED | {"first_1": 2 / 3}
    after = tomllib.loads(small.recorded(text, {"fetched": now}))
    assert after["kept"] == FLOORS["kept"]
    assert after["fetched"] == now | {"first_1": 0.666, "cases": IDS}
    assert all(small.judged(name, now[name], after["fetched"][name]) == "as recorded" for name in now)
    assert small.recorded(text, {}) == text


def test_a_plant_that_is_not_met_has_no_bits():
    assert small.case_line(planted("x"), result(found(9, "hold", path="b.c"))).split() == [
        "x",
        "miss",
        "-",
        "-",
        "1",
        "1.0",
    ]
    assert small.case_line(planted("x"), result(found(9, "hold"))).split()[1:4] == ["1", "9.0", "hold"]
    assert small.case_line(clean("x"), result(found(2, "note"))).split()[1:4] == ["clean", "2.0", "note"]
    assert small.case_line(clean("x"), result()).split()[1:4] == ["clean", "-", "-"]


def test_an_index_out_of_reach_is_asked_twice_and_told_once(tmp_path, monkeypatch, capsys):
    asked = []

    def gone(pair, side, store):
        asked.append(pair.id)
        raise OSError("no route")

    monkeypatch.setattr(small, "fetch", gone)
    monkeypatch.setattr(small.os, "environ", {})
    cases, missing = small.fetched_cases(IDS, tmp_path)
    assert (cases, missing) == ([], IDS)
    assert len(asked) == 2 * small.TRIES
    told = capsys.readouterr().out.splitlines()
    assert told == [f"skipped {len(IDS)} of {len(IDS)} fetched cases, so the kept ones alone decide: no route"]


def test_one_release_that_is_gone_does_not_stop_the_others(tmp_path, monkeypatch):
    def some(pair, side, store):
        if pair.id != "c":
            raise OSError("gone")

    monkeypatch.setattr(small, "fetch", some)
    pairs = [RealPair(key, "npm", key, "1", "2", "dev", "source", "javascript") for key in "acbd"]
    assert small.fetch_kind(pairs, tmp_path) == {"a": "gone", "b": "gone", "d": "gone"}
