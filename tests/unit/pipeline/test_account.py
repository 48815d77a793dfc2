"""Every part and byte of the new release is counted once in the account, whatever the two releases are."""

import gzip
import io
import lzma
import random
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zoll.model import Tally
from zoll.openers.limits import Limits
from zoll.pipeline import Settings, inspect

TEXTS = {f"p/f{n}.py": f"x = {n}\n".encode() * 50 for n in range(6)}


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def tarred(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def ar(files):
    rows = (
        b"%-16s%-12d%-6d%-6d%-8o%-10d`\n%s" % (name.encode(), 0, 0, 0, 0o644, len(data), data) for name, data in files
    )
    return b"!<arch>\n" + b"".join(row + b"\n" * (len(row) % 2) for row in rows)


ARCHIVES = {
    "a.zip": zipped(TEXTS),
    "a.tar": tarred(TEXTS),
    "a.tar.gz": gzip.compress(tarred(TEXTS), mtime=0),
    "a.py.xz": lzma.compress(TEXTS["p/f1.py"]),
    "a.deb": ar(
        [
            ("debian-binary", b"2.0\n"),
            ("control.tar.xz", lzma.compress(tarred({"./control": b"Package: a\n"}))),
            ("data.tar.gz", gzip.compress(tarred(TEXTS), mtime=0)),
        ]
    ),
    "nested.zip": zipped({"b.tgz": gzip.compress(tarred({"c.zip": zipped(TEXTS)}), mtime=0), "a.py": b"y = 1\n"}),
}


@pytest.mark.parametrize("seed", range(3))
def test_archives_are_accounted_for_also_when_they_break(seed, upgrade, adds_up, flipped):
    broken = {name: flipped(data, random.Random(f"{name}{seed}")) for name, data in ARCHIVES.items()}
    adds_up(upgrade(ARCHIVES, broken))
    adds_up(upgrade({}, broken))


@pytest.mark.parametrize("name", ARCHIVES)
def test_so_is_a_release_that_is_one_archive(name, tmp_path, adds_up, flipped):
    old, new = tmp_path / name, tmp_path / f"new-{name}"
    old.write_bytes(ARCHIVES[name])
    new.write_bytes(flipped(ARCHIVES[name], random.Random(name)))
    adds_up(inspect(old, new, Settings(jobs=1, strict=True)))


NAMES = st.sampled_from(["a.py", "b.c", "c/d.sh", "c/e.txt", "f-1.2.txt", "f-1.3.txt"])
WORDS = st.sampled_from(["", "x = 1\n", "int x;\n", "echo hello\n", "PK\x03\x04", "\x1f\x8b\x08", "one\ntwo\n" * 20])
TREES = st.dictionaries(NAMES, WORDS, max_size=5)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TREES, TREES)
def test_any_two_folders_are_accounted_for(adds_up, old, new):
    with tempfile.TemporaryDirectory() as folder:
        for side, files in (("old", old), ("new", new)):
            (Path(folder) / side).mkdir()
            for name, text in files.items():
                path = Path(folder) / side / name
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(text.encode("latin-1"))
        adds_up(inspect(Path(folder) / "old", Path(folder) / "new", Settings(jobs=1, strict=True)))


def test_limits_leave_gaps_that_are_accounted_for(upgrade, adds_up):
    files = {f"{n}.txt": "x" * n for n in range(1, 9)}
    report = adds_up(upgrade({}, files, limits=Limits(parts=5)))
    assert report.account.gaps.parts == 3
    report = adds_up(upgrade({}, files, limits=Limits(bytes=20)))
    assert report.account.gaps.parts > 0


def test_an_opened_container_is_no_file_of_its_own(upgrade):
    report = upgrade({}, {"nested.zip": ARCHIVES["nested.zip"]})
    assert report.account.whole.parts == len(TEXTS) + 1


def test_lines_count_old_and_new(upgrade):
    report = upgrade({"a.txt": "one\ntwo\nthree\n"}, {"a.txt": "one\nTWO\nthree\n"})
    assert report.account.lines == 2


PYTHON = "def f(x):\n    return x + 1\n\n\ndef g(x):\n    return f(x) * 2\n"


def kinds(report):
    return {kind: tally.parts for kind, tally in report.account.noises}


def test_noise_is_named_and_counted(upgrade, adds_up):
    old = {
        "a/PKG-INFO": "Version: 1.2.3\n",
        "comments.py": PYTHON,
        "ends.txt": "one\ntwo\n",
        "number.py": 'VERSION = "1.2.3"\n',
        "space.md": "# One\n\nTwo\n",
    }
    new = {
        "a/PKG-INFO": "Version: 1.2.4\n",
        "comments.py": "# new words\n" + PYTHON,
        "empty.py": "",
        "ends.txt": "one\r\ntwo\r\n",
        "number.py": 'VERSION = "1.2.4"\n',
        "space.md": "# One  \n\n\nTwo\n",
    }
    report = adds_up(upgrade(old, new))
    assert kinds(report) == {
        "comments": 1,
        "empty": 1,
        "line-ends": 1,
        "version": 2,
        "white-space": 1,
    }
    assert report.account.compared.parts == 0


def test_functions_that_changed_places_are_noise(upgrade, adds_up):
    one = "def distinct(alpha, beta):\n    return [alpha, beta, alpha, beta, 'gamma', 'delta']\n"
    two = "def wholly_other(path):\n    with open(path) as file:\n        print(file.read().upper(), len(path))\n"
    report = adds_up(upgrade({"a.py": one, "b.py": two}, {"a.py": two + "# b\n", "b.py": one + "# a\n"}))
    assert kinds(report) == {"moved-functions": 2}


def test_a_mode_that_changed_is_no_noise(upgrade, adds_up, tmp_path):
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "a.sh").write_bytes(b"echo 1\n")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "a.sh").write_bytes(b"# run it\necho 1\n")
    (tmp_path / "new" / "a.sh").chmod(0o4755)
    report = adds_up(inspect(tmp_path / "old", tmp_path / "new", Settings(jobs=1, strict=True)))
    assert report.account.noise.parts == 0
    assert report.account.compared.parts == 1


def test_a_part_with_a_finding_that_asks_to_be_read_is_no_noise(upgrade):
    report = upgrade({"a-1.2/x.py": "x = 1\n"}, {"a-1.3/x.py": "# -*- coding: utf-7 -*-\nx = 1\n"})
    assert report.account.noise.parts == 0


def test_bytes_that_no_member_has_are_a_part(upgrade, adds_up):
    packed = zipped(TEXTS)
    report = adds_up(upgrade({"a.zip": packed}, {"a.zip": packed + b"#!/bin/sh\necho hidden\n"}))
    assert report.account.compared == Tally(1, 22)
    assert report.new.opened.parts == 1
