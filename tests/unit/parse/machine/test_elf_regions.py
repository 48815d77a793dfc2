import struct

import pytest

from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import BadExecutable


def test_code_where_no_section_is_becomes_a_region(machine):
    """Rename nothing, but take .text out of the section table: the segment still runs it."""
    data = bytearray((machine / "door.arm64.so").read_bytes())
    whole = read_elf(bytes(data))
    start, count = int.from_bytes(data[40:48], "little"), int.from_bytes(data[60:62], "little")
    text = next(one for one in whole.regions if one.name == ".text")
    for at in range(start, start + 64 * count, 64):
        if int.from_bytes(data[at + 16 : at + 24], "little") == text.address:
            data[at + 8 : at + 16] = bytes(8)  # its flags
    image = read_elf(bytes(data))
    found = image.region(text.address)
    assert found.name.startswith("segment ")
    assert "x" in found.rights
    assert any(name == "section" and value.startswith("no section") for name, value in image.properties)


def test_a_section_that_lies_about_its_place_is_not_believed(machine):
    data = bytearray((machine / "door.arm64.so").read_bytes())
    text = next(one for one in read_elf(bytes(data)).regions if one.name == ".text")
    start, count = int.from_bytes(data[40:48], "little"), int.from_bytes(data[60:62], "little")
    for at in range(start, start + 64 * count, 64):
        if int.from_bytes(data[at + 16 : at + 24], "little") == text.address:
            data[at + 24 : at + 32] = (64).to_bytes(8, "little")  # its offset
    image = read_elf(bytes(data))
    assert image.offset(text.address) == text.offset
    assert ("odd", "a section lies where no segment is") in image.properties


def test_a_file_that_maps_itself_over_and_over_is_refused():
    count, size = 400, 1 << 20
    head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 64, 0, 0, 64, 56, count, 0, 0, 0)
    loads = b"".join(struct.pack("<IIQQQQQQ", 1, 5, 0, size * at, 0, size, size, 0) for at in range(count))
    with pytest.raises(BadExecutable):
        read_elf((head + loads).ljust(size, b"\0"))
