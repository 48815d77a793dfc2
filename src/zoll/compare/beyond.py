"""Refusals behind a loop that ask for what it never reaches: `i == n`, now `i > n`, behind `for (; i < n; i++)`."""

import re
from collections.abc import Iterator

from zoll.compare.atoms import rejects
from zoll.compare.conditions import Weak
from zoll.compare.view import View

_NAME = re.compile(r"[A-Za-z_]\w*")
_LOOPS = frozenset({"for", "while"})
_REACH = 12  # statements between a loop and what asks how far it came


def beyond(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield a refusal of who was not found in a loop that refuses nobody now."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.kind != "condition" or two.kind != "condition" or len(one.tests) != 1 or len(two.tests) != 1:
        return
    old, new = one.tests[0], two.tests[0]
    sides = (old.left, old.right) == (new.left, new.right) and bool(_NAME.fullmatch(old.left))
    if not sides or (old.op, new.op) not in {("==", ">"), (">=", ">")} or not rejects(view.sides[0], place):
        return
    for at in range(max(0, other - _REACH), other):
        loop = view.sides[1][at]
        if loop.word in _LOOPS and any(
            (test.left, test.op, test.right) == (new.left, "<", new.right) for test in loop.tests
        ):
            yield Weak("operator", f"{old.left} {old.op} {old.right}", f"{new.left} {new.op} {new.right}", how="beyond")
            return
