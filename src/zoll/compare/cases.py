"""Bounds that are a compiler's way to find a value among the cases of a table."""

import re

from zoll.compare.atoms import Atom
from zoll.compare.strength import number

_ORDERS = frozenset({"<", "<=", ">", ">="})
_HALVED = 128  # cases are signs and small numbers
_CASES = 4  # that one release adds to a table of them
_FROM_FIRST = re.compile(r"\+ ?- ?\d{1,9}\)?\Z")


def few_more_cases(old: Atom, new: Atom) -> bool:
    """Tell whether a table of cases grew by a few: compilers ask whether a value stands in it by `(x + -1) > 23`."""
    return _few_more(old, new) and bool(_FROM_FIRST.search(old.left))


def among_cases(old: Atom, new: Atom, rejecting: tuple[bool, bool]) -> bool:
    """Tell whether two bounds of machine code may be what a compiler asks to find a value among cases, half by half."""
    one, two = number(old.right), number(new.right)
    small = one is not None and two is not None and max(abs(one), abs(two)) < _HALVED
    return old.op in _ORDERS and (_few_more(old, new) or (small and rejecting != (True, True)))


def _few_more(old: Atom, new: Atom) -> bool:
    one, two = number(old.right), number(new.right)
    return one is not None and two is not None and abs(two - one) <= _CASES
