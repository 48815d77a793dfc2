"""Single compressed streams: gzip, bzip2, xz, lzma and zstd, read as one stream of plain bytes.

All that can be read before a stream breaks off is given, which the standard library's file objects do not do.
"""

import zlib
from bz2 import BZ2Decompressor
from collections.abc import Callable
from lzma import FORMAT_ALONE, FORMAT_XZ, LZMADecompressor, LZMAError
from typing import BinaryIO, Protocol, cast

import zstandard

from zoll.parse.broken import Broken
from zoll.parse.bytestream import Readable

STEP = 1 << 18  # bytes of input at a time
ZSTD_WINDOW = 1 << 28  # bytes; what `zstd --long=28` makes, far above what packages use
XZ_MEMORY = 1 << 29  # bytes; the largest preset takes 65 MB
GZIP_HEADER, BGZF, LONGEST_NAME = 10, 6, 255  # bytes
EXTRA, NAME, COMMENT = 0x4, 0x8, 0x10
MAGIC = {
    "gzip": b"\x1f\x8b\x08",
    "bzip2": b"BZh",
    "xz": b"\xfd7zXZ\0",
    "zstd": b"\x28\xb5\x2f\xfd",
}
BROKEN = (OSError, zlib.error, LZMAError, zstandard.ZstdError, ValueError)


class Unit(Protocol):
    """One compressed stream out of several that may follow each other in a file."""

    @property
    def eof(self) -> bool:
        """Tell whether it has ended."""
        ...

    @property
    def needs_input(self) -> bool:
        """Tell whether it gives nothing more without input."""
        ...

    @property
    def unused_data(self) -> bytes:
        """Return the input after its end."""
        ...

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Take input, give at most so many bytes."""
        ...


class _Gzip:
    """A gzip or bare deflate unit with the manners of the other two."""

    def __init__(self, bits: int = 31) -> None:
        self._unit = zlib.decompressobj(bits)
        self._held = b""

    @property
    def eof(self) -> bool:
        return self._unit.eof

    @property
    def needs_input(self) -> bool:
        return not self._held

    @property
    def unused_data(self) -> bytes:
        return self._unit.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        plain = self._unit.decompress(self._held + data, max_length)
        self._held = self._unit.unconsumed_tail
        return plain


UNITS: dict[str, Callable[[], Unit]] = {
    "gzip": _Gzip,
    "deflate": lambda: _Gzip(-15),  # without header or checksum, as zip members are
    "bzip2": BZ2Decompressor,
    "xz": lambda: LZMADecompressor(FORMAT_XZ, XZ_MEMORY),
    "lzma": lambda: LZMADecompressor(FORMAT_ALONE, XZ_MEMORY),
}


class Plain:
    """The plain bytes of a compressed stream; raises Broken where the stream breaks."""

    def __init__(self, stream: BinaryIO, method: str) -> None:
        self.method = method
        self._inner: Readable
        if method == "zstd":
            whole = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
            self._inner = cast("Readable", whole.stream_reader(stream, read_across_frames=True))
        else:
            self._inner = _Units(stream, method)

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` plain bytes, none at the end."""
        try:
            return self._inner.read(size)
        except Broken:
            raise
        except BROKEN as error:
            raise Broken("malformed", f"{self.method}: {error}") from error


class _Units:
    """Units of one method, one after the other, with zeros between them at most."""

    def __init__(self, stream: Readable, method: str) -> None:
        self.stream = stream
        self.method = method
        self.unit: Unit | None = UNITS[method]()
        self.input = b""

    def read(self, size: int = -1, /) -> bytes:
        while self._ready():
            unit = cast("Unit", self.unit)
            taken, self.input = (self.input, b"") if unit.needs_input else (b"", self.input)
            if unit.needs_input and not taken and not (taken := self.stream.read(STEP)):
                raise Broken("truncated", f"{self.method} ends early")
            plain = unit.decompress(taken, size)
            if unit.eof:
                self.input, self.unit = unit.unused_data, None
            if plain:
                return plain
        return b""

    def _ready(self) -> bool:
        """See to it that there is a unit to read from; False at the end of the stream."""
        while self.unit is None:
            self.input = (self.input or self.stream.read(STEP)).lstrip(b"\0")
            if self.input:
                self._another()
            elif not (more := self.stream.read(STEP)):
                return False
            else:
                self.input = more
        return True

    def _another(self) -> None:
        magic = MAGIC.get(self.method, b"?")
        if len(self.input) < len(magic):
            self.input += self.stream.read(STEP)
        if not self.input.startswith(magic):
            raise Broken("malformed", f"other bytes follow the {self.method} stream")
        self.unit = UNITS[self.method]()


def method_of(head: bytes) -> str:
    """Return the compression of bytes that begin with `head`, or "".

    >>> method_of(bytes.fromhex("1f8b0800"))
    'gzip'
    """
    for method, magic in MAGIC.items():
        if head.startswith(magic):
            return method
    alone = len(head) >= 13 and head[0] == 0x5D and head[1:3] == b"\0\0" and head[12] in {0, 0xFF}
    return "lzma" if alone else ""


def gzip_notes(head: bytes) -> bytes:
    """Return what the header of the first gzip stream holds beside a usual name: extra field, comment (RFC 1952, 2.3).

    `head` are the first bytes of the file, enough for the header; block sizes (`BC`, as bgzip notes them) are no note.
    """
    if not head.startswith(MAGIC["gzip"]) or len(head) < GZIP_HEADER:
        return b""
    flags, at, found = head[3], GZIP_HEADER, []
    if flags & EXTRA:
        length = int.from_bytes(head[at : at + 2], "little")
        field = head[at + 2 : at + 2 + length]
        found.append(b"" if field[:4] == b"BC\x02\0" and length == BGZF else field)
        at += 2 + length
    for flag, usual in ((NAME, LONGEST_NAME), (COMMENT, 0)):
        if flags & flag:
            text = head[at:].split(b"\0", 1)[0]
            found.append(text if len(text) > usual else b"")
            at += len(text) + 1
    return b"\n".join(filter(None, found))
