"""Installers that are a script and an archive."""

import gzip
import io
import tarfile
from random import Random

import pytest

from zoll.openers.release import open_release
from zoll.openers.script import claim
from zoll.sandbox import Limits, Pool
from zoll.store.vault import Vault

SCRIPT = b'#!/bin/sh\nset -e\ntail -n +5 "$0" | tar xz -C /opt/x\nexit 0\n'


def packed(*members):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return gzip.compress(out.getvalue(), mtime=0)


def opened(tmp_path, data, name="setup.run"):
    (tmp_path / name).write_bytes(data)
    with Vault() as vault, Pool(1, Limits(), vault.scratch, strict=True) as pool:
        release = open_release(tmp_path / name, pool, vault)
    return [(part.place.path, part.kind, part.size) for part in release.parts], release.gaps


def test_the_script_and_what_it_unpacks_are_parts(tmp_path):
    archive = packed(("bin/tool", b"#!/bin/sh\necho tool\n"), ("x.conf", b"a = 1\n"))
    parts, gaps = opened(tmp_path, SCRIPT + archive + b"\0" * 40 + b"more, unasked")
    assert parts == [
        ("before the archive", "code/shell", len(SCRIPT)),
        ("between the members", "text/plain", len(b"more, unasked")),
        ("gzip", "container/gzip", 0),
        ("gzip!/bin/tool", "code/shell", 20),
        ("gzip!/x.conf", "config/conf", 6),
    ]
    assert gaps == ()


@pytest.mark.parametrize("behind", [b"", b"\x1f\x8b\x08 is gzip\n", Random(3).randbytes(900)])
def test_a_script_with_nothing_to_unpack_stays_as_it_is(tmp_path, behind):
    parts, gaps = opened(tmp_path, SCRIPT + behind)
    assert parts == [("setup.run", "data/binary" if behind else "code/shell", len(SCRIPT + behind))]
    assert gaps == ()


def test_which_scripts_are_searched():
    assert claim(SCRIPT, "install", "code/shell")
    assert claim(b"#!/bin/sh\n", "tool-1.2.run", "code/shell")
    assert not claim(b"#!/bin/sh\necho\n", "tool.sh", "code/shell")
    assert not claim(SCRIPT, "install", "text/plain")
