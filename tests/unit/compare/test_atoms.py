"""Atoms: negation worked in, literals to the right, rejecting conditions turned round."""

import pytest

from zoll.compare.atoms import atom, failing, outcome, rejects
from zoll.parse import code
from zoll.parse.code import Statement


def test_turned_and_negated():
    assert atom(code.Test("<", "a", "b"), turned=True).key == (">=", "a", "b", True)
    assert atom(code.Test("==", "a", "b", negated=True), turned=True).key == ("==", "a", "b", True)
    assert atom(code.Test("truth", "a", negated=True), turned=False).key == ("truth", "a", "", False)


def test_literals_go_to_the_right():
    assert atom(code.Test("<", "8", "n"), turned=False).key == (">", "n", "8", True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("true", "success"), ("-1", "failure"), ("ERR_DENIED", "failure"), ("ACCESS_GRANTED", "success"), ("x + 1", "")],
)
def test_outcome(value, expected):
    assert outcome(value) == expected


def test_failing():
    assert failing("-EPERM")
    assert not failing("result")


def test_rejects():
    side = [Statement("condition", "if (a)", 1, 1), Statement("return", "return -1", 2, 2, 0, "then", value="-1")]
    assert rejects(side, 0)
    assert not rejects([side[0], Statement("call", "go()", 2, 2, 0, "then")], 0)
