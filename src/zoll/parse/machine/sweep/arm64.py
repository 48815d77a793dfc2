"""Sweep over 64-bit ARM code (Arm Architecture Reference Manual for A-profile, chapter C4)."""

import numpy as np

from zoll.parse.machine.columns import Flags, Places, Rows, Stretch, signed
from zoll.parse.machine.image import NONE, Image, Numbers
from zoll.parse.machine.sweep.words import Fixed, Going, Indices, Words, field, going, is_like, setters, with_nop

NOP = 0xD503201F
_ADRP, _ADD, _LOAD = (0x9F000000, 0x90000000), (0xFFC00000, 0x91000000), (0x3B000000, 0x39000000)
_NEAR = 10  # instructions between what names a table and what jumps through it
_ENTRIES = (
    1024  # bytes of a table that are looked at: more than tables hold, which costs only places that are no starts
)
_CALL_REGISTER = (0xFEFFF000, 0xD63F0000)
_SCRATCH, _STACK = 18, 31  # the last register that a call may change; the stack pointer


class Arm64(Fixed):
    """Arm's A64 words."""

    def goings(self, words: Words, pcs: Numbers) -> list[Going]:
        """Return bl, b, b.cond, cbz and tbz."""
        return [
            going(words, pcs, "call", (0xFC000000, 0x94000000), (0, 26)),
            going(words, pcs, "jump", (0xFC000000, 0x14000000), (0, 26)),
            going(words, pcs, "branch", (0xFE000000, 0x54000000), (5, 19)),
            going(words, pcs, "branch", (0x7E000000, 0x34000000), (5, 19)),
            going(words, pcs, "branch", (0x7E000000, 0x36000000), (5, 14)),
        ]

    def stops(self, words: Words) -> Flags:
        """Say which are b, br, ret, brk, udf and their authenticated forms."""
        register = is_like(words, 0xFE9FF000, 0xD61F0000) & ~is_like(words, *_CALL_REGISTER)
        trap = is_like(words, 0xFFE0001F, 0xD4200000) | (words < 0x10000)
        found: Flags = is_like(words, 0xFC000000, 0x14000000) | register | trap
        return found

    def fills(self, words: Words) -> Flags:
        """Say which are nop or zero."""
        found: Flags = (words == NOP) | (words == 0)
        return found

    def opens(self, words: Words) -> Flags:
        """Say which are paciasp, pacibsp or store a pair of registers below the stack."""
        signs = (words == 0xD503233F) | (words == 0xD503237F)
        found: Flags = signs | is_like(words, 0xFFC003E0, 0xA98003E0)
        return found

    def named(self, words: Words, pcs: Numbers, owner: Places, masked: Words) -> tuple[list[Rows], list[Rows]]:
        """Follow adr, loads from literal pools, and adrp to what adds to it."""
        adr = np.flatnonzero(is_like(words, 0x9F000000, 0x10000000))
        load = np.flatnonzero(is_like(words, 0x3B000000, 0x18000000))
        found = [(adr, pcs[adr] + _page(words[adr])), (load, pcs[load] + 4 * signed(field(words[load], 5, 19), 19))]
        masked[adr] &= np.uint32(0x9F00001F)
        masked[load] &= np.uint32(0xFF00001F)
        found.append(_pages(words, pcs, owner, masked))
        return found, []

    def turns(self, words: Words) -> Flags:
        """Say which jump to where a register says, but not back to a caller."""
        return is_like(words, 0xFFFFFC1F, 0xD61F0000)

    def begun(self, words: Words, pcs: Numbers, begins: Flags) -> Flags:
        """Take a nop as the beginning: assembler puts one where a landing mark may be."""
        return with_nop(words, pcs, begins, NOP)

    def marks(self, words: Words) -> Flags:
        """Say which sign the return address, or are landing marks of calls."""
        found: Flags = np.isin(words, (0xD503233F, 0xD503237F, 0xD503245F))
        first: Flags = found & ~np.append(False, found)[: len(found)]
        return first

    def cases(self, stretch: Stretch, words: Words, pcs: Numbers) -> Numbers:
        """Return where tables of bytes or half words lead: adrp and add, a load, adr of the first case, add, br."""
        users, named = _pages(words, pcs, np.zeros(len(words), np.int32), words.copy())
        adr = np.flatnonzero(is_like(words, 0x9F000000, 0x10000000))
        adr = adr[np.isin(adr, np.flatnonzero(is_like(words, 0xFFFFFC1F, 0xD61F0000))[:, None] - np.arange(1, 6))]
        found = [NONE]
        for at in adr.tolist():
            near = np.searchsorted(users, at) - 1
            load = words[max(0, at - 4) : at]
            load = load[is_like(load, 0xBF600C00, 0x38600800)]
            if near < 0 or at - users[near] > _NEAR or not len(load):
                continue
            kind = ("i1", "<i2", "<i4", "<i4")[int(load[-1]) >> 30]
            found.append(_led(self.image, int(named[near]), kind, int(pcs[at] + _page(words[at : at + 1])[0]), stretch))
        return np.concatenate(found)

    def constants(self, words: Words, _owner: Places) -> list[Rows]:
        """Return what movz, movn, movz with movk, cmp and cmn with an immediate name."""
        compare = np.flatnonzero(is_like(words, 0x7F00001F, 0x7100001F) | is_like(words, 0x7F00001F, 0x3100001F))
        shift = np.where(is_like(words[compare], 0x400000, 0x400000), 12, 0)
        move = np.flatnonzero(is_like(words, 0x7F800000, 0x52800000))
        inverse = np.flatnonzero(is_like(words, 0x7F800000, 0x12800000))
        return [
            (compare, field(words[compare], 10, 12).astype(np.int64) << shift),
            (move, _moved(words, move)),
            (inverse, ~_half(words[inverse])),
        ]

    def kinds(self, words: Words) -> Words:
        """Return bits 31 to 21, fewer where those hold an immediate."""
        group = field(words, 26, 3)
        immediate = (group == 4) | (group == 5)  # data processing with immediates, branches
        return np.where(immediate, words >> np.uint32(24) << np.uint32(3), words >> np.uint32(21))


def _led(image: Image, table: int, kind: str, base: int, stretch: Stretch) -> Numbers:
    raw = image.bytes_at(table, _ENTRIES)
    size = np.dtype(kind).itemsize
    steps = np.frombuffer(raw, kind, len(raw) // size).astype(np.int64)
    target = base + 4 * steps
    return target[(target >= stretch.address) & (target < stretch.end)]


def _page(words: Words) -> Numbers:
    return signed((field(words, 5, 19) << np.uint32(2)) | field(words, 29, 2), 21)


def _pages(words: Words, pcs: Numbers, owner: Places, masked: Words) -> Rows:
    """Follow adrp to every add, load and store in the same function whose base register nothing set after it."""
    adrp = is_like(words, *_ADRP)
    masked[adrp] &= np.uint32(0x9F00001F)
    add = is_like(words, *_ADD)
    users = np.flatnonzero(add | is_like(words, *_LOAD))
    base = field(words[users], 5, 5)
    writes = _writes(words)
    good, which = setters(writes, (users, base), owner)
    source = writes[0][which] if len(writes[0]) else which
    good[good] = adrp[source[good]]
    last = np.maximum.accumulate(
        np.where(is_like(words, 0xFC000000, 0x94000000) | is_like(words, *_CALL_REGISTER), np.arange(len(words)), -1)
    )
    good &= (base > _SCRATCH) | (last[users] < source)
    users, source = users[good], source[good]
    word = words[users]
    masked[users] &= np.uint32(0xFFC003FF)
    scale = np.where(add[users], 0, word >> np.uint32(30)).astype(np.int64)
    scale = np.where(is_like(word, 0xFF800000, 0x3D800000), 4, scale)  # a whole vector register
    low = field(word, 10, 12).astype(np.int64) << scale
    return users, (pcs[source] & ~0xFFF) + (_page(words[source]) << 12) + low


def _writes(words: Words) -> tuple[Indices, Words]:
    """Return the places that set a general register, in any order, and which; calls are left to the caller.

    Data processing sets the lowest field; loads do, and a pair's second one; forms that move the base set that too.
    """
    whole = is_like(words, 0x04000000, 0)  # no vector register
    memory = is_like(words, 0x0A000000, 0x08000000)
    pair = memory & is_like(words, 0x3A000000, 0x28000000)
    single = memory & is_like(words, 0x38000000, 0x38000000)
    loads = (
        memory & whole & np.where(single, (words & np.uint32(0x00C00000)) != 0, is_like(words, 0x00400000, 0x00400000))
    )
    restored = (field(words, 5, 5) == _STACK) & (field(words, 0, 5) > _SCRATCH)  # at a way out, which others go around
    loads = (loads & ~restored) | is_like(words, 0x3F000000, 0x18000000)
    moved = (pair & is_like(words, 0x00800000, 0x00800000)) | (single & is_like(words, 0x01200400, 0x00000400))
    process = is_like(words, 0x1C000000, 0x10000000) | is_like(words, 0x0E000000, 0x0A000000)
    rows_ = [(np.flatnonzero(process | loads), 0), (np.flatnonzero(pair & loads), 10), (np.flatnonzero(moved), 5)]
    return np.concatenate([at for at, _ in rows_]), np.concatenate([field(words[at], low, 5) for at, low in rows_])


def _half(words: Words) -> Numbers:
    found: Numbers = field(words, 5, 16).astype(np.int64) << (field(words, 21, 2).astype(np.int64) * 16)
    return found


def _moved(words: Words, move: Indices) -> Numbers:
    """Add the upper halves that movk puts to the same register within the next instructions."""
    value = _half(words[move])
    for step in (1, 2, 3):
        at = np.minimum(move + step, len(words) - 1)
        same = is_like(words[at], 0x7F800000, 0x72800000) & is_like(words[at] ^ words[move], 31, 0)
        value = np.where(same, value | _half(words[at]), value)
    return value
