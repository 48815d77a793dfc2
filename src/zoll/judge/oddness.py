"""How unusual a hunk is among the changes of its own upgrade.

A word that speaks of half of an upgrade tells nobody where to look; one met once does. Each word says
`log2((changes + 8) / changes with it)` bits of surprise; the mean over a hunk's words and the greatest of them are
counted (`judge.counts`). What is only removed is no change to be counted: beside thousands of removed places every
other one would be odd.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from math import log2

SMOOTH = 8  # a word of a small upgrade is not yet rare
REMOVED = "=circumstance removed"


class Oddness:
    """The words of one upgrade, counted over its changes."""

    def __init__(self, changes: Iterable[Collection[str]]) -> None:
        told = [words for words in changes if REMOVED not in words]
        counts = Counter[str]()
        for words in told:
            counts.update(words)
        self.greatest = log2(len(told) + SMOOTH)
        self.surprise = {word: self.greatest - log2(count) for word, count in counts.items()}

    def of(self, words: Collection[str]) -> tuple[float, float]:
        """Return the mean surprise of a change's words and the greatest."""
        said = [self.surprise.get(word, self.greatest) for word in words]
        return (sum(said) / len(said), max(said)) if said else (0.0, 0.0)
