"""Verdicts that start as what nobody checked: `authenticated = 0` that became `authenticated = c->flags & LOCAL`."""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.view import View

_VERDICT = re.compile(
    r"(?i)(?:.*[\s.>*])?(?:is_?)?(?:authenticated|authori[sz]ed|verified|trusted|granted|permitted|allowed|logged_?in|auth_?(?:ok|done)|admitted)"
)
_NO = frozenset({"false", "False", "FALSE", "0", "nil", "None", "null", "NULL"})
_NAME = re.compile(r"[A-Za-z_]\w*")
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")


def presumed(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield a verdict that began as a no until a check was made, and begins now as what something else says."""
    one, two = view.sides[0][place], view.sides[1][other]
    both = {one.kind, two.kind} <= {"assign", "declare"} and one.target == two.target
    if not both or not _VERDICT.fullmatch(one.target.strip()) or one.value.strip(" ;") not in _NO:
        return
    value = two.value.strip(" ;")
    if value in _NO or not _NAME.search(value) or two.calls or _CONSTANT.fullmatch(value):
        return
    if any(later.target == two.target and later.calls for later in view.sides[1][other + 1 :]):
        yield Weak("return", one.text, two.text, how="presumed")
