from functools import cache
from pathlib import Path

import pytest

from zoll.parse.machine.formats import read_image
from zoll.parse.machine.lift import lift, never_returns
from zoll.parse.machine.sweep import sweep

SAMPLES = Path(__file__).parents[4] / "samples" / "parse" / "machine" / "lift"
SHOWN = ["check", "kind", "login", "mode", "letter", "decode", "stacked", "count", "many", "die", "guarded"]


@cache
def told(sample):
    """Return what each exported function of a sample says, by name."""
    data = (SAMPLES / sample).read_bytes()
    image = read_image(data, "executable/pe" if sample.endswith(".dll") else "executable/elf")[0]
    return said(image)


def said(image):
    """Return the lines of an image's named functions."""
    swept = sweep(image)
    names, leaving, found = image.names, never_returns(image, swept), {}
    for start, size, dense in zip(swept.starts.tolist(), swept.sizes.tolist(), swept.compact.tolist(), strict=True):
        name = names.get(start, f"sub_{start:x}")
        made = lift(image, start, size, name, lambda at: names.get(at, ""), dense=dense, leaving=leaving)
        assert len(made.lines) == len(made.addresses)
        found[name] = made.lines
    return found


@pytest.fixture(scope="session")
def gates():
    """Return a function that tells what each function of a sample says."""
    return told


@pytest.fixture
def gates_golden(golden):
    """Return a function that holds all of a sample's functions against its golden."""

    def hold(sample):
        lines = [line for name in SHOWN for line in told(sample)[name]]
        golden(SAMPLES / f"{sample.rpartition('.')[0]}.txt", lines)

    return hold
