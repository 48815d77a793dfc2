"""Conditions of machine code that a compiler wrote otherwise: steps of a switch, ends of loops, parts of a load."""

import re

from zoll.compare.turned import UNKNOWN
from zoll.compare.view import View
from zoll.parse.code import Test

_NUMBER = re.compile(r"-?(?:0x[0-9a-f]{1,16}|\d{1,20})")
_LADDER = 3  # numbers that one value is held against: it is sorted by them, in an order that the compiler chooses
_PART = re.compile(r"(.{1,200}?)>>(?:16|32|48)", re.DOTALL)
_COUNTS = ({">", ">="}, {"<", "<="})


def lowered(view: View, place: int, other: int) -> bool:
    """Say whether two conditions may differ by how a compiler asks one question: nobody can say that one is weaker."""
    one, two = view.sides[0][place], view.sides[1][other]
    if len(one.tests) != 1 or len(two.tests) != 1:
        return False
    old, new = one.tests[0], two.tests[0]
    return _of_ladder(view, old, new) or _of_loop(old, new) or _of_load(old, new)


def _of_ladder(view: View, old: Test, new: Test) -> bool:
    """Say whether two tests are steps of a switch: `a == 15` here and `a > 8` there, of a value held against many."""
    if old.left != new.left or old.right == new.right or old.call or new.call:
        return False
    if not (_NUMBER.fullmatch(old.right) and _NUMBER.fullmatch(new.right)) or old.op == new.op:
        return False
    return any(sum(map(_is_number, side.get(old.left, ()))) >= _LADDER for side in view.numbers)


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _of_loop(old: Test, new: Test) -> bool:
    """Say whether what several ways brought is held against nothing left, before a round or behind it."""
    zero = old.left == new.left == UNKNOWN and old.right == new.right == "0"
    return zero and {old.op, new.op} in _COUNTS


def _of_load(old: Test, new: Test) -> bool:
    """Say whether half of a register is held against what all of it was: two fields were fetched in one."""
    if old.op != new.op:
        return False
    asked, (left, right) = {_flat(old.left), _flat(old.right)}, (_flat(new.left), _flat(new.right))
    parts = ((_PART.fullmatch(half), other) for half, other in ((left, right), (right, left)))
    return any(part and {_flat(part[1]), other} == asked for part, other in parts)


def _flat(text: str) -> str:
    """Return an expression without blanks and without the brackets around all of it."""
    flat = "".join(text.split())
    return flat[1:-1] if flat.startswith("(") and flat.endswith(")") and ")" not in flat[:-1] else flat
