"""Compiled samples, and small code compiled on the spot by the Python that runs the tests."""

import marshal
import sys
from importlib.util import MAGIC_NUMBER
from pathlib import Path

import pytest

from zoll.parse.bytecode import open_bytecode

SAMPLES = Path(__file__).parents[3] / "samples" / "parse" / "bytecode"
KINDS = {".class": "executable/class", ".pyc": "executable/pyc", ".dll": "executable/pe"}


@pytest.fixture(scope="session")
def samples():
    """Return the compiled samples by name: their kind and bytes."""
    paths = sorted(SAMPLES.glob("*/input.*"))
    return {path.parent.name: (KINDS[path.suffix], path.read_bytes()) for path in paths}


@pytest.fixture(scope="session")
def text_of(samples):
    """Return a function that says what a sample is as source."""

    def say(name):
        kind, data = samples[name]
        return "\n".join(open_bytecode(data, kind).lines)

    return say


@pytest.fixture(scope="session")
def python():
    """Return a function that compiles lines of Python and says what they are as source, line by line."""
    if sys.version_info >= (3, 15):
        pytest.skip("the instructions of this Python are not known yet")

    def say(source):
        data = MAGIC_NUMBER + b"\0" * 12 + marshal.dumps(compile(source, "somewhere.py", "exec"))
        return list(open_bytecode(data, "executable/pyc").lines)

    return say
