"""Lengths that only look shorter: what was taken off before is taken off in place, what has a name is as fixed."""

import re
from collections.abc import Sequence

from zoll.compare.conditions import Weak
from zoll.compare.view import View
from zoll.parse.arithmetic import evaluate
from zoll.parse.code import Statement
from zoll.parse.lengths import fixed

_REACH = 24  # statements that are looked back at
_LONG = 16  # bytes: fewer are no digest
_LESS = re.compile(r"([\w.>-]{1,80})-(\w{1,20})")
_NAME = re.compile(r"[A-Za-z_]\w*")
_SIZE = re.compile(r"\w{0,40}(?:[sS]ize|SIZE|sizeof|[wW]idth)(?:\w{0,20}|\([^()]{1,60}\))")
_NIBBLE = 4  # bits


def as_long(view: View, place: int, other: int, weak: Weak) -> bool:
    """Tell whether a length that was told as shorter is as long as before."""
    if weak.value != "length" or weak.kind != "weaker":
        return False
    old, new = ("".join(side.split()) for side in (weak.old, weak.new))
    if weak.how == "cut" and (_counted(old, new) or (view.compiled and _field(old, new))):
        return True
    if old == "whole" and _ended(view.sides[1][other].text, new):
        return True
    before, after = view.sides[0][max(0, place - _REACH) : place], view.sides[1][max(0, other - _REACH) : other]
    less = _LESS.fullmatch(new)
    if less and less[1] == old:
        return _lowers(before, *less.groups()) and not _lowers(after, *less.groups())
    return weak.how == "variable" and bool(_NAME.fullmatch(new)) and _names(after, new, old)


def _counted(old: str, new: str) -> bool:
    """Tell whether bytes are counted as pieces of so many: `n == read` that became `n == read / sizeof(entry)`."""
    size = new.removeprefix(f"{old}/")
    return size != new and bool(_SIZE.fullmatch(size))


def _field(old: str, new: str) -> bool:
    """Tell whether a compiler takes a field out of a word: the half of a length is told by a shift of one."""
    shift = new.removeprefix(f"{old}>>")
    return shift.isdigit() and int(shift) >= _NIBBLE


def _ended(text: str, length: str) -> bool:
    """Tell whether a text that is compared over a length has to end there, as `strcmp` asks."""
    flat, at = "".join(text.split()), re.escape(f"[{length}]")
    return re.search(rf"(?:(?:0|'\\0')[!=]=[\w.>-]{{1,80}}{at}|{at}[!=]=(?:0|'\\0')(?!\w))", flat) is not None


def _lowers(side: Sequence[Statement], name: str, amount: str) -> bool:
    """Tell whether one of some statements takes so much off what bears a name."""
    forms = {f"{name}-={amount}", f"{name}={name}-{amount}"}
    forms |= {f"{name}--", f"--{name}"} if amount == "1" else set()
    return any("".join(one.text.split()).rstrip(";") in forms for one in side)


def _names(side: Sequence[Statement], name: str, length: str) -> bool:
    """Tell whether a name was given a fixed value, each time, and none that is less than a length."""
    given = [one.value.strip() for one in side if one.target == name and (one.value or one.kind == "assign")]
    least = evaluate(length) or _LONG
    return bool(given) and all(fixed(value) and (evaluate(value) or least) >= least for value in given)
