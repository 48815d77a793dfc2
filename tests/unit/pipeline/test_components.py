from pathlib import Path

from zoll.model import Release
from zoll.openers.release import open_releases
from zoll.pipeline.components import find_components
from zoll.sandbox.limits import Limits
from zoll.sandbox.pool import Pool
from zoll.store.vault import Vault


def found(tmp_path, old, new):
    for side, files in (("old", old), ("new", new)):
        for name, data in files.items():
            path = Path(tmp_path / side / name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    with Vault() as vault, Pool(1, Limits(), vault.scratch) as pool:
        before, after = open_releases([tmp_path / "old", tmp_path / "new"], pool, vault)
        return find_components(before, after, vault.bytes, pool)


def test_both_sides_are_looked_into_by_workers(tmp_path):
    old = {"a/package.json": b'{"name": "zq", "version": "1.0.0"}'}
    new = {"a/package.json": b'{"name": "zq", "version": "1.1.0"}', "six.egg-info": b"Name: six\nVersion: 1.0\n"}
    components = found(tmp_path, old, new)
    assert [(one.how, (one.new or one.old).name) for one in components.changes] == [("added", "six"), ("updated", "zq")]
    assert components.gaps == ()


def test_a_part_on_which_a_worker_falls_is_a_gap_and_the_others_are_told(tmp_path):
    release = Release("old", "d")
    files = {
        "a/package.json": b'{"name": "zq", "version": "1.0.0"}',
        "b/package.json": b'{"name": "b", "version": "1"}',
    }
    for name, data in files.items():
        (tmp_path / "new" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "new" / name).write_bytes(data)
    with Vault() as vault, Pool(1, Limits(), vault.scratch) as pool:
        (after,) = open_releases([tmp_path / "new"], pool, vault)
        (tmp_path / "new" / "b/package.json").write_bytes(b"{}")
        components = find_components(release, after, vault.bytes, pool)
    assert [one.new.name for one in components.changes] == ["zq"]
    assert [(gap.side, gap.at.path) for gap in components.gaps] == [("new", "b/package.json")]
