"""Sweep over 32-bit ARM code in Thumb-2 (Arm Architecture Reference Manual for A-profile, chapter F3)."""

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.columns import Bytes, Flags, Places, Rows, Stretch, signed
from zoll.parse.machine.image import NONE, Numbers
from zoll.parse.machine.sweep.a32 import doubles
from zoll.parse.machine.sweep.pools import Pools
from zoll.parse.machine.sweep.words import Fixed, Going, Words, field, is_like
from zoll.parse.machine.sweep.x86code import walked

DATA = np.uint32(0xBE00)  # stands for a word of a literal pool: bkpt 0
_LONG = 0x10000  # words from here on have two halves, the first one in the upper bits
_TABLES = ((0xFFFFFFF0, 0xE8DFF000, 1), (0xFFFFFFF0, 0xE8DFF010, 2))  # tbb and tbh from pc, and their entries' size


class Thumb(Fixed):
    """Thumb's halves and pairs of halves; the first half of a pair stands in a word's upper bits."""

    NAME = "thumb"

    def cut(self, stretch: Stretch, starts: Numbers, ends: Numbers) -> tuple[Places, Words]:
        """Return where instructions begin; literal pools and tables of jumps are data."""
        self._pool, self._moving = (NONE, NONE), NONE
        data = np.append(stretch.data, np.zeros(4, np.uint8))
        halves = data[: len(data) // 2 * 2].view("<u2" if self._order == "<u4" else ">u2").astype(np.uint32)
        sizes = np.repeat(np.where((halves >> np.uint32(11)) >= 0x1D, 4, 2).astype(np.uint8), 2)
        span = (starts - stretch.address).tolist(), (ends - stretch.address).tolist()
        at, words = _read(halves, sizes, span, len(stretch.data))
        pcs = stretch.address + at.astype(np.int64)
        self._led = stretch.address + _skip_tables(sizes, data, at, words)
        _, place, _ = _literals(words, pcs, stretch)
        more = doubles(words, pcs, 4, stretch.end) - stretch.address
        more = more[(more >= 0) & (more < len(stretch.data))]
        sizes[place] = sizes[more] = 4
        at, words = _read(halves, sizes, span, len(stretch.data))
        loads, place, to = _literals(words, stretch.address + at.astype(np.int64), stretch)
        data_at = np.isin(at, np.append(place, more))
        words[data_at] = DATA
        self._pool = loads, place
        self._content = (halves[place // 2 + 1] << np.uint32(16)) | halves[place // 2]
        if self.image.big != self.image.code_big:
            self._content = self._content.byteswap()
        self._registers = to
        return at, words

    def restored(self, stretch: Stretch, at: Places, masked: Words) -> Bytes:
        """Return the stretch's bytes with masked words put back; literals that are no addresses stay."""
        data = np.append(stretch.data, np.zeros(4, np.uint8))
        plain = np.flatnonzero(masked != DATA)
        first = np.where(masked >= _LONG, masked >> np.uint32(16), masked)
        for byte in range(2):
            data[at[plain] + byte] = (first[plain] >> np.uint32(8 * byte)).astype(np.uint8)
        long = np.flatnonzero(masked >= _LONG)
        for byte in range(2):
            data[at[long] + 2 + byte] = (masked[long] >> np.uint32(8 * byte)).astype(np.uint8)
        for byte in range(4):
            data[self._moving + byte] = 0
        return data[: len(stretch.data)]

    def goings(self, words: Words, pcs: Numbers) -> list[Going]:
        """Return bl, blx, b in all its forms, cbz and cbnz."""
        found = []
        likes = (("call", 0xF800D000, 0xF000D000), ("call", 0xF800D001, 0xF000C000), ("jump", 0xF800D000, 0xF0009000))
        for kind, mask, bits in likes:
            at = np.flatnonzero(is_like(words, mask, bits))
            base = pcs[at] + 4 & (~3 if bits == 0xF000C000 else ~0)
            found.append(Going(kind, at, base + _distance(words[at]), 0x07FF2FFF))
        at = np.flatnonzero(is_like(words, 0xF800D000, 0xF0008000) & (field(words, 22, 4) < 14))
        found.append(Going("branch", at, pcs[at] + 4 + _nearer(words[at]), 0x043F2FFF))
        short = words < _LONG
        at = np.flatnonzero(short & is_like(words, 0xF800, 0xE000))
        found.append(Going("jump", at, pcs[at] + 4 + 2 * signed(words[at], 11), 0x7FF))
        at = np.flatnonzero(short & is_like(words, 0xF000, 0xD000) & (field(words, 8, 4) < 14))
        found.append(Going("branch", at, pcs[at] + 4 + 2 * signed(words[at], 8), 0xFF))
        at = np.flatnonzero(short & is_like(words, 0xF500, 0xB100))
        ahead = (field(words[at], 3, 5) * 2 + field(words[at], 9, 1) * 64).astype(np.int64)
        found.append(Going("branch", at, pcs[at] + 4 + ahead, 0x2F8))
        return found

    def stops(self, words: Words) -> Flags:
        """Say which jump, return or trap, but for those under a condition."""
        short = words < _LONG
        returns = is_like(words, 0xFF87, 0x4700) | is_like(words, 0xFF00, 0xBD00) | is_like(words, 0xFF87, 0x4687)
        narrow = short & (returns | is_like(words, 0xF800, 0xE000) | is_like(words, 0xFF00, 0xDE00))
        pops = is_like(words, 0xFFD08000, 0xE8908000) | is_like(words, 0xFF7FF000, 0xF85DF000)
        jumps = is_like(words, 0xF800D000, 0xF0009000) | is_like(words, 0xFFFFFFE0, 0xE8DFF000)
        found: Flags = (narrow | pops | jumps | is_like(words, 0xFFF0F000, 0xF7F0A000)) & ~_conditional(words)
        return found

    def fills(self, words: Words) -> Flags:
        """Say which are nop."""
        found: Flags = np.isin(words, (0xBF00, 0x46C0, 0, 0xF3AF8000))
        return found

    def pools(self, words: Words) -> Flags:
        """Say which words are literals."""
        found: Flags = words == DATA
        return found

    def opens(self, words: Words) -> Flags:
        """Say which push the return address with other registers."""
        narrow = (words < _LONG) & is_like(words, 0xFF00, 0xB500)
        return narrow | is_like(words, 0xFFFFE000, 0xE92D4000)

    def named(self, words: Words, pcs: Numbers, owner: Places, masked: Words) -> tuple[list[Rows], list[Rows]]:
        """Follow literals and pairs of movw and movt, alone or added to pc or to the global offset table."""
        at, place = self._pool
        pools = Pools(self.layout, pcs + 4, owner)
        pools.loads(at, self._registers, self._content, place)
        low = np.flatnonzero(is_like(words, 0xFBF08000, 0xF2400000))
        high = np.flatnonzero(is_like(words, 0xFBF08000, 0xF2C00000))
        pools.pairs(
            (low, field(words[low], 8, 4), _half(words[low])), (high, field(words[high], 8, 4), _half(words[high]))
        )
        adds = np.flatnonzero((words < _LONG) & is_like(words, 0xFF78, 0x4478))  # add rd, pc
        pools.added(adds, words[adds] & np.uint32(7) | field(words[adds], 7, 1) << np.uint32(3))
        tables = np.flatnonzero((words < _LONG) & is_like(words, 0xFE00, 0x5800))  # ldr rt, [rn, rm]
        wide = np.flatnonzero(is_like(words, 0xFFF00FF0, 0xF8500000))
        pools.table(tables, field(words[tables], 6, 3))
        pools.table(wide, field(words[wide], 0, 4))
        near = np.flatnonzero((words < _LONG) & is_like(words, 0xF800, 0xA000))  # adr
        pools.references.append((near, ((pcs[near] + 4) & ~3) + 4 * field(words[near], 0, 8).astype(np.int64)))
        pools.rest()
        self._moving = pools.moving
        masked[pools.halves] &= np.uint32(0xFBF08F00)
        return pools.references, []

    def turns(self, words: Words) -> Flags:
        """Say which jump to where a register says, but not back to a caller."""
        jumps = (words < _LONG) & (is_like(words, 0xFF87, 0x4700) | is_like(words, 0xFF87, 0x4687))
        jumps &= (words != 0x4770) & (words != 0x46F7)
        found: Flags = jumps | is_like(words, 0xFFFFFFE0, 0xE8DFF000) | is_like(words, 0xFFF0F000, 0xF850F000)
        return found

    def cases(self, _stretch: Stretch, _words: Words, _pcs: Numbers) -> Numbers:
        """Return where tables of bytes or halves lead."""
        return self._led

    def constants(self, words: Words, _owner: Places) -> list[Rows]:
        """Return what cmp and mov with an immediate name, movw with movt, and literals that move not."""
        narrow = np.flatnonzero((words < _LONG) & (is_like(words, 0xF000, 0x2000)))
        wide = np.flatnonzero(is_like(words, 0xFBF08F00, 0xF1B00F00) | is_like(words, 0xFBEF8000, 0xF04F0000))
        low = np.flatnonzero(is_like(words, 0xFBF08000, 0xF2400000))
        at, place = self._pool
        still = ~np.isin(place, self._moving)
        return [
            (narrow, field(words[narrow], 0, 8).astype(np.int64)),
            (wide, _expanded(words[wide])),
            (low, _half(words[low])),
            (at[still], signed(self._content[still], 32)),
        ]

    def kinds(self, words: Words) -> Words:
        """Return the upper bits: of short ones seven, of long ones eleven and whether it is a branch."""
        branch = is_like(words, 0xF8008000, 0xF0008000)
        long = np.where(branch, np.uint32(0xF000) | field(words, 12, 3), words >> np.uint32(20))
        return np.where(words < _LONG, words >> np.uint32(9), long)


def _read(halves: Words, sizes: Bytes, span: tuple[list[int], list[int]], length: int) -> tuple[Places, Words]:
    marks = walked(sizes, *span)[:length]
    at = np.flatnonzero(marks).astype(np.int32)
    first, second = halves[at // 2], halves[np.minimum(at // 2 + 1, len(halves) - 1)]
    long = (first >> np.uint32(11)) >= 0x1D
    return at, np.where(long, first << np.uint32(16) | second, first)


def _literals(words: Words, pcs: Numbers, stretch: Stretch) -> tuple[NDArray[np.intp], Numbers, Words]:
    """Return which load a literal, where in the stretch it stands, and the register that takes it."""
    narrow = np.flatnonzero((words < _LONG) & is_like(words, 0xF800, 0x4800))
    wide = np.flatnonzero(is_like(words, 0xFF7F0000, 0xF85F0000) & (field(words, 12, 4) != 15))
    at = np.concatenate([narrow, wide])
    up = np.where(is_like(words[wide], 0x00800000, 0x00800000), 1, -1)
    offset = np.append(4 * field(words[narrow], 0, 8).astype(np.int64), up * field(words[wide], 0, 12).astype(np.int64))
    place = ((pcs[at] + 4) & ~3) + offset - stretch.address
    register = np.append(field(words[narrow], 8, 3), field(words[wide], 12, 4)).astype(np.uint32)
    good = (place >= 0) & (place + 4 <= len(stretch.data)) & (place % 2 == 0)
    return at[good], place[good], register[good]


def _skip_tables(sizes: Bytes, data: Bytes, at: Places, words: Words) -> Numbers:
    """Make the tables behind tbb and tbh data, as long as the comparison before says; return where they lead."""
    found = [np.zeros(0, np.int64)]
    for mask, bits, width in _TABLES:
        for place in np.flatnonzero(is_like(words, mask, bits)).tolist():
            register = int(words[place]) & 15
            before = words[max(0, place - 5) : place]
            compares = before[(before & np.uint32(0xFF00)) == (0x2800 | register << 8)]
            compares = compares[compares < _LONG]
            if not len(compares):
                continue
            low, count = int(at[place]) + 4, (int(compares[-1]) & 0xFF) + 1
            sizes[low : low + (count * width + 1 & ~1)] = 2
            raw = data[low : low + count * width]
            steps = raw if width == 1 else raw[: len(raw) // 2 * 2].view("<u2")
            found.append(low + 2 * steps.astype(np.int64))
    return np.concatenate(found)


def _conditional(words: Words) -> Flags:
    """Say which stand in an if-then block: up to four behind `it`, as its lowest set bit says."""
    it = np.flatnonzero((words < _LONG) & is_like(words, 0xFF00, 0xBF00) & ~is_like(words, 0x000F, 0))
    bits = words[it] & np.uint32(15)
    count = np.select([bits & 1 > 0, bits & 2 > 0, bits & 4 > 0], [4, 3, 2], 1)
    found = np.zeros(len(words) + 5, np.bool_)
    for step in range(1, 5):
        found[it[count >= step] + step] = True
    return found[: len(words)]


def _distance(words: Words) -> Numbers:
    """Return how far bl and b.w go (T4 of B, T1 of BL)."""
    sign = field(words, 26, 1)
    first, second = ~(field(words, 13, 1) ^ sign) & np.uint32(1), ~(field(words, 11, 1) ^ sign) & np.uint32(1)
    bits = (sign << 24) | (first << 23) | (second << 22) | (field(words, 16, 10) << 12) | (field(words, 0, 11) << 1)
    return signed(bits, 25)


def _nearer(words: Words) -> Numbers:
    """Return how far a wide branch under a condition goes (T3 of B)."""
    bits = (field(words, 26, 1) << 20) | (field(words, 11, 1) << 19) | (field(words, 13, 1) << 18)
    return signed(bits | (field(words, 16, 6) << 12) | (field(words, 0, 11) << 1), 21)


def _half(words: Words) -> Numbers:
    bits = (field(words, 16, 4) << 12) | (field(words, 26, 1) << 11) | (field(words, 12, 3) << 8) | field(words, 0, 8)
    return bits.astype(np.int64)


def _expanded(words: Words) -> Numbers:
    """Return an immediate of 12 bits as Thumb expands it."""
    twelve = ((field(words, 26, 1) << 11) | (field(words, 12, 3) << 8) | field(words, 0, 8)).astype(np.int64)
    byte, kind, turn = twelve & 0xFF, (twelve >> 8) & 3, (twelve >> 7) & 31
    spread = np.select([kind == 0, kind == 1, kind == 2], [byte, byte * 0x10001, byte * 0x1000100], byte * 0x1010101)
    one = (twelve & 0x7F) | 0x80
    rotated = ((one >> turn) | (one << (32 - turn))) & 0xFFFFFFFF
    return signed(np.where(twelve < 0x400, spread, rotated), 32)
