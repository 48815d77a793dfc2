"""Read `pairs.toml`: which consecutive real releases the cases are made of."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent


@dataclass(frozen=True)
class RealPair:
    """Two consecutive real releases of one project.

    `kind` is pypi, npm, maven (archive of sources), debian (source), orig (its upstream archive alone) or deb (binary;
    `name` ends in `:arm64` for one that is not of all processors). `source` is the project where `name` is only one of
    its packages.
    """

    id: str
    kind: str
    name: str
    old: str
    new: str
    fold: str
    form: str
    language: str
    source: str = field(default="", repr=False)  # no part of what a made plant is known by

    @property
    def project(self) -> str:
        """What must stay together: what is learned from one of its upgrades is not tried on another."""
        return self.source or self.name

    @property
    def processor(self) -> str:
        """The processor of an executable, as Debian calls it."""
        return self.name.partition(":")[2] if self.form == "binary" else ""

    def labels(self) -> dict[str, str]:
        """Give the groups that a case falls into besides the scorer's own."""
        words = {"fold": self.fold, "language": self.language, "pair": self.id, "kind": self.kind}
        return words | {"project": self.project} | ({"processor": self.processor} if self.processor else {})


def read_pairs(path: Path = HERE / "pairs.toml") -> dict[str, RealPair]:
    """Every pair by its id; a row is `[kind, name, fold, form, language, versions]`."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    pairs = [pair for key, row in tables["projects"].items() for pair in pairs_of(key, *row)]
    pairs += [pair for key, row in tables["executables"].items() for pair in executables_of(key, *row)]
    return {pair.id: pair for pair in pairs}


def pairs_of(key: str, kind: str, name: str, fold: str, form: str, language: str, versions: str) -> Iterator[RealPair]:
    """Every pair of one row: the first goes by the row's own id, the others add the version they lead to."""
    for number, (old, new) in enumerate(steps(versions)):
        own = f"{key}-{re.sub(r'[^0-9A-Za-z.]+', '-', new)}" if number else key
        yield RealPair(own, kind, name, old, new, fold, form, language)


def executables_of(
    package: str, source: str, fold: str, processors: str, versions: str, *more: str
) -> Iterator[RealPair]:
    """Every pair of one row of executables; two more words are further processors and their versions, and so on."""
    for word in processors.split():
        pairs = pairs_of(f"exe-{package}-{word}", "deb", f"{package}:{word}", fold, "binary", "machine code", versions)
        yield from (replace(pair, source=source) for pair in pairs)
    if more:
        yield from executables_of(package, source, fold, *more)


def steps(versions: str) -> list[tuple[str, str]]:
    """Neighbours in a list of versions are pairs; a comma starts a new list."""
    return [step for run in versions.split(",") for step in pairwise(run.split())]
