"""PE files (Windows, UEFI) as images: lief reads the head, imports and exports; tables of functions are read here."""

from collections.abc import Iterator

import lief
import numpy as np

from zoll.parse.machine.binary import Bytes
from zoll.parse.machine.image import NONE, BadExecutable, Image, Numbers, Region, Symbol
from zoll.parse.machine.pe_properties import properties
from zoll.parse.machine.plt import jumps
from zoll.parse.machine.plt_words import Words, low
from zoll.parse.machine.quiet import text, told
from zoll.parse.machine.spans import loaded

MACHINES = {
    0x8664: "x86-64",
    0x14C: "x86",
    0xAA64: "arm64",
    0xA641: "arm64",
    0xA64E: "arm64",
    0x1C4: "arm",
    0x5064: "riscv64",
}
RIGHTS = (("r", 0x40000000), ("w", 0x80000000), ("x", 0x20000000))
EXCEPTIONS, RELOCATIONS = 3, 5
MOST_SECTIONS = 1_000
MOST_PAGES = 500_000
FUNCTION = 0x20  # a symbol's type in COFF
THUNK = 6  # bytes of `jmp *slot`
BETWEEN = (b"\xcc", b"\x90", b"\xc3", b"\0")  # what stands before a thunk: filling, or the end of a function
CHAINED = 4 << 3  # flag of unwind information: the row is a further piece of another function


def read_pe(data: bytes) -> Image:
    """Return the image of a PE file. Raise BadExecutable."""
    binary = told(lambda: lief.PE.parse(data, _parts()))
    if binary is None or not isinstance(binary, lief.PE.Binary):
        raise BadExecutable("no PE head")
    return told(lambda: _Reading(data, binary).image())


def _parts() -> lief.PE.ParserConfig:
    """Leave out of lief's reading what is read here, or not at all."""
    parts = lief.PE.ParserConfig()
    parts.parse_reloc = parts.parse_exceptions = parts.parse_rsrc = parts.parse_arm64x_binary = False
    return parts


class _Reading:
    """One PE file with what lief found in it."""

    def __init__(self, data: bytes, binary: lief.PE.Binary) -> None:
        self.data, self.binary = data, binary
        machine = int(binary.header.machine.value)
        self.wide = binary.optional_header.magic == lief.PE.PE_TYPE.PE32_PLUS
        self.processor = MACHINES.get(machine, f"machine {machine}")
        self.base = int(binary.optional_header.imagebase) & ((1 << 62) - 1)
        self.bytes = Bytes(data, big=False, bits=64 if self.wide else 32)

    def image(self) -> Image:
        entry = int(self.binary.optional_header.addressof_entrypoint)
        image = Image(
            self.data,
            "pe",
            self.processor,
            bits=64 if self.wide else 32,
            entry=self.base + entry if entry else 0,
            regions=tuple(self._regions()),
            symbols=self._symbols(),
            slots=dict(self._slots()),
        )
        image.stubs = _stubs(image)
        image.pointers = self._pointers(image)
        image.unwound = self._unwound(image)
        image.properties = properties(self.binary, image, self.base)
        if self.processor == "arm":
            image.entry &= ~1
            image.thumb = np.unique(np.append(image.unwound[:, 0], image.entry))
        return image

    def _regions(self) -> Iterator[Region]:
        sections = list(self.binary.sections)
        if len(sections) > MOST_SECTIONS:
            raise BadExecutable("more sections than any loader takes")
        mapped = 0
        for one in sections:
            offset = min(one.offset, len(self.data))
            held = min(one.sizeof_raw_data, len(self.data) - offset, one.virtual_size or one.sizeof_raw_data)
            rights = "".join(letter for letter, bit in RIGHTS if one.characteristics & bit)
            memory = max(one.virtual_size, held)
            mapped += held
            if mapped > 4 * len(self.data):
                raise BadExecutable("the file maps itself many times over")
            name = text(one.name).rstrip("\0")
            yield Region(name, self.base + one.virtual_address, offset, held, memory, rights)

    def _slots(self) -> Iterator[tuple[int, str]]:
        for one in (*self.binary.imports, *self.binary.delay_imports):
            library = text(one.name).lower().removesuffix(".dll")
            for entry in one.entries:
                at = int(entry.iat_address if isinstance(entry, lief.PE.ImportEntry) else entry.value)
                name = f"{library}#{entry.ordinal}" if entry.is_ordinal else text(entry.name)
                if at and name:
                    yield self.base + at, name

    def _symbols(self) -> tuple[Symbol, ...]:
        found: dict[tuple[int, str], Symbol] = {}
        for one in self._exported():
            found[one.address, one.name] = one
        sections = list(self.binary.sections)
        for symbol in self.binary.symbols:
            index = int(symbol.section_idx)
            if 0 < index <= len(sections) and int(symbol.type) & 0xFFFF == FUNCTION:
                address = self.base + sections[index - 1].virtual_address + int(symbol.value)
                name = text(symbol.name)
                found.setdefault((address, name), Symbol(name, address, 0, "function", False))
        return tuple(sorted(found.values(), key=lambda one: (one.address, one.name)))

    def _exported(self) -> Iterator[Symbol]:
        exports = self.binary.get_export() if self.binary.has_exports else None
        for one in exports.entries if exports else ():
            address = self.base + int(one.address)
            if one.is_forwarded or not one.address:
                continue
            section = self.binary.section_from_rva(int(one.address))
            code = section is not None and section.characteristics & 0x20000000
            yield Symbol(text(one.name) or f"#{one.ordinal}", address, 0, "function" if code else "data", True)

    def _table(self, index: int) -> tuple[int, int]:
        """Return where in the file a data directory stands and its size."""
        directories = list(self.binary.data_directories)
        if index >= len(directories) or not directories[index].rva:
            return -1, 0
        return self._offset(int(directories[index].rva)), int(directories[index].size)

    def _offset(self, rva: int) -> int:
        for one in self.binary.sections:
            if one.virtual_address <= rva < one.virtual_address + max(one.virtual_size, one.sizeof_raw_data):
                inside = rva - one.virtual_address
                return int(one.offset + inside) if inside < one.sizeof_raw_data else -1
        return -1

    def _unwound(self, image: Image) -> Numbers:
        """Read the table of functions: three words a row on x86-64, two on ARM (PE format, ".pdata")."""
        at, size = self._table(EXCEPTIONS)
        width = {"x86-64": 3, "arm64": 2, "arm": 2}.get(self.processor, 0)
        if at < 0 or not width:
            return np.zeros((0, 2), np.int64)
        rows = self.bytes.numbers(at, size // 4 // width * width, 4)
        rows = rows[: len(rows) // width * width].reshape(-1, width)
        rows = rows[rows[:, 0] > 0]
        found = _x86(image, rows, self.base) if width == 3 else _arm(image, rows, self.base, self.processor)
        found = found[np.lexsort((-found[:, 1], found[:, 0]))]
        firsts = np.unique(found[:, 0], return_index=True)[1]
        return np.asarray(found[firsts], np.int64)

    def _pointers(self, image: Image) -> Numbers:
        """Return what the words name that the loader moves: blocks of (page, size, entries of type and distance)."""
        at, size = self._table(RELOCATIONS)
        end, places = min(at + size, len(self.data)), [NONE]
        word = self.bytes.word
        while at >= 0 and at + 8 <= end and len(places) < MOST_PAGES:
            page, length = self.bytes.number(at, 4), self.bytes.number(at + 4, 4)
            if length < 8:
                break
            entries = self.bytes.numbers(at + 8, min(length, end - at) // 2 - 4, 2)
            offset = self._offset(page)
            if offset < 0:
                break
            places.append(offset + (entries[(entries >> 12 == 10) | (entries >> 12 == 3)] & 0xFFF))
            at += length
        where = np.concatenate(places)
        where = where[where + word <= len(self.data)]
        raw = np.frombuffer(self.data, np.uint8)
        words = np.ascontiguousarray(raw[where[:, None] + np.arange(word)]).view(f"<u{word}").ravel().astype(np.int64)
        return loaded(image.regions, words)


def _x86(image: Image, rows: Numbers, base: int) -> Numbers:
    """Keep the rows that begin a function: those of further pieces say so in their unwind information."""
    flags = np.array([_byte(image, base + at) for at in rows[:, 2].tolist()], np.int64)
    whole = (flags & CHAINED) == 0
    kept = rows[whole & (rows[:, 1] > rows[:, 0])]
    return np.stack([base + kept[:, 0], kept[:, 1] - kept[:, 0]], 1)


def _byte(image: Image, address: int) -> int:
    found = image.bytes_at(address, 1)
    return found[0] if found else 0


def _arm(image: Image, rows: Numbers, base: int, processor: str) -> Numbers:
    """Read lengths: in the row where packed, else in the first word of the unwind information; in instructions."""
    unit = 4 if processor == "arm64" else 2
    packed = rows[:, 1] & 3
    heads = [
        0 if flag else int.from_bytes(image.bytes_at(base + at, 4), "little")
        for flag, at in zip(packed.tolist(), rows[:, 1].tolist(), strict=True)
    ]
    lengths = np.where(packed > 0, rows[:, 1] >> 2 & 0x7FF, np.array(heads, np.int64) & 0x3FFFF) * unit
    return np.stack([base + (rows[:, 0] & ~1), lengths], 1)


def _stubs(image: Image) -> dict[int, str]:
    """Return the thunks: `jmp *slot` by itself (after others it ends a function), or `adrp, ldr, br` of x16."""
    found: dict[int, str] = {}
    for region in image.code:
        if image.processor in ("x86-64", "x86"):
            starts, slots = jumps(image, region)
        elif image.processor == "arm64":
            words = Words(image, region)
            loads = ((words.at(0) & 0x9F00001F) == 0x90000010) & ((words.at(1) & 0xFFC003FF) == 0xF9400210)
            index, starts = words.where(loads & (words.at(2) == 0xD61F0200))
            first = words.at(0)[index]
            page = low(((first >> 5 & 0x7FFFF) << 2) | (first >> 29 & 3), 21) << 12
            slots = (starts & ~0xFFF) + page + ((words.at(1)[index] >> 10 & 0xFFF) << 3)
        else:
            continue
        for start, slot in zip(starts.tolist(), slots.tolist(), strict=True):
            alone = image.processor == "arm64" or start - THUNK in found or image.bytes_at(start - 1, 1) in BETWEEN
            if slot in image.slots and (alone or start == region.address):
                found[start] = image.slots[slot]
    return found
