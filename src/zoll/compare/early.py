"""Conditions that were turned into an early way out: `if (a && b) work()` became `if (!a || !b) return; work()`."""

from zoll.compare.atoms import body, ends
from zoll.compare.conditions import says_opposite
from zoll.compare.view import View


def left_early(view: View, place: int, other: int) -> bool:
    """Tell whether a condition asks the very opposite, leaves at once, and what it led to is done after it."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.kind != "condition" or two.kind != "condition" or not says_opposite(one, two):
        return False
    mine, theirs = body(view.sides[0], place), body(view.sides[1], other)
    if not mine or len(theirs) != 1 or not ends(theirs[0]):
        return False
    led_to = {late.text for late in view.sides[1][other + 1 :] if late.within == two.within}
    return sum(late.text in led_to for late in mine) * 2 > len(mine)
