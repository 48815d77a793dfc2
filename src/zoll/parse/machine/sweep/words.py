"""What the instruction sets of words share; where words have two sizes, the set says where each begins."""

from abc import abstractmethod

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.columns import (
    Block,
    Bytes,
    Flags,
    Flow,
    Layout,
    Listing,
    Places,
    Rows,
    Stretch,
    behind,
    distinct,
    joined,
    pieces,
    rows,
    signed,
)
from zoll.parse.machine.image import NONE, Numbers
from zoll.parse.machine.sweep.prints import loosened

Words = NDArray[np.uint32]
Indices = NDArray[np.intp]


def is_like(words: Words, mask: int, bits: int) -> Flags:
    """Say which words have these bits under a mask."""
    found: Flags = (words & np.uint32(mask)) == np.uint32(bits)
    return found


def field(words: Words, low: int, width: int) -> Words:
    """Return some neighbouring bits of each word."""
    return (words >> np.uint32(low)) & np.uint32((1 << width) - 1)


class Going:
    """Direct calls, jumps and conditional branches: places, targets, and the bits of the word that say where to."""

    __slots__ = ("at", "bits", "kind", "target")

    def __init__(self, kind: str, at: Indices, target: Numbers, bits: int) -> None:
        self.kind, self.at, self.target, self.bits = kind, at, target, bits


def going(words: Words, pcs: Numbers, kind: str, like: tuple[int, int], span: tuple[int, int]) -> Going:
    """Return branches whose word holds their distance, in words, as a number with a sign; `span`: low bit and width."""
    at = np.flatnonzero(is_like(words, *like))
    low, width = span
    target = pcs[at] + 4 * signed(words[at] >> np.uint32(low), width)
    return Going(kind, at, target, ((1 << width) - 1) << low)


class Fixed:
    """Reads the stretches of one image; each instruction set fills in what its words mean."""

    NAME = ""  # of the instruction set, where a processor has several
    ROOM_BEHIND_CALLS = True  # nops behind a call fill the room before the next function, where the call never returns

    def __init__(self, layout: Layout) -> None:
        self.layout, self.image = layout, layout.image
        self._order = ">u4" if layout.image.code_big else "<u4"

    @abstractmethod
    def goings(self, words: Words, pcs: Numbers) -> list[Going]:
        """Return direct calls, jumps and branches."""

    @abstractmethod
    def stops(self, words: Words) -> Flags:
        """Say behind which words control does not go on."""

    @abstractmethod
    def fills(self, words: Words) -> Flags:
        """Say which words may fill room."""

    @abstractmethod
    def opens(self, words: Words) -> Flags:
        """Say which words begin a function, as compilers write them."""

    @abstractmethod
    def named(self, words: Words, pcs: Numbers, owner: Places, masked: Words) -> tuple[list[Rows], list[Rows]]:
        """Return what is referenced and called through registers, and mask it."""

    @abstractmethod
    def constants(self, words: Words, owner: Places) -> list[Rows]:
        """Return the numbers that are loaded or compared."""

    @abstractmethod
    def kinds(self, words: Words) -> Words:
        """Return the operations without registers and immediates."""

    def cut(self, stretch: Stretch, _starts: Numbers, _ends: Numbers) -> tuple[Places, Words]:
        """Return where the words of a stretch begin and what they are; functions are known at some addresses."""
        words = stretch.data[: len(stretch.data) // 4 * 4].view(self._order).astype(np.uint32)
        return 4 * np.arange(len(words), dtype=np.int32), words

    def restored(self, stretch: Stretch, _at: Places, masked: Words) -> Bytes:
        """Return the stretch's bytes with masked words put back."""
        data = np.zeros(len(stretch.data), np.uint8)
        data[: len(masked) * 4] = masked.view(np.uint8)
        return data

    def compact(self, _stretch: Stretch, starts: Numbers, _ends: Numbers) -> Flags:
        """Return that no function is in another instruction set."""
        return np.zeros(len(starts), np.bool_)

    def survey(self, stretch: Stretch, sure: Numbers, thorough: bool) -> Flow:
        """Return where control goes, and with `thorough` which addresses code makes."""
        return joined([self._flow(*one, thorough) for one in pieces(stretch, sure)])

    def _flow(self, stretch: Stretch, starts: Numbers, ends: Numbers, thorough: bool) -> Flow:
        at, words = self.cut(stretch, starts, ends)
        pcs = stretch.address + at.astype(np.int64)
        to: dict[str, list[Numbers]] = {"call": [], "jump": [], "branch": []}
        called = np.zeros(len(words), np.bool_)
        for one in self.goings(words, pcs):
            to[one.kind].append(rows(pcs[one.at], one.target))
            called[one.at] |= self.ROOM_BEHIND_CALLS and one.kind == "call"
        names = [np.zeros(0, np.int64)]
        if thorough:
            named, through = self.named(words, pcs, np.zeros(len(words), np.int32), words.copy())
            names += [one for _, one in named]
            to["call"] += [rows(pcs[place], target) for place, target in through]
        pairs = np.zeros((0, 2), np.int64)
        calls, jumps, branches = (np.concatenate([pairs, *found]) for found in to.values())
        fills, none = self.fills(words) | self.pools(words), np.zeros(len(words), np.bool_)
        begins = pcs[self.begun(words, pcs, behind(self.stops(words), self.called(words, called), fills))]
        marks = pcs[self.marks(words)]
        turns = pcs[behind(self.turns(words), none, fills)]
        cases = self.cases(stretch, words, pcs) if thorough else names[0]
        reached = distinct(np.concatenate([*names, marks]))
        return Flow(calls, jumps, branches, np.union1d(begins, marks), pcs[self.opens(words)], reached, cases, turns)

    def marks(self, words: Words) -> Flags:
        """Say which words only functions begin with."""
        return np.zeros(len(words), np.bool_)

    def called(self, _words: Words, called: Flags) -> Flags:
        """Return behind which words nothing follows where a call never returns, given the calls."""
        return called

    def turns(self, words: Words) -> Flags:
        """Say which jump to where a register says, but not back to a caller."""
        return np.zeros(len(words), np.bool_)

    def begun(self, _words: Words, _pcs: Numbers, begins: Flags) -> Flags:
        """Return which words begin what control does not fall into, where that is not as plain as it seems."""
        return begins

    def pools(self, words: Words) -> Flags:
        """Say which words are data that code loads."""
        return np.zeros(len(words), np.bool_)

    def cases(self, _stretch: Stretch, _words: Words, _pcs: Numbers) -> Numbers:
        """Return where jumps through tables go, as far as tables are not of distances from their own place."""
        return NONE

    def read(self, block: Block) -> Listing:
        """Return the block's instructions."""
        at, words = self.cut(block, block.starts, block.ends)
        pcs = block.address + at.astype(np.int64)
        owner, masked = block.owner(at), words.copy()
        calls = [leaving(block, owner, masked, one) for one in self.goings(words, pcs)]
        references, through = self.named(words, pcs, owner, masked)
        references = [(at[held], to[held]) for at, to in references for held in [self.layout.inside(to)]]
        kinds, fills = self.kinds(words), self.fills(words)
        data = self.restored(block, at, masked)
        loose = loosened(self.NAME or self.image.processor, masked)
        return Listing(at, data, kinds, fills, [*calls, *through], references, self.constants(words, owner), loose)


def with_nop(words: Words, pcs: Numbers, begins: Flags, nop: int) -> Flags:
    """Move what begins just behind an even place to that place, where a nop stands there."""
    at = np.flatnonzero(begins)
    at = at[((pcs[at] & 15) == 4) & (words[np.maximum(at - 1, 0)] == nop) & (at > 0)]
    moved = begins.copy()
    moved[at], moved[at - 1] = False, True
    return moved


def leaving(block: Block, owner: Places, masked: Words, one: Going) -> Rows:
    """Keep what leaves its function, and mask where to."""
    mine = owner[one.at]
    out = (one.target < block.starts[mine]) | (one.target >= block.ends[mine]) | (one.kind == "call")
    out &= mine >= 0
    at = one.at[out]
    masked[at] &= np.uint32(~one.bits & 0xFFFFFFFF)
    return at, one.target[out]


def setters(
    sets: tuple[Indices, Words], uses: tuple[Indices, Words], owner: Places
) -> tuple[NDArray[np.bool_], Indices]:
    """Find for each use of a register the last place in the same function that sets it.

    `sets` and `uses` are places and their register, places in order. Returns whether there is one, and its number in
    `sets`.
    """
    # one ordered key for register and place, so that one search serves all registers at once
    span = np.int64(len(owner) + 1)
    keys = sets[1].astype(np.int64) * span + sets[0]
    order = np.argsort(keys, kind="stable")
    near = np.searchsorted(keys[order], uses[1].astype(np.int64) * span + uses[0]) - 1
    if not len(order):
        return np.zeros(len(near), np.bool_), near
    which = order[np.maximum(near, 0)]
    good = (near >= 0) & (sets[1][which] == uses[1]) & (owner[sets[0][which]] == owner[uses[0]])
    return good, which
