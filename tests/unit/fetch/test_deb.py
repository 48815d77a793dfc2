"""apt itself, on a small unsigned archive that the test makes and its sources trust."""

import gzip
import hashlib
import shutil

import pytest

from zoll.errors import BadInput, CannotFetch
from zoll.fetch import fetch

needs_apt = pytest.mark.skipif(not shutil.which("apt-get"), reason="apt is not on this machine")
PURL = "pkg:deb/debian/{}?distro=trixie&arch=arm64"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """A flat folder as Debian lays it out, named bookworm in apt's sources and offering trixie."""
    root = tmp_path / "archive"
    suite = root / "dists" / "trixie"
    (suite / "main" / "binary-arm64").mkdir(parents=True)
    (suite / "main" / "source").mkdir(parents=True)
    (root / "pool").mkdir()
    packages = "".join(_binary(root, version) for version in ("1.0-1", "1:1.1-1"))
    _index(suite / "main" / "binary-arm64" / "Packages.gz", packages)
    _index(suite / "main" / "source" / "Sources.gz", _source(root))
    rows = [_row(path, suite) for path in sorted(suite.rglob("main/*/*"))]
    head = (
        "Suite: stable\nCodename: trixie\nArchitectures: arm64\nComponents: main\nDate: Sat, 01 Jun 2024 07:55:41 UTC\n"
    )
    (suite / "Release").write_text(head + "SHA256:\n" + "".join(rows))
    parts = tmp_path / "parts"
    parts.mkdir()
    (parts / "own.list").write_text(f"deb [trusted=yes arch=amd64] file:{root} bookworm main\n")
    config = tmp_path / "user.conf"
    config.write_text(f'Dir::Etc::sourcelist "/dev/null";\nDir::Etc::sourceparts "{parts}";\n')
    monkeypatch.setenv("APT_CONFIG", str(config))
    return root


def _binary(root, version):
    name = f"demo_{version.rpartition(':')[2]}_arm64.deb"
    (root / "pool" / name).write_bytes(f"deb {version}".encode())
    return (
        f"Package: demo\nVersion: {version}\nArchitecture: arm64\nMaintainer: x <x@x.example>\nDescription: x\n"
        f"Filename: pool/{name}\nSize: {len(f'deb {version}')}\nSHA256: {_sha(root / 'pool' / name)}\n\n"
    )


def _source(root):
    (root / "pool" / "demo_1.0-1.dsc").write_text("Format: 3.0 (native)\n")
    (root / "pool" / "demo_1.0-1.tar.gz").write_bytes(b"source")
    files = ("demo_1.0-1.dsc", "demo_1.0-1.tar.gz")
    rows = "".join(f" {_sha(root / 'pool' / name)} {(root / 'pool' / name).stat().st_size} {name}\n" for name in files)
    return (
        f"Package: demo\nBinary: demo\nVersion: 1.0-1\nArchitecture: any\nDirectory: pool\nChecksums-Sha256:\n{rows}\n"
    )


def _index(path, text):
    path.with_suffix("").write_text(text)
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


def _row(path, suite):
    return f" {_sha(path)} {path.stat().st_size} {path.relative_to(suite)}\n"


def _sha(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@needs_apt
def test_the_newest_a_named_version_and_the_source(archive, tmp_path):
    assert fetch(PURL.format("demo"), tmp_path / "cache").read_bytes() == b"deb 1:1.1-1"
    assert fetch(PURL.format("demo@1.0-1"), tmp_path / "cache").read_bytes() == b"deb 1.0-1"
    source = fetch("pkg:deb/debian/demo@1.0-1?distro=trixie&arch=source", tmp_path / "cache")
    assert source.name == "demo_1.0-1.dsc"
    assert source.with_name("demo_1.0-1.tar.gz").read_bytes() == b"source"


@needs_apt
def test_what_the_archive_does_not_have_is_said_with_what_it_has(archive, tmp_path):
    with pytest.raises(CannotFetch, match=r"they have 1.0-1, 1:1.1-1"):
        fetch(PURL.format("demo@9"), tmp_path / "cache")
    with pytest.raises(CannotFetch, match="no package of that name"):
        fetch(PURL.format("other"), tmp_path / "cache")
    with pytest.raises(CannotFetch, match="name no archive of ubuntu"):
        fetch("pkg:deb/ubuntu/demo?distro=noble", tmp_path / "cache")


@needs_apt
def test_bytes_that_differ_from_the_lists_are_refused(archive, tmp_path):
    (archive / "pool" / "demo_1.1-1_arm64.deb").write_bytes(b"dex 1:1.1-1")
    with pytest.raises(CannotFetch, match="demo"):
        fetch(PURL.format("demo"), tmp_path / "cache")
    assert not list((tmp_path / "cache").rglob("*.deb"))


@needs_apt
def test_an_archive_that_nobody_signed_or_trusts_is_refused(archive, tmp_path):
    own = tmp_path / "parts" / "own.list"
    own.write_text(own.read_text().replace("trusted=yes ", ""))
    with pytest.raises(CannotFetch, match=r"apt-get update: .*not signed"):
        fetch(PURL.format("demo"), tmp_path / "cache")


@pytest.mark.parametrize(
    "purl", ["pkg:deb/debian/-oDir=x", "pkg:deb/debian/demo@-x", "pkg:deb/debian/demo?distro=a%20b"]
)
def test_words_that_could_be_options_never_reach_apt(purl, tmp_path):
    with pytest.raises((BadInput, CannotFetch)):
        fetch(purl, tmp_path / "cache")


def test_without_apt_the_message_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotFetch, match="download the package and give the file"):
        fetch("pkg:deb/debian/demo@1.0", tmp_path / "cache")
