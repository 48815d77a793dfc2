"""Read `pairs.toml`: which consecutive real releases the cases are made of."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class RealPair:
    """Two consecutive real releases of one project.

    `kind` is pypi, npm, maven (archive of sources), debian (source), orig (its upstream archive alone) or deb (binary).
    """

    id: str
    kind: str
    name: str
    old: str
    new: str
    fold: str
    form: str
    language: str


def read_pairs(path: Path = HERE / "pairs.toml") -> dict[str, RealPair]:
    """Every pair by its id; a row is `[kind, name, fold, form, language, versions]`."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["projects"]
    return {pair.id: pair for key, row in rows.items() for pair in pairs_of(key, *row)}


def pairs_of(key: str, kind: str, name: str, fold: str, form: str, language: str, versions: str) -> Iterator[RealPair]:
    """Every pair of one row: the first goes by the row's own id, the others add the version they lead to."""
    for number, (old, new) in enumerate(steps(versions)):
        own = f"{key}-{re.sub(r'[^0-9A-Za-z.]+', '-', new)}" if number else key
        yield RealPair(own, kind, name, old, new, fold, form, language)


def steps(versions: str) -> list[tuple[str, str]]:
    """Neighbours in a list of versions are pairs; a comma starts a new list."""
    return [step for run in versions.split(",") for step in pairwise(run.split())]
