from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.elf_head import Elf
from zoll.parse.machine.small_symbols import small_symbols


def test_packed_names_are_names(machine):
    image = read_elf((machine / "door.small.so").read_bytes())
    assert {"quiet", "early", "door"} <= set(image.names.values())
    assert ("stripped", "yes") in image.properties


def test_a_table_that_does_not_unpack_is_none(machine):
    data = (machine / "door.small.so").read_bytes()
    at = data.index(b"\xfd7zXZ")
    assert len(small_symbols(Elf(data[: at + 20] + b"\xff" * 20 + data[at + 40 :]))) == 0


def test_a_table_of_another_processor_is_none(machine):
    data = (machine / "door.small.so").read_bytes()
    other = bytearray(data)
    other[18] = 183
    assert len(small_symbols(Elf(bytes(other)))) == 0
