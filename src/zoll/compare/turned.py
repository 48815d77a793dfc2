"""Conditions of machine code that were only turned round: compilers choose which side of a branch comes first."""

import re

from zoll.compare.atoms import body
from zoll.compare.view import View
from zoll.parse.code import Test

_OPPOSITE = {"!=": "==", ">=": "<", "<=": ">"}
_NUMBER = re.compile(r"-?(?:0x[0-9a-f]{1,16}|\d{1,20})")


def turned_round(view: View, place: int, other: int) -> bool:
    """Say whether two conditions ask the same or the opposite, of which now other statements are the main branch.

    A check that was inverted in the source keeps its branch; one that the compiler laid out otherwise does not.
    """
    one, two = view.sides[0][place], view.sides[1][other]
    if one.kind != "condition" or two.kind != "condition" or len(one.tests) != 1 or len(two.tests) != 1:
        return False
    if _form(one.tests[0]) != _form(two.tests[0]):
        return False
    mine, theirs = body(view.sides[0], place), body(view.sides[1], other)
    return not mine or not theirs or mine[0].text != theirs[0].text


def _form(test: Test) -> tuple[str, str, str, str, str]:
    """Return what a test asks, whichever way round."""
    operator, right = _OPPOSITE.get(test.op, test.op), test.right
    if operator in {"<", ">"} and _NUMBER.fullmatch(right):
        least = int(right, 0) + (test.op in {">", "<="})  # `x > 8` and `x < 9` are each other's opposite
        operator, right = "<", str(least)
    return operator, test.left, right, test.via, test.length
