"""Build the development corpus: real clean upgrades, and the same upgrades with one plant each.

usage: python bench/make.py --into DIR [--only PAIR-OR-PLANT ...] [--clean]
"""

import argparse
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from download import FetchError, fetch
from pairs import RealPair, read_pairs
from plant import Plant, PlantError, apply, read_plants
from unpack import clone, repack, unpack

TROUBLE = (FetchError, PlantError, OSError, subprocess.CalledProcessError)


def main() -> None:
    """Make what is asked for and write `cases.jsonl`."""
    asked = arguments()
    pairs, plants = read_pairs(), read_plants()
    wanted = set(asked.only)
    cases: list[dict[str, Any]] = []
    for pair in pairs.values():
        own = [p for p in plants if p.pair == pair.id]
        if not wanted or wanted & {pair.id, *(p.id for p in own)}:
            cases += make_pair(pair, [] if asked.clean else own, asked.into)
    known = {f"clean-{key}" for key in pairs} | {plant.id for plant in plants}
    write_cases(cases, asked.into / "cases.jsonl", keep=known if wanted else set())


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="folder of the corpus, outside the repository")
    parser.add_argument("--only", nargs="*", default=[], help="ids of pairs or plants")
    parser.add_argument("--clean", action="store_true", help="clean upgrades only")
    asked = parser.parse_args()
    asked.into = asked.into.resolve()
    return asked


def make_pair(pair: RealPair, plants: list[Plant], into: Path) -> list[dict[str, Any]]:
    """Make the clean case of a pair and its planted ones; trouble with one never stops the others."""
    try:
        artifacts = {side: fetch(pair, side, into / "downloads") for side in ("old", "new")}
        trees = {side: tree_of(pair, side, artifacts[side], into) for side in ("old", "new")}
    except TROUBLE as trouble:
        print(f"{pair.id}: {trouble}")
        return []
    cases = [clean_case(pair, artifacts, trees)]
    for plant in plants:
        try:
            cases.append(planted_case(pair, plant, artifacts, trees, into))
        except TROUBLE as trouble:
            print(f"{plant.id}: {trouble}")
    return cases


def tree_of(pair: RealPair, side: str, artifact: Path, into: Path) -> Path:
    """Give the unpacked tree of one side, from the corpus if it is there."""
    folder = into / "trees" / pair.id / side
    if not (folder / "done").exists():
        unpack(artifact, folder / "pkg")
        (folder / "done").touch()
    return folder / "pkg"


def clean_case(pair: RealPair, artifacts: dict[str, Path], trees: dict[str, Path]) -> dict[str, Any]:
    """Give the upgrade as it was published."""
    sides = trees if pair.form == "source" else artifacts
    case = {"id": f"clean-{pair.id}", "set": "benign", "family": pair.kind, "form": pair.form}
    words = {"what": f"{pair.name} {pair.old} to {pair.new}", "class": "", "difficulty": 0, "note": ""}
    return case | labels(pair) | paths(sides["old"], sides["new"]) | {"truth": []} | words


def labels(pair: RealPair) -> dict[str, str]:
    """Give the groups that a case falls into besides the scorer's own."""
    return {"fold": pair.fold, "language": pair.language, "pair": pair.id, "kind": pair.kind}


def paths(old: Path, new: Path) -> dict[str, str]:
    """Both sides as the scorer wants them."""
    return {"old": str(old), "new": str(new)}


def planted_case(
    pair: RealPair, plant: Plant, artifacts: dict[str, Path], trees: dict[str, Path], into: Path
) -> dict[str, Any]:
    """Make the same upgrade with one plant in its new side."""
    home = into / "planted" / plant.id
    shutil.rmtree(home, ignore_errors=True)
    new = home / "new" / "pkg"
    clone(trees["new"], new)
    truth = apply(plant, new)
    form = plant.form or pair.form
    old = trees["old"]
    if form == "package":
        new = repack(artifacts["new"], new, [edit["file"] for edit in plant.edits], home / "artifact")
        old = artifacts["old"]
        shutil.rmtree(home / "new")
    case = {"id": plant.id, "set": "attack", "family": plant.family, "form": form}
    words = {"what": plant.what, "class": plant.attack_class, "difficulty": plant.difficulty, "note": ""}
    return case | labels(pair) | paths(old, new) | {"truth": truth} | words


def write_cases(cases: list[dict[str, Any]], path: Path, keep: set[str]) -> None:
    """Write one line per case; those made earlier stay when they are in `keep`."""
    found = {case["id"]: case for case in cases}
    if keep and path.exists():
        earlier = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        found = {case["id"]: case for case in earlier if case["id"] in keep} | found
    ordered = [found[key] for key in sorted(found)]
    scratch = path.with_suffix(".new")
    scratch.write_text("".join(json.dumps(case) + "\n" for case in ordered), encoding="utf-8")
    scratch.replace(path)
    planted = sum(case["set"] == "attack" for case in ordered)
    print(f"{len(ordered) - planted} clean and {planted} planted in {path}")


if __name__ == "__main__":
    main()
