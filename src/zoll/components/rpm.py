"""RPM packages: what a package file says it is, and what is installed.

Formats: the RPM package file (lead of 96 bytes, header structures with an index of tag, type, offset, count); the
databases hold the same headers, the newer one as blobs of SQLite's table Packages, ndb (Packages.db) as they are.
"""

import re
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import closing, suppress

from zoll.catalogue import Doc
from zoll.components.naming import made
from zoll.model import Component, Part, Place

DOC = Doc(
    title="RPM packages: a package's header, the installed ones of rpmdb.sqlite and Packages.db",
    reads=("*.rpm", "rpmdb.sqlite", "Packages.db"),
    yields=("component",),
    limitations=("The older Berkeley database (Packages) is not read.",),
)
DATABASE = re.compile(r"(?:^|/)(?:rpmdb\.sqlite|Packages\.db)\Z")
SQLITE = b"SQLite format 3\0"
STEPS = 50_000_000  # of SQLite's machine, then it stops
LEAD = 96
ENTRY = struct.Struct(">IIII")
NAME, VERSION, RELEASE, LICENSE, ARCH = 1000, 1001, 1002, 1014, 1022
WANTED = (NAME, VERSION, RELEASE, LICENSE, ARCH)
# A header's first entry: the region tag 63 (HEADERIMMUTABLE), binary, 16 bytes.
REGION = re.compile(rb"\0\0\0\x3f\0\0\0\x07....\0\0\0\x10", re.DOTALL)
MOST_ENTRIES, LARGEST = 1_000, 64_000_000
Tags = dict[int, str]


def wants(part: Part) -> bool:
    """Tell by the kind or the name."""
    path = part.place.hops[-1]
    return part.kind == "container/rpm" or (path.endswith(("sqlite", ".db")) and bool(DATABASE.search(path)))


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield the package, or each installed one."""
    if part.kind == "container/rpm":
        signature = _size(data, LEAD + 8)
        tags = _tags(data, LEAD + 16 + signature + -signature % 8 + 8)
        yield from _package(tags, part.place)
        return
    if data.startswith(SQLITE):
        headers = [_tags(blob, 0) for blob in _blobs(data)]
    else:
        headers = [_tags(data, found.start() - 8) for found in REGION.finditer(data)]
    for tags in headers:
        yield from _package(tags, part.place)


def _blobs(data: bytes) -> list[bytes]:
    """Return the headers of a database, which is read from memory as it stands, without its write-ahead log."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(data[:18] + b"\1\1" + data[20:])  # bytes 18 and 19 tell the journal: 2 is a log, 1 is none
        base.set_progress_handler(lambda: 1, STEPS)
        with suppress(sqlite3.DatabaseError):
            rows = base.execute("SELECT blob FROM Packages LIMIT 100000").fetchall()
            return [row[0] for row in rows if isinstance(row[0], bytes)]
    return []


def _size(data: bytes, at: int) -> int:
    """Return the bytes of a header's index and store, whose two counts stand at `at`."""
    if len(data) < at + 8:
        return 0
    entries, store = struct.unpack_from(">II", data, at)
    return min(entries * ENTRY.size + store, LARGEST) if entries <= MOST_ENTRIES else 0


def _tags(data: bytes, at: int) -> Tags:
    """Return the wanted tags of the header whose two counts stand at `at`."""
    if at < 0 or len(data) < at + 8:
        return {}
    entries, store = struct.unpack_from(">II", data, at)
    base = at + 8 + entries * ENTRY.size
    if not 0 < entries <= MOST_ENTRIES or base + store > len(data):
        return {}
    tags: Tags = {}
    for number in range(entries):
        tag, kind, offset, _ = ENTRY.unpack_from(data, at + 8 + number * ENTRY.size)
        if tag in WANTED and kind in {6, 8, 9} and offset < store:
            start = base + offset
            end = data.find(b"\0", start, min(base + store, start + 300))
            tags[tag] = data[start : max(end, start)].decode("utf-8", "replace")
    return tags


def _package(tags: Tags, at: Place) -> Iterator[Component]:
    if re.match(r"[A-Za-z0-9_][\w.+-]*\Z", tags.get(NAME, "")) and tags.get(VERSION):
        version = "-".join(filter(None, (tags[VERSION], tags.get(RELEASE, ""))))
        more = {"arch": tags[ARCH]} if tags.get(ARCH) else {}
        yield made("rpm", tags[NAME], version, at, "package-database", licence=tags.get(LICENSE, ""), qualifiers=more)
