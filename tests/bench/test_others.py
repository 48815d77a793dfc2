"""Other tools on the same cases: their own words, as they wrote them of a made-up upgrade, turned into findings."""

import json
from pathlib import Path

import others
import outputs
import pytest

SAMPLES = Path(__file__).parent / "samples"
OLD, NEW = Path("/upgrade/old"), Path("/upgrade/new")


def said(tool):
    return (SAMPLES / f"{tool}.json").read_bytes()


def places(findings):
    return [(found["path"], found["line"], found["rules"][0], found["severity"]) for found in findings]


def written(root, text, path="pkg/a.py"):
    (root / path).parent.mkdir(parents=True)
    (root / path).write_text(text, encoding="utf-8")
    return root


def met(line, rule="B1", path="pkg/a.py"):
    return outputs.finding(path, (line, line), "low", "words", rule)


def test_bandit_ranks_by_severity_then_confidence_then_its_order():
    assert places(outputs.read_bandit(said("bandit"), NEW)) == [
        ("pkg/fetch.py", 11, "B324", "high"),
        ("pkg/fetch.py", 16, "B602", "high"),
        ("pkg/fetch.py", 15, "B307", "medium"),
        ("setup.py", 5, "B102", "medium"),
        ("pkg/fetch.py", 3, "B404", "low"),
        ("pkg/fetch.py", 7, "B607", "low"),
        ("pkg/fetch.py", 7, "B603", "low"),
        ("setup.py", 6, "B605", "low"),
        ("setup.py", 6, "B607", "low"),
    ]


def test_semgrep_errors_are_high_and_rules_have_short_names():
    assert places(outputs.read_semgrep(said("semgrep"), NEW)) == [
        ("pkg/page.js", 4, "express_xss", "high"),
        ("pkg/page.js", 5, "eval_nodejs", "high"),
        ("pkg/page.js", 4, "node_md5", "medium"),
        ("setup.py", 5, "exec-base64", "medium"),
        ("setup.py", 6, "shady-links", "medium"),
    ]


def test_guarddog_risks_come_before_matches_that_made_none():
    found = outputs.read_guarddog(said("guarddog"), NEW)
    assert places(found)[:2] == [
        ("setup.py", 6, "threat-network-exfiltration", "high"),
        ("setup.py", 6, "threat-process-download-exec", "high"),
    ]
    assert [f["severity"] for f in found] == ["high"] * 4 + ["info"] * 2
    assert {f["rules"][0] for f in found[4:]} == {"capability-network-lolbas", "capability-process-spawn"}


def test_diffoscope_ranks_files_by_size_and_names_the_first_hunk():
    found = outputs.read_diffoscope(said("diffoscope"), OLD, NEW)
    assert [(f["path"], f["score"], f["line"], f["line_end"]) for f in found] == [
        ("pkg/fetch.py", 11, 1, 16),
        ("setup.py", 7, 1, 7),
        ("pkg/page.js", 6, 1, 6),
        ("notes.txt", 2, 2, 2),
        ("gone.txt", 1, 1, 1),
    ]
    assert not any(f["severity"] for f in found)


def test_lines_that_diffoscope_cut_are_counted():
    assert outputs.differing("@@ -1,9 +1,9 @@\n-a\n-[ 7 lines removed ]\n+b\n c\n") == 9


def test_a_hex_dump_has_no_lines_of_the_file():
    node = {"source1": "/dev/null", "source2": "/upgrade/new/a.bin", "unified_diff": "@@ -0,0 +1 @@\n+00000000: 00\n"}
    report = {"source1": "/upgrade/old", "source2": "/upgrade/new", "details": [node | {"has_internal_linenos": True}]}
    [found] = outputs.read_diffoscope(json.dumps(report).encode(), OLD, NEW)
    assert (found["path"], found["line"]) == ("a.bin", None)


def test_a_finding_that_moved_is_not_new(tmp_path):
    old = outputs.keyed([met(1)], written(tmp_path / "old", "exec(a)\n"))
    new = outputs.keyed([met(3), met(4)], written(tmp_path / "new", "\n\n  exec(a)\nexec(b)\n"))
    assert [found["line"] for found in outputs.gained(old, new)] == [4]


def test_the_same_text_once_more_is_new_once(tmp_path):
    old = outputs.keyed([met(1)], written(tmp_path / "old", "exec(a)\n"))
    new = outputs.keyed([met(1), met(2)], written(tmp_path / "new", "exec(a)\nexec(a)\n"))
    assert len(outputs.gained(old, new)) == 1


def test_another_rule_or_file_is_new(tmp_path):
    root = written(tmp_path, "exec(a)\n")
    old = outputs.keyed([met(1)], root)
    assert len(outputs.gained(old, outputs.keyed([met(1, rule="B2"), met(1, path="b.py")], root))) == 2


def test_a_folder_named_after_the_version_is_the_same_folder(tmp_path):
    old = outputs.keyed([met(1, path="a-1.0.dist-info/x")], tmp_path)
    assert outputs.gained(old, outputs.keyed([met(1, path="a-1.1.dist-info/x")], tmp_path)) == []


def test_a_sample_is_always_the_same_and_draws_from_both_sets():
    cases = [{"id": f"{kind}{n}", "set": kind} for kind in ("attack", "benign") for n in range(9)]
    drawn = others.sample(cases, 3)
    assert drawn == others.sample(cases[::-1], 3)
    assert [case["set"] for case in drawn] == ["attack"] * 3 + ["benign"] * 3
    assert len(others.sample(cases, None)) == 18


@pytest.mark.parametrize(
    ("kind", "language", "tools"),
    [
        ("pypi", "python", {"guarddog", "bandit", "semgrep", "diffoscope"}),
        ("npm", "javascript", {"guarddog", "semgrep", "diffoscope"}),
        ("deb", "python", {"bandit", "semgrep", "diffoscope"}),
        ("orig", "c", {"diffoscope"}),
    ],
)
def test_what_applies(kind, language, tools):
    case = {"kind": kind, "language": language}
    assert {name for name, tool in others.TOOLS.items() if tool.applies(case)} == tools


def test_a_row_of_the_table():
    cases = [
        {"id": "a", "set": "attack", "truth": [{"path": "pkg/a.py", "lines": [3, 3], "symbol": None}]},
        {"id": "b", "set": "benign"},
    ]
    strong = outputs.finding("pkg/a.py", (3, 3), "high", "words", "B1")
    results = {
        "a": {"seconds": 2, "findings": [strong]},
        "b": {"seconds": 4, "findings": [met(1)], "failed": "late", "cpu_seconds": 4},
    }
    assert others.row("bandit", cases, results) == (
        "| bandit | 1 | 1 | 1 | 100% | 100% | 100% | 100% | 100% | 100% | 100% | 0% | 1 | 4.0 |"
    )


def test_versions_are_pinned():
    assert all("==" in package for tool in others.TOOLS.values() for package in (*tool.packages, *tool.rules))


def test_a_tool_that_cannot_be_installed_costs_one_line(tmp_path, monkeypatch):
    monkeypatch.setattr(others, "install", lambda tool, place: "no such version")
    monkeypatch.setattr("sys.argv", ["others.py", str(tmp_path / "cases.jsonl"), str(tmp_path), "--tool", "bandit"])
    (tmp_path / "cases.jsonl").write_text("", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"^bandit could not be installed: no such version$"):
        others.main()


def test_a_result_that_came_too_late_holds_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(others, "alone", tuple)
    slow = others.Tool((), lambda _: True, lambda place, case: ["sh", "-c", "sleep 9"], outputs.read_bandit)
    monkeypatch.setitem(others.TOOLS, "bandit", slow)
    case = {"id": "a", "kind": "pypi", "old": str(tmp_path), "new": str(tmp_path)}
    result = others.Bench("bandit", tmp_path, 0.2).result(case, "-raw")
    assert (result["findings"], result["failed"]) == ([], "no result within 0 s")


def test_only_changed_files_are_shown(tmp_path):
    old = written(tmp_path / "old", "1\n")
    new = written(tmp_path / "new", "2\n")
    for root, name in ((old, "same"), (new, "same"), (new, "more")):
        (root / name).write_text(name, encoding="utf-8")
    shown = others.only_changed(new, old, tmp_path / "shown")
    assert sorted(str(p.relative_to(shown)) for p in shown.rglob("*") if p.is_file()) == ["more", "pkg/a.py"]


def test_only_what_is_new_is_told(tmp_path, monkeypatch):
    """A stand-in for a tool that names every line of a file."""
    old, new = written(tmp_path / "old", "1\n2\n"), written(tmp_path / "new", "0\n1\n2\n")
    named = others.Tool(
        (),
        lambda _: True,
        lambda place, case: ["sh", "-c", 'cat "$0/pkg/a.py"'],
        lambda said, root: [met(n) for n, _ in enumerate(said.splitlines(), 1)],
    )
    monkeypatch.setattr(others, "alone", tuple)
    monkeypatch.setitem(others.TOOLS, "bandit", named)
    case = {"id": "a", "kind": "pypi", "old": str(old), "new": str(new)}
    told = {how: others.Bench("bandit", tmp_path, 60).result(case, how)["findings"] for how in ("", "-raw", "-changed")}
    assert {how: [f["line"] for f in found] for how, found in told.items()} == {
        "": [1],
        "-raw": [1, 2, 3],
        "-changed": [1],
    }
