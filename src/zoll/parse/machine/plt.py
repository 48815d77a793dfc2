"""Stubs that jump through a pointer to an import: which code address stands for which name."""

from collections.abc import Callable
from functools import partial

import numpy as np

from zoll.parse.machine import plt_words
from zoll.parse.machine.image import Image, Numbers, Region
from zoll.parse.machine.plt_words import EMPTY, Found

ENDBR = {"x86-64": b"\xf3\x0f\x1e\xfa", "x86": b"\xf3\x0f\x1e\xfb"}


def stubs(image: Image, first_slot: int = 0) -> dict[int, str]:
    """Return the stubs of an image whose regions and slots are known; `first_slot` of MIPS: where symbol 0 would be."""
    find = FINDERS.get(image.processor)
    if image.processor in ("mips", "mips64"):
        find = partial(plt_words.mips, first_slot)
    found: dict[int, str] = {}
    if find is None or not image.slots:
        return found
    for region in image.code:
        starts, slots = find(image, region)
        for start, slot in zip(starts.tolist(), slots.tolist(), strict=True):
            if slot in image.slots:
                found[start] = image.slots[slot]
    return found


def _x86(image: Image, region: Region) -> Found:
    sections = region.name.startswith(".")
    if sections and ".plt" not in region.name:  # elsewhere it is the end of a function that jumps on
        return EMPTY
    starts, slots = jumps(image, region)
    aligned = starts % (1 if sections else 8) == 0
    return starts[aligned], slots[aligned]


def jumps(image: Image, region: Region) -> Found:
    """Find x86's `jmp *slot`: ff 25 (from the next instruction, or fixed), ff a3 (from the GOT, which is in ebx)."""
    raw = np.frombuffer(image.data, np.uint8, region.size, region.offset)
    if len(raw) < 6:
        return EMPTY
    at = np.flatnonzero((raw[:-5] == 0xFF) & ((raw[1:-4] == 0x25) | (raw[1:-4] == 0xA3)))
    places = raw[at[:, None] + np.arange(2, 6)].copy().view("<i4").ravel().astype(np.int64)
    if image.processor == "x86-64":
        slots = np.where(raw[at + 1] == 0x25, region.address + at + 6 + places, -1)
    else:
        slots = np.where(raw[at + 1] == 0xA3, places + image.global_pointer, places & 0xFFFFFFFF)
    starts = at - ((raw[at - 1] == 0xF2) & (at > 0))  # the prefix bnd
    return region.address + starts - 4 * _marked(image, region, starts), slots


def _marked(image: Image, region: Region, starts: Numbers) -> Numbers:
    """Return 1 where the mark of a landing place for indirect jumps stands before."""
    mark, data, base = ENDBR[image.processor], image.data, region.offset
    before = [one >= 4 and data[base + one - 4 : base + one] == mark for one in starts.tolist()]
    return np.array(before, np.int64)


FINDERS: dict[str, Callable[[Image, Region], Found]] = {
    "x86-64": _x86,
    "x86": _x86,
    "arm64": plt_words.arm64,
    "arm": plt_words.arm,
    "ppc": plt_words.ppc,
    "ppc64": plt_words.ppc64,
    "riscv64": plt_words.riscv,
}
