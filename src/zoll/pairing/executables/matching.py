"""Who is paired with whom so far, and the pairs that equal code settles, all functions at once."""

import numpy as np
from numpy.typing import NDArray

from zoll.pairing.executables.named import DATA, FUNCTION, Index, Named
from zoll.pairing.executables.side import Machine, mixed
from zoll.pairing.executables.texts import Words

SYMBOL, DIGEST, NEIGHBOURS, ORDER, LIKENESS = 1, 2, 3, 4, 5
Flags = NDArray[np.bool_]
_TELLING = 8  # instructions; less code is alike by chance


class Matching:
    """`old[i]` is the new function that old function i became, `new[j]` the other way; -1 for none."""

    def __init__(self, old: Machine, new: Machine) -> None:
        self.old: Index = np.full(old.count, -1, np.int64)
        self.new: Index = np.full(new.count, -1, np.int64)
        self.by: NDArray[np.uint8] = np.zeros(old.count, np.uint8)

    def put(self, olds: Index, news: Index, by: int | NDArray[np.uint8]) -> None:
        """Pair functions that are not paired yet; each stands at most once in its column."""
        self.old[olds], self.new[news], self.by[olds] = news, olds, by

    @property
    def left(self) -> tuple[Index, Index]:
        """The functions of both sides that are not paired."""
        return np.flatnonzero(self.old < 0), np.flatnonzero(self.new < 0)


def by_symbol(old: Machine, new: Machine, matching: Matching) -> None:
    """Pair what has one and the same name on both sides."""
    shared = sorted(old.names.keys() & new.names.keys())
    olds, news = [old.names[name] for name in shared], [new.names[name] for name in shared]
    matching.put(np.array(olds, np.int64), np.array(news, np.int64), SYMBOL)


def by_digest(old: Machine, new: Machine, matching: Matching) -> None:
    """Pair equal code: what is the only one with its surroundings, its references, its code; then neighbours."""
    mine, theirs = keys(old), keys(new)
    telling = old.sweep.counts >= _TELLING, new.sweep.counts >= _TELLING
    for level in (2, 1):
        said = [which | _says(machine) for which, machine in zip(telling, (old, new), strict=True)]
        unique(mine[level], theirs[level], matching, (said[0], said[1]))
        for _ in range(3):
            extend(mine[level], theirs[level], matching, telling[0] | (level == 2))
    unique(mine[0], theirs[0], matching, telling)


def _says(machine: Machine) -> Flags:
    """Say which functions name anything that has the same name on both sides."""
    found = np.zeros(machine.count, np.bool_)
    for rows in (machine.calls, machine.references):
        found[rows.owner[rows.kind != DATA]] = True
    return found


def keys(machine: Machine) -> tuple[Words, Words, Words]:
    """Return three keys per function: of its code; also of texts and imports in order; also of callers and callees."""
    with np.errstate(over="ignore"):
        code = mixed(machine.sweep.digests)
        whole = code.copy()
        for salt, rows in ((1, machine.calls), (2, machine.references)):
            fixed = np.where((rows.kind == FUNCTION) | (rows.kind == DATA), np.uint64(0), rows.value)
            whole += _summed(mixed(_placed(fixed, rows), salt), rows.begins)
        around = mixed(whole)
        around += _summed(mixed(whole[machine.callees.value.astype(np.int64)], 3), machine.callees.begins)
        around += _summed(mixed(whole[machine.callers.value.astype(np.int64)], 4), machine.callers.begins)
    return code, whole, around


def _placed(values: Words, rows: Named) -> Words:
    place = np.arange(len(values)) - rows.begins[rows.owner]
    return values + place.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)


def _summed(values: Words, begins: Index) -> Words:
    total = np.append(np.uint64(0), np.cumsum(values, dtype=np.uint64))
    found: Words = total[begins[1:]] - total[begins[:-1]]
    return found


def unique(mine: Words, theirs: Words, matching: Matching, telling: tuple[Flags, Flags]) -> None:
    """Pair functions that tell enough and whose key no other unpaired function of either side has."""
    olds, news = matching.left
    one, two = _singles(mine[olds]), _singles(theirs[news])
    one, two = one[telling[0][olds[one]]], two[telling[1][news[two]]]
    _, at, to = np.intersect1d(mine[olds][one], theirs[news][two], assume_unique=True, return_indices=True)
    matching.put(olds[one][at], news[two][to], DIGEST)


def _singles(values: Words) -> Index:
    _, first, counts = np.unique(values, return_index=True, return_counts=True)
    found: Index = first[counts == 1].astype(np.int64)
    return found


def extend(mine: Words, theirs: Words, matching: Matching, telling: Flags) -> None:
    """Pair functions of one key that stand equally far from the same pair, with no other pair between.

    Beginning and end of the code count as pairs. What tells little must stand equally far from the pairs on both of
    its sides.
    """
    before, behind = _beside(matching, 1), _beside(matching, -1)
    for one, other in ((before, behind), (behind, before)):
        olds = np.flatnonzero((matching.old < 0) & (one >= 0) & (telling | (one == other)))
        news = one[olds]
        good = (matching.new[news] < 0) & (mine[olds] == theirs[news])
        olds, news = olds[good], news[good]
        matching.put(olds, news, DIGEST)


def _beside(matching: Matching, step: int) -> Index:
    """Return the new function as far behind the nearest pair (step -1: before it) as each old one; -1 for none."""
    mine, theirs = _since(matching.old[::step]), _since(matching.new[::step])
    far = np.arange(len(mine)) - mine
    partner = np.where(mine < 0, -1, _turned(matching.old[::step], len(theirs), step)[mine])
    expected = partner + far
    good = np.flatnonzero(expected < len(theirs))
    good = good[theirs[expected[good]] == partner[good]]
    found = np.full(len(mine), -1, np.int64)
    found[good] = expected[good]
    return _turned(found[::step], len(theirs), step)


def _since(partner: Index) -> Index:
    """Return for each function the last paired one up to it, -1 for none."""
    found: Index = np.maximum.accumulate(np.where(partner >= 0, np.arange(len(partner)), -1))
    return found


def _turned(numbers: Index, count: int, step: int) -> Index:
    """Count the numbers of `count` functions from the other end, if step is -1."""
    return numbers if step > 0 else np.where(numbers < 0, -1, count - 1 - numbers)


def leftovers(old: Machine, new: Machine, matching: Matching) -> None:
    """Pair in order what is left on both sides, equal in code, texts and imports, and names nothing else.

    Nobody can tell such functions apart.
    """
    (_, mine, _), (_, theirs, _) = keys(old), keys(new)
    olds, news = (left[~_owns(side)[left]] for side, left in zip((old, new), matching.left, strict=True))
    olds, news = olds[np.argsort(mine[olds], kind="stable")], news[np.argsort(theirs[news], kind="stable")]
    shared, at, to = np.intersect1d(*_ranked(mine[olds], theirs[news]), return_indices=True)
    del shared
    matching.put(olds[at], news[to], DIGEST)


def _owns(machine: Machine) -> Flags:
    """Say which functions name functions or data of their own executable."""
    found = np.zeros(machine.count, np.bool_)
    for rows in (machine.calls, machine.references):
        found[rows.owner[(rows.kind == FUNCTION) | ((rows.kind == DATA) & (rows.content == 0))]] = True
    return found


def _ranked(mine: Words, theirs: Words) -> tuple[Words, Words]:
    """Tell equal keys apart by their rank among their equals."""
    found = []
    for values in (mine, theirs):
        fresh = np.append(True, values[1:] != values[:-1]) if len(values) else np.zeros(0, np.bool_)
        first = np.maximum.accumulate(np.where(fresh, np.arange(len(values)), 0)) if len(values) else fresh
        found.append(mixed(values + mixed(np.arange(len(values)) - first, 9)))
    return found[0], found[1]
