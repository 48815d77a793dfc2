"""Libraries in executables and scripts: the words with which they tell their version."""

import re
from collections.abc import Iterator
from functools import cache

import hyperscan

from zoll.catalogue import Doc
from zoll.components.naming import made
from zoll.components.tables import Banner, compiled, libraries
from zoll.model import Component, Part

DOC = Doc(
    title="Libraries in executables and scripts: versions in their words",
    reads=("executable/*", "code/javascript"),
    yields=("component",),
    limitations=(
        "Only libraries of the table components/tables/libraries.toml, and scripts with a banner `/*! name 1.2.3`.",
        "A library that was stripped of its words stays unseen.",
    ),
)
SCRIPTS = {"code/javascript", "code/typescript", "text/css"}
BEFORE, AFTER = 80, 3000
MOST = 200  # places of one word that are looked at


def wants(part: Part) -> bool:
    """Tell by the kind."""
    return part.kind.startswith("executable/") or part.kind in SCRIPTS


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield each library and version once."""
    within = "executable" if part.kind.startswith("executable/") else "script"
    rows = [row for row in libraries().banner if row.within == within]
    told = set()
    for number, end in _places(within, data):
        row = rows[number]
        found = _version(row, data, end - len(row.word))
        if found and (not row.beside or row.beside.encode() in data):
            named = row.name or found["n"].decode("ascii", "replace").removesuffix(".js").lower()
            told.add((row.purl, named, found["v"].decode("ascii", "replace")))
    yield from (made(kind, name, version, part.place, "version-string") for kind, name, version in sorted(told))


def _version(row: Banner, data: bytes, start: int) -> re.Match[bytes] | None:
    """Return the version that is told around a word at `start`, or anywhere."""
    pattern = compiled(row.version)
    if row.far:
        return pattern.search(data)
    around = pattern.finditer(data, max(0, start - BEFORE), start + AFTER)
    return next((found for found in around if found.start() <= start < found.end()), None)


@cache
def _database(within: str) -> hyperscan.Database:
    rows = [row for row in libraries().banner if row.within == within]
    words = [row.word.encode() for row in rows]
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=words, ids=list(range(len(words))), elements=len(words), flags=[0] * len(words), literal=True
    )
    return database


def _places(within: str, data: bytes) -> list[tuple[int, int]]:
    """Return (row, end) of the words that stand in the bytes, at most 200 of each."""
    found: list[tuple[int, int]] = []
    counts: dict[int, int] = {}

    def met(row: int, _start: int, end: int, *_more: object) -> None:
        counts[row] = counts.get(row, 0) + 1
        if counts[row] <= MOST:
            found.append((row, end))

    if data:
        _database(within).scan(data, match_event_handler=met)
    return found
