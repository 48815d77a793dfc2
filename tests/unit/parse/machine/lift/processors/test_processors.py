import pytest

from zoll.parse.machine.image import PROCESSORS, Image
from zoll.parse.machine.lift.processors import processor_of


@pytest.mark.parametrize("name", PROCESSORS)
def test_every_processor_has_a_table(name):
    table = processor_of(Image(b"", "elf", name))
    assert table.arguments or name == "x86"
    assert not set(table.branches) & table.calls


def test_windows_hands_arguments_over_in_its_own_registers():
    assert processor_of(Image(b"", "pe", "x86-64")).arguments == ("rcx", "rdx", "r8", "r9")


def test_thumb_and_a32_are_two_tables():
    image = Image(b"", "elf", "arm", bits=32)
    assert processor_of(image, dense=True).mode != processor_of(image).mode
