"""Sweep over MIPS code of 32 and 64 bits, either byte order (MIPS64 Architecture, volume II; System V ABI)."""

from typing import Literal

import numpy as np

from zoll.parse.machine.columns import Flags, Flow, Layout, Places, Rows, Stretch, distances, signed
from zoll.parse.machine.image import Numbers
from zoll.parse.machine.sweep.words import Fixed, Going, Indices, Words, field, going, is_like, setters

_GP, _SP, _T9, _RA = 28, 29, 25, 31
_ADDIU, _DADDIU, _ORI, _LUI, _LW, _LD = 9, 25, 13, 15, 35, 55
# what adds a 16-bit number with a sign to a register: addiu, daddiu, loads and stores of all widths
_LOWS = np.zeros(64, np.bool_)
_LOWS[[_ADDIU, _DADDIU, *range(26, 28), *range(32, 47), 48, 49, 53, 55, 56, 57, 61, 63]] = True
_UNKNOWN = np.int64(-(1 << 62))  # no address
_LARGEST = (1 << 62) - 1
# what writes the register in bits 20 to 16
_TO_SECOND = np.zeros(64, np.bool_)
_TO_SECOND[[*range(8, 16), 24, 25, 26, 27, *range(32, 40), 55]] = True


class Mips(Fixed):
    """MIPS words; the word behind a branch still runs."""

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self._gp = layout.image.global_pointer
        self._narrow: Literal["big", "little"] = "big" if layout.image.big else "little"
        self._loads = _LD if layout.image.bits == 64 else _LW

    def survey(self, stretch: Stretch, sure: Numbers, thorough: bool) -> Flow:
        """Return where control goes, and learn the global pointer on the way."""
        _, words = self.cut(stretch, sure, sure)
        self._gp = self._gp or _global_pointer(words, stretch.address)
        return super().survey(stretch, sure, thorough)

    def goings(self, words: Words, pcs: Numbers) -> list[Going]:
        """Return jal, j, bal and the branches."""
        found = []
        for kind, bits in (("call", 0x0C000000), ("jump", 0x08000000)):
            at = np.flatnonzero(is_like(words, 0xFC000000, bits))
            found.append(Going(kind, at, ((pcs[at] + 4) & ~0xFFFFFFF) | (field(words[at], 0, 26) << 2), 0x3FFFFFF))
        likes = [(0xFFFF0000, 0x04110000, "call"), (0xFFFF0000, 0x10000000, "jump"), (0xFC1C0000, 0x04000000, "branch")]
        likes += [(0xFC000000, one << 26, "branch") for one in (5, 6, 7, 20, 21, 22, 23)]
        likes += [(0xFC000000, 0x10000000, "branch"), (0xFFE00000, 0x45000000, "branch")]
        for mask, bits, kind in likes:
            one = going(words, pcs + 4, kind, (mask, bits), (0, 16))
            if (mask, bits) == (0xFC000000, 0x10000000):  # beq of a register with itself is a jump
                kept = words[one.at] >> np.uint32(16) != 0x1000
                one = Going(kind, one.at[kept], one.target[kept], one.bits)
            found.append(one)
        return found

    def stops(self, words: Words) -> Flags:
        """Say which stand behind jr, j or b; and breaks."""
        jumps = is_like(words, 0xFC1FFFFF, 0x00000008) | is_like(words, 0xFC1FF83F, 0x00000009)  # jr; jalr to zero
        jumps |= is_like(words, 0xFC000000, 0x08000000) | is_like(words, 0xFFFF0000, 0x10000000)
        return np.append(False, jumps)[: len(jumps)]

    def fills(self, words: Words) -> Flags:
        """Say which are nop, but not behind a branch."""
        first, second = words >> np.uint32(26), field(words, 16, 5)
        moves = np.isin(first, (2, 3, 4, 5, 6, 7, 17, 20, 21, 22, 23)) | ((first == 1) & ((second & 12) == 0))
        moves |= (first == 0) & ((words & np.uint32(0x3E)) == 8)  # jr, jalr
        found: Flags = (words == 0) & ~np.append(False, moves)[: len(moves)]
        return found

    def called(self, words: Words, _called: Flags) -> Flags:
        """Say which are the words behind calls."""
        calls = is_like(words, 0xFC000000, 0x0C000000) | is_like(words, 0xFFFF0000, 0x04110000)
        calls |= is_like(words, 0xFC1F003F, 0x00000009) & ~is_like(words, 0xF800, 0)
        return np.append(False, calls)[: len(calls)]

    def marks(self, words: Words) -> Flags:
        """Say which set a register from t9 and a distance: t9 holds the function's own address."""
        register, behind = field(words, 16, 5), np.append(words, np.zeros(2, np.uint32))[1:]
        found = np.zeros(len(words), np.bool_)
        for step in (0, 1):
            then = behind[step : step + len(words)]
            adds = is_like(then, 0xFC0007FF, 0x00000021) | is_like(then, 0xFC0007FF, 0x0000002D)
            own = (field(then, 11, 5) == register) & ((field(then, 16, 5) == _T9) | (field(then, 21, 5) == _T9))
            found |= adds & own & ((field(then, 21, 5) == register) | (field(then, 16, 5) == register))
        # the older call convention does so first of all; of 64 bits a frame may come before
        return found & is_like(words, 0xFFE00000, 0x3C000000) & (self.image.bits == 32)

    def opens(self, words: Words) -> Flags:
        """Say which set the global pointer from t9, or make room on the stack just behind a stop."""
        following = np.append(words, np.uint32(0))[1:]
        pointer = (words >> np.uint32(16) == 0x3C1C) & np.isin(following >> np.uint32(16), (0x279C, 0x0399))
        frame = np.isin(words >> np.uint32(16), (0x27BD, 0x67BD)) & is_like(words, 0x8000, 0x8000)
        stops = self.stops(words)
        found: Flags = pointer | (frame & np.append(False, stops)[: len(stops)])
        return found

    def named(self, words: Words, _pcs: Numbers, owner: Places, masked: Words) -> tuple[list[Rows], list[Rows]]:
        """Follow lui, the global offset table and calls through t9."""
        writes = _written(words)
        finals = _set_up(words, owner, masked, writes)
        base = field(words, 21, 5)
        users = np.flatnonzero(_LOWS[words >> np.uint32(26)] & (field(words, 16, 5) != _GP))
        good, which = setters(writes, (users, base[users]), owner)
        other = good & np.isin(writes[0][which], finals) if len(finals) else np.zeros(len(users), np.bool_)
        through = users[other | (base[users] == _GP)]
        masked[through] &= np.uint32(0xFFFF0000)
        where = self._gp + signed(words[through], 16) if self._gp else np.full(len(through), _UNKNOWN)
        content = self._contents(through, where, words)
        high = np.flatnonzero(is_like(words, 0xFC000000, 0x3C000000) & (field(words, 16, 5) != _GP))
        upper = np.where(self.layout.absolute, signed(words[high], 16) << 16, _UNKNOWN)
        value, slot = np.full(len(words), _UNKNOWN), np.full(len(words), _UNKNOWN)
        value[high], value[through], slot[through] = upper, content, where
        users, target = self._followed(words, masked, value, (users[good], writes[0][which[good]]))
        adds = np.isin(words[users] >> np.uint32(26), (_ADDIU, _DADDIU))
        value[users[adds]] = target[adds]
        calls = self._called(words, owner, writes, np.where(value != _UNKNOWN, value, slot))
        return [_outer((through, where), content), (users, target)], [calls]

    def _contents(self, through: Indices, where: Numbers, words: Words) -> Numbers:
        """Return what local entries of the global offset table hold, of others that it is not known."""
        width = self.image.bits // 8
        found = np.full(len(through), _UNKNOWN)
        kept: dict[int, int] = {}
        loads = (words[through] >> np.uint32(26)) == self._loads
        for at, slot in zip(np.flatnonzero(loads).tolist(), where[loads].tolist(), strict=True):
            if slot not in kept:
                raw = b"" if slot in self.image.slots else self.image.bytes_at(slot, width)
                kept[slot] = int.from_bytes(raw, self._narrow) & _LARGEST if len(raw) == width else int(_UNKNOWN)
            found[at] = kept[slot]
        return found

    def _followed(self, words: Words, masked: Words, value: Numbers, uses: tuple[Indices, Indices]) -> Rows:
        """Add the lower halves to registers that hold an address, where the sum is one; mask both."""
        users, source = uses
        known = value[source] != _UNKNOWN
        users, source = users[known], source[known]
        target = value[source] + signed(words[users], 16)
        inside = self.layout.inside(target)
        users, source, target = users[inside], source[inside], target[inside]
        masked[users] &= np.uint32(0xFFFF0000)
        masked[source] &= np.uint32(0xFFFF0000)
        return users, target

    def _called(self, words: Words, owner: Places, writes: tuple[Indices, Words], value: Numbers) -> Rows:
        """Return where jumps and calls through t9 go."""
        calls = np.flatnonzero(
            is_like(words, 0xFFE0003F, (_T9 << 21) | 9) | is_like(words, 0xFFE0003F, (_T9 << 21) | 8)
        )
        good, which = setters(writes, (calls, np.full(len(calls), _T9, np.uint32)), owner)
        calls, target = calls[good], value[writes[0][which[good]]]
        known = self.layout.inside(target)
        return calls[known], target[known]

    def turns(self, words: Words) -> Flags:
        """Say which jump to where a register says, but not back to a caller."""
        jumps = is_like(words, 0xFC1FFFFF, 0x00000008) & ~is_like(words, 0x03E00000, 0x03E00000)
        return np.append(False, jumps)[: len(jumps)]

    def cases(self, stretch: Stretch, words: Words, pcs: Numbers) -> Numbers:
        """Return where tables of distances from the global pointer lead."""
        named, _ = self.named(words, pcs, np.zeros(len(words), np.int32), words.copy())
        tables = np.unique(np.concatenate([one for _, one in named]))
        tables = tables[self.layout.inside(tables) & (tables % 4 == 0)]
        return distances(self.layout, stretch, tables, np.full(len(tables), self._gp))

    def constants(self, words: Words, _owner: Places) -> list[Rows]:
        """Return what li, slti, xori and lui with ori behind it name."""
        does = words >> np.uint32(26)
        plain = (
            is_like(words, 0xFFE00000, _ADDIU << 26)
            | (does == 10)
            | (does == 11)
            | is_like(words, 0xFFE00000, 25 << 26)
        )
        loaded = np.flatnonzero(plain)
        logical = np.flatnonzero(is_like(words, 0xFFE00000, _ORI << 26) | (does == 14) | (does == 12))
        high = np.flatnonzero(is_like(words, 0xFC000000, 0x3C000000) & (field(words, 16, 5) != _GP))
        value = signed(words[high], 16) << 16
        for step in (1, 2, 3):
            at = np.minimum(high + step, len(words) - 1)
            same = field(words[at], 21, 5) == field(words[high], 16, 5)
            value = np.where(same & (words[at] >> np.uint32(26) == _ORI), value | field(words[at], 0, 16), value)
            adds = same & np.isin(words[at] >> np.uint32(26), (_ADDIU, _DADDIU))
            value = np.where(adds & ((value & 0xFFFF) == 0), value + signed(words[at], 16), value)
        kept = ~self.layout.named(value) & ~self.layout.named(value + 0x8000) & ~self.layout.named(value - 0x8000)
        return [
            (loaded, signed(words[loaded], 16)),
            (logical, field(words[logical], 0, 16).astype(np.int64)),
            (high[kept], value[kept]),
        ]

    def kinds(self, words: Words) -> Words:
        """Return the operation, and the second one of groups."""
        first = words >> np.uint32(26)
        special = (first == 0) | (first == 28) | (first == 31)
        second = np.where(special, field(words, 0, 6), np.where(first == 1, field(words, 16, 5), np.uint32(0)))
        return first * np.uint32(64) + second


def _outer(slots: Rows, content: Numbers) -> Rows:
    """Return the slots that hold names of other files, and what other slots hold, but for mere pages."""
    at, where = slots
    local = content != _UNKNOWN
    kept = ~local | ((content & 0xFFFF) != 0)
    return at[kept], np.where(local, content, where)[kept]


def _set_up(words: Words, owner: Places, masked: Words, writes: tuple[Indices, Words]) -> Indices:
    """Mask what sets a register to the global pointer: lui, (d)addu of t9, (d)addiu; return the last of them."""
    own = np.flatnonzero(is_like(words, 0xFFFF0000, 0x3C1C0000))
    masked[own] &= np.uint32(0xFFFF0000)
    sets = np.flatnonzero(np.isin(words >> np.uint32(16), (0x279C, 0x679C)))
    masked[sets] &= np.uint32(0xFFFF0000)
    adds = np.flatnonzero(is_like(words, 0xFC0007FF, 0x21) | is_like(words, 0xFC0007FF, 0x2D))
    register = field(words[adds], 11, 5)
    pair = np.stack([field(words[adds], 21, 5), field(words[adds], 16, 5)])
    good = ((pair == register).any(axis=0)) & ((pair == _T9).any(axis=0)) & (register != _T9)
    adds, register = adds[good], register[good]
    good, which = setters(writes, (adds, register), owner)
    high = writes[0][which[good]]
    high = high[is_like(words[high], 0xFC000000, 0x3C000000)]
    masked[high] &= np.uint32(0xFFFF0000)
    does = words >> np.uint32(26)
    lows = np.flatnonzero(np.isin(does, (_ADDIU, _DADDIU)) & (field(words, 16, 5) == field(words, 21, 5)))
    good, which = setters(writes, (lows, field(words[lows], 16, 5)), owner)
    finals = lows[good][np.isin(writes[0][which[good]], adds)]
    masked[finals] &= np.uint32(0xFFFF0000)
    return finals


def _written(words: Words) -> tuple[Indices, Words]:
    """Return which places write a general register, and which."""
    does = words >> np.uint32(26)
    third = np.flatnonzero((does == 0) | (does == 28))
    kept = field(words, 16, 5)
    # a register restored at a way out, which others go around, still holds what it held for them
    restored = np.isin(does, (_LW, _LD)) & (field(words, 21, 5) == _SP) & (((kept >= 16) & (kept < 24)) | (kept == 30))
    second = np.flatnonzero(_TO_SECOND[does] & ~restored)
    places = np.concatenate([third, second])
    registers = np.concatenate([field(words[third], 11, 5), field(words[second], 16, 5)])
    return places, registers


def _global_pointer(words: Words, address: int) -> int:
    """Return what functions set the global pointer to, most of them; 0 where none does."""
    high = np.flatnonzero(is_like(words, 0xFFFF0000, 0x3C1C0000))
    high = high[high + 2 < len(words)]
    found = []
    for first, second, own in ((1, 2, True), (2, 1, True), (1, 1, False)):
        adds = np.isin(words[high + first] >> np.uint32(16), (0x279C, 0x679C))
        joined = (words[high + second] & np.uint32(0xFFFFFFC0)) == 0x0399E000  # (d)addu gp, gp, t9
        value = (signed(words[high], 16) << 16) + signed(words[high + first], 16)
        value = value + (address + 4 * high if own else 0)
        found.append(value[adds & (joined if own else True)])
    counted = next((one for one in found if len(one)), np.zeros(0, np.int64))
    values, counts = np.unique(counted, return_counts=True)
    # a frame may come before: the least of those that many functions seem to set is the right one
    return int(values[counts > counts.sum() / 50][:1].sum()) if len(values) else 0
