"""Parts pair by place, by place without versions, by bytes and by likeness."""

from hashlib import sha256

import pytest

from zoll.model import Fact, Part, Place
from zoll.pairing.files import pair_files

CODE = "".join(f"def step_{n}(value):\n    return transform_{n % 7}(value, {n}) + offset_{n}\n\n" for n in range(60))
SHOP = {}


def part(path, text="", kind="code/python", facts=()):
    data = text.encode()
    digest = sha256(data).hexdigest()
    SHOP[digest] = data
    return Part(Place(tuple(path.split("!/"))), kind, digest, len(data), facts=facts)


def paired(old, new):
    result = pair_files(old, new, SHOP.__getitem__)
    return {
        (pair.old and pair.old.place.path, pair.new and pair.new.place.path, pair.by)
        for pair in (*result.unchanged, *result.moved, *result.pairs)
    }


def test_same_place_and_bytes_is_unchanged():
    result = pair_files([part("a.py", "x")], [part("a.py", "x")], SHOP.__getitem__)
    assert (len(result.unchanged), len(result.moved), len(result.pairs)) == (1, 0, 0)


def test_same_bytes_with_another_mode_is_a_pair():
    old, new = part("a", "x", facts=(Fact("mode", "0755"),)), part("a", "x", facts=(Fact("mode", "4755"),))
    result = pair_files([old], [new], SHOP.__getitem__)
    assert [pair.by for pair in result.pairs] == ["place"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("pkg-1.2/x.py", "pkg-1.3/x.py"),
        ("usr/lib/lib.so.1.2", "usr/lib/lib.so.1.3"),
        ("foo-1.2.dist-info/METADATA", "foo-1.3.dist-info/METADATA"),
        ("foo-1.2.tar.gz!/foo-1.2/setup.py", "foo-1.3.tar.xz!/foo-1.3/setup.py"),
        ("usr/lib/python3.11/x.py", "usr/lib/python3.12/x.py"),
        ("static/main.3f2a1c77.js", "static/main.99b0ffa1.js"),
        ("static/index-DiwrgTda.js", "static/index-Bq7xKz0L.js"),
        ("m/_speed.cpython-311-x86_64-linux-gnu.so", "m/_speed.cpython-312-x86_64-linux-gnu.so"),
        ("dropbear_2022.83-1+deb12u2_arm64.deb!/control", "dropbear_2024.86-1_arm64.deb!/control"),
        ("src-abc/deep/x.c", "other/deep/x.c"),
    ],
)
def test_versions_do_not_part(old, new):
    assert paired([part(old, "old text")], [part(new, "new text")]) == {(old, new, "version")}


def test_flat_and_foldered_meet():
    assert paired([part("a/x.c", "1"), part("b/y.c", "2")], [part("t/a/x.c", "3"), part("t/b/y.c", "4")]) == {
        ("a/x.c", "t/a/x.c", "version"),
        ("b/y.c", "t/b/y.c", "version"),
    }


def test_moved_prefers_its_own_name():
    old = [part("a/one.py", "same"), part("a/two.py", "same"), part("keep.py", "k")]
    new = [part("b/two.py", "same"), part("b/one.py", "same"), part("keep.py", "k")]
    assert paired(old, new) >= {("a/one.py", "b/one.py", "digest"), ("a/two.py", "b/two.py", "digest")}


def test_renamed_and_edited_pairs_by_likeness():
    old = [part("lib/steps.py", CODE), part("keep", "k")]
    new = [part("core/engine/pieces.py", CODE.replace("offset_", "shift_") + "import os\n"), part("keep", "k")]
    result = pair_files(old, new, SHOP.__getitem__)
    assert [(pair.by, pair.old is not None) for pair in result.pairs] == [("likeness", True)]
    assert 0.1 < result.pairs[0].likeness < 1


def test_a_base_name_alone_is_no_evidence():
    old, new = part("a/__init__.py", "from .x import y\n" * 3), part("zz/qq/__init__.py", CODE)
    assert {by for _, _, by in paired([old, part("k", "k")], [new, part("k", "k")])} == {"place", "added", "removed"}


def test_empty_parts_never_pair_by_digest():
    assert {by for _, _, by in paired([part("a/x"), part("k")], [part("b/y"), part("k")])} >= {"added", "removed"}


def test_a_copy_of_what_stayed_is_moved():
    old = [part("bin/tool", "tool text")]
    new = [part("bin/tool", "tool text"), part("etc/start/tool", "tool text")]
    assert ("bin/tool", "etc/start/tool", "digest") in paired(old, new)


def test_order_of_input_does_not_matter():
    old = [part(f"d{n}/f-{n}.py", CODE[n * 50 :]) for n in range(12)]
    new = [part(f"e{n}/g-{n}.py", CODE[n * 50 + 7 :]) for n in range(12)]
    assert pair_files(old, new, SHOP.__getitem__) == pair_files(old[::-1], new[::-1], SHOP.__getitem__)


def test_every_part_appears_once():
    old = [part("same", "a"), part("same", "b"), part("lib.so.1", "c"), part("lib.so.2", "d")]
    new = [part("same", "b"), part("lib.so.2", "c"), part("lib.so.3", "e")]
    result = pair_files(old, new, SHOP.__getitem__)
    pairs = (*result.unchanged, *result.moved, *result.pairs)
    assert sum(pair.old is not None for pair in pairs) == 4
    assert sum(pair.new is not None for pair in pairs) == 3
