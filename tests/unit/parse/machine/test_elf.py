import lief
import numpy as np
import pytest

from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import BadExecutable

PROCESSORS = ("x86-64", "arm64")


@pytest.fixture(params=PROCESSORS)
def pair(request, machine):
    """One library as zoll and as lief read it."""
    path = machine / f"door.{request.param}.so"
    return read_elf(path.read_bytes()), lief.ELF.parse(str(path))


def test_sections_are_where_lief_sees_them(pair):
    image, other = pair
    ours = {(one.name, one.address, one.offset, one.size) for one in image.regions if one.memory}
    theirs = {
        (one.name, one.virtual_address, one.offset, 0 if one.type == lief.ELF.Section.TYPE.NOBITS else one.size)
        for one in other.sections
        if one.virtual_address
    }
    assert {row for row in ours if not row[0].startswith("segment")} == theirs


def test_imports_have_their_slots_and_stubs(pair):
    image, other = pair
    theirs = {one.address: one.symbol.name for one in other.relocations if one.has_symbol and one.symbol.name}
    assert image.slots == theirs
    assert {"system", "strcmp"} <= set(image.stubs.values()) | set(image.slots.values())
    for address in image.stubs:
        assert image.region(address).name.startswith(".plt")


def test_exported_functions_have_their_place(pair):
    image, other = pair
    theirs = {one.name: one.value for one in other.exported_symbols}
    assert {one.name: one.address for one in image.symbols if one.shown} == theirs


def test_pointers_lead_to_functions_and_data(pair):
    image, _ = pair
    code = next(one for one in image.code if one.name == ".text")
    inside = image.pointers[(image.pointers >= code.address) & (image.pointers < code.address + code.size)]
    assert len(inside) >= 3  # early, late, quiet


def test_the_unwind_table_tells_starts_and_sizes(pair):
    image, _ = pair
    door = next(one for one in image.symbols if one.name == "door")
    assert [door.address, door.size] in image.unwound.tolist()
    assert np.all(np.diff(image.unwound[:, 0]) > 0)


def test_what_is_no_elf_is_refused():
    for data in (b"", b"\x7fELF", b"\x7fELF\x02\x01" + b"\0" * 60, b"MZ" + b"\0" * 100):
        with pytest.raises(BadExecutable):
            read_elf(data)
