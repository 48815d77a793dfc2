"""Somebody is waved through: a new way out, before a check that still stands, that is the good one.

`if len(md.Get("x")) > 2 { return handler(ctx, req) }` before `id, err := a.verify(ctx, token)`, with which all others
begin.
So are all where a check is turned round, and what it refused goes on: `if err != nil { return }` that became
`if err == nil { user = found }`. What stands in a chain of steps guards only those behind it.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import body, ends, lets_on, rejects
from zoll.compare.conditions import says_opposite
from zoll.compare.lost import Lost
from zoll.compare.partial import OF_CONFIG, VERIFIES, asked_of
from zoll.compare.presence import otherwise
from zoll.compare.returned import said_by
from zoll.compare.strength import named
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_LOOPS = frozenset({"for", "while", "do", "until", "?"})
# What was checked before, or is asked before anybody has a name: neither is let past a check by it.
_BEFORE = re.compile(
    r"(?i)cache|already|seen|memo|\bdone\b|verified|authenticated|\boptions\b|preflight|health|\bskip|dry_?run"
)
_HEAD = re.compile(r"[\w.$]{1,60}\.(?:addLast|[uU]se|add_?[mM]iddleware|addFilter|addInterceptor|wrap|layer)\(")
_GUARD = re.compile(r"(?i)auth(?!or(?!i))|csrf|jwt|permission|require|rate_?limit|acl\b|verif")
_NAME = re.compile(r"[A-Za-z_]\w*")
_REACH = 60
_MOST = 40


def waved(view: View) -> Iterator[Lost]:
    """Yield the guard of a check that one new condition leads past."""
    for index in range(len(view.runs)):
        for other in view.inserted(index)[:_MOST]:
            two = view.sides[1][other]
            if two.kind != "condition" or two.word in _LOOPS or otherwise(view, other):
                continue
            if OF_CONFIG.search(two.text) or _BEFORE.search(two.text):
                continue
            plainly = _ends_well(view.sides[1], other)
            call = _guard_behind(view, other, plainly=plainly == "value") if plainly else ""
            if call:
                yield Lost(index, "guard", two.text, call, "waved", "", two.line)


def turned(view: View) -> Iterator[Lost]:
    """Yield a check that asks the opposite now, and does something where all is well, while all the rest goes on."""
    for index, run in enumerate(view.runs):
        for place, other in run.pairs[:_MOST]:
            one, two = view.sides[0][place], view.sides[1][other]
            if one.kind != "condition" or two.kind != "condition" or two.word in _LOOPS or not one.tests:
                continue
            if not rejects(view.sides[0], place) or rejects(view.sides[1], other) or not says_opposite(one, two):
                continue
            left = body(view.sides[0], place)[-1:]
            if left and ends(left[0]) and not otherwise(view, other) and _goes_on(view, place, other):
                call = asked_of(view.sides[0], place)
                guard = bool(call) and named(last(call), "guard")
                yield Lost(index, "guard" if guard else "check", one.text, call if guard else "", "toothless")


def _goes_on(view: View, place: int, other: int) -> bool:
    """Tell whether what came after a check is reached in any case, beside the new one, which does not leave."""
    new = view.sides[1]
    if any(map(ends, body(new, other))):
        return False
    later = (view.partner[at] for at in range(place + 1, min(place + _REACH, len(view.sides[0]))) if at in view.partner)
    return any(at > other and new[at].within == new[other].within for at in later)


def behind(view: View) -> Iterator[Lost]:
    """Yield a guard that is put into a chain behind what it stood before: `p.addLast("auth", ...)`, `app.use(auth)`."""
    for index, run in enumerate(view.runs):
        gone = [one for one in range(*run.old)[:_MOST] if one not in view.kept and _puts_guard(view.sides[0][one])]
        for one in gone:
            text = view.sides[0][one].text
            came = next((two for two in view.arrived.get(text, ()) if two > 0), -1)
            head = _HEAD.match(text)
            if came < 0 or head is None:
                continue
            beside = range(one + 1, min(one + _REACH, len(view.sides[0])))
            if any(view.sides[0][at].text.startswith(head[0]) and view.kept.get(at, came) < came for at in beside):
                yield Lost(index, "guard", text, _puts_guard(view.sides[0][one]), "late", "", view.sides[1][came].line)


def _puts_guard(one: Statement) -> str:
    """Return the guard that a statement puts into a chain, "" for none."""
    if one.kind != "call" or not _HEAD.match(one.text):
        return ""
    return next((name for name in _NAME.findall(one.text.partition("(")[2]) if _GUARD.search(name)), "")


def _ends_well(side: Sequence[Statement], index: int) -> str:
    """Say whether a body leaves as the function itself does in the end: by the same call, or with a plain yes."""
    own = body(side, index)
    if not own or not ends(own[-1]):
        return ""
    if lets_on(own):
        return "call"
    way, end = own[-1], side[-1]
    if way.kind != "return" or end.kind != "return":
        return ""
    if way.calls and end.calls and last(way.calls[0].name) == last(end.calls[0].name):
        return "call" if way.value.startswith(end.value.partition("(")[0]) else ""
    return "value" if said_by(side, way) == "success" and (way.value == end.value or "true" in way.value) else ""


def _guard_behind(view: View, other: int, *, plainly: bool) -> str:
    """Return the guard that a kept check behind a condition asks, "" for none; a plain yes must pass what verifies."""
    new = view.sides[1]
    home = new[other].within
    for at in range(other + 1, min(other + _REACH, len(new))):
        if new[at].within != home or new[at].kind != "condition" or at not in view.back or not rejects(new, at):
            continue
        call = asked_of(new, at)
        if call and (VERIFIES.search(last(call)) or (not plainly and named(last(call), "guard"))):
            return call
    return ""
