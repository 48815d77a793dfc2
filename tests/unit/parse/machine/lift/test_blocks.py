import pytest

from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.lift.blocks import TooLong, cut, decode, join, masters, ordered
from zoll.parse.machine.lift.processors import processor_of


def image_of(code, processor="x86-64", **more):
    """Return an image of bare code at 0x1000."""
    return Image(code, "elf", processor, regions=(Region(".text", 0x1000, 0, len(code), len(code), "rx"),), **more)


def blocks_of(code, processor="x86-64", **more):
    image = image_of(code, processor, **more)
    made = cut(decode(image, processor_of(image), 0x1000, len(code)), processor_of(image), lambda *_: [])
    join(made)
    return made


BRANCH = bytes.fromhex("85ff 7402 ffc0 c3")  # test edi, edi; je end; inc eax; end: ret


def test_a_branch_leads_to_its_target_first():
    made = blocks_of(BRANCH)
    assert [block.kind for block in made] == ["branch", "next", "return"]
    assert made[0].after == [2, 1]
    assert made[2].before == [0, 1]


def test_a_jump_out_of_the_function_tells_where_to():
    made = blocks_of(bytes.fromhex("e9 fb0f0000"))
    assert (made[0].kind, made[0].leaving) == ("away", 0x2000)


def test_what_cannot_be_reached_leads_nowhere():
    made = blocks_of(bytes.fromhex("eb02 eb00 c3"))  # jumps over a jump
    assert made[2].before == [0]


def test_what_stands_behind_a_branch_of_mips_runs_before_it():
    code = bytes.fromhex("10800002 24420001 00000000 03e00008 00000000")  # beqz a0; addiu v0
    made = blocks_of(code, "mips", big=True, bits=32)
    assert [one.name for one in made[0].instructions] == ["addiu", "beqz"]


def test_order_and_masters():
    made = blocks_of(BRANCH)
    order = ordered(made)
    assert order[0] == 0
    assert masters(made, order) == {0: 0, 1: 0, 2: 0}


def test_numbers_in_the_code_of_arm_are_no_instructions():
    code = bytes.fromhex("0048 7047 ffffffff")  # ldr r0, [pc]; bx lr; a number
    image = image_of(code, "arm", bits=32)
    made = decode(image, processor_of(image, dense=True), 0x1000, len(code))
    assert [one.name for one in made] == ["ldr", "return"]


def test_a_function_without_end_is_refused():
    with pytest.raises(TooLong):
        blocks_of(b"\x90" * 60_001)
