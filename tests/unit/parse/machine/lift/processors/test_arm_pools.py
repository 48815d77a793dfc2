from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.lift.blocks import Instruction
from zoll.parse.machine.lift.operands import operands
from zoll.parse.machine.lift.processors.arm_pools import beside, tables

CODE = bytes.fromhex("dfe803f0") + bytes([2, 3, 4, 5]) + b"\xc0\x46" * 8  # tbb [pc, r3], and where it leads
IMAGE = Image(CODE, "elf", "arm", bits=32, regions=(Region(".text", 0x1000, 0, len(CODE), len(CODE), "rx"),))
SWITCH = Instruction(0x1000, 4, "tbb", "[pc, r3]", operands("[pc, r3]"))


def test_a_table_of_bytes_behind_its_jump():
    assert tables(IMAGE, [SWITCH], 0x1000, 0x1018) == [0x1008, 0x100A, 0x100C, 0x100E]
    assert beside(IMAGE, [SWITCH], 0x1000, 0x1018) == (0x1004, 0x1008)


def test_a_number_read_from_behind_the_code():
    one = Instruction(0x1002, 2, "ldr", "r0, [pc, #8]", operands("r0, [pc, #8]"))
    assert beside(IMAGE, [one], 0x1000, 0x1018) == (0x100C, 0x1010)


def test_a_table_is_as_long_as_the_comparison_before_it_allows():
    asked = [Instruction(0xFFC, 2, "cmp", "r3, #1", operands("r3, #1")), Instruction(0xFFE, 2, "bhi", "#0x1016", ())]
    assert tables(IMAGE, [*asked, SWITCH], 0x1000, 0x1018) == [0x1008, 0x100A]
    assert beside(IMAGE, [*asked, SWITCH], 0x1000, 0x1018) == (0x1004, 0x1006)
    other = Instruction(0x1000, 2, "movs", "r3, #1", operands("r3, #1"))
    assert len(tables(IMAGE, [*asked, other, SWITCH], 0x1000, 0x1018)) == 4
