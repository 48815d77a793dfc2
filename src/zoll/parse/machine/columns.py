"""The instructions of a stretch of code as columns, and what one function after another adds up to from them."""

from collections.abc import Iterator

import numpy as np
import xxhash
from numpy.typing import NDArray

from zoll.parse.machine.image import Image, Numbers

Bytes = NDArray[np.uint8]
Places = NDArray[np.int32]
Flags = NDArray[np.bool_]
Rows = tuple[NDArray[np.intp], Numbers]  # places in a listing, and one number for each

BUCKETS = 64
_PIECE = 1 << 22  # bytes surveyed at one time
_SLICE = 2_000_000  # bytes of code that are columns at one time
_ENTRIES = 1024  # of a table of jumps, at most
_LOWEST = 0x10000  # where images begin that cannot be loaded elsewhere, at the lowest
_SMALL = 16  # constants below are everywhere and say nothing
_WEAK = np.uint32(2654435761)  # Knuth's multiplier, spreads pairs of kinds over the buckets


class Stretch:
    """Neighbouring code regions as one run of bytes; `owner` says which instruction belongs to which function."""

    __slots__ = ("address", "data")

    def __init__(self, address: int, data: Bytes) -> None:
        self.address, self.data = address, data

    @property
    def end(self) -> int:
        """The address after the last byte."""
        return self.address + len(self.data)


class Block(Stretch):
    """A slice of a stretch that begins and ends with functions of one instruction set, Thumb where `compact`.

    `first` is the number of its first function.
    """

    __slots__ = ("compact", "ends", "first", "starts")

    def __init__(self, address: int, data: Bytes, starts: Numbers, ends: Numbers, compact: bool, first: int) -> None:
        super().__init__(address, data)
        self.starts, self.ends, self.compact, self.first = starts, ends, compact, first

    def bounds(self, at: Places) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return for each function the places in a listing where it begins and ends."""
        return np.searchsorted(at, self.starts - self.address), np.searchsorted(at, self.ends - self.address)

    def owner(self, at: Places) -> Places:
        """Return for each instruction the function it stands in, counted from the block's first; -1 for none."""
        begins, ends = self.bounds(at)
        owner = np.full(len(at), -1, np.int32)
        inside = np.repeat(np.arange(len(begins), dtype=np.int32), ends - begins)
        held = np.zeros(len(at) + 1, np.int8)
        np.add.at(held, begins, 1)
        np.add.at(held, ends, -1)
        owner[np.cumsum(held[:-1]) > 0] = inside
        return owner


class Listing:
    """One block's instructions.

    `at` are offsets from the block's address, `masked` the block's bytes with all that moves set to zero, `kinds` one
    small number per instruction (the operation without its registers), `pads` what may fill the room between
    functions. `calls`, `references`, `constants` are rows (place in the listing, number). `loose`: one number for each
    instruction without all that a linker may change (`sweep.prints`).
    """

    __slots__ = ("at", "calls", "constants", "kinds", "loose", "masked", "pads", "references")

    def __init__(
        self,
        at: Places,
        masked: Bytes,
        kinds: NDArray[np.uint32],
        pads: Flags,
        calls: list[Rows],
        references: list[Rows],
        constants: list[Rows],
        loose: NDArray[np.uint32],
    ) -> None:
        self.at, self.masked, self.kinds, self.pads, self.loose = at, masked, kinds, pads, loose
        self.calls, self.references, self.constants = calls, references, constants


class Flow:
    """Where control goes in a stretch, for finding starts; all are addresses, in order.

    `calls`, `jumps` and `branches` (conditional) are rows (from, to); control does not fall into `begins`, which stand
    behind a return, a jump or a trap and what fills the room there, or behind a call and such room; `opens` begin as
    compilers begin functions; `turns` are those of them that stand behind a jump to a register or through a table.
    `names` are addresses that code makes and `cases` where jumps through tables go, both where a survey is thorough.
    """

    ORDER = ("calls", "jumps", "branches", "begins", "opens", "names", "cases", "turns")
    __slots__ = ORDER

    def __init__(
        self,
        calls: Numbers,
        jumps: Numbers,
        branches: Numbers,
        begins: Numbers,
        opens: Numbers,
        names: Numbers,
        cases: Numbers,
        turns: Numbers,
    ) -> None:
        self.calls, self.jumps, self.branches = calls, jumps, branches
        self.begins, self.opens, self.names, self.cases, self.turns = begins, opens, names, cases, turns


class Layout:
    """Which addresses mean something in an image, asked for many at a time."""

    def __init__(self, image: Image) -> None:
        loaded = sorted(
            (one.address, one.address + one.memory, one.size, one.offset) for one in image.regions if one.memory
        )
        self.image = image
        self._lows = np.array([one[0] for one in loaded], np.int64)
        self._held = tuple(np.array([one[at] for one in loaded] or [0], np.int64) for at in (2, 3))
        # an image that is loaded anywhere holds no addresses in its code; its low ones look like small numbers
        self.absolute = bool(loaded) and loaded[0][0] >= _LOWEST
        self._highs = np.maximum.accumulate(np.array([one[1] for one in loaded] or [0], np.int64))

    def words(self, addresses: Numbers, width: int, *, sign: bool = False) -> tuple[Flags, Numbers]:
        """Say at which addresses a word stands in the file, and return the words, 0 elsewhere."""
        image = self.image
        at = np.searchsorted(self._lows, addresses, side="right") - 1
        place = addresses - self._lows[np.maximum(at, 0)] if len(self._lows) else addresses
        sizes, offsets = self._held
        good = (at >= 0) & (place + width <= sizes[np.maximum(at, 0)])
        place = np.where(good, place + offsets[np.maximum(at, 0)], 0)
        found = np.zeros(len(addresses), np.uint64)
        data = np.frombuffer(image.data, np.uint8)
        good &= place + width <= len(data)
        place = np.where(good, place, 0)
        for byte in range(width if len(data) >= width else 0):
            shift = 8 * (width - 1 - byte if image.big else byte)
            found |= data[place + byte].astype(np.uint64) << np.uint64(shift)
        value = signed(found, 8 * width) if sign else found.astype(np.int64)
        return good, np.where(good, value, 0)

    def named(self, addresses: Numbers) -> Flags:
        """Say which numbers in code are addresses."""
        return self.inside(addresses) & self.absolute

    def runs(self, addresses: Numbers) -> Flags:
        """Say which addresses lie in a region of code."""
        found = np.zeros(len(addresses), np.bool_)
        for region in self.image.code:
            found |= (addresses >= region.address) & (addresses < region.address + region.size)
        return found

    def inside(self, addresses: Numbers) -> Flags:
        """Say which addresses lie in a loaded region."""
        at = np.searchsorted(self._lows, addresses, side="right") - 1
        found: Flags = (at >= 0) & (addresses < self._highs[np.maximum(at, 0)])
        return found


def distinct(values: Numbers) -> Numbers:
    """Return each value once, in order; by sorting, which is faster here than the tables that NumPy builds."""
    ordered = np.sort(values)
    found: Numbers = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return found


def among(values: Numbers, ordered: Numbers) -> Flags:
    """Say which values stand in a list that is in order."""
    if not len(ordered):
        return np.zeros(len(values), np.bool_)
    near = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: Flags = ordered[near] == values
    return found


def rows(first: NDArray[np.integer], second: NDArray[np.integer]) -> Numbers:
    """Return two columns as rows."""
    return np.stack([first.astype(np.int64), second.astype(np.int64)], axis=1)


def signed(values: NDArray[np.integer], bits: int) -> Numbers:
    """Return the low bits of each value as a number with a sign."""
    top = 1 << (bits - 1)
    found: Numbers = ((values.astype(np.int64) & ((1 << bits) - 1)) ^ top) - top
    return found


def pieces(stretch: Stretch, sure: Numbers) -> Iterator[tuple[Stretch, Numbers, Numbers]]:
    """Cut a stretch where functions are known to start, into pieces of some four million bytes: piece, starts, ends."""
    cuts = np.unique(np.append(sure, stretch.address))
    cuts = np.unique(np.append(cuts, filled(cuts, stretch.end)))
    while len(cuts):
        more = max(1, int(np.searchsorted(cuts, cuts[0] + _PIECE)))
        low, high = int(cuts[0]), int(cuts[more]) if more < len(cuts) else stretch.end
        starts = cuts[:more]
        piece = Stretch(low, stretch.data[low - stretch.address : high - stretch.address])
        yield piece, starts, np.append(starts[1:], high)
        cuts = cuts[more:]


def filled(cuts: Numbers, end: int) -> Numbers:
    """Return places in long runs without a known start, so that no piece is long."""
    spans = np.append(cuts[1:], end) - cuts
    long = np.flatnonzero(spans > _PIECE)
    more = [np.arange(cuts[at] + _PIECE, cuts[at] + spans[at], _PIECE) for at in long.tolist()]
    return np.concatenate([np.zeros(0, np.int64), *more])


def blocks(stretch: Stretch, starts: Numbers, ends: Numbers, compact: Flags, first: int) -> Iterator[Block]:
    """Cut a stretch into slices of some two million bytes, each of whole functions."""
    at, turns = 0, np.flatnonzero(np.diff(compact)) + 1
    while at < len(starts):
        to = max(at + 1, int(np.searchsorted(ends, starts[at] + _SLICE, side="right")))
        turn = int(np.searchsorted(turns, at, side="right"))
        to = min(to, int(turns[turn])) if turn < len(turns) else to
        low, high = int(starts[at]), int(ends[to - 1])
        data = stretch.data[low - stretch.address : high - stretch.address]
        yield Block(low, data, starts[at:to], ends[at:to], bool(compact[at]), first + at)
        at = to


class Sums:
    """What the functions of a block add up to: sizes without padding, digests, counts, shapes, and rows by function."""

    def __init__(self, block: Block, listing: Listing) -> None:
        owner = block.owner(listing.at)
        begins, ends = block.bounds(listing.at)
        kept = np.flatnonzero((owner >= 0) & ~listing.pads)
        last = _last(kept, begins, ends)
        offsets = np.append(listing.at, len(block.data))
        tails = np.where(last >= 0, offsets[last + 1], block.starts - block.address)
        self.sizes = np.minimum(tails.astype(np.int64) + block.address, block.ends) - block.starts
        self.counts = np.where(last >= 0, last + 1 - begins, 0).astype(np.int64)
        self.digests = _digests(listing.masked, block.starts - block.address, self.sizes)
        self.prints = _prints(listing.loose, begins, begins + self.counts)
        self.shapes = _shapes(listing.kinds[kept], owner[kept], len(block.starts))
        self.calls = _owned(listing.calls, owner, block.first)
        self.references = _owned(listing.references, owner, block.first)
        constants = _owned(listing.constants, owner, block.first)
        self.constants = constants[(constants[:, 1] >= _SMALL) | (constants[:, 1] < -1)]


def _last(kept: NDArray[np.intp], begins: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return the place of each function's last instruction that does not merely fill room, -1 for none."""
    at = np.searchsorted(kept, ends) - 1
    found = np.where(at >= 0, kept[np.maximum(at, 0)], -1) if len(kept) else np.full(len(ends), -1)
    return np.where(found >= begins, found, -1)


def _digests(masked: Bytes, starts: Numbers, sizes: Numbers) -> NDArray[np.uint64]:
    view = memoryview(masked.tobytes())
    digest = xxhash.xxh3_64_intdigest
    pairs = zip(starts.tolist(), (starts + sizes).tolist(), strict=True)
    return np.array([digest(view[start:end]) for start, end in pairs], np.uint64)


def _prints(loose: NDArray[np.uint32], begins: NDArray[np.intp], ends: Numbers) -> NDArray[np.uint64]:
    """Return digests of instructions up to the last that is not nothing: literals behind a function do not count."""
    held = np.append(np.flatnonzero(loose), -1)
    ends = np.maximum(held[np.searchsorted(held[:-1], ends) - 1] + 1, begins)
    view = memoryview(loose.astype("<u4").tobytes())
    digest = xxhash.xxh3_64_intdigest
    pairs = zip((4 * begins).tolist(), (4 * ends).tolist(), strict=True)
    return np.array([digest(view[first:last]) for first, last in pairs], np.uint64)


def _shapes(kinds: NDArray[np.uint32], owner: Places, functions: int) -> NDArray[np.uint8]:
    """Count each operation together with the one before it, spread over 64 buckets."""
    mixed = kinds * _WEAK
    mixed[1:] += np.where(owner[1:] == owner[:-1], kinds[:-1], np.uint32(0)) * np.uint32(0x85EBCA6B)
    buckets = (mixed ^ (mixed >> np.uint32(15))) * _WEAK >> np.uint32(26)
    counted = np.bincount(owner.astype(np.int64) * BUCKETS + buckets, minlength=functions * BUCKETS)
    return np.minimum(counted, 255).astype(np.uint8).reshape(-1, BUCKETS)


def _owned(found: list[Rows], owner: Places, first: int) -> Numbers:
    """Put the function's number in place of the instruction's."""
    if not found:
        return np.zeros((0, 2), np.int64)
    places = np.concatenate([one[0] for one in found])
    numbers = np.concatenate([one[1] for one in found]).astype(np.int64)
    order = np.argsort(places, kind="stable")
    held = rows(owner[places[order]], numbers[order])
    held = held[held[:, 0] >= 0]
    held[:, 0] += first
    return held


def behind(stops: Flags, calls: Flags, fills: Flags) -> Flags:
    """Say which instructions follow a stop, with nothing or only what fills room between, or a call and such room."""
    at = np.arange(len(stops), dtype=np.int32)
    last = np.maximum.accumulate(np.where(fills, np.int32(-1), at)) if len(at) else at  # last that does something
    before = np.append(np.int32(-1), last[:-1])[: len(at)]
    found: Flags = (
        (before >= 0) & ~fills & (stops[np.maximum(before, 0)] | (calls[np.maximum(before, 0)] & (at - before > 1)))
    )
    return found


def joined(found: list[Flow]) -> Flow:
    """Return the flows of neighbouring pieces as one."""
    columns = ([getattr(one, name) for one in found] for name in Flow.ORDER)
    return Flow(*(np.concatenate(column) for column in columns))


def distances(layout: Layout, stretch: Stretch, tables: Numbers, bases: Numbers) -> Numbers:
    """Return where tables of four-byte distances from a base lead, until one leads out of code, and those tables."""
    image, found = layout.image, [np.zeros(0, np.int64)]
    bounds = np.append(tables[1:], tables[-1:] + 4 * _ENTRIES)
    likely = np.ones(len(tables), np.bool_)
    for place in (tables, tables + 4):
        there, step = layout.words(place, 4, sign=True)
        likely &= there & (step != 0) & (bases + step >= stretch.address) & (bases + step < stretch.end)
    columns = (column[likely].tolist() for column in (tables, bases, bounds))
    for table, base, bound in zip(*columns, strict=True):
        raw = image.bytes_at(table, min(4 * _ENTRIES, bound - table))
        steps = np.frombuffer(raw, ">i4" if image.big else "<i4", len(raw) // 4).astype(np.int64)
        target = base + steps & (~1 if image.processor == "arm" else ~0)
        wrong = np.flatnonzero((target < stretch.address) | (target >= stretch.end) | (steps == 0))
        target = target[: wrong[0]] if len(wrong) else target
        found += [target, np.array([table])] if len(target) > 1 else []  # some tables stand in code
    return np.concatenate(found)
