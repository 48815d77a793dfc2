"""Build programs from Debian's source for plants in executables; see `built.toml`.

Only sources that our recipes name are built, never anything of an inspected upgrade.
"""

import os
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from download import fetch
from pairs import RealPair
from plant import HERE, Plant, apply, read_plant
from symbols import holders
from unpack import unpack

HARDENED = "-g -fstack-protector-strong -D_FORTIFY_SOURCE=2 -fPIE"  # as Debian builds, with symbols to strip later
LINKED = "-pie -Wl,-z,relro -Wl,-z,now"
PATIENCE = 900  # seconds for one step of a build


class BuildError(Exception):
    """A step of a build failed; says which packages it needs."""


@dataclass(frozen=True)
class Compiler:
    """What one side is built with: `tools` is the prefix of strip and of the target, `command` the compiler."""

    name: str
    processor: str
    tools: str
    command: str
    level: str


@dataclass(frozen=True)
class Program:
    """One program of which both sides are built."""

    id: str
    pair: RealPair
    steps: dict[str, tuple[str, str]]  # of each side: prepare, make
    made: str
    installed: str
    ways: tuple[str, ...]
    needs: str


@dataclass(frozen=True)
class Way:
    """With what the old and the new side are built."""

    name: str
    old: Compiler
    new: Compiler


def read_programs(path: Path = HERE / "built.toml") -> dict[str, Program]:
    """Every program by its id."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["programs"]
    return {key: program_of(key, row) for key, row in rows.items()}


def program_of(key: str, row: dict[str, str]) -> Program:
    """One program."""
    old, new = row["versions"].split()
    pair = RealPair(f"built-{key}", row["kind"], row["source"], old, new, row["fold"], "binary", "machine code")
    steps = {"old": (row.get("old_prepare", row["prepare"]), row.get("old_make", row["make"]))}
    steps["new"] = (row["prepare"], row["make"])
    return Program(key, pair, steps, row["made"], row["installed"], tuple(row["ways"].split()), row["needs"])


def read_ways(path: Path = HERE / "built.toml") -> dict[str, Way]:
    """Every way to build a pair."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    compilers = {name: Compiler(name, *words) for name, words in tables["compilers"].items()}
    return {name: Way(name, *(compilers[word] for word in words.split())) for name, words in tables["ways"].items()}


def read_built_plants(folder: Path = HERE / "built") -> list[Plant]:
    """Every plant in a built program; `pair` is `built-` and the program's id."""
    return [read_plant(file) for file in sorted(folder.glob("*.toml"))]


def built(program: Program, side: str, compiler: Compiler, into: Path) -> Path:
    """Give the built tree of one side, from the corpus if it is there and was made in this very way."""
    tree = into / "built" / program.id / f"{side}-{compiler.name}"
    done = tree.with_suffix(".done")
    recipe = repr((program.pair, program.steps[side], compiler, HARDENED, LINKED))
    if not done.exists() or done.read_text(encoding="utf-8") != recipe:
        done.unlink(missing_ok=True)
        unpack(fetch(program.pair, side, into / "downloads"), tree)
        for step in program.steps[side]:
            run(step, tree, compiler, program)
        done.write_text(recipe, encoding="utf-8")
    return tree


def run(step: str, tree: Path, compiler: Compiler, program: Program) -> None:
    """Run one step of a build in its tree, with the compiler as its environment."""
    if not shutil.which(compiler.command):
        raise BuildError(f"{compiler.command} is not here")
    flags = f"{compiler.level} {HARDENED} -ffile-prefix-map={tree}=."
    words = {"CC": compiler.command, "CFLAGS": flags, "LDFLAGS": LINKED, "HOST": compiler.tools, "LC_ALL": "C.UTF-8"}
    command = ["sh", "-e", "-c", step]
    done = subprocess.run(
        command, cwd=tree, env=os.environ | words, capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise BuildError(f"{program.id} with {compiler.name} (needs {program.needs}): {said[-1] if said else 'failed'}")


def shipped(program: Program, tree: Path, compiler: Compiler, into: Path) -> Path:
    """Put the stripped executable where it ships, in a folder that stands for the release; give the folder."""
    target = into / program.installed
    target.parent.mkdir(parents=True, exist_ok=True)
    strip = shutil.which(f"{compiler.tools}-strip") or "strip"
    sections = ["--remove-section=.comment", "--remove-section=.note"]  # as Debian strips
    subprocess.run([strip, *sections, "-o", str(target), str(tree / program.made)], check=True, capture_output=True)
    return into


def planted(program: Program, plant: Plant, compiler: Compiler, tree: Path, home: Path) -> list[dict[str, object]]:
    """Build the new side again with a plant in it, into `home`/new; give the functions that hold what was planted."""
    work = home / "work"
    shutil.copytree(tree, work, symlinks=True)
    edits = apply(plant, work)
    run(program.steps["new"][1], work, compiler, program)
    shipped(program, work, compiler, home / "new")
    found = holders(work / program.made, edits, compiler.processor)
    (work / program.made).replace(home / "symbols")  # the unstripped twin, to look things up
    shutil.rmtree(work)
    return [{"path": program.installed, "lines": None, "symbol": None} | row for row in found]
