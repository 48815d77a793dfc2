"""What a place set in every case and now sets the other way in one: `warn = 1` that became `warn = known ? 0 : 1`.

Told of what tells that something is wrong, or asks for a protection, and is no longer set; and of what lets in, and now
is set after all.
"""

from collections.abc import Iterator, Sequence

from zoll.compare.atoms import RESULTS
from zoll.compare.conditions import Weak
from zoll.compare.returned import said_by
from zoll.compare.steps import keeps_on
from zoll.compare.strength import says, words_of
from zoll.compare.view import View
from zoll.parse.code import Statement

_YES = frozenset({"1", "true", "True", "TRUE", "YES", "yes", "on", "!0"})
_NO = frozenset({"0", "false", "False", "FALSE", "NO", "no", "off", "!1"})
_WRONG = frozenset(
    {"mismatch", "mismatched", "differs", "error", "errors", "err", "fail", "failed", "failure", "fault", "invalid"}
    | {"expired", "revoked", "locked", "denied", "blocked", "banned", "rejected", "tainted", "untrusted", "warn"}
    | {"warning", "alarm", "alert", "tampered", "corrupt", "forbidden", "suspicious", "compromised", "must"}
)
_RIGHT = frozenset(
    {"authenticated", "authorized", "authorised", "granted", "allowed", "permitted", "trusted", "verified", "admin"}
    | {"privileged", "accepted", "loggedin", "superuser", "root"}
)
_NEAR = 12  # statements behind a condition in which its two sides are looked for


def excepted(view: View) -> Iterator[tuple[int, Weak, Statement, Statement]]:
    """Yield the run, the weakening and both statements, where a new condition lets one case out."""
    old, new = view.sides
    for index in range(len(view.runs)):
        for place in view.inserted(index):
            if new[place].kind != "condition":
                continue
            for other in range(place + 1, min(place + 1 + _NEAR, len(new))):
                one = old[view.back[other]] if new[other].within == place and other in view.back else None
                if one and new[place].within == view.partner.get(one.within, -1):
                    yield from ((index, weak, one, new[place]) for weak in _turned(new, place, one, new[other]))
                    yield from ((index, weak, one, new[place]) for weak in _saved(view, place, one, other))


def _saved(view: View, place: int, one: Statement, other: int) -> Iterator[Weak]:
    """Yield a choice whose one side is the failure that was the only result, and whose other side is a success."""
    old, new = view.sides
    two = new[other]
    told = one.kind == two.kind and (one.kind == "return" or (_set_so(one) and one.target == two.target))
    if not told or new[place].word != "?" or said_by(old, one) != "failure":
        return
    beside = [side for side in new[place + 1 : place + 1 + _NEAR] if side.within == place and side.branch != two.branch]
    for side in (two, *beside):
        if side.kind == two.kind and said_by(new, side) == "success":
            yield Weak("return", one.value, f"{new[place].text.strip('?: ')[:50]}: {side.value}", how="saved")
            return


def _set_so(one: Statement) -> bool:
    return one.kind in {"assign", "declare"} and one.target.lower() in RESULTS


def _turned(new: Sequence[Statement], place: int, one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield how a condition sets what was always set: to the same on one side, to the opposite on the other."""
    if not _sets(one) or not _sets(two) or one.target != two.target:
        return
    value, both = one.value.strip(), {two.value.strip(), *(side.value.strip() for side in _beside(new, two))}
    turned = both & (_NO if value in _YES else _YES)
    if value in both and turned and _matters(one.target, yes=value in _YES):
        case = f"{new[place].text.strip('?: ')[:50]}: {min(turned)}"
        yield Weak("scope", f"{one.target} = {value}", case, how="excepted")


def _sets(one: Statement) -> bool:
    return one.kind == "assign" and one.operator in ("", "=") and one.value.strip() in _YES | _NO


def _beside(side: Sequence[Statement], two: Statement) -> Iterator[Statement]:
    """Yield what the other side of a statement's condition sets the same target to."""
    for one in side[two.within + 1 : two.within + 1 + _NEAR]:
        if one.within == two.within and one.branch != two.branch and _sets(one) and one.target == two.target:
            yield one


def _matters(target: str, *, yes: bool) -> bool:
    """Tell whether a flag that was always yes tells of something wrong or protects, or one that was no lets in."""
    name = target.replace("->", ".").rsplit(".", 1)[-1]
    words = set(words_of(name))
    if yes:
        return bool(words & _WRONG) or (keeps_on(name) and not words & _RIGHT)
    return bool(words & _RIGHT) or says(name, "loose")
