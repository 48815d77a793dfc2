"""Conditions that only refuse more than they did: told apart from other alterations, since nobody is let in by them.

What is stricter would be weaker the other way round: `if (len > 4096) throw` that became `if (len > 128) throw`.
"""

from collections import Counter
from collections.abc import Sequence

from zoll.compare.atoms import atoms, body
from zoll.compare.conditions import compare_conditions
from zoll.compare.returned import said_by
from zoll.compare.view import View
from zoll.parse.code import Statement

_LOOPS = frozenset({"for", "while", "do", "until", "?"})
_STEPS = frozenset({"bound", "operator", "joint", "atom", "literal", "length"})


class _Turned:
    """What the conditions of a function are weighed against, with the new function as the old one."""

    def __init__(self, view: View) -> None:
        self.compiled = False  # what a compiler may have made of the same source has been passed over
        self.stems = view.stems[::-1]
        self.vocabulary = Counter[str]()

    def lives(self, _text: str) -> bool:
        """Whatever the old condition asked for counts."""
        return True


def stricter(view: View, place: int, other: int) -> bool:
    """Tell whether two conditions refuse beyond doubt, the new one all that the old one did, and more."""
    one, two = view.sides[0][place], view.sides[1][other]
    if (
        (view.compiled and len(one.tests) + len(two.tests) > 2)
        or one.kind != "condition"
        or two.kind != "condition"
        or {one.word, two.word} & _LOOPS
    ):
        return False
    if not one.tests or not (_refuses(view.sides[0], place) and _refuses(view.sides[1], other)):
        return False
    if not _keeps(one, two) or list(compare_conditions(one, two, (True, True), view, same_body=True)):
        return False
    back = compare_conditions(two, one, (True, True), _Turned(view), same_body=True)
    return any(weak.kind == "weaker" and weak.value in _STEPS for weak in back)


def _refuses(side: Sequence[Statement], index: int) -> bool:
    """Tell whether a condition's own side ends in what is a failure beyond doubt; nought and nothing may be either."""
    end = body(side, index)[-1:]
    return any(one.kind == "throw" or (one.kind == "return" and said_by(side, one) == "failure") for one in end)


def _keeps(one: Statement, two: Statement) -> bool:
    """Tell whether all that was asked about is asked still, or nothing else; `and` and `or` must not be mixed."""
    if len(set(one.joins)) > 1 or len(set(two.joins)) > 1:
        return False
    olds, news = (atoms(side, rejecting=True)[0] for side in (one, two))
    lefts, keys = {new.left for new in news}, {old.key for old in olds}
    return all(old.left in lefts for old in olds) or all(new.key in keys for new in news)
