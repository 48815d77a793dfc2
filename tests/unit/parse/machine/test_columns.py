"""Slices of code, and which instruction belongs to which function."""

import numpy as np

from zoll.parse.machine.columns import Block, Stretch, behind, blocks, pieces, signed


def numbers(*values):
    return np.array(values, np.int64)


def test_instructions_belong_to_the_function_that_they_stand_in():
    block = Block(100, np.zeros(12, np.uint8), numbers(100, 106), numbers(104, 112), False, 0)
    assert block.owner(np.arange(0, 12, 2, dtype=np.int32)).tolist() == [0, 0, -1, 1, 1, 1]


def test_blocks_end_where_the_instruction_set_changes():
    stretch = Stretch(0, np.zeros(40, np.uint8))
    found = blocks(stretch, numbers(0, 10, 20), numbers(10, 20, 40), np.array([False, True, True]), 5)
    assert [(one.first, one.compact, one.starts.tolist()) for one in found] == [(5, False, [0]), (6, True, [10, 20])]


def test_pieces_cover_a_stretch_once():
    stretch = Stretch(64, np.zeros(9_000_000, np.uint8))
    found = list(pieces(stretch, numbers(64, 100, 4_000_000)))
    assert sum(len(piece.data) for piece, _, _ in found) == 9_000_000
    assert all((starts < ends).all() for _, starts, ends in found)


def test_code_behind_a_stop_begins_anew_also_behind_room():
    flags = [np.array([bool(one) for one in row]) for row in ([1, 0, 0, 0, 0], [0, 0, 0, 1, 0], [0, 1, 0, 0, 0])]
    assert behind(*flags).tolist() == [False, False, True, False, False]


def test_numbers_get_their_sign():
    assert signed(np.array([0xFF, 0x7F, 0x80]), 8).tolist() == [-1, 127, -128]
