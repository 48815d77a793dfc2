"""The code of a finding before and after, as the few rows that matter.

Rows come from a line-wise difference of the hunk's words, cut to the heart: the lines that the evidence stands on.
"""

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec import Struct

from zoll.model import Finding, Reading

_LONGEST = 200  # lines of a side that are compared; beyond, only those around the heart (hostile lines make this cubic)


class Row(Struct, frozen=True):
    """One row: `mark` is `-`, `+`, a blank for what stayed, or `~` where `skipped` rows are left out.

    Lines count from 1; 0 is none.
    """

    mark: str
    old: int = 0
    new: int = 0
    text: str = ""
    skipped: int = 0
    heart: bool = False


class _Side(Struct, frozen=True):
    """A run of lines, the number of its first one, and the numbers of those that evidence stands on."""

    first: int
    lines: list[str]
    heart: frozenset[int]


def excerpt(finding: Finding, limit: int = 12) -> list[Row]:
    """Return at most about `limit` rows of code around the evidence, in order, and between them how many are hidden."""
    evidence = [reading for signal in finding.signals for reading in signal.evidence]
    hunk = finding.hunk
    old = _side(hunk.before, hunk.old[0], _heart(evidence, hunk.lost))
    new = _side(hunk.after, hunk.new[0], _heart(evidence, hunk.gained))
    return _cut(list(_rows(old, new)), limit)


def _heart(evidence: Iterable[Reading], side: Sequence[Reading]) -> frozenset[int]:
    here = frozenset(side)
    return frozenset(reading.at.start for reading in evidence if reading in here and reading.at.start)


def _side(words: str, first: int, heart: frozenset[int]) -> _Side:
    lines = words.split("\n") if words else []
    if lines and not lines[-1]:
        lines.pop()
    if len(lines) <= _LONGEST:
        return _Side(first, lines, heart)
    middle = min((line - first for line in heart if 0 <= line - first < len(lines)), default=0)
    start = max(0, min(middle - _LONGEST // 2, len(lines) - _LONGEST))
    return _Side(first + start if first else 0, lines[start : start + _LONGEST], heart)


def _rows(old: _Side, new: _Side) -> Iterable[Row]:
    def row(mark: str, before: int, after: int) -> Row:
        text = old.lines[before] if mark == "-" else new.lines[after]
        one = old.first + before if old.first and mark != "+" else 0
        two = new.first + after if new.first and mark != "-" else 0
        return Row(
            mark,
            one,
            two,
            text.rstrip("\r"),
            heart=(mark != "+" and one in old.heart) or (mark != "-" and two in new.heart),
        )

    matcher = SequenceMatcher(None, old.lines, new.lines, autojunk=False)
    for word, i1, i2, j1, j2 in matcher.get_opcodes():
        if word == "equal":
            yield from (row(" ", i1 + step, j1 + step) for step in range(i2 - i1))
        else:
            yield from (row("-", line, 0) for line in range(i1, i2))
            yield from (row("+", 0, line) for line in range(j1, j2))


def _cut(rows: list[Row], limit: int) -> list[Row]:
    """Keep the rows nearest to the heart (or to the first changed ones), never more than `limit`."""
    if len(rows) <= limit:
        return rows
    hearts = [index for index, row in enumerate(rows) if row.heart and row.mark != " "]
    centres = hearts or [index for index, row in enumerate(rows) if row.mark != " "][:1] or [0]
    away = _distances(len(rows), centres)
    nearest = sorted(range(len(rows)), key=lambda index: (away[index], rows[index].mark == " ", index))
    return list(_joined(rows, sorted(nearest[:limit])))


def _distances(length: int, centres: list[int]) -> list[int]:
    """Return each position's distance to the nearest centre."""
    away = [length] * length
    for centre in centres:
        away[centre] = 0
    for before, after in pairwise(range(length)):
        away[after] = min(away[after], away[before] + 1)
    for after, before in pairwise(range(length - 1, -1, -1)):
        away[before] = min(away[before], away[after] + 1)
    return away


def _joined(rows: list[Row], kept: list[int]) -> Iterable[Row]:
    last = -1
    for index in kept:
        if index > last + 1:
            yield Row("~", skipped=index - last - 1)
        yield rows[index]
        last = index
    if last < len(rows) - 1:
        yield Row("~", skipped=len(rows) - 1 - last)
