"""Cases that refused and now do what another case of the same switch does: `New => Err(e)` became `New => serve(s)`."""

from collections.abc import Iterator, Sequence

from zoll.compare.returned import gives_up
from zoll.compare.view import View
from zoll.parse.code import Statement

_REACH = 120
_MOST = 20


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
