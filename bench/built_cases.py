"""Cases of programs that are built here: clean and with a plant, each in several ways."""

import json
import shutil
import subprocess
from argparse import Namespace
from hashlib import sha256
from pathlib import Path
from typing import Any

from built import BuildError, Program, Way, built, planted, read_built_plants, read_programs, read_ways, shipped
from download import FetchError
from plant import Plant, PlantError

TROUBLE = (BuildError, FetchError, PlantError, OSError, ValueError, subprocess.SubprocessError)
WAYS = "gcc clang"  # of a plant that says nothing

Case = dict[str, Any]


def known() -> set[str]:
    """Every id that a case of a built program can have."""
    clean = {clean_id(program, name) for program in read_programs().values() for name in program.ways}
    return clean | {plant_id(plant, name) for plant in read_built_plants() for name in ways_of(plant)}


def clean_id(program: Program, way: str) -> str:
    """Give the id of a program's clean case."""
    return f"clean-{program.pair.id}-{way}"


def plant_id(plant: Plant, way: str) -> str:
    """Give the id of a planted case."""
    return f"{plant.id}-{way}"


def ways_of(plant: Plant) -> list[str]:
    """Give the ways in which a plant is built."""
    return (plant.ways or WAYS).split()


def make_program(program: Program, asked: Namespace) -> tuple[list[Case], set[str]]:
    """Make the cases of one program that are asked for; give also the ids that failed: one never stops the others."""
    made: list[Case] = []
    failed: set[str] = set()
    ways = read_ways()
    plants = [] if asked.clean else [plant for plant in read_built_plants() if plant.pair == program.pair.id]
    jobs: list[tuple[str, Plant | None, Way]] = [(clean_id(program, name), None, ways[name]) for name in program.ways]
    jobs += [(plant_id(plant, name), plant, ways[name]) for plant in plants for name in ways_of(plant)]
    for key, plant, way in jobs:
        if asked.only and not {key, program.pair.id, plant.id if plant else key} & set(asked.only):
            continue
        try:
            made.append(make_case(program, key, plant, way, asked.into))
        except TROUBLE as trouble:
            print(f"{key}: {trouble}", flush=True)
            failed.add(key)
    return made, failed


def is_wanted(program: Program, asked: Namespace) -> bool:
    """Whether a case of this program is asked for, by a beginning that only this program's cases have."""
    own = {program.pair.id, *(clean_id(program, name) for name in program.ways)}
    for plant in read_built_plants():
        if plant.pair == program.pair.id:
            own |= {plant.id, *(plant_id(plant, name) for name in ways_of(plant))}
    return not asked.only or bool(own & set(asked.only))


def make_case(program: Program, key: str, plant: Plant | None, way: Way, into: Path) -> Case:
    """Make one case, unless this very recipe was followed before."""
    home = into / "built" / program.id / "cases" / key
    recipe = sha256(repr((program, plant, way, str(home))).encode()).hexdigest()
    kept = home / "case.json"
    if kept.exists() and (earlier := json.loads(kept.read_text(encoding="utf-8")))["recipe"] == recipe:
        return dict(earlier["case"])
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    case = build_case(program, key, plant, way, into, home) | {"recipe": recipe}
    kept.write_text(json.dumps({"recipe": recipe, "case": case}) + "\n", encoding="utf-8")
    return case


def build_case(program: Program, key: str, plant: Plant | None, way: Way, into: Path, home: Path) -> Case:
    """Build both sides of one case."""
    old = shipped(program, built(program, "old", way.old, into), way.old, home / "old")
    tree = built(program, "new", way.new, into)
    truth = planted(program, plant, way.new, tree, home) if plant else []
    if not plant:
        shipped(program, tree, way.new, home / "new")
    sides = {"old": str(old), "new": str(home / "new")}
    return {"id": key} | words(program, plant, way) | program.pair.labels() | sides | {"truth": truth}


def words(program: Program, plant: Plant | None, way: Way) -> Case:
    """Give what a case says of itself."""
    pair = program.pair
    built_with = f"{way.old.command} {way.old.level}, then {way.new.command} {way.new.level}"
    case: Case = {
        "set": "attack" if plant else "benign",
        "family": plant.family if plant else pair.kind,
        "form": "binary",
    }
    case |= {"what": plant.what if plant else f"{program.id} of {pair.name} {pair.old} to {pair.new}"}
    case |= {"class": plant.attack_class if plant else "", "difficulty": plant.difficulty if plant else 0}
    return case | {"note": built_with, "way": way.name, "processor": way.new.processor}


def every_program() -> list[Program]:
    """Every program that can be built."""
    return list(read_programs().values())
