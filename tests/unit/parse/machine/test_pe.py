import lief
import pytest

from zoll.parse.machine.image import BadExecutable
from zoll.parse.machine.pe import read_pe


@pytest.fixture(params=["x86-64", "x86", "arm64"])
def pair(request, machine):
    """One library as zoll and as lief read it."""
    path = machine / f"door.{request.param}.dll"
    return read_pe(path.read_bytes()), lief.PE.parse(str(path))


def test_sections_stand_at_their_virtual_addresses(pair, machine):
    image, other = pair
    base = other.optional_header.imagebase
    assert [(one.name, one.address, one.offset) for one in image.regions] == [
        (one.name, base + one.virtual_address, one.offset) for one in other.sections
    ]
    text = image.regions[0]
    assert (text.name, text.rights) == (".text", "rx")
    assert image.offset(text.address + 3) == text.offset + 3


def test_imports_have_their_places_in_the_address_table(pair):
    image, other = pair
    base = other.optional_header.imagebase
    assert image.slots == {base + one.iat_address: one.name for each in other.imports for one in each.entries}
    assert set(image.slots.values()) == {"system", "strcmp"}


def test_the_export_is_a_function_and_in_the_table_of_functions(pair):
    image, _ = pair
    door = next(one for one in image.symbols if one.name == "door")
    assert (door.kind, door.shown) == ("function", True)
    if image.processor != "x86":  # which has no such table
        assert door.address in image.unwound[:, 0]
        assert len(image.unwound) == 2
        assert (image.unwound[:, 1] > 0).all()


def test_thunks_lead_to_imports(pair):
    image, _ = pair
    assert set(image.stubs.values()) <= {"system", "strcmp"}
    assert image.stubs


def test_relocated_words_are_pointers(pair):
    image, _ = pair
    assert all(image.region(int(one)) for one in image.pointers)
    assert len(image.pointers)


def test_the_file_says_what_it_needs_and_what_guards_it(pair):
    image, _ = pair
    assert {("needs", "msvcrt.dll"), ("guard", "nx"), ("guard", "pie"), ("export", "door")} <= set(image.properties)


def test_an_overlay_is_seen(machine):
    data = (machine / "door.x86-64.dll").read_bytes()
    assert ("overlay", f"{len(data)} 8") in read_pe(data + b"an extra").properties


def test_what_is_no_pe_is_refused():
    for data in (b"", b"MZ", b"MZ" + b"\xff" * 300):
        with pytest.raises(BadExecutable):
            read_pe(data)
