"""The head of an ELF file: its sections, its segments and the entries of its dynamic segment.

System V ABI, chapters 4 and 5. What the loader goes by (segments) comes before what tools go by (sections).
"""

from bisect import bisect_right
from functools import cached_property

from zoll.parse.machine.binary import POSITIVE, Bytes, Names
from zoll.parse.machine.image import BadExecutable

RELOCATABLE, EXECUTABLE, SHARED, CORE = 1, 2, 3, 4
NOBITS, SYMTAB, DYNSYM, RELA, REL, DYNAMIC, NOTE = 8, 2, 11, 4, 9, 6, 7
LOAD, PT_DYNAMIC, INTERP, PT_NOTE, TLS = 1, 2, 3, 4, 7
EH_FRAME_HDR, STACK, RELRO, PROPERTY, EXIDX = 0x6474E550, 0x6474E551, 0x6474E552, 0x6474E553, 0x70000001
WRITE, ALLOC, EXECINSTR, IN_TLS = 1, 2, 4, 0x400
PAIR = [("tag", "W"), ("value", "W")]
MOST_SECTIONS = 300_000
MOST_LOADS = 500
FARTHEST = 1 << 48  # no file and no segment is longer, whatever its head says
MOST_ENTRIES = 10_000  # of the dynamic segment

MACHINES = {
    3: "x86",
    8: "mips",
    20: "ppc",
    21: "ppc64",
    40: "arm",
    62: "x86-64",
    183: "arm64",
    243: "riscv64",
}
SECTION = [(name, "W" if wide else "u4") for name, wide in (
    ("name", 0), ("type", 0), ("flags", 1), ("address", 1), ("offset", 1), ("size", 1),
    ("link", 0), ("info", 0), ("align", 1), ("entry", 1),
)]  # fmt: skip
SEGMENT_64 = [("type", "u4"), ("flags", "u4")] + [
    (name, "u8") for name in ("offset", "address", "physical", "size", "memory", "align")
]
SEGMENT_32 = [(name, "u4") for name in ("type", "offset", "address", "physical", "size", "memory", "flags", "align")]


class Section:
    """A row of the section table."""

    __slots__ = ("address", "align", "entry", "flags", "index", "info", "link", "name", "offset", "size", "type")

    def __init__(self, index: int, row: tuple[int, ...], name: str) -> None:
        _, self.type, self.flags, address, offset, size, self.link, self.info, self.align, self.entry = row
        self.index, self.name, self.address = index, name, address & POSITIVE
        self.offset, self.size = min(offset, FARTHEST), min(size, FARTHEST, POSITIVE - self.address)

    @property
    def held(self) -> int:
        """How many bytes of the file it has."""
        return 0 if self.type == NOBITS else self.size


class Segment:
    """A row of the program header table."""

    __slots__ = ("address", "flags", "memory", "offset", "size", "type")

    def __init__(self, kind: int, flags: int, offset: int, address: int, size: int, memory: int) -> None:
        self.type, self.flags, self.address = kind, flags, address & POSITIVE
        self.offset, most = min(offset, FARTHEST), min(FARTHEST, POSITIVE - self.address)
        self.size, self.memory = min(size, most), min(memory, most)


class Elf:
    """An ELF file's head. Raise BadExecutable where there is none, or neither sections nor segments."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 52 or data[:4] != b"\x7fELF" or data[4] not in (1, 2) or data[5] not in (1, 2):
            raise BadExecutable("no ELF head")
        self.bytes = Bytes(data, big=data[5] == 2, bits=64 if data[4] == 2 else 32)
        fields = self._fields()
        self.type, self.machine, _, entry, self.phoff, self.shoff, self.flags, _, *sizes = fields
        self.entry = entry & POSITIVE
        self.odd: list[str] = []  # what the head promises and the file does not hold
        self.segments = self._read_segments(sizes[0], sizes[1])
        self.sections = self._read_sections(*sizes[2:])
        if not self.segments and not self.sections:
            raise BadExecutable("neither sections nor segments")

    def _fields(self) -> tuple[int, ...]:
        word = self.bytes.word
        fields, at = [], 16
        for size in (2, 2, 4, word, word, word, 4, 2, 2, 2, 2, 2, 2):
            fields.append(self.bytes.number(at, size))
            at += size
        return tuple(fields)

    @property
    def processor(self) -> str:
        """The name in image.PROCESSORS, or `machine N` for others."""
        name = MACHINES.get(self.machine, "")
        if name == "mips" and (self.bytes.bits == 64 or self.flags & 0x20):  # EF_MIPS_ABI2: the N32 ABI
            return "mips64"
        return f"machine {self.machine}" if not name or (name == "riscv64" and self.bytes.bits == 32) else name

    def _read_segments(self, size: int, count: int) -> list[Segment]:
        if not count or not self.phoff:
            return []
        if count == 0xFFFF and self.shoff:  # PN_XNUM: the number stands in the first section
            count = self.bytes.number(self.shoff + (44 if self.bytes.bits == 64 else 28), 4)
        rows = self.bytes.table(self.phoff, count, SEGMENT_64 if self.bytes.bits == 64 else SEGMENT_32)
        if len(rows) < count or size != rows.dtype.itemsize or count > MOST_SECTIONS:
            raise BadExecutable("the program headers are not in the file")
        if int((rows["type"] == LOAD).sum()) > MOST_LOADS:
            raise BadExecutable("more segments than any loader maps")
        names = ("type", "flags", "offset", "address", "size", "memory")
        found = [Segment(*row) for row in zip(*(rows[name].tolist() for name in names), strict=True)]
        cut = [one for one in found if one.type == LOAD and one.offset + one.size > len(self.bytes)]
        if cut:
            self.odd.append("segments reach beyond the end of the file")
        return found

    def _read_sections(self, size: int, count: int, names_at: int) -> list[Section]:
        if not self.shoff:
            return []
        first = self.bytes.table(self.shoff, 1, SECTION)
        if not len(first) or size != first.dtype.itemsize:
            return self._without("the section headers are not in the file")
        count = count or int(first[0]["size"])
        names_at = int(first[0]["link"]) if names_at == 0xFFFF else names_at
        rows = self.bytes.table(self.shoff, count, SECTION)
        if len(rows) < count or count > MOST_SECTIONS:
            return self._without("the section headers are not in the file")
        texts = rows[names_at] if names_at < count else first[0]
        names = Names(self.bytes.data, int(texts["offset"]), int(texts["size"]))
        return [Section(index, row, names.at(row[0])) for index, row in enumerate(rows.tolist())]

    def _without(self, why: str) -> list[Section]:
        if not self.segments:
            raise BadExecutable(why)
        self.odd.append(why)
        return []

    @cached_property
    def loads(self) -> list[Segment]:
        """The segments that are loaded, by address."""
        return sorted((one for one in self.segments if one.type == LOAD), key=lambda one: one.address)

    @cached_property
    def _addresses(self) -> list[int]:
        return [one.address for one in self.loads]

    def offset(self, address: int) -> int:
        """Return where in the file the byte at an address stands, -1 for nowhere."""
        if not self.loads:
            return next((one.offset + address - one.address for one in self.sections if _in(one, address)), -1)
        at = bisect_right(self._addresses, address) - 1
        inside = address - self._addresses[at] if at >= 0 else -1
        offset = self.loads[at].offset + inside
        return offset if 0 <= inside < self.loads[at].size and offset < len(self.bytes) else -1

    def section(self, name: str) -> Section | None:
        """Return the first section of a name."""
        return self._named.get(name)

    @cached_property
    def _named(self) -> dict[str, Section]:
        return {one.name: one for one in reversed(self.sections)}

    def segment(self, kind: int) -> Segment | None:
        """Return the first segment of a type."""
        return next((one for one in self.segments if one.type == kind), None)

    @cached_property
    def dynamic(self) -> dict[int, list[int]]:
        """The entries of the dynamic segment: tag to values, in order."""
        segment = self.segment(PT_DYNAMIC)
        section = next((one for one in self.sections if one.type == DYNAMIC), None)
        place = segment or section
        if place is None:
            return {}
        rows = self.bytes.table(place.offset, min(place.size // (2 * self.bytes.word), MOST_ENTRIES), PAIR)
        found: dict[int, list[int]] = {}
        for tag, value in rows.tolist():
            if tag == 0:
                break
            found.setdefault(tag, []).append(value & POSITIVE)
        return found

    def value(self, tag: int) -> int:
        """Return the first value of a dynamic tag, 0 where there is none."""
        return self.dynamic.get(tag, [0])[0]


def _in(section: Section, address: int) -> bool:
    return bool(section.flags & ALLOC) and section.address <= address < section.address + section.held
