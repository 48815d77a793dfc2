"""Copies of a library inside executables: `samples/pipeline/compiled` is a library of ten functions and its users."""

from pathlib import Path

import pytest

from zoll.openers.release import open_releases
from zoll.pipeline import compiled
from zoll.pipeline.components import find_components
from zoll.sandbox.limits import Limits
from zoll.sandbox.pool import Pool
from zoll.store.vault import Vault

SAMPLES = Path(__file__).parents[2] / "samples" / "pipeline" / "compiled"
FILE = "lib/libtally.so.1.4.2"


@pytest.fixture(params=("x86-64", "arm64"))
def sample(request):
    return lambda kind: (SAMPLES / f"{request.param}-{kind}").read_bytes()


@pytest.fixture
def find(tmp_path):
    def found(old, new, source=None):
        for side, files in (("old", old), ("new", new), ("source", source or {})):
            (tmp_path / side).mkdir()
            for name, data in files.items():
                path = tmp_path / side / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        with Vault() as vault, Pool(1, Limits(), vault.scratch, strict=True) as pool:
            paths = [tmp_path / side for side in ("old", "new", "source")]
            before, after, built_from = open_releases(paths, pool, vault)
            return find_components(before, after, vault.bytes, pool, built_from.parts).changes

    return found


def told(changes):
    return [
        (change.how, one.name, one.version, one.at.path, one.copy, one.held.equal, one.held.altered, one.held.missing)
        for change in changes
        if (one := change.new) and one.held.code
    ]


def test_a_library_that_was_linked_in_is_known_by_its_functions(find, sample):
    changes = find({FILE: sample("library")}, {FILE: sample("library"), "bin/gate": sample("plain")})
    assert told(changes) == [("added", "libtally", "1.4.2", "bin/gate", "full", 10, 0, 0)]


def test_the_library_itself_is_no_copy(find, sample):
    assert not told(find({FILE: sample("library")}, {FILE: sample("library"), "lib/libtally.so.1": sample("library")}))


def test_a_copy_of_some_of_it_is_partial(find, sample):
    changes = find({FILE: sample("library")}, {"bin/gate": sample("part")})
    assert told(changes) == [("added", "libtally", "1.4.2", "bin/gate", "partial", 7, 0, 3)]


def test_an_altered_function_is_counted_old_against_new(find, sample):
    old = {FILE: sample("library"), "bin/gate": sample("plain")}
    changes = find(old, {FILE: sample("library"), "bin/gate": sample("altered")})
    assert told(changes) == [("modified", "libtally", "1.4.2", "bin/gate", "modified", 9, 1, 0)]
    [change] = [one for one in changes if one.new and one.new.held.code]
    assert (change.functions.changed, change.functions.added, change.functions.removed) == (1, 0, 0)
    assert change.functions.names == change.new.held.unlike


def test_the_same_functions_in_a_program_that_changed_are_the_same(find, sample):
    old = {FILE: sample("library"), "bin/gate": sample("plain")}
    assert [one[0] for one in told(find(old, {FILE: sample("library"), "bin/gate": sample("plain") + b"x"}))] == [
        "same"
    ]


def test_two_programs_with_it_are_two_copies(find, sample):
    changes = find({FILE: sample("library")}, {"bin/gate": sample("plain"), "bin/other": sample("altered")})
    assert [(one[3], one[4]) for one in told(changes)] == [("bin/gate", "full"), ("bin/other", "modified")]


def test_a_library_of_the_source_lends_its_name(find, sample):
    changes = find({"bin/gate": sample("plain")}, {"bin/gate": sample("altered")}, {FILE: sample("library")})
    assert [(one[0], one[4]) for one in told(changes)] == [("modified", "modified")]


def test_nothing_is_swept_where_no_library_is(find, sample, monkeypatch):
    monkeypatch.setattr(compiled, "rows_of", lambda *_: pytest.fail("swept"))
    assert not told(find({"bin/gate": sample("plain")}, {"bin/gate": sample("altered")}))


def test_beyond_the_bound_nothing_is_swept(find, sample, monkeypatch):
    monkeypatch.setattr(compiled, "MOST_SWEPT", 1_000)
    assert not told(find({FILE: sample("library")}, {"bin/gate": sample("plain")}))


def test_bytes_that_only_begin_like_an_executable_have_no_functions(sample):
    data = sample("plain")
    assert not list(compiled.rows_of(data[:60], "executable/elf"))
    assert len(list(compiled.rows_of(data, "executable/elf"))) == 13


def test_a_copy_that_follows_its_library_is_updated(find, sample):
    old = {FILE: sample("library"), "bin/gate": sample("plain")}
    new = {FILE: sample("later"), "bin/gate": sample("altered")}
    assert told(find(old, new)) == [("updated", "libtally", "1.4.2", "bin/gate", "full", 10, 0, 0)]
