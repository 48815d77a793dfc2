"""How far executables reach, and what their sections are called."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zoll.parse.extents import elf_extent, extent, macho_extent, pe_extent

MACHINE = Path(__file__).parents[2] / "samples" / "parse" / "machine"
FILES = sorted(path.name for path in MACHINE.iterdir() if path.suffix in {".so", ".dll", ".dylib", ".o"})


@pytest.mark.parametrize("name", FILES)
def test_an_executable_reaches_to_its_end(name):
    data = (MACHINE / name).read_bytes()
    found = extent(data)
    assert found.size <= len(data)
    assert not data[found.size :].strip(b"\0")
    assert found.named(len(data) + 5) == "overlay"


def test_sections_have_their_names():
    found = extent((MACHINE / "door.x86-64.so").read_bytes())
    names = [one.name for one in found.spans]
    assert {".text", ".rodata", ".dynstr"} <= set(names)
    (text,) = (one for one in found.spans if one.name == ".text")
    assert found.named(text.low) == found.named(text.high - 1) == ".text"
    assert ".text" in [one.name for one in extent((MACHINE / "door.x86-64.dll").read_bytes()).spans]
    universal = extent((MACHINE / "door.dylib").read_bytes())
    assert len(universal.slices) == 2
    assert "__TEXT" in {one.name for one in universal.spans}


@pytest.mark.parametrize("name", ["door.ppc.so", "door.arm64.dll", "door.x86.so"])
@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), min_size=1, max_size=8), st.integers(0, 9000))
@settings(max_examples=80, deadline=None)
def test_broken_heads_end_in_nothing_or_in_numbers(name, flips, cut):
    data = bytearray((MACHINE / name).read_bytes()[:cut])
    for at, byte in flips:
        data[at : at + 1] = bytes([byte])
    for of in (elf_extent, pe_extent, macho_extent):
        found = of(bytes(data), 0)
        assert found is None or found.size >= 0
