import pytest

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.machine import Machine
from zoll.parse.machine.lift.operands import operands
from zoll.parse.machine.lift.processors import processor_of
from zoll.parse.machine.lift.semantics import bit_set, compare, load, operate, put_below, store, swap
from zoll.parse.machine.lift.values import ZERO, Value, binary, condition, number


@pytest.fixture
def machine():
    image = Image(b"", "elf", "arm64")
    made = Machine(image, processor_of(image), lambda _: "")
    made.state = made.begin()
    return made


def test_operate_with_a_shift(machine):
    operate("+")(machine, operands("x0, x0, x1, lsl #3"))
    assert machine.register("x0") == binary("+", Value("argument", 0), binary("*", Value("argument", 1), number(8)))


def test_whatever_is_taken_from_itself_is_zero(machine):
    operate("^")(machine, operands("x9, x9"))
    assert machine.register("x9") == ZERO


def test_compare_by_what_is_shared(machine):
    compare("&")(machine, operands("x0, x0"))
    assert machine.holds("==") == condition("==", Value("argument", 0), ZERO)


def test_the_base_is_written_back_behind_a_move(machine):
    load(8)(machine, operands("x9, [x0], #8"))
    assert machine.register("x9") == Value("at", Value("argument", 0), 0, 8, 1)
    store(8)(machine, operands("x9, [x0, #8]!"))
    assert machine.register("x0") == binary("+", Value("argument", 0), number(16))


def test_below_one_is_zero(machine):
    machine.set("x9", number(1))
    put_below(machine, operands("x0, x0, x9"))
    assert machine.register("x0") == condition("==", Value("argument", 0), ZERO)


def test_a_swapped_number_is_folded_and_two_swaps_undo_each_other(machine):
    machine.set("x9", number(0x5000))
    swap(2)(machine, operands("x9, x9"))
    assert machine.register("x9") == number(0x50)
    swap(4)(machine, operands("x0, x0"))
    swap(4)(machine, operands("x0, x0"))
    assert machine.register("x0") == Value("argument", 0)


def test_a_bit_moved_up_and_asked_for_its_sign():
    tested = bit_set(binary("<<", Value("argument", 0), number(29)), 32)
    assert tested == condition("!=", binary("&", Value("argument", 0), number(4)), ZERO)
