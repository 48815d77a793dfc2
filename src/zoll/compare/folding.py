"""Folds the mass of weightless hunks of one data file, log or document into one hunk that counts them by shape.

A log of a test changes in thousands of places, and nobody can read thousands of findings. Folded is only what no reader
found anything of weight in; what bears a fact, a dense word or a shape of its own stays a hunk of its own.
"""

import re
from collections import Counter
from collections.abc import Sequence

from zoll.compare.lines import LONG
from zoll.model import Folded, Hunk, Pair, Reading

Worded = tuple[Hunk, tuple[str, str]]

MANY = 20  # hunks that a reader can look through one by one
COMMON = 8  # lines of one shape, so that a line of that shape is one of many
SHOWN = 12
WIDTH = 120
_KINDS = re.compile(r"document/|text/(?:plain|csv)\Z|config/(?:json|xml|yaml|passwd)\Z")
_DENSE = re.compile(r"[\w+/=-]{40}")  # long enough for a key or an encoded command
_NUMBER = re.compile(r"(?:(?<!\w)[+-])?(?:\b[0-9A-Fa-f]{1,4}\b|\b\w*?\d[\w.+-]*)")
_LIST = re.compile(r"#(?:[#,;:|.*+\s-]*#)?")
_SAID = "document"


def fold(pair: Pair, hunks: Sequence[Worded], *, seen: bool) -> tuple[Hunk, ...]:
    """Return the hunks of a pair, with the weightless ones as one where they are many; each comes with its words.

    `seen` says that readers saw all of both sides, so that a hunk without facts has none to tell.
    """
    part = pair.new or pair.old
    if part is None or len(hunks) <= MANY or not _KINDS.match(part.kind):
        return tuple(hunk for hunk, _ in hunks)
    light = [(hunk, _lines(words)) for hunk, words in hunks if _light(hunk)]
    shapes = Counter(shape_of(line) for _, lines in light for line in lines)
    sunk = [(hunk, lines) for hunk, lines in light if _sinks(hunk, lines, shapes, seen=seen)]
    if len(sunk) <= MANY:
        return tuple(hunk for hunk, _ in hunks)
    gone = {id(hunk) for hunk, _ in sunk}
    return (*(hunk for hunk, _ in hunks if id(hunk) not in gone), _one(sunk))


def shape_of(line: str) -> str:
    """Return a line with one sign for each number, or list of numbers, in it.

    >>> shape_of("$GPGSV,3,1,11,03,03,111,00*74"), shape_of("speed: 17.5 knots")
    ('$GPGSV,#', 'speed: # knots')
    """
    return _LIST.sub("#", _NUMBER.sub("#", line.strip()[:LONG]))


def _light(hunk: Hunk) -> bool:
    """Say whether all that readers found in a hunk is lines, sentences and settings that are about nothing of note."""
    return all(_weightless(reading) for side in (hunk.gained, hunk.lost) for reading in side)


def _weightless(reading: Reading) -> bool:
    fact = reading.fact
    return fact.kind in ("line", _SAID) or (fact.kind == "setting" and not fact.trait("about"))


def _lines(words: tuple[str, str]) -> list[str]:
    """Return the lines of both sides that say something; of long lines the pieces."""
    return [line for side in words for line in side.split("\n") if line.strip()]


def _sinks(hunk: Hunk, lines: Sequence[str], shapes: Counter[str], *, seen: bool) -> bool:
    """Say whether a light hunk may be one of many: nothing was found in it, or lines like its own are all around."""
    if not lines or any(len(line) > LONG or _DENSE.search(line) for line in lines):
        return False
    silent = seen and all(reading.fact.kind == _SAID for side in (hunk.gained, hunk.lost) for reading in side)
    return silent or all(shapes[shape_of(line)] >= COMMON for line in lines)


def _one(sunk: Sequence[tuple[Hunk, list[str]]]) -> Hunk:
    """Return the hunk that stands for the others, where the first of them stands."""
    first = sunk[0][0]
    shapes = Counter(shape_of(line)[:WIDTH] for _, lines in sunk for line in lines)
    told = [(shape, count) for shape, count in _ranked(shapes) if count >= COMMON][:SHOWN]
    lines = shapes.total()
    fold = Folded(
        places=len(sunk),
        lines=lines,
        shapes=tuple(told),
        gained=tuple(one for hunk, _ in sunk for one in hunk.gained if one.fact.kind == _SAID),
        lost=tuple(one for hunk, _ in sunk for one in hunk.lost if one.fact.kind == _SAID),
    )
    return Hunk(first.old, first.new, "", _listed(told, lines), folded=fold)


def _ranked(shapes: Counter[str]) -> list[tuple[str, int]]:
    return sorted(shapes.items(), key=lambda one: (-one[1], one[0]))


def _listed(told: Sequence[tuple[str, int]], lines: int) -> str:
    rest = lines - sum(count for _, count in told)
    rows = [f"{count:,} times: {shape}" for shape, count in told]
    return "\n".join([*rows, f"{rest:,} lines of other shapes"] if rest else rows)
