"""Which data of the old executable is which data of the new one, as paired functions refer to it."""

import numpy as np
from numpy.typing import NDArray

from zoll.pairing.executables.matching import Matching
from zoll.pairing.executables.named import DATA, Index, spread
from zoll.pairing.executables.side import Machine
from zoll.pairing.executables.texts import Words

Twins = tuple[Words, Words]
Votes = tuple[Words, Words, Words]  # who votes, an old address, the new one
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
    ballots = np.unique(np.stack([np.concatenate(column) for column in zip(*votes, strict=True)], axis=1), axis=0)
    data, counts = _agreed(ballots[:, 1], ballots[:, 2])
    return _filled(_settled(data, counts), np.unique(old.data.value), np.unique(new.data.value))


def _settled(data: Twins, votes: Index) -> Twins:
    """Leave out what a single vote says if the data around it, which several know, moved otherwise.

    Else a function that is made to look at another datum, which no other function names, would pass for the same.
    """
    firm = votes > 1
    moved, sure = _moved((data[0][firm], data[1][firm]), data[0])
    good = firm | ~sure | (data[0] + moved == data[1])
    return data[0][good], data[1][good]


def _moved(data: Twins, addresses: Words) -> tuple[Words, NDArray[np.bool_]]:
    """Return by how much the known data around each address moved, and whether those before and behind agree."""
    if not len(data[0]):
        return np.zeros(len(addresses), np.uint64), np.zeros(len(addresses), np.bool_)
    at = np.searchsorted(data[0], addresses)
    inner = (at > 0) & (at < len(data[0]))
    at = np.clip(at, 1, max(len(data[0]) - 1, 1))
    moved = np.append(data[1] - data[0], np.uint64(0))
    return moved[at], inner & (moved[at - 1] == moved[at])


def _filled(data: Twins, mine: Words, theirs: Words) -> Twins:
    """Add what lies between two data that moved by the same amount, and has moved by it too."""
    mine = mine[~np.isin(mine, data[0])]
    moved, sure = _moved(data, mine)
    good = sure & np.isin(mine + moved, theirs) & ~np.isin(mine + moved, data[1])
    found = np.append(data[0], mine[good]), np.append(data[1], (mine + moved)[good])
    order = np.argsort(found[0], kind="stable")
    return found[0][order], found[1][order]


def _by_place(old: Machine, new: Machine, matching: Matching) -> Votes:
    """Let equal code vote: it refers to the same data at the same place."""
    olds = np.flatnonzero(matching.old >= 0)
    olds = olds[old.sweep.digests[olds] == new.sweep.digests[matching.old[olds]]]
    news = matching.old[olds]
    one, two = old.references.begins, new.references.begins
    whole = one[olds + 1] - one[olds] == two[news + 1] - two[news]
    olds, news = olds[whole], news[whole]
    at, voter = spread(one[olds], one[olds + 1])
    to = spread(two[news], two[news + 1])[0]
    good = (old.references.kind[at] == DATA) & (new.references.kind[to] == DATA)
    at, to = at[good], to[good]
    return olds[voter[good]].astype(np.uint64), old.references.value[at], new.references.value[to]


def _alone(old: Machine, new: Machine, matching: Matching) -> Votes:
    """Let pairs vote that refer to one thing only, on both sides: it is the same thing."""
    olds = np.flatnonzero(matching.old >= 0)
    olds = olds[(old.data.sizes[olds] == 1) & (new.data.sizes[matching.old[olds]] == 1)]
    mine, theirs = old.data.begins[olds], new.data.begins[matching.old[olds]]
    return olds.astype(np.uint64), old.data.value[mine], new.data.value[theirs]


def _agreed(mine: Words, theirs: Words) -> tuple[Twins, Index]:
    """Keep the votes that most of both sides' votes agree with; return how many each has."""
    pairs, counts = np.unique(np.stack([mine, theirs], axis=1), axis=0, return_counts=True)
    good = np.ones(len(pairs), np.bool_)
    for side in (0, 1):
        values, inverse = np.unique(pairs[:, side], return_inverse=True)
        total = np.bincount(inverse, weights=counts, minlength=len(values))
        good &= counts * 2 > total[inverse]
    return (pairs[good, 0], pairs[good, 1]), counts[good]
