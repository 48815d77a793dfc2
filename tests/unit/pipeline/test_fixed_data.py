"""Data that stands in the file as it is, on both sides."""

from zoll.pairing.executables.side import Machine
from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.sweep import sweep
from zoll.pipeline.fixed_data import same_data


def machine(data, name=".rodata"):
    image = Image(data, "elf", "x86-64", regions=(Region(name, 0x1000, 0, len(data), len(data), "r"),))
    return Machine(image, sweep(image))


def test_data_that_differs_is_told_from_addresses_that_moved():
    assert same_data(machine(b"secret"), machine(b"secret"))
    assert not same_data(machine(b"secret"), machine(b"public"))
    assert same_data(machine(b"\1\2\3\4", ".got"), machine(b"\1\2\3\5", ".got"))
    assert not same_data(None, machine(b"secret"))
