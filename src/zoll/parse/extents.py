"""How far an executable reaches that begins somewhere in bytes, and what lies where in it, by its head alone.

Formats: the ELF gABI, "Object Files"; PE Format (Microsoft), "COFF File Header" and "Section Table"; Apple's
`mach-o/loader.h` and `mach-o/fat.h`. Nothing is believed that does not agree with the rest of the head.
"""

import struct
from typing import NamedTuple

MOST_ROWS = 20_000  # of the section table
MOST_COMMANDS = 2000
MOST_SLICES = 20
LONGEST_NAME = 60
NOBITS = 8
PE_PROCESSORS = frozenset((0x14C, 0x8664, 0xAA64, 0x1C0, 0x1C4, 0x200, 0x5064, 0xEBC))
MACHO_PROCESSORS = frozenset((7, 12, 18, 0x01000007, 0x0100000C, 0x0200000C, 0x01000012))


class Span(NamedTuple):
    """Bytes `low:high`, counted from the executable's begin, that its head has a name for ("": none)."""

    low: int
    high: int
    name: str = ""


class Extent(NamedTuple):
    """How long an executable is, and its sections and segments; `slices` are where a universal file's images begin."""

    size: int
    spans: tuple[Span, ...]
    slices: frozenset[int] = frozenset()

    def named(self, offset: int) -> str:
        """Return the name of the section at an offset, `overlay` behind the end, else `between`."""
        if offset >= self.size:
            return "overlay"
        return next((one.name for one in self.spans if one.name and one.low <= offset < one.high), "between")


def elf_extent(data: bytes, at: int = 0) -> Extent | None:
    """Return the extent of an ELF file that begins at `at`."""
    ident = data[at : at + 16]
    if len(ident) < 16 or ident[4] not in (1, 2) or ident[5] not in (1, 2) or ident[6] != 1:
        return None
    order, wide = "<>"[ident[5] - 1], ident[4] == 2
    form = struct.Struct(f"{order}HHI{'QQQ' if wide else 'III'}IHHHHHH")
    if at + 16 + form.size > len(data):
        return None
    kind, machine, version, _, phoff, shoff, _, own, width, segments, height, sections, names = form.unpack_from(
        data, at + 16
    )
    sound = kind in range(1, 5) and machine and version == 1 and own == 16 + form.size and (segments or sections)
    agrees = (not segments or width == (56 if wide else 32)) and (not sections or height == (64 if wide else 40))
    ends = [own, phoff + segments * width, shoff + sections * height]
    if not sound or not agrees or max(segments, sections) > MOST_ROWS or at + max(ends) > len(data):
        return None
    row = struct.Struct(f"{order}{'II16xQQ24x' if wide else 'II8xII16x'}")
    table = list(row.iter_unpack(data[at + shoff : at + shoff + sections * row.size] if sections else b""))
    texts = at + table[names][2] if names < len(table) else len(data)
    held = [
        Span(offset, offset + size, _text(data, texts + name))
        for name, what, offset, size in table
        if what not in (0, NOBITS)
    ]
    row = struct.Struct(f"{order}{'8xQ16xQ16x' if wide else '4xI8xI12x'}")
    rows = row.iter_unpack(data[at + phoff : at + phoff + segments * row.size] if segments else b"")
    loaded = [Span(offset, offset + size) for offset, size in rows if size]
    return _extent(ends, [*held, *loaded])


def pe_extent(data: bytes, at: int = 0) -> Extent | None:
    """Return the extent of a PE file that begins at `at`, its signature included."""
    new = at + int.from_bytes(data[at + 60 : at + 64], "little")
    if data[new : new + 4] != b"PE\0\0" or len(data) < new + 24 + 96:
        return None
    machine, sections, optional = struct.unpack_from("<HH12xH", data, new + 4)
    magic, table = int.from_bytes(data[new + 24 : new + 26], "little"), new + 24 + optional
    sound = machine in PE_PROCESSORS and 0 < sections <= 96 and magic in (0x10B, 0x20B)
    if not sound or table + 40 * sections > len(data):
        return None
    rows = struct.iter_unpack("<8s8xII16x", data[table : table + 40 * sections])
    spans = [Span(low, low + size, _plain(name.rstrip(b"\0"))) for name, size, low in rows if size]
    ends = [table - at + 40 * sections]
    signed = new + 24 + (96 if magic == 0x10B else 112) + 4 * 8
    if signed + 8 <= table:
        offset, size = struct.unpack_from("<II", data, signed)
        inside = offset >= max(span.high for span in spans) if spans else False
        spans += [Span(offset, offset + size, "signature")] if inside and at + offset + size <= len(data) else []
    return _extent(ends, spans)


def macho_extent(data: bytes, at: int = 0) -> Extent | None:
    """Return the extent of a Mach-O file for one processor that begins at `at`."""
    magic = data[at : at + 4]
    if at + 32 > len(data) or magic.replace(b"\xce", b"\xcf") not in (b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa\xcf"):
        return None
    order, wide = ("<" if magic[1] == 0xFA else ">"), 0xCF in magic
    processor, _, kind, count, size = struct.unpack_from(f"{order}5I", data, at + 4)
    if processor not in MACHO_PROCESSORS or kind not in range(1, 13) or not 0 < count <= MOST_COMMANDS:
        return None
    spot = at + (32 if wide else 28)
    stop, spans = min(spot + size, len(data)), []
    for _ in range(count):
        if spot + 8 > stop:
            return None
        command, length = struct.unpack_from(f"{order}II", data, spot)
        if length < 8 or spot + length > stop:
            return None
        if (command, length >= (56 if wide else 40)) == (0x19 if wide else 1, True):
            name, low, held = struct.unpack_from(f"{order}{'16s16xQQ' if wide else '16s8xII'}", data, spot + 8)
            spans += [Span(low, low + held, _plain(name.rstrip(b"\0")))] if held else []
        spot += length
    return _extent([stop - at], spans) if spans else None


def universal_extent(data: bytes) -> Extent | None:
    """Return the extent of a universal Mach-O file."""
    count = int.from_bytes(data[4:8], "big")
    if data[:4] != b"\xca\xfe\xba\xbe" or not 0 < count <= MOST_SLICES or len(data) < 8 + 20 * count:
        return None
    spans: list[Span] = []
    slices = set()
    for _, _, low, size, _ in struct.iter_unpack(">5I", data[8 : 8 + 20 * count]):
        slices.add(low)
        one = macho_extent(data, low)
        spans += [Span(low + span.low, low + span.high, span.name) for span in one.spans] if one else []
        spans.append(Span(low, low + size))
    return Extent(max(span.high for span in spans), tuple(spans), frozenset(slices))


def extent(data: bytes) -> Extent | None:
    """Return the extent of the executable that bytes begin with, None where there is none."""
    kinds = {b"\x7fELF": elf_extent, b"\xca\xfe\xba\xbe": universal_extent}
    if data[:2] == b"MZ":
        return pe_extent(data)
    return kinds.get(data[:4], macho_extent)(data)


def _extent(ends: list[int], spans: list[Span]) -> Extent:
    return Extent(max([*ends, *(one.high for one in spans)]), tuple(spans))


def _text(data: bytes, at: int) -> str:
    raw = data[at : at + LONGEST_NAME]
    return _plain(raw.partition(b"\0")[0])


def _plain(name: bytes) -> str:
    """Return a name without what paths are made of."""
    return "".join(sign if sign.isprintable() and sign not in "/\\" else "_" for sign in name.decode("latin-1"))
