"""Texts of executables that are spoken of elsewhere."""

import shutil
from pathlib import Path

from zoll.pipeline.inspection import inspect
from zoll.pipeline.settings import Settings

# `later.x86.so` with `objcopy --add-gnu-debuglink`, once for each of two names, as packages have them for each build.
SAMPLES = Path(__file__).parents[2] / "samples" / "pipeline" / "machine_texts"


def release(folder: Path, name: str) -> Path:
    """Give a release of one executable."""
    folder.mkdir()
    shutil.copy(SAMPLES / name, folder / "told.so")
    return folder


def test_another_name_of_the_debuggers_file_is_noise(tmp_path):
    old, new = release(tmp_path / "old", "old.so"), release(tmp_path / "new", "new.so")
    report = inspect(old, new, Settings(jobs=1))
    assert not report.findings
    assert report.account.noise.parts == 1
