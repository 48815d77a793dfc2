"""Cases that went over to another arm of their switch: what was refused succeeds there, or nobody asks for a right.

`case OK: return 0; case REPLAY: case BAD: return -1;` in which `case REPLAY:` stands beside `case OK:` now.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.conditions import Weak
from zoll.compare.returned import said_by
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_RIGHTS = re.compile(
    r"(?i)capable|permi[ts]|privileg|allowed|authori[sz]|access_ok|may_|_can_|is_?(?:admin|root|super)"
)
_REACH = 160
_ARM = 24
_MOST = 20


def rearmed(view: View) -> Iterator[tuple[int, Weak, Statement, Statement]]:
    """Yield the run, the weakening and both cases, where a label of one that refused or checked stands elsewhere."""
    old, new = view.sides
    stayed = set(view.kept.values())
    for index, run in enumerate(view.runs):
        cases = [at for at in range(*run.new)[:_MOST] if new[at].kind == "case" and at not in stayed]
        for other in cases:
            for label in _labels(new[other]):
                home = _home(view, other, label)
                if home >= 0 and (why := _let_go(view, home, other)):
                    yield (
                        index,
                        Weak("return", f"{label}: {why}", _beside(new[other], label), how="rearmed"),
                        old[home],
                        new[other],
                    )


def _labels(case: Statement) -> list[str]:
    return [test.right for test in case.tests if test.op == "case" and test.right]


def _home(view: View, other: int, label: str) -> int:
    """Return the old case that a label stood at beside others, -1 where it stood with the same ones as now."""
    old, new = view.sides
    switch = new[other].within
    at = view.back.get(switch, -1)
    if at < 0:
        return -1
    homes = [
        place
        for place in range(at + 1, min(at + _REACH, len(old)))
        if old[place].within == at and label in _labels(old[place])
    ]
    if len(homes) != 1:
        return -1
    beside = {one for one in _labels(new[other]) if one != label}
    here = next(
        (
            place
            for place in range(at + 1, min(at + _REACH, len(old)))
            if old[place].within == at and beside & set(_labels(old[place]))
        ),
        -1,
    )
    return homes[0] if here >= 0 and here != homes[0] else -1


def _let_go(view: View, home: int, other: int) -> str:
    """Return what the old arm did to keep something out and the new one does not, "" for nothing."""
    old, new = _arm(view.sides[0], home), _arm(view.sides[1], other)
    asked = {last(test.call) for one in old for test in one.tests if test.call and _RIGHTS.search(last(test.call))}
    asked -= {last(call.name) for one in new for call in one.calls}
    if asked:
        return min(asked)
    ends = [[one for one in arm if one.kind == "return"][-1:] for arm in (old, new)]
    if (
        not all(ends)
        or said_by(view.sides[0], ends[0][0]) != "failure"
        or said_by(view.sides[1], ends[1][0]) != "success"
    ):
        return ""
    return ends[0][0].value


def _arm(side: Sequence[Statement], case: int) -> list[Statement]:
    """Return what stands under a case, at any depth."""
    inside, found = {case}, []
    for at in range(case + 1, min(case + 1 + _ARM, len(side))):
        if side[at].within not in inside:
            break
        inside.add(at)
        found.append(side[at])
    return found


def _beside(case: Statement, label: str) -> str:
    return next(one for one in _labels(case) if one != label)
