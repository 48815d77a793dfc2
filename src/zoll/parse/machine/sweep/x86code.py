"""Lengths and fields of x86 instructions for many offsets at once (Intel SDM volume 2, chapter 2 and appendix A).

Every byte offset is taken as the first byte of an instruction; which offsets really are one is found by walking.
"""

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.columns import Bytes

# what follows the operation's bytes: bits of a form
MODRM, BYTE, WORD, LONG, OFFSET, WIDE, GROUP, BAD = 1, 2, 4, 8, 16, 32, 64, 128
_LONGEST = 15
_STEP = 1 << 16  # offsets decoded at one time


def _runs(table: Bytes, form: int, *spans: tuple[int, int]) -> None:
    for first, last in spans:
        table[first : last + 1] = form


def _one(wide: bool) -> Bytes:
    """Return the form of each operation of one byte; `wide` for 64-bit code."""
    table = np.zeros(256, np.uint8)
    for row in range(0, 0x40, 8):
        _runs(table, MODRM, (row, row + 3))
        table[row + 4], table[row + 5] = BYTE, LONG
    _runs(table, MODRM, (0x62, 0x63), (0x84, 0x8F), (0xC4, 0xC5), (0xD0, 0xD3), (0xD8, 0xDF), (0xFE, 0xFF))
    _runs(table, BYTE, (0x6A, 0x6A), (0x70, 0x7F), (0xA8, 0xA8), (0xB0, 0xB7), (0xCD, 0xCD), (0xE0, 0xE7), (0xEB, 0xEB))
    _runs(table, LONG, (0x68, 0x68), (0xA9, 0xA9), (0xE8, 0xE9))
    _runs(table, MODRM | BYTE, (0x6B, 0x6B), (0x80, 0x80), (0x82, 0x83), (0xC0, 0xC1), (0xC6, 0xC6))
    _runs(table, MODRM | LONG, (0x69, 0x69), (0x81, 0x81), (0xC7, 0xC7))
    _runs(table, OFFSET, (0xA0, 0xA3))
    _runs(table, LONG | WIDE, (0xB8, 0xBF))
    _runs(table, MODRM | GROUP, (0xF6, 0xF7))
    table[0xC2] = table[0xCA] = WORD
    table[0xC8] = WORD | BYTE
    table[0xD4], table[0xD5], table[0x9A], table[0xEA] = BYTE, BYTE, LONG | WORD, LONG | WORD
    if wide:
        gone = (
            0x06,
            0x07,
            0x0E,
            0x16,
            0x17,
            0x1E,
            0x1F,
            0x27,
            0x2F,
            0x37,
            0x3F,
            0x60,
            0x61,
            0x82,
            0x9A,
            0xD4,
            0xD5,
            0xEA,
        )
        table[list(gone)] = BAD
    return table


def _two() -> Bytes:
    """Return the form of each operation after 0F."""
    table = np.full(256, MODRM, np.uint8)
    plain = (0x05, 0x06, 0x07, 0x08, 0x09, 0x0B, 0x0E, 0x77, 0xA0, 0xA1, 0xA2, 0xA8, 0xA9, 0xAA)
    table[[*plain, *range(0x30, 0x38), *range(0xC8, 0xD0)]] = 0
    table[[0x0F, 0x70, 0x71, 0x72, 0x73, 0xA4, 0xAC, 0xBA, 0xC2, 0xC4, 0xC5, 0xC6]] = MODRM | BYTE
    table[0x80:0x90] = LONG
    table[[0x04, 0x0A, 0x0C, 0x24, 0x25, 0x26, 0x27, 0x36, 0x39, 0x3B, 0x3C, 0x3D, 0x3E, 0x3F, 0xA6, 0xA7]] = BAD
    return table


# operations of the first map take 256 rows, then 0F, 0F 38 and 0F 3A
_FORMS = {
    wide: np.concatenate([_one(wide), _two(), np.full(256, MODRM, np.uint8), np.full(256, MODRM | BYTE, np.uint8)])
    for wide in (False, True)
}
for _form in _FORMS.values():
    _form[256 + 0x38] = _form[256 + 0x3A] = BAD  # stand for maps of their own
_LEGACY = (0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3)
_PREFIX = {wide: np.zeros(256, np.bool_) for wide in (False, True)}
for _wide, _is in _PREFIX.items():
    _is[list(_LEGACY)] = True
    _is[0x40:0x50] = _wide


class Fields:
    """Columns of instructions: `size`, `operation` (row of the table of forms), and where its fields stand.

    `modrm` (the byte, 0 where none), `displaced` and `moved` (place and size of the displacement), `valued` and
    `immediate` (place and size of the immediate), all places counted from the first byte. `narrow`: prefix 66.
    """

    __slots__ = ("displaced", "form", "immediate", "modrm", "moved", "narrow", "operation", "sib", "size", "valued")

    size: NDArray[np.int32]
    operation: NDArray[np.int32]
    form: Bytes
    modrm: Bytes
    sib: Bytes
    displaced: NDArray[np.int32]
    moved: NDArray[np.int32]
    valued: NDArray[np.int32]
    immediate: NDArray[np.int32]
    narrow: NDArray[np.bool_]


class Code:
    """Bytes of code, with room behind them so that no field of the last instruction runs out of them."""

    def __init__(self, data: Bytes, wide: bool) -> None:
        self.data = np.concatenate([data, np.zeros(32, np.uint8)])
        self.wide, self.length = wide, len(data)
        places = np.arange(len(self.data), dtype=np.int32)
        bare = np.where(_PREFIX[wide][self.data], np.int32(len(self.data) - 16), places)
        nearest = np.minimum.accumulate(bare[::-1])[::-1]
        self._bare = np.minimum(nearest, places + _LONGEST - 1).astype(np.int32)

    def fields(self, at: NDArray[np.int32]) -> Fields:
        """Decode the instructions at places."""
        data, found = self.data, Fields()
        begun = self._bare[at]
        found.narrow, short = self._prefixed(at, begun)
        before = data[np.maximum(begun - 1, 0)]
        rex = np.where((begun > at) & ((before & 0xF0) == 0x40) & self.wide, before, 0).astype(np.uint8)
        found.operation, behind = self._operation(begun)
        found.form = _FORMS[self.wide][found.operation]
        has = (found.form & MODRM) != 0
        found.modrm = np.where(has, data[behind], 0).astype(np.uint8)
        self._memory(found, behind, has, short)
        self._immediate(found, rex, short)
        found.size = np.minimum(found.valued + found.immediate - at, _LONGEST).astype(np.int32)
        return found

    def _prefixed(self, at: NDArray[np.int32], begun: NDArray[np.int32]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Say which have the prefixes for another size of operands (66) and of addresses (67)."""
        narrow, short = np.zeros(len(at), np.bool_), np.zeros(len(at), np.bool_)
        which = np.flatnonzero(begun > at)
        place, last = at[which], begun[which]
        while len(which):
            byte = self.data[place]
            narrow[which[byte == 0x66]] = True
            short[which[byte == 0x67]] = True
            place = place + 1
            more = place < last
            which, place, last = which[more], place[more], last[more]
        return narrow, short

    def _operation(self, begun: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Return each operation's row and the place behind its bytes."""
        data = self.data
        operation = data[begun].astype(np.int32)
        behind = begun + 1
        two = np.flatnonzero(operation == 0x0F)
        second = data[begun[two] + 1]
        row = 256 + second.astype(np.int32)
        third = (second == 0x38) | (second == 0x3A)
        row = np.where(third, np.where(second == 0x38, np.int32(512), np.int32(768)) + data[begun[two] + 2], row)
        operation[two] = row
        behind[two] += 1 + third
        self._vector(begun, operation, behind)
        return operation, behind

    def _vector(self, begun: NDArray[np.int32], operation: NDArray[np.int32], behind: NDArray[np.int32]) -> None:
        """Take the prefixes of AVX: C5 (one more byte), C4 (two), 62 (three); in 32-bit code only before a register."""
        data = self.data
        for lead, more, bits in ((0xC5, 1, 0), (0xC4, 2, 0x1F), (0x62, 3, 7)):
            at = np.flatnonzero(operation == lead)
            if not self.wide:
                at = at[data[begun[at] + 1] >= 0xC0]
            map_ = np.minimum(data[begun[at] + 1] & bits, 3).astype(np.int32) if bits else np.full(len(at), 1)
            map_ = np.where(map_ == 0, 1, map_)  # no such map; any length will do
            operation[at] = map_ * 256 + data[begun[at] + 1 + more]
            behind[at] += more + 1

    def _memory(
        self, found: Fields, behind: NDArray[np.int32], has: NDArray[np.bool_], short: NDArray[np.bool_]
    ) -> None:
        """Find scale byte and displacement."""
        mode, low = found.modrm >> 6, found.modrm & 7
        scaled = has & (mode != 3) & (low == 4)
        old = has & short & (not self.wide)
        found.sib = np.where(scaled, self.data[behind + 1], 0).astype(np.uint8)
        bare = has & (mode == 0) & ((low == 5) | (scaled & ((found.sib & 7) == 5)))
        moved = np.where(has & (mode == 1), 1, np.where((has & (mode == 2)) | bare, 4, 0))
        sixteen = np.where(mode == 1, 1, np.where((mode == 2) | ((mode == 0) & (low == 6)), 2, 0))
        found.moved = np.where(old, sixteen, moved).astype(np.int32)
        found.displaced = behind + has + (scaled & ~old)

    def _immediate(self, found: Fields, rex: Bytes, short: NDArray[np.bool_]) -> None:
        form, wide = found.form, (rex & 8) != 0
        long = np.where(found.narrow & ~wide, 2, 4)
        if self.wide:
            near = (found.operation == 0xE8) | (found.operation == 0xE9) | ((found.operation & ~0xF) == 0x180)
            long = np.where(near, 4, long)  # near branches stay 32 bits wide in 64-bit code
        long = np.where(((form & WIDE) != 0) & wide, 8, long)
        size = np.where((form & LONG) != 0, long, 0)
        size = size + ((form & BYTE) != 0) + 2 * ((form & WORD) != 0)
        offset = np.where(short, 4, 8) if self.wide else np.where(short, 2, 4)
        size = np.where((form & OFFSET) != 0, offset, size)
        test = ((form & GROUP) != 0) & ((found.modrm & 0x38) < 0x10)
        size = np.where(test, np.where(found.operation == 0xF6, 1, long), size)
        found.immediate = size.astype(np.int32)
        found.valued = found.displaced + found.moved

    def values(self, at: NDArray[np.int32], size: int) -> NDArray[np.int64]:
        """Return little-endian numbers with a sign that stand at places."""
        value = np.zeros(len(at), np.int64)
        for byte in range(size):
            value |= self.data[at + byte].astype(np.int64) << (8 * byte)
        shift = 64 - 8 * size
        return (value << shift) >> shift


def lengths(data: Bytes, wide: bool) -> Bytes:
    """Return how long the instruction at every offset is; at least 1."""
    found = np.ones(len(data), np.uint8)
    for low in range(0, len(data), _STEP):
        code = Code(data[low : low + _STEP + _LONGEST], wide)
        at = np.arange(min(_STEP, len(data) - low), dtype=np.int32)
        found[low : low + len(at)] = code.fields(at).size
    return found


def walked(lengths: Bytes, starts: list[int], ends: list[int]) -> Bytes:
    """Mark with 1 where instructions begin, from each start on to its end."""
    marks, sizes = bytearray(len(lengths)), lengths.tobytes()
    for start, end in zip(starts, ends, strict=True):
        at = start
        while at < end:
            marks[at] = 1
            at += sizes[at]
    return np.frombuffer(marks, np.uint8)
