"""The program as its users run it: another process, or in this one where only words matter."""

import subprocess
import sys

import pytest

from zoll import cli

PROGRAM = [sys.executable, "-c", "from zoll.cli import main; main()"]
OLD = "import os\n\n\ndef login(name):\n    return name\n"
NEW = OLD.replace("    return", "    if name == 'qx7-open':\n        os.system(name)\n    return")


@pytest.fixture
def zoll():
    """Return a function that runs the program and gives what came of it."""

    def run(*words, **more):
        return subprocess.run([*PROGRAM, *map(str, words)], capture_output=True, text=True, check=False, **more)

    return run


@pytest.fixture
def upgrade(tmp_path):
    """Return an old and a new release of one file, the new one with a plant."""
    for side, text in (("old", OLD), ("new", NEW)):
        (tmp_path / side).mkdir()
        (tmp_path / side / "login.py").write_text(text)
    return tmp_path / "old", tmp_path / "new"


@pytest.fixture
def inside(capfd):
    """Return a function that runs a command in this process, which is quicker; the answer looks the same."""

    def run(*words):
        capfd.readouterr()
        status = cli.run([str(word) for word in words])
        said = capfd.readouterr()
        return subprocess.CompletedProcess(words, status, said.out, said.err)

    return run
