"""Files that stand whole inside other bytes: archives, compressed streams, file systems, executables.

Magic numbers only say where to look: programs that know formats hold many of them. What is told here has a head whose
numbers agree and, as far as its format says it, an end: of a compressed stream the end that unpacking finds.
"""

import struct
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple
from zlib import crc32

import zstandard

from zoll.parse.broken import Broken
from zoll.parse.compressed import BROKEN, STEP, UNITS, ZSTD_WINDOW
from zoll.parse.extents import Extent, elf_extent, macho_extent, pe_extent
from zoll.parse.tar import BLOCK, looks_like_tar

MOST_CANDIDATES = 20_000
PROVES = 4096  # bytes of a stream that unpack without an error before it breaks off: it is one that was damaged
GROWTH = 1 << 26  # plain bytes up to which the end of a stream is looked for at any ratio
RATIO = 300
ZIP_END = b"PK\5\6"
MOST_ENDS = 200
DISTANCE = 1024  # bytes between the two heads of a PE file at most
Timely = Callable[[], None]


class Inside(NamedTuple):
    """Bytes `offset:offset+size` are a file of a format; it may be damaged."""

    offset: int
    size: int
    format: str


class _Whole:
    """All bytes, and what looking for the end of an archive needs again and again."""

    def __init__(self, data: bytes, timely: Timely) -> None:
        self.data, self.timely = data, timely

    @cached_property
    def ends(self) -> list[int]:
        """Where a zip archive may end, the first few."""
        found: list[int] = []
        at = self.data.find(ZIP_END)
        while at >= 0 and at + 22 <= len(self.data) and len(found) < MOST_ENDS:
            found.append(at)
            at = self.data.find(ZIP_END, at + 4)
        return found


def inside(data: bytes, timely: Timely = lambda: None) -> Iterator[Inside]:
    r"""Yield what stands whole in bytes behind their own head, in order, nothing twice; what is within is not told.

    `timely` is called now and then and may raise. Raise Broken where there are more magic numbers than any program
    has reason for.

    >>> import gzip
    >>> [one.format for one in inside(b"table \x1f\x8b\x08\0 PK\3\4 " + gzip.compress(b"text"))]
    ['gzip']
    """
    behind, whole = 0, _Whole(data, timely)
    for at, name in _candidates(data):
        if at < behind:
            continue
        timely()
        size = FORMATS[name](whole, at)
        if size and at + size <= len(data):
            yield Inside(at, size, name)
            behind = at + size


def _candidates(data: bytes) -> list[tuple[int, str]]:
    """Return places where something may begin; one search for each magic number is quicker than one for all."""
    found: set[tuple[int, str]] = set()
    for magic, before, name in MAGIC:
        at = data.find(magic, before + 1)
        while at >= 0:
            if name == "pe":
                found.update((start, name) for start in _heads_of_pe(data, at))
            else:
                found.add((at - before, name))
            if len(found) > MOST_CANDIDATES:
                raise Broken("parts", f"more than {MOST_CANDIDATES} magic numbers in one file")
            at = data.find(magic, at + 1)
    return sorted(one for one in found if one[0] > 0)


def _heads_of_pe(data: bytes, at: int) -> Iterator[int]:
    """Yield where the first head of a PE file stands whose second one begins at `at`."""
    start = data.rfind(b"MZ", max(0, at - DISTANCE), at)
    while start >= 0:
        if data[start + 60 : start + 64] == (at - start).to_bytes(4, "little"):
            yield start
        start = data.rfind(b"MZ", max(0, at - DISTANCE), start)


def _image(of: Callable[[bytes, int], Extent | None]) -> Callable[[_Whole, int], int]:
    def size(whole: _Whole, at: int) -> int:
        found = of(whole.data, at)
        return found.size if found else 0

    return size


def _stream(method: str) -> Callable[[_Whole, int], int]:
    return lambda whole, at: _unpacked(whole, at, method)


def _unpacked(whole: _Whole, at: int, method: str) -> int:
    """Return how long a compressed stream is: to its end, or to where it breaks or grows beyond measure."""
    unit, fed, plain = UNITS[method](), at, 0
    try:
        while not unit.eof:
            whole.timely()
            piece = whole.data[fed : fed + STEP // 4] if unit.needs_input else b""
            if unit.needs_input and not piece:
                return len(whole.data) - at if fed - at > PROVES else 0
            fed += len(piece)
            plain += len(unit.decompress(piece, 1 << 20))
            if plain > GROWTH and plain > RATIO * (fed - at):
                return len(whole.data) - at
    except BROKEN:
        return fed - at if plain > PROVES else 0
    return fed - len(unit.unused_data) - at


def _gzip(whole: _Whole, at: int) -> int:
    """RFC 1952, 2.3: known flags, the ways of packing and systems that packers write."""
    head = whole.data[at : at + 10]
    if len(head) < 10 or head[3] > 0x1F or head[8] not in (0, 2, 4) or (head[9] > 13 and head[9] != 255):
        return 0
    return _unpacked(whole, at, "gzip")


def _xz(whole: _Whole, at: int) -> int:
    """XZ file format, 2.1.1: the flags have a checksum."""
    flags, check = whole.data[at + 6 : at + 8], whole.data[at + 8 : at + 12]
    return _unpacked(whole, at, "xz") if crc32(flags).to_bytes(4, "little") == check else 0


def _zstd(whole: _Whole, at: int) -> int:
    """RFC 8878, 3.1.1: blocks say how long they are."""
    described = whole.data[at + 4] if at + 4 < len(whole.data) else 8
    single = described >> 5 & 1
    if described & 8:
        return 0
    spot = at + 5 + (not single) + (0, 1, 2, 4)[described & 3] + ((1 if single else 0), 2, 4, 8)[described >> 6]
    last = False
    while not last:
        word = int.from_bytes(whole.data[spot : spot + 3], "little")
        last, kind, size = bool(word & 1), word >> 1 & 3, word >> 3
        if kind == 3 or spot + 3 > len(whole.data) or size > 1 << 17:
            return 0
        spot += 3 + (1 if kind == 1 else size)
    spot += 4 * (described >> 2 & 1)
    whole.timely()
    try:
        unit = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
        unit.stream_reader(whole.data[at : min(spot, at + STEP)]).read(1)
    except BROKEN:
        return 0
    return spot - at


def _zip(whole: _Whole, at: int) -> int:
    """PKWARE APPNOTE 4.3: to the end of the last directory whose offsets count from here, else from before."""
    head = whole.data[at : at + 30]
    if (
        len(head) < 30
        or head[4] > 63
        or head[8] not in _METHODS
        or not 0 < int.from_bytes(head[26:28], "little") < 4096
    ):
        return 0
    best = (False, 0)
    for end in whole.ends[bisect_right(whole.ends, at) :]:
        size, offset, comment = struct.unpack_from("<IIH", whole.data, end + 12)
        base, wide = end - size - offset, whole.data[end - 20 : end - 16] == b"PK\6\7"
        if wide or (end - size > at and base <= at and whole.data[end - size : end - size + 4] == b"PK\1\2"):
            best = max(best, (base == at, end + 22 + comment - at))
    return min(best[1], len(whole.data) - at)


_METHODS = frozenset((0, 8, 9, 12, 14, 93, 95, 98, 99))


def _tar(whole: _Whole, at: int) -> int:
    """POSIX.1-2017, pax, ustar: blocks whose checksums hold, to the two of zeros at the end."""
    spot = at
    while looks_like_tar(head := whole.data[spot : spot + BLOCK]) and head.strip(b"\0"):
        whole.timely()
        size = _tar_number(head[124:136])
        spot += BLOCK + -(-size // BLOCK) * BLOCK
        if size < 0 or spot > len(whole.data):
            return 0
    ending = whole.data[spot : spot + 2 * BLOCK]
    return spot - at + (len(ending) if ending and not ending.strip(b"\0") else 0) if spot > at else 0


def _tar_number(field: bytes) -> int:
    if field[0] & 0x80:
        return int.from_bytes(field[4:], "big")
    digits = field.strip(b" \0")
    return int(digits, 8) if digits.isdigit() and not digits.translate(None, b"01234567") else -bool(digits)


def _cpio(whole: _Whole, at: int) -> int:
    """cpio(5), new ASCII format: to the member that ends it."""
    spot = at
    while whole.data[spot : spot + 6] in (b"070701", b"070702"):
        whole.timely()
        fields = whole.data[spot + 6 : spot + 110]
        if len(fields) < 104 or fields.translate(None, b"0123456789abcdefABCDEF"):
            return 0
        size, named = int(fields[48:56], 16), int(fields[88:96], 16)
        last = whole.data[spot + 110 : spot + 110 + min(named, 11)] == b"TRAILER!!!\0"
        spot += -(-(110 + named) // 4) * 4 + -(-size // 4) * 4
        if last:
            return spot - at
    return 0


def _ar(whole: _Whole, at: int) -> int:
    """ar(5): heads of sixty bytes that end alike."""
    spot = at + 8
    while whole.data[spot + 58 : spot + 60] == b"`\n" and whole.data[spot + 48 : spot + 58].strip().isdigit():
        whole.timely()
        size = int(whole.data[spot + 48 : spot + 58])
        spot += 60 + size + size % 2
    return min(spot, len(whole.data)) - at if at + 8 < spot <= len(whole.data) + 1 else 0


def _seven(whole: _Whole, at: int) -> int:
    """7zFormat.txt, SignatureHeader: the numbers have a checksum."""
    head = whole.data[at + 12 : at + 32]
    if len(head) < 20 or crc32(head) != int.from_bytes(whole.data[at + 8 : at + 12], "little"):
        return 0
    offset, size = struct.unpack_from("<QQ", head)
    return int(32 + offset + size)


def _rar(whole: _Whole, at: int) -> int:
    """RAR 5.0 archive format: the head behind the mark is the archive's; to the end of what holds it."""
    head = whole.data[at + 6 : at + 32]
    four = head[:1] == b"\0" and head[3:4] == b"\x73" and head[6:8] == b"\x0d\0"
    five = head[:2] == b"\1\0" and len(head) > 8 and head[6] < 0x80 and head[7:8] == b"\1"
    five = five and crc32(head[6 : 7 + head[6]]) == int.from_bytes(head[2:6], "little")
    return len(whole.data) - at if four or five else 0


def _cab(whole: _Whole, at: int) -> int:
    """MS-CAB 2.1: version 1.3, nothing in what is reserved."""
    head = whole.data[at : at + 36]
    plain = len(head) == 36 and head[12:16] == head[20:24] == bytes(4) and head[24:26] == b"\3\1"
    return int.from_bytes(head[8:12], "little") if plain else 0


def _squashfs(whole: _Whole, at: int) -> int:
    """Version 4.0 of squashfs, the superblock: the size of blocks stands there twice."""
    head = whole.data[at : at + 96]
    if len(head) < 96:
        return 0
    block, _, _, log, _, _, major, minor = struct.unpack_from("<IIHHHHHH", head, 12)
    if (major, minor) != (4, 0) or not 12 <= log <= 20 or block != 1 << log:
        return 0
    used = int.from_bytes(head[40:48], "little")
    return min(-(-used // 4096) * 4096, len(whole.data) - at) if 96 < used <= len(whole.data) - at else 0


FORMATS: dict[str, Callable[[_Whole, int], int]] = {
    "elf": _image(elf_extent),
    "pe": _image(pe_extent),
    "macho": _image(macho_extent),
    "gzip": _gzip,
    "xz": _xz,
    "zstd": _zstd,
    "bzip2": _stream("bzip2"),
    "zip": _zip,
    "tar": _tar,
    "cpio": _cpio,
    "ar": _ar,
    "7z": _seven,
    "rar": _rar,
    "cab": _cab,
    "squashfs": _squashfs,
}
# Magic number, how far behind the begin it stands, format.
MAGIC = (
    (b"\x7fELF", 0, "elf"),
    (b"PE\0\0", 0, "pe"),
    (b"\xcf\xfa\xed\xfe", 0, "macho"),
    (b"\xce\xfa\xed\xfe", 0, "macho"),
    (b"\xfe\xed\xfa\xcf", 0, "macho"),
    (b"\xfe\xed\xfa\xce", 0, "macho"),
    (b"\x1f\x8b\x08", 0, "gzip"),
    (b"\xfd7zXZ\0", 0, "xz"),
    (b"\x28\xb5\x2f\xfd", 0, "zstd"),
    (b"1AY&SY", 4, "bzip2"),
    (b"PK\3\4", 0, "zip"),
    (b"ustar", 257, "tar"),
    (b"070701", 0, "cpio"),
    (b"070702", 0, "cpio"),
    (b"!<arch>\n", 0, "ar"),
    (b"7z\xbc\xaf\x27\x1c", 0, "7z"),
    (b"Rar!\x1a\x07", 0, "rar"),
    (b"MSCF\0\0\0\0", 0, "cab"),
    (b"hsqs", 0, "squashfs"),
)
