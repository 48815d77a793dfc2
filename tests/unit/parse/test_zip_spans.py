"""What no member of a zip accounts for."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.zip_spans import Packed, Spans, between, notes

FILES = {"a.txt": b"hello" * 30, "b/c.txt": b"world"}


class Pipe(io.RawIOBase):
    """A stream that cannot be wound back, so that sizes follow the members."""

    def __init__(self):
        self.data = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.data += data
        return len(data)


def zipped(files=FILES, comment=b"", extra=b"", streamed=False):
    out = Pipe() if streamed else io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.extra = extra
            archive.writestr(info, data)
    return bytes(out.data) if streamed else out.getvalue()


def left(data):
    """Return the bytes that belong to nothing, and the notes."""
    source = io.BytesIO(data)
    archive = zipfile.ZipFile(source)
    packed = [
        Packed(one.header_offset, one.compress_size, bool(one.flag_bits & 8), one.comment, one.extra)
        for one in archive.infolist()
    ]
    spans = between(source, packed, archive.start_dir, len(data))
    stream, found = Spans(source, spans), b""
    while piece := stream.read(7):
        found += piece
    return found, notes(packed, archive.comment)


@pytest.mark.parametrize("streamed", [False, True])
def test_an_ordinary_archive_leaves_nothing(streamed):
    assert left(zipped(streamed=streamed)) == (b"", b"")
    assert left(zipped({}, streamed=streamed)) == (b"", b"")


def test_what_follows_the_end():
    assert left(zipped() + b"and more") == (b"and more", b"")


def test_a_member_that_the_directory_does_not_name():
    whole, hidden = zipped(), zipped({"evil.sh": b"id"})
    local = hidden[: hidden.find(b"PK\x01\x02")]
    at, end = whole.find(b"PK\x01\x02"), whole.find(b"PK\x05\x06")
    start = struct.pack("<I", at + len(local))
    assert left(whole[:at] + local + whole[at : end + 16] + start + whole[end + 20 :])[0] == local


def test_zeros_are_padding():
    assert left(zipped() + b"\0" * 100)[0] == b""


def test_comments_and_strange_extra_fields():
    strange = struct.pack("<HH", 0x7777, 6) + b"hidden"
    usual = struct.pack("<HH", 0x5455, 5) + b"\x01abcd"
    assert left(zipped(comment=b"made", extra=usual + strange)) == (b"", b"made\nhidden")


@given(st.binary(max_size=60), st.integers(0, 400), st.integers(0, 3))
def test_whatever_the_headers_say(junk, at, members):
    data = bytearray(zipped())
    data[at : at + len(junk)] = junk
    packed = [Packed(at * number, len(junk), bool(number % 2), b"", junk) for number in range(members)]
    spans = between(io.BytesIO(data), packed, at, len(data))
    assert all(0 <= start < end <= len(data) for start, end in spans)
    notes(packed, junk)


def test_a_directory_that_leads_before_the_beginning():
    data = zipped()
    spans = between(io.BytesIO(data), [Packed(-7, 5, False, b"", b"")], -3, len(data))
    assert spans
    assert all(0 <= start < end <= len(data) for start, end in spans)
