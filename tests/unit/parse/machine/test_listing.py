from itertools import pairwise
from pathlib import Path

import pytest

from zoll.parse.machine.formats import read_image
from zoll.parse.machine.listing import listed
from zoll.parse.machine.sweep import sweep

SAMPLES = Path(__file__).parents[3] / "samples" / "pairing" / "machine"


@pytest.mark.parametrize("name", ["x86-64-new", "arm64-new"])
def test_instructions_name_what_they_call_and_speak_of(name):
    (image,) = read_image((SAMPLES / name).read_bytes(), "executable/elf")
    swept = sweep(image)
    notes = []
    for start, size in zip(swept.starts.tolist(), swept.sizes.tolist(), strict=True):
        lines = listed(image, start, size, lambda address: image.names.get(address, ""))
        assert [line.address for line in lines] == sorted(line.address for line in lines)
        assert all(start <= line.address < start + size for line in lines)
        notes += [line.note for line in lines]
    assert {'"letmein"', '"hidden"', "strcmp", "system", "puts"} <= set(notes)


def test_bytes_that_are_no_code_are_listed_too():
    (image,) = read_image((SAMPLES / "x86-64-new").read_bytes(), "executable/elf")
    region = next(one for one in image.regions if one.memory)
    assert listed(image, region.address, 64, lambda _: "")


@pytest.mark.parametrize("name", ["x86-64-new", "arm64-new"])
def test_what_a_register_held_before_a_call_is_not_what_comes_back(name):
    (image,) = read_image((SAMPLES / name).read_bytes(), "executable/elf")
    swept = sweep(image)
    for start, size in zip(swept.starts.tolist(), swept.sizes.tolist(), strict=True):
        lines = listed(image, start, size, lambda address: image.names.get(address, ""))
        for call, after in pairwise(lines):
            if call.text.startswith(("call", "bl ")) and after.text.startswith(
                ("test eax", "test rax", "cbz ", "cbnz ")
            ):
                assert not after.note
