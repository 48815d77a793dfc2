import numpy as np

from zoll.pairing.executables.matching import Matching
from zoll.pairing.executables.objects import NOWHERE, paired_data, twin
from zoll.pairing.executables.side import Machine
from zoll.parse.machine.image import Image, Region, Sweep

BASE, DATA = 0x1000, 0x8000


def made(references, digests):
    """Return an executable whose functions refer to data (rows of function and address)."""
    code = bytes(64 * len(digests))
    regions = (
        Region(".text", BASE, 0, len(code), len(code), "rx"),
        Region(".bss", DATA, 0, 0, 0x1000, "rw"),
    )
    count = len(digests)
    swept = Sweep(
        np.arange(count, dtype=np.int64) * 64 + BASE,
        np.full(count, 60, np.int64),
        np.array(digests, np.uint64),
        np.full(count, 15, np.int64),
        np.zeros((0, 2), np.int64),
        np.array(references, np.int64).reshape(-1, 2),
        np.zeros((count, 64), np.uint8),
        np.zeros((0, 2), np.int64),
        {},
    )
    return Machine(Image(code, "program", "x86-64", regions=regions), swept)


def found(old, new):
    one, two = made(*old), made(*new)
    matching = Matching(one, two)
    everything = np.arange(one.count)
    matching.put(everything, everything, 1)
    data = paired_data(one, two, matching)
    return dict(zip(data[0].tolist(), data[1].tolist(), strict=True))


def test_data_pair_as_equal_code_refers_to_them():
    rows = [(0, DATA), (0, DATA + 8), (1, DATA + 8)]
    moved = [(at, address + 0x100) for at, address in rows]
    assert found((rows, [1, 2]), (moved, [1, 2])) == {DATA: DATA + 0x100, DATA + 8: DATA + 0x108}


def test_a_tie_pairs_nothing():
    assert found(([(0, DATA), (1, DATA)], [1, 2]), ([(0, DATA), (1, DATA + 8)], [1, 2])) == {}


def test_a_single_vote_against_the_layout_around_it_does_not_count():
    rows = [(0, DATA), (1, DATA), (2, DATA + 8), (3, DATA + 16), (4, DATA + 16)]
    other = [*rows[:2], (2, DATA + 0x80), *rows[3:]]
    assert found((rows, [1, 2, 3, 4, 5]), (other, [1, 2, 3, 4, 5])) == {DATA: DATA, DATA + 16: DATA + 16}


def test_data_between_others_that_did_not_move_pair_too():
    rows = [(0, DATA), (1, DATA), (2, DATA + 8), (2, DATA + 12), (3, DATA + 16), (4, DATA + 16)]
    assert found((rows, [1, 2, 3, 4, 5]), (rows, [1, 2, 9, 4, 5]))[DATA + 8] == DATA + 8


def test_unknown_data_are_nowhere():
    known = np.array([5], np.uint64), np.array([7], np.uint64)
    assert twin(known, np.array([5, 6], np.uint64)).tolist() == [7, int(NOWHERE)]
