import pytest

from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.lift.machine import Machine
from zoll.parse.machine.lift.operands import Operand
from zoll.parse.machine.lift.processors import processor_of
from zoll.parse.machine.lift.values import UNKNOWN, Value, condition, number

DATA = b"%s is %d\n\0" + (0x2008).to_bytes(8, "little")
REGIONS = (Region(".rodata", 0x2000, 0, len(DATA), len(DATA), "r"),)


def machine_of(processor="x86-64", **more):
    image = Image(DATA, "elf", processor, regions=REGIONS, **more)
    made = Machine(image, processor_of(image), {0x1000: "printf", 0x1100: "execve"}.get)
    made.state = made.begin(0x400)
    return made


def test_arguments_stand_in_their_registers():
    assert machine_of().register("esi") == Value("argument", 1)
    assert machine_of("mips", bits=32).register("$t9") == number(0x400, address=True)


def test_what_was_put_on_the_own_stack_is_found_again():
    made = machine_of()
    place = made.place(Operand("m", "rsp", -16))
    made.store(place, 8, number(7))
    assert made.load(place, 8) == number(7)
    assert not made.events


def test_stores_elsewhere_are_told():
    made = machine_of()
    made.store(made.register("rdi"), 4, number(7))
    assert [event.kind for event in made.events] == ["store"]


def test_constant_data_is_read():
    assert machine_of().load(number(0x200A), 8) == number(0x2008)


def test_a_format_says_how_many_arguments_a_call_takes():
    made = machine_of()
    for name, value in (("rdi", 0x2000), ("rsi", 1), ("rdx", 2), ("rcx", 3)):
        made.set(name, number(value))
    made.call(number(0x1000))
    assert made.events[0].values == (number(0x2000), number(1), number(2))
    assert made.register("rax").kind == "call"
    assert made.register("rcx") == UNKNOWN


def test_a_text_put_together_on_the_stack_is_handed_over_as_text():
    made = machine_of("ppc", bits=32, big=True)
    top = made.register("r1")
    made.store(top, 4, number(int.from_bytes(b"/bin", "big")))
    made.store(Value("frame", 4), 4, number(int.from_bytes(b"/id\0", "big")))
    made.set("r3", top)
    assert made.arguments("system") == (Value("text", "/bin/id"),)


@pytest.mark.parametrize(
    ("processor", "register", "code", "first"),
    [("x86-64", "rax", 59, "rdi"), ("arm", "r7", 11, "r0"), ("mips", "$v0", 4011, "$a0"), ("riscv64", "a7", 221, "a0")],
)
def test_system_calls_have_names(processor, register, code, first):
    made = machine_of(processor, bits=32 if processor in ("arm", "mips") else 64)
    made.set(register, number(code))
    made.set(first, number(0x2000))
    made.call_system(register)
    assert (made.events[0].name, made.events[0].values[0]) == ("execve", number(0x2000))


def test_a_comparison_made_only_if_another_held():
    made = machine_of()
    before = condition("==", Value("argument", 0), number(1))
    made.compare_if(before, Value("argument", 1), number(2), 0)
    assert made.holds("==").kind == "both"


def test_numbers_are_cut_to_the_word():
    made = machine_of("x86", bits=32)
    made.set("rax", number(0x1_0000_0001))
    assert made.register("eax") == number(1)
