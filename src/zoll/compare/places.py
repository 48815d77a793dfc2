"""Finds the hunk that a reading belongs to: the one that holds its line, else the nearest."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from zoll.model import Reading

_WORD = re.compile(r"\w{3,}")
_BACK = 8
_POSTINGS = 64


class Locator:
    """Spans of hunks on one side, in source order, with the text of each for telling hunks of one long line apart."""

    def __init__(self, spans: Sequence[tuple[int, int]], empty: Sequence[bool], texts: Sequence[str]) -> None:
        self._spans = spans
        self._empty = empty
        self._texts = texts
        self._order = sorted(range(len(spans)), key=lambda index: (spans[index][0], index))
        self._starts = [spans[index][0] for index in self._order]
        self._holders: dict[str, list[int]] | None = None

    def distance(self, reading: Reading) -> float:
        """Return how far a reading lies from the nearest hunk that has lines on this side, 0 for inside."""
        index = self.find(reading)
        return self._gap(index, reading.at.start) if index >= 0 else 0.0

    def find(self, reading: Reading) -> int:
        """Return the index of the reading's hunk, -1 when it has no line or there is no hunk."""
        line = reading.at.start
        if not line or not self._order:
            return -1
        slot = bisect_right(self._starts, line)
        near = self._order[max(0, slot - _BACK) : slot + 2]
        gaps = [self._gap(index, line) for index in near]
        least = min(gaps)
        best = [index for index, gap in zip(near, gaps, strict=True) if gap == least]
        if len(best) == 1:
            return best[0]
        if len(best) >= _BACK:
            best = [*self._holding(reading, line, least), *best]
        return next((index for index in best if _says(self._texts[index], reading)), best[0])

    def _gap(self, index: int, line: int) -> float:
        start, end = self._spans[index]
        away = start - line if line < start else line - end if line > end else 0
        return away + 0.5 if self._empty[index] else float(away)

    def _holding(self, reading: Reading, line: int, least: float) -> list[int]:
        """Return hunks at the same distance whose text has the longest word of the reading's value."""
        if self._holders is None:
            self._holders = defaultdict(list)
            for index, text in enumerate(self._texts):
                for word in set(_WORD.findall(text)):
                    if len(self._holders[word]) < _POSTINGS:
                        self._holders[word].append(index)
        words = sorted(_WORD.findall(reading.fact.value), key=lambda word: (-len(word), word))
        found = next((self._holders[word] for word in words if word in self._holders), [])
        return [index for index in found if self._gap(index, line) == least]


def _says(text: str, reading: Reading) -> bool:
    """Tell whether a hunk's text has the reading's own words or its value."""
    words = (reading.words, reading.fact.value)
    return any(word and word in text for word in words)
