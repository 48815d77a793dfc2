import pytest

from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.plt import jumps, stubs

WORDS = {  # processor: a stub at 0x1000, the slot that it goes through, the global pointer
    "arm64": ([0xD503245F, 0xB0000010, 0xF9400A11, 0x91004210, 0xD61F0220], 0x2010, 0),
    "arm": ([0xE28FC600, 0xE28CCA01, 0xE5BCF010], 0x2018, 0),
    "mips": ([0x3C0F0000, 0x8DF92010, 0x03200008, 0x25F82010], 0x2010, 0),
    "ppc": ([0x3D600000, 0x816B2010, 0x7D6903A6, 0x4E800420], 0x2010, 0),
    "ppc64": ([0xF8410018, 0xE9820010, 0x7D8903A6, 0x4E800420], 0x2010, 0x2000),
    "riscv64": ([0x00001E17, 0x010E3E03, 0x000E0367, 0x00000013], 0x2010, 0),
}


@pytest.mark.parametrize("processor", WORDS)
@pytest.mark.parametrize("big", [False, True])
def test_a_stub_leads_to_the_name_in_its_slot(processor, big):
    words, slot, pointer = WORDS[processor]
    data = b"".join(word.to_bytes(4, "big" if big else "little") for word in words)
    region = Region(".plt", 0x1000, 0, len(data), len(data), "rx")
    image = Image(data, "elf", processor, big=big, regions=(region,), slots={slot: "system"}, global_pointer=pointer)
    assert stubs(image) == {0x1000: "system"}


@pytest.mark.parametrize(
    ("code", "starts"),
    [
        ("ff2510000000", [0x1000]),
        ("f30f1efaf2ff2510000000", [0x1000]),
        ("90909090ff2510000000", [0x1004]),
        ("ff15100000", []),
    ],
)
def test_jumps_through_slots(code, starts):
    data = bytes.fromhex(code)
    region = Region(".plt", 0x1000, 0, len(data), len(data), "rx")
    assert jumps(Image(data, "elf", "x86-64", regions=(region,)), region)[0].tolist() == starts


def test_jumps_in_the_middle_of_code_are_no_stubs(machine):
    image = read_elf((machine / "door.x86-64.so").read_bytes())
    text = next(one for one in image.regions if one.name == ".text")
    assert not any(text.address <= at < text.address + text.size for at in image.stubs)
