"""Sweep over 64-bit ARM code (Arm Architecture Reference Manual for A-profile, chapter C4)."""

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.image import Numbers
from zoll.parse.machine.sweep.listing import (
    Block,
    Flags,
    Flow,
    Layout,
    Listing,
    Places,
    Rows,
    Stretch,
    behind,
    joined,
    rows,
    signed,
)

Words = NDArray[np.uint32]
NOP, UDF = 0xD503201F, 0
_PIECE = 1 << 22  # bytes surveyed at one time
_PAIR_TO_STACK = 0xA98003E0  # stp x?, x?, [sp, #-n]!


def _words(stretch: Stretch) -> Words:
    return stretch.data[: len(stretch.data) // 4 * 4].view("<u4")


def _targets(words: Words, pcs: Numbers) -> dict[str, Rows]:
    """Return where calls, jumps and conditional branches go, by place."""
    found = {}
    for name, mask, bits, low, width in (
        ("calls", 0xFC000000, 0x94000000, 0, 26),
        ("jumps", 0xFC000000, 0x14000000, 0, 26),
        ("conditions", 0xFE000000, 0x54000000, 5, 19),
        ("zeros", 0x7E000000, 0x34000000, 5, 19),
        ("tests", 0x7E000000, 0x36000000, 5, 14),
    ):
        at = np.flatnonzero((words & np.uint32(mask)) == bits)
        found[name] = at, pcs[at] + 4 * signed(words[at] >> np.uint32(low), width)
    return found


def _stops(words: Words) -> Flags:
    """Say behind which instructions control does not go on: b, br, ret, brk, udf and their authenticated forms."""
    jump = (words & np.uint32(0xFC000000)) == 0x14000000
    register = (words & np.uint32(0xFE9FF000)) == 0xD61F0000  # br, ret, braa, retaa
    call = (words & np.uint32(0xFEFFF000)) == 0xD63F0000
    trap = (words & np.uint32(0xFFE0001F)) == 0xD4200000
    found: Flags = jump | (register & ~call) | trap | (words < 0x10000)
    return found


def _opens(words: Words) -> Flags:
    saves = (words & np.uint32(0xFFC003E0)) == _PAIR_TO_STACK
    found: Flags = saves | (words == 0xD503233F) | (words == 0xD503237F)  # paciasp, pacibsp
    return found


class Arm64:
    """Reads the stretches of one image."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def survey(self, stretch: Stretch, _sure: Numbers) -> Flow:
        """Return where control goes."""
        found = []
        for low in range(0, len(stretch.data), _PIECE):
            piece = Stretch(stretch.address + low, stretch.data[low : low + _PIECE])
            found.append(_flow(piece))
        return joined(found)

    def read(self, block: Block) -> Listing:
        """Return the block's instructions."""
        words = _words(block)
        at: Places = 4 * np.arange(len(words), dtype=np.int32)
        pcs = block.address + at.astype(np.int64)
        owner, masked, to = block.owner(at), words.copy(), _targets(words, pcs)
        calls = [_leaving(block, owner, masked, found, name == "calls") for name, found in to.items()]
        named = [*_literals(words, pcs, masked), *_pages(words, pcs, owner, masked)]
        references = [(place[held], target[held]) for place, target in named for held in [self._layout.inside(target)]]
        data = np.zeros(len(block.data), np.uint8)
        data[: len(masked) * 4] = masked.view(np.uint8)
        return Listing(at, data, _kinds(words), _fills(words), calls, references, _constants(words))


def _flow(stretch: Stretch) -> Flow:
    words = _words(stretch)
    pcs = stretch.address + 4 * np.arange(len(words), dtype=np.int64)
    to = {name: rows(pcs[at], target) for name, (at, target) in _targets(words, pcs).items()}
    branches = np.concatenate([to["conditions"], to["zeros"], to["tests"]])
    begins = pcs[behind(_stops(words), _fills(words))]
    return Flow(to["calls"], to["jumps"], branches, begins, pcs[_opens(words)])


def _fills(words: Words) -> Flags:
    found: Flags = (words == NOP) | (words == UDF)
    return found


def _leaving(block: Block, owner: Places, masked: Words, found: Rows, call: bool) -> Rows:
    """Keep what leaves its function, and mask its target."""
    at, target = found
    mine = owner[at]
    out = (mine >= 0) & (call | (target < block.starts[mine]) | (target >= block.ends[mine]))
    at, target = at[out], target[out]
    test = (masked[at] & np.uint32(0x7C000000)) == 0x14000000
    masked[at] &= np.where(test, np.uint32(0xFC000000), np.uint32(0xFF00001F))
    return at, target


def _literals(words: Words, pcs: Numbers, masked: Words) -> list[Rows]:
    """Return what adr and loads from a literal pool name."""
    found = []
    adr = np.flatnonzero((words & np.uint32(0x9F000000)) == 0x10000000)
    found.append((adr, pcs[adr] + _page(words[adr])))
    load = np.flatnonzero((words & np.uint32(0x3B000000)) == 0x18000000)
    found.append((load, pcs[load] + 4 * signed(words[load] >> np.uint32(5), 19)))
    masked[adr] &= np.uint32(0x9F00001F)
    masked[load] &= np.uint32(0xFF00001F)
    return found


def _page(words: Words) -> Numbers:
    return signed(((words >> np.uint32(3)) & np.uint32(0x1FFFFC)) | ((words >> np.uint32(29)) & np.uint32(3)), 21)


def _pages(words: Words, pcs: Numbers, owner: Places, masked: Words) -> list[Rows]:
    """Follow adrp to every add, load and store in the same function whose base register it set last."""
    adrp = np.flatnonzero((words & np.uint32(0x9F000000)) == 0x90000000)
    masked[adrp] &= np.uint32(0x9F00001F)
    add = (words & np.uint32(0xFFC00000)) == 0x91000000
    users = np.flatnonzero(add | ((words & np.uint32(0x3B000000)) == 0x39000000))
    sets, base = words[adrp] & np.uint32(31), (words[users] >> np.uint32(5)) & np.uint32(31)
    # one ordered key for register and place, so that one search finds the last adrp for all registers at once
    span = np.int64(len(words) + 1)
    keys = np.sort(sets.astype(np.int64) * span + adrp)
    near = np.searchsorted(keys, base.astype(np.int64) * span + users) - 1
    held = keys[np.maximum(near, 0)] if len(keys) else np.zeros(len(users), np.int64)
    source = held % span
    good = (near >= 0) & (held // span == base) & (owner[np.minimum(source, len(words) - 1)] == owner[users])
    users, source = users[good], source[good]
    word = words[users]
    masked[users] &= np.uint32(0xFFC003FF)
    scale = np.where(add[users], 0, word >> np.uint32(30)).astype(np.int64)
    scale = np.where((word & np.uint32(0xFF800000)) == 0x3D800000, 4, scale)  # a whole vector register
    low = ((word >> np.uint32(10)) & np.uint32(0xFFF)).astype(np.int64) << scale
    return [(users, (pcs[source] & ~0xFFF) + (_page(words[source]) << 12) + low)]


def _constants(words: Words) -> list[Rows]:
    """Return what movz, movn, movz with movk, cmp and cmn with an immediate name."""
    found = []
    compare = np.flatnonzero((words & np.uint32(0x7F00001F)) == 0x7100001F)
    value = ((words[compare] >> np.uint32(10)) & np.uint32(0xFFF)).astype(np.int64)
    found.append((compare, value << np.where(words[compare] & np.uint32(0x400000), 12, 0)))
    move = np.flatnonzero((words & np.uint32(0x7F800000)) == 0x52800000)
    found.append((move, _moved(words, move)))
    inverse = np.flatnonzero((words & np.uint32(0x7F800000)) == 0x12800000)
    found.append((inverse, ~(_half(words[inverse]))))
    return found


def _half(words: Words) -> Numbers:
    shift = ((words >> np.uint32(21)) & np.uint32(3)).astype(np.int64) * 16
    found: Numbers = ((words >> np.uint32(5)) & np.uint32(0xFFFF)).astype(np.int64) << shift
    return found


def _moved(words: Words, move: NDArray[np.intp]) -> Numbers:
    """Add the upper halves that movk puts to the same register within the next instructions."""
    value = _half(words[move])
    for step in (1, 2, 3):
        at = np.minimum(move + step, len(words) - 1)
        same = ((words[at] & np.uint32(0x7F800000)) == 0x72800000) & ((words[at] ^ words[move]) & np.uint32(31) == 0)
        value = np.where(same, value | _half(words[at]), value)
    return value


def _kinds(words: Words) -> Words:
    """Return the operation without registers and immediates: bits 31 to 21, fewer where those hold an immediate."""
    top = words >> np.uint32(21)
    group = (words >> np.uint32(26)) & np.uint32(7)
    immediate = (group == 4) | (group == 5)  # data processing with immediates, branches
    return np.where(immediate, words >> np.uint32(24) << np.uint32(3), top)
