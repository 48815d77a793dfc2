import pytest

from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.lift import lift

NAMES = {0x2000: "system", 0x3000: "puts", 0x5000: "__stack_chk_fail"}


def lines_of(code):
    """Return bare x86-64 code at 0x1000 as C."""
    data = bytes.fromhex(code)
    image = Image(data, "elf", "x86-64", regions=(Region(".text", 0x1000, 0, len(data), len(data), "rx"),))
    return list(lift(image, 0x1000, len(data), "f", lambda at: NAMES.get(at, "")).lines)


def test_an_early_return_stays_flat():
    said = lines_of("85ff 7506 b8ffffffff c3 c70701000000 89f8 c3")
    assert said[1:-1] == ["    if (arg1) {", "        *arg1 = 1;", "        return arg1;", "    }", "    return -1;"]


def test_a_choice_between_numbers_is_written_as_branches():
    said = lines_of("31c0 83ff05 b907000000 0f44c1 c3")  # cmove
    assert said[1:-1] == ["    if (arg1 == 5) {", "        return 7;", "    }", "    return 0;"]


def test_the_result_of_a_call_is_written_where_it_is_used():
    said = lines_of("4883ec08 e8f70f0000 83f805 0f94c0 5a c3")
    assert said[1:-1] == ["    return (system(arg1) == 5);"]


def test_a_call_at_the_very_end_is_returned():
    assert lines_of("e9fb1f0000")[1:-1] == ["    return puts(arg1);"]


def test_what_each_way_returns_stands_there_though_the_stack_is_checked_behind_them():
    said = lines_of("85ff 7407 b805000000 eb05 b807000000 3b0e 7501 c3 e8e63f0000")
    assert said[1:-1] == ["    if (arg1) {", "        return 5;", "    }", "    return 7;"]


def test_the_end_of_a_loop_is_a_bound():
    said = lines_of("31c0 ffc0 3df4010000 75f7 c3")
    assert "    if (v < 499) {" in said


def test_a_bound_before_a_bit_is_looked_up_is_told_by_the_bits():
    said = lines_of("b8ffffffff 83ff05 7712 b932000000 0fa3f9 7308 50 e8e80f0000 31c0 5a c3")
    assert "(!(__builtin_listed(arg1)))" in said[1].replace("if ", "")
    assert any("if (!((1 << arg1) & 50)) {" in one for one in said)


@pytest.mark.parametrize(("words", "told"), [("n < 5", True), ("0", False), ("5 is most", False)])
def test_what_an_assertion_asks_is_told_by_its_words(words, told):
    code = bytes.fromhex("50 83ff04 7704 31c0 5a c3 488d3df00f0000 e8e43f0000")
    text = words.encode() + b"\0"
    regions = (
        Region(".text", 0x1000, 0, len(code), len(code), "rx"),
        Region(".rodata", 0x2001, len(code), len(text), len(text), "r"),
    )
    image = Image(code + text, "elf", "x86-64", regions=regions)
    names = {0x4FFA: "__assert_fail"}
    said = lift(image, 0x1000, len(code), "f", lambda at: names.get(at, ""), leaving=frozenset(names)).lines
    assert f'__assert_fail("{words}"' in "".join(said)
    assert ("    if (!(__builtin_asserted)) {" in said) == told
    assert ("    if (arg1 > 4) {" in said) != told
