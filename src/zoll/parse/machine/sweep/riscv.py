"""Sweep over RISC-V code, compressed or not (RISC-V unprivileged specification, volume I, chapters 2 and 16)."""

import numpy as np

from zoll.parse.machine.columns import Bytes, Flags, Layout, Places, Rows, Stretch, signed
from zoll.parse.machine.image import Numbers
from zoll.parse.machine.sweep.words import Fixed, Going, Indices, Words, field, is_like, setters
from zoll.parse.machine.sweep.x86code import walked

_AUIPC, _LUI, _JALR, _ADDI, _LOAD, _STORE = 0x17, 0x37, 0x67, 0x13, 0x03, 0x23
_FLOAT_LOAD, _FLOAT_STORE, _BRANCH, _JAL = 0x07, 0x27, 0x63, 0x6F
_GP, _SP = 3, 2


class Riscv(Fixed):
    """RISC-V's words of two and four bytes; the upper half of a short one is zero here."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self._gp = layout.image.global_pointer

    def cut(self, stretch: Stretch, starts: Numbers, ends: Numbers) -> tuple[Places, Words]:
        """Return where words begin and what they are: the lowest two bits say how long each is."""
        data = np.append(stretch.data, np.zeros(4, np.uint8))
        sizes = np.where((stretch.data & 3) == 3, 4, 2).astype(np.uint8)
        marks = walked(sizes, (starts - stretch.address).tolist(), (ends - stretch.address).tolist())
        at = np.flatnonzero(marks[: len(stretch.data)]).astype(np.int32)
        words = data[at].astype(np.uint32) | data[at + 1].astype(np.uint32) << np.uint32(8)
        long = sizes[at] == 4
        upper = data[at + 2].astype(np.uint32) << np.uint32(16) | data[at + 3].astype(np.uint32) << np.uint32(24)
        return at, np.where(long, words | upper, words)

    def restored(self, stretch: Stretch, at: Places, masked: Words) -> Bytes:
        """Return the bytes with masked words put back."""
        data = np.append(stretch.data, np.zeros(4, np.uint8))
        sizes = np.where((data[at] & 3) == 3, 4, 2)
        for byte in range(4):
            kept = sizes > byte
            data[at[kept] + byte] = (masked[kept] >> np.uint32(8 * byte)).astype(np.uint8)
        return data[: len(stretch.data)]

    def goings(self, words: Words, pcs: Numbers) -> list[Going]:
        """Return jal, its short forms, conditional branches, and pairs of auipc and jalr."""
        found = []
        for kind, like in (("call", (0xFFF, 0xEF)), ("jump", (0xFFF, 0x6F)), ("call", (0xFFF, 0x2EF))):
            at = np.flatnonzero(is_like(words, *like))
            found.append(Going(kind, at, pcs[at] + _far(words[at]), 0xFFFFF000))
        at = np.flatnonzero(is_like(words, 0xFFFFE003, 0xA001))
        found.append(Going("jump", at, pcs[at] + _short(words[at]), 0x1FFC))
        at = np.flatnonzero(is_like(words, 0x7F, _BRANCH))
        found.append(Going("branch", at, pcs[at] + _conditional(words[at]), 0xFE000F80))
        at = np.flatnonzero(is_like(words, 0xFFFFC003, 0xC001))
        found.append(Going("branch", at, pcs[at] + _compressed(words[at]), 0x1C7C))
        return [*found, *_pairs(words, pcs)]

    def stops(self, words: Words) -> Flags:
        """Say which are jumps, to a place or a register, or traps."""
        register = is_like(words, 0xFFF, _JALR) | is_like(words, 0xFFFFF07F, 0x8002)  # jalr to zero, c.jr
        jumps = register | is_like(words, 0xFFF, 0x6F) | is_like(words, 0xFFFFE003, 0xA001)
        traps: Flags = np.isin(words, (0x9002, 0x100073, 0, 0xC0001073))
        return jumps | traps

    def fills(self, words: Words) -> Flags:
        """Say which are nop or zero."""
        found: Flags = np.isin(words, (0x00000013, 1, 0))
        return found

    def opens(self, words: Words) -> Flags:
        """Say which make room on the stack: addi sp, sp, -n in its three forms."""
        large = is_like(words, 0xFFFFFF83, 0x7101) & is_like(words, 0x1000, 0x1000)  # c.addi16sp
        small = is_like(words, 0xFFFFFF83, 0x1101)  # c.addi
        return large | small | is_like(words, 0x800FFFFF, 0x80010113)

    def turns(self, words: Words) -> Flags:
        """Say which jump to where a register says, but not back to a caller."""
        jumps = is_like(words, 0xFFF, _JALR) & ~is_like(words, 0xF8000, 0x8000)
        return jumps | (is_like(words, 0xFFFFF07F, 0x8002) & ~is_like(words, 0xF80, 0x80))

    def named(self, words: Words, pcs: Numbers, owner: Places, masked: Words) -> tuple[list[Rows], list[Rows]]:
        """Follow auipc and lui to what adds to them, and what is reached through the global pointer."""
        does = words & np.uint32(0x7F)
        high = np.flatnonzero((does == _AUIPC) | (does == _LUI))
        base = (signed(words[high] >> np.uint32(12), 20) << 12) + np.where(does[high] == _AUIPC, pcs[high], 0)
        relative = does[high] == _AUIPC
        masked[high[relative]] &= np.uint32(0xFFF)
        store = (does == _STORE) | (does == _FLOAT_STORE)
        adds = ((does == _ADDI) & (field(words, 12, 3) == 0)) | (does == _LOAD) | (does == _FLOAT_LOAD) | store
        users = np.flatnonzero(adds)
        from_register = field(words[users], 15, 5)
        good, which = setters((high, field(words[high], 7, 5)), (users, from_register), owner)
        low = np.where(store[users], _stored(words[users]), signed(words[users] >> np.uint32(20), 12))
        target = base[which[good]] + low[good] if len(high) else np.zeros(0, np.int64)
        moves = relative[which[good]] | self.layout.named(target) if len(high) else np.zeros(0, np.bool_)
        self._mask(masked, users[good][moves], store)
        masked[high[which[good][moves]]] &= np.uint32(0xFFF)
        through = users[(from_register == _GP) & ~good]
        self._mask(masked, through, store)
        offset = low[(from_register == _GP) & ~good]
        reached = (through, self._gp + offset) if self._gp else (through[:0], offset[:0])
        return [(users[good][moves], target[moves]), reached], []

    @staticmethod
    def _mask(masked: Words, at: Indices, store: Flags) -> None:
        masked[at] &= np.where(store[at], np.uint32(0x01FFF07F), np.uint32(0x000FFFFF))

    def constants(self, words: Words, _owner: Places) -> list[Rows]:
        """Return what li names, alone or behind lui."""
        loaded = np.flatnonzero(is_like(words, 0xFF07F, _ADDI) | is_like(words, 0x707F, 0x4013))
        short = np.flatnonzero((words < 0x10000) & is_like(words, 0xE003, 0x4001))
        high = np.flatnonzero(is_like(words, 0x7F, _LUI))
        value = signed(words[high] >> np.uint32(12), 20) << 12
        for step in (1, 2, 3):
            at = np.minimum(high + step, len(words) - 1)
            adds = is_like(words[at], 0x707F, _ADDI) | is_like(words[at], 0x707F, 0x1B)
            same = adds & (field(words[at], 15, 5) == field(words[high], 7, 5))
            value = np.where(same, value + signed(words[at] >> np.uint32(20), 12), value)
        kept = ~self.layout.named(value)
        tiny = signed((field(words[short], 12, 1) << np.uint32(5)) | field(words[short], 2, 5), 6)
        return [(loaded, signed(words[loaded] >> np.uint32(20), 12)), (short, tiny), (high[kept], value[kept])]

    def kinds(self, words: Words) -> Words:
        """Return the operation with its second part; the short forms by their upper bits."""
        does = words & np.uint32(0x7F)
        upper = (does == _AUIPC) | (does == _LUI) | (does == _JAL)  # whose immediate begins at bit 12
        long = np.where(upper, does, does | field(words, 12, 3) << np.uint32(7))
        register = (does == 0x33) | (does == 0x3B)
        long = np.where(register, long | field(words, 25, 7) << np.uint32(10), long)
        short = (words & np.uint32(3)) | field(words, 13, 3) << np.uint32(2) | np.uint32(1 << 20)
        return np.where((words & np.uint32(3)) == 3, long, short)


def _far(words: Words) -> Numbers:
    bits = (field(words, 31, 1) << 20) | (field(words, 12, 8) << 12) | (field(words, 20, 1) << 11)
    return signed(bits | (field(words, 21, 10) << 1), 21)


def _conditional(words: Words) -> Numbers:
    bits = (field(words, 31, 1) << 12) | (field(words, 7, 1) << 11) | (field(words, 25, 6) << 5)
    return signed(bits | (field(words, 8, 4) << 1), 13)


def _stored(words: Words) -> Numbers:
    return signed((field(words, 25, 7) << 5) | field(words, 7, 5), 12)


def _short(words: Words) -> Numbers:
    """Return the distance of c.j: bits 11, 4, 9, 8, 10, 6, 7, 3, 2, 1, 5 of it stand at 12 down to 2."""
    distance = np.zeros(len(words), np.uint32)
    for place, bit in zip(range(12, 1, -1), (11, 4, 9, 8, 10, 6, 7, 3, 2, 1, 5), strict=True):
        distance |= field(words, place, 1) << np.uint32(bit)
    return signed(distance, 12)


def _compressed(words: Words) -> Numbers:
    """Return the distance of c.beqz and c.bnez."""
    distance = np.zeros(len(words), np.uint32)
    for place, bit in ((12, 8), (11, 4), (10, 3), (6, 7), (5, 6), (4, 2), (3, 1), (2, 5)):
        distance |= field(words, place, 1) << np.uint32(bit)
    return signed(distance, 9)


def _pairs(words: Words, pcs: Numbers) -> list[Going]:
    """Return auipc followed by jalr through the same register: a call, or a jump where nothing is kept."""
    auipc = np.flatnonzero(is_like(words[:-1], 0x7F, _AUIPC)) if len(words) else np.zeros(0, np.intp)
    after = words[auipc + 1] if len(auipc) else words[:0]
    same = is_like(after, 0x707F, _JALR) & (field(after, 15, 5) == field(words[auipc], 7, 5))
    at = auipc[same]
    target = pcs[at] + (signed(words[at] >> np.uint32(12), 20) << 12) + signed(after[same] >> np.uint32(20), 12)
    keeps = field(after[same], 7, 5) != 0
    return [
        Going("call", at[keeps] + 1, target[keeps] & ~1, 0xFFF00000),
        Going("jump", at[~keeps] + 1, target[~keeps] & ~1, 0xFFF00000),
    ]
