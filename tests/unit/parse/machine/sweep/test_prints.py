"""What linkers change in instructions is forgotten, constants are not."""

import numpy as np
import pytest

from zoll.parse.machine.sweep.prints import folded, loosened

SAME = [
    ("arm64", 0x91004000, 0x91012000),  # add x0, x0, #16 and #72: an offset of a thread's storage
    ("arm64", 0xF9400C00, 0xF9401400),  # ldr x0, [x0, #24] and [x0, #40]
    ("arm64", 0xF2800200, 0xF2800900),  # movk x0, #16 and #72
    ("mips", 0x0320F809, 0x04110123),  # jalr t9 and bal
    ("mips", 0x8F998010, 0x8F998124),  # lw t9, from the table of addresses
    ("mips64", 0x64420010, 0x64420020),  # daddiu v0, v0, 16 and 32
    ("arm", 0xEB000000, 0xFA000000),  # bl and blx
    ("thumb", 0xF000D000, 0xF000C000),
    ("ppc", 0x3D220000, 0x3D220001),  # addis r9, r2
    ("ppc64", 0xE9220010, 0xE9228018),  # ld r9, 16(r2) and -32744(r2)
    ("riscv64", 0x01022503, 0x02022503),  # lw a0, 16(tp) and 32(tp)
]
OTHER = [
    ("arm64", 0x910043FF, 0x910083FF),  # add sp, sp, #16 and #32
    ("arm64", 0xD2801588, 0xD28015A8),  # mov x8, #172 and #173: a system call's number
    ("mips", 0x24020FB4, 0x24020FB5),  # li v0
    ("mips", 0x8FBF0010, 0x8FBF0020),  # lw ra, from the stack
    ("ppc", 0x38000014, 0x38000015),  # li r0
    ("riscv64", 0x0AC00893, 0x0AD00893),  # li a7
]


def loose(processor, word):
    return int(loosened(processor, np.array([word], np.uint32))[0])


@pytest.mark.parametrize(("processor", "one", "other"), SAME)
def test_what_a_linker_fills_in_is_forgotten(processor, one, other):
    assert loose(processor, one) == loose(processor, other)


@pytest.mark.parametrize(("processor", "one", "other"), OTHER)
def test_constants_and_places_on_the_stack_are_kept(processor, one, other):
    assert loose(processor, one) != loose(processor, other)


def test_bytes_of_instructions_become_numbers():
    data = np.frombuffer(bytes.fromhex("55 4889e5 55"), np.uint8)
    at, sizes = np.array([0, 1, 4], np.int32), np.array([1, 3, 1], np.int32)
    found = folded(data, at, sizes)
    assert found[0] == found[2] != found[1]
