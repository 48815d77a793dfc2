import struct

import numpy as np
import pytest

from zoll.parse.machine.elf import read_elf
from zoll.parse.machine.image import BadExecutable

BASE = 0x10000


def library(entries, words):
    """Return an ELF file with a table of relative relocations (DT_RELR) and words at BASE that hold addresses."""
    relr = b"".join(struct.pack("<Q", one) for one in entries)
    places = 64 + 56 * 3
    dynamic = struct.pack("<6Q", 36, places, 35, len(relr), 0, 0)
    data = b"".join(struct.pack("<Q", one) for one in words)
    start = places + len(relr)
    head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 3, 62, 1, 0, 64, 0, 0, 64, 56, 3, 0, 0, 0)
    end = start + len(dynamic)
    rows = [(1, 6, 0, 0, end), (2, 6, start, start, len(dynamic)), (1, 6, end, BASE, len(data))]
    table = b"".join(
        struct.pack("<IIQQQQQQ", kind, flags, at, to, to, size, size, 0) for kind, flags, at, to, size in rows
    )
    return head + table + relr + dynamic + data


def test_packed_relative_relocations_are_addresses_and_bitmaps():
    """Every odd word of 130 is relocated: an address, then bitmaps of 63 words each."""
    chosen = list(range(0, 130, 2))
    bitmaps = [0, 0, 0]
    for index in chosen[1:]:
        bitmaps[(index - 1) // 63] |= 1 << ((index - 1) % 63)
    image = read_elf(library([BASE, *(bits << 1 | 1 for bits in bitmaps)], [BASE + 8 * at for at in range(130)]))
    assert image.pointers.tolist() == [BASE + 8 * at for at in chosen]


def test_more_relocations_than_words_are_refused():
    with pytest.raises(BadExecutable):
        read_elf(library([BASE] + [(1 << 64) - 1] * 100, [0] * 10))


@pytest.mark.parametrize("processor", ["x86-64", "arm64", "riscv64", "ppc64"])
def test_constructors_are_found_through_relocations(processor, machine):
    image = read_elf((machine / f"door.{processor}.so").read_bytes())
    early = [int(value, 16) for name, value in image.properties if name == "constructor"]
    assert len(early) == 1
    assert np.isin(early, image.pointers).all()
