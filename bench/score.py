"""Score results against what was planted, by the same definitions as the shared benchmark, and say what was missed.

usage: python bench/score.py CASES.jsonl RESULTS [--by family|language|fold|difficulty|kind|form|class]
           [--fold dev] [--misses] [--loud]

A finding hits by file when its path is a truth path, or one ends with the other. It hits by place when it also comes
within a few lines of the truth, names its symbol, or lies in its function by address. `place@5%` is the share of
attacks with a true finding stronger than the strongest finding of all but 5 % of the clean upgrades.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from zoll.learn.truth import hits, rank

FIRSTS = (1, 3, 10)
SHARES = ((False, 0.05), (True, 0.05), (True, 0.01))
NAMES = ("file@1", "file@3", "file@10", "place@1", "place@3", "place@10", "file@5%", "place@5%", "place@1%", "seconds")
READ = ("review", "hold")
LOUD = (3, 4, "high", "critical", "hold")

Case = dict[str, Any]


def main() -> None:
    """Print the table, then what is asked for."""
    asked = arguments()
    cases = [json.loads(line) for line in asked.cases.read_text(encoding="utf-8").splitlines()]
    cases = [case for case in cases if asked.fold in (None, case.get("fold"))]
    results = {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in asked.results.glob("*.json")}
    attacks = [case for case in cases if case["set"] == "attack"]
    benign = [case for case in cases if case["set"] == "benign" and case["id"] in results]
    print_table(groups_of(attacks, asked.by), results, bars(benign, results))
    print_benign(benign, results)
    if asked.misses:
        print_misses(attacks, results)
    if asked.loud:
        print_loud(benign, results)


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("results", type=Path)
    parser.add_argument("--by", help="a key of the cases to group by; dev and held are always shown")
    parser.add_argument("--fold", choices=("dev", "held"))
    parser.add_argument("--misses", action="store_true", help="list plants that are not in the first three")
    parser.add_argument("--loud", action="store_true", help="list the strongest finding of each clean upgrade")
    return parser.parse_args()


def bars(benign: list[Case], results: dict[str, Case]) -> dict[float, float]:
    """Give, for each share, the score that only this share of the clean upgrades exceeds."""
    none = float("-inf")
    tops = sorted((max((f["score"] for f in results[c["id"]]["findings"]), default=none) for c in benign), reverse=True)
    return {share: tops[int(len(tops) * share)] if tops else none for _, share in SHARES}


def groups_of(attacks: list[Case], key: str | None) -> dict[str, list[Case]]:
    """All attacks, both folds, and the groups asked for."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in attacks:
        groups["all"].append(case)
        groups[f"fold {case.get('fold')}"].append(case)
        if key:
            groups[f"{key} {case.get(key)}"].append(case)
    return dict(sorted(groups.items(), key=lambda group: (group[0] != "all", group[0])))


def print_table(groups: dict[str, list[Case]], results: dict[str, Case], levels: dict[float, float]) -> None:
    """Print one line per group."""
    print(f"{'group':30}{'n':>4}{'run':>5}" + "".join(f"{name:>9}" for name in NAMES))
    for name, members in groups.items():
        run = [case for case in members if case["id"] in results]
        shares = [count / len(members) for count in counts(run, results, levels)]
        seconds = sorted(results[case["id"]].get("seconds", 0) for case in run)
        middle = seconds[len(seconds) // 2] if seconds else 0
        print(
            f"{name[:29]:30}{len(members):>4}{len(run):>5}" + "".join(f"{x:>9.0%}" for x in shares) + f"{middle:>9.1f}"
        )


def counts(run: list[Case], results: dict[str, Case], levels: dict[float, float]) -> list[int]:
    """How many attacks are met, in the order of NAMES."""
    row = []
    for by_place in (False, True):
        ranks = [rank(results[case["id"]]["findings"], case["truth"], by_place=by_place) for case in run]
        row += [sum(1 for r in ranks if r and r <= first) for first in FIRSTS]
    for by_place, share in SHARES:
        row.append(sum(over(case, results, levels[share], by_place=by_place) for case in run))
    return row


def over(case: Case, results: dict[str, Case], level: float, *, by_place: bool) -> bool:
    """Whether a true finding stands above the level."""
    found = results[case["id"]]["findings"]
    return any(f["score"] > level and hits(f, case["truth"], by_place=by_place) for f in found)


def print_benign(benign: list[Case], results: dict[str, Case]) -> None:
    """Say how often clean upgrades cry alarm."""
    if not benign:
        return
    found = [results[case["id"]]["findings"] for case in benign]
    loud = sum(any(f.get("severity") in LOUD for f in findings) for findings in found)
    sizes = sorted(len(findings) for findings in found)
    median, high = sizes[len(sizes) // 2], sizes[int(len(sizes) * 0.9)]
    print(f"benign: {len(benign)} run, {loud / len(benign):.0%} raise hold; findings median {median}, p90 {high}")
    read = [sum(f.get("severity") in READ for f in findings) for findings in found]
    print(f"        {sum(read)} findings at review or above, in {sum(map(bool, read))} of them")


def print_misses(attacks: list[Case], results: dict[str, Case]) -> None:
    """List what is not among the first three, with what stands first instead."""
    for case in attacks:
        if case["id"] not in results:
            continue
        found = results[case["id"]]["findings"]
        place = rank(found, case["truth"], by_place=True)
        if not place or place > FIRSTS[1]:
            word = f"#{place}" if place else "miss"
            where = " ".join(f"{t['path']}:{t.get('name') or t['lines']}" for t in case["truth"])
            print(f"{word:5} {case['id']} ({case['family']}, {case['language']}, {case['difficulty']}) {where}")
            print(f"      {case['what']}")
            for finding in found[:2]:
                print(f"      first: {shown(finding)}")


def print_loud(benign: list[Case], results: dict[str, Case]) -> None:
    """List the strongest finding of each clean upgrade, loudest first."""
    tops = [(results[case["id"]]["findings"][0], case) for case in benign if results[case["id"]]["findings"]]
    for finding, case in sorted(tops, key=lambda top: -top[0]["score"]):
        print(f"{case['id']:32} {shown(finding)}")


def shown(finding: Case) -> str:
    """One finding on one line."""
    rules = ",".join(finding.get("rules", [])[:4])
    path = f"{finding['path'][-50:]}:{finding.get('line')}"
    where = f"{path} {finding.get('symbol')} [{rules}]"
    return f"{finding['score']:.1f} {finding.get('severity')} {where} {finding.get('title')}"


if __name__ == "__main__":
    main()
