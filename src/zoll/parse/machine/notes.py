"""Notes of ELF files: build identifiers and the properties by which processors guard jumps and returns."""

from collections.abc import Iterator
from typing import NamedTuple

from zoll.parse.machine.elf_head import NOTE, PT_NOTE, Elf

MOST = 2_000
BUILD_ID, PROPERTIES, GO_BUILD_ID = 3, 5, 4
# (type of property, bit): what it promises; Linux extensions to the gABI, "Program property"
GUARDS = {
    (0xC0000000, 1): "bti", (0xC0000000, 2): "pac", (0xC0000000, 4): "gcs",
    (0xC0000002, 1): "ibt", (0xC0000002, 2): "shadow stack",
}  # fmt: skip


class Note(NamedTuple):
    """One note: its owner, its type, and where its description stands in the file."""

    owner: bytes
    type: int
    offset: int
    size: int


def notes(elf: Elf) -> Iterator[Note]:
    """Yield the notes of a file, of its segments or else of its sections."""
    places = [(one.offset, one.size) for one in elf.segments if one.type == PT_NOTE]
    places = places or [(one.offset, one.size) for one in elf.sections if one.type == NOTE]
    seen: set[int] = set()
    for offset, size in places:
        at, end = offset, min(offset + size, len(elf.bytes))
        while at + 12 <= end and len(seen) < MOST:
            named, described, kind = (elf.bytes.number(at + 4 * step, 4) for step in range(3))
            start = at + 12 + (named + 3) // 4 * 4
            if start + described > end:
                break
            owner = elf.bytes.data[at + 12 : at + 12 + named].rstrip(b"\0")
            if at in seen:
                break
            seen.add(at)
            yield Note(owner, kind, start, described)
            at = start + (described + 3) // 4 * 4


def guards(elf: Elf, note: Note) -> Iterator[str]:
    """Yield what the properties of a note promise."""
    at, end = note.offset, note.offset + note.size
    while at + 8 <= end:
        kind, size = elf.bytes.number(at, 4), elf.bytes.number(at + 4, 4)
        value = elf.bytes.number(at + 8, 4) if size >= 4 and at + 12 <= end else 0
        for (wanted, bit), name in GUARDS.items():
            if kind == wanted and value & bit:
                yield name
        at += 8 + (size + elf.bytes.word - 1) // elf.bytes.word * elf.bytes.word
