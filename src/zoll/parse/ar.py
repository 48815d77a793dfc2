"""`ar` archives: the common format with GNU and BSD long names. See deb(5), ar(5)."""

from collections.abc import Iterator
from typing import NamedTuple

from zoll.parse.broken import Broken
from zoll.parse.bytestream import Readable, Slice, filled

MAGIC = b"!<arch>\n"
THIN = b"!<thin>\n"
HEADER = 60
LONGEST_TABLE = 1 << 26


class Member(NamedTuple):
    """One member; its data is to be read before the next is asked for."""

    name: bytes
    owner: str
    mode: int
    size: int
    data: Slice


def members(stream: Readable) -> Iterator[Member]:
    """Yield the members in order; the table of long names is used, not yielded. Raise Broken."""
    magic = filled(stream, len(MAGIC))
    if magic == THIN:
        raise Broken("unsupported", "a thin archive names files that are elsewhere")
    if magic != MAGIC:
        raise Broken("malformed", "not an ar archive")
    names = b""
    while header := filled(stream, HEADER):
        if len(header) < HEADER:
            raise Broken("truncated", "inside a header")
        if header[58:] != b"`\n":
            raise Broken("malformed", "a header does not end as it should")
        raw, size = header[:16].rstrip(b" "), _number(header[48:58], 10)
        data = Slice(stream, size)
        if raw == b"//":
            names = _table(data)
        else:
            name = _name(raw, names, data)
            owner = f"{_number(header[28:34], 10)}:{_number(header[34:40], 10)}"
            yield Member(name, owner, _number(header[40:48], 8) & 0o7777, data.left, data)
        data.skip()
        if size % 2:
            filled(stream, 1)


def _name(raw: bytes, names: bytes, data: Slice) -> bytes:
    if raw.startswith(b"#1/"):
        return filled(data, min(_number(raw[3:], 10), data.left)).rstrip(b"\0")
    if raw[:1] == b"/" and raw[1:].isdigit():
        return names[int(raw[1:]) :].split(b"\n", 1)[0].rstrip(b"/")
    if raw in (b"/", b"/SYM64/"):
        return b"SYMBOLS"
    return raw.rstrip(b"/")


def _table(data: Slice) -> bytes:
    if data.left > LONGEST_TABLE:
        raise Broken("malformed", "the table of names is too long")
    return filled(data, data.left)


def _number(field: bytes, base: int) -> int:
    text = field.strip()
    if not text:
        return 0
    if not text.isdigit():
        raise Broken("malformed", "a number that is none")
    try:
        return int(text, base)
    except ValueError as error:
        raise Broken("malformed", "a number that is none") from error
