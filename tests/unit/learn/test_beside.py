"""Pieces of learning give in workers what they would give here, and what is wrong with them is one line."""

import os

import numpy as np
import pytest

from zoll.errors import BadInput
from zoll.learn.beside import beside


def test_each_piece_gives_its_scores():
    whole = np.arange(6, dtype=np.float64)
    found = beside(3, lambda piece: {piece: whole[2 * piece : 2 * piece + 2], 3 + piece: np.zeros(0)})
    assert {number: scores.tolist() for number, scores in found.items()} == {
        0: [0.0, 1.0],
        1: [2.0, 3.0],
        2: [4.0, 5.0],
        3: [],
        4: [],
        5: [],
    }
    found[0] += 1  # what came back is the asker's own


def test_nothing_to_do_gives_nothing():
    assert beside(0, lambda piece: {piece: np.zeros(1)}) == {}


def test_what_is_wrong_with_the_input_is_told():
    def work(piece):
        raise BadInput("learning needs SciPy")

    with pytest.raises(BadInput, match="needs SciPy"):
        beside(2, work)


def test_a_worker_that_falls_is_told():
    with pytest.raises(BadInput, match="learning stopped"):
        beside(1, lambda piece: os.abort())
