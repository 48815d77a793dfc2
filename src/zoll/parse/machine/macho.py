"""Mach-O files (macOS, iOS) as images, over lief; a universal file has one for each processor."""

from collections.abc import Iterator

import lief
import numpy as np

from zoll.parse.machine.image import NONE, BadExecutable, Image, Numbers, Region, Symbol
from zoll.parse.machine.macho_properties import properties
from zoll.parse.machine.macho_sound import HIGHEST, check
from zoll.parse.machine.quiet import text, told
from zoll.parse.machine.spans import loaded

PROCESSORS = {
    0x1000007: "x86-64",
    7: "x86",
    0x100000C: "arm64",
    0x200000C: "arm64",
    12: "arm",
    18: "ppc",
    0x1000012: "ppc64",
}
MOST_IMAGES = 20
MOST_SYMBOLS = 3_000_000
ZEROFILL, NON_LAZY, LAZY, STUBS = 1, 6, 7, 8
HELD_NOTHING = (ZEROFILL, 12, 18)  # S_ZEROFILL, S_GB_ZEROFILL, S_THREAD_LOCAL_ZEROFILL
CODE = 0x80000400  # S_ATTR_PURE_INSTRUCTIONS, S_ATTR_SOME_INSTRUCTIONS


def read_macho(data: bytes) -> tuple[Image, ...]:
    """Return the images of a Mach-O file, one for each processor. Raise BadExecutable."""
    check(data)
    fat = told(lambda: lief.MachO.parse(data, lief.MachO.ParserConfig.deep))
    if fat is None or not 0 < fat.size <= MOST_IMAGES:
        raise BadExecutable("no Mach-O head")
    return told(lambda: tuple(_Reading(data, one).image() for one in fat))


class _Reading:
    """One processor's part of a Mach-O file with what lief found in it; `shift`: where it starts in the file."""

    def __init__(self, data: bytes, binary: lief.MachO.Binary) -> None:
        self.data, self.binary, self.shift = data, binary, int(binary.fat_offset)
        kind = int(binary.header.cpu_type.value) & 0xFFFFFFFF
        self.processor = PROCESSORS.get(kind, f"machine {kind:#x}")
        self.sections = list(binary.sections)

    def image(self) -> Image:
        binary = self.binary
        slots, stubs = self._indirect()
        for one in binary.bindings:
            if one.has_symbol and one.symbol and int(one.address) <= HIGHEST:
                slots.setdefault(int(one.address), plain(text(one.symbol.name)))
        image = Image(
            self.data,
            "macho",
            self.processor,
            big=self.processor.startswith("ppc"),
            bits=64 if "64" in self.processor else 32,
            entry=self._entry(),
            regions=tuple(self._regions()),
            symbols=self._symbols(),
            slots=slots,
            stubs=stubs,
        )
        image.pointers = self._pointers(image)
        image.unwound = self._starts()
        image.properties = properties(binary, image, self.shift)
        return image

    def _entry(self) -> int:
        if not self.binary.has_entrypoint:
            return 0
        return int(self.binary.entrypoint) & (HIGHEST - 1)

    def _regions(self) -> Iterator[Region]:
        mapped, rights = 0, {}
        for segment in self.binary.segments:
            bits = int(segment.init_protection)
            rights[text(segment.name)] = "".join(letter for letter, bit in (("r", 1), ("w", 2), ("x", 4)) if bits & bit)
        for one in self.sections:
            given = rights.get(text(one.segment_name), "r")
            code = int(one.flags) & CODE or text(one.name).startswith("__text")
            held = 0 if _type(one) in HELD_NOTHING else int(one.size)
            offset = min(self.shift + int(one.offset), len(self.data))
            held = min(held, len(self.data) - offset)
            mapped += held
            if mapped > 4 * len(self.data):
                raise BadExecutable("the file maps itself many times over")
            name = f"{text(one.segment_name)},{text(one.name)}"
            yield Region(
                name, int(one.virtual_address), offset, held, int(one.size), given if code else given.replace("x", "")
            )

    def _indirect(self) -> tuple[dict[int, str], dict[int, str]]:
        """Return slots and stubs by the table of indirect symbols, into which their sections lead."""
        slots: dict[int, str] = {}
        stubs: dict[int, str] = {}
        command = self.binary.dynamic_symbol_command
        names = [plain(text(one.name)) for one in command.indirect_symbols] if command else []
        word = 8 if "64" in self.processor else 4
        for one in self.sections:
            kind, first = _type(one), int(one.reserved1)
            width = int(one.reserved2) if kind == STUBS else word
            if kind not in (NON_LAZY, LAZY, STUBS) or not width:
                continue
            for number in range(min(int(one.size) // width, max(0, len(names) - first))):
                if names[first + number]:
                    (stubs if kind == STUBS else slots)[int(one.virtual_address) + number * width] = names[
                        first + number
                    ]
        return slots, stubs

    def _symbols(self) -> tuple[Symbol, ...]:
        found: dict[tuple[int, str], Symbol] = {}
        for count, one in enumerate(self.binary.symbols):
            if count > MOST_SYMBOLS:
                raise BadExecutable("more symbols than any program has")
            kind = int(one.raw_type)
            if kind & 0xE0 or kind & 0x0E != 0x0E or int(one.value) > HIGHEST:  # a debugger's, or in no section
                continue
            number, address, name = int(one.numberof_sections), int(one.value), plain(text(one.name))
            code = 0 < number <= len(self.sections) and int(self.sections[number - 1].flags) & CODE
            found.setdefault((address, name), Symbol(name, address, 0, "function" if code else "data", bool(kind & 1)))
        return tuple(sorted(found.values(), key=lambda one: (one.address, one.name)))

    def _starts(self) -> Numbers:
        """Return the places of the command LC_FUNCTION_STARTS; how long they are it does not say."""
        command = self.binary.function_starts
        base = int(self.binary.imagebase) & (HIGHEST - 1)
        starts = (
            np.unique(np.array([base + int(one) for one in command.functions if int(one) < HIGHEST], np.int64))
            if command
            else NONE
        )
        starts = starts & ~1 if self.processor == "arm" else starts
        return np.stack([starts, np.zeros(len(starts), np.int64)], 1)

    def _pointers(self, image: Image) -> Numbers:
        found = []
        for one in self.binary.relocations:
            if isinstance(one, lief.MachO.RelocationFixup):
                found.append(int(one.target))
            elif isinstance(one, lief.MachO.RelocationDyld):
                word = image.bits // 8
                found.append(int.from_bytes(image.bytes_at(int(one.address), word), "big" if image.big else "little"))
        numbers = np.array([one for one in found if 0 < one < 1 << 62], np.int64)
        return loaded(image.regions, numbers)


def _type(section: lief.MachO.Section) -> int:
    return int(section.type.value) & 0xFF


def plain(name: str) -> str:
    """Return a name as C writes it: Mach-O puts an underscore before each.

    >>> plain("_system")
    'system'
    """
    return name.removeprefix("_")
