"""Try zoll on the upgrades of `tried.toml`, clean and with the changes of `tried/` planted; see `tried/README.md`.

usage: python bench/tried.py --into DIR [--only PAIR-OR-PLANT ...] [--again]
"""

import argparse
import json
import shutil
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from plant import Plant, apply, read_plants
from run import run_case
from score import FIRSTS, rank
from unpack import clone, repack, unpack

from zoll.fetch import fetch

HERE = Path(__file__).parent
RECIPES = HERE / "tried"
HEAD = ("place", "file", "bits", "findings", "seconds")


@dataclass(frozen=True)
class TriedPair:
    """One real upgrade: two package URLs, and whether it is tried as unpacked source or as the package itself."""

    id: str
    old: str
    new: str
    form: str


def main() -> None:
    """Try what is asked for, in the order of `tried.toml`; print a line per plant and the summary."""
    asked = arguments()
    plants = read_plants(RECIPES)
    ranks: list[int | None] = []
    print(f"{'plant':34}{'level':>6}" + "".join(f"{word:>9}" for word in HEAD))
    for pair in read_pairs():
        own = [p for p in plants if p.pair == pair.id and (not asked.only or {pair.id, p.id} & set(asked.only))]
        for plant in own:
            case = make_case(pair, plant, asked.into)
            ranks.append(tried(case, asked))
    for first in FIRSTS:
        print(f"first {first:>2}: {sum(1 for r in ranks if r and r <= first)} of {len(ranks)}")


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, required=True, help="folder for all that is made, outside the repository")
    parser.add_argument("--only", nargs="*", default=[], help="ids of pairs or plants")
    parser.add_argument("--again", action="store_true", help="inspect also what has a result")
    parser.add_argument("--timeout", type=float, default=1800, help="seconds for one upgrade")
    asked = parser.parse_args()
    asked.into = asked.into.resolve()
    asked.results = asked.into / "results"
    asked.results.mkdir(parents=True, exist_ok=True)
    return asked


def read_pairs(path: Path = HERE / "tried.toml") -> list[TriedPair]:
    """Every upgrade, small ones first."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["pairs"]
    return [TriedPair(key, *row) for key, row in rows.items()]


def make_case(pair: TriedPair, plant: Plant, into: Path) -> dict[str, Any]:
    """Plant the change into the new side, as the source tree or as the package it would ship in."""
    artifacts = {side: fetch(getattr(pair, side)) for side in ("old", "new")}
    trees = {side: tree_of(artifacts[side], into / "trees" / pair.id / side) for side in artifacts}
    home = into / "planted" / plant.id
    shutil.rmtree(home, ignore_errors=True)
    clone(trees["new"], home / "pkg")
    case: dict[str, Any] = {"id": plant.id, "truth": apply(plant, home / "pkg")}
    if pair.form == "source":
        return case | {"old": str(trees["old"]), "new": str(home / "pkg")}
    changed = [edit["file"] for edit in plant.edits]
    new = repack(artifacts["new"], home / "pkg", changed, home / "artifact")
    return case | {"old": str(artifacts["old"]), "new": str(new)}


def tree_of(artifact: Path, folder: Path) -> Path:
    """Unpack one side once."""
    if not (folder / "done").exists():
        unpack(artifact, folder / "pkg")
        (folder / "done").touch()
    return folder / "pkg"


def tried(case: dict[str, Any], asked: argparse.Namespace) -> int | None:
    """Inspect one planted upgrade unless it has a result, print its line and give its rank by place."""
    kept = asked.results / f"{case['id']}.json"
    word = "" if kept.exists() and not asked.again else run_case(case, asked)
    if not kept.exists():
        print(f"{case['id']:34}{word}", flush=True)
        return None
    result = json.loads(kept.read_text(encoding="utf-8"))
    findings, truth = result["findings"], case["truth"]
    place, file = (rank(findings, truth, by_place=exact) for exact in (True, False))
    hit = findings[(place or file or 0) - 1] if place or file else {"score": 0.0, "severity": "-"}
    row = f"{place or '-':>9}{file or '-':>9}{hit['score']:>9.1f}{len(findings):>9}{result['seconds']:>9.1f}"
    print(f"{case['id']:34}{hit['severity']:>6}{row}", flush=True)
    return place


if __name__ == "__main__":
    main()
