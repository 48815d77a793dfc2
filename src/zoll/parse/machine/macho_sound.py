"""Does a Mach-O file hold what its load commands promise? What does not, no loader maps, and lief may loop over it.

Source: <mach-o/loader.h> and <mach-o/fat.h>.
"""

from collections.abc import Iterator

from zoll.parse.machine.binary import Bytes
from zoll.parse.machine.image import BadExecutable

FAT, FAT_64 = 0xCAFEBABE, 0xCAFEBABF
HEADS = {
    0xFEEDFACE: (28, 32, True),
    0xFEEDFACF: (32, 64, True),
    0xCEFAEDFE: (28, 32, False),
    0xCFFAEDFE: (32, 64, False),
}
MOST_SLICES, MOST_COMMANDS, MOST_SECTIONS = 20, 20_000, 20_000
HIGHEST = 1 << 61  # address: what is above is the kernel's and no file's
WIDEST = 1 << 40  # bytes that a segment may take in memory
REQUIRED = 0x7FFFFFFF  # without the bit that says that the loader must know the command
SEGMENT, SEGMENT_64, SYMTAB, DYSYMTAB, DYLD_INFO = 1, 0x19, 2, 0xB, 0x22
PAIRS = {0x1D, 0x1E, 0x26, 0x29, 0x2B, 0x2E, 0x33, 0x34, 0x36, 0x37}  # one offset and one size in the link-edit segment
ZEROFILL = (1, 12, 18)
# command: where its (offset, number) pairs stand, and the bytes of one
TABLES = {
    SYMTAB: ((8, 12), (16, 1)),
    DYSYMTAB: ((32, 8), (40, 56), (48, 4), (56, 4), (64, 8), (72, 8)),
    DYLD_INFO: tuple((at, 1) for at in range(8, 48, 8)),
}


def check(data: bytes) -> None:
    """Raise BadExecutable unless every table that the commands name lies in the file."""
    for start, size in slices(data):
        magic = int.from_bytes(data[start : start + 4], "big")
        if magic not in HEADS:
            raise BadExecutable("no Mach-O head")
        head, bits, big = HEADS[magic]
        _commands(Bytes(data[start : start + size] if start else data, big=big, bits=bits), head)


def slices(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the part of each processor starts and how long it is."""
    whole = Bytes(data, big=True, bits=64)
    magic = whole.number(0, 4)
    if magic not in (FAT, FAT_64):
        yield 0, len(data)
        return
    count, width = whole.number(4, 4), (20 if magic == FAT else 32)
    if not 0 < count <= MOST_SLICES:
        raise BadExecutable("more processors than there are")
    for number in range(count):
        at, word = 8 + number * width, 4 if magic == FAT else 8
        start, size = whole.number(at + 8, word), whole.number(at + 8 + word, word)
        if start + size > len(data):
            raise BadExecutable("a part is not in the file")
        yield start, size


def _commands(part: Bytes, head: int) -> None:
    count, size = part.number(16, 4), part.number(20, 4)
    at, end = head, head + size
    if count > MOST_COMMANDS or end > len(part):
        raise BadExecutable("the load commands are not in the file")
    for _ in range(count):
        kind, length = part.number(at, 4) & REQUIRED, part.number(at + 4, 4)
        if length < 8 or at + length > end:
            raise BadExecutable("a load command that is too long")
        _command(part, at, kind, length)
        at += length


def _command(part: Bytes, at: int, kind: int, length: int) -> None:
    if kind in (SEGMENT, SEGMENT_64):
        _segment(part, at, length, wide=kind == SEGMENT_64)
    elif kind in PAIRS and length >= 16:
        _within(part, part.number(at + 8, 4), part.number(at + 12, 4), 1)
    for where, width in TABLES.get(kind, ()):
        if where + 8 <= length:
            entry = 16 if part.bits == 64 else 12
            _within(part, part.number(at + where, 4), part.number(at + where + 4, 4), entry if width == 12 else width)


def _segment(part: Bytes, at: int, length: int, *, wide: bool) -> None:
    word, fixed, row = (8, 72, 80) if wide else (4, 56, 68)
    if length < fixed:
        raise BadExecutable("a segment that is too short")
    memory, offset, held = (part.number(at + 24 + word * step, word) for step in (1, 2, 3))
    sections = part.number(at + 24 + 4 * word + 8, 4)
    if fixed + sections * row > length or sections > MOST_SECTIONS or memory > WIDEST:
        raise BadExecutable("a segment that promises too much")
    _within(part, offset, held, 1)
    for number in range(sections):
        _section(part, at + fixed + number * row, word)


def _section(part: Bytes, at: int, word: int) -> None:
    address, size, rest = part.number(at + 32, word), part.number(at + 32 + word, word), at + 32 + 2 * word
    offset, _, relocations, count, flags = (part.number(rest + 4 * step, 4) for step in range(5))
    if size > WIDEST or address > HIGHEST:
        raise BadExecutable("a section that promises too much")
    if flags & 0xFF not in ZEROFILL:
        _within(part, offset, size, 1)
    _within(part, relocations, count, 8)


def _within(part: Bytes, offset: int, count: int, width: int) -> None:
    if count and offset + count * width > len(part):
        raise BadExecutable("a table that is not in the file")
