"""Stubs of the processors whose instructions are words: patterns over whole regions, as the linkers write them."""

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.image import NONE, Image, Numbers, Region

Found = tuple[Numbers, Numbers]  # where a stub starts, which slot it goes through
Truth = NDArray[np.bool_]
EMPTY: Found = (NONE, NONE)
REACH = 12  # words that a pattern may span


class Words:
    """A region's words; `at(index)` counts from the first, those before and behind are zeros. `start`: its address."""

    def __init__(self, image: Image, region: Region) -> None:
        skip = -region.address % 4
        count = max(0, region.size - skip) // 4
        order = ">" if image.code_big else "<"
        self.start = region.address + skip
        self._words = np.zeros(count + 2 * REACH, np.int64)
        if count:
            self._words[REACH : REACH + count] = np.frombuffer(image.data, order + "u4", count, region.offset + skip)

    def at(self, step: int) -> Numbers:
        """Return the words `step` places behind each, at most REACH."""
        return self._words[REACH + step : len(self._words) - REACH + step]

    def where(self, found: Truth) -> tuple[Numbers, Numbers]:
        """Return indices of places and their addresses."""
        index = np.flatnonzero(found)
        return index, self.start + 4 * index


def low(word: Numbers, bits: int) -> Numbers:
    """Return the lowest bits as a signed number."""
    half = 1 << (bits - 1)
    return ((word & ((1 << bits) - 1)) ^ half) - half


def arm64(image: Image, region: Region) -> Found:
    """`adrp x16, page; ldr x17, [x16, low]`, before it perhaps `bti c`."""
    words = Words(image, region)
    index, place = words.where(((words.at(0) & 0x9F00001F) == 0x90000010) & ((words.at(1) & 0xFFC003FF) == 0xF9400211))
    first, second = words.at(0)[index], words.at(1)[index]
    page = low(((first >> 5 & 0x7FFFF) << 2) | (first >> 29 & 3), 21) << 12
    slots = (place & ~0xFFF) + page + ((second >> 10 & 0xFFF) << 3)
    return place - 4 * (words.at(-1)[index] == 0xD503245F), slots


def arm(image: Image, region: Region) -> Found:
    """`add ip, pc, #a; add ip, ip, #b (once or twice); ldr pc, [ip, #c]!`, before it perhaps Thumb's `bx pc`."""
    words = Words(image, region)
    index, place = words.where(((words.at(0) & 0xFFFFF000) == 0xE28FC000) & ((words.at(1) & 0xFFFFF000) == 0xE28CC000))
    second, third, fourth = (words.at(step)[index] for step in (1, 2, 3))
    longer = (third & 0xFFFFF000) == 0xE28CC000
    last = np.where(longer, fourth, third)
    slots = place + 8 + _rotated(words.at(0)[index]) + _rotated(second) + np.where(longer, _rotated(third), 0)
    slots = (slots + (last & 0xFFF)) & 0xFFFFFFFF
    good = (last & 0xFFFFF000) == 0xE5BCF000
    thumb = good & np.isin(words.at(-1)[index], (0x46C04778, 0xE7FD4778))
    narrow = _thumb(image, region)
    starts = [place[good], place[thumb] - 4, narrow[0]]
    return np.concatenate(starts), np.concatenate([slots[good], slots[thumb], narrow[1]])


def _rotated(word: Numbers) -> Numbers:
    """Return the constant of an A32 instruction: eight bits, rotated right by twice the four above."""
    value, turn = word & 0xFF, 2 * (word >> 8 & 0xF)
    return ((value >> turn) | (value << (32 - turn))) & 0xFFFFFFFF


def _thumb(image: Image, region: Region) -> Found:
    """`movw ip, low; movt ip, high; add ip, pc; ldr.w pc, [ip]`."""
    if image.code_big or region.size < 14:
        return EMPTY
    halves = np.frombuffer(image.data, "<u2", region.size // 2, region.offset).astype(np.int64)
    index = np.flatnonzero((halves[4:-2] == 0x44FC) & (halves[5:-1] == 0xF8DC) & (halves[6:] == 0xF000))
    movw, movt = _wide(halves, index), _wide(halves, index + 2)
    good = ((halves[index] & 0xFBF0) == 0xF240) & ((halves[index + 2] & 0xFBF0) == 0xF2C0)
    place = region.address + 2 * index
    return place[good], ((movw | movt << 16) + place + 8 + 4)[good] & 0xFFFFFFFF


def _wide(halves: Numbers, at: Numbers) -> Numbers:
    """Return the sixteen bits of a Thumb movw or movt."""
    one, two = halves[at], halves[at + 1]
    return (one & 0xF) << 12 | (one >> 10 & 1) << 11 | (two >> 12 & 7) << 8 | (two & 0xFF)


def mips(first_slot: int, image: Image, region: Region) -> Found:
    """Lazy stubs name the symbol by number, `lw t9, (gp); move t7, ra; jalr t9; li t8, number`; others a slot."""
    words, wide = Words(image, region), image.processor == "mips64" and image.bits == 64
    loads = words.at(0) == (0xDF998010 if wide else 0x8F998010)
    moves = np.isin(words.at(1), (0x03E07825, 0x03E07821, 0x03E0782D))
    index, place = words.where(loads & moves & (words.at(2) == 0x0320F809))
    number = words.at(3)[index]
    great, further = words.where(loads & moves & (words.at(3) == 0x0320F809) & (words.at(2) >> 16 == 0x3C18))
    numbers = np.concatenate([number & 0xFFFF, (words.at(2)[great] & 0xFFFF) << 16 | words.at(4)[great] & 0xFFFF])
    fixed = _mips_fixed(words, 0x37 if wide else 0x23)
    slots = first_slot + numbers * (image.bits // 8)
    return np.concatenate([place, further, fixed[0]]), np.concatenate([slots, fixed[1]])


def _mips_fixed(words: Words, load: int) -> Found:
    """`lui r, high; lw t9, low(r)` and `jr t9` right or one behind."""
    same = (words.at(0) >> 16 & 0x1F) == (words.at(1) >> 21 & 0x1F)
    loads = ((words.at(1) >> 26) == load) & ((words.at(1) >> 16 & 0x1F) == 25)
    jumps = np.isin(words.at(2), (0x03200008, 0x03200009)) | np.isin(words.at(3), (0x03200008, 0x03200009))
    index, place = words.where(((words.at(0) >> 21) == 0x1E0) & same & loads & jumps)
    return place, (low(words.at(0)[index], 16) << 16) + low(words.at(1)[index], 16)


def ppc(image: Image, region: Region) -> Found:
    """`lis r11, high; lwz r11, low(r11); mtctr r11; bctr`; position-independent ones go through r30."""
    words = Words(image, region)
    jumps = (words.at(1) == 0x7D6903A6) & (words.at(2) == 0x4E800420)
    index, place = words.where(jumps & (words.at(0) >> 16 == 0x816B) & (words.at(-1) >> 16 == 0x3D60))
    slots = ((words.at(-1)[index] & 0xFFFF) << 16) + low(words.at(0)[index], 16)
    near, short = words.where(jumps & (words.at(0) >> 16 == 0x817E))
    far, wide = words.where(jumps & (words.at(0) >> 16 == 0x816B) & (words.at(-1) >> 16 == 0x3D7E))
    distance = low(words.at(0), 16)
    starts = np.concatenate([short, wide - 4])
    offsets = np.concatenate([distance[near], (low(words.at(-1)[far], 16) << 16) + distance[far]])
    order = np.argsort(starts)
    starts, offsets = starts[order], offsets[order]
    return np.concatenate([place - 4, starts]), np.concatenate(
        [slots & 0xFFFFFFFF, _called(image, words, starts, offsets)]
    )


def _bases(words: Words) -> Found:
    """Return where functions set r30 and to what: `bcl next; mflr r30; ... addis r30, r30; ... addi r30, r30`."""
    index, place = words.where((words.at(-1) == 0x429F0005) & (words.at(0) == 0x7FC802A6))
    value, told = place.copy(), np.zeros(len(index), np.int64)
    for step in range(1, REACH):
        word = words.at(step)[index]
        high, less = word >> 16 == 0x3FDE, word >> 16 == 0x3BDE
        value += np.where(high & (told == 0), low(word, 16) << 16, 0) + np.where(less & (told == 1), low(word, 16), 0)
        told += np.where(high & (told == 0), 1, 0) + np.where(less & (told == 1), 1, 0)
    return place[told == 2], value[told == 2]


def _called(image: Image, words: Words, starts: Numbers, offsets: Numbers) -> Numbers:
    """Return the slots of stubs that name them by their distance from r30, which their callers have set."""
    places, bases = _bases(words)
    index, place = words.where((words.at(0) & 0xFC000003) == 0x48000001)
    targets = place + low(words.at(0)[index], 26) - 1
    calls = np.isin(targets, starts)
    setter = np.searchsorted(places, place[calls]) - 1
    slots = np.full(len(starts), -1, np.int64)
    which = np.searchsorted(starts, targets[calls])
    reach = setter >= 0
    slots[which[reach]] = bases[setter[reach]] + offsets[which[reach]]
    return np.where(slots < 0, image.global_pointer + offsets, slots)


def ppc64(image: Image, region: Region) -> Found:
    """`std r2, (r1); addis r12, r2, high; ld r12, low(r12); mtctr r12; ... bctr`, its parts in some orders."""
    words = Words(image, region)
    saved = np.isin(words.at(-1), (0xF8410018, 0xF8410028))
    loads = np.isin(words.at(0) >> 16, (0xE982, 0xE98B, 0xE98C)) & (words.at(1) == 0x7D8903A6)
    index, place = words.where(loads)
    near = words.at(0)[index] >> 16 == 0xE982
    saved = saved[index]
    before = np.where(saved, words.at(-2)[index], words.at(-1)[index])
    high = np.isin(before >> 16, (0x3D62, 0x3D82))
    earlier = np.where(high & ~saved, np.isin(words.at(-2)[index], (0xF8410018, 0xF8410028)), False)
    slots = image.global_pointer + (low(words.at(0)[index], 16) & ~3) + np.where(near, 0, low(before, 16) << 16)
    starts = place - 4 * saved - 4 * (high & ~near) - 4 * earlier
    jumps = words.at(2)[index] == 0x4E800420
    good = (near | high) & (saved | earlier | jumps)
    return starts[good], slots[good]


def riscv(image: Image, region: Region) -> Found:
    """`auipc t3, high; ld t3, low(t3); jalr t1, t3`."""
    words = Words(image, region)
    loads = np.isin(words.at(1) & 0xFFFFF, (0xE3E03, 0xE2E03))
    index, place = words.where(((words.at(0) & 0xFFF) == 0xE17) & loads & (words.at(2) == 0x000E0367))
    return place, place + (low(words.at(0)[index] >> 12, 20) << 12) + low(words.at(1)[index] >> 20, 12)
