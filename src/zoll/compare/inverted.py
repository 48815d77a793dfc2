"""Conditions of source that were turned round along with their branches: nothing is decided otherwise.

`if (a == b) { return n; } else { ...; return -1; }` that became `if (a != b) { ...; return -1; } return n;`.
"""

from collections.abc import Sequence

from zoll.compare.view import View
from zoll.parse.code import Statement, Test

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_JOINS = {"&&": "||", "||": "&&"}
_LOOPS = frozenset({"for", "while", "do", "until"})
_MOST = 200  # statements behind a condition that are looked at


def inverted(view: View, place: int, other: int) -> bool:
    """Tell whether two conditions ask the opposite, and each leads to what the other one's other side led to."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.kind != "condition" or two.kind != "condition" or {one.word, two.word} & _LOOPS or not one.tests:
        return False
    if len(one.tests) != len(two.tests) or [_JOINS.get(join, join) for join in one.joins] != list(two.joins):
        return False
    if not all(_opposed(old, new) for old, new in zip(one.tests, two.tests, strict=True)):
        return False
    mine, theirs = _ends(view.sides[0], place), _ends(view.sides[1], other)
    return "" not in mine and mine[0] != mine[1] and mine == theirs[::-1]


def _opposed(old: Test, new: Test) -> bool:
    if (old.left, old.right, old.via, old.length) != (new.left, new.right, new.via, new.length):
        return False
    if old.op == new.op:
        return old.negated != new.negated
    return old.negated == new.negated and _OPPOSITE.get(old.op) == new.op


def _ends(side: Sequence[Statement], place: int) -> tuple[str, str]:
    """Return with what a condition's two sides end; where there is no `else`, the rest of the block is the other."""
    own = rest = other = ""
    here = side[place]
    for one in side[place + 1 : place + 1 + _MOST]:
        if one.within == place:
            own, other = (own, one.text) if one.branch == "else" else (one.text, other)
        elif one.within == here.within and one.branch == here.branch:
            rest = one.text
        elif one.within < place:
            break
    return own, other or rest
