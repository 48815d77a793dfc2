import lief
import pytest

from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.elf_head import Elf
from zoll.parse.machine.unwind import frames, unwound

WITH = ("x86-64", "x86", "arm64", "ppc", "ppc64")  # compilers for the others leave no table unless asked


@pytest.mark.parametrize("processor", WITH)
def test_the_header_and_the_frames_say_the_same_functions(processor, machine):
    elf = Elf((machine / f"door.{processor}.so").read_bytes())
    section = elf.section(".eh_frame")
    walked = frames(elf, section.address, section.offset, section.held)
    assert sorted(walked.tolist()) == unwound(elf).tolist()


@pytest.mark.parametrize("processor", [one for one in WITH if one != "ppc"])  # lief stumbles over big-endian tables
def test_lief_sees_the_same_starts(processor, machine):
    path = machine / f"door.{processor}.so"
    theirs = {one.address for one in lief.ELF.parse(str(path)).functions}
    assert set(read_elf(path.read_bytes()).unwound[:, 0].tolist()) <= theirs


def test_frames_that_never_end_cost_no_more_than_the_file(machine):
    elf = Elf((machine / "door.arm64.so").read_bytes())
    assert len(frames(elf, 0, 0, 1 << 40)) < len(elf.bytes)
