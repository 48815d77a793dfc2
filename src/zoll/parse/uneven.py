"""Comparisons for which texts of different lengths are the same.

Whoever compares all characters first asks whether there are as many: `if (strlen(a) != strlen(b)) return false;`. What
does not say no there takes a beginning, an empty text or anything at all for the right one.
"""

import re
from collections.abc import Sequence

from zoll.parse.accumulators import NOUGHTS, gathers
from zoll.parse.code import Statement, Test

_EQUAL = re.compile(
    r"(?i)_{0,2}(?:\w{0,30}_)?(?:const_?eq|equals?|is_?equal|mem_?equals?|ct_?eq|(?:slow|safe|secure|bytes?|buffers?|strings?|hash|digest)_?"
    r"(?:equals?|eq)|secure_?compare|safe_?compare|compare_?digests?|timing_?safe_?(?:equals?|compare)|"
    r"(?:constant|const|fixed)_?time_?(?:equals?|eq|compare))\Z"
)
_MEASURED = re.compile(
    r"(?i)(?:(?:mb_|array_)?(?:strlen|len|length|size|count|sizeof|bytesize|byteLength)\s?\(.{1,80}\)|"
    r"[\w$.>\[\]-]{1,60}(?:\.|->)(?:length|len|size|count|bytesize|byteLength)(?:\(\))?|\w{0,20}len(?:gth)?_?\w{0,4})"
)
_TRUE = frozenset({"true", "True", "TRUE"})
_NO = re.compile(r"\b(?:false|False|FALSE|nil|null|None)\b")
_APART = re.compile(r"([a-z])([A-Z])")
_EMPTY = re.compile(r"(?:.{0,60}\.)?(?:is_?[eE]mpty|empty\??)")
_WORD = re.compile(r"\w+")
_BEFORE = 12  # statements in which the flag is set that is asked
_AFTER = 60


def uneven(statements: Sequence[Statement], index: int, name: str) -> bool:
    """Tell whether a condition of a function called `name` lets texts pass that differ in length."""
    one = statements[index]
    if one.kind != "condition" or "&&" in one.joins or not any(_differ(statements, index, test) for test in one.tests):
        return False
    inside = [
        statement
        for statement in statements[index + 1 : index + 9]
        if statement.within == index and statement.branch != "else"
    ]
    if inside and inside[-1].kind == "return":
        return bool(_EQUAL.fullmatch(_APART.sub(r"\1_\2", name))) and _may_say_yes(statements, one, inside[-1])
    return any(_starts_at_nought(statements, index, each) for each in inside)


def _differ(statements: Sequence[Statement], index: int, test: Test) -> bool:
    """Tell whether a test asks whether two lengths differ, by itself or by a flag that was set right before."""
    if test.op == "!=" and not test.negated:
        return _measured(test.left) and _measured(test.right)
    if test.op != "truth" or not test.negated:
        return False
    flag = test.left.strip("!() $")
    return any(
        one.target.strip("$") == flag
        and any(each.op == "==" and _measured(each.left) and _measured(each.right) for each in one.tests)
        for one in statements[max(0, index - _BEFORE) : index]
    )


def _measured(text: str) -> bool:
    return bool(_MEASURED.fullmatch(text.strip().strip("&$")))


def _may_say_yes(statements: Sequence[Statement], one: Statement, told: Statement) -> bool:
    """Tell whether what is given back is a yes, or the answer to another question than whether both are the same.

    Some compare a text with itself before they say no, so that it takes as long as ever.
    """
    value = told.value.strip(" ;()")
    if value in _TRUE:
        return True
    if value == "1":  # a yes where the end is one or nought
        return any(test.op == "==" for test in statements[-1].tests)
    if _NO.search(value) or any(len(call.args) > 1 and call.args[0] == call.args[1] for call in told.calls):
        return False
    asked = {side for test in one.tests for side in _WORD.findall(f"{test.left} {test.right}")}
    both = any(test.left.strip("$ ") in asked and test.right.strip("$ ") in asked for test in told.tests)
    return not both and bool(told.tests or any(_EMPTY.fullmatch(call.name) for call in told.calls))


def _starts_at_nought(statements: Sequence[Statement], index: int, one: Statement) -> bool:
    """Tell whether what gathers the differences is set to none of them."""
    if one.kind != "assign" or one.operator != "=" or one.value.strip(" ;") not in NOUGHTS:
        return False
    return any(
        later.target == one.target and gathers(statements, at)
        for at, later in enumerate(statements[index + 1 : index + _AFTER], index + 1)
    )
