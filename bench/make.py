"""Build the development corpus: real clean upgrades, and the same upgrades with one plant each.

usage: python bench/make.py --into DIR [--only PAIR-OR-PLANT ...] [--clean]
"""

import argparse
import fcntl
import json
import shutil
import subprocess
import tarfile
import tomllib
import zipfile
from filecmp import cmp
from hashlib import sha256
from pathlib import Path
from typing import Any

import built_cases
from download import FetchError, fetch
from pairs import RealPair, read_pairs
from plant import HERE, Plant, PlantError, apply, read_plant
from unpack import clone, repack, unpack

TROUBLE = (
    FetchError,
    PlantError,
    OSError,
    ValueError,
    tarfile.TarError,
    zipfile.BadZipFile,
    subprocess.CalledProcessError,
)


def main() -> None:
    """Make what is asked for, pair by pair; after each `cases.jsonl` is true, so a second call goes on from there."""
    asked = arguments()
    plants = [] if asked.clean else recipes()
    pairs = [pair for pair in read_pairs().values() if is_wanted(pair, plants, asked)]
    for number, pair in enumerate(pairs, 1):
        own = [plant for plant in plants if plant.pair == pair.id and is_wanted_plant(plant, asked)]
        made, failed = make_pair(pair, own, asked.into)
        write_cases(made, failed, asked.into / "cases.jsonl")
        print(f"{number}/{len(pairs)} {pair.id}: {len(made)} made", flush=True)
    for program in (one for one in built_cases.every_program() if built_cases.is_wanted(one, asked)):
        made, failed = built_cases.make_program(program, asked)
        write_cases(made, failed, asked.into / "cases.jsonl")
        print(f"{program.pair.id}: {len(made)} made", flush=True)
    print(count(asked.into / "cases.jsonl"))


def recipes() -> list[Plant]:
    """Every plant; one that cannot be read is told in a line and left out."""
    found = []
    for file in recipe_files():
        try:
            found.append(read_plant(file))
        except (KeyError, tomllib.TOMLDecodeError) as trouble:
            print(f"{file.stem}: {type(trouble).__name__} {trouble}", flush=True)
    return found


def recipe_files() -> list[Path]:
    """Give the files of all plants."""
    return sorted((HERE / "plants").glob("*.toml"))


def is_wanted(pair: RealPair, plants: list[Plant], asked: argparse.Namespace) -> bool:
    """Whether this pair, or a plant in it, is asked for."""
    only = set(asked.only)
    return not only or pair.id in only or any(plant.pair == pair.id and plant.id in only for plant in plants)


def is_wanted_plant(plant: Plant, asked: argparse.Namespace) -> bool:
    """Whether this plant is asked for, by its own id or by its pair's."""
    return not asked.only or plant.id in asked.only or plant.pair in asked.only


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="folder of the corpus, outside the repository")
    parser.add_argument("--only", nargs="*", default=[], help="ids of pairs or plants")
    parser.add_argument("--clean", action="store_true", help="clean upgrades only")
    asked = parser.parse_args()
    asked.into = asked.into.resolve()
    return asked


def make_pair(pair: RealPair, plants: list[Plant], into: Path) -> tuple[list[dict[str, Any]], set[str]]:
    """Make the clean case of a pair and its planted ones; give also the ids that failed: one never stops the others."""
    clean = f"clean-{pair.id}"
    try:
        artifacts = {side: fetch(pair, side, into / "downloads") for side in ("old", "new")}
        if cmp(artifacts["old"], artifacts["new"], shallow=False):
            raise FetchError(f"{pair.old} and {pair.new} are the same bytes: the index gave one for the other")
        sides = () if pair.form == "binary" else ("old", "new")  # executables are compared as they ship
        trees = {side: tree_of(pair, side, artifacts[side], into) for side in sides}
    except TROUBLE as trouble:
        print(f"{pair.id}: {trouble}", flush=True)
        return [], {clean, *(plant.id for plant in plants)}
    cases, failed = [clean_case(pair, artifacts, trees)], set()
    for plant in plants:
        try:
            cases.append(planted_case(pair, plant, artifacts, trees, into))
        except TROUBLE as trouble:
            print(f"{plant.id}: {trouble}", flush=True)
            failed.add(plant.id)
    return cases, failed


def tree_of(pair: RealPair, side: str, artifact: Path, into: Path) -> Path:
    """Give the unpacked tree of one side, from the corpus if it is there and of this very artifact."""
    folder = into / "trees" / pair.id / side
    done = folder / "done"
    if not done.exists() or done.read_text(encoding="utf-8") != artifact.name:
        unpack(artifact, folder / "pkg")
        done.write_text(artifact.name, encoding="utf-8")
    return folder / "pkg"


def clean_case(pair: RealPair, artifacts: dict[str, Path], trees: dict[str, Path]) -> dict[str, Any]:
    """Give the upgrade as it was published."""
    sides = trees if pair.form == "source" else artifacts
    case = {"id": f"clean-{pair.id}", "set": "benign", "family": pair.kind, "form": pair.form}
    words = {"what": f"{pair.name} {pair.old} to {pair.new}", "class": "", "difficulty": 0, "note": ""}
    return case | pair.labels() | paths(sides["old"], sides["new"]) | {"truth": []} | words


def paths(old: Path, new: Path) -> dict[str, str]:
    """Both sides as the scorer wants them."""
    return {"old": str(old), "new": str(new)}


def planted_case(
    pair: RealPair, plant: Plant, artifacts: dict[str, Path], trees: dict[str, Path], into: Path
) -> dict[str, Any]:
    """Make the same upgrade with one plant in its new side, unless this very recipe was applied before."""
    home = into / "planted" / plant.id
    recipe = sha256(repr((pair, plant, str(home))).encode()).hexdigest()
    kept = home / "case.json"
    if kept.exists() and (earlier := json.loads(kept.read_text(encoding="utf-8")))["recipe"] == recipe:
        return earlier["case"] | pair.labels() | {"recipe": recipe}
    shutil.rmtree(home, ignore_errors=True)
    case = plant_into(home, pair, plant, artifacts, trees)
    kept.write_text(json.dumps({"recipe": recipe, "case": case}) + "\n", encoding="utf-8")
    return case | {"recipe": recipe}


def plant_into(
    home: Path, pair: RealPair, plant: Plant, artifacts: dict[str, Path], trees: dict[str, Path]
) -> dict[str, Any]:
    """Apply one recipe to a copy of the new tree, and pack it again where the artifact is what is compared."""
    old, new = trees["old"], home / "new" / "pkg"
    clone(trees["new"], new)
    truth = apply(plant, new)
    form = plant.form or pair.form
    if form == "package":
        new = repack(artifacts["new"], new, [edit["file"] for edit in plant.edits], home / "artifact")
        old = artifacts["old"]
        shutil.rmtree(home / "new")
    case = {"id": plant.id, "set": "attack", "family": plant.family, "form": form}
    words = {"what": plant.what, "class": plant.attack_class, "difficulty": plant.difficulty, "note": ""}
    blind = {"blind": True} if plant.blind else {}
    return case | pair.labels() | paths(old, new) | {"truth": truth} | words | blind


def write_cases(made: list[dict[str, Any]], failed: set[str], path: Path) -> None:
    """Write one line per case: earlier ones stay while their recipe does, whoever made them."""
    with (path.parent / "cases.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = {f"clean-{key}" for key in read_pairs()} | {file.stem for file in recipe_files()} | built_cases.known()
        found = {case["id"]: case for case in [*read_cases(path), *made] if case["id"] in known - failed}
        scratch = path.with_suffix(".new")
        scratch.write_text("".join(json.dumps(found[key]) + "\n" for key in sorted(found)), encoding="utf-8")
        scratch.replace(path)


def read_cases(path: Path) -> list[dict[str, Any]]:
    """Every case that was made earlier."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def count(path: Path) -> str:
    """Say what the corpus holds."""
    cases = read_cases(path)
    planted = sum(case["set"] == "attack" for case in cases)
    return f"{len(cases) - planted} clean and {planted} planted in {path}"


if __name__ == "__main__":
    main()
