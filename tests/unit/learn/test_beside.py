"""Pieces of learning give in workers what they would give here, and what is wrong with them is one line."""

import os

import pytest

from zoll.errors import BadInput
from zoll.learn.beside import beside


def test_each_piece_gives_its_answer_in_order():
    told = ["a", "b", "c", "d", "e"]
    assert list(beside(5, lambda piece: told[piece].encode() * 2)) == [b"aa", b"bb", b"cc", b"dd", b"ee"]


def test_nothing_to_do_gives_nothing():
    assert list(beside(0, lambda piece: b"x")) == []


def test_what_is_wrong_with_the_input_is_told():
    def work(piece):
        raise BadInput("learning needs SciPy")

    with pytest.raises(BadInput, match="needs SciPy"):
        list(beside(2, work))


def test_a_worker_that_falls_is_told():
    with pytest.raises(BadInput, match="learning stopped"):
        list(beside(1, lambda piece: os.abort()))
