"""Tables of jumps, as compilers of every processor write them: as long as the code before allows."""

import re

import numpy as np
import pytest

from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.lift.switches import Jump, table_targets
from zoll.parse.machine.lift.values import UNKNOWN, Value, binary, condition, memory, number

BUILDS = ["x86-64", "x86", "arm64", "a32", "thumb", "mips", "mips64", "ppc", "ppc64", "ppc64le", "riscv64"]
CASE = re.compile(r"case (\d+):")
LETTERS = [ord(one) for one in "abcdflmpqstuv"]
ARGUMENT = Value("argument", 0)
TABLE = (0x1002, 0x1004, 0x1008, 0x1002, 0x100C)


def cases(lines):
    """Return the numbers of all cases, in order of each switch."""
    found = [[]]
    for line in lines:
        if "switch (" in line:
            found.append([])
        found[-1] += map(int, CASE.findall(line))
    return [sorted(one) for one in found if one]


@pytest.mark.parametrize("build", [one for one in BUILDS if one != "arm64"])
def test_two_tables_behind_each_other_keep_apart(build, gates):
    assert cases(gates(f"switches.{build}.so")["kinds"]) == [[1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 4, 5, 6, 7]]


@pytest.mark.parametrize("build", [one for one in BUILDS if one != "mips64"])
def test_options_have_no_cases_beyond_the_table(build, gates):
    assert cases(gates(f"switches.{build}.so")["options"]) == [LETTERS]


def image_of(entries):
    """Return code at 0x1000 and a table of distances from itself at 0x2000."""
    table = b"".join((target - 0x2000).to_bytes(4, "little", signed=True) for target in entries)
    regions = (
        Region(".text", 0x1000, 0, 16, 16, "rx"),
        Region(".rodata", 0x2000, 16, len(table), len(table), "r"),
    )
    return Image(b"\x90" * 16 + table, "elf", "x86-64", regions=regions)


def told(entries, *, asked=(), whole=False, ends=()):
    target = binary("+", memory(binary("+", binary("*", ARGUMENT, number(4)), number(0x2000)), 0, 4), number(0x2000))
    bounds = list(range(0x1000, 0x1010))
    jump = Jump(target, asked)
    return table_targets(
        image_of(entries), [0x2000], 0x1000, 0x1010, bounds, jump=jump, whole=whole, ends=np.array(ends, np.int64)
    )


def test_a_table_ends_where_entries_lead_nowhere():
    assert told((*TABLE, 0x3000, 0x1002)) == list(TABLE)


def test_a_table_ends_where_the_comparison_says():
    below = condition("<", ARGUMENT, number(4))
    assert told(TABLE, asked=(below,), whole=True) == list(TABLE[:4])
    assert told(TABLE, asked=(condition(">", ARGUMENT, number(2)),), whole=True) == list(TABLE[:3])
    assert Jump(UNKNOWN, (below,)).most == 0  # of something else


def test_a_table_ends_before_what_else_is_named():
    assert told(TABLE, ends=(0x1FF0, 0x2000, 0x200C)) == list(TABLE[:3])
    assert told(TABLE, ends=(0x2008,)) == []


@pytest.mark.parametrize("build", [one for one in BUILDS if one != "arm64"])
def test_how_long_a_table_is_shows_by_its_cases_alone(build, gates):
    """One more case makes no bound wider."""
    lines = gates(f"switches.{build}.so")["kinds"]
    assert any("__builtin_listed(" in line for line in lines)
