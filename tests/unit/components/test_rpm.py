import sqlite3
import struct

from hypothesis import given
from hypothesis import strategies as st

from zoll.components import rpm
from zoll.model import Part, Place

TAGS = {1000: "zq-tool", 1001: "1.4", 1002: "2", 1014: "MIT", 1022: "noarch"}


def header(tags):
    """Return counts, index and store, beginning with the region entry that every header has."""
    index, store = struct.pack(">IIII", 63, 7, sum(len(text) + 1 for text in tags.values()), 16), b""
    for tag, text in tags.items():
        index += struct.pack(">IIII", tag, 6, len(store), 1)
        store += text.encode() + b"\0"
    store += b"\0" * 16
    return struct.pack(">II", len(index) // 16, len(store)) + index + store


def package(tags):
    start = b"\x8e\xad\xe8\x01\0\0\0\0"
    signature = start + struct.pack(">II", 0, 5) + b"sign\0" + b"\0" * 3
    return b"\xed\xab\xee\xdb".ljust(96, b"\0") + signature + start + header(tags) + b"payload"


def database(*headers):
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, blob BLOB NOT NULL)")
    base.executemany("INSERT INTO Packages (blob) VALUES (?)", [(one,) for one in headers])
    base.commit()
    return base.serialize()


def told(name, data, kind="data/sqlite"):
    part = Part(Place((name,)), kind, "d", len(data))
    assert rpm.wants(part)
    return [f"{one.name} {one.version} {one.purl} {one.licence}" for one in rpm.find(part, data)]


WANTED = ["zq-tool 1.4-2 pkg:rpm/zq-tool@1.4-2?arch=noarch MIT"]


def test_a_package_and_what_is_installed():
    assert told("a.rpm", package(TAGS), "container/rpm") == WANTED
    assert told("var/lib/rpm/rpmdb.sqlite", database(header(TAGS), b"broken")) == WANTED
    many = {**TAGS, **dict.fromkeys(range(2000, 2100), "x" * 200)}  # over several pages
    assert told("var/lib/rpm/rpmdb.sqlite", database(header(many))) == WANTED
    assert told("var/lib/rpm/Packages.db", b"RpmP" + b"\0" * 30 + header(TAGS) + b"\0" * 9, "data/binary") == WANTED


def test_a_database_under_a_write_ahead_log_is_read_as_it_stands():
    data = database(header(TAGS))
    assert told("rpmdb.sqlite", data[:18] + b"\2\2" + data[20:]) == WANTED


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_broken_bytes_tell_nothing_or_something_plain(at, junk):
    for name, kind, data in (
        ("a.rpm", "container/rpm", package(TAGS)),
        ("rpmdb.sqlite", "data/sqlite", database(header(TAGS))),
    ):
        told(name, data[:at] + junk + data[at + len(junk) :], kind)
