"""Sweep over 32-bit ARM code in its four-byte words (Arm Architecture Reference Manual for A-profile, chapter F4)."""

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.columns import Bytes, Flags, Places, Rows, Stretch, signed
from zoll.parse.machine.image import Numbers
from zoll.parse.machine.sweep.pools import Pools
from zoll.parse.machine.sweep.words import Fixed, Going, Words, field, is_like

_ALWAYS = 0xE0000000
_ENTRIES = 512  # of a table of jumps, at most
DATA = np.uint32(0)  # stands for a word of a literal pool: andeq r0, r0, r0, which no compiler writes


class A32(Fixed):
    """Arm's A32 words and the literal pools between them."""

    def cut(self, stretch: Stretch, _starts: Numbers, _ends: Numbers) -> tuple[Places, Words]:
        """Return all words; those that are loaded as literals are data."""
        raw = stretch.data[: len(stretch.data) // 4 * 4].view(self._order).astype(np.uint32)
        at, place = literals(raw)
        data = raw if self.image.big == self.image.code_big else raw.byteswap()
        words, entry = raw.copy(), _entries(raw, data, stretch.address, stretch.end)
        words[np.concatenate([place, entry, doubles(raw, 4 * np.arange(len(raw)), 8, len(stretch.data)) // 4])] = DATA
        self._led = data[entry].astype(np.int64)
        self._raw, self._pool = data, (at, place)
        return 4 * np.arange(len(words), dtype=np.int32), words

    def restored(self, stretch: Stretch, _at: Places, masked: Words) -> Bytes:
        """Return the stretch's bytes with masked words put back; literals that are no addresses stay."""
        kept = self._raw.copy()
        kept[self._moving] = 0
        whole = np.where(masked == DATA, kept, masked).astype(np.uint32)
        data = np.zeros(len(stretch.data), np.uint8)
        data[: len(whole) * 4] = whole.view(np.uint8)
        return data

    def goings(self, words: Words, pcs: Numbers) -> list[Going]:
        """Return bl, blx and b; those under a condition are branches."""
        found = []
        likes = ((0x0F000000, 0x0B000000, "call"), (0xFF000000, 0xEA000000, "jump"), (0x0F000000, 0x0A000000, "branch"))
        for mask, bits, kind in likes:
            usual = is_like(words, mask, bits) & (words < 0xF0000000)
            if kind == "branch":
                usual &= words < _ALWAYS
            at = np.flatnonzero(usual)
            found.append(Going(kind, at, pcs[at] + 8 + 4 * signed(words[at], 24), 0xFFFFFF))
        at = np.flatnonzero(is_like(words, 0xFE000000, 0xFA000000))
        half = 2 * field(words[at], 24, 1).astype(np.int64)
        found.append(Going("call", at, pcs[at] + 8 + 4 * signed(words[at], 24) + half, 0x1FFFFFF))
        return found

    def stops(self, words: Words) -> Flags:
        """Say which always jump, return or trap: b, bx, pop to pc, ldr pc, mov pc, udf."""
        pops = is_like(words, 0xFE108000, 0xE8108000) | is_like(words, 0xFC50F000, 0xE410F000)
        moves = is_like(words, 0xFFFFFFF0, 0xE12FFF10) | is_like(words, 0xFFFFFFF0, 0xE1A0F000)
        plain: Flags = (words == 0xE7F000F0) | (words == 0xE7FDDEFE)
        return is_like(words, 0xFF000000, 0xEA000000) | pops | moves | plain

    def fills(self, words: Words) -> Flags:
        """Say which are nop."""
        found: Flags = (words == 0xE1A00000) | (words == 0xE320F000)
        return found

    def pools(self, words: Words) -> Flags:
        """Say which words are literals."""
        found: Flags = words == DATA
        return found

    def opens(self, words: Words) -> Flags:
        """Say which push the return address, alone or with others, or keep the stack pointer in ip."""
        pushes = is_like(words, 0xFFFF4000, 0xE92D4000) | (words == 0xE52DE004)
        found: Flags = pushes | (words == 0xE1A0C00D)
        return found

    def named(self, words: Words, pcs: Numbers, owner: Places, masked: Words) -> tuple[list[Rows], list[Rows]]:
        """Follow literals and pairs of movw and movt, alone or added to pc or to the global offset table."""
        at, place = self._pool
        pools = Pools(self.layout, pcs + 8, owner)
        pools.loads(at, field(words[at], 12, 4), self._raw[place], place)
        low = np.flatnonzero(is_like(words, 0x0FF00000, 0x03000000))
        high = np.flatnonzero(is_like(words, 0x0FF00000, 0x03400000))
        pools.pairs(
            (low, field(words[low], 12, 4), half(words[low])), (high, field(words[high], 12, 4), half(words[high]))
        )
        adds = np.flatnonzero(is_like(words, 0x0FFF0FF0, 0x008F0000))  # add rd, pc, rm
        indexed = np.flatnonzero(is_like(words, 0x0FFF0FF0, 0x079F0000))  # ldr rd, [pc, rm]
        tables = np.flatnonzero(is_like(words, 0x0FF00FF0, 0x07900000) & ~is_like(words, 0x000F0000, 0x000F0000))
        pools.added(np.concatenate([adds, indexed]), np.append(words[adds], words[indexed]) & np.uint32(15))
        pools.table(tables, words[tables] & np.uint32(15))
        pools.rest()
        self._moving = pools.moving
        masked[pools.halves] &= np.uint32(0xFFF0F000)
        return pools.references, []

    def turns(self, words: Words) -> Flags:
        """Say which jump to where a register says, but not back to a caller."""
        jumps = is_like(words, 0xFFFFFFF0, 0xE12FFF10) & (words != 0xE12FFF1E)
        found: Flags = jumps | is_like(words, 0xFE5FF000, 0xE41FF000) | is_like(words, 0xFE50F000, 0xE610F000)
        return found

    def cases(self, _stretch: Stretch, words: Words, pcs: Numbers) -> Numbers:
        """Return the rows of branches behind an add to pc and where they go, and what tables of addresses hold."""
        jump = is_like(words, 0xFF000000, 0xEA000000)
        found = [pcs[:0], self._led]
        for at in np.flatnonzero(is_like(words, 0x0FFFFFF0, 0x008FF100)).tolist():
            stop = np.flatnonzero(~jump[at + 2 : at + 2 + _ENTRIES])
            last = at + 2 + (int(stop[0]) if len(stop) else 0)
            place = np.arange(at + 1, last)
            found += [pcs[place], pcs[place] + 8 + 4 * signed(words[place], 24)]
        return np.concatenate(found)

    def constants(self, words: Words, _owner: Places) -> list[Rows]:
        """Return what cmp, cmn, mov and mvn with an immediate name, movw with movt, and literals that move not."""
        compare = np.flatnonzero(is_like(words, 0x0FD00000, 0x03500000) & (words < 0xF0000000))
        move = np.flatnonzero(is_like(words, 0x0FEF0000, 0x03A00000) & (words < 0xF0000000))
        inverse = np.flatnonzero(is_like(words, 0x0FEF0000, 0x03E00000) & (words < 0xF0000000))
        low = np.flatnonzero(is_like(words, 0x0FF00000, 0x03000000))
        at, place = self._pool
        still = ~np.isin(place, self._moving)
        return [
            (compare, _rotated(words[compare])),
            (move, _rotated(words[move])),
            (inverse, ~_rotated(words[inverse])),
            (low, half(words[low])),
            (at[still], signed(self._raw[place[still]], 32)),
        ]

    def kinds(self, words: Words) -> Words:
        """Return the operation with its condition taken off, and bits 7 to 4 where registers are its operands."""
        does = field(words, 20, 8)
        data = (does < 0x20) & is_like(words, 0x90, 0x90)
        branch = field(words, 25, 3) == 5
        return np.where(branch, does & np.uint32(0xF0), np.where(data, does | field(words, 4, 4) << np.uint32(8), does))


def _entries(words: Words, data: Words, low: int, high: int) -> NDArray[np.intp]:
    """Return the places of addresses behind a load of pc from a table that follows: ldrls pc, [pc, r, lsl 2]."""
    found = [np.zeros(0, np.intp)]
    for at in np.flatnonzero(is_like(words, 0x0FFFFFF0, 0x079FF100)).tolist():
        table = data[at + 2 : at + 2 + _ENTRIES]
        wrong = np.flatnonzero((table < low) | (table >= high))
        found.append(np.arange(at + 2, at + 2 + (int(wrong[0]) if len(wrong) else len(table))))
    return np.concatenate(found)


def literals(words: Words) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return which words load a literal into a register, and the places of the literals."""
    at = np.flatnonzero(is_like(words, 0x0F7F0000, 0x051F0000) & (words < 0xF0000000))
    offset = field(words[at], 0, 12).astype(np.int64) * np.where(is_like(words[at], 0x00800000, 0x00800000), 1, -1)
    place = (4 * at + 8 + offset) // 4
    good = (place >= 0) & (place < len(words)) & (offset % 4 == 0) & ~is_like(words[at], 0xF000, 0xF000)
    return at[good], place[good]


def doubles(words: Words, at: NDArray[np.integer], ahead: int, length: int) -> NDArray[np.int64]:
    """Return the offsets of literals that vldr loads, both words of long ones."""
    loads = np.flatnonzero(is_like(words, 0x0F3F0E00, 0x0D1F0A00))
    offset = 4 * field(words[loads], 0, 8).astype(np.int64) * np.where(is_like(words[loads], 1 << 23, 1 << 23), 1, -1)
    place = (at[loads] + ahead & ~3) + offset
    place = np.append(place, place[is_like(words[loads], 0x100, 0x100)] + 4)
    return place[(place >= 0) & (place + 4 <= length)]


def half(words: Words) -> Numbers:
    """Return the 16 bits of movw and movt."""
    found: Numbers = (field(words, 16, 4) << np.uint32(12) | field(words, 0, 12)).astype(np.int64)
    return found


def _rotated(words: Words) -> Numbers:
    value, turn = field(words, 0, 8).astype(np.int64), 2 * field(words, 8, 4).astype(np.int64)
    return signed((value >> turn) | (value << (32 - turn)), 32)
