"""Checks that come only after what they checked, and deeds that are done before anybody is asked."""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import rejects
from zoll.compare.lost import Lost
from zoll.compare.strength import named, words_of
from zoll.compare.view import View, last, names
from zoll.parse.code import Call, Statement

_MOVED = 200
_NEAR = 3
_CHECKS = re.compile(r"(?:[Aa]ssert|[Vv]erify|[Vv]alidate|[Cc]heck|[Ee]nsure|[Rr]equire)(?![a-z])")
_QUOTED = re.compile(r"\"[^\"$]*+\"|'[^']*+'")
_DEEDS = frozenset(
    {"delete", "remove", "save", "update", "apply", "exec", "execute", "run", "create", "insert", "install", "grant"}
    | {"issue", "commit", "restore", "publish", "transfer", "drop", "destroy", "kill", "reboot", "upload", "spawn"}
)
_ASKS_WHO = re.compile(
    r"(?i:(?<!un)(?:auth(?!or\b)|permit|permission|allow|is_?admin|role|owner|tenant|privileg|acl|csrf|token|session))"
    r"|(?<![A-Za-z])(?:may|can)_?[A-Z]"
)


def overtaken(view: View) -> Iterator[Lost]:
    """Yield refusing conditions that now come after the use of what they check: either may have moved."""
    places = {view.sides[1][two].text: two for index in range(len(view.runs)) for two in view.inserted(index)}
    moved = [
        (index, one, places[view.sides[0][one].text])
        for index, run in enumerate(view.runs)
        for one in range(*run.old)
        if one not in view.partner and view.sides[0][one].text in places
    ]
    for index, one, two in moved[:_MOVED]:
        late = _late_check(view, one, two)
        deed = _deed(view.sides[0][one]) if late != one else _done_before(view, one, two)
        if late < 0:
            continue
        line, check = view.sides[1][two].line, view.sides[0][late]
        if deed and _asks_who(check):
            yield Lost(index, "guard", check.text, deed, "done", "", line)
        else:
            call = _verifying(view, late)
            yield Lost(index, "guard" if call else "check", check.text, call, "late", "", line)


def _late_check(view: View, one: int, two: int) -> int:
    """Return the old index of a check that a moved statement is, or has overtaken; -1 for none."""
    statement = view.sides[0][one]
    if statement.kind == "condition" and rejects(view.sides[0], one):
        later = range(one + 1, min(one + 200, len(view.sides[0])))
        uses = (use for use in later if view.kept.get(use, two) < two and _uses(view, use, one))
        return one if any(_led(view, (one, use), (view.kept[use], two)) for use in uses) else -1
    if not statement.calls or any(_CHECKS.match(last(call.name)) for call in statement.calls):
        return -1  # of two checks either may come first
    before = range(max(0, one - 200), one)
    checks = [check for check in before if view.kept.get(check, -1) > two and _uses(view, one, check)]
    found = (check for check in checks if _led(view, (check, one), (two, view.kept[check])))
    return next((check for check in found if rejects(view.sides[0], check)), -1)


def _led(view: View, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Tell whether of two statements the first led to the second, before and after; source has them in that order.

    What of two blocks of machine code that lead nowhere to each other is written first is the compiler's choice.
    """
    return not view.compiled or (_leads(view.sides[0], *before) and _leads(view.sides[1], *after))


def _leads(side: Sequence[Statement], first: int, then: int) -> bool:
    """Tell whether whoever comes to a statement came by an earlier one."""
    home, above = side[first].within, then
    while above >= 0 and side[above].within != home:
        above = side[above].within
    return above >= 0 and first <= above


def _uses(view: View, use: int, check: int) -> bool:
    """Tell whether a call outside a condition works on what the condition checks."""
    one, statement = view.sides[0][use], view.sides[0][check]
    if one.within == statement.within and _deed(one) and _asks_who(statement):
        return True
    subjects = {name for test in statement.tests for name in names(f"{test.left} {test.right}")}
    subjects |= {name for before in _verdicts(view, check, subjects) for call in before.calls for name in _given(call)}
    return bool(one.calls) and one.within != check and one.kind != "condition" and bool(names(one.text) & subjects)


def _verdicts(view: View, check: int, subjects: set[str]) -> list[Statement]:
    """Return what set, shortly before, what a check asks, by a call that says whether something is right."""
    before = view.sides[0][max(0, check - _NEAR) : check]
    return [
        one for one in before if one.target in subjects and any(named(last(call.name), "guard") for call in one.calls)
    ]


def _verifying(view: View, check: int) -> str:
    """Return the call that verifies and whose answer a check asks, "" for none."""
    subjects = {name for test in view.sides[0][check].tests for name in names(f"{test.left} {test.right}")}
    calls = (call.name for one in _verdicts(view, check, subjects) for call in one.calls)
    return next((name for name in calls if named(last(name), "guard")), "")


def _given(call: Call) -> set[str]:
    return names(" ".join(argument for argument in call.args if not _QUOTED.fullmatch(argument)))


def _deed(one: Statement) -> str:
    """Return the call of a statement that changes something for good, "" for none."""
    names_ = (call.name for call in one.calls if one.kind != "condition" or call is one.calls[0])
    return next((name for name in names_ if (own := words_of(last(name))) and own[0] in _DEEDS), "")


def _asks_who(statement: Statement) -> bool:
    """Tell whether a condition asks who somebody is or what he may."""
    return statement.kind == "condition" and _ASKS_WHO.search(statement.text) is not None


def _done_before(view: View, one: int, two: int) -> str:
    """Return the deed that stood behind a check which moved, and now stands before it."""
    later = range(one + 1, min(one + 200, len(view.sides[0])))
    deeds = (_deed(view.sides[0][use]) for use in later if view.kept.get(use, two) < two)
    return next(filter(None, deeds), "")
