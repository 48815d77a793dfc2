"""One light pass over all code: which functions there are, what each calls and names, and a digest of each."""

from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np

from zoll.parse.machine.columns import BUCKETS, Block, Flags, Flow, Layout, Listing, Stretch, Sums, blocks
from zoll.parse.machine.image import Image, Numbers, Region, Sweep
from zoll.parse.machine.starts import found_starts, tabled, told
from zoll.parse.machine.sweep.arm import Arm
from zoll.parse.machine.sweep.arm64 import Arm64
from zoll.parse.machine.sweep.mips import Mips
from zoll.parse.machine.sweep.ppc import Ppc
from zoll.parse.machine.sweep.riscv import Riscv
from zoll.parse.machine.sweep.x86 import X86

_STUBS = (".plt", ".iplt", ".MIPS.stubs")  # jump to imports: their names stand in `Image.stubs`
_GAP = 64  # regions this near each other are one stretch


class Processor(Protocol):
    """What each instruction set's module offers."""

    def survey(self, stretch: Stretch, sure: Numbers, thorough: bool) -> Flow:
        """Return where control goes in a stretch, and with `thorough` which addresses code makes."""

    def compact(self, stretch: Stretch, starts: Numbers, ends: Numbers) -> Flags:
        """Say which functions are in the processor's second, shorter instruction set (Thumb)."""

    def read(self, block: Block) -> Listing:
        """Return a block's instructions."""


PROCESSORS: dict[str, Callable[[Layout], Processor]] = {
    "x86-64": X86,
    "x86": X86,
    "arm64": Arm64,
    "arm": Arm,
    "mips": Mips,
    "mips64": Mips,
    "ppc": Ppc,
    "ppc64": Ppc,
    "riscv64": Riscv,
}


def sweep(image: Image) -> Sweep:
    """Find the functions of an image, and what each is and names; nothing where its processor is not known."""
    kind = PROCESSORS.get(image.processor)
    if kind is None:
        return _swept(image, np.zeros(0, np.int64), [])
    layout = Layout(image)
    processor = kind(layout)
    found: list[Sums] = []
    starts, short = [np.zeros(0, np.int64)], [np.zeros(0, np.bool_)]
    surveyed = [_surveyed(layout, processor, stretch) for stretch in _stretches(image)]
    calls = np.concatenate([np.zeros((0, 2), np.int64), *(flow.calls for _, _, flow in surveyed)])
    names = np.unique(np.concatenate([np.zeros(0, np.int64), *(flow.names for _, _, flow in surveyed)]))
    for stretch, sure, flow in surveyed:
        flow.calls, flow.names = calls, names  # one section calls into another
        begins, ends = found_starts(layout, stretch, sure, flow)
        compact = processor.compact(stretch, begins, ends)
        first = sum(map(len, starts))
        found += [Sums(block, processor.read(block)) for block in blocks(stretch, begins, ends, compact, first)]
        starts.append(begins)
        short.append(compact)
    swept = _swept(image, np.concatenate(starts), found)
    swept.compact = np.concatenate(short)
    swept.prints = np.concatenate([swept.prints[:0], *(one.prints for one in found)])
    return swept


def _surveyed(layout: Layout, processor: Processor, stretch: Stretch) -> tuple[Stretch, Numbers, Flow]:
    sure = told(layout.image, stretch)
    return stretch, sure, processor.survey(stretch, sure, not tabled(layout.image, stretch))


def _swept(image: Image, starts: Numbers, found: list[Sums]) -> Sweep:
    none, pairs = np.zeros(0, np.int64), np.zeros((0, 2), np.int64)
    return Sweep(
        starts,
        np.concatenate([none, *(one.sizes for one in found)]),
        np.concatenate([none.astype(np.uint64), *(one.digests for one in found)]),
        np.concatenate([none, *(one.counts for one in found)]),
        np.concatenate([pairs, *(one.calls for one in found)]),
        np.concatenate([pairs, *(one.references for one in found)]),
        np.concatenate([np.zeros((0, BUCKETS), np.uint8), *(one.shapes for one in found)]),
        np.concatenate([pairs, *(one.constants for one in found)]),
        dict(image.names),
    )


def _stretches(image: Image) -> Iterator[Stretch]:
    """Join code regions that follow each other in memory as in the file; leave out those that jump to imports."""
    held: list[Region] = []
    data = np.frombuffer(image.data, np.uint8)
    for region in image.code:
        if region.name.startswith(_STUBS) or region.offset + region.size > len(data):
            continue
        if held and not _follows(held[-1], region):
            yield _stretch(held, data)
            held = []
        held.append(region)
    if held:
        yield _stretch(held, data)


def _follows(one: Region, other: Region) -> bool:
    gap = other.address - one.address - one.size
    return 0 <= gap <= _GAP and other.offset - one.offset == other.address - one.address


def _stretch(held: list[Region], data: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> Stretch:
    first, last = held[0], held[-1]
    return Stretch(first.address, data[first.offset : last.offset + last.size])
