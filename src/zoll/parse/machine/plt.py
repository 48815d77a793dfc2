"""Stubs that jump through a pointer to an import, by processor: which code address stands for which name."""

from collections.abc import Callable

import numpy as np

from zoll.parse.machine.image import NONE, Image, Numbers, Region

Found = tuple[Numbers, Numbers]  # where a stub starts, which slot it goes through
EMPTY: Found = (NONE, NONE)
ENDBR = b"\xf3\x0f\x1e\xfa"
ENDBR32 = b"\xf3\x0f\x1e\xfb"


def stubs(image: Image) -> dict[int, str]:
    """Return the stubs of an image whose regions and slots are known."""
    find = FINDERS.get(image.processor)
    found: dict[int, str] = {}
    if find is None or not image.slots:
        return found
    for region in image.code:
        starts, slots = find(image, region)
        for start, slot in zip(starts.tolist(), slots.tolist(), strict=True):
            if slot in image.slots:
                found[start] = image.slots[slot]
    return found


def _words(image: Image, region: Region) -> Numbers:
    order = ">" if image.big else "<"
    return np.frombuffer(image.data, order + "u4", region.size // 4, region.offset).astype(np.int64)


def _is_plt(region: Region) -> bool:
    return ".plt" in region.name or not region.name.startswith(".")


def _x86(image: Image, region: Region) -> Found:
    """`jmp *slot`: ff 25 (relative to the next instruction, or fixed) or ff a3 (relative to the GOT in ebx)."""
    if not _is_plt(region):
        return EMPTY
    raw = np.frombuffer(image.data, np.uint8, region.size, region.offset)
    if len(raw) < 6:
        return EMPTY
    at = np.flatnonzero((raw[:-5] == 0xFF) & ((raw[1:-4] == 0x25) | (raw[1:-4] == 0xA3)))
    places = raw[at[:, None] + np.arange(2, 6)].copy().view("<i4").ravel().astype(np.int64)
    if image.processor == "x86-64":
        slots = region.address + at + 6 + places
        slots[raw[at + 1] != 0x25] = -1
    else:
        slots = np.where(raw[at + 1] == 0xA3, places + image.global_pointer, places & 0xFFFFFFFF)
    starts = at - (raw[at - 1] == 0xF2) * (at > 0)  # the prefix bnd
    marked = ENDBR if image.processor == "x86-64" else ENDBR32
    data = image.data
    back = [
        4 if one >= 4 and data[region.offset + one - 4 : region.offset + one] == marked else 0
        for one in starts.tolist()
    ]
    starts = starts - np.array(back, np.int64)
    aligned = starts % 8 == 0 if not region.name.startswith(".") else np.ones(len(starts), bool)
    return (region.address + starts)[aligned], slots[aligned]


def _arm64(image: Image, region: Region) -> Found:
    """`adrp x16, page; ldr x17, [x16, low]`, before it perhaps `bti c`."""
    words = _words(image, region)
    if len(words) < 2:
        return EMPTY
    at = np.flatnonzero(((words[:-1] & 0x9F00001F) == 0x90000010) & ((words[1:] & 0xFFC003FF) == 0xF9400211))
    high = ((words[at] >> 5 & 0x7FFFF) << 2) | (words[at] >> 29 & 3)
    page = ((high ^ 0x100000) - 0x100000) << 12
    slots = ((region.address + 4 * at) & ~np.int64(0xFFF)) + page + ((words[at + 1] >> 10 & 0xFFF) << 3)
    starts = at - ((words[at - 1] == 0xD503245F) & (at > 0))
    return region.address + 4 * starts, slots


FINDERS: dict[str, Callable[[Image, Region], Found]] = {"x86-64": _x86, "x86": _x86, "arm64": _arm64}
