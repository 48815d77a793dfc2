"""Learning from the command line: reports are made where they are missing, and what was learned judges."""

import json

from zoll.judge.counts import read_counts, shipped


def cases(tmp_path, upgrade, **more):
    """Return a file of one case: the upgrade that `conftest` plants in."""
    path = tmp_path / "cases.jsonl"
    old, new = upgrade
    path.write_text(json.dumps({"id": "one", "old": str(old), "new": str(new), **more}) + "\n", encoding="utf-8")
    return path


def test_accepted_upgrades_teach_habits_by_which_the_next_is_judged(zoll, upgrade, tmp_path):
    out = tmp_path / "vendor.json"
    done = zoll("learn", cases(tmp_path, upgrade), "--reports", tmp_path / "reports", "--out", out, "-q")
    assert (done.returncode, done.stderr) == (0, "")
    counts = read_counts(out)
    assert counts.made_from.endswith("1 clean and 0 hostile upgrades of 1 projects in cases.jsonl")
    assert counts.words != shipped().words
    assert (tmp_path / "reports" / "one.json").exists()
    bits = []
    for more in ((), ("--counts", out)):
        report = zoll("inspect", *upgrade, "--format", "json", "--fail-on", "never", "-q", *more)
        bits.append(json.loads(report.stdout)["findings"][0]["bits"])
    assert bits[0] != bits[1]


def test_what_cannot_be_learned_from_is_one_line(zoll, upgrade, tmp_path):
    for told, words in (
        ("no json", "cannot read cases"),
        ("", "nothing to learn from"),
    ):
        path = tmp_path / "bad.jsonl"
        path.write_text(told, encoding="utf-8")
        done = zoll("learn", path, "--reports", tmp_path / "reports", "-q")
        assert done.returncode == 2
        assert words in done.stderr
        assert "Traceback" not in done.stderr
    done = zoll("learn", cases(tmp_path, upgrade), "--reports", tmp_path / "reports", "--validate", "-q")
    assert done.returncode == 2
    assert '"set": "attack"' in done.stderr


def test_what_is_no_file_of_counts_is_one_line(zoll, upgrade, tmp_path):
    path = tmp_path / "counts.json"
    path.write_text("{}x", encoding="utf-8")
    done = zoll("inspect", *upgrade, "--counts", path, "-q")
    assert done.returncode == 2
    assert "zoll learn" in done.stderr
