"""The terms of functions: what each says and whom it has to do with, in words that both executables share."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from zoll.pairing.executables.matching import Matching
from zoll.pairing.executables.named import DATA, FUNCTION, IMPORT, TEXT, Index, spread
from zoll.pairing.executables.objects import Twins, twin
from zoll.pairing.executables.side import CONSTANT, CONTENT, ENTRY, Beside, Machine, Rows, mixed
from zoll.pairing.executables.texts import Words

CALLEE, CALLER, BESIDE = 7, 8, 9
KINDS = 11
Spoken = tuple[Index, Words, Index]  # whose (a position), the term, how many functions share it
_SPOKEN = (TEXT, IMPORT, CONTENT, CONSTANT, ENTRY, CALLEE, CALLER, DATA, BESIDE)
_MOST = 400  # terms of one function that are looked at
_ROOM = 2_000_000  # rows looked up at one time


class Terms:
    """Rows (position of a function, term) of some functions, with the kind of each and how many functions share it."""

    def __init__(self, owner: Index, term: Words, kind: NDArray[np.uint8], shared: Index, functions: int) -> None:
        order = np.argsort(owner, kind="stable")
        owner = owner[order]
        begins = np.searchsorted(owner, np.arange(functions + 1))
        few = np.arange(len(owner)) - begins[owner] < _MOST
        order = order[few]
        self.owner, self.term, self.kind, self.shared = owner[few], term[order], kind[order], shared[order]
        self.begins: Index = np.searchsorted(self.owner, np.arange(functions + 1)).astype(np.int64)

    @cached_property
    def keys(self) -> Words:
        """One key for each owner and term, in order."""
        found: Words = np.sort(mixed(self.term + mixed(self.owner, 20)))
        return found


class Vocabulary:
    """How many functions of the new side have each word that does not depend on pairs."""

    def __init__(self, machine: Machine) -> None:
        self._counts = {kind: np.unique(rows.value, return_counts=True) for kind, rows in machine.words.items()}

    def count(self, kind: int, values: Words) -> Index:
        """Return how many functions have each word; 0 for words that the new side does not know."""
        known, counts = self._counts[kind]
        if not len(known):
            return np.zeros(len(values), np.int64)
        at = np.minimum(np.searchsorted(known, values), len(known) - 1)
        return np.where(known[at] == values, counts[at], 0)


class Speech:
    """What gives the terms of functions: words of their own, and whom and what that is paired they have to do with."""

    def __init__(self, new: Machine, vocabulary: Vocabulary, matching: Matching, data: Twins) -> None:
        self._vocabulary, self._old, self._data = vocabulary, matching.old, data
        self._paired, self._known = matching.new >= 0, np.unique(data[1])
        self._shared = {CALLEE: new.callers.sizes, CALLER: new.callees.sizes}

    def terms(self, machine: Machine, functions: Index, *, new: bool) -> Terms:
        """Return the terms of some functions of one side, in the numbers and addresses of the new side."""
        found = [self._own(rows, kind, functions) for kind, rows in machine.words.items()]
        for kind, rows in ((CALLEE, machine.callees), (CALLER, machine.callers)):
            found.append(self._neighbours(rows, kind, functions, new=new))
        found.append(self._things(machine.data, functions, new=new))
        found.append(self._beside(machine.beside, functions, new=new))
        owner, term, shared = (np.concatenate([row[column] for row in found]) for column in range(3))
        kinds = np.repeat(np.array(_SPOKEN, np.uint8), [len(row[0]) for row in found])
        return Terms(owner, term, kinds, shared, len(functions))

    def _own(self, rows: Rows, kind: int, functions: Index) -> Spoken:
        at, owner = spread(rows.begins[functions], rows.begins[functions + 1])
        values = rows.value[at]
        counts = self._vocabulary.count(kind, values)
        keep = counts > 0 if kind in (CONTENT, CONSTANT, ENTRY) else np.ones(len(at), np.bool_)
        return owner[keep], mixed(values[keep], kind), counts[keep]

    def _neighbours(self, rows: Rows, kind: int, functions: Index, *, new: bool) -> Spoken:
        at, owner = spread(rows.begins[functions], rows.begins[functions + 1])
        values = rows.value[at].astype(np.int64)
        values = values if new else self._old[values]
        keep = values >= 0
        keep[keep] = self._paired[values[keep]]
        return owner[keep], mixed(values[keep], kind), self._shared[kind][values[keep]]

    def _things(self, rows: Rows, functions: Index, *, new: bool) -> Spoken:
        at, owner = spread(rows.begins[functions], rows.begins[functions + 1])
        values = rows.value[at] if new else twin(self._data, rows.value[at])
        keep = np.isin(values, self._known)
        return owner[keep], mixed(values[keep], DATA), np.full(int(keep.sum()), 4, np.int64)

    def _beside(self, rows: Beside, functions: Index, *, new: bool) -> Spoken:
        """Return calls next to calls of what is known, by callers that are known."""
        at, owner = spread(rows.begins[functions], rows.begins[functions + 1])
        caller, value = rows.caller[at], rows.value[at].astype(np.int64)
        function = rows.kind[at] == FUNCTION
        if not new:
            caller = self._old[caller]
            value[function] = self._old[value[function]]
        keep = (caller >= 0) & (~function | (value >= 0))
        keep[keep] = self._paired[caller[keep]]
        inner = np.flatnonzero(keep & function)
        keep[inner] = self._paired[value[inner]]
        term = mixed(mixed(value[keep], 30) + mixed(caller[keep], 31), BESIDE) + rows.side[at][keep]
        return owner[keep], term, np.full(int(keep.sum()), 2, np.int64)


def common(one: Terms, two: Terms, olds: Index, news: Index) -> Iterator[tuple[Index, Index]]:
    """Yield the rows of `one` that candidate pairs share, and the number of the pair of each, some pairs at a time."""
    sizes = np.cumsum(np.diff(one.begins)[olds])
    start = 0
    while start < len(olds) and len(two.keys):
        done = int(sizes[start - 1]) if start else 0
        end = max(start + 1, int(np.searchsorted(sizes, done + _ROOM)))
        places, pairs = spread(one.begins[olds[start:end]], one.begins[olds[start:end] + 1])
        wanted = mixed(one.term[places] + mixed(news[start:end][pairs], 20))
        at = np.minimum(np.searchsorted(two.keys, wanted), len(two.keys) - 1)
        hit = two.keys[at] == wanted
        yield places[hit], pairs[hit] + start
        start = end
