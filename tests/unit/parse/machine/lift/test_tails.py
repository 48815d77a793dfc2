"""Calls that a compiler merged behind several ways are written for each way."""

import pytest

from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.lift import lift
from zoll.parse.machine.lift.blocks import cut, decode, join
from zoll.parse.machine.lift.flow import Flow
from zoll.parse.machine.lift.processors import processor_of
from zoll.parse.machine.lift.tails import MOST_WAYS, tails_apart

START, LOG = 0x401000, 0x402000
CALL = bytes([0xE8])


def image_of(code):
    return Image(code, "elf", "x86-64", regions=(Region(".text", START, 0, len(code), len(code), "rx"),))


def merged(ways):
    """Return code that sets the second argument in one of several ways, and then calls one function."""
    code, jumps = b"", []
    for way in range(ways - 1):
        code += bytes([0x83, 0xFF, way])  # cmp edi, way
        code += bytes([0x75, 7])  # jne behind the jump
        code += bytes([0xBE, way + 1, 0, 0, 0])  # mov esi, way + 1
        jumps.append(len(code) + 1)
        code += bytes([0xEB, 0])  # jmp to the call
    code += bytes([0xBE, 99, 0, 0, 0])
    data = bytearray(code)
    for at in jumps:
        data[at] = len(code) - at - 1
    return bytes(data) + CALL + (LOG - START - len(code) - 5).to_bytes(4, "little", signed=True) + b"\xc3"


def said(code):
    made = lift(image_of(code), START, len(code), "f", {LOG: "log"}.get)
    return [line.strip() for line in made.lines if "log" in line]


@pytest.mark.parametrize("ways", [2, 3, MOST_WAYS])
def test_each_way_says_what_it_hands_over(ways):
    handed = {line.split(",")[1].strip(" );") for line in said(merged(ways))}
    assert handed == {*map(str, range(1, ways)), "99"}


def test_what_too_many_ways_share_stays_together():
    (line,) = said(merged(MOST_WAYS + 1))
    assert "v" in line


def test_nothing_is_copied_where_all_hand_over_the_same():
    code = merged(2).replace(bytes([0xBE, 99]), bytes([0xBE, 1]))
    processor = processor_of(image_of(code), dense=False)
    blocks = cut(decode(image_of(code), processor, START, len(code)), processor, lambda *_: [])
    join(blocks)
    assert not tails_apart(Flow(image_of(code), processor, blocks, {LOG: "log"}.get))
