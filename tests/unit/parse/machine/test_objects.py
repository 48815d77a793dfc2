import capstone
import pytest

from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import PROCESSORS, BadExecutable

BIG, WIDE = capstone.CS_MODE_BIG_ENDIAN, capstone.CS_MODE_64
MODES = {
    "x86-64": (capstone.CS_ARCH_X86, WIDE),
    "x86": (capstone.CS_ARCH_X86, capstone.CS_MODE_32),
    "arm64": (capstone.CS_ARCH_ARM64, 0),
    "arm": (capstone.CS_ARCH_ARM, capstone.CS_MODE_THUMB),
    "ppc": (capstone.CS_ARCH_PPC, capstone.CS_MODE_32 | BIG),
    "ppc64": (capstone.CS_ARCH_PPC, WIDE),
    "riscv64": (capstone.CS_ARCH_RISCV, capstone.CS_MODE_RISCV64 | capstone.CS_MODE_RISCVC),
}
CALLS = ("call", "bl", "blx", "jal", "b", "b.w", "jmp")


@pytest.fixture(params=PROCESSORS)
def image(request, machine):
    return read_elf((machine / f"door.{request.param}.o").read_bytes())


def called(image):
    """Return the addresses that direct calls of the object's code lead to, by capstone."""
    text = next(one for one in image.regions if one.name == ".text")
    decoder = capstone.Cs(*MODES[image.processor])
    decoder.skipdata = True
    found = set()
    for one in decoder.disasm(image.bytes_at(text.address, text.size), text.address):
        target = one.op_str.split(",")[-1].strip(" #")
        if one.mnemonic in CALLS and target.startswith("0x"):
            found.add(int(target, 16))
    return found


def test_undefined_names_have_addresses_of_their_own(image):
    assert set(image.stubs.values()) == {"system", "strcmp", "environ"}
    assert all(image.region(address) is None for address in image.stubs)


def test_calls_lead_to_the_names_that_they_are_relocated_to(image):
    if image.processor in ("mips", "mips64", "riscv64"):
        pytest.skip("its calls take two instructions")
    assert {image.stubs.get(address) for address in called(image)} >= {"system", "strcmp"}


def test_pointers_in_data_lead_to_functions_and_imports(image):
    assert "system" in image.slots.values()  # in the table `chosen`
    places = {one.name: one.address for one in image.symbols}
    assert places["quiet"] in image.pointers
    table = places["chosen"]
    word = image.bits // 8
    stands = int.from_bytes(image.bytes_at(table + word, word), "big" if image.big else "little")
    assert stands & ~1 == places["quiet"]


def test_what_runs_first_is_told_by_name(image):
    assert {("constructor", "early"), ("destructor", "late")} <= set(image.properties)


def test_places_in_the_file_stay(image, machine):
    text = next(one for one in image.regions if one.name == ".text")
    assert image.offset(text.address) == text.offset
    assert image.code
    assert {"door", "quiet", "early", "late"} <= {one.name for one in image.symbols}


def test_an_object_without_loaded_sections_has_nothing_to_run(machine):
    data = bytearray((machine / "door.x86-64.o").read_bytes())
    start, count = int.from_bytes(data[40:48], "little"), int.from_bytes(data[60:62], "little")
    for index in range(count):
        data[start + 64 * index + 8] = 0
    image = read_elf(bytes(data))
    assert (image.code, image.symbols) == ((), ())


def test_a_section_beyond_the_end_is_refused(machine):
    data = bytearray((machine / "door.x86-64.o").read_bytes())
    start = int.from_bytes(data[40:48], "little")
    data[start + 64 + 32 : start + 64 + 36] = b"\xff\xff\xff\x00"
    with pytest.raises(BadExecutable):
        read_elf(bytes(data))
