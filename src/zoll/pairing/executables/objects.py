"""Which data of the old executable is which data of the new one, as paired functions refer to it."""

import numpy as np

from zoll.pairing.executables.matching import Matching
from zoll.pairing.executables.named import DATA, Index, spread
from zoll.pairing.executables.side import Machine
from zoll.pairing.executables.texts import Words

Twins = tuple[Words, Words]
NOWHERE = np.uint64(0xFFFFFFFFFFFFFFFF)


def twin(data: Twins, addresses: Words) -> Words:
    """Return the new address of each old one, NOWHERE where it is not known."""
    if not len(data[0]):
        return np.full(len(addresses), NOWHERE)
    at = np.minimum(np.searchsorted(data[0], addresses), len(data[0]) - 1)
    return np.where(data[0][at] == addresses, data[1][at], NOWHERE)


def paired_data(old: Machine, new: Machine, matching: Matching) -> Twins:
    """Return old addresses in order and the new address of each, where most that refer to them agree."""
    votes = [_by_place(old, new, matching), _alone(old, new, matching)]
    mine, theirs = (np.concatenate([vote[side] for vote in votes]) for side in (0, 1))
    return _filled(_agreed(mine, theirs), np.unique(old.data.value), np.unique(new.data.value))


def _filled(data: Twins, mine: Words, theirs: Words) -> Twins:
    """Add what lies between two data that moved by the same amount, and has moved by it too."""
    if len(data[0]) < 2:
        return data
    mine = mine[~np.isin(mine, data[0])]
    at = np.searchsorted(data[0], mine)
    inner = (at > 0) & (at < len(data[0]))
    mine, at = mine[inner], at[inner]
    moved = data[1] - data[0]
    moved, alike = moved[at], moved[at - 1] == moved[at]
    good = alike & np.isin(mine + moved, theirs) & ~np.isin(mine + moved, data[1])
    found = np.append(data[0], mine[good]), np.append(data[1], (mine + moved)[good])
    order = np.argsort(found[0], kind="stable")
    return found[0][order], found[1][order]


def _by_place(old: Machine, new: Machine, matching: Matching) -> Twins:
    """Equal code refers to the same data at the same place."""
    at, to = equal_places(old, new, matching)
    good = (old.references.kind[at] == DATA) & (new.references.kind[to] == DATA)
    return old.references.value[at[good]], new.references.value[to[good]]


def equal_places(old: Machine, new: Machine, matching: Matching) -> tuple[Index, Index]:
    """Return the rows of references that stand at the same place of pairs whose code is equal."""
    olds = np.flatnonzero(matching.old >= 0)
    olds = olds[old.sweep.digests[olds] == new.sweep.digests[matching.old[olds]]]
    news = matching.old[olds]
    one, two = old.references.begins, new.references.begins
    whole = one[olds + 1] - one[olds] == two[news + 1] - two[news]
    olds, news = olds[whole], news[whole]
    return spread(one[olds], one[olds + 1])[0], spread(two[news], two[news + 1])[0]


def _alone(old: Machine, new: Machine, matching: Matching) -> Twins:
    """Let pairs vote that refer to one thing only, on both sides: it is the same thing."""
    olds = np.flatnonzero(matching.old >= 0)
    olds = olds[(old.data.sizes[olds] == 1) & (new.data.sizes[matching.old[olds]] == 1)]
    return old.data.value[old.data.begins[olds]], new.data.value[new.data.begins[matching.old[olds]]]


def _agreed(mine: Words, theirs: Words) -> Twins:
    """Keep the votes that most of both sides' votes agree with."""
    pairs, counts = np.unique(np.stack([mine, theirs], axis=1), axis=0, return_counts=True)
    if not len(pairs):
        return mine[:0], theirs[:0]
    good = np.ones(len(pairs), np.bool_)
    for side in (0, 1):
        values, inverse = np.unique(pairs[:, side], return_inverse=True)
        total = np.bincount(inverse, weights=counts, minlength=len(values))
        good &= counts * 2 > total[inverse]
    return pairs[good, 0], pairs[good, 1]
