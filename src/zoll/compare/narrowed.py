"""Conditions that newly refuse, or refuse more, before what a function did already: they let through less, not more.

`if (command != AUTH) return ERR_MALFORMED;` before a success that was returned before is a check that was added. That
success hangs on the command now, so a gate is read off it; told as something gained it would be a way in.
"""

from collections.abc import Iterable, Sequence

from zoll.compare.atoms import body
from zoll.compare.returned import outcome
from zoll.compare.stricter import stricter
from zoll.compare.view import View
from zoll.model import Reading
from zoll.parse.code import Statement

_LOOPS = frozenset({"for", "while", "do", "until"})
_MOST = 400
_CLIP = 60  # characters of a statement by which a gate's effect is known


def without_narrowed(view: View, gained: Sequence[Reading]) -> list[Reading]:
    """Return what was gained without gates of what stood before and only lies behind a new check."""
    if not any(_behind(reading) for reading in gained):
        return list(gained)
    view.narrowed = checks, stood = view.narrowed or _checks(view)
    return [
        reading
        for reading in gained
        if not (_behind(reading) and reading.at.start in checks and _effect(reading) in stood)
    ]


def _checks(view: View) -> tuple[set[int], set[str]]:
    """Return the lines of checks that are new or stricter, and what stood before; looked for once for a view."""
    new = view.sides[1]
    checks = {
        new[two].line
        for index in range(len(view.runs))
        for two in view.inserted(index)
        if new[two].kind == "condition" and new[two].word not in _LOOPS and _refuses(body(new, two))
    }
    pairs = (pair for run in view.runs for pair in run.pairs[:_MOST])
    checks |= {new[other].line for place, other in pairs if stricter(view, place, other)}
    return checks, {new[two].text[:_CLIP] for two in view.back}


def _behind(reading: Reading) -> bool:
    return reading.fact.kind == "gate" and reading.fact.trait("side") == "after"


def _effect(reading: Reading) -> str:
    return reading.words.rpartition(" => ")[2][:_CLIP]


def _refuses(own: Iterable[Statement]) -> bool:
    """Say whether a condition's own side ends in what is a failure beyond doubt."""
    last = list(own)[-1:]
    return any(
        one.kind == "throw" or (one.kind == "return" and (outcome(one.value) == "failure" or one.value[:1] == "-"))
        for one in last
    )
