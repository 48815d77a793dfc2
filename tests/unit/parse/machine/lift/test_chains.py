"""A text that a compiler compares piece by piece is read as one comparison."""

import pytest

from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.lift import lift

EQUAL, ELSE = "b807000000 c3", "31c0 c3"


def lines_of(code):
    """Return bare x86-64 code at 0x1000 as C, without its head and end."""
    data = bytes.fromhex(code)
    image = Image(data, "elf", "x86-64", regions=(Region(".text", 0x1000, 0, len(data), len(data), "rx"),))
    return [one.strip() for one in lift(image, 0x1000, len(data), "f", lambda _: "").lines[1:-1]]


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        ("66817f04406d 75f5", 'memcmp(arg1, "null@m", 6)'),
        ("807f0440 75f7", 'memcmp(arg1, "null@", 5)'),
        ("807f0400 75f7", 'memcmp(arg1, "null", 5)'),  # and its end
        ("817f036c616e65 75f4", 'memcmp(arg1, "nullane", 7)'),  # the fourth letter twice
    ],
)
def test_pieces_behind_each_other_are_one_text(second, asked):
    said = lines_of(f"813f6e756c6c 7403 {ELSE} {second} {EQUAL}")
    assert said == [f"if ({asked} != 0) {{", "return 0;", "}", "return 7;"]


@pytest.mark.parametrize(
    "second",
    [
        "837f0405 75f7",  # a number
        "807f0540 75f7",  # elsewhere
        "807e0440 75f7",  # of another thing
        "807f0440 74f7",  # otherwise
        "c60601 807f0440 75f4",  # something is done between them
    ],
)
def test_other_conditions_stand_by_themselves(second):
    said = lines_of(f"813f6e756c6c 7403 {ELSE} {second} {EQUAL}")
    assert 'memcmp(arg1, "null", 4)' in said[0]
    assert len(said) > 4


def test_short_numbers_alone_are_no_text():
    said = lines_of(f"66813f6261 7403 {ELSE} 66817f026364 75f5 {EQUAL}")
    assert not any("memcmp" in one for one in said)
