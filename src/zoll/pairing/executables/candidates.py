"""Which unpaired functions are worth holding against each other."""

import numpy as np

from zoll.pairing.executables.matching import Matching
from zoll.pairing.executables.named import Index, spread
from zoll.pairing.executables.side import Machine
from zoll.pairing.executables.terms import Terms
from zoll.pairing.executables.texts import Words

_ALL = 160_000  # pairs; fewer than these are all looked at
_CROSS = 100  # a term with more pairs than this leads nowhere
_MOST = 3_000_000
_NEAR = 6


def candidates(
    old: Machine, new: Machine, matching: Matching, one: Terms, two: Terms, first: int
) -> tuple[Index, Index]:
    """Return pairs of unpaired functions, as positions among the unpaired of each side."""
    olds, news = matching.left
    if len(olds) * len(news) <= _ALL:
        return np.repeat(np.arange(len(olds)), len(news)), np.tile(np.arange(len(news)), len(olds))
    found = [
        _crossed(one.term, one.owner - first, two.term, two.owner - first, _CROSS),
        _crossed(old.sweep.digests[olds], np.arange(len(olds)), new.sweep.digests[news], np.arange(len(news)), 400),
        _near(matching, olds, news),
    ]
    keys = np.unique(np.concatenate([row[0] * len(news) + row[1] for row in found]))
    return keys // len(news), keys % len(news)


def _crossed(mine: Words, owners: Index, theirs: Words, others: Index, most: int) -> tuple[Index, Index]:
    """Return every pair of owners that share a value, values with many pairs left out."""
    kept = owners >= 0
    mine, owners = mine[kept], owners[kept]
    kept = others >= 0
    theirs, others = theirs[kept], others[kept]
    order, other = np.argsort(mine, kind="stable"), np.argsort(theirs, kind="stable")
    mine, owners, theirs, others = mine[order], owners[order], theirs[other], others[other]
    low, high = np.searchsorted(theirs, mine, "left"), np.searchsorted(theirs, mine, "right")
    times = np.searchsorted(mine, mine, "right") - np.searchsorted(mine, mine, "left")
    few = (high - low) * times <= most
    while few.any() and (high - low)[few].sum() > _MOST:
        most //= 2
        few = (high - low) * times <= most
    at, runs = spread(low[few], high[few])
    return owners[few][runs], others[at]


def _near(matching: Matching, olds: Index, news: Index) -> tuple[Index, Index]:
    """Return pairs that stand near each other, counted from the nearest pairs before and behind."""
    anchors = np.flatnonzero(matching.old >= 0)
    if not len(anchors):
        return olds[:0], news[:0]
    reach = _NEAR if len(olds) < 50_000 else 1
    at = np.searchsorted(anchors, olds)
    found_old, found_new = [], []
    for step in (-2, -1, 0, 1):
        good = (at + step >= 0) & (at + step < len(anchors))
        anchor = anchors[np.clip(at + step, 0, len(anchors) - 1)]
        expected = matching.old[anchor] + olds - anchor
        low, high = np.searchsorted(news, expected - reach), np.searchsorted(news, expected + reach, "right")
        if step in (-1, 0):  # the room up to the next pair, however long
            partner = np.searchsorted(news, matching.old[anchor])
            low = np.where(step < 0, partner, np.maximum(partner - 2 * reach, 0))
            high = np.where(step < 0, np.minimum(partner + 2 * reach, len(news)), partner)
        where, runs = spread(low[good], np.maximum(low, high)[good])
        found_old.append(np.flatnonzero(good)[runs])
        found_new.append(where)
    return np.concatenate(found_old), np.concatenate(found_new)
