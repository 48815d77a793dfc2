import pytest

from zoll.parse.machine.elf_head import Elf
from zoll.parse.machine.image import PROCESSORS, BadExecutable


@pytest.mark.parametrize("processor", PROCESSORS)
def test_the_processor_is_told(processor, machine):
    assert Elf((machine / f"door.{processor}.so").read_bytes()).processor == processor


def test_an_unknown_processor_is_named_by_its_number(machine):
    data = bytearray((machine / "door.arm64.so").read_bytes())
    data[18:20] = b"\x16\0"
    assert Elf(bytes(data)).processor == "machine 22"


def test_addresses_lead_into_the_file(machine):
    elf = Elf((machine / "door.arm64.so").read_bytes())
    text = elf.section(".text")
    assert elf.offset(text.address) == text.offset
    assert elf.offset(1 << 40) == -1


def test_what_lies_beyond_the_end_is_said(machine):
    data = (machine / "door.arm64.so").read_bytes()
    elf = Elf(data[: len(data) // 2])
    assert "the section headers are not in the file" in elf.odd


@pytest.mark.parametrize("count", [0xFFFE, 501])
def test_more_segments_than_any_loader_maps_are_refused(machine, count):
    data = bytearray((machine / "door.arm64.so").read_bytes()[:64])
    data[56:58] = count.to_bytes(2, "little")
    load = b"\1\0\0\0\5\0\0\0" + bytes(48)
    with pytest.raises(BadExecutable):
        Elf(bytes(data) + load * count)
