"""Addresses that 32-bit ARM code takes from literal pools and pairs of halves."""

import numpy as np

from zoll.parse.machine.columns import Layout, Places, Rows, signed
from zoll.parse.machine.image import Numbers
from zoll.parse.machine.sweep.words import Indices, Words, setters


class Pools:
    """Numbers that registers are set to in a listing, and which of them turn out to be addresses.

    `pcs` is what reading the program counter gives at each place. `moving` are the places of literals that change when
    code or data move, `halves` those of movw and movt that do.
    """

    def __init__(self, layout: Layout, pcs: Numbers, owner: Places) -> None:
        self._layout, self._pcs, self._owner = layout, pcs, owner
        self._table = layout.image.global_pointer
        self._at: list[Indices] = []
        self._registers: list[Words] = []
        self._values: list[Numbers] = []
        self._from: list[Indices] = []  # place of the literal, -1 for a pair
        self._highs: list[Indices] = []
        self._spent: list[Indices] = []  # sources that are distances, not addresses
        self.references: list[Rows] = []
        self.moving: Indices = np.zeros(0, np.intp)
        self.halves: Indices = np.zeros(0, np.intp)

    def loads(self, at: Indices, registers: Words, values: Words, places: Indices) -> None:
        """Take loads of literals."""
        value = values.astype(np.int64)
        self._take(at, registers, value, places, np.full(len(at), -1))

    def pairs(self, low: tuple[Indices, Words, Numbers], high: tuple[Indices, Words, Numbers]) -> None:
        """Take movw and the movt that follows it to the same register."""
        good, which = setters((low[0], low[1]), (high[0], high[1]), self._owner)
        which = which[good]
        value = low[2][which] | high[2][good] << 16
        self._take(high[0][good], high[1][good], value, np.full(len(value), -1), low[0][which])

    def _take(self, at: Indices, registers: Words, value: Numbers, places: Indices, lows: Indices) -> None:
        self._at.append(at)
        self._registers.append(registers)
        self._values.append(value)
        self._from.append(places)
        self._highs.append(lows)

    def _moved(self, which: Indices) -> None:
        at, places, lows = (np.concatenate(one)[which] for one in (self._at, self._from, self._highs))
        self.moving = np.append(self.moving, places[places >= 0])
        pair = lows >= 0
        self.halves = np.concatenate([self.halves, lows[pair], at[pair]])

    def _sources(self, users: Indices, registers: Words) -> tuple[Indices, Numbers, Indices]:
        """Return which users read a number known here, the number, and its place in the columns."""
        at, held = np.concatenate(self._at), np.concatenate(self._registers)
        good, which = setters((at, held), (users, registers), self._owner)
        return np.flatnonzero(good), np.concatenate(self._values)[which[good]], which[good]

    def _follow(self, users: Indices, registers: Words, bases: Numbers) -> None:
        reads, value, which = self._sources(users, registers)
        target = (bases[reads] + signed(value, 32)) & 0xFFFFFFFF
        good = self._layout.inside(target & ~1)
        self.references.append((users[reads[good]], target[good]))
        self._spent.append(which[good])
        self._moved(which[good])

    def added(self, users: Indices, registers: Words) -> None:
        """Follow instructions that add a register to the program counter."""
        self._follow(users, registers, self._pcs[users])

    def table(self, users: Indices, registers: Words) -> None:
        """Follow loads whose index is a place in the global offset table."""
        if self._table:
            self._follow(users, registers, np.full(len(users), self._table, np.int64))

    def rest(self) -> None:
        """Take the numbers that nothing was added to, where they are addresses by themselves."""
        at, value = np.concatenate(self._at), np.concatenate(self._values)
        known = self._layout.named(value & ~1)
        known[np.concatenate([np.zeros(0, np.intp), *self._spent])] = False
        self.references.append((at[known], value[known]))
        self._moved(np.flatnonzero(known))
