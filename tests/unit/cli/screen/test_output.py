import os

import pytest

from zoll.cli.screen import output
from zoll.errors import BadInput


def test_a_file_ends_with_one_line_end_and_replaces_the_old_one(tmp_path):
    path = tmp_path / "report"
    path.write_text("old")
    output.put("new \udcff", path)
    assert path.read_text() == "new \\udcff\n"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report"]


def test_stdout(capfdbinary):
    output.put("text\n", None)
    assert capfdbinary.readouterr().out == b"text\n"


def test_a_folder_or_a_missing_one_is_said(tmp_path):
    for path in (tmp_path, tmp_path / "no" / "file"):
        with pytest.raises(BadInput):
            output.check(path)
    output.check(tmp_path / "file")


def test_a_link_is_written_through_and_a_device_is_never_replaced(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "real")
    output.put("text", tmp_path / "link")
    assert (tmp_path / "real").read_text() == "text\n"
    assert (tmp_path / "link").is_symlink()
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    output.put("text", tmp_path / "pipe")
    assert os.read(reader, 100) == b"text\n"
    os.close(reader)
    assert (tmp_path / "pipe").is_fifo()
