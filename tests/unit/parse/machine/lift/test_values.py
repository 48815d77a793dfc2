import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.machine.lift.values import (
    DEEPEST,
    MASK,
    UNKNOWN,
    ZERO,
    Value,
    binary,
    condition,
    inner,
    inverted,
    memory,
    node,
    number,
    pick,
    swapped,
)

ARGUMENT = Value("argument", 0)
FIVE = number(5)


def test_constants_fold_to_64_bits():
    assert binary("+", number(MASK), number(1)) == ZERO
    assert binary("-", number(0), number(1)) == number(MASK)


def test_a_constant_stands_on_the_right():
    assert binary("+", FIVE, ARGUMENT) == binary("+", ARGUMENT, FIVE)
    assert condition("<", FIVE, ARGUMENT) == condition(">", ARGUMENT, FIVE)


def test_limits_have_one_form():
    assert condition("<=", ARGUMENT, FIVE) == condition("<", ARGUMENT, number(6))
    assert condition(">=", ARGUMENT, FIVE) == condition(">", ARGUMENT, number(4))


def test_a_difference_compared_with_zero_is_a_comparison():
    assert condition("==", binary("-", ARGUMENT, FIVE), ZERO) == condition("==", ARGUMENT, FIVE)
    assert condition("!=", binary("^", ARGUMENT, Value("argument", 1)), ZERO) == condition(
        "!=", ARGUMENT, Value("argument", 1)
    )


def test_a_condition_as_a_number_is_itself_and_not_wrapped():
    asked = condition("==", ARGUMENT, FIVE)
    assert condition("!=", asked, ZERO) == asked
    assert binary("^", asked, number(1)) == inverted(asked)
    assert pick(asked, number(1), ZERO) == asked


def test_all_zero_bits_counted_and_shifted_ask_for_zero():
    assert binary(">>", node("clz", ARGUMENT), FIVE) == condition("==", ARGUMENT, ZERO)


@pytest.mark.parametrize("operator", ["==", "!=", "<", "<=", ">", ">="])
def test_what_is_inverted_twice_is_as_before(operator):
    asked = condition(operator, ARGUMENT, Value("argument", 1))
    assert inverted(inverted(asked)) == asked


def test_choices_by_one_condition_join():
    asked = condition("==", ARGUMENT, FIVE)
    two = pick(asked, number(2), ZERO)
    assert binary("+", asked, two) == pick(asked, number(3), ZERO)
    assert pick(asked, FIVE, pick(inverted(asked), number(7), ARGUMENT)) == pick(asked, FIVE, number(7))


def test_whatever_is_or_ed_with_all_ones_is_all_ones():
    assert binary("|", UNKNOWN, number(-1)) == number(-1)
    assert binary("&", UNKNOWN, ZERO) == ZERO


def test_memory_keeps_a_constant_offset_apart():
    assert memory(binary("+", ARGUMENT, number(8)), 0, 4) == memory(ARGUMENT, 8, 4)
    assert memory(UNKNOWN, 0, 4) == UNKNOWN


def test_a_tree_that_grows_too_deep_is_unknown():
    tree = ARGUMENT
    for _ in range(DEEPEST + 1):
        tree = node("*", tree, ARGUMENT)
    assert tree == UNKNOWN


def test_a_tree_knows_whether_calls_are_in_it():
    call = Value("call", 16, "f")
    assert binary("+", memory(call, 4, 4), FIVE).holds == 1
    assert call in set(inner(binary("+", memory(call, 4, 4), FIVE)))


@given(st.integers(0, MASK), st.integers(0, MASK))
def test_folding_agrees_with_numbers(one, two):
    assert binary("+", number(one), number(two)).a == (one + two) & MASK
    assert binary("^", number(one), number(two)).a == one ^ two
    assert condition("==", number(one), number(two)).a == int(one == two)


@pytest.mark.parametrize("bits", [32, 64])
@pytest.mark.parametrize("value", range(-3, 12))
@pytest.mark.parametrize(("operator", "bound"), [("<", -3), (">", -4), (">=", -3), ("<=", -4)])
def test_a_range_counted_from_its_end_is_one_counted_from_its_begin(operator, bound, value, bits):
    whole = 1 << bits
    said = condition(operator, binary("+", Value("argument", 0), number(-7)), number(bound % whole))
    counted = (value + said.b.b.a) % whole
    meant = {"<": (value - 7) % whole < bound % whole, ">": (value - 7) % whole > bound % whole}
    meant |= {"<=": not meant[">"], ">=": not meant["<"]}
    assert {"<": counted < said.c.a, ">": counted > said.c.a}[said.a] == meant[operator]
    assert said.b.b.a in (number(-4).a, number(-3).a)


def test_other_sums_are_compared_as_they_are():
    added = binary("+", Value("argument", 0), number(4))
    assert condition("<", added, number(-3)).b == added
    assert condition("<", binary("+", Value("argument", 0), number(-4)), number(9)).c == number(9)


def test_two_bytes_that_are_turned_round_at_the_end_of_a_register():
    two = memory(Value("argument", 0), 2, 2)
    assert swapped(node("<<", two, number(48)), 8) == swapped(two, 2)
    assert swapped(node("<<", two, number(4)), 8).a.kind == "<<"
