"""Zip archives: wheels, jars, eggs, apks, wars, browser and editor extensions, office documents."""

import struct
import zlib
from collections.abc import Callable
from io import SEEK_END
from lzma import LZMAError
from typing import BinaryIO, TypeVar, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from zoll.catalogue import Doc
from zoll.errors import CannotRead
from zoll.model import Fact
from zoll.openers.into import Into
from zoll.openers.names import mode_fact
from zoll.openers.pouring import ordinary, readable
from zoll.parse import zip_spans
from zoll.parse.broken import Broken
from zoll.parse.bytestream import Slice, filled
from zoll.parse.compressed import Plain

DOC = Doc(
    title="zip archive: zip, wheel, jar, egg, apk, war, vsix, xpi, office documents",
    reads=("container/zip",),
    yields=("mode", "link", "name"),
    limitations=(
        "The central directory says what is inside, as it does for installers; all other bytes are shown as one file.",
        "Encrypted members are gaps, as are those of rare compression methods.",
    ),
)
BROKEN = (
    BadZipFile,
    NotImplementedError,
    OSError,
    ValueError,
    EOFError,
    OverflowError,
    struct.error,
    zlib.error,
    LZMAError,
)
T = TypeVar("T")
ENCRYPTED, SIZES_FOLLOW = 0x1, 0x8
LOCAL = struct.Struct("<4s2xHH8xIIHH")
UNIX = 3
LONGEST_TARGET = 4096
SHORTEST = 22  # bytes of an archive without members: the end of its directory


def claim(head: bytes, _name: str, kind: str) -> int:
    """Claim what begins like a zip, and scripts with a zip behind them."""
    if kind == "container/zip":
        return 80
    return 40 if head.startswith(b"#!") and b"PK\x03\x04" in head else 0


def open(source: BinaryIO, into: Into) -> None:
    """Put the members into the collection."""
    if not source.read(SHORTEST) or source.tell() < SHORTEST:
        raise CannotRead("truncated", "too short to hold a directory")
    source.seek(0)
    try:
        archive = ZipFile(source)
    except BROKEN as error:
        source.seek(0)
        with readable():
            _salvage(source, into)
        raise CannotRead("truncated" if "not a zip" in str(error) else "malformed", str(error)) from error
    try:
        _before(source, archive, into)
        for info in archive.infolist():
            _member(archive, info, into)
        _rest(source, archive, into)
    finally:
        into.regard(ordinary(into.members))


def _before(source: BinaryIO, archive: ZipFile, into: Into) -> None:
    """Show the bytes before the first member: a script that unpacks or runs the rest."""
    first = min((info.header_offset for info in archive.infolist()), default=0)
    if first > 0:
        source.seek(0)
        with readable():
            into.file("before the archive", Slice(source, first), (Fact("name", "beside the members"),))


def _rest(source: BinaryIO, archive: ZipFile, into: Into) -> None:
    """Show what belongs to no member: what lies between or after them, comments, extra fields of no known kind."""
    infos = archive.infolist()
    packed = [
        zip_spans.Packed(i.header_offset, i.compress_size, bool(i.flag_bits & SIZES_FOLLOW), i.comment, i.extra)
        for i in infos
    ]
    size = source.seek(0, SEEK_END)
    with readable():
        if spans := zip_spans.between(source, packed, archive.start_dir, size):
            into.file("between the members", zip_spans.Spans(source, spans), (Fact("name", "beside the members"),))
        if notes := zip_spans.notes(packed, archive.comment):
            into.file("comments and extra fields", notes, (Fact("name", "beside the members"),))


def _member(archive: ZipFile, info: ZipInfo, into: Into) -> None:
    name, mode = _name(info), info.external_attr >> 16 if info.create_system == UNIX else 0
    facts = (mode_fact(mode & 0o7777),) if mode else ()
    if info.flag_bits & ENCRYPTED:
        into.gap("encrypted", "needs a password", name, info.file_size)
    elif info.is_dir():
        into.folder(name, facts)
    else:
        try:
            stream = _Stream(archive, info)
            if mode & 0o170000 == 0o120000:
                into.link(name, stream.read(LONGEST_TARGET))
            else:
                into.file(name, stream, facts, told=info.file_size, packed=max(info.compress_size, 1))
        except Broken as error:
            into.gap(error.reason, error.detail, name, info.file_size)


def _salvage(source: BinaryIO, into: Into) -> None:
    """Take members in file order, as far as their own headers tell their sizes; there is no directory to go by."""
    while len(header := filled(source, LOCAL.size)) == LOCAL.size:
        magic, flags, method, packed, size, name_size, extra_size = LOCAL.unpack(header)
        if magic != b"PK\x03\x04" or flags & (ENCRYPTED | SIZES_FOLLOW) or method not in {0, 8}:
            return
        name = filled(source, name_size)
        Slice(source, extra_size).skip()
        data = Slice(source, packed)
        if not name.endswith(b"/"):
            plain = Plain(cast("BinaryIO", data), "deflate") if method else data
            into.file(name, plain, told=size, packed=max(packed, 1))
        data.skip()


def _name(info: ZipInfo) -> bytes:
    """Return the name's own bytes: UTF-8 where the member says so, else what was taken for code page 437."""
    return info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "replace")


class _Stream:
    """A member's plain bytes; raises Broken."""

    def __init__(self, archive: ZipFile, info: ZipInfo) -> None:
        self._stream = _tried(lambda: archive.open(info))

    def read(self, size: int = -1, /) -> bytes:
        return _tried(lambda: self._stream.read(size))


def _tried(read: Callable[[], T]) -> T:
    try:
        return read()
    except EOFError as error:
        raise Broken("truncated", "the member ends early") from error
    except RuntimeError as error:  # zipfile asks for a password, or lacks the method (NotImplementedError is one)
        raise Broken("unsupported", str(error)) from error
    except BROKEN as error:
        raise Broken("malformed", str(error)) from error
