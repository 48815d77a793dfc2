"""The calls around a changed function of an executable: who calls it, what it calls, how the program gets there."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

import numpy as np
from msgspec import structs

from zoll.model import CallsAround, Change
from zoll.pairing.executables.side import Machine
from zoll.parse.machine.image import Numbers
from zoll.pipeline.early import early

MOST = 6  # names on each side
LONGEST_WAY = 8  # functions
MOST_FOLLOWED = 40_000  # functions of a file in which ways are looked for
NETWORK = frozenset(
    ("accept", "accept4", "recv", "recvfrom", "recvmsg", "recvmmsg", "SSL_read", "SSL_accept", "SSL_do_handshake")
)
SILENT = frozenset(("__stack_chk_fail", "__stack_chk_fail_local", "__x86.get_pc_thunk.bx"))


class Calls:
    """The calls of one side, by the names that both sides share."""

    def __init__(self, machine: Machine, names: Mapping[int, str]) -> None:
        self._machine, self._names = machine, names
        self._starts, rows = machine.sweep.starts, machine.sweep.calls
        self._out = rows[np.argsort(rows[:, 0], kind="stable")]
        self._in = rows[np.argsort(rows[:, 1], kind="stable")]

    def named(self, address: int) -> str:
        """Return the name of what a call leads to, "" for nobody knows."""
        image = self._machine.image
        return image.slots.get(address) or self._names.get(address) or image.names.get(address, "")

    def callees(self, address: int) -> list[str]:
        """Return the names of what the function at an address calls, in order of its code."""
        index = self._index(address)
        return self._distinct(self._out[_rows(self._out[:, 0], index), 1].tolist()) if index >= 0 else []

    def callers(self, address: int) -> list[str]:
        """Return the names of the functions that call the one at an address."""
        return self._distinct(self._starts[self._in[_rows(self._in[:, 1], address), 0]].tolist())

    def _distinct(self, addresses: Iterable[int]) -> list[str]:
        names = dict.fromkeys(self.named(one) for one in addresses)
        return [name for name in names if name and name not in SILENT]

    def _index(self, address: int) -> int:
        at = int(np.searchsorted(self._starts, address))
        return at if at < len(self._starts) and self._starts[at] == address else -1

    def way(self, address: int) -> tuple[str, tuple[str, ...]]:
        """Return how the program is entered and the shortest way from there to a function, both empty for none."""
        at, way = self._index(address), list[str]()
        if at < 0 or at not in self._reached:
            return "", ()
        while at not in self._entries:
            way.append(self.named(int(self._starts[at])))
            at = self._reached[at]
        way.append(self.named(int(self._starts[at])))
        return self._entries[at], tuple(reversed(way))

    @cached_property
    def _entries(self) -> dict[int, str]:
        """Return the functions by which a program is entered; what is said first of one counts."""
        image, found = self._machine.image, dict[int, str]()
        shown = {one.address for one in image.symbols if one.shown and one.kind == "function"}
        named = [address for address, name in image.names.items() if name == "main"]
        sorts = [(address, sort) for address, sort in early(image).items()]
        sorts += [(address, "network") for address in self._listening()]
        sorts += [(address, "main") for address in named]
        sorts += [(image.entry, "start"), *((address, "export") for address in sorted(shown))]
        for address, sort in sorts:
            if (at := self._index(address)) >= 0:
                found.setdefault(at, sort)
        return found

    def _listening(self) -> Iterator[int]:
        """Yield the functions that take what comes over the network."""
        image = self._machine.image
        heard = [address for address, name in (*image.stubs.items(), *image.slots.items()) if name in NETWORK]
        for address in sorted(heard):
            yield from self._starts[self._in[_rows(self._in[:, 1], address), 0]].tolist()

    @cached_property
    def _reached(self) -> dict[int, int]:
        """Map each function that an entry leads to, by calls and by naming, to the one before it on a shortest way."""
        reached = dict.fromkeys(self._entries, -1)
        if len(self._starts) > MOST_FOLLOWED:
            return reached
        edges = np.concatenate([self._machine.sweep.calls, self._machine.sweep.references])
        at = np.minimum(np.searchsorted(self._starts, edges[:, 1]), max(len(self._starts) - 1, 0))
        kept = self._starts[at] == edges[:, 1] if len(self._starts) else np.zeros(0, np.bool_)
        following: dict[int, list[int]] = {}
        for one, two in zip(edges[kept, 0].tolist(), at[kept].tolist(), strict=True):
            following.setdefault(one, []).append(two)
        front = list(reached)
        for _ in range(LONGEST_WAY - 1):
            further = []
            for one in front:
                for two in following.get(one, ()):
                    if two not in reached:
                        reached[two] = one
                        further.append(two)
            front = further
        return reached


def with_calls(changes: Iterable[Change], old: Calls | None, new: Calls | None) -> tuple[Change, ...]:
    """Return the changes of functions with the calls around them."""
    return tuple(structs.replace(change, around=_around(change, old, new)) for change in changes)


def _around(change: Change, old: Calls | None, new: Calls | None) -> CallsAround:
    before, after = change.pair.old, change.pair.new
    callers = _held(
        old.callers(before.place.address) if old and before else [],
        new.callers(after.place.address) if new and after else [],
    )
    callees = _held(
        old.callees(before.place.address) if old and before else [],
        new.callees(after.place.address) if new and after else [],
    )
    entry, way = new.way(after.place.address) if new and after else ("", ())
    more = max(len(callers) - MOST, 0), max(len(callees) - MOST, 0)
    return CallsAround(tuple(callers[:MOST]), tuple(callees[:MOST]), more, way, entry)


def _held(old: list[str], new: list[str]) -> list[tuple[str, str]]:
    """Return the names of both sides: what was gained first, then what was lost, then what stays, true names first."""
    before, after = set(old), set(new)
    stay = sorted((name for name in new if name in before), key=lambda name: name.startswith("sub_"))
    gained = [(name, "gained") for name in new if name not in before]
    lost = [(name, "lost") for name in old if name not in after]
    return [*gained, *lost, *((name, "") for name in stay)]


def _rows(column: Numbers, value: int) -> slice:
    low, high = np.searchsorted(column, [value, value + 1])
    return slice(int(low), int(high))
