"""Whole files inside other bytes."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
from pathlib import Path
from zlib import crc32

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from zoll.parse.broken import Broken
from zoll.parse.inside import MAGIC, MOST_CANDIDATES, inside

MACHINE = Path(__file__).parents[2] / "samples" / "parse" / "machine"
TEXT = b"some text that is packed " * 20


def tar():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        info = tarfile.TarInfo("a/b.txt")
        info.size = len(TEXT)
        archive.addfile(info, io.BytesIO(TEXT))
    return out.getvalue()[: 512 + 512 + 1024]


def zipped(before=b""):
    out = io.BytesIO(before)
    out.seek(0, io.SEEK_END)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
        archive.writestr("b.txt", TEXT)
        archive.comment = b"the end"
    return out.getvalue()[len(before) :]


def cpio():
    def member(name, data):
        head = b"070701" + b"%08x" * 13 % (0, 0, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name) + 1, 0)
        whole = head + name + b"\0"
        return whole + b"\0" * (-len(whole) % 4) + data + b"\0" * (-len(data) % 4)

    return member(b"init", TEXT) + member(b"TRAILER!!!", b"")


def seven():
    head = struct.pack("<QQI", 10, 20, 0)
    return b"7z\xbc\xaf\x27\x1c\0\4" + crc32(head).to_bytes(4, "little") + head + b"x" * 30


def cab():
    return b"MSCF\0\0\0\0" + struct.pack("<IIIIBB", 64, 0, 36, 0, 3, 1).ljust(56, b"c")


def squashfs():
    head = struct.pack("<4sIIIIHHHHHH", b"hsqs", 1, 0, 4096, 0, 1, 12, 0, 1, 4, 0) + struct.pack("<QQ", 0, 4096)
    return head.ljust(4096, b"q")


WHOLE = {
    "gzip": gzip.compress(TEXT),
    "xz": lzma.compress(TEXT),
    "bzip2": bz2.compress(TEXT),
    "zstd": zstandard.compress(TEXT),
    "zip": zipped(),
    "tar": tar(),
    "cpio": cpio(),
    "ar": b"!<arch>\n" + b"%-16s%-12d%-6d%-6d%-8o%-10d`\n" % (b"a.o/", 0, 0, 0, 0o644, 4) + b"text",
    "7z": seven(),
    "cab": cab(),
    "squashfs": squashfs(),
    "elf": (MACHINE / "door.mips.so").read_bytes(),
    "pe": (MACHINE / "door.arm64.dll").read_bytes(),
}


@pytest.mark.parametrize("name", WHOLE)
@given(before=st.binary(min_size=1, max_size=70), behind=st.binary(max_size=70))
@settings(max_examples=15, deadline=None)
def test_a_whole_file_is_found_wherever_it_stands(name, before, behind):
    data = WHOLE[name]
    (found,) = inside(before + data + b"\1" + behind)
    assert (found.offset, found.format) == (len(before), name)
    assert data.startswith((before + data)[found.offset : found.offset + found.size])
    assert not data[found.size :].strip(b"\0")


@pytest.mark.parametrize("name", sorted(set(WHOLE) - {"gzip", "bzip2", "7z", "cab", "ar", "tar"}))
def test_half_a_file_is_none(name):
    assert list(inside(b"." + WHOLE[name][: len(WHOLE[name]) // 2])) == []


def test_a_stream_that_breaks_off_late_is_one():
    packed = gzip.compress(bytes(range(256)) * 50_000)
    assert [one.format for one in inside(b"." + packed[:40_000])] == ["gzip"]


def test_offsets_that_count_from_the_begin_of_the_whole():
    before = b"MZ stub" * 30
    assert [(one.offset, one.size) for one in inside(before + zipped(before))] == [(len(before), len(zipped()))]


def test_one_behind_the_other_and_nothing_of_what_is_within():
    data = b"." + WHOLE["tar"] + gzip.compress(WHOLE["zip"]) + WHOLE["zip"] + WHOLE["zip"]
    assert [one.format for one in inside(data)] == ["tar", "gzip", "zip", "zip"]


@given(st.lists(st.one_of(st.sampled_from([one for one, _, _ in MAGIC]), st.binary(max_size=40)), max_size=40))
@settings(max_examples=150, deadline=None)
def test_whatever_stands_there_spans_lie_within_and_apart(pieces):
    data, behind = b"".join(pieces), 1
    for one in inside(data):
        assert behind <= one.offset < one.offset + one.size <= len(data)
        behind = one.offset + one.size


@given(st.sampled_from(sorted(WHOLE)), st.integers(0, 1 << 30), st.integers(0, 255))
@settings(max_examples=150, deadline=None)
def test_a_broken_byte_breaks_nothing_else(name, at, byte):
    data = bytearray(b"." + WHOLE[name])
    data[1 + at % min(len(WHOLE[name]), 600)] = byte
    assert all(one.offset + one.size <= len(data) for one in inside(bytes(data)))


def test_more_magic_numbers_than_anyone_has_reason_for():
    with pytest.raises(Broken, match="magic numbers"):
        list(inside(b"." + b"hsqs" * (MOST_CANDIDATES + 1)))
