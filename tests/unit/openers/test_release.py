"""Every opener against a golden listing, and what a stranger may do to an archive."""

import bz2
import gzip
import io
import lzma
import os
import random
import struct
import tarfile
import tempfile
import time
import zipfile
import zlib
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zoll.catalogue import plugins
from zoll.errors import BadInput, CannotRead
from zoll.openers.into import Into, Setting
from zoll.openers.limits import Limits
from zoll.openers.release import open_release, open_releases
from zoll.parse.kinds import kind_of
from zoll.pipeline import Settings, inspect
from zoll.sandbox import Limits as Bounds
from zoll.sandbox import Pool
from zoll.store.vault import Vault

SAMPLES = Path(__file__).parents[2] / "samples" / "openers"
PROGRAM = (SAMPLES.parent / "parse" / "machine" / "door.x86.so").read_bytes()
SOURCE = b"int main(void) { return 0; }\n"


def tar(*members, mode=0o644):
    """(name, data) or (name, data, changes) each; a string as data is a symbolic link's target, None makes a folder."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, data, *changes in members:
            info = tarfile.TarInfo(name)
            info.mode, info.uname, info.gname = mode, "root", "root"
            if data is None:
                info.type, info.mode = tarfile.DIRTYPE, 0o755
            elif isinstance(data, str):
                info.type, info.linkname = tarfile.SYMTYPE, data
            else:
                info.size = len(data)
            for key, value in (changes[0] if changes else {}).items():
                setattr(info, key, value)
            archive.addfile(info, io.BytesIO(data) if isinstance(data, bytes) else None)
    return out.getvalue()


def zipped(*members, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data, *mode in members:
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = compression
            info.external_attr = (mode[0] if mode else 0o100644) << 16
            archive.writestr(info, data)
    return out.getvalue()


def ar(*members):
    out = b"!<arch>\n"
    for name, data in members:
        out += b"%-16s%-12d%-6d%-6d%-8o%-10d`\n" % (name, 0, 0, 0, 0o100644, len(data)) + data + b"\n" * (len(data) % 2)
    return out


def deb(control, data):
    return ar((b"debian-binary", b"2.0\n"), (b"control.tar.xz", lzma.compress(control)), (b"data.tar.gz", gz(data)))


def gz(data):
    return gzip.compress(data, mtime=0)


def dsc(folder, name, *files, form="3.0 (quilt)"):
    rows = "".join(f" {sha256(data).hexdigest()} {len(data)} {called}\n" for called, data in files)
    for called, data in files:
        (folder / called).write_bytes(data)
    text = f"Format: {form}\nSource: pkg\nVersion: 1.2-1\nChecksums-Sha256:\n{rows}Files:\n"
    signed = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n{text}\n-----BEGIN PGP SIGNATURE-----\n\nxx\n"
    (folder / name).write_text(signed)
    return folder / name


def opened(path, limits=None, jobs=1):
    with Vault() as vault, Pool(jobs, Bounds(), vault.scratch, strict=True) as pool:
        release = open_release(path, pool, vault, limits or Limits())
        for part in release.parts:
            data = vault.bytes(part.digest)
            incomplete = part.size == 0 and any(gap.at == part.place for gap in release.gaps)
            assert len(data) == part.size or incomplete
            assert sha256(data).hexdigest() == part.digest
    assert not vault.scratch.exists()
    return release


def from_bytes(tmp_path, name, data, **more):
    path = tmp_path / name
    path.write_bytes(data)
    return opened(path, **more)


def listing(release):
    lines = []
    for part in release.parts:
        facts = ["=".join((fact.kind, fact.value, *fact.traits)) for fact in part.facts]
        lines.append(" ".join((ascii(part.place.path)[1:-1], part.kind, str(part.size), *map(ascii, facts))))
    gaps = [f"gap {ascii(gap.at.path)[1:-1]} {gap.reason}: {gap.detail} ({gap.size})" for gap in release.gaps]
    return [*lines, *gaps]


def places(release):
    return [part.place.path for part in release.parts]


def reasons(release):
    return [gap.reason for gap in release.gaps]


PLAIN_TAR = tar(
    ("pkg-1.2/", None),
    ("pkg-1.2/empty/", None),
    ("pkg-1.2/main.c", SOURCE),
    ("pkg-1.2/README", b"Read me.\n"),
    ("pkg-1.2/run", b"#!/bin/sh\nexit 0\n", {"mode": 0o755}),
    ("pkg-1.2/su", b"\x7fELF\0", {"mode": 0o4755}),
    ("pkg-1.2/mine", b"x\n", {"uname": "vendor", "gname": "staff"}),
    ("pkg-1.2/link", "main.c"),
    ("pkg-1.2/out", "../../etc/passwd"),
    ("pkg-1.2/hard", b"", {"type": tarfile.LNKTYPE, "linkname": "pkg-1.2/main.c"}),
    ("pkg-1.2/tty", b"", {"type": tarfile.CHRTYPE, "devmajor": 4, "devminor": 64}),
    ("pkg-1.2/pipe", b"", {"type": tarfile.FIFOTYPE}),
)
CLIMBING = tar(
    ("../../up.c", SOURCE),
    ("/etc/cron.d/job", b"* * * * * root /bin/true\n"),
    ("a/../../b.py", b"import os\n"),
    ("same.txt", b"one\n"),
    ("same.txt", b"two\n"),
    ("./same.txt", b"three\n"),
    ("new\nline", b"x\n"),
    ("esc\x1b[31m", b"x\n"),
    ("..", b"x\n"),
    (b"bad\xff\xfe".decode("utf-8", "surrogateescape"), b"x\n"),
)
CONTROL = tar(
    ("./", None), ("./control", b"Package: pkg\nVersion: 1.2\n"), ("./postinst", b"#!/bin/sh\n", {"mode": 0o755})
)
DATA = tar(
    ("./", None),
    ("./usr/", None),
    ("./usr/sbin/", None),
    ("./usr/sbin/x", b"\x7fELF", {"mode": 0o755}),
    ("./usr/sbin/y", "/etc/alternatives/y"),
    ("./var/spool/", None, {"mode": 0o1777}),
    ("./usr/share/doc/pkg/changelog.gz", gz(b"pkg (1.2) stable\n")),
    ("./home/vendor/key", b"x\n", {"uname": "vendor"}),
)
BUNDLE = zipped(
    ("pkg/__init__.py", b""),
    ("pkg/a.py", b"import os\n"),
    ("bin/tool", b"#!/usr/bin/env node\n", 0o100755),
    ("lib/link.so", b"../a.so.1", 0o120777),
    ("../climbs.txt", b"x\n"),
    ("C:\\windows\\evil.dll", b"MZ\0\0"),
    ("inner.jar", zipped(("A.class", b"\xca\xfe\xba\xbe\0\0\0\x34x"))),
)

FILES = {
    "tar/plain": ("pkg-1.2.tar", PLAIN_TAR),
    "tar/climbing": ("climbing.tar", CLIMBING),
    "tar/gzip": ("pkg-1.2.tar.gz", gz(PLAIN_TAR)),
    "tar/npm": ("pkg-1.2.tgz", gz(tar(("package/package.json", b'{"name": "pkg"}\n'), ("package/index.js", b"1\n")))),
    "tar/nested": (
        "outer.tar",
        tar(("in.tar.xz", lzma.compress(tar(("a/b.c", SOURCE)))), ("doc/x.1.gz", gz(b".TH X 1\n"))),
    ),
    "tar/truncated": ("cut.tar", PLAIN_TAR[:3000]),
    "tar/after-the-end": ("more.tar", PLAIN_TAR + PLAIN_TAR),
    "zip/bundle": ("bundle.zip", BUNDLE),
    "zip/behind-a-script": ("tool.pyz", b"#!/usr/bin/env python3\n" + BUNDLE),
    "zip/truncated": ("bundle.zip", BUNDLE[:200]),
    "ar/library": (
        "lib.a",
        ar((b"/", b"\0\0\0\0"), (b"//", b"a_very_long_name.o/\n"), (b"/0", b"\x7fELF"), (b"b.o/", b"\x7fELF")),
    ),
    "executable/archives": (
        "tool",
        PROGRAM + zipped(("in/setup.sh", b"#!/bin/sh\n"), ("in/door", PROGRAM)) + gz(tar(("x/main.c", SOURCE))),
    ),
    "script/installer": (
        "setup.run",
        b"#!/bin/sh\ntail -n +4 $0 | tar xz\nexit\n" + gz(tar(("x/main.c", SOURCE))) + b"something behind",
    ),
    "deb/package": ("pkg_1.2_amd64.deb", deb(CONTROL, DATA)),
    "deb/without-data": ("pkg_1.2_amd64.deb", ar((b"debian-binary", b"2.0\n"), (b"control.tar", CONTROL))),
    "compressed/gzip": ("main.c.gz", gz(SOURCE)),
    "compressed/bzip2": ("main.c.bz2", bz2.compress(SOURCE)),
    "compressed/xz": ("main.c.xz", lzma.compress(SOURCE)),
    "compressed/lzma": ("main.c.lzma", lzma.compress(SOURCE, lzma.FORMAT_ALONE)),
    "compressed/zstd": ("main.c.zst", zstandard.compress(SOURCE)),
    "compressed/truncated": ("main.c.gz", gz(SOURCE * 9)[:40]),
    "compressed/trailing": ("main.c.gz", gz(SOURCE) + b"trailing bytes"),
}


@pytest.mark.parametrize("sample", FILES)
def test_files(sample, tmp_path, golden):
    name, data = FILES[sample]
    folder = SAMPLES / sample
    folder.mkdir(parents=True, exist_ok=True)
    golden(folder / "golden.txt", listing(from_bytes(tmp_path, name, data)))


@pytest.mark.parametrize("sample", FILES)
def test_the_account_adds_up_on_it_and_on_what_becomes_of_it(sample, tmp_path, adds_up, flipped):
    name, data = FILES[sample]
    old, new = tmp_path / "old", tmp_path / "new"
    for side in (old, new):
        side.mkdir()
        (side / name).write_bytes(data)
    report = adds_up(inspect(old / name, new / name, Settings(jobs=1, strict=True)))
    assert report.account.whole == report.account.unchanged or report.gaps
    for seed in range(2):
        (new / name).write_bytes(flipped(data, random.Random(f"{name}{seed}")))
        adds_up(inspect(old / name, new / name, Settings(jobs=1, strict=True)))


def test_folder(tmp_path, golden):
    root = tmp_path / "pkg"
    for name, data in {
        "b/c.py": b"import os\n",
        "b/d/e.h": b"int x;\n",
        "a": b"x\n",
        "in.tar": tar(("x.c", SOURCE)),
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    (root / "empty").mkdir()
    (root / "run").write_bytes(b"#!/bin/sh\n")
    (root / "run").chmod(0o775)
    (root / "link").symlink_to("a")
    (root / "out").symlink_to("/etc")
    (root / "loop").symlink_to(".")
    os.mkfifo(root / "pipe")
    Path(os.fsdecode(os.fsencode(root) + b"/\xff\n\x1b[1m")).write_bytes(b"x\n")
    golden(SAMPLES / "folder" / "tree" / "golden.txt", listing(opened(root)))


ORIG = tar(("pkg-1.2/", None), ("pkg-1.2/a.c", SOURCE), ("pkg-1.2/debian/rules", b"old:\n"), ("pkg-1.2/l", "../../x"))
PACKAGING = tar(
    ("debian/", None), ("debian/rules", b"#!/usr/bin/make -f\n%:\n", {"mode": 0o755}), ("debian/patches/series", b"a\n")
)
DSC = {
    "quilt": [("pkg_1.2.orig.tar.gz", gz(ORIG)), ("pkg_1.2-1.debian.tar.xz", lzma.compress(PACKAGING))],
    "more-than-one-orig": [
        ("pkg_1.2.orig.tar.gz", gz(ORIG)),
        ("pkg_1.2.orig-vendor.tar.gz", gz(tar(("v-3/x.js", b"1\n")))),
        ("pkg_1.2-1.debian.tar.xz", lzma.compress(PACKAGING)),
    ],
    "diff": [("pkg_1.2.orig.tar.gz", gz(ORIG)), ("pkg_1.2-1.diff.gz", gz(b"--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+y\n"))],
    "broken-orig": [("pkg_1.2.orig.tar.gz", gz(ORIG)[:150]), ("pkg_1.2-1.debian.tar.xz", lzma.compress(PACKAGING))],
}


@pytest.mark.parametrize("sample", DSC)
def test_source_packages(sample, tmp_path, golden):
    path = dsc(tmp_path, "pkg_1.2-1.dsc", *DSC[sample])
    (SAMPLES / "dsc" / sample).mkdir(parents=True, exist_ok=True)
    golden(SAMPLES / "dsc" / sample / "golden.txt", listing(opened(path)))


def test_a_folder_with_a_source_package_opens_each_archive_once(tmp_path):
    path = dsc(tmp_path, "pkg_1.2-1.dsc", *DSC["quilt"])
    alone, within = opened(path), opened(tmp_path)
    assert places(within) == [path.name, *(f"{path.name}!/{place}" for place in places(alone))]


def test_a_source_package_says_what_is_missing_and_what_is_not_what_it_named(tmp_path):
    path = dsc(tmp_path, "pkg_1.2-1.dsc", *DSC["quilt"])
    (tmp_path / "pkg_1.2.orig.tar.gz").write_bytes(gz(tar(("other/b.c", SOURCE))))
    (tmp_path / "pkg_1.2-1.debian.tar.xz").unlink()
    release = opened(path)
    assert sorted(reasons(release)) == ["malformed", "missing"]
    assert places(release) == ["b.c"]


def test_one_file_is_a_release_of_one_part(tmp_path):
    release = from_bytes(tmp_path, "main.c", SOURCE)
    (part,) = release.parts
    assert (part.place.path, part.kind, part.size) == ("main.c", "code/c", len(SOURCE))
    assert release.digest == part.digest == sha256(SOURCE).hexdigest()


def test_an_empty_file_and_an_empty_folder(tmp_path):
    assert listing(from_bytes(tmp_path, "x.py", b"")) == ["x.py code/python 0"]
    (tmp_path / "none").mkdir()
    assert opened(tmp_path / "none").parts == ()


def test_what_is_not_there_is_the_callers_to_mend(tmp_path):
    with pytest.raises(BadInput, match="cannot read gone"):
        opened(tmp_path / "gone")


def test_the_sizes_add_up(tmp_path):
    release = from_bytes(tmp_path, "pkg.deb", deb(CONTROL, DATA))
    told = {part.place.path: part.size for part in release.parts}
    assert told["usr/share/doc/pkg/changelog.gz"] == 0
    assert told["usr/share/doc/pkg/changelog.gz!/changelog"] == 17
    assert sum(told.values()) == 4 + 26 + 10 + 4 + 17 + 2


def test_order_and_number_of_workers_do_not_matter(tmp_path):
    path = tmp_path / "many"
    path.mkdir()
    for number in range(40):
        (path / f"{number}.tar").write_bytes(tar((f"x{number}/a.c", SOURCE + b"%d" % number), ("b", b"x")))
    assert opened(path, jobs=1) == opened(path, jobs=3)


def test_two_sides_open_together(tmp_path):
    (tmp_path / "a.tar").write_bytes(PLAIN_TAR)
    (tmp_path / "b.zip").write_bytes(BUNDLE)
    with Vault() as vault, Pool(2, Bounds(), vault.scratch) as pool:
        both = open_releases((tmp_path / "a.tar", tmp_path / "b.zip"), pool, vault)
    assert both == (opened(tmp_path / "a.tar"), opened(tmp_path / "b.zip"))


def test_progress_counts_parts(tmp_path):
    (tmp_path / "a.tar").write_bytes(PLAIN_TAR)
    seen = []
    with Vault() as vault, Pool(1, Bounds(), vault.scratch) as pool:
        release = open_release(tmp_path / "a.tar", pool, vault, progress=seen.append)
    assert sum(seen) == 1 + len(release.parts)


def test_names_that_meet_lose_nothing(tmp_path):
    data = tar(
        *((name, b"x%d" % n) for n, name in enumerate(["a", "a (2)", "a", "./a", "b/"])), ("b", None), ("c", None)
    )
    release = from_bytes(tmp_path, "x.tar", data)
    assert places(release) == ["a", "a (2)", "a (3)", "a (4)", "b", "c"]
    assert sum(part.size for part in release.parts) == 10


def test_the_last_member_of_a_name_has_it(tmp_path):
    """It is what unpacking leaves, and so what is held against the other release's."""
    release = from_bytes(tmp_path, "x.tar", tar(("d/a", b"1"), ("d/./a", b"22"), ("d/a", b"333"), ("b", b"4444")))
    told = {part.place.hops[-1]: (part.size, [fact.value for fact in part.facts]) for part in release.parts}
    assert told["d/a"] == (3, [])
    assert told["d/a (3)"] == (1, ["duplicate"])
    assert told["d/a (2)"] == (2, ["duplicate"])


def test_a_packers_umask_says_nothing(tmp_path):
    def packed(plain, executable):
        modes = [plain, plain, plain, executable, 0o700, 0o666]
        return tar(*((f"{n}", b"%d" % n, {"mode": mode}) for n, mode in enumerate(modes)))

    one, two = (from_bytes(tmp_path, "x.tar", packed(*modes)) for modes in ((0o644, 0o755), (0o664, 0o775)))
    assert one.parts == two.parts
    assert [fact.value for part in one.parts for fact in part.facts] == ["0755", "0700", "0666"]


def test_a_container_that_nobody_opens_is_a_gap(tmp_path):
    release = from_bytes(tmp_path, "x.tar", tar(("a.rar", b"Rar!\x1a\x07\0"), ("b", b"x")))
    assert places(release) == ["a.rar", "b"]
    assert [(gap.at.path, gap.reason, gap.size) for gap in release.gaps] == [("a.rar", "unsupported", 7)]


# Limits


def bomb():
    """A zip of 2 MB with three members, the second of which is 2 GB of zeros."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    out, central = b"", b""
    for name, packed, size, crc in (
        (b"fine.c", SOURCE, len(SOURCE), zlib.crc32(SOURCE)),
        (b"zeros", megabyte * 2047 + b"\x03\0", 2047 << 20, 0),
        (b"last.c", SOURCE, len(SOURCE), zlib.crc32(SOURCE)),
    ):
        method = 8 if name == b"zeros" else 0
        common = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, crc, len(packed), size, len(name), 0)
        central += b"PK\x01\x02\x14\0" + common + struct.pack("<HHHII", 0, 0, 0, 0, len(out)) + name
        out += b"PK\x03\x04" + common + name + packed
    return out + central + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 3, 3, len(central), len(out), 0)


def test_a_bomb_of_two_gigabytes_ends_in_a_gap_and_its_neighbours_are_seen(tmp_path):
    data = bomb()
    began = time.monotonic()
    release = from_bytes(tmp_path, "bomb.zip", data)
    assert time.monotonic() - began < 15
    assert places(release) == ["fine.c", "last.c"]
    assert [(gap.at.path, gap.reason) for gap in release.gaps] == [("zeros", "ratio")]


@pytest.mark.parametrize("method", [gz, bz2.compress, lzma.compress, zstandard.compress])
def test_a_compressed_bomb_ends_in_a_gap(method, tmp_path):
    release = from_bytes(tmp_path, "x.tar.c", method(tar(("zeros", bytes(40 << 20)))))
    assert reasons(release) == ["ratio"]


def test_containers_too_deep(tmp_path):
    data = SOURCE
    for _ in range(40):
        data = zipped(("in.zip", data))
    release = from_bytes(tmp_path, "in.zip", data)
    assert reasons(release) == ["depth"]
    assert sum(part.size for part in release.parts) == release.gaps[0].size > 0


def test_too_many_parts(tmp_path):
    release = from_bytes(tmp_path, "x.tar", tar(*((f"{n}.c", SOURCE) for n in range(50))), limits=Limits(parts=20))
    assert len(release.parts) == 20
    assert reasons(release) == ["parts"]


def test_too_many_bytes_in_all_and_in_one_part(tmp_path):
    data = tar(*((f"{n}.bin", bytes([n]) * 1000) for n in range(50)))
    assert sum(part.size for part in from_bytes(tmp_path, "x.tar", data, limits=Limits(bytes=9500)).parts) == 9000
    data = tar(("a", b"x" * 10), ("b", b"x" * 1000), ("c", b"x" * 10))
    release = from_bytes(tmp_path, "x.tar", data, limits=Limits(part=100))
    assert places(release) == ["a", "c"]
    assert [(gap.at.path, gap.reason) for gap in release.gaps] == [("b", "bytes")]


def test_too_long(tmp_path):
    release = from_bytes(tmp_path, "x.tar", PLAIN_TAR, limits=Limits(seconds=-1))  # time was up before it began
    assert reasons(release) == ["time"]
    assert sum(part.size for part in release.parts) == len(PLAIN_TAR)


def test_encrypted_members(tmp_path):
    data = bytearray(zipped(("a.py", b"import os\n"), ("b.py", b"import os\n")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    release = from_bytes(tmp_path, "x.zip", bytes(data))
    assert places(release) == ["b.py"]
    assert [(gap.at.path, gap.reason, gap.size) for gap in release.gaps] == [("a.py", "encrypted", 10)]


def test_an_opener_that_breaks_keeps_the_container_whole(tmp_path):
    release = from_bytes(tmp_path, "x.zip", b"PK\x03\x04" + b"rubbish" * 9)
    assert listing(release)[0] == "x.zip container/zip 67"
    assert reasons(release) == ["truncated"]


# Whatever bytes come


PACKERS = [gz, bz2.compress, lzma.compress, zstandard.compress]
ARCHIVES = [PLAIN_TAR, CLIMBING, BUNDLE, deb(CONTROL, DATA), FILES["ar/library"][1], *(pack(DATA) for pack in PACKERS)]


def test_sparse_members_and_strange_types_are_taken_for_files(tmp_path):
    data = tar(("a", b"x.c\n", {"type": b"S"}), ("b", b"odd\n", {"type": b"V"}), ("c.c", SOURCE))
    release = from_bytes(tmp_path, "x.tar", data)
    assert [part.size for part in release.parts] == [4, 4, len(SOURCE)]
    assert [part.facts[0].value for part in release.parts[:2]] == ["sparse", "type b'V'"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(ARCHIVES),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=6),
    st.one_of(st.none(), st.floats(0, 1)),
)
def test_mutated_archives_raise_nothing_but_cannot_read(data, changes, cut):
    mutated = bytearray(data)
    for where, byte in changes:
        mutated[int(where * (len(mutated) - 1))] = byte
    mutated = bytes(mutated[: int(cut * len(mutated))] if cut is not None else mutated)
    for name, opener in plugins("zoll.openers").items():
        if not opener.claim(mutated[:4096], "x", kind_of("x", mutated[:4096])) and name != "dsc":
            continue
        with tempfile.TemporaryFile() as spool:
            into = Into(spool, Setting("x", len(mutated), Limits(bytes=1 << 22)))
            with suppress(CannotRead):
                opener.open(io.BytesIO(mutated), into)
            into.settle()
            for member in into.members:
                assert not member.name.startswith("/")
                assert ".." not in member.name.split("/")


def test_nothing_is_written_outside_the_scratch_folder(tmp_path):
    inside = tmp_path / "deep" / "er"
    inside.mkdir(parents=True)
    for name, data in {"climbing.tar": CLIMBING, "bundle.zip": BUNDLE}.items():
        (inside / name).write_bytes(data)
        opened(inside / name)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["bundle.zip", "climbing.tar"]
