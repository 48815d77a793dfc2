import pytest

from zoll.parse.machine.image import Image, Region, Symbol
from zoll.parse.machine.lift.values import UNKNOWN, ZERO, Value, binary, condition, memory, node, number, pick
from zoll.parse.machine.lift.wording import Wording, identifier, quoted
from zoll.parse.source import open_code

TEXT = b'hello "you"\n\0'
IMAGE = Image(
    TEXT,
    "elf",
    "x86-64",
    regions=(Region(".rodata", 0x20000, 0, len(TEXT), len(TEXT), "r"), Region(".bss", 0x30000, 0, 0, 64, "rw")),
    symbols=(Symbol("total", 0x30008, 8, "data", True),),
)
FIRST, SECOND = Value("argument", 0), Value("argument", 1)


@pytest.fixture(scope="module")
def wording():
    return Wording(IMAGE, {0x400: "parse.part.0"}.get)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Value("filled", "read"), "read_out"),
        (number(-13), "-13"),
        (number(0xFFFF_FFFF), "-1"),
        (number(0x12345678), "0x12345678"),
        (number(0x20000, address=True), '"hello \\"you\\"\\n"'),
        (number(0x30008, address=True), "&total"),
        (memory(number(0x30008), 0, 8), "total"),
        (memory(FIRST, 0x18, 8), "arg1->f18"),
        (memory(binary("*", FIRST, number(8)), 0x30008, 8), "total[(arg1 * 8)]"),
        (binary("-", ZERO, FIRST), "-arg1"),
        (node("swap", FIRST), "__builtin_swap(arg1)"),
        (node("+", SECOND, FIRST), "(arg1 + arg2)"),
        (node("+", UNKNOWN, FIRST), "(arg1 + v)"),
        (node("-", SECOND, FIRST), "(arg2 - arg1)"),
        (node("*", node("+", FIRST, number(1)), number(4)), "((arg1 * 4) + 4)"),
        (condition("<", SECOND, FIRST), "(arg1 > arg2)"),
        (memory(node("+", node("*", FIRST, number(4)), SECOND), 0, 4), "arg2[(arg1 * 4)]"),
        (pick(condition("==", FIRST, number(5)), number(3), FIRST), "(arg1 == 5 ? 3 : arg1)"),
    ],
)
def test_values_as_c(value, said, wording):
    assert wording.say(value) == said


def test_four_letters_compared_at_once_are_a_text(wording):
    letters = number(int.from_bytes(b"POST", "little"))
    assert wording.ask(condition("==", memory(FIRST, 4, 4), letters)) == 'memcmp(arg1 + 4, "POST", 4) == 0'


def test_letters_of_what_several_ways_brought_together_are_a_text(wording):
    four, six = (number(int.from_bytes(text, "little")) for text in (b"admi", b"key\0"))
    assert wording.ask(condition("==", UNKNOWN, four)) == 'memcmp(&v, "admi", 4) == 0'
    assert wording.ask(condition("==", UNKNOWN, six)) == 'memcmp(&v, "key", 3) == 0'
    assert wording.ask(condition("==", UNKNOWN, number(0x7BE10C54))) == "v == 0x7be10c54"
    end = condition("==", memory(FIRST, 4, 2), number(ord("n")))
    whole = node("both", condition("==", UNKNOWN, four), end)
    assert wording.ask(whole) == 'memcmp(&v, "admin", 6) == 0'
    assert wording.ask(node("not", whole)) == 'memcmp(&v, "admin", 6) != 0'


def test_pieces_of_one_text_in_fixed_data_are_one_comparison(wording):
    text = b"::ffff:127."
    pieces = [(0, 8), (3, 8)]
    asked = [
        condition("==", memory(number(0x30008 + at), 0, size), number(int.from_bytes(text[at : at + size], "little")))
        for at, size in pieces
    ]
    assert wording.ask(node("both", *asked)) == 'memcmp(&total, "::ffff:127.", 11) == 0'


def test_rights_that_are_asked_with_the_sort_of_a_file_stand_beside_it(wording):
    mode = node("&", memory(FIRST, 0x18, 4), number(0o170022))
    asked = condition("==", mode, number(0o100000))
    assert wording.ask(asked) == "__builtin_is_file(arg1->f18) && !(arg1->f18 & 18)"
    asked = condition("!=", mode, number(0o100000))
    assert wording.ask(asked) == "!__builtin_is_file(arg1->f18) || (arg1->f18 & 18)"


def test_the_sort_of_a_file_has_its_name(wording):
    mode = node("&", memory(FIRST, 0x18, 4), number(0o170000))
    assert wording.ask(condition("==", mode, number(0o020000))) == "__builtin_is_character_device(arg1->f18)"
    assert wording.ask(condition("!=", mode, number(0o100000))) == "!__builtin_is_file(arg1->f18)"
    assert wording.ask(condition("==", mode, number(0o050000))) == "(arg1->f18 & 61440) == 20480"


def test_neighbouring_pieces_are_one_text(wording):
    pieces = [
        condition("==", memory(FIRST, at, 4), number(int.from_bytes(text, "little")))
        for at, text in ((0, b"open"), (4, b"door"))
    ]
    assert wording.ask(node("both", *pieces)) == 'memcmp(arg1, "opendoor", 8) == 0'


def test_names_and_texts_are_c():
    assert identifier("parse.part.0") == "parse_part_0"
    assert identifier("7z") == "_7z"


def test_a_name_longer_than_what_is_read_of_one_stays_apart_from_others_that_begin_so():
    names = [identifier(f"_ZN4Napi7details{'S2_' * 40}{end}") for end in ("C1E", "C2E")]
    assert len(set(names)) == 2
    for name in names:
        opened = open_code(f"int {name}(int a)\n{{\n    return g(a);\n}}\n".encode(), "c")
        assert name in [one.name for one in opened.code.functions]
    assert quoted('a"b\n') == '"a\\"b\\n"'


def test_the_line_of_a_source_is_found_beside_its_name():
    data = b"src/main.c\0"
    image = Image(data, "elf", "x86-64", regions=(Region(".rodata", 0x20000, 0, len(data), len(data), "r"),))
    assert Wording(image, lambda _: "").line_of([FIRST, number(0x20000), number(17)]) == 2


def test_modes_are_octal(wording):
    assert [wording.mode(number(one)) for one in (0, 7, 0o666)] == ["0000", "0007", "0666"]
    assert wording.mode(Value("argument", 1)) == "arg2"
    assert wording.mode(node("|", FIRST, number(0o666))) == "(arg1 | 0666)"


def test_sixteen_bytes_that_are_copied_are_the_text_that_they_hold():
    text = b"vT4q0ZrLw8xNc2yHand more"
    region = Region(".rodata.cst16", 0x20000, 0, len(text), len(text), "r")
    wording = Wording(Image(text, "elf", "x86-64", regions=(region,)), {}.get)
    assert wording.stored(memory(number(0x20000, address=True), 0, 16)) == '"vT4q0ZrLw8xNc2yH"'
    assert wording.stored(memory(number(0x20000, address=True), 0, 4)) == "global"
    assert wording.stored(memory(number(0x20010, address=True), 0, 16)) == "global"  # fewer than sixteen are left
    assert wording.stored(number(7)) == "7"
