"""Which bytes of an executable only say when, where and by what it was built: no function reads them.

A run is (offset, size, kind) in the image's file. Kinds: build id, time, checksum, compiler, debug link, version,
signature. Two builds of the same source differ in these and are the same all the same.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress

from zoll.parse.machine.binary import Bytes
from zoll.parse.machine.elf_head import Elf
from zoll.parse.machine.elf_properties import SIGNED
from zoll.parse.machine.image import BadExecutable, Image
from zoll.parse.machine.macho_sound import HEADS, REQUIRED, slices
from zoll.parse.machine.notes import BUILD_ID, GO_BUILD_ID, notes

Run = tuple[int, int, str]
SECTIONS = {".comment": "compiler", ".gnu_debuglink": "debug link", ".note.package": "version"}
MODINFO = re.compile(rb"(?:\A|\0)((?:srcversion|vermagic)=[^\0]{0,200})")
MOST_DEBUG = 32
UUID, CODE_SIGNATURE, SOURCE_VERSION, BUILD_VERSION, ID_DYLIB = 0x1B, 0x1D, 0x2A, 0x32, 0xD
# load command: (where its stamp stands, how long it is or 0 for the rest of the command, kind)
COMMANDS = {
    UUID: (8, 16, "build id"),
    SOURCE_VERSION: (8, 8, "version"),
    BUILD_VERSION: (12, 0, "compiler"),
    ID_DYLIB: (12, 4, "time"),
}
MOST_COMMANDS = 20_000


def stamps_of(image: Image) -> tuple[Run, ...]:
    """Return the runs that are stamps, in order; none of them reaches beyond the file."""
    found: list[Run] = []
    with suppress(BadExecutable):  # a table that leads out of the file ends the search
        found.extend(_BY_KIND[image.kind](image))
    return tuple(sorted(run for run in found if run[0] >= 0 < run[1] and run[0] + run[1] <= len(image.data)))


def without_stamps(image: Image) -> bytes:
    """Return the file's bytes with zeros where the stamps stand."""
    data = bytearray(image.data)
    for at, size, _ in stamps_of(image):
        data[at : at + size] = bytes(size)
    return bytes(data)


def _elf(image: Image) -> Iterator[Run]:
    elf = Elf(image.data)
    for note in notes(elf):
        if (note.owner, note.type) in ((b"GNU", BUILD_ID), (b"Go", GO_BUILD_ID)):
            yield note.offset, note.size, "build id"
    for region in image.regions:
        if region.name in SECTIONS:
            yield region.offset, region.size, SECTIONS[region.name]
        elif region.name == ".modinfo":
            raw = image.data[region.offset : region.offset + region.size]
            yield from ((region.offset + one.start(1), len(one[1]), "version") for one in MODINFO.finditer(raw))
    if image.data.endswith(SIGNED):  # before that twelve bytes, the last four of them a length
        end = len(image.data) - len(SIGNED)
        size = int.from_bytes(image.data[end - 4 : end], "big") + 12
        yield end - size, size + len(SIGNED), "signature"


def _pe(image: Image) -> Iterator[Run]:
    """Read the COFF and the optional header, the Rich header before them, export and debug directories."""
    data = Bytes(image.data, big=False, bits=32)
    head = data.number(0x3C, 4)
    optional = head + 24
    yield head + 8, 4, "time"
    yield optional + 2, 2, "compiler"
    yield optional + 64, 4, "checksum"
    end = image.data.find(b"Rich", 0x40, head)
    if end >= 0:
        key = image.data[end + 4 : end + 8]
        start = image.data.find(bytes(one ^ other for one, other in zip(b"DanS", key, strict=False)), 0x40, end)
        yield start, end + 8 - start, "compiler"
    wide = data.number(optional, 2) == 0x20B
    base = data.number(optional + (24 if wide else 28), 8 if wide else 4)
    tables = optional + (112 if wide else 96)
    for index, stamp in ((0, 4), (2, 4)):  # exports and resources have a time in their head
        if (at := _file(image, base, data.number(tables + 8 * index, 4))) >= 0:
            yield at + stamp, 4, "time"
    yield data.number(tables + 32, 4), data.number(tables + 36, 4), "signature"
    yield from _debug(image, data, base, tables)


def _debug(image: Image, data: Bytes, base: int, tables: int) -> Iterator[Run]:
    at, size = _file(image, base, data.number(tables + 48, 4)), data.number(tables + 52, 4)
    for row in range(at, at + min(size // 28, MOST_DEBUG) * 28, 28) if at >= 0 else ():
        yield row + 4, 4, "time"
        if data.number(row + 12, 4) in (2, 16):  # CodeView: where the debugger's file is; a digest of all that went in
            yield data.number(row + 24, 4), data.number(row + 16, 4), "debug link"


def _file(image: Image, base: int, rva: int) -> int:
    return image.offset((base & ((1 << 62) - 1)) + rva) if rva else -1


def _macho(image: Image) -> Iterator[Run]:
    for start, size in slices(image.data):
        head, bits, big = HEADS.get(int.from_bytes(image.data[start : start + 4], "big"), (0, 0, False))
        if head:
            yield from _commands(Bytes(image.data, big=big, bits=bits), start, head, size)


def _commands(data: Bytes, start: int, head: int, size: int) -> Iterator[Run]:
    at = start + head
    for _ in range(min(data.number(start + 16, 4), MOST_COMMANDS)):
        kind, length = data.number(at, 4) & REQUIRED, data.number(at + 4, 4)
        if length < 8 or at + length > start + size:
            break
        if kind in COMMANDS:
            where, long, name = COMMANDS[kind]
            yield at + where, long or length - where, name
        elif kind == CODE_SIGNATURE:
            yield start + data.number(at + 8, 4), data.number(at + 12, 4), "signature"
        at += length


_BY_KIND: dict[str, Callable[[Image], Iterator[Run]]] = {"elf": _elf, "pe": _pe, "macho": _macho}
