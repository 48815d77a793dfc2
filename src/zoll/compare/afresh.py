"""What went on from what there was and now starts afresh, so that what was asked before counts no more.

`rows = rows.filter(name=n)` that became `rows = Row.objects.filter(name=n)`; `ok = ok and fits(a)` that became
`ok = fits(a)`.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.owned import SEARCHES
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_SETS = frozenset({"assign", "declare"})
_PLAIN = frozenset({"", "=", ":="})
_TARGET = re.compile(r"(?:let |const |var )?([$@]?\w[\w.$>-]{0,60})")
_REACH = 40
_LONG = 1500


def afresh(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield a search among what was found, or a verdict joined to the last one, that stands alone now."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.text == two.text or not _sets_again(one, two):
        return
    target = _TARGET.match(two.target)
    if target is None or not _goes_on(one, two, target[1]) or _mentions(two.value, target[1]):
        return
    if _set_before(view, other, two.target):
        yield Weak("argument", one.value.strip(" ;"), two.value.strip(" ;"), how="afresh")


def _sets_again(one: Statement, two: Statement) -> bool:
    same = one.target == two.target and {one.kind, two.kind} <= _SETS and {one.operator, two.operator} <= _PLAIN
    return same and bool(two.target) and max(len(one.text), len(two.text)) <= _LONG


def _goes_on(one: Statement, two: Statement, target: str) -> bool:
    """Tell whether a value is searched among the one before it, or holds only where that holds."""
    own = re.escape(target)
    if re.match(rf"{own}\s?(?:and\b|&&?)|.*(?:\band|&&?)\s?{own}[;\s]*\Z", one.value, re.DOTALL):
        return True
    searched = {last(call.name) for call in one.calls if SEARCHES.search(call.name)}
    on = re.match(rf"{own}\s?(?:\.|->|::|\?\.)", one.value) is not None
    return on and not searched.isdisjoint(last(call.name) for call in two.calls)


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w$]){re.escape(name)}(?!\w)", text) is not None


def _set_before(view: View, other: int, target: str) -> bool:
    """Tell whether the new function still sets the same thing before, as the old one did."""
    first = max(0, other - _REACH)
    return any(one.target == target and at in view.back for at, one in enumerate(view.sides[1][first:other], first))
