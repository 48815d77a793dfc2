"""Starts of functions in hand-written x86-64 code."""

import numpy as np
import pytest

from zoll.parse.machine.image import Image, Region, Symbol
from zoll.parse.machine.sweep import sweep

BASE = 0x1000
FUNCTIONS = {  # address: code, told by what stands in front of it in the tests' names
    0x00: "55 4889e5 e8 0b000000 5d c3",  # calls 0x14
    0x10: "90909090",
    0x14: "85ff 7402 ffc7 c3",  # a branch over ffc7 to c3
    0x20: "e9 1b000000",  # jumps over the next function to 0x40, whose start nothing else tells
    0x30: "31c0 c3",  # only data points here
    0x40: "b801000000 c3",
}


def image(code=FUNCTIONS, **more):
    data = bytearray(b"\xcc" * 0x60)
    for at, text in code.items():
        raw = bytes.fromhex(text)
        data[at : at + len(raw)] = raw
    regions = (Region(".text", BASE, 0, len(data), len(data), "rx"),)
    return Image(bytes(data), "elf", "x86-64", regions=regions, **more)


def starts(one):
    return [start - BASE for start in sweep(one).starts.tolist()]


def test_calls_jumps_and_pointers_tell_starts():
    found = starts(image(pointers=np.array([BASE + 0x30])))
    assert found == [0x00, 0x14, 0x20, 0x30, 0x40]


def test_a_branch_inside_a_function_is_no_start():
    assert 0x1A not in starts(image())


def test_what_lies_inside_a_function_of_the_unwind_table_is_none():
    table = np.array([[BASE, 0x20], [BASE + 0x20, 5], [BASE + 0x30, 3]])
    assert starts(image(unwound=table)) == [0x00, 0x20, 0x30, 0x40]


def test_stubs_that_jump_to_imports_are_no_functions():
    assert 0x14 not in starts(image(stubs={BASE + 0x14: "puts"}))


def test_symbols_are_starts_whatever_stands_before_them():
    symbols = (Symbol("inner", BASE + 0x16, 0, "function", True),)
    assert 0x16 in starts(image(symbols=symbols))


def test_a_function_follows_a_call_that_never_returns():
    code = {0x00: "e8 1b000000 31c0 c3", 0x20: "ff25 00000000"}
    assert 0x05 in starts(image(code, stubs={BASE + 0x20: "abort"}))
    assert 0x05 not in starts(image(code, stubs={BASE + 0x20: "puts"}))


def test_sizes_end_before_what_fills_room():
    found = sweep(image())
    assert dict(zip((found.starts - BASE).tolist(), found.sizes.tolist(), strict=True))[0x14] == 7


@pytest.mark.parametrize("data", [b"", b"\x00", b"\xff" * 64, bytes(200)])
def test_code_that_is_none_gives_no_more_than_its_first_byte(data):
    regions = (Region(".text", BASE, 0, len(data), len(data), "rx"),)
    found = sweep(Image(data, "elf", "x86-64", regions=regions))
    assert (found.sizes <= len(data)).all()


def test_a_processor_that_is_not_known_has_no_functions():
    assert len(sweep(Image(b"", "elf", "s390x")).starts) == 0


def test_code_without_a_start_for_long_is_cut_so_that_memory_stays_small():
    data = bytes(12_000_000)
    regions = (Region(".text", BASE, 0, len(data), len(data), "rx"),)
    found = sweep(Image(data, "elf", "arm64", regions=regions))
    assert 2 <= len(found.starts) <= 4


@pytest.mark.parametrize("cut", range(1, 12))
def test_an_instruction_that_the_end_cuts_off_is_swept(cut):
    data = bytes.fromhex("90e800000000c7051122334455667788")[:-cut]
    regions = (Region(".text", BASE, 0, len(data), len(data), "rx"),)
    assert len(sweep(Image(data, "elf", "x86-64", regions=regions)).starts)


@pytest.mark.parametrize("processor", ["arm64", "arm", "mips", "mips64", "ppc", "ppc64", "riscv64", "x86"])
@pytest.mark.parametrize("length", range(13))
def test_code_shorter_than_a_few_words_is_swept(processor, length):
    bits = 64 if processor.endswith("64") else 32
    regions = (Region(".text", BASE, 0, length, length, "rx"),)
    found = sweep(Image(bytes(range(1, length + 1)), "elf", processor, bits=bits, regions=regions))
    assert (found.sizes <= length).all()
