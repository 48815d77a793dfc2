"""One executable as pairing sees it: what its functions name, and who calls whom."""

from functools import cached_property

import numpy as np
import xxhash
from numpy.typing import NDArray

from zoll.pairing.executables.named import DATA, FUNCTION, IMPORT, TEXT, Index, Named, named
from zoll.pairing.executables.pointers import entries_of, rows_of
from zoll.pairing.executables.texts import Words
from zoll.parse.machine.image import Image, Sweep

CONTENT, CONSTANT, ENTRY = 5, 6, 10
_MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def mixed(values: NDArray[np.generic], salt: int = 0) -> Words:
    """Spread numbers over 64 bits (splitmix64); a salt keeps kinds apart."""
    with np.errstate(over="ignore"):
        found = values.astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15) * np.uint64(salt + 1)
        found = (found ^ (found >> np.uint64(30))) * _MIX[0]
        found = (found ^ (found >> np.uint64(27))) * _MIX[1]
        return found ^ (found >> np.uint64(31))


class Rows:
    """Unique rows (owner, value) in order of owner, then value; `begins` says where those of each owner begin."""

    __slots__ = ("begins", "owner", "value")

    def __init__(self, owner: Index, value: NDArray[np.generic], functions: int) -> None:
        order = np.lexsort((value, owner))
        held: Words = value[order].astype(np.uint64)
        fresh = np.ones(len(owner), np.bool_)
        fresh[1:] = (owner[order][1:] != owner[order][:-1]) | (held[1:] != held[:-1])
        self.owner: Index = owner[order][fresh]
        self.value: Words = held[fresh]
        self.begins: Index = np.searchsorted(self.owner, np.arange(functions + 1)).astype(np.int64)

    @property
    def sizes(self) -> Index:
        """How many rows each owner has."""
        return np.diff(self.begins)


class Beside:
    """Rows in order of the function called: who calls it, and the kind and value of the caller's next call.

    `side` is 1 for calls just behind, 0 for those just before.
    """

    __slots__ = ("begins", "caller", "kind", "owner", "side", "value")

    def __init__(self, calls: Named, functions: int) -> None:
        found = [self._next(calls, step) for step in (1, -1)]
        callee, self.caller, self.kind, self.value = (np.concatenate([one[at] for one in found]) for at in range(4))
        self.side = np.repeat(np.array([1, 0], np.uint8), [len(one[0]) for one in found])
        order = np.argsort(callee, kind="stable")
        self.owner: Index = callee[order].astype(np.int64)
        self.caller, self.kind, self.value, self.side = (
            column[order] for column in (self.caller, self.kind, self.value, self.side)
        )
        self.begins: Index = np.searchsorted(self.owner, np.arange(functions + 1)).astype(np.int64)

    @staticmethod
    def _next(calls: Named, step: int) -> tuple[Words, Index, NDArray[np.uint8], Words]:
        owner, kind, value = calls.owner[::step], calls.kind[::step], calls.value[::step]
        at = np.flatnonzero((owner[:-1] == owner[1:]) & (kind[:-1] == FUNCTION))
        return value[at], owner[at], kind[at + 1], value[at + 1]


class Machine:
    """An image and its sweep, and what pairing derives from them; functions go by their number in the sweep."""

    def __init__(self, image: Image, sweep: Sweep) -> None:
        self.image, self.sweep = image, sweep
        self.count = len(sweep.starts)
        self.calls, self.references = named(image, sweep)

    def _both(self, kind: int) -> tuple[Index, Words]:
        chosen = [one.kind == kind for one in (self.calls, self.references)]
        pairs = list(zip((self.calls, self.references), chosen, strict=True))
        return (
            np.concatenate([one.owner[which] for one, which in pairs]),
            np.concatenate([one.value[which] for one, which in pairs]),
        )

    @cached_property
    def callees(self) -> Rows:
        """Functions that each calls or takes the address of, itself left out."""
        owner, value = self._both(FUNCTION)
        other = owner.astype(np.uint64) != value
        return Rows(owner[other], value[other], self.count)

    @cached_property
    def callers(self) -> Rows:
        """Functions that call each or take its address."""
        return Rows(self.callees.value.astype(np.int64), self.callees.owner, self.count)

    @cached_property
    def data(self) -> Rows:
        """Addresses of data that each refers to."""
        return Rows(*self._both(DATA), self.count)

    @cached_property
    def beside(self) -> Beside:
        """Calls of functions, with what the same caller calls just before and just behind."""
        return Beside(self.calls, self.count)

    @cached_property
    def words(self) -> dict[int, Rows]:
        """What each says whatever is paired: digests of texts, imports, contents of fixed data, constants, entries."""
        content = self.references.content > 0
        constants = self.sweep.constants
        return {
            TEXT: Rows(*self._both(TEXT), self.count),
            IMPORT: Rows(*self._both(IMPORT), self.count),
            CONTENT: Rows(self.references.owner[content], self.references.content[content], self.count),
            CONSTANT: Rows(constants[:, 0], constants[:, 1].astype(np.uint64), self.count),
            ENTRY: self._entries(),
        }

    def _entries(self) -> Rows:
        """At which entries of tables each function stands, by the texts beside it."""
        found = list(entries_of(rows_of(self.image, self.sweep, {})))
        owner = np.searchsorted(self.sweep.starts, np.array([target for target, _ in found], np.int64))
        value = np.array([xxhash.xxh3_64_intdigest(one.encode("utf-8", "replace")) for _, one in found], np.uint64)
        return Rows(owner.astype(np.int64), value, self.count)

    @cached_property
    def names(self) -> dict[str, int]:
        """True names that only one function has, with its number."""
        found: dict[str, list[int]] = {}
        for number, start in enumerate(self.sweep.starts.tolist()):
            name = self.sweep.names.get(start)
            if name:
                found.setdefault(name, []).append(number)
        return {name: numbers[0] for name, numbers in found.items() if len(numbers) == 1}
