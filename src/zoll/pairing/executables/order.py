"""Where a function stands among its neighbours: linkers and compilers keep most of the order of the source."""

import numpy as np

from zoll.pairing.executables.named import Index

# Kinds of places of a new function, seen from the pairs around the old one: as far from the pair before as from the one
# behind, and so on; of each, how often judgement expects it of pairs, and how many functions there are of it.
_INSIDE, _NEAR = 4, np.array([0, 3, 20, 60, 200])
PLACED = np.array([8, 5, 3, 2, 3, 1, 1, 0.7, 0.7, 1.5])
REACH = np.array([1, 2, 8, 30, 4, 20, 80, 240, 800, 1e9])


class Order:
    """The pairs that are sure: old functions in order and their new ones."""

    def __init__(self, olds: Index, news: Index) -> None:
        self._olds, self._news = olds, news

    def places(self, olds: Index, news: Index) -> Index:
        """Return the kind of place of each candidate, a number below the length of PLACED; its own pair is left out."""
        if not len(self._olds):
            return np.full(len(olds), len(PLACED) - 1)
        at = np.searchsorted(self._olds, olds)
        own = self._olds[np.minimum(at, len(self._olds) - 1)] == olds
        before, low = self._away(at - 1, olds, news)
        behind, high = self._away(at + own, olds, news)
        further = [self._away(at + step + own * (step > 0), olds, news)[0] for step in (-2, 1)]
        inside = (low < news) & (news < high)
        nearest = np.minimum(before, behind)
        kind = _INSIDE + np.searchsorted(_NEAR, np.minimum(nearest, np.minimum(*further)))
        kind = np.where(inside, np.select([nearest == 0, nearest <= 3], [1, 2], 3), kind)
        return np.where(inside & (before == 0) & (behind == 0), 0, kind)

    def _away(self, at: Index, olds: Index, news: Index) -> tuple[Index, Index]:
        """Return how far each new function is from where one pair lets one expect it, and that pair's new function."""
        there = (at >= 0) & (at < len(self._olds))
        near = np.clip(at, 0, len(self._olds) - 1)
        far = np.abs(news - self._news[near] - olds + self._olds[near])
        beyond = np.where(at < 0, -1, 1 << 40)
        return np.where(there, far, 1 << 40), np.where(there, self._news[near], beyond)
