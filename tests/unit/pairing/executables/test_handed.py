"""Callbacks pair by who hands them over."""

import numpy as np

from zoll.pairing.executables.handed import by_handing_over
from zoll.pairing.executables.matching import DIGEST, Matching
from zoll.pairing.executables.side import Machine
from zoll.parse.machine.image import Image, Region, Sweep

BASE = 0x1000


def machine(count, calls=(), references=()):
    code = bytes(64 * count)
    rows = [
        np.array([(one, BASE + 64 * two) for one, two in side], np.int64).reshape(-1, 2) for side in (calls, references)
    ]
    starts, size = np.arange(count, dtype=np.int64) * 64 + BASE, np.full(count, 60, np.int64)
    swept = Sweep(
        starts,
        size,
        np.arange(count).astype(np.uint64),
        size,
        rows[0],
        rows[1],
        np.zeros((count, 64), np.uint8),
        np.zeros((0, 2), np.int64),
        {},
    )
    return Machine(Image(code, "elf", "x86-64", regions=(Region(".text", BASE, 0, len(code), len(code), "rx"),)), swept)


def paired(old, new):
    matching = Matching(old, new)
    matching.put(np.array([0]), np.array([0]), DIGEST)
    by_handing_over(old, new, matching)
    return matching.old.tolist()


def test_one_callback_on_each_side():
    assert paired(machine(2, references=[(0, 1)]), machine(3, references=[(0, 2)])) == [0, 2]


def test_of_several_nobody_can_tell():
    assert paired(machine(2, references=[(0, 1)]), machine(3, references=[(0, 1), (0, 2)])) == [0, -1]


def test_what_is_called_is_no_callback():
    both = [(0, 1)]
    assert paired(machine(2, both, both), machine(2, both, both)) == [0, -1]
