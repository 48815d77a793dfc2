"""Calls whose answer something looks at, and those that are made without a look at it."""

import re
from collections.abc import Sequence

from zoll.compare.lost import Lost
from zoll.compare.strength import named
from zoll.compare.view import View, last
from zoll.parse.code import Call, Statement, Test

_SHORT = 3
_REACH = 40
_VERDICT = re.compile(r"-?[0-9]\w{0,4}|[A-Z][A-Z0-9_]*|[Nn]one|null|nil|true|false|True|False|nullptr")
_OUTER = re.compile(r"[\s!*&]{0,4}(?:await\s)?(?:x?pcall\(\s?)?(?:[\w$]{1,80}(?:\.|->|::|:)){0,8}(\w{1,80})\s?[(,)]")
_BLOCK = re.compile(r"(?:\bdo|\{)\s?\|[^|]{1,60}\|")
_WORDS = re.compile(r"[A-Za-z_]\w*")
_OUT = re.compile(r"&([A-Za-z_]\w*)")
_GOES_ON = frozenset({"next", "callback", "done", "resolve", "reject"})  # `return next()` leaves, and asks nothing


def ignored(view: View, index: int, one: int) -> Lost | None:
    """Return a call whose result decided something and is now made without a look at it."""
    statement = view.sides[0][one]
    for call in statement.calls:
        name = last(call.name)
        if len(name) < _SHORT or name in _GOES_ON or view.calls[1][name] < view.calls[0][name]:
            continue
        if not _looks(view, 0, one, name):
            continue
        if _looked_at(view, 1, name) < _looked_at(view, 0, name) and _idle(view, 1, name) > _idle(view, 0, name):
            if handed_back(view, call):
                continue
            return Lost(index, "guard", statement.text, call.name, "ignored")
    return None


def handed_back(view: View, call: Call) -> bool:
    """Tell whether what a call found now comes back in a variable that it is newly handed, and that is looked at."""
    new, known = view.sides[1], {"".join(argument.split()) for argument in call.args}
    for index in view.callers[1].get(last(call.name), ())[:_REACH]:
        given = [
            argument for other in new[index].calls if last(other.name) == last(call.name) for argument in other.args
        ]
        fresh = {found[1] for argument in given if (found := _OUT.fullmatch("".join(argument.split())))}
        fresh -= {name.lstrip("&") for name in known}
        near = new[index + 1 : index + 4]
        if any(not fresh.isdisjoint(_WORDS.findall(test.left)) for one in near for test in one.tests):
            return True
    return False


def _idle(view: View, side: int, name: str) -> int:
    """Count the calls of `name` that stand alone; of a guard also those whose result goes where nobody looks."""
    count = 0
    for index in view.callers[side].get(name, ()):
        one = view.sides[side][index]
        alone = one.kind == "call" and last(one.calls[0].name) == name and not _answers_its_block(view, side, index)
        unseen = one.kind in {"assign", "declare"} and named(name, "guard") and not _looks(view, side, index, name)
        count += alone or unseen
    return count


def _looked_at(view: View, side: int, name: str) -> int:
    if (side, name) not in view.looked_at:
        callers = view.callers[side].get(name, ())
        view.looked_at[side, name] = sum(1 for index in callers if _looks(view, side, index, name))
    return view.looked_at[side, name]


def _looks(view: View, side: int, index: int, name: str) -> bool:
    """Tell whether a statement calls `name` and its result is tested, here or through the variable it goes to."""
    statement = view.sides[side][index]
    if not any(last(call.name) == name for call in statement.calls):
        return False
    if any(last(test.call) == name and _as_result(test) for test in statement.tests):
        return True
    if _answers_its_block(view, side, index) or _answers_its_lambda(statement.text, name):
        return True
    outer = _OUTER.match(statement.value)
    if not outer or outer.group(1) != name:
        return False
    if statement.kind == "return":
        return True
    if not statement.target or statement.kind not in {"assign", "declare"}:
        return False
    return _decides_later(view.sides[side], index)


def _decides_later(side: Sequence[Statement], index: int) -> bool:
    """Tell whether a variable is looked at before it is given another value, in the block where it was set."""
    made = side[index]
    names = answers(made.target)
    for one in side[index + 1 : index + _REACH]:
        if any(_decides(name, one) for name in names):
            own = made.value and made.value in one.text  # Go's `if err := verify(); err != nil` says both in one
            given = any(re.search(rf"(?<![\w.>]){re.escape(name)}\s{{0,3}}:?=(?!=)", one.text) for name in names)
            return bool(own) or not given  # `if ((rc = connect()) < 0)` looks at another result
        anew = one.kind == "assign" and one.operator in {"=", ":="} and one.within == made.within
        if anew and names & answers(one.target) and not names & set(_WORDS.findall(one.value)):
            return False
    return False


def answers(target: str) -> frozenset[str]:
    """Return which of the names that a call's results go to tell how it went: the error, where one is among them.

    >>> sorted(answers("user, err")), sorted(answers("_, found")), sorted(answers("*ok"))
    (['err'], ['found'], ['ok'])
    """
    names = [name.strip("*& ") for name in target.split(",")]
    error = names[-1] if len(names) > 1 and names[-1].lower().startswith("err") else ""
    return frozenset([error] if error else [name for name in names if name.strip("_")])


def _answers_its_block(view: View, side: int, index: int) -> bool:
    """Tell whether a call is the last of a Ruby block, and so its answer: `keys.any? { |key| verify(key) }`."""
    one = view.sides[side][index]
    home = view.sides[side][one.within] if one.within >= 0 and one.branch == "body" else None
    if home is None or home.kind not in {"return", "condition", "assign"} or not _BLOCK.search(home.text):
        return False
    return home.text.partition(one.text)[2].lstrip().startswith(("end", "}"))


def _answers_its_lambda(text: str, name: str) -> bool:
    """Tell whether a call is all that a function without a name gives back: `filter(lambda key: verify(key), keys)`."""
    if "lambda" not in text and "=>" not in text:
        return False
    return (
        re.search(rf"(?:\blambda\b[^:()]{{0,80}}:|=>)\s?(?:!|not )?(?:[\w$]{{1,40}}\.){{0,6}}{re.escape(name)}\(", text)
        is not None
    )


def _as_result(test: Test) -> bool:
    """Tell whether a test asks how a call went, and does not use a value that it fetched."""
    return test.op == "truth" or not test.right or bool(_VERDICT.fullmatch(test.right.strip()))


def _decides(target: str, one: Statement) -> bool:
    if one.kind == "return" and target in one.value:
        return True
    return any(_as_result(test) and target in _WORDS.findall(test.left) for test in one.tests)
