"""Texts of executables that are spoken of elsewhere."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np

from zoll.parse.machine.image import Image, Region
from zoll.pipeline.inspection import inspect
from zoll.pipeline.machine_texts import texts_of
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


def test_a_text_of_blanks_is_none():
    data = b"\r\n\0 told \0"
    image = Image(data, "elf", "x86-64", regions=(Region(".rodata", 0x2000, 0, len(data), len(data), "r"),))
    sweep = SimpleNamespace(starts=np.array([0x1000]), references=np.array([[0, 0x2000], [0, 0x2003]]))
    assert list(texts_of(SimpleNamespace(image=image, sweep=sweep), [0x1000])) == ["told"]
