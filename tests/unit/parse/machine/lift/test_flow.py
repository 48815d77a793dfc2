from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.lift.blocks import cut, decode, join
from zoll.parse.machine.lift.flow import Flow
from zoll.parse.machine.lift.processors import processor_of
from zoll.parse.machine.lift.values import Value, number


def flow_of(code, names=None):
    """Return bare x86-64 code at 0x1000 run through."""
    data = bytes.fromhex(code)
    image = Image(data, "elf", "x86-64", regions=(Region(".text", 0x1000, 0, len(data), len(data), "rx"),))
    processor = processor_of(image)
    blocks = cut(decode(image, processor, 0x1000, len(data)), processor, lambda *_: [])
    join(blocks)
    return Flow(image, processor, blocks, (names or {}).get)


def test_what_ways_agree_on_is_kept_and_the_rest_is_a_value_of_its_own():
    flow = flow_of("be01000000 85ff 7405 bf02000000 c3")  # esi is 1 on both ways, edi only on one 2
    end = flow.ends[2].registers
    assert end["rsi"] == number(1)
    assert end["rdi"] == Value("phi", 2, "rdi")


def test_a_loop_settles():
    flow = flow_of("31c0 ffc0 39f8 75fa c3")  # xor eax, eax; again: inc eax; cmp eax, edi; jne again
    assert flow.asked[1].kind == "condition"
    assert flow.events[2][-1].kind == "return"


def test_what_stands_behind_a_call_that_never_comes_back_is_not_run():
    flow = flow_of("e8fb0f0000 b801000000 c3", {0x2000: "abort"})
    assert [event.name for event in flow.events[0]] == ["abort"]


def test_a_jump_through_memory_is_noted():
    flow = flow_of("ff27")  # jmp [rdi]
    assert [value.kind for value in flow.through.values()] == ["at"]


def test_a_function_that_only_ends_in_abort_does_not_come_back():
    assert not flow_of("e9fb0f0000", {0x2000: "abort"}).comes_back
    assert flow_of("c3").comes_back
