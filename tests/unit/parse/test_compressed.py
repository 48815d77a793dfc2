import bz2
import gzip
import io
import lzma

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.broken import Broken
from zoll.parse.compressed import Plain, gzip_notes, method_of

PACK = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "zstd": zstandard.compress,
}
MANY = ["gzip", "bzip2", "xz", "zstd"]


def read(packed, method, size=7):
    plain, pieces = Plain(io.BytesIO(packed), method), []
    while piece := plain.read(size):
        assert len(piece) <= size
        pieces.append(piece)
    return b"".join(pieces)


@given(st.sampled_from(sorted(PACK)), st.binary(max_size=2000))
def test_what_was_packed_comes_out(method, data):
    packed = PACK[method](data)
    assert method_of(packed) == method
    assert read(packed, method) == data


@pytest.mark.parametrize("method", MANY)
def test_streams_one_after_the_other(method):
    assert read(PACK[method](b"one ") + PACK[method](b"two"), method) == b"one two"


@pytest.mark.parametrize("method", ["gzip", "bzip2", "xz"])
def test_zeros_may_follow(method):
    assert read(PACK[method](b"one") + b"\0" * 700_000, method) == b"one"


@pytest.mark.parametrize("method", ["gzip", "bzip2", "xz"])
def test_other_bytes_that_follow_are_told_after_all_that_came_before(method):
    plain = Plain(io.BytesIO(PACK[method](b"one") + b"other"), method)
    assert plain.read(100) == b"one"
    with pytest.raises(Broken, match="other bytes follow"):
        plain.read(100)


@pytest.mark.parametrize("method", ["gzip", "bzip2", "xz", "lzma"])
def test_a_cut_is_told(method):
    packed = PACK[method](bytes(range(256)) * 400)
    with pytest.raises(Broken, match="truncated"):
        read(packed[:-20], method, 1 << 16)


@pytest.mark.parametrize("method", sorted(PACK))
def test_rubbish_is_told(method):
    with pytest.raises(Broken):
        read(PACK[method](b"x" * 100)[:12] + b"\xff" * 500, method, 100)


def test_a_dictionary_of_gigabytes_is_refused():
    header = b"\x5d" + (3 << 30).to_bytes(4, "little") + b"\xff" * 8
    with pytest.raises(Broken, match="malformed"):
        read(header + bytes(100), "lzma")


def test_what_a_gzip_header_holds_beside_a_name():
    plain = gzip.compress(b"x", mtime=0)
    body = plain[10:]
    assert gzip_notes(plain) == gzip_notes(b"") == gzip_notes(b"\x1f\x8b\x08\xff") == b""
    named = plain[:3] + b"\x08" + plain[4:10] + b"usual.txt\0" + body
    assert gzip_notes(named) == b""
    noted = plain[:3] + b"\x14" + plain[4:10] + b"\x06\0hidden" + b"a comment\0" + body
    assert gzip_notes(noted) == b"hidden\na comment"
    blocks = plain[:3] + b"\x04" + plain[4:10] + b"\x06\0BC\x02\0\x1b\0" + body
    assert gzip_notes(blocks) == b""
