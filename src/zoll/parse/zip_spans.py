"""What of a zip archive no member accounts for: bytes between members, after the end, comments, strange extra fields.

Formats: PKWARE APPNOTE 6.3.10, 4.3 (headers) and 4.5 (extra fields).
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import BinaryIO, NamedTuple

from zoll.parse.bytestream import Readable, filled

LOCAL = struct.Struct("<4s22xHH")
CENTRAL = struct.Struct("<4s24xHHH")
END = b"PK\x05\x06"
END_SIZE, LONGEST_COMMENT = 22, 65_535
DESCRIPTOR = b"PK\x07\x08"
ZIP64_END, ZIP64_LOCATOR = b"PK\x06\x06", b"PK\x06\x07"
# zip64, NTFS, OpenVMS, Unix times and owners, Unicode names, Info-ZIP's, AES, jar, alignment.
KNOWN = frozenset(
    (0x0001, 0x000A, 0x000C, 0x000D, 0x5455, 0x5855, 0x7855, 0x7875, 0x7075, 0x6375, 0x756E, 0x9901, 0xCAFE, 0xD935)
)
LONGEST_KNOWN = 72


class Packed(NamedTuple):
    """Where a member's header begins, how many bytes are stored for it, whether its sizes follow them, its notes."""

    offset: int
    size: int
    sizes_follow: bool
    comment: bytes
    extra: bytes


class Spans:
    """Spans of a file as one stream."""

    def __init__(self, source: BinaryIO, spans: Iterable[tuple[int, int]]) -> None:
        self._source = source
        self._spans = iter(spans)
        self._at = self._end = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, none at the end."""
        while self._at >= self._end:
            span = next(self._spans, None)
            if span is None:
                return b""
            self._at, self._end = span
        self._source.seek(self._at)
        left = self._end - self._at
        piece = self._source.read(left if size < 0 else min(size, left))
        self._at += len(piece) or left
        return piece


def between(source: BinaryIO, members: Sequence[Packed], directory: int, size: int) -> list[tuple[int, int]]:
    """Return the spans behind the first member that are neither member nor directory; padding with zeros is none."""
    first = min((member.offset for member in members), default=directory)
    taken = sorted(
        [*_members(source, members, directory), *_directory(source, directory, len(members), size), (0, first)]
    )
    at, spans = 0, []
    for start, end in [*taken, (size, size)]:
        if min(start, size) > at:
            spans.append((at, min(start, size)))
        at = max(at, end)
    return [span for span in spans if not _zeros(source, span)]


def notes(members: Iterable[Packed], comment: bytes) -> bytes:
    """Return the comments of an archive and its members, and extra fields of no known kind, line by line."""
    found = [comment, *(member.comment for member in members)]
    found += [field for member in members for field in _strange(member.extra)]
    return b"\n".join(filter(None, dict.fromkeys(found)))


def _members(source: BinaryIO, members: Sequence[Packed], directory: int) -> Iterator[tuple[int, int]]:
    begins = sorted({member.offset for member in members} | {directory})
    following = dict(pairwise(begins))
    for member in members:
        if member.offset < 0:  # a broken directory can lead there; its bytes then belong to no member
            continue
        source.seek(member.offset)
        header = filled(source, LOCAL.size)
        if len(header) == LOCAL.size:
            _, name, extra = LOCAL.unpack(header)
            end = member.offset + LOCAL.size + name + extra + member.size
            if member.sizes_follow:
                end = _described(source, end, following.get(member.offset, end))
            yield member.offset, end


def _described(source: BinaryIO, end: int, following: int) -> int:
    """Return where the sizes that follow a member end: 12 to 24 bytes, with a mark or without."""
    if following - end in {12, 16, 20, 24}:
        return following
    source.seek(end)
    return end + (16 if source.read(4) == DESCRIPTOR else 12)


def _directory(source: BinaryIO, start: int, count: int, size: int) -> Iterator[tuple[int, int]]:
    """Yield the directory's entries, and what ends the archive."""
    at = max(start, 0)
    for _ in range(count):
        source.seek(at)
        header = filled(source, CENTRAL.size)
        if len(header) < CENTRAL.size or not header.startswith(b"PK\x01\x02"):
            break
        at += 46 + sum(CENTRAL.unpack(header)[1:])
    yield start, at
    end = _end(source, size)
    source.seek(at)
    tail = filled(source, max(0, min(end - at, 1 << 16)))
    if tail.startswith(ZIP64_END) and len(tail) >= 12:
        record = 12 + int.from_bytes(tail[4:12], "little")
        more = 20 if tail[record : record + 4] == ZIP64_LOCATOR else 0
        yield at, at + min(record, 56) + (more if record <= 56 else 0)
    source.seek(end)
    last = filled(source, END_SIZE)
    yield end, end + END_SIZE + (int.from_bytes(last[20:22], "little") if len(last) == END_SIZE else 0)


def _end(source: BinaryIO, size: int) -> int:
    """Return where the end of the directory begins; the last mark is what installers go by."""
    start = max(0, size - END_SIZE - LONGEST_COMMENT)
    source.seek(start)
    found = filled(source, size - start).rfind(END)
    return start + found if found >= 0 else size


def _zeros(source: BinaryIO, span: tuple[int, int]) -> bool:
    stream: Readable = Spans(source, [span])
    while piece := stream.read(1 << 16):
        if piece.strip(b"\0"):
            return False
    return True


def _strange(extra: bytes) -> Iterator[bytes]:
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if field.strip(b"\0") and (kind not in KNOWN or length > LONGEST_KNOWN):
            yield field
        at += 4 + length
    if extra[at:].strip(b"\0"):
        yield extra[at:]
