import pytest

from zoll.parse.machine.formats import read_image
from zoll.parse.machine.stamps import stamps_of, without_stamps


def image(machine, name):
    kind = {"so": "elf", "o": "elf", "dll": "pe", "dylib": "macho"}[name.rpartition(".")[2]]
    return read_image((machine / name).read_bytes(), f"executable/{kind}")[0]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("door.arm64.so", {"build id", "compiler"}),
        ("door.mips.o", {"compiler"}),
        ("door.x86-64.dll", {"time", "checksum", "compiler"}),
        ("door.x86.dll", {"time", "checksum", "compiler"}),
        ("door.dylib", {"build id", "compiler", "signature", "time"}),
    ],
)
def test_stamps_of_each_format(machine, name, kinds):
    found = stamps_of(image(machine, name))
    assert {kind for _, _, kind in found} == kinds


def test_the_build_id_is_the_one_that_the_file_tells(machine):
    one = image(machine, "door.arm64.so")
    (at, size, _) = next(run for run in stamps_of(one) if run[2] == "build id")
    assert ("build-id", one.data[at : at + size].hex()) in one.properties


def test_stamps_are_not_in_code(machine):
    for name in ("door.arm64.so", "door.x86-64.dll", "door.dylib"):
        one = image(machine, name)
        for at, size, _ in stamps_of(one):
            assert all(at + size <= code.offset or at >= code.offset + code.size for code in one.code)


def test_without_stamps_two_builds_are_one(machine):
    one = image(machine, "door.x86-64.dll")
    other = bytearray(one.data)
    head = int.from_bytes(other[0x3C:0x40], "little")
    other[head + 8 : head + 12] = b"1234"
    again = read_image(bytes(other), "executable/pe")[0]
    assert without_stamps(again) == without_stamps(one)
    assert again.data != one.data


def test_the_signature_behind_a_kernel_module_is_a_stamp(machine):
    data = (machine / "door.arm64.o").read_bytes()
    signed = data + b"s" * 50 + bytes(8) + (50).to_bytes(4, "big") + b"~Module signature appended~\n"
    assert (len(data), 90, "signature") in stamps_of(read_image(signed, "executable/elf")[0])
