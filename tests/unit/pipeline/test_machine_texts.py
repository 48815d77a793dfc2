"""Texts of executables that are spoken of elsewhere."""

import shutil
import subprocess
from pathlib import Path

import pytest

from zoll.pipeline.inspection import inspect
from zoll.pipeline.settings import Settings

SOURCE = '#include <stdio.h>\nint main(void) { return puts("ready to serve") < 0; }\n'


def build(folder: Path, number: int) -> Path:
    """Build a stripped program whose debugger's file has a name of its own, as packages have."""
    folder.mkdir()
    (folder / "told.c").write_text(SOURCE, encoding="utf-8")
    program, symbols = folder / "told", folder / f"d{number:038x}.debug"
    subprocess.run(
        ["gcc", "-O2", "-g", f"-Wl,--build-id=0x{number:040x}", "-o", program, folder / "told.c"], check=True
    )
    subprocess.run(["objcopy", "--only-keep-debug", program, symbols], check=True)
    subprocess.run(["objcopy", "--strip-all", f"--add-gnu-debuglink={symbols}", program], check=True)
    symbols.unlink()
    (folder / "told.c").unlink()
    return folder


@pytest.mark.skipif(not (shutil.which("gcc") and shutil.which("objcopy")), reason="needs gcc and objcopy")
def test_another_name_of_the_debuggers_file_is_noise(tmp_path):
    old, new = build(tmp_path / "old", 0x1234567890ABCDEF), build(tmp_path / "new", 0xFEDCBA0987654321)
    report = inspect(old, new, Settings(jobs=1))
    assert not report.findings
    assert report.account.noise.parts == 1
