"""What speaks for and against two functions being one, in bits, measured on the pairs that are already sure.

Each kind of evidence is held against chance: how often does it look like this between pairs, how often between
functions that are no pair? What is sure so far answers the first question, so that a new compiler's answers are not the
old one's; judged beginnings stand in while little is sure.
"""

import numpy as np
from numpy.typing import NDArray

from zoll.pairing.executables.matching import Matching
from zoll.pairing.executables.named import DATA, IMPORT, TEXT, Index
from zoll.pairing.executables.order import PLACED, REACH, Order
from zoll.pairing.executables.side import CONSTANT, CONTENT, ENTRY, Machine
from zoll.pairing.executables.terms import BESIDE, CALLEE, CALLER, KINDS, Terms, common

Bits = NDArray[np.float64]
_KEPT = {
    TEXT: 0.85,
    IMPORT: 0.85,
    DATA: 0.7,
    CONTENT: 0.6,
    CONSTANT: 0.6,
    ENTRY: 0.7,
    CALLEE: 0.75,
    CALLER: 0.75,
    BESIDE: 0.6,
}
_FIRM = 20.0  # how many observations a judged beginning stands for
_SAMPLE = 3000
_LIKE = np.linspace(0.1, 0.9, 9)
_GROWTH = np.array([0.05, 0.15, 0.3, 0.5, 0.8, 1.2, 2.0])
_SIZES = np.array([6, 16, 48])
_LEAST = -6.0  # bits; functions do grow by what is inlined into them
_SOFT = 10.0  # bits; what more does not share says less and less
_TRUST = 0.7  # words of one function are not independent of each other


def _ratio(yes: Bits, no: Bits) -> Bits:
    """Return the bits by which each bin (last axis) is likelier among pairs than by chance."""
    found: Bits = np.log2((yes / yes.sum(axis=-1, keepdims=True)) / (no / no.sum(axis=-1, keepdims=True)))
    return found


def likenesses(old: Machine, new: Machine, olds: Index, news: Index) -> Bits:
    """Return how alike the shapes of functions are: the cosine of the roots of their counts."""
    found = np.zeros(len(olds))
    for at in range(0, len(olds), 200_000):
        one = np.sqrt(old.sweep.shapes[olds[at : at + 200_000]].astype(np.float32))
        two = np.sqrt(new.sweep.shapes[news[at : at + 200_000]].astype(np.float32))
        long = np.sqrt((one * one).sum(axis=1) * (two * two).sum(axis=1))
        found[at : at + 200_000] = (one * two).sum(axis=1) / np.maximum(long, 1e-9)
    return found


class Measures:
    """What pairs look like, by the pairs that are sure (those whose code changed), against chance."""

    def __init__(self, old: Machine, new: Machine, matching: Matching) -> None:
        self._old, self._new, self._matching = old, new, matching
        sure = np.flatnonzero(matching.old >= 0)
        changed = sure[old.sweep.digests[sure] != new.sweep.digests[matching.old[sure]]]
        self.steady = (len(sure) - len(changed) + 4) / (len(sure) + 8)  # share of pairs whose code is equal
        self.sample = changed[:: max(1, len(changed) // _SAMPLE)]
        self.partners = matching.old[self.sample]
        self._around = Order(sure, matching.old[sure])
        self._like = self._likenesses()
        self._growth = self._growths()
        self._placed = self._order()

    def _others(self) -> tuple[Index, Index]:
        """Return pairs of functions of like size that are no pairs: of the sample, each with another's partner."""
        order = np.argsort(self._old.sweep.counts[self.sample], kind="stable")
        one, two = self.sample[order], self.partners[order]
        return np.concatenate([one, one, one]), np.concatenate([np.roll(two, 1), np.roll(two, 2), np.roll(two, 5)])

    def _likenesses(self) -> Bits:
        found = np.zeros((len(_SIZES) + 1, len(_LIKE) + 1))
        rising, falling = np.linspace(0.4, 3, len(_LIKE) + 1) ** 2, np.array([6, 6, 6, 5, 4, 3, 2, 1.5, 1, 0.5])
        yes = np.tile(_FIRM * rising / rising.sum(), (len(found), 1))
        no = np.tile(_FIRM * falling / falling.sum(), (len(found), 1))
        for table, (one, two) in ((yes, (self.sample, self.partners)), (no, self._others())):
            np.add.at(table, (self._size(one), np.digitize(likenesses(self._old, self._new, one, two), _LIKE)), 1)
        return _ratio(yes, no)

    def _size(self, olds: Index) -> Index:
        return np.digitize(self._old.sweep.counts[olds], _SIZES)

    def _grown(self, olds: Index, news: Index) -> Index:
        ratio = np.log2((self._old.sweep.counts[olds] + 3.0) / (self._new.sweep.counts[news] + 3.0))
        return np.digitize(np.abs(ratio), _GROWTH)

    def _growths(self) -> Bits:
        yes = np.array([6, 5, 4, 2, 1.2, 0.8, 0.5, 0.5])
        no = np.array([1, 1, 1.3, 1.7, 3, 3, 4, 5])
        yes, no = yes * (_FIRM / yes.sum()), no * (_FIRM / no.sum())
        np.add.at(yes, self._grown(self.sample, self.partners), 1)
        for step in (7, 31, 101):
            np.add.at(no, self._grown(self.sample, np.roll(self.partners, step)), 1)
        return _ratio(yes, no)

    def _order(self) -> Bits:
        yes = _FIRM * PLACED / PLACED.sum()
        np.add.at(yes, self._around.places(self.sample, self.partners), 1)
        no = np.minimum(REACH / max(self._new.count, 1), 1)
        no[-1] = max(1 - no[:-1].sum(), 0.02)
        return _ratio(yes, no)

    def shape_bits(self, olds: Index, news: Index) -> Bits:
        """Return what likeness of instructions and of size says."""
        like = np.digitize(likenesses(self._old, self._new, olds, news), _LIKE)
        found: Bits = self._like[self._size(olds), like] + self._growth[self._grown(olds, news)]
        return np.maximum(found, _LEAST)

    def order_bits(self, olds: Index, news: Index) -> Bits:
        """Return what the place among neighbours says."""
        found: Bits = self._placed[self._around.places(olds, news)]
        return found

    def digest_bits(self, olds: Index, news: Index) -> Bits:
        """Return what equal code says, and what unequal code says where most is equal."""
        digests = self._new.sweep.digests
        known, counts = np.unique(digests, return_counts=True)
        mine = self._old.sweep.digests[olds]
        if not len(known):
            return np.zeros(len(olds))
        at = np.minimum(np.searchsorted(known, mine), len(known) - 1)
        rare = np.minimum(np.log2(self._new.count / counts[at]), 1.5 * self._old.sweep.counts[olds])
        found: Bits = np.where(mine == digests[news], rare, max(np.log2(1 - self.steady), -4))
        return found

    def kept(self, one: Terms, two: Terms, numbers: Index) -> Bits:
        """Return for each kind of term how often pairs share it; `numbers` are the positions of the sample."""
        share = np.full(KINDS, 0.7)
        both = np.zeros(KINDS)
        for places, _ in common(one, two, numbers, numbers):
            both += np.bincount(one.kind[places], minlength=KINDS)
        for kind, judged in _KEPT.items():
            had = [(side.kind[side.owner < len(self.sample)] == kind).sum() for side in (one, two)]
            share[kind] = (judged * _FIRM + both[kind]) / (_FIRM + (had[0] + had[1]) / 2)
        found: Bits = np.clip(share, 0.2, 0.95)
        return found


def term_bits(one: Terms, two: Terms, kept: Bits, total: int, olds: Index, news: Index) -> Bits:
    """Return what shared and unshared terms say about candidate pairs (positions)."""
    loss = -np.log2(1 - kept) * 0.5
    gain = np.log2(kept[one.kind] * total / np.maximum(one.shared, 1)) + 2 * loss[one.kind]
    shared = np.zeros(len(olds))
    for places, pairs in common(one, two, olds, news):
        low, high = (int(pairs[0]), int(pairs[-1]) + 1) if len(pairs) else (0, 0)
        shared[low:high] += np.bincount(pairs - low, weights=np.maximum(gain[places], 0), minlength=high - low)
    lost = [np.append(0, np.cumsum(loss[side.kind]))[side.begins] for side in (one, two)]
    missing = np.diff(lost[0])[olds] + np.diff(lost[1])[news]
    found: Bits = _TRUST * (shared - missing)
    return np.where(found < 0, -_SOFT * np.log1p(np.maximum(-found, 0) / _SOFT), found)
