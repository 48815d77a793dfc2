"""Checks that are written as a command and what happens otherwise: `verify "$x" || exit 1`, `check($x) or die`."""

import re
from collections.abc import Sequence

from zoll.compare.strength import named, says
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_OR = frozenset({"||", "or"})
_EXITS = frozenset({"exit", "return", "die", "croak", "confess", "fail", "fatal", "abort", "bail", "false"})
_GOES_ON = frozenset({"true", ":", "echo", "printf", "logger", "warn", "carp", "print"})
_PROVES = re.compile(
    r"\bgpgv\b|\bverify\b|\b(?:sha\d{1,3}|md5|b2)sum\s.{0,40}?(?:-c|--check)\b|\b(?:minisign|signify)\s.{0,20}?-V"
)
_REACH = 6


def or_else(side: Sequence[Statement], index: int) -> bool:
    """Tell whether a condition refuses where it does not hold, and asks more than how a command went.

    `cd "$folder" || exit 1` is care about a command, and no check of what somebody brought.
    """
    one = side[index]
    if one.word not in _OR or not any(_refuses(other) for other in _otherwise(side, index)):
        return False
    return bool(_PROVES.search(one.text)) or all(not test.call or named(last(test.call), "guard") for test in one.tests)


def no_more_else(view: View, home: int, other: int) -> bool:
    """Tell whether a check that refused otherwise stands as before and now goes on: `|| exit 1` became `|| true`."""
    if not or_else(view.sides[0], home):
        return False
    after = _otherwise(view.sides[1], other)
    return bool(after) and all(
        one.kind == "call" and one.calls[:1] and last(one.calls[0].name) in _GOES_ON for one in after
    )


def _otherwise(side: Sequence[Statement], index: int) -> list[Statement]:
    near = side[index + 1 : index + 1 + _REACH]
    return [one for one in near if one.within == index and one.branch == "else"]


def _refuses(one: Statement) -> bool:
    if one.kind in {"throw", "return"}:
        return True
    return one.kind == "call" and any(last(call.name) in _EXITS or says(call.name, "reject") for call in one.calls[:1])
