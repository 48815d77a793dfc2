"""Identities that a program lays down for good, and that it newly keeps at hand: root can be taken on again.

`setuid` of root changes the real, the effective and the saved user; `seteuid` the effective one alone, and a -1 among
the arguments of `setresuid` leaves one as it is, a nought keeps root (setuid(2), seteuid(2), setresuid(2)).
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.conditions import Weak
from zoll.parse.code import Call, Statement

_FOR_GOOD = re.compile(
    r"(?:posix_)?set(?:res?)?[ug]id\Z|permanently_(?:set|drop)_\w{2,20}\Z|change_privilege\Z", re.IGNORECASE
)
_FOR_A_WHILE = re.compile(r"(?:posix_)?set(?:e|fs)[ug]id\Z|temporarily_(?:use|drop|set)_\w{2,20}\Z", re.IGNORECASE)
_OF_SEVERAL = re.compile(r"setres?[ug]id\Z", re.IGNORECASE)
_STARTED = re.compile(r"get([ug]id)\Z")
_ENDS = re.compile(r"(?i)_?exit|abort|die|\w{0,12}fatal\w{0,3}|panic|errx?|bail\w{0,4}|g_error")
_ROOT = re.compile(r"(?:\(\s?\w{1,20}\s?\)\s?)?0")
_LEFT = re.compile(r"(?:\(\s?\w{1,20}\s?\)\s?)?(?:-1|0xffffffff|4294967295|[ug]id_t::MAX|u32::MAX|!0|None)")


def keeps_identity(sides: tuple[Sequence[Statement], Sequence[Statement]], place: int, other: int) -> Iterator[Weak]:
    """Yield a call that laid an identity down for good and now keeps the way back, which nothing closes later."""
    olds, news = _changing(sides[0][place]), _changing(sides[1][other])
    yield from _effective(sides, place, other)
    yield from _undropped(sides, place, other)
    for old, new in zip(olds, news, strict=False):
        if _FOR_GOOD.match(_last(old)) and _of(old) == _of(new) and _keeps(new) and not _keeps(old):
            before, after = (sum(_lays_down(call, _of(old)) for one in side for call in one.calls) for side in sides)
            if after < before:
                yield Weak("identity", _told(old), _told(new), how="kept")


def _effective(sides: tuple[Sequence[Statement], Sequence[Statement]], place: int, other: int) -> Iterator[Weak]:
    """Yield a question for who started the program that became one for whom it runs as: root, whoever started it.

    It is one where the function also takes on who it was asked for; others only ask whether they may do their work.
    """
    for old, new in zip(sides[0][place].calls, sides[1][other].calls, strict=False):
        started = _STARTED.match(_last(old))
        if started and _last(new) == f"gete{started[1]}" and any(map(_changing, sides[1])):
            yield Weak("identity", _last(old), _last(new), how="effective")


def _undropped(sides: tuple[Sequence[Statement], Sequence[Statement]], place: int, other: int) -> Iterator[Weak]:
    """Yield the end of a program before it laid its rights down that became a return: it goes on with all of them."""
    new = sides[1]
    before, after = ([_last(call) for call in side.calls] for side in (sides[0][place], new[other]))
    ended = next((name for name in before if _ENDS.fullmatch(name) and name not in after), "")
    left = new[other + 1 : other + 2] if ended and new[other].within >= 0 else ()
    gone = any(one.kind == "return" and one.within == new[other].within and not one.value.strip() for one in left)
    if gone and any(_FOR_GOOD.match(_last(call)) for one in new[other + 1 :] for call in one.calls):
        yield Weak("identity", ended, "return", how="undropped")


def _lays_down(call: Call, whose: str) -> bool:
    return bool(_FOR_GOOD.match(_last(call))) and not _keeps(call) and _of(call) == whose


def _changing(statement: Statement) -> Sequence[Call]:
    return [one for one in statement.calls if _FOR_GOOD.match(_last(one)) or _FOR_A_WHILE.match(_last(one))]


def _keeps(call: Call) -> bool:
    last = _last(call)
    if _FOR_A_WHILE.match(last) or not _OF_SEVERAL.match(last):
        return bool(_FOR_A_WHILE.match(last))
    roots = [bool(_ROOT.fullmatch(one)) for one in call.args]
    return any(map(_LEFT.fullmatch, call.args)) or (roots[-1] and not all(roots))  # the last one is the saved one


def _of(call: Call) -> str:
    """Return whose identity a call changes, the user's or the group's."""
    return "group" if "g" in _last(call).lower().removesuffix("id")[-1:] else "user"


def _last(call: Call) -> str:
    return re.split(r"[.:>\\]", call.name)[-1]


def _told(call: Call) -> str:
    return f"{_last(call)}({', '.join(call.args)})" if _OF_SEVERAL.match(_last(call)) else _last(call)
