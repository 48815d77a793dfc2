"""Cases that lead to a guard: `if (action in (CREATE, DELETE)) return [IsAdmin()]` asks for it in the cases of a list.

There a longer list keeps more people out, and a shorter one lets them in.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import body
from zoll.compare.conditions import Weak
from zoll.compare.view import View
from zoll.parse.code import Statement

_GUARD = re.compile(
    r"\bIs(?:Admin|Authenticated|Owner|Staff|Super)\w{0,30}|\b\w{0,20}Permissions?\(|\brequire_?(?:[Aa]uth|[Ll]ogin|[Aa]dmin|[Rr]ole)\w{0,12}|"
    r"\blogin_required|\bauthenticate[!\w]{0,12}\b|\bcheck_?(?:[Aa]ccess|[Pp]ermission|[Tt]oken|[Cc]srf)\w{0,12}|\bverify_?(?:[Tt]oken|[Cc]srf|[Ss]ignature)\w{0,12}"
)
_ITEM = re.compile(r"[\w.*/:-]+")


def asks_a_guard(side: Sequence[Statement], index: int) -> bool:
    """Tell whether what a condition leads to is a guard."""
    own = body(side, index)[:2]
    return side[index].kind == "condition" and any(_GUARD.search(one.text[:300]) for one in own)


def fewer_guarded(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield the cases in which a guard is asked no more."""
    if not asks_a_guard(view.sides[0], place) or not asks_a_guard(view.sides[1], other):
        return
    for old, new in zip(view.sides[0][place].tests, view.sides[1][other].tests, strict=False):
        if old.op == new.op == "in" and old.left == new.left and old.negated == new.negated:
            before, after = (set(_ITEM.findall(test.right)) for test in (old, new))
            gone = before - after if not old.negated else after - before
            if gone and not (after - before if not old.negated else before - after):
                yield Weak("scope", ", ".join(sorted(gone)), "")
