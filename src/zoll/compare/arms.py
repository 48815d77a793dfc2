"""Cases that refused and now do what another case of the same switch does, and cases that refuse less than before."""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.returned import gives_up
from zoll.compare.view import View
from zoll.parse.code import Statement

_REACH = 120
_MOST = 20
_PIECE = re.compile(r"\w+(?:::\w+)*|\.\.=?|[^\s\w]")
_ANYTHING = frozenset({"_", ".."})
_PIECES = 120


def opened(view: View) -> Iterator[tuple[int, Statement, Statement]]:
    """Yield the run, the refusal of a case that stays, and what a case beside it does, which it does now as well."""
    old, new = view.sides
    for index, run in enumerate(view.runs):
        for place in range(run.old[0], min(run.old[1], run.old[0] + _MOST)):
            one = old[place]
            if one.within < 0 or old[one.within].kind != "case" or not _refuses(old, one):
                continue
            case = view.kept.get(one.within, -1)
            came = [new[at] for at in range(run.new[0], min(run.new[1], run.new[0] + _MOST)) if new[at].within == case]
            two = next((two for two in came if two.calls and not _refuses(new, two)), None)
            if case >= 0 and two and two.text in _done_beside(old, one.within):
                yield index, one, two


def _refuses(side: Sequence[Statement], one: Statement) -> bool:
    return one.kind == "throw" or (one.kind == "return" and bool(one.text) and gives_up(side, one))


def _done_beside(side: Sequence[Statement], case: int) -> set[str]:
    """Return what the other cases of a case's switch do."""
    switch = side[case].within
    near = range(max(0, case - _REACH), min(case + _REACH, len(side)))
    cases = {at for at in near if side[at].kind == "case" and side[at].within == switch and at != case}
    return {side[at].text for at in near if side[at].within in cases}


def fewer_refused(view: View, place: int, other: int) -> tuple[str, str]:
    """Return what a refusing case was and is where it takes in less: `(_, false)` became `(Some(_), false)`.

    What another case of the switch refuses newly, or all that is left over, is refused as before.
    """
    old, new = view.sides
    one, two = old[place], new[other]
    patterns = _pattern(one), _pattern(two)
    if not all(patterns) or not (_body_refuses(old, place) and _body_refuses(new, other)):
        return "", ""
    guarded = patterns[0] == patterns[1] and len(one.tests) == 1 < len(two.tests)
    if not (guarded or _narrows(*patterns)) or _refused_elsewhere(view, other):
        return "", ""
    return (one.text, two.text) if guarded else patterns


def _pattern(one: Statement) -> str:
    return one.tests[0].right if one.kind == "case" and one.tests and one.tests[0].op == "case" else ""


def _narrows(old: str, new: str) -> bool:
    """Tell whether a pattern is the other but for one place that took anything and takes something now."""
    mine, theirs = _PIECE.findall(old)[:_PIECES], _PIECE.findall(new)[:_PIECES]
    start = 0
    while start < min(len(mine), len(theirs)) and mine[start] == theirs[start]:
        start += 1
    rest = len(mine) - start - 1
    if rest < 0 or mine[start] not in _ANYTHING or mine[start + 1 :] != theirs[len(theirs) - rest :]:
        return False
    came = theirs[start : len(theirs) - rest]
    binds = len(came) == 1 and came[0].islower() and came[0] not in {"true", "false", "null"}
    return bool(came) and not binds and came[0][:1] not in _ANYTHING


def _body_refuses(side: Sequence[Statement], case: int) -> bool:
    own = [one for one in side[case + 1 : case + 1 + _MOST] if one.within == case]
    return bool(own) and _refuses(side, own[-1])


def _refused_elsewhere(view: View, other: int) -> bool:
    """Tell whether a new case of the same switch refuses, or its last one, which takes what is left over."""
    new = view.sides[1]
    cases = [at for at in range(max(0, other - _REACH), min(other + _REACH, len(new))) if new[at].kind == "case"]
    beside = [at for at in cases if new[at].within == new[other].within and at != other]
    return any(at not in view.back and _body_refuses(new, at) for at in beside) or (
        bool(beside) and beside[-1] > other and _body_refuses(new, beside[-1])
    )
