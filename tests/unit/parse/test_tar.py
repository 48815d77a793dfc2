import io
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.broken import Broken
from zoll.parse.tar import BLOCK, REST, looks_like_tar, members

NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300)
FORMATS = [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]


def packed(form, files, **changes):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form, pax_headers={"atime": "1.0"} if form else None) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            for key, value in changes.items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def read(data):
    return [(member, member.data.read() if member.size else b"") for member in members(io.BytesIO(data))]


@given(st.sampled_from(FORMATS), st.lists(st.tuples(NAMES, st.binary(max_size=1200)), max_size=4))
def test_what_was_packed_comes_out(form, files):
    files = [(name.strip("/") or "x", data) for name, data in files]
    got = [(member.name.decode(), data) for member, data in read(packed(form, files))]
    assert got == files


def test_what_is_not_read_is_passed_over():
    data = packed(tarfile.PAX_FORMAT, [("a", b"x" * 1000), ("b", b"y" * 513), ("c", b"")])
    assert [member.name for member in members(io.BytesIO(data))] == [b"a", b"b", b"c"]


@pytest.mark.parametrize("form", FORMATS)
def test_large_numbers_and_long_links(form):
    ((member, _),) = read(packed(form, [("a", b"")], uid=5_000_000, type=tarfile.SYMTYPE, linkname="x" * 300))
    assert (member.kind, member.target, member.owner) == ("link", b"x" * 300, "5000000:0")


def test_every_cut_is_told():
    data = packed(tarfile.PAX_FORMAT, [("a" * 200, b"x" * 700), ("b", b"y")])
    end = data.rstrip(b"\0").__len__()
    for cut in range(1, end, 97):
        with pytest.raises(Broken, match="truncated"):
            read(data[:cut])


def test_a_chain_of_records_does_not_nest():
    record = packed(tarfile.PAX_FORMAT, [("a" * 200, b"")])[1024:2560]
    with pytest.raises(Broken, match="truncated"):
        read(record * 5000)


def test_a_record_too_long_is_refused():
    data = bytearray(packed(tarfile.GNU_FORMAT, [("a" * 200, b"")]))
    data[124:136] = b"77777777777\0"
    data[148:156] = b"%06o\0 " % (sum(data[:148]) + 256 + sum(data[156:512]))
    assert looks_like_tar(data)
    with pytest.raises(Broken, match="a record of 8589934591 bytes"):
        read(bytes(data))


def rest_of(data):
    return [data for member, data in read(data) if member.name == REST]


def test_what_hides_in_padding_and_in_strange_records_is_a_file_of_its_own():
    plain = bytearray(packed(tarfile.GNU_FORMAT, [("a", b"hello"), ("b", b"")]))
    assert rest_of(bytes(plain)) == []
    plain[BLOCK + 5 : BLOCK + 25] = b"nobody looks in here"
    assert rest_of(bytes(plain)) == [b"nobody looks in here\n"]
    told = packed(tarfile.PAX_FORMAT, [("a", b"")], pax_headers={"VENDOR.note": "what is this"})
    assert rest_of(told) == [b"VENDOR.note=what is this\n"]


def test_the_commit_that_git_notes_is_nothing_strange():
    assert rest_of(packed(tarfile.PAX_FORMAT, [("a", b"")], pax_headers={"comment": "ab" * 20})) == []
    assert rest_of(packed(tarfile.PAX_FORMAT, [("a", b"")], pax_headers={"comment": "made"})) == [b"comment=made\n"]
