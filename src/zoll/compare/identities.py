"""Identities that a program lays down for good, and that it newly keeps at hand: root can be taken on again.

`setuid` of root changes the real, the effective and the saved user; `seteuid` the effective one alone, and a -1 among
the arguments of `setresuid` leaves one as it is (setuid(2), seteuid(2), setresuid(2)).
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
_LEFT = re.compile(r"(?:\(\s?\w{1,20}\s?\)\s?)?(?:-1|0xffffffff|4294967295|[ug]id_t::MAX|u32::MAX|!0|None)")


def keeps_identity(sides: tuple[Sequence[Statement], Sequence[Statement]], place: int, other: int) -> Iterator[Weak]:
    """Yield a call that laid an identity down for good and now keeps the way back, which nothing closes later."""
    olds, news = _changing(sides[0][place]), _changing(sides[1][other])
    for old, new in zip(olds, news, strict=False):
        if _FOR_GOOD.match(_last(old)) and _of(old) == _of(new) and _keeps(new) and not _keeps(old):
            before, after = (sum(_lays_down(call, _of(old)) for one in side for call in one.calls) for side in sides)
            if after < before:
                yield Weak("identity", _told(old), _told(new), how="kept")


def _lays_down(call: Call, whose: str) -> bool:
    return bool(_FOR_GOOD.match(_last(call))) and not _keeps(call) and _of(call) == whose


def _changing(statement: Statement) -> Sequence[Call]:
    return [one for one in statement.calls if _FOR_GOOD.match(_last(one)) or _FOR_A_WHILE.match(_last(one))]


def _keeps(call: Call) -> bool:
    last = _last(call)
    return bool(_FOR_A_WHILE.match(last) or (_OF_SEVERAL.match(last) and any(map(_LEFT.fullmatch, call.args))))


def _of(call: Call) -> str:
    """Return whose identity a call changes, the user's or the group's."""
    return "group" if "g" in _last(call).lower().removesuffix("id")[-1:] else "user"


def _last(call: Call) -> str:
    return re.split(r"[.:>\\]", call.name)[-1]


def _told(call: Call) -> str:
    return f"{_last(call)}({', '.join(call.args)})" if _OF_SEVERAL.match(_last(call)) else _last(call)
