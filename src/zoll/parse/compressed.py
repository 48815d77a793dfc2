"""Single compressed streams: gzip, bzip2, xz, lzma and zstd, read as one stream of plain bytes."""

import zlib
from bz2 import BZ2File
from collections.abc import Callable
from functools import partial
from gzip import GzipFile
from lzma import FORMAT_ALONE, LZMAError, LZMAFile
from typing import BinaryIO, cast

import zstandard

from zoll.parse.broken import Broken
from zoll.parse.bytestream import Readable

ZSTD_WINDOW = 1 << 28  # bytes; what `zstd --long=28` makes, far above what packages use


def _zstd(stream: BinaryIO) -> Readable:
    whole = zstandard.ZstdDecompressor(max_window_size=ZSTD_WINDOW)
    return cast("Readable", whole.stream_reader(stream, read_across_frames=True))


OPEN: dict[str, Callable[[BinaryIO], Readable]] = {
    "gzip": partial(GzipFile, "", "rb", 9),
    "bzip2": BZ2File,
    "xz": LZMAFile,
    "lzma": partial(LZMAFile, format=FORMAT_ALONE),
    "zstd": _zstd,
}

BROKEN = (OSError, zlib.error, LZMAError, zstandard.ZstdError, ValueError)


class Plain:
    """The plain bytes of a compressed stream; raises Broken where the stream breaks."""

    def __init__(self, stream: BinaryIO, method: str) -> None:
        self.method = method
        self.given = 0
        try:
            self.inner = OPEN[method](stream)
        except BROKEN as error:
            raise Broken("malformed", f"{method}: {error}") from error

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` plain bytes."""
        try:
            piece = self.inner.read(size)
        except EOFError as error:
            raise Broken("truncated", f"{self.method} ends early") from error
        except BROKEN as error:
            raise Broken("malformed", f"{self.method}: {error}") from error
        self.given += len(piece)
        return piece


def method_of(head: bytes) -> str:
    """Return the compression of bytes that begin with `head`, or "".

    >>> method_of(bytes.fromhex("1f8b0800"))
    'gzip'
    """
    for magic, method in MAGIC:
        if head.startswith(magic):
            return method
    alone = len(head) >= 13 and head[0] == 0x5D and head[1:3] == b"\0\0" and head[12] in (0, 0xFF)
    return "lzma" if alone else ""


MAGIC = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
