"""Conditions of source that were turned round along with what they lead to: nothing is decided otherwise.

`if (a == b) { return n; } else { ...; return -1; }` that became `if (a != b) { ...; return -1; } return n;`, and
`if (a && b) work()` that became the early way out `if (!a || !b) return; work()`.
"""

from collections.abc import Sequence

from zoll.compare.atoms import body, ends
from zoll.compare.conditions import says_opposite
from zoll.compare.view import View
from zoll.parse.code import Statement

_LOOPS = frozenset({"for", "while", "do", "until"})
_MOST = 200  # statements behind a condition that are looked at


def inverted(view: View, place: int, other: int) -> bool:
    """Tell whether two conditions ask the opposite, and each leads to what the other one's other side led to."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.kind != "condition" or two.kind != "condition" or {one.word, two.word} & _LOOPS or not one.tests:
        return False
    return says_opposite(one, two) and (_swapped(view, place, other) or _left_early(view, place, other))


def _swapped(view: View, place: int, other: int) -> bool:
    """Tell whether both sides of a condition end as the other sides of the other one do."""
    mine, theirs = _ends(view.sides[0], place), _ends(view.sides[1], other)
    return "" not in mine and mine[0] != mine[1] and mine == theirs[::-1]


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


def _left_early(view: View, place: int, other: int) -> bool:
    """Tell whether a condition leaves at once, and what its opposite led to is done after it."""
    mine, theirs = body(view.sides[0], place), body(view.sides[1], other)
    if not mine or len(theirs) != 1 or not ends(theirs[0]):
        return False
    led_to = {late.text for late in view.sides[1][other + 1 :] if late.within == view.sides[1][other].within}
    return sum(late.text in led_to for late in mine) * 2 > len(mine)
