"""Conditions of machine code that were only turned round: compilers choose which side of a branch comes first."""

import re
from collections import Counter

from zoll.compare.atoms import body
from zoll.compare.statements import Statements
from zoll.compare.view import View
from zoll.parse.code import Test

_OPPOSITE = {"!=": "==", ">=": "<", "<=": ">"}
_MOST = 120  # statements under a condition that are looked at
UNKNOWN = "v"  # what several ways brought: nobody knows whether it is the same on both sides
Ways = tuple[Counter[str], Counter[str]]
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
    if one.tests[0].left == UNKNOWN:
        return not _straight(_ways(view.sides[0], place), _ways(view.sides[1], other))
    mine, theirs = body(view.sides[0], place), body(view.sides[1], other)
    if not mine or not theirs or mine[0].text != theirs[0].text:
        return True
    return _crossed(_ways(view.sides[0], place), _ways(view.sides[1], other))


def _crossed(mine: Ways, theirs: Ways) -> bool:
    """Say whether what one condition leads to is what the other does not."""
    return _shared(mine, theirs) < _shared(mine, theirs[::-1])


def _straight(mine: Ways, theirs: Ways) -> bool:
    """Say whether both lead to the same, and not to what the other does not."""
    return _shared(mine, theirs) > _shared(mine, theirs[::-1])


def _shared(mine: Ways, theirs: Ways) -> int:
    return sum((one & two).total() for one, two in zip(mine, theirs, strict=True))


def _ways(side: Statements, place: int) -> Ways:
    """Return what stands under a condition, in its main branch and in the other one; without what is set there."""
    ways: Ways = (Counter(), Counter())
    branch: dict[int, int] = {}
    for at in range(place + 1, min(place + 1 + _MOST, len(side))):
        one = side[at]
        if one.within == place:
            branch[at] = int(one.branch == "else")
        elif one.within in branch:
            branch[at] = branch[one.within]
        else:
            break
        if one.kind != "assign":
            ways[branch[at]][one.text] += 1
    return ways


def _form(test: Test) -> tuple[str, str, str, str, str]:
    """Return what a test asks, whichever way round."""
    operator, right = _OPPOSITE.get(test.op, test.op), test.right
    if operator in {"<", ">"} and _NUMBER.fullmatch(right):
        least = int(right, 0) + (test.op in {">", "<="})  # `x > 8` and `x < 9` are each other's opposite
        operator, right = "<", str(least)
    return operator, test.left, right, test.via, test.length
