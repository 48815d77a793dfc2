"""Loops that look for one candidate which compares equal, and that try more of them than before.

`for i in 0..skew * 2 + 1 { if eq(code(i), given) { return true } }` says of how many codes any one will do.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.conditions import Weak
from zoll.compare.returned import said_by
from zoll.compare.strength import named
from zoll.compare.view import View, last
from zoll.parse.arithmetic import evaluate
from zoll.parse.code import Statement

_LOOPS = frozenset({"for", "while", "loop", "foreach"})
_CAST = re.compile(r"\sas [iu](?:8|16|32|64|128|size)\b|\((?:u?int(?:8|16|32|64)?(?:_t)?|size_t|unsigned|long)\)")
_RANGE = re.compile(r"(?P<from>.{0,80}?)\.\.=?(?P<to>.{1,80})|range\((?:(?P<first>[^,]{1,80}),)?(?P<end>[^,]{1,80})\)")
_NAME = re.compile(r"\$?[A-Za-z_][\w$]*(?:(?:\.|->|::)[A-Za-z_]\w*)*")
_COMPARES = re.compile(r"(?i)eq(?:ual)?s?\b|_eq\b|compare|same|cmp|match")
_WINDOW = 3  # what a name is taken for that says how many are tried
_BODY = 24


def tries_more(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield the range of a loop that grew, where one candidate that compares equal is a success."""
    one, two = view.sides[0][place], view.sides[1][other]
    if view.compiled or one.word not in _LOOPS or two.word != one.word or one.text == two.text:
        return
    before, after = _bound(one), _bound(two)
    if not before or not after or set(_NAME.findall(before)) != set(_NAME.findall(after)):
        return
    few, many = (evaluate(_NAME.sub(str(_WINDOW), text)) for text in (before, after))
    if few is None or many is None or not 0 < few < many:
        return
    if _accepts(view.sides[0], place) and _accepts(view.sides[1], other):
        yield Weak("bound", before, after, how="tries")


def _bound(loop: Statement) -> str:
    """Return how many a loop tries, as an expression without casts; "" where it does not say."""
    for test in loop.tests[:1]:
        return _CAST.sub("", test.right).strip() if test.op in {"<", "<=", "!="} else ""
    found = _RANGE.search(_CAST.sub("", loop.value))
    if not found:
        return ""
    start = (found["from"] or found["first"] or "0").strip()
    end = (found["to"] or found["end"]).strip()
    return end if start == "0" else f"{end} - ({start})"


def _accepts(side: Sequence[Statement], index: int) -> bool:
    """Tell whether a comparison inside of a loop leads to success at once."""
    inside = range(index + 1, min(index + 1 + _BODY, len(side)))
    asks = [at for at in inside if side[at].kind == "condition" and side[at].within == index and _compares(side[at])]
    return any(
        side[at].within in asks
        and side[at].kind == "return"
        and (said_by(side, side[at]) == "success" or _one(side[at]))
        for at in inside
    )


def _one(told: Statement) -> bool:
    return told.value.strip(" ;") == "1"


def _compares(one: Statement) -> bool:
    if any(test.op == "==" and test.call and test.right and test.literal is None for test in one.tests):
        return True  # `code(key, i) == given`
    calls = [last(test.call or test.via) for test in one.tests if test.call or test.via]
    return any(_COMPARES.search(call) or named(call, "guard") for call in calls)
