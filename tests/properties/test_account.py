"""The account adds up on every sample and small upgrade of these tests, and on whatever becomes of a release."""

import gzip
import io
import random
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zoll.openers.limits import Limits
from zoll.pipeline import Settings, inspect

TESTS = Path(__file__).parent.parent
UPGRADES = sorted(path.parent for path in TESTS.glob("upgrades/*/*/new"))
SMALL = 30_000


def report_on(old, new, limits=None):
    return inspect(old, new, Settings(jobs=1, strict=True, limits=limits or Limits()))


@pytest.mark.parametrize("folder", UPGRADES, ids=lambda path: path.name)
def test_on_every_small_upgrade_and_back(folder, adds_up):
    adds_up(report_on(folder / "old", folder / "new"))
    adds_up(report_on(folder / "new", folder / "old"))


def test_on_all_samples_at_once(adds_up, flipped, tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    chance = random.Random(3)
    for number, path in enumerate(sorted(TESTS.glob("samples/*/*/*/input*"))):
        if path.is_file() and path.stat().st_size < SMALL and number % 4 == 0:
            for side, data in ((old, path.read_bytes()), (new, flipped(path.read_bytes(), chance))):
                home = side / path.parent.parent.name / f"{path.parent.name}-{path.name}"
                home.parent.mkdir(parents=True, exist_ok=True)
                home.write_bytes(data)
    report = adds_up(report_on(old, new))
    assert report.account.compared.parts > 50


# --- what may become of a release


def zipped(files, encrypted=()):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    raw = bytearray(out.getvalue())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = raw.find(mark)
        while at >= 0 and encrypted:
            raw[at + offset] |= 1
            at = raw.find(mark, at + 1)
    return bytes(raw)


def tarred(files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0)


def files_in(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


HOWS = ("drop", "cut", "double", "rename", "encrypt", "nest", "zip", "flip", "ends", "blank", "empty", "folder", "link")
MUTATIONS = st.lists(st.tuples(st.sampled_from(HOWS), st.integers(0, 999)), min_size=1, max_size=6)


def mutate(files, how, number, flipped):
    """Do one thing to one file of a release."""
    there = whole(files)
    if not there:
        return
    name = sorted(there)[number % len(there)]
    data = there[name]
    match how:
        case "drop":
            del files[name]
        case "cut":
            files[name] = data[: number % (len(data) + 1)]
        case "double":
            files[f"copy-{number}-{Path(name).name}"] = data
        case "rename":
            files[f"other/{number}/{Path(name).name}"] = files.pop(name)
        case "encrypt":
            files[f"{name}.zip"] = zipped({"a": data, "b": b"x" * 99}, encrypted="all")
        case "nest":
            files[f"{name}.tgz"] = tarred({"in.zip": zipped({name: data}), "again.tgz": tarred({name: data})})
        case "zip":
            files["all.zip"] = zipped(there)
        case "flip":
            files[name] = flipped(data, random.Random(number))
        case "ends":
            files[name] = data.replace(b"\n", b"\r\n")
        case "blank":
            files[name] = data.replace(b"\n", b" \n\n")
        case "empty":
            files[name] = b""
        case "folder":
            files[f"{name}.d/{number}"] = data[: len(data) // 2]
        case "link":
            files[f"link-{number}"] = name


def whole(files):
    """Return the files that are no links."""
    return {name: data for name, data in files.items() if isinstance(data, bytes)}


def lay(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() or path.is_symlink():
            continue
        if isinstance(data, str):
            path.symlink_to(data)
        else:
            path.write_bytes(data)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, len(UPGRADES) - 1), MUTATIONS, st.booleans(), st.integers(0, 30))
def test_on_mutated_releases(adds_up, flipped, which, mutations, packed, most):
    source = UPGRADES[which] / "new"
    files = files_in(source)
    for how, number in mutations:
        mutate(files, how, number, flipped)
    with tempfile.TemporaryDirectory() as folder:
        new = Path(folder) / "new"
        if packed:
            new.write_bytes(tarred(whole(files)))
        else:
            new.mkdir()
            lay(new, files)
        adds_up(report_on(source, new))
        adds_up(report_on(new, source, Limits(parts=max(most, 1), bytes=2000 * max(most, 1))))
