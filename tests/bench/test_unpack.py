"""Unpacking of what the corpus is made of, on any Python."""

import io
import tarfile

import pytest
from unpack import true_record, unpack


def an_archive(path, *members):
    """Write an archive of (name, mode, text)."""
    with tarfile.open(path, "w:gz") as archive:
        for name, mode, text in members:
            one = tarfile.TarInfo(name)
            one.mode, one.size = mode, len(text)
            archive.addfile(one, io.BytesIO(text))
    return path


def test_an_archive_is_unpacked_without_its_first_folder(tmp_path):
    archive = an_archive(tmp_path / "one.tgz", ("package/bin/run", 0o4775, b"run"), ("package/read.me", 0o666, b"read"))
    unpack(archive, tmp_path / "tree")
    found = {one.name: oct(one.stat().st_mode & 0o7777) for one in (tmp_path / "tree").rglob("*") if one.is_file()}
    assert found == {"run": "0o755", "read.me": "0o644"}


@pytest.mark.parametrize("name", ["package/../../out", "package//etc/out"])
def test_a_name_that_climbs_out_is_refused(tmp_path, name):
    archive = an_archive(tmp_path / "one.tgz", (name, 0o644, b"out"))
    with pytest.raises(ValueError, match="out of its archive"):
        unpack(archive, tmp_path / "tree")
    assert not (tmp_path / "out").exists()


def test_the_last_file_of_a_name_stays(tmp_path):
    archive = an_archive(tmp_path / "one.tgz", ("package/a", 0o644, b"first"), ("package/a", 0o644, b"last"))
    unpack(archive, tmp_path / "tree")
    assert (tmp_path / "tree" / "a").read_bytes() == b"last"


def test_a_record_has_one_line_for_a_file_whatever_changed_in_it(tmp_path):
    (tmp_path / "a.py").write_text("1\n")
    (tmp_path / "new.py").write_text("2\n")
    record = "a.py,sha256=old,1\nb.py,sha256=kept,1\na-1.dist-info/RECORD,,\n"
    told = true_record(record, tmp_path, ["a.py", "new.py", "a.py"]).splitlines()
    assert [line.partition(",")[0] for line in told] == ["a.py", "b.py", "new.py", "a-1.dist-info/RECORD"]
    assert "old" not in told[0]
