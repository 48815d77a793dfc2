"""How unusual a hunk is among the changes of its own upgrade.

A word that speaks of half of an upgrade tells nobody where to look; one met once does. Each word says
`log2((changes + 8) / changes with it)` bits of surprise; the mean over a hunk's words and the greatest of them are
counted (`judge.counts`).
"""

from collections import Counter
from collections.abc import Collection, Iterable
from math import log2

SMOOTH = 8  # a word of a small upgrade is not yet rare


class Oddness:
    """The words of one upgrade, counted over its changes."""

    def __init__(self, changes: Iterable[Collection[str]]) -> None:
        self.number = 0
        counts = Counter[str]()
        for words in changes:
            self.number += 1
            counts.update(words)
        self.surprise = {word: log2((self.number + SMOOTH) / count) for word, count in counts.items()}

    def of(self, words: Collection[str]) -> tuple[float, float]:
        """Return the mean surprise of a change's words and the greatest."""
        known = [self.surprise[word] for word in words if word in self.surprise]
        return (sum(known) / len(known), max(known)) if known else (0.0, 0.0)
