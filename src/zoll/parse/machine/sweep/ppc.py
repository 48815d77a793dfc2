"""Sweep over PowerPC code of 32 and 64 bits (Power ISA 3.0; 64-Bit ELF V2 ABI, sections 2.3.2 and 3.6)."""

import numpy as np

from zoll.parse.machine.columns import Block, Flags, Flow, Layout, Listing, Places, Rows, Stretch, signed
from zoll.parse.machine.image import NONE, Image, Numbers
from zoll.parse.machine.sweep.words import Fixed, Going, Indices, Words, field, going, is_like, setters, with_nop

NOP = 0x60000000
_NAMED = {True: (0x2040, 0x2040), False: (0x40200000, 0x40200000)}  # marks of traceback tables, by byte order
_TABLE = 2  # the register that holds the table of contents
_NEXT = 0x429F0005  # bcl 20, 31, to the next word: asks where the code is
# addi, loads and stores with 16-bit displacements: lwz to sthu, lfs to stfdu; ld and std leave two bits out
_SHORT = np.zeros(64, np.bool_)
_SHORT[[14, *range(32, 56)]] = True
_DOUBLE = np.zeros(64, np.bool_)
_DOUBLE[[58, 62]] = True


class Ppc(Fixed):
    """PowerPC's words."""

    ROOM_BEHIND_CALLS = False  # linkers turn the nop there into a load of the table of contents

    def __init__(self, layout: Layout) -> None:
        super().__init__(layout)
        self._table = layout.image.global_pointer if layout.image.bits == 64 else 0
        self._inner = NONE  # local entries: where calls inside a file skip the setting of the table

    def survey(self, stretch: Stretch, sure: Numbers, thorough: bool) -> Flow:
        """Return where control goes; a call of a local entry goes to its function's start."""
        _, words = self.cut(stretch, sure, sure)
        self._table = _table(words, stretch.address) or self._table
        flow = super().survey(stretch, sure, thorough)
        flow.calls[:, 1] = self._entries(flow.calls[:, 1], stretch)
        stubs = _stubs(words, stretch.address)
        flow.calls, flow.begins = flow.calls[~np.isin(flow.calls[:, 1], stubs)], np.setdiff1d(flow.begins, stubs)
        # behind the code that binds imports late stands one branch to it for each import, at the very end
        late = stretch.address + 4 * int(np.append(self._resolver(words), len(words))[0])
        flow.begins, flow.jumps = flow.begins[flow.begins <= late], flow.jumps[flow.jumps[:, 0] <= late]
        return flow

    def read(self, block: Block) -> Listing:
        """Return the block's instructions."""
        listing = super().read(block)
        listing.calls = [(at, np.where(np.isin(to, self._inner), to - 8, to)) for at, to in listing.calls]
        return listing

    def _entries(self, targets: Numbers, stretch: Stretch) -> Numbers:
        """Take off the two words that set the table of contents, where a target stands behind them."""
        _, words = self.cut(stretch, targets, targets)
        at = (targets - stretch.address) // 4 - 2
        good = (at >= 0) & (at < len(words) - 2)
        at = np.where(good, at, 0)
        sets = (words[at] >> np.uint32(16) == 0x3C4C) | (words[at] >> np.uint32(16) == 0x3C40)  # addis r2, r12; lis r2
        behind = good & sets & (words[at + 1] >> np.uint32(16) == 0x3842)
        self._inner = np.unique(np.append(self._inner, targets[behind]))
        return np.where(behind, targets - 8, targets)

    def goings(self, words: Words, pcs: Numbers) -> list[Going]:
        """Return bl, b and bc, relative to their place."""
        return [
            going(words, pcs, "call", (0xFC000003, 0x48000001), (2, 24)),
            going(words, pcs, "jump", (0xFC000003, 0x48000000), (2, 24)),
            going(words, pcs, "branch", (0xFC000003, 0x40000000), (2, 14)),
        ]

    def stops(self, words: Words) -> Flags:
        """Say which are b, blr, bctr, rfi or a trap."""
        jump = is_like(words, 0xFC000001, 0x48000000)
        plain: Flags = np.isin(words, (0x4E800020, 0x4E800420, 0x4C000064, 0x4C000024, 0x7FE00008))
        ends = self._marks(words)
        plain[ends[ends > 0] - 1] = True
        plain[ends[ends > 1] - 2] |= words[ends[ends > 1] - 1] == NOP
        return jump | plain

    def fills(self, words: Words) -> Flags:
        """Say which are nop or zero."""
        nops: Flags = np.isin(words, (NOP, 0x60420000, 0x63FF0000))  # the others end a group of instructions
        found: Flags = nops | ((words == 0) & (self.image.bits == 32))
        return found

    def pools(self, words: Words) -> Flags:
        """Say which are the three words of a traceback table, which stands behind functions of 64 bits."""
        found: Flags = (words == 0) & (self.image.bits == 64)
        at = self._marks(words)
        found[at] = found[at + 1] = found[at + 2] = True
        for place in at[is_like(words[at + 1], *_NAMED[self.image.big])].tolist():  # a distance and a name follow
            length = int(words[min(place + 4, len(words) - 1)])
            found[place + 3 : place + 5 + ((length >> 16 if self.image.big else length) & 0xFF) // 4] = True
        return found

    def _marks(self, words: Words) -> Indices:
        """Return the zeros that traceback tables begin with."""
        wide = self.image.bits == 64
        first = (words[:-2] == 0) & np.append(True, words[:-3] != 0)[: len(words) - 2]
        plain = (
            is_like(words[1:-1], 0xFFF00000, 0) if self.image.big else is_like(words[1:-1], 0xF0FF, 0)
        )  # its version
        return np.flatnonzero(first & plain & wide)

    def marks(self, words: Words) -> Flags:
        """Say which set the table of contents from the function's own address."""
        following = np.append(words, np.uint32(0))[1:]
        found: Flags = (words >> np.uint32(16) == 0x3C4C) & (following >> np.uint32(16) == 0x3842)
        found[self._resolver(words)] = True
        return found

    def begun(self, words: Words, pcs: Numbers, begins: Flags) -> Flags:
        """Take a nop as the beginning: linkers put one where they spare the first half of an address."""
        return with_nop(words, pcs, begins, NOP)

    def turns(self, words: Words) -> Flags:
        """Say which jump to where a register says, but not back to a caller."""
        found: Flags = words == 0x4E800420
        return found

    def _resolver(self, words: Words) -> Indices:
        """Return where 64-bit code binds imports late: a distance of eight bytes, then mflr, bcl."""
        mflr = is_like(words[2:-1], 0xFC1FFFFF, 0x7C0802A6)
        return np.flatnonzero(mflr & (words[3:] == _NEXT) & (self.image.bits == 64))

    def opens(self, words: Words) -> Flags:
        """Say which set the table of contents from the function's own address."""
        following = np.append(words, np.uint32(0))[1:]
        table = (words >> np.uint32(16) == 0x3C4C) & (following >> np.uint32(16) == 0x3842)
        frame = is_like(words, 0xFFFF8000, 0x94218000) & (following == 0x7C0802A6)  # stwu r1, -n(r1); mflr r0
        save = (words == 0x7C0802A6) & is_like(following, 0xFFFF8000, 0x94218000)
        found: Flags = table | frame | save
        return found

    def named(self, words: Words, pcs: Numbers, owner: Places, masked: Words) -> tuple[list[Rows], list[Rows]]:
        """Follow addis to what adds to it, and what is reached through the table of contents."""
        high = np.flatnonzero(is_like(words, 0xFC000000, 0x3C000000))
        base, upper = field(words[high], 16, 5), signed(words[high], 16) << 16
        start = np.where(base == 0, 0, np.where((base == _TABLE) & (self._table > 0), self._table, -1))
        begin = (words[high] >> np.uint32(16) == 0x3C4C) | (base > 0)  # sets r2, or adds to where the code is
        masked[high[begin]] &= np.uint32(0xFFFF0000)
        distance = self._resolver(words)
        masked[distance] = masked[distance + 1] = 0
        users = np.flatnonzero(_SHORT[words >> np.uint32(26)] | _DOUBLE[words >> np.uint32(26)])
        good, which = setters((high, field(words[high], 21, 5)), (users, field(words[users], 16, 5)), owner)
        low = _low(words[users])
        direct = (field(words[users], 16, 5) == _TABLE) & (self._table > 0) & ~good
        held, of = users[good], which[good]
        target = start[of] + upper[of] + low[good]
        known = (start[of] >= 0) & self.layout.inside(target) & (self.layout.absolute | (base[of] > 0))
        moves = known | (base[of] > 0)
        masked[held[moves]] &= np.uint32(0xFFFF0000)
        masked[high[of[known]]] &= np.uint32(0xFFFF0000)
        masked[users[direct]] &= np.uint32(0xFFFF0000)
        found = [(held[known], target[known]), (users[direct], self._table + low[direct])]
        return [*found, *(self._own(words, pcs, owner, masked) if self.image.bits == 32 else [])], []

    def _own(self, words: Words, pcs: Numbers, owner: Places, masked: Words) -> list[Rows]:
        """Follow 32-bit code that asks where it is, adds a distance and loads pointers from a table of its own file."""
        bases: dict[int, int] = {}
        for at in np.flatnonzero(words == _NEXT).tolist():
            base, places = _base(words, at, int(pcs[at]) + 4, self.image)
            bases |= dict.fromkeys(places[:1], base)
            masked[[one for one in places if words[one] >> 26 in (14, 15)]] &= np.uint32(0xFFFF0000)
        sets = np.array(sorted(bases), np.int64)
        if not len(sets):
            return []
        users = np.flatnonzero(_SHORT[words >> np.uint32(26)])
        good, which = setters((sets, field(words[sets], 21, 5)), (users, field(words[users], 16, 5)), owner)
        users, source = users[good], sets[which[good]]
        masked[users] &= np.uint32(0xFFFF0000)
        slot = np.array([bases[one] for one in source.tolist()], np.int64) + signed(words[users], 16)
        where, target = self.image.placed
        if not len(where):
            return [(users, slot)]
        near = np.minimum(np.searchsorted(where, slot), len(where) - 1)
        holds = where[near] == slot
        return [(users[~holds], slot[~holds]), (users[holds], target[near[holds]])]

    def constants(self, words: Words, _owner: Places) -> list[Rows]:
        """Return what cmpwi, cmplwi and li name, and lis with the ori behind it."""
        compare = np.flatnonzero(is_like(words, 0xFC000000, 0x2C000000) | is_like(words, 0xFC1F0000, 0x38000000))
        logical = np.flatnonzero(is_like(words, 0xFC000000, 0x28000000))
        high = np.flatnonzero(is_like(words, 0xFC1F0000, 0x3C000000))
        value = signed(words[high], 16) << 16
        for step in (1, 2, 3):
            at = np.minimum(high + step, len(words) - 1)
            same = field(words[at], 16, 5) == field(words[high], 21, 5)
            joins = is_like(words[at], 0xFC000000, 0x60000000) & (field(words[at], 21, 5) == field(words[at], 16, 5))
            value = np.where(same & joins, value | field(words[at], 0, 16), value)
        kept = ~self.layout.named(value)
        return [
            (compare, signed(words[compare], 16)),
            (logical, field(words[logical], 0, 16).astype(np.int64)),
            (high[kept], value[kept]),
        ]

    def kinds(self, words: Words) -> Words:
        """Return the operation, and the second one of groups."""
        first = words >> np.uint32(26)
        group = (first == 31) | (first == 19) | (first == 63) | (first == 59)
        return np.where(group, first * np.uint32(1024) + field(words, 1, 10), first * np.uint32(1024))


def _low(words: Words) -> Numbers:
    low = signed(words, 16)
    return np.where(_DOUBLE[words >> np.uint32(26)], low & ~3, low)


def _base(words: Words, at: int, here: int, image: Image) -> tuple[int, list[int]]:
    """Return what the code behind bcl makes of its own place, and the places that do: the last of them first."""
    holds, value, high, places = {}, {}, {}, []
    for place in range(at + 1, min(at + 16, len(words))):
        word = int(words[place])
        does, to, base, low = word >> 26, word >> 21 & 31, word >> 16 & 31, (word & 0xFFFF ^ 0x8000) - 0x8000
        if word & 0xFC1FFFFF == 0x7C0802A6:  # mflr
            holds[to] = here
        elif does == 15 and base in holds:
            high[to] = holds[base] + (low << 16)
            places.append(place)
        elif does == 14 and base in high:
            return high[base] + low, [place, *places]
        elif does == 32 and base in holds:
            raw = image.bytes_at(holds[base] + low, 4)
            value[to] = int.from_bytes(raw, "big")
        elif word & 0xFC0007FE == 0x7C000214 and {base, word >> 11 & 31} & set(holds):  # add
            added = (
                holds.get(base, 0) + value.get(word >> 11 & 31, 0),
                holds.get(word >> 11 & 31, 0) + value.get(base, 0),
            )
            return max(added) & 0xFFFFFFFF, [place]
    return 0, []


def _table(words: Words, address: int) -> int:
    """Return where functions set the table of contents to stand, 0 where none does."""
    high = np.flatnonzero(np.isin(words[:-1] >> np.uint32(16), (0x3C4C, 0x3C40)))
    high = high[words[high + 1] >> np.uint32(16) == 0x3842]
    own = words[high] >> np.uint32(16) == 0x3C4C
    value = (signed(words[high], 16) << 16) + signed(words[high + 1], 16) + np.where(own, address + 4 * high, 0)
    values, counts = np.unique(value, return_counts=True)
    return int(values[np.argmax(counts)]) if len(values) else 0


def _stubs(words: Words, address: int) -> Numbers:
    """Return where 32-bit code jumps to imports: a load of r11, mtctr r11, bctr; lis before it, or nop behind."""
    at = np.flatnonzero((words[1:-1] == 0x7D6903A6) & (words[2:] == 0x4E800420) & (words[:-2] >> 16 == 0x817E))
    other = np.flatnonzero((words[1:-1] == 0x7D6903A6) & (words[2:] == 0x4E800420) & (words[:-2] >> 16 == 0x816B)) - 1
    return address + 4 * np.append(at, other)
