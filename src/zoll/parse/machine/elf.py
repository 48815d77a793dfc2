"""ELF files as images: linked ones as the loader maps them; relocatable objects are laid out by `objects`."""

import numpy as np

from zoll.parse.machine import elf_regions, plt, unwind
from zoll.parse.machine.elf_head import RELOCATABLE, Elf
from zoll.parse.machine.elf_properties import properties
from zoll.parse.machine.elf_relocations import DT_FINI, DT_INIT, TOC, Bound, bind, descriptors, first_slot, in_place
from zoll.parse.machine.elf_symbols import dynamic_symbols, named, section_symbols, thumbs
from zoll.parse.machine.global_pointer import global_pointer
from zoll.parse.machine.image import Image, Numbers, Symbol
from zoll.parse.machine.objects import read_object
from zoll.parse.machine.small_symbols import small_symbols
from zoll.parse.machine.spans import loaded

BE8 = 0x00800000
MOST_STARTERS = 100_000
ARRAYS = ((32, 33), (25, 27), (26, 28))  # DT_PREINIT_ARRAY, DT_INIT_ARRAY, DT_FINI_ARRAY and their sizes


def read_elf(data: bytes) -> Image:
    """Return the image of an ELF file. Raise BadExecutable where its head promises what it does not hold."""
    elf = Elf(data)
    image = _object(elf) if elf.type == RELOCATABLE and elf.sections else _linked(elf)
    image.code_big = _code_big(elf)
    _part_thumb(image)
    return image


def _object(elf: Elf) -> Image:
    image = read_object(elf)
    image.properties = properties(elf, image, Bound(), section_symbols(elf))
    return image


def _linked(elf: Elf) -> Image:
    dynamic, full, small = dynamic_symbols(elf), section_symbols(elf), small_symbols(elf)
    bound = bind(elf, dynamic)
    codes = descriptors(elf, bound, dynamic)
    symbols = named(elf, [full, dynamic, small], codes)
    image = Image(
        elf.bytes.data,
        "elf",
        elf.processor,
        big=elf.bytes.big,
        bits=elf.bytes.bits,
        entry=codes.get(elf.entry, elf.entry),
        regions=elf_regions.regions(elf),
        symbols=symbols,
        slots=bound.slots | _resolved(bound, symbols),
        unwound=unwind.unwound(elf),
        global_pointer=codes.get(TOC) or global_pointer(elf, symbols),
        thumb=thumbs(elf, [full, dynamic, small]),
    )
    image.code_big = _code_big(elf)
    image.stubs = plt.stubs(image, first_slot(elf))
    image.pointers = loaded(image.regions, np.concatenate([bound.pointers(), starters(elf)]))
    image.placed = bound.places()
    image.properties = properties(elf, image, bound, dynamic)
    return image


def _code_big(elf: Elf) -> bool:
    """Say whether instructions are big: of Arm not in BE8 (EF_ARM_BE8; ELF for the Arm Architecture, 5.2)."""
    return elf.bytes.big and not (elf.processor == "arm" and bool(elf.flags & BE8))


def _resolved(bound: Bound, symbols: tuple[Symbol, ...]) -> dict[int, str]:
    """Return the pointers that resolvers fill, by the names of the functions that they choose."""
    names = {one.address: one.name for one in symbols if one.kind == "ifunc"}
    if not names:
        return {}
    tables = [zip(where.tolist(), target.tolist(), strict=True) for where, target in bound.placed]
    return {where: names[target] for table in tables for where, target in table if target in names}


def _part_thumb(image: Image) -> None:
    """Take the lowest bit off pointers to Thumb code and remember them as such (32-bit ARM)."""
    if image.processor != "arm":
        return
    odd = image.pointers & 1 == 1
    for region in image.code:
        inside = odd & (image.pointers >= region.address) & (image.pointers < region.address + region.size)
        image.thumb = np.unique(np.concatenate([image.thumb, image.pointers[inside] - 1]))
        image.pointers = np.unique(np.where(inside, image.pointers - 1, image.pointers))
        odd = image.pointers & 1 == 1
    if image.entry & 1:
        image.entry -= 1
        image.thumb = np.unique(np.append(image.thumb, image.entry))


def starters(elf: Elf) -> Numbers:
    """Return the functions that run before and after the program, where they stand in the file."""
    found = [elf.value(tag) for tag in (DT_INIT, DT_FINI) if elf.value(tag)]
    places = [(elf.value(start), elf.value(size)) for start, size in ARRAYS]
    places += [(one.address, one.held) for one in elf.sections if one.type in (14, 15, 16)]
    for start, size in places:
        words = min(size // elf.bytes.word, MOST_STARTERS)
        found += in_place(elf, start + elf.bytes.word * np.arange(words, dtype=np.int64)).tolist() if start else []
    return np.array([one for one in found if one], np.int64)
