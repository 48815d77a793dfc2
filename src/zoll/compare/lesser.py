"""Results and ends that are asked for less: only the sign of a result, only a part of a length."""

import re

from zoll.compare.atoms import Atom
from zoll.compare.strength import number

_COMPUTED = re.compile(r"\(\*.{1,200}?\)(\(.{3,300}\))", re.DOTALL)  # a call of what a pointer leads to
_PART = re.compile(r"\(?(.{1,200}?)\)?(?:>>|/)(\w{1,20})\)?", re.DOTALL)
_MEASURES = re.compile(r"len|size|count|index|find|\bcmp|compare", re.IGNORECASE)  # results with an order of their own
# What a result may be, beside what it had to be, once only its order is asked for: numbers below it, or above.
_JOINED = {("<=", 0): "negative", ("<", 1): "negative", ("<=", 1): "below", ("<", 2): "below"} | {
    (">=", 0): "positive", (">", -1): "positive", (">=", 1): "above", (">", 0): "above"
}  # fmt: skip


def only_ordered(old: Atom, new: Atom) -> str:
    """Say what newly counts as the result that was asked for, where a call's result had to be one number, or "".

    Failures are often negative: `if (verify(m) != 0)` that became `if (verify(m) > 0)` lets them through.
    """
    if not (old.test.call and new.test.call and same_call(old, new)) or _MEASURES.search(new.test.call):
        return ""
    wanted = _wanted(old)
    if wanted is None:
        return ""
    for op in (new.op, _AGAINST.get(new.op, "")):
        bound = _value(new.right)
        joined = _JOINED.get((op, bound), "") if bound is not None else ""
        if joined and _holds(op, bound or 0, wanted):
            return joined
    return ""


_AGAINST = {"<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def _wanted(old: Atom) -> int | None:
    """Return the one number that set a result apart from all others."""
    if old.op == "truth":
        return 0
    return _value(old.right) if old.op in {"==", "!="} else None


def _value(text: str) -> int | None:
    found = number(text.lstrip("-"))
    return -found if found is not None and text.startswith("-") else found


def _holds(op: str, bound: int, wanted: int) -> bool:
    """Whether the number that was wanted is on this side, right at the end."""
    return wanted == {"<=": bound, "<": bound - 1, ">=": bound, ">": bound + 1}[op]


def same_call(old: Atom, new: Atom) -> bool:
    """Say whether two atoms ask the result of one call; of what a pointer leads to its arguments tell."""
    if old.left == new.left:
        return True
    one, two = _COMPUTED.fullmatch(old.left), _COMPUTED.fullmatch(new.left)
    return bool(one and two and one[1] == two[1])


def cut_short(old: Atom, new: Atom) -> tuple[str, str]:
    """Return the end that a test compared with and the part of it that counts now, two empty texts for none."""
    if old.op != new.op or new.op not in {"==", "!=", "<", "<=", ">", ">="}:
        return "", ""
    for before in (old.left, old.right):
        for after in (new.left, new.right):
            found = _PART.fullmatch(after)
            if found and before and found[1] == before and number(before) is None:
                return before, after
    return "", ""
