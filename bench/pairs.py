"""Read `pairs.toml`: which two consecutive real releases each case is made of."""

import tomllib
from dataclasses import dataclass
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
    """Every pair by its id; a row is `[kind, name, old, new, fold, form, language]`."""
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["pairs"]
    return {key: RealPair(key, *row) for key, row in rows.items()}
