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
