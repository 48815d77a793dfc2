import lief
import numpy as np
import pytest

from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import PROCESSORS, BadExecutable

MIPS = ("mips", "mips64")
IMPORTS = {"system", "strcmp", "environ"}


@pytest.fixture(params=PROCESSORS)
def pair(request, machine):
    """One library as zoll and as lief read it."""
    path = machine / f"door.{request.param}.so"
    return read_elf(path.read_bytes()), lief.ELF.parse(str(path))


def headless(data):
    """Return an ELF file's bytes without its section headers, as some vendors ship them."""
    bare = bytearray(data)
    wide = data[4] == 2
    for start, size in ((40, 8), (60, 2), (62, 2)) if wide else ((32, 4), (48, 2), (50, 2)):
        bare[start : start + size] = bytes(size)
    return bytes(bare)


def test_sections_are_where_lief_sees_them(pair):
    image, other = pair
    ours = {(one.name, one.address, one.offset, one.size) for one in image.regions if one.memory}
    theirs = {
        (one.name, one.virtual_address, one.offset, 0 if one.type == lief.ELF.Section.TYPE.NOBITS else one.size)
        for one in other.sections
        if one.virtual_address and one.size
    }
    assert {row for row in ours if not row[0].startswith("segment")} == theirs


def test_imports_have_their_slots_and_stubs(pair):
    image, other = pair
    theirs = {one.address: one.symbol.name for one in other.relocations if one.has_symbol and one.symbol.name}
    if image.processor not in MIPS:  # the loader fills most of its GOT without relocations
        assert image.slots == theirs
    assert set(image.slots.values()) >= IMPORTS
    assert set(image.stubs.values()) == ({"strcmp"} if image.processor in MIPS else {"strcmp", "system"})


def test_names_lead_to_their_places(pair):
    image, other = pair
    theirs = {one.name: one.value for one in other.exported_symbols}
    ours = {one.name: one.address for one in image.symbols if one.shown}
    if image.processor == "arm":
        assert image.thumb.tolist()
        theirs["door"] &= ~1
    assert ours == theirs
    assert image.names[ours["door"]] == "door"


def test_pointers_lead_to_functions_and_data(pair):
    image, _ = pair
    code = next(one for one in image.code if one.name == ".text")
    inside = image.pointers[(image.pointers >= code.address) & (image.pointers < code.address + code.size)]
    assert len(inside) >= 3  # early, late, quiet


def test_the_unwind_table_tells_starts_and_sizes(pair):
    image, _ = pair
    door = next(one for one in image.symbols if one.name == "door")
    if len(image.unwound):
        assert [door.address, door.size] in image.unwound.tolist()
        assert np.all(np.diff(image.unwound[:, 0]) > 0)


@pytest.mark.parametrize("processor", PROCESSORS)
def test_without_section_headers_the_loaders_view_says_the_same(processor, machine):
    data = (machine / f"door.{processor}.so").read_bytes()
    whole, bare = read_elf(data), read_elf(headless(data))
    assert (bare.slots, bare.stubs) == (whole.slots, whole.stubs)
    assert {(one.name, one.address) for one in bare.symbols} == {(one.name, one.address) for one in whole.symbols}
    assert {one.name for one in bare.regions} <= {f"segment {number}" for number in range(9)}
    assert set(whole.pointers.tolist()) >= set(bare.pointers.tolist())
    text = next(one for one in whole.regions if one.name == ".text")
    assert bare.bytes_at(text.address, text.size) == whole.bytes_at(text.address, text.size)


def test_what_is_no_elf_is_refused():
    for data in (b"", b"\x7fELF", b"\x7fELF\x02\x01" + b"\0" * 60, b"MZ" + b"\0" * 100):
        with pytest.raises(BadExecutable):
            read_elf(data)


@pytest.mark.parametrize("ending", ["so", "o"])
@pytest.mark.parametrize("processor", PROCESSORS)
def test_every_word_may_be_the_greatest(processor, ending, machine):
    """Each word of the head and many of the rest in turn as large as it can be."""
    data = (machine / f"door.{processor}.{ending}").read_bytes()
    word = 8 if data[4] == 2 else 4
    for at in (*range(16, 512, word), *range(512, len(data) - word, 7 * word)):
        broken = data[:at] + b"\xff" * word + data[at + word :]
        try:
            image = read_elf(broken)
        except BadExecutable:
            continue
        assert all(one.address < 1 << 63 for one in image.symbols)
        assert all(-1 << 63 <= slot < 1 << 63 for slot in image.slots)
