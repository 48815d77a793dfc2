"""A refusal of what is empty that looks at more than before: `[ -z "$SIG" ]` that became `[ -z "$SIG$URL" ]`.

Two texts together are empty only if both are: what had to be there may be missing now as long as the other one is not.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import rejects
from zoll.compare.conditions import Weak
from zoll.compare.strength import says
from zoll.compare.view import View, last
from zoll.parse.code import Statement, Test

_EMPTY = frozenset({"", '""', "''", "0", "x", "X", "``"})
_ASKS_EMPTY = frozenset(
    {"empty", "isEmpty", "is_empty", "isBlank", "blank?", "empty?", "IsNullOrEmpty", "isNullOrEmpty"}
)
_MEASURES = frozenset({"len", "strlen", "length", "size", "count", "trim", "strip", "mb_strlen", "sizeof"})
_MARKS = re.compile(r"[\s(){}]")
_NAME = r"[A-Za-z_]\w*(?:(?:\.|->|::)\w+)*"
_JOINED = re.compile(rf"(?:\+|\.\.)[$@]?{_NAME}|(?:\+|\.)?\$[\w.\[\]>-]+|[$@]?{_NAME}(?:\+|\.\.)|\$?\w+\.?\$")
_MOST = 300


def asks_of_more(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield what was refused where it was empty, and is now only where something else is empty as well."""
    one, two = view.sides[0][place], view.sides[1][other]
    if view.compiled or one.kind != "condition" or two.kind != "condition" or len(one.tests) != len(two.tests):
        return
    if one.text == two.text or not (_refuses(view.sides[0], place) and _refuses(view.sides[1], other)):
        return
    for old, new in zip(one.tests, two.tests, strict=True):
        if (
            old.left != new.left
            and (old.op, old.right) == (new.op, new.right)
            and _where_empty(old, turned=one.word == "||")
            and not (old.op == "truth" and (view.language == "shell" or _answers(old)))
        ):
            more = _inserted(old.left, new.left)
            if more and _JOINED.fullmatch(more):
                yield Weak("joint", old.left, new.left, how="together")


def _refuses(side: Sequence[Statement], place: int) -> bool:
    """Tell whether a condition refuses where it holds, or as `test || exit` does where it does not hold."""
    if side[place].word != "||":
        return rejects(side, place)
    under = side[place + 1 : place + 2]
    return any(
        one.within == place
        and (one.kind in {"return", "throw"} or any(says(call.name, "reject") for call in one.calls))
        for one in under
    )


def _where_empty(test: Test, *, turned: bool) -> bool:
    """Tell whether what is empty is refused by a test."""
    if test.op == "truth":
        return (test.negated != turned) != (bool(test.call) and last(test.call) in _ASKS_EMPTY)
    return test.right in _EMPTY and test.op in {"==", "!="} and ((test.op == "==") != test.negated) != turned


def _answers(test: Test) -> bool:
    """Tell whether a test asks for what a call answers, which is nothing about what the call is given."""
    return bool(test.call) and last(test.call) not in _ASKS_EMPTY | _MEASURES


def _inserted(old: str, new: str) -> str:
    """Return what was put into a text to make it another one, brackets and white space apart; "" where more changed.

    >>> _inserted("len(a)", "len(a + b)"), _inserted("a", "b")
    ('+b', '')
    """
    one, two = (_MARKS.sub("", text[:_MOST]) for text in (old, new))
    at = next((place for place, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), len(one))
    rest = one[at:]
    return two[at : len(two) - len(rest)] if len(two) > len(one) and two.endswith(rest) else ""
