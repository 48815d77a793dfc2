"""What the reader says beyond its samples: versions, run paths, certificates, other formats, broken files."""

import struct
from hashlib import sha256
from pathlib import Path

import pytest

from zoll.errors import CannotRead
from zoll.model import Part, Place
from zoll.readers import executables
from zoll.readers.material import Material

SAMPLES = Path(__file__).parents[2] / "samples"
MACHINE = SAMPLES / "parse" / "machine"


def facts(data, kind="executable/elf"):
    material = Material(Part(Place(("bin/tool",)), kind, "", len(data)), kind, data)
    return [(one.fact.kind, one.fact.value, dict(trait.split(":", 1) for trait in one.fact.traits))
            for one in executables.read(material)]  # fmt: skip


def patched(text, other):
    """Return a library whose name of a needed library, or run path, is another one of the same length."""
    data = (SAMPLES / "readers" / "executables" / "opened" / "input.elf").read_bytes()
    assert len(text) == len(other)
    return data.replace(text, other)


@pytest.mark.parametrize(
    ("name", "library", "version"),
    [
        (b"libc.so.6", "libc.so", "6"),
        (b"lib25.so9", "lib25.so9", None),
        (b"lib25.so\0", "lib25.so", None),
        (b"l-2.5.so\0", "l.so", "2.5"),
        (b"py3.9.so\0", "py.so", "3.9"),
    ],
)
def test_a_library_is_told_without_its_version(name, library, version):
    found = [row for row in facts(patched(b"libc.so.6", name)) if row[0] == "linked" and row[2]["how"] == "needed"]
    assert [(row[1], row[2].get("version")) for row in found] == [(library, version)]


@pytest.mark.parametrize(
    ("path", "leads"),
    [
        (b"$ORIGIN/", "beside"),
        (b"/var/tmp", "writable"),
        (b"/usr/lib", "fixed"),
        (b"../x/lib", "relative"),
        (b"/tmpfile", "fixed"),
    ],
)
def test_where_a_run_path_leads(path, leads):
    data = patched(b"/tmp/lib", path)
    assert ("searched", path.decode(), {"how": "runpath", "leads": leads}) in facts(data)


def certificate(size):
    head = b"\x30\x82" + (size - 4).to_bytes(2, "big") + b"\x30\x82" + (size - 8).to_bytes(2, "big")
    return (head + b"\xa0\x03\x02\x01\x02\x02\x01\x09").ljust(size, b"\x05")


def holding(data, rights):
    """Return an ELF file of one segment with these rights and bytes."""
    head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 64, 0, 0, 64, 56, 1, 0, 0, 0)
    size = 120 + len(data)
    return head + struct.pack("<IIQQQQQQ", 1, rights, 0, 0, 0, size, size, 0) + data


def test_a_certificate_in_data_is_told_once():
    body = certificate(400)
    (found,) = [row for row in facts(holding(body + b"between" + body, 4)) if row[0] == "key"]
    assert found[1:] == (sha256(body).hexdigest()[:24], {"form": "der", "type": "certificate"})


def test_what_looks_like_a_certificate_in_code_or_is_cut_is_none():
    for data in (holding(certificate(400), 5), holding(certificate(400)[:300], 4)):
        assert not [row for row in facts(data) if row[0] == "key"]


def test_each_format_says_what_it_needs():
    dll = facts((MACHINE / "door.arm64.dll").read_bytes(), "executable/pe")
    assert ("linked", "msvcrt.dll", {"how": "needed"}) in dll
    assert ("flag", "pie", {"in": "executable", "strength": "strong"}) in dll
    dylib = facts((MACHINE / "door.dylib").read_bytes(), "executable/macho")
    assert ("linked", "/usr/lib/libSystem.B.dylib", {"how": "needed"}) in dylib
    assert sum(row[0] == "linked" for row in dylib) == 2  # once for both processors
    assert ("early", "constructor", {"name": "early"}) in dylib


def test_a_lost_guard_is_a_lost_fact():
    whole = (SAMPLES / "readers" / "executables" / "guarded" / "input.elf").read_bytes()
    stack = whole.index(b"\x51\xe5\x74\x64")  # PT_GNU_STACK
    other = whole[: stack + 4] + b"\7" + whole[stack + 5 :]
    old, new = facts(whole), facts(other)
    assert [row for row in old if row not in new] == [("flag", "nx", {"in": "executable", "strength": "strong"})]
    assert ("flag", "executable-stack", {"in": "executable", "strength": "weak"}) in new


def test_a_broken_file_cannot_be_read():
    with pytest.raises(CannotRead) as raised:
        facts(b"\x7fELF" + b"\0" * 90)
    assert raised.value.reason == "malformed"
