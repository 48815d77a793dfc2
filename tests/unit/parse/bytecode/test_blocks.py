"""Instructions cut into blocks."""

import pytest

from zoll.parse.bytecode import blocks
from zoll.parse.bytecode.blocks import Condition, Handler, Instruction, TooMuch, Value, cut


def test_blocks_end_where_something_branches_and_begin_where_it_leads():
    code = [
        Instruction(0, "ask", None, 1, (3,), "branch"),
        Instruction(1, "one"),
        Instruction(2, "leave", None, 0, (), "stop"),
        Instruction(3, "two", None, 0, (), "stop"),
    ]
    made = cut(code, [])
    assert [(block.start, block.kind, block.after) for block in made] == [
        (0, "branch", [2, 1]),
        (1, "stop", []),
        (3, "stop", []),
    ]


def test_what_is_tried_knows_what_catches():
    code = [Instruction(at, "x", None, 0, (), "stop" if at == 2 else "") for at in range(3)]
    assert [block.catches for block in cut(code, [Handler(0, 1, 2)])] == [[2], [], []]


def test_a_method_of_too_many_blocks_is_refused(monkeypatch):
    monkeypatch.setattr(blocks, "MOST_BLOCKS", 2)
    with pytest.raises(TooMuch):
        cut([Instruction(at, "x", None, 0, (), "stop") for at in range(3)], [])


def test_a_new_array_shows_its_items_and_a_sum_its_brackets():
    assert Value("new int[]", items=["1", "2"]).text == "new int[] {1, 2}"
    assert Value("a + b", atom=False).inner == "(a + b)"
    assert Condition("a", "b").contrary == Condition("b", "a")
