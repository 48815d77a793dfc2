"""Sweep over x86 code of 32 and 64 bits."""

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.columns import (
    Block,
    Bytes,
    Flags,
    Flow,
    Layout,
    Listing,
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
from zoll.parse.machine.sweep.prints import folded
from zoll.parse.machine.sweep.words import setters
from zoll.parse.machine.sweep.x86code import Code, Fields, lengths, walked

Offsets = NDArray[np.int32]
CALL, NEAR, SHORT, NOPS, LEA = 0xE8, 0xE9, 0xEB, 0x11F, 0x8D
_THREAD = 0x1000  # bytes of a thread's own storage, at most
_NEAR_SIZE = 5  # bytes of a near call
# operations whose immediate is a value, not an amount by which addresses move
_VALUES = np.zeros(1024, np.bool_)
_VALUES[[0x3C, 0x3D, 0x24, 0x25, 0xA8, 0xA9, 0x34, 0x35, 0x0C, 0x0D, *range(0xB0, 0xC0), 0xC6, 0xC7, 0x68, 0x69]] = True
_VALUES[[0x6A, 0x6B, 0x80, 0x81, 0x83, 0xF6, 0xF7]] = True
_BY_FIELD = np.zeros(1024, np.bool_)  # the middle bits of the next byte choose among several operations
_BY_FIELD[[0x80, 0x81, 0x83, 0xC0, 0xC1, 0xD0, 0xD1, 0xD2, 0xD3, 0xF6, 0xF7, 0xFE, 0xFF, 0x1BA]] = True


class Decoded:
    """A piece of code: places of its instructions and their fields."""

    def __init__(self, data: Bytes, sizes: Bytes, address: int, wide: bool, starts: list[int], ends: list[int]) -> None:
        self.code = Code(data, wide)
        self.at: Offsets = np.flatnonzero(walked(sizes, starts, ends)).astype(np.int32)
        self.address, self.wide = address, wide
        self.fields: Fields = self.code.fields(self.at)
        self.owner = np.zeros(len(self.at), np.int32)

    def branching(self) -> tuple[Flags, Flags, Flags]:
        """Say which instructions are near calls, jumps and conditional branches."""
        does = self.fields.operation
        conditional = ((does & ~0xF) == 0x70) | ((does & ~0xF) == 0x180) | ((does >= 0xE0) & (does <= 0xE3))
        return does == CALL, (does == NEAR) | (does == SHORT), conditional

    def targets(self, places: NDArray[np.intp]) -> Numbers:
        """Return where near calls and branches at places of the listing go."""
        fields = self.fields
        at, size = fields.valued[places], fields.immediate[places]
        long, short = self.code.values(at, 4), self.code.values(at, 1)
        after = self.address + self.at[places].astype(np.int64) + fields.size[places]
        found: Numbers = after + np.where(size == 1, short, long)
        return found if self.wide else found & 0xFFFFFFFF

    def stops(self) -> Flags:
        """Say behind which instructions control does not go on."""
        does, middle = self.fields.operation, self.fields.modrm & 0x38
        jumps = (does == NEAR) | (does == SHORT) | ((does == 0xFF) & ((middle == 0x20) | (middle == 0x28)))
        found: Flags = jumps | np.isin(does, (0xC3, 0xC2, 0x10B, 0xF4, 0xCC))
        return found

    def fills(self) -> Flags:
        """Say what fills room: nops of all lengths, breakpoints, zeros, lea of a register to itself."""
        fields = self.fields
        does, data, at = fields.operation, self.code.data, self.at
        zeros = (data[at] == 0) & (data[at + 1] == 0) & (fields.size == 2)
        still = (does == 0x8D) & (fields.moved > 0) & (self.code.values(fields.displaced, 1) == 0)
        modrm = fields.modrm
        same = np.where((modrm & 7) == 4, (fields.sib & 7) == ((modrm >> 3) & 7), (modrm & 7) == ((modrm >> 3) & 7))
        still &= same & (not self.wide)
        found: Flags = (does == NOPS) | ((does == 0x90) & (data[at] != 0xF3)) | (does == 0xCC) | zeros | still
        return found

    def opens(self) -> Flags:
        """Say which begin as functions do: endbr, or push of the frame register and its copy."""
        data, at = self.code.data, self.at
        endbr = (data[at] == 0xF3) & (data[at + 1] == 0x0F) & (data[at + 2] == 0x1E) & ((data[at + 3] & 0xFE) == 0xFA)
        skip = at + self.wide
        frame = (data[at] == 0x55) & (data[skip + 1] == 0x89) & (data[skip + 2] == 0xE5)
        found: Flags = endbr | frame
        return found


class X86:
    """Holds the lengths of all instructions of one image's stretches, so that they are worked out once."""

    def __init__(self, layout: Layout) -> None:
        self._layout, self._wide = layout, layout.image.bits == 64
        self._sizes: dict[int, tuple[Stretch, Bytes]] = {}

    def survey(self, stretch: Stretch, sure: Numbers, thorough: bool) -> Flow:
        """Return where control goes, walking afresh from each start that is sure."""
        sizes = lengths(stretch.data, self._wide)
        self._sizes[stretch.address] = stretch, sizes
        found = []
        for piece, starts, ends in pieces(stretch, sure):
            low = piece.address - stretch.address
            near = (starts - piece.address).tolist(), (ends - piece.address).tolist()
            code = sizes[low : low + len(piece.data)]
            if not thorough:
                found.append(self._calls(piece, code, *near))
                continue
            decoded = Decoded(piece.data, code, piece.address, self._wide, *near)
            none = np.zeros(len(decoded.at), np.bool_)
            named = self._named(decoded, _roomy(piece.data), none)[1] if thorough else []
            found.append(_flow(decoded, [one for _, one in named]))
        return joined(found)

    def _calls(self, piece: Stretch, sizes: Bytes, starts: list[int], ends: list[int]) -> Flow:
        """Return calls, and what stands behind returns and jumps: all that is asked where a table tells the rest."""
        at = np.flatnonzero(walked(sizes, starts, ends))
        first = piece.data[at]
        calls = at[(first == CALL) & (sizes[at] == _NEAR_SIZE)]
        calls = calls[calls + _NEAR_SIZE <= len(piece.data)]
        to = sum(piece.data[calls + 1 + byte].astype(np.int64) << (8 * byte) for byte in range(4))
        target = piece.address + calls + _NEAR_SIZE + signed(np.asarray(to, np.int64), 32)
        second = piece.data[np.minimum(at + 1, len(piece.data) - 1)]
        fills = (first == 0x90) | (first == 0xCC) | ((first == 0x0F) & (second == 0x1F))
        fills |= (first == 0x66) & np.isin(second, (0x90, 0x66, 0x2E, 0x0F))
        stops = (first == 0xC3) | (first == NEAR) | (first == SHORT) | (first == 0xF4)
        begins = piece.address + at[behind(stops, np.zeros(len(at), np.bool_), fills)]
        pairs, none = np.zeros((0, 2), np.int64), np.zeros(0, np.int64)
        return Flow(rows(piece.address + calls, target), pairs, pairs, begins, none, none, none, none)

    def compact(self, _stretch: Stretch, starts: Numbers, _ends: Numbers) -> Flags:
        """Return that no function is in another instruction set."""
        return np.zeros(len(starts), np.bool_)

    def read(self, block: Block) -> Listing:
        """Return the block's instructions."""
        stretch, sizes = next(one for one in self._sizes.values() if one[0].address <= block.address < one[0].end)
        low = block.address - stretch.address
        piece = Decoded(
            block.data,
            sizes[low : low + len(block.data)],
            block.address,
            self._wide,
            (block.starts - block.address).tolist(),
            (block.ends - block.address).tolist(),
        )
        piece.owner = block.owner(piece.at)
        masked = _roomy(block.data)
        calls, near = _leaving(block, piece, masked)
        slots, named, held = self._named(piece, masked, near)
        return Listing(
            piece.at,
            masked[: len(block.data)],
            _kinds(piece.fields),
            piece.fills(),
            [*calls, slots],
            named,
            _constants(piece, held),
            _loose(piece, masked, near),
        )

    def _named(self, piece: Decoded, masked: Bytes, near: Flags) -> tuple[Rows, list[Rows], Flags]:
        """Return calls through a slot, all that is referenced, and which immediates are addresses."""
        fields, wide = piece.fields, self._wide
        long = fields.moved == 4
        relative = long & ((fields.modrm & 0xC7) == 5) if wide else np.zeros(len(long), np.bool_)
        at = np.flatnonzero(relative)
        target = piece.address + piece.at[at].astype(np.int64) + fields.size[at]
        target += piece.code.values(fields.displaced[at], 4)
        _clear(masked, fields.displaced[at])
        named: list[Rows] = [(at, target)]
        for places, stand in (
            (long & ~relative, fields.displaced),
            ((fields.immediate == 4) & ~near, fields.valued),
        ):
            named.append(self._addresses(piece, masked, np.flatnonzero(places), stand))
        through = (fields.operation == 0xFF) & (((fields.modrm & 0x38) == 0x10) | ((fields.modrm & 0x38) == 0x20))
        slots = [(at[through[at]], target[through[at]]) for at, target in named[:2]]
        held = np.zeros(len(long), np.bool_)
        held[named[2][0]] = True
        if not wide:
            named.append(self._through_table(piece, masked))
        kept = [(at[inside], target[inside]) for at, target in named for inside in [self._layout.inside(target)]]
        both = np.concatenate([one[0] for one in slots]), np.concatenate([one[1] for one in slots])
        return both, kept, held

    def _through_table(self, piece: Decoded, masked: Bytes) -> Rows:
        """Follow registers that hold the global offset table (i386 ABI: call of the next place, add of a distance)."""
        fields, table = piece.fields, self._layout.image.global_pointer
        pcs = piece.address + piece.at.astype(np.int64)
        adds = (fields.operation == 0x81) & ((fields.modrm & 0xF8) == 0xC0) | (fields.operation == 5)
        adds = np.flatnonzero(adds & (fields.immediate == 4) & (table > 0))
        adds = adds[pcs[adds] + piece.code.values(fields.valued[adds], 4) == table]
        _clear(masked, fields.valued[adds])
        register = np.where(fields.operation[adds] == 5, 0, fields.modrm[adds] & 7).astype(np.uint32)
        users = np.flatnonzero((fields.moved == 4) & ((fields.modrm >> 6) == 2))
        scaled = (fields.modrm[users] & 7) == 4
        base = np.where(scaled, fields.sib[users] & 7, fields.modrm[users] & 7).astype(np.uint32)
        good, _ = setters((adds, register), (users, base), piece.owner)
        users = users[good]
        _clear(masked, fields.displaced[users])
        return users, table + piece.code.values(fields.displaced[users], 4)

    def _addresses(self, piece: Decoded, masked: Bytes, places: NDArray[np.intp], stand: Offsets) -> Rows:
        """Return the four-byte fields that hold an address of the image, and mask them."""
        value = piece.code.values(stand[places], 4) & 0xFFFFFFFF
        good = self._layout.named(value)
        _clear(masked, stand[places[good]])
        return places[good], value[good]


def _flow(piece: Decoded, names: list[Numbers]) -> Flow:
    pcs = piece.address + piece.at.astype(np.int64)
    places = [np.flatnonzero(which) for which in piece.branching()]
    calls, jumps, branches = (rows(pcs[at], piece.targets(at)) for at in places)
    begins = pcs[behind(piece.stops(), piece.fields.operation == CALL, piece.fills())]
    named = distinct(np.concatenate([np.zeros(0, np.int64), *names]))
    through = (piece.fields.operation == 0xFF) & ((piece.fields.modrm & 0x38) == 0x20)
    turns = pcs[behind(through, np.zeros(len(pcs), np.bool_), piece.fills())]
    return Flow(calls, jumps, branches, begins, pcs[piece.opens()], named, NONE, turns)


def _roomy(data: Bytes) -> Bytes:
    """Return a copy with room for the fields of an instruction that the end cuts off."""
    return np.append(data, np.zeros(16, np.uint8))


def _clear(masked: Bytes, places: Offsets) -> None:
    for byte in range(4):
        masked[places + byte] = 0


def _leaving(block: Block, piece: Decoded, masked: Bytes) -> tuple[list[Rows], Flags]:
    """Keep calls and branches that leave their function, and mask their targets."""
    owner, near = piece.owner, np.zeros(len(piece.at), np.bool_)
    found: list[Rows] = []
    for which in piece.branching():
        near |= which
        places = np.flatnonzero(which & (owner >= 0))
        target, mine = piece.targets(places), owner[places]
        call = piece.fields.operation[places] == CALL
        out = call | (target < block.starts[mine]) | (target >= block.ends[mine])
        places, target = places[out], target[out]
        stand = piece.fields.valued[places]
        _clear(masked, stand[piece.fields.immediate[places] == 4])
        masked[stand[piece.fields.immediate[places] == 1]] = 0
        found.append((places, target))
    return found, near


def _loose(piece: Decoded, masked: Bytes, near: Flags) -> NDArray[np.uint32]:
    """Return each instruction without far displacements, offsets of a thread's storage, and how addresses are made."""
    fields, found = piece.fields, masked.copy()
    _clear(found, fields.displaced[fields.moved == 4])
    value = piece.code.values(fields.valued, 4)
    offset = (fields.immediate == 4) & ~near & (value < -1) & (value >= -_THREAD) & (value % 4 == 0)
    _clear(found, fields.valued[offset])
    bare = (fields.moved == 4) & (fields.modrm & 0xC7 == 5)
    lea = np.flatnonzero(bare & (fields.operation == LEA) & piece.wide)
    found[fields.displaced[lea] - 2] = 0x8B  # what a load from the table of addresses becomes where it is near
    return folded(found, piece.at, fields.size)


def _kinds(fields: Fields) -> NDArray[np.uint32]:
    """Return the operation, with the bits that choose one in groups, and whether it goes to memory."""
    middle = np.where(_BY_FIELD[fields.operation], (fields.modrm >> 3) & 7, 0)
    operation = np.where((fields.operation & ~0xF) == 0x180, fields.operation - 0x110, fields.operation)
    operation = np.where(operation == SHORT, NEAR, operation)  # reach differs with the layout
    operation = np.where(operation < 0x40, operation & 0x3D, operation)  # direction of a two-register operation
    return (operation * 8 + middle).astype(np.uint32)


def _constants(piece: Decoded, held: Flags) -> list[Rows]:
    """Return immediates that are values, and not addresses, amounts or sizes of a frame."""
    fields = piece.fields
    middle = (fields.modrm >> 3) & 7
    adds = np.isin(fields.operation, (0x80, 0x81, 0x83)) & np.isin(middle, (0, 2, 3, 5))
    wanted = _VALUES[fields.operation] & ~adds & ~held & (fields.immediate > 0)
    found: list[Rows] = []
    for size in (1, 2, 4, 8):
        places = np.flatnonzero(wanted & (fields.immediate == size))
        found.append((places, piece.code.values(fields.valued[places], size)))
    return found
