"""What hung on a check and no longer does, though the check stands: it was turned round and does not leave.

`if (verify(c)) { grant(c); return 0; }` that became `if (!verify(c)) warn(c); grant(c); return 0;`.
"""

from collections.abc import Iterator

from zoll.compare.lost import Lost
from zoll.compare.strength import named
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_MOST = 200
_DOES = frozenset({"call", "return", "assign"})
_LEAVES = frozenset({"return", "throw", "jump"})


def freed(view: View) -> Iterator[Lost]:
    """Yield guards whose outcome no longer keeps what they decided about from happening."""
    for index, run in enumerate(view.runs):
        homes = {view.sides[0][place].within for place, _ in run.pairs[:_MOST]} - {-1}
        asked = [*run.pairs[:_MOST], *((home, view.kept[home]) for home in sorted(homes) if home in view.kept)]
        for place, other in asked:
            one, two = view.sides[0][place], view.sides[1][other]
            call = _asked(one)
            if not call or call != _asked(two) or _leaves(view, other):
                continue
            if any(_beside(view, inner, other) for inner in _inside(view, place)):
                yield Lost(index, "guard", two.text, call, "", "", two.line)


def _asked(statement: Statement) -> str:
    """Return the guard that a condition asks alone, "" where it asks none or more than one thing."""
    if statement.kind != "condition" or len(statement.tests) != 1:
        return ""
    test = statement.tests[0]
    name = test.call or test.via
    return name if test.via or named(last(name), "guard") else ""


def _leaves(view: View, place: int) -> bool:
    side = view.sides[1]
    return any(one.within == place and one.kind in _LEAVES for one in side[place + 1 : place + 1 + _MOST])


def _inside(view: View, place: int) -> Iterator[int]:
    """Yield what an old condition encloses and does, not what stands in its other branch."""
    for inner in range(place + 1, min(len(view.sides[0]), place + 1 + _MOST)):
        statement = view.sides[0][inner]
        if statement.within == place and statement.kind in _DOES and statement.branch != "else":
            yield inner


def _beside(view: View, inner: int, other: int) -> bool:
    """Tell whether a statement that was inside follows the new condition on its own level."""
    after = view.partner.get(inner, -1)
    return after > other and view.sides[1][after].within == view.sides[1][other].within
