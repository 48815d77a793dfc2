"""Tape archives as a stream: v7, ustar, GNU and pax. POSIX.1-2017 pax; GNU tar's manual, "Basic Tar Format"."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from zoll.parse.broken import Broken
from zoll.parse.bytestream import Readable, Slice, filled

BLOCK = 512
LONGEST_EXTRA = 1 << 24  # bytes of a pax or long-name record; real ones hold a few hundred
KINDS = {
    b"0": "file", b"\0": "file", b"7": "file", b"1": "hard", b"2": "link", b"3": "character", b"4": "block",
    b"5": "folder", b"6": "fifo", b"S": "sparse",
}  # fmt: skip
# What a pax record says that becomes part of a member or is a time; the rest is shown.
KNOWN_KEYS = re.compile(
    rb"path|linkpath|size|[ug]id|[ug]name|[amc]time|hdrcharset|GNU\.sparse\..{1,20}|SCHILY\.(?:dev|ino|nlink)"
    rb"|LIBARCHIVE\.creationtime"
)
COMMIT = re.compile(rb"[0-9a-f]{40}|[0-9a-f]{64}")  # what `git archive` notes
LARGEST_REST = 1 << 24  # bytes
REST = b"padding and records"
WITHOUT_DATA = {"hard", "link", "character", "block", "folder", "fifo"}


class Member(NamedTuple):
    """One member. `kind`: file, sparse, folder, link, hard, character, block, fifo, or `type X`; names are bytes."""

    name: bytes
    kind: str
    mode: int
    owner: str
    size: int
    target: bytes
    device: str
    data: Slice


def looks_like_tar(head: bytes) -> bool:
    """Tell whether `head` (512 bytes or more) begins a tape archive: its header's checksum fits."""
    return len(head) >= BLOCK and head[0] != 0 and _sums_up(head[:BLOCK])


def members(stream: Readable) -> Iterator[Member]:
    """Yield the members; each one's data is to be read before the next is asked for. Raise Broken.

    At the end, if there is any: what hides in padding and in records of no known kind, as a file of its own.
    """
    rest = bytearray()
    yield from _members(stream, rest)
    if rest:
        data = bytes(rest)
        yield Member(REST, "file", 0o644, "", len(data), b"", "", Slice(BytesIO(data), len(data)))
    _end(stream)


def _members(stream: Readable, rest: bytearray) -> Iterator[Member]:
    extra: dict[bytes, bytes] = {}
    overall: dict[bytes, bytes] = {}
    while block := filled(stream, BLOCK):
        if len(block) < BLOCK:
            raise Broken("truncated", "inside a header")
        if not block.strip(b"\0"):
            return
        if not _sums_up(block):
            raise Broken("malformed", "a header's checksum does not fit")
        flag, size = block[156:157], _number(block[124:136])
        if flag in b"xgXLK":
            _note(flag, _record(stream, size, rest), overall if flag == b"g" else extra, rest)
            continue
        member = _member(block, Slice(stream, 0), overall | extra)
        if flag == b"S":
            _skip_map(stream, more=block[482])
        extra = {}
        yield from _whole(stream, member, rest)
    raise Broken("truncated", "no end mark")


def _whole(stream: Readable, member: Member, rest: bytearray) -> Iterator[Member]:
    size = member.size
    padding = -size % BLOCK
    member.data.stream, member.data.left = stream, size
    yield member
    member.data.skip()
    _keep(_padding(stream, padding), rest)


def _padding(stream: Readable, size: int) -> bytes:
    padding = filled(stream, size)
    if len(padding) < size:
        raise Broken("truncated", f"{size - len(padding)} bytes are missing")
    return padding


def _keep(hidden: bytes, rest: bytearray) -> None:
    """Keep what nobody reads, if there is anything."""
    if hidden.strip(b"\0") and len(rest) < LARGEST_REST:
        rest += hidden.rstrip(b"\0") + b"\n"


def _end(stream: Readable) -> None:
    """After an end mark only zeros may follow: `tar --ignore-zeros` would show what hides there."""
    while piece := stream.read(1 << 16):
        if piece.strip(b"\0"):
            raise Broken("malformed", "bytes follow the end mark")


def _skip_map(stream: Readable, *, more: int) -> None:
    """Read past the blocks that say where the holes of an old GNU sparse member are."""
    while more:
        block = filled(stream, BLOCK)
        if len(block) < BLOCK:
            raise Broken("truncated", "inside a map of holes")
        more = block[504]


def _record(stream: Readable, size: int, rest: bytearray) -> bytes:
    if size > LONGEST_EXTRA:
        raise Broken("malformed", f"a record of {size} bytes about one member")
    data = filled(stream, size + -size % BLOCK)
    if len(data) < size:
        raise Broken("truncated", "inside a record")
    _keep(data[size:], rest)
    return data[:size]


def _note(flag: bytes, record: bytes, extra: dict[bytes, bytes], rest: bytearray) -> None:
    if flag in b"LK":
        extra[b"path" if flag == b"L" else b"linkpath"], _, after = record.partition(b"\0")
        _keep(after, rest)
        return
    told = dict(_pax(record))
    extra.update(told)
    for key, value in told.items():
        if not KNOWN_KEYS.fullmatch(key) and not (key == b"comment" and COMMIT.fullmatch(value)):
            _keep(b"%s=%s" % (key, value), rest)


def _pax(record: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at < len(record) and record[at] != 0:
        space = record.find(b" ", at, at + 20)
        length = record[at:space]
        if space < 0 or not length.isdigit() or not (end := at + int(length)) > space:
            raise Broken("malformed", "a pax record has no length")
        key, _, value = record[space + 1 : end - 1].partition(b"=")
        yield key, value
        at = end


def _member(block: bytes, data: Slice, extra: dict[bytes, bytes]) -> Member:
    name, flag = _text(block[:100]), block[156:157]
    if block[257:263] == b"ustar\0" and (prefix := _text(block[345:500])):
        name = prefix + b"/" + name
    name = extra.get(b"GNU.sparse.name") or extra.get(b"path") or name
    kind = KINDS.get(flag, f"type {flag!r}")
    if kind == "file" and name.endswith(b"/") and not _number(block[124:136]):
        kind = "folder"  # as old archives have it; one with bytes is taken for a file, so that they are seen
    if any(key.startswith(b"GNU.sparse.") for key in extra):
        kind = "sparse"
    size = 0 if kind in WITHOUT_DATA else _decimal(extra.get(b"size"), _number(block[124:136]))
    user = _text(extra.get(b"uname") or block[265:297]) or extra.get(b"uid") or b"%d" % _number(block[108:116])
    group = _text(extra.get(b"gname") or block[297:329]) or extra.get(b"gid") or b"%d" % _number(block[116:124])
    owner = f"{user.decode('utf-8', 'backslashreplace')}:{group.decode('utf-8', 'backslashreplace')}"
    target = extra.get(b"linkpath") or _text(block[157:257])
    device = f"{_number(block[329:337])},{_number(block[337:345])}" if kind in ("character", "block") else ""
    return Member(name, kind, _number(block[100:108]) & 0o7777, owner, size, target, device, data)


def _text(field: bytes) -> bytes:
    return field.split(b"\0", 1)[0]


def _decimal(text: bytes | None, otherwise: int) -> int:
    if text is None:
        return otherwise
    if not text.isdigit() or len(text) > 20:
        raise Broken("malformed", "a size that is no number")
    return int(text)


def _number(field: bytes) -> int:
    """Read an octal number, or a base-256 one (its first bit set)."""
    if field[:1] in (b"\x80", b"\xff"):
        return max(0, int.from_bytes(field[1:], "big", signed=field[0] == 0xFF))
    digits = field.strip(b" \0").split(b"\0", 1)[0].strip()
    try:
        return int(digits or b"0", 8)
    except ValueError as error:
        raise Broken("malformed", "a number that is not octal") from error


def _sums_up(block: bytes) -> bool:
    digits = block[148:156].strip(b" \0").split(b"\0", 1)[0].strip()
    if not digits or digits.strip(b"01234567"):
        return False
    told = int(digits, 8)
    whole = sum(block) - sum(block[148:156]) + 8 * 32  # the checksum's own field counts as blanks
    return told == whole or told == whole - 256 * sum(byte > 127 for byte in block[:148] + block[156:])
