"""The code of a finding before and after, as the few rows that matter.

Rows come from a line-wise difference of the hunk's words, cut to the heart: the lines that the evidence stands on.
"""

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import pairwise

from msgspec import Struct

from zoll.model import Finding, Hunk, Reading

_WORDS = 50  # pieces of evidence that are looked for in lines without numbers
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
    """A run of lines, the number of its first one (0: they have none), and the indices that evidence stands on."""

    first: int
    lines: list[str]
    heart: frozenset[int]

    def number(self, index: int) -> int:
        """Return the number of a line in its file, 0 for none."""
        return self.first + index if self.first else 0


def excerpt(finding: Finding, limit: int = 12) -> list[Row]:
    """Return at most about `limit` rows of code around the evidence, in order, and between them how many are hidden."""
    evidence = frozenset(reading for signal in finding.signals for reading in signal.evidence)
    hunk = finding.hunk
    old = _side(hunk.before, hunk.starts[0], evidence.intersection(hunk.lost))
    new = _side(hunk.after, hunk.starts[1], evidence.intersection(hunk.gained))
    rows = [row for row in _rows(old, new) if row.mark != "-" or _gone(row, hunk)]
    return _cut(rows, limit)


def _gone(row: Row, hunk: Hunk) -> bool:
    """Say whether an old line is part of the change; what stands around an insertion is not, even without a twin."""
    return hunk.old != (0, 0) or not hunk.starts[0] or not row.old


def _side(words: str, first: int, evidence: frozenset[Reading]) -> _Side:
    lines = words.split("\n") if words else []
    if lines and not lines[-1]:
        lines.pop()
    heart = _heart(lines, first, evidence)
    if len(lines) <= _LONGEST:
        return _Side(first, lines, heart)
    start = max(0, min(min(heart, default=0) - _LONGEST // 2, len(lines) - _LONGEST))
    near = frozenset(index - start for index in heart if start <= index < start + _LONGEST)
    return _Side(first + start if first else 0, lines[start : start + _LONGEST], near)


def _heart(lines: list[str], first: int, evidence: frozenset[Reading]) -> frozenset[int]:
    """Return the indices of the lines that evidence stands on; without numbers, of those that hold its words."""
    if first:
        return frozenset(reading.at.start - first for reading in evidence if 0 <= reading.at.start - first < len(lines))
    words = sorted({reading.words[:40] for reading in evidence if reading.words.strip()})[:_WORDS]
    return frozenset(index for index, line in enumerate(lines) if any(word in line for word in words))


def _rows(old: _Side, new: _Side) -> Iterable[Row]:
    matcher = SequenceMatcher(None, old.lines, new.lines, autojunk=False)
    for word, i1, i2, j1, j2 in matcher.get_opcodes():
        if word == "equal":
            yield from (_stayed(old, i1 + step, new, j1 + step) for step in range(i2 - i1))
        else:
            yield from (
                Row("-", old=old.number(index), text=_text(old, index), heart=index in old.heart)
                for index in range(i1, i2)
            )
            yield from (
                Row("+", new=new.number(index), text=_text(new, index), heart=index in new.heart)
                for index in range(j1, j2)
            )


def _stayed(old: _Side, before: int, new: _Side, after: int) -> Row:
    return Row(" ", old.number(before), new.number(after), _text(new, after))


def _text(side: _Side, index: int) -> str:
    return side.lines[index].rstrip("\r")


def _cut(rows: list[Row], limit: int) -> list[Row]:
    """Keep the rows nearest to the heart (or to the first changed ones), never more than `limit`."""
    if len(rows) <= limit:
        return rows
    hearts = [index for index, row in enumerate(rows) if row.heart]
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
