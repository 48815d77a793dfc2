"""What other tools say, turned into findings of the scorer's form, and what a new release has that the old had not.

Each reader takes what a tool wrote and the root of the tree that it looked at, and gives findings in the tool's own
order of weight: severity first, then confidence, then the order in which it wrote them.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEVERITIES = {"critical": 4, "high": 3, "error": 3, "medium": 2, "warning": 2, "low": 1, "info": 0}
WORDS = {"error": "high", "warning": "medium"}
CONFIDENCES = {"high": 0.3, "medium": 0.2, "low": 0.1}
VERSIONED = re.compile(r"[^/]+\.(dist-info|egg-info|data)(?=/|$)")
HUNK = re.compile(r"^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@")
CUT = re.compile(r"^\[ (\d+) lines removed \]")

Finding = dict[str, Any]
Keyed = tuple[tuple[str, str, str], Finding]


def read_bandit(said: bytes, root: Path) -> list[Finding]:
    """Return the findings of bandit's JSON."""
    return ranked(
        [
            finding(
                relative(met["filename"], root),
                (met["line_number"], max(met.get("line_range") or [met["line_number"]])),
                met["issue_severity"],
                met["issue_text"],
                met["test_id"],
                met["issue_confidence"],
            )
            for met in json.loads(said)["results"]
        ]
    )


def read_semgrep(said: bytes, root: Path) -> list[Finding]:
    """Return the findings of semgrep's JSON; a rule's name is the last word of its path."""
    return ranked(
        [
            finding(
                relative(met["path"], root),
                (met["start"]["line"], met["end"]["line"]),
                met["extra"]["severity"],
                met["extra"]["message"],
                met["check_id"].rpartition(".")[2],
                (met["extra"].get("metadata") or {}).get("confidence", ""),
            )
            for met in json.loads(said)["results"]
        ]
    )


def read_guarddog(said: bytes, _: Path) -> list[Finding]:
    """Return the findings of guarddog's JSON: the risks that its own page shows, then other matches."""
    report = json.loads(said)
    found = [
        finding(*place(risk["threat_location"]), risk["severity"], risk["threat_description"], risk["threat_rule"])
        for risk in report["risks"]
    ]
    shown = {(risk["threat_rule"], risk["threat_location"]) for risk in report["risks"]}
    for rule, matches in report["results"].items():
        found += [
            finding(*place(met["location"]), "info", met["message"], rule)
            for met in (matches if isinstance(matches, list) else [])
            if (rule, met["location"]) not in shown
        ]
    return ranked(found)


def place(location: str) -> tuple[str, tuple[int, int]]:
    """Path and lines of `path:line`."""
    path, _, line = location.rpartition(":")
    return path, (int(line), int(line))


def read_diffoscope(said: bytes, old: Path, new: Path) -> list[Finding]:
    """One finding per file of diffoscope's JSON, by how many lines differ; it has no severities."""
    found = [
        finding(path, lines, "", f"{size} lines differ", "size") | {"score": size}
        for path, size, lines in sizes(json.loads(said), old, new)
    ]
    return ranked(found)


def sizes(report: dict[str, Any], old: Path, new: Path) -> Iterator[tuple[str, int, tuple[int, int] | None]]:
    """Path, number of differing lines and the first changed lines of each file, what is inside it counted with it."""
    waiting = [report]
    for node in waiting:
        path = own_path(node, old, new)
        inner = node.get("details") or []
        if path is None or any(own_path(held, old, new) for held in inner):
            waiting += inner
            continue
        diffs = list(inner_diffs(node))
        if diffs:
            yield (
                path,
                sum(differing(diff) for diff, _ in diffs),
                next((first_lines(diff) for diff, of in diffs if of), None),
            )


def own_path(node: dict[str, Any], old: Path, new: Path) -> str | None:
    """Path of the file or folder that a comparison is about; None for lists of files and what is inside a file."""
    for name, root in ((node["source2"], new), (node["source1"], old)):
        if name.startswith(f"{root}/"):
            return relative(name, root)
    return None


def inner_diffs(node: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Every difference in a file and in what it holds, and whether its lines are lines of text, not of a hex dump."""
    waiting = [node]
    for met in waiting:
        waiting += met.get("details") or []
        if met.get("unified_diff"):
            yield met["unified_diff"], not met.get("has_internal_linenos")


def differing(diff: str) -> int:
    """How many lines a difference adds and takes, those that were cut from it counted."""
    count = 0
    for line in diff.splitlines():
        cut = CUT.match(line[1:]) if line[:1] in "+-" else None
        count += int(cut[1]) if cut else line[:1] in ("+", "-")
    return count


def first_lines(diff: str) -> tuple[int, int] | None:
    """Return the first and last changed line of the first hunk, in the new file; a loss is where its neighbours are."""
    line = 0
    changed: list[int] = []
    for text in diff.splitlines():
        opened = HUNK.match(text)
        if opened and changed:
            break
        if opened:
            line = int(opened[1])
        elif text[:1] in ("+", "-"):
            changed.append(line)
        line += bool(line) and not opened and text[:1] != "-"
    return (max(changed[0], 1), max(changed[-1], 1)) if changed else None


def finding(
    path: str, lines: tuple[int, int] | None, severity: str, title: str, rule: str, confidence: str = ""
) -> Finding:
    """Give one finding in the scorer's form; its score is the tool's own severity, then its confidence."""
    severity = severity.lower()
    first, last = lines or (None, None)
    return {
        "path": path,
        "line": first,
        "line_end": last,
        "symbol": None,
        "score": SEVERITIES.get(severity, 0) + CONFIDENCES.get(confidence.lower(), 0),
        "severity": WORDS.get(severity, severity),
        "title": " ".join(title.split())[:160],
        "rules": [rule],
    }


def relative(path: str, root: Path) -> str:
    """Give the path inside the tree."""
    return path.removeprefix(f"{root}/").removeprefix("./")


def ranked(findings: list[Finding]) -> list[Finding]:
    """Strongest first; of equals, the one that was said first."""
    return sorted(findings, key=lambda found: -found["score"])


def keyed(findings: list[Finding], root: Path) -> list[Keyed]:
    """Each finding beside what it is known by from one release to the next: rule, file, and the text it stands on."""
    texts: dict[str, list[str]] = {}
    made = []
    for found in findings:
        path = found["path"]
        if path not in texts:
            texts[path] = lines_of(root / path)
        first, last = found["line"] or 0, found["line_end"] or 0
        words = " ".join(" ".join(texts[path][max(first - 1, 0) : last]).split())
        made.append(((found["rules"][0], VERSIONED.sub(r"\1", path), words), found))
    return made


def lines_of(file: Path) -> list[str]:
    """Lines of a file of the tree; none of what is not one."""
    return file.read_text(encoding="utf-8", errors="replace").splitlines() if file.is_file() else []


def gained(old: list[Keyed], new: list[Keyed]) -> list[Finding]:
    """Return the findings of the new release that the old one had not, as many times as it had them less."""
    left = Counter(key for key, _ in old)
    made = []
    for key, found in new:
        if left[key]:
            left[key] -= 1
        else:
            made.append(found)
    return made
