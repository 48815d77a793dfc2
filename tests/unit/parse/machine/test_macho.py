import lief
import pytest

from zoll.parse.machine.image import BadExecutable
from zoll.parse.machine.macho import read_macho


@pytest.fixture
def data(machine):
    return (machine / "door.dylib").read_bytes()


def test_a_universal_file_has_an_image_for_each_processor(data):
    assert [one.processor for one in read_macho(data)] == ["x86-64", "arm64"]


def test_sections_stand_where_lief_sees_them_in_the_whole_file(data, machine):
    whole = lief.MachO.parse(str(machine / "door.dylib"))
    for image, other in zip(read_macho(data), whole, strict=True):
        for region, section in zip(image.regions, other.sections, strict=True):
            assert region.name == f"{section.segment_name},{section.name}"
            assert region.address == section.virtual_address
            assert data[region.offset : region.offset + region.size] == bytes(section.content)[: region.size]


def test_imports_have_slots_and_stubs_under_their_names_of_c(data):
    for image in read_macho(data):
        assert {"system", "strcmp", "environ"} <= set(image.slots.values())
        assert {"system", "strcmp"} <= set(image.stubs.values())
        assert all(image.region(address).name == "__TEXT,__stubs" for address in image.stubs)


def test_function_starts_and_names_agree(data):
    for image in read_macho(data):
        functions = {one.address for one in image.symbols if one.kind == "function"}
        assert functions <= set(image.unwound[:, 0].tolist())
        assert {"door", "early"} <= set(image.names.values())


def test_pointers_lead_to_places_in_the_image(data):
    for image in read_macho(data):
        quiet = next(one.address for one in image.symbols if one.name == "quiet")
        assert quiet in image.pointers


def test_the_file_says_what_it_needs_and_what_runs_first(data):
    for image in read_macho(data):
        assert ("needs", "/usr/lib/libSystem.B.dylib") in image.properties
        assert ("constructor", "early") in image.properties


def test_what_is_no_macho_is_refused():
    for data in (b"", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe\0\0\0\x02" + b"\xff" * 60):
        with pytest.raises(BadExecutable):
            read_macho(data)
