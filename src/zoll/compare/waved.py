"""Somebody is waved through: a new way out, before a check that still stands, that is the good one.

`if len(md.Get("x")) > 2 { return handler(ctx, req) }` before `id, err := a.verify(ctx, token)`, with which all others begin.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import body, ends, lets_on, rejects
from zoll.compare.lost import Lost
from zoll.compare.partial import OF_CONFIG, VERIFIES, asked_of
from zoll.compare.presence import otherwise
from zoll.compare.returned import said_by
from zoll.compare.strength import named
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_LOOPS = frozenset({"for", "while", "do", "until", "?"})
# What was checked before, or is asked before anybody has a name: neither is let past a check by it.
_BEFORE = re.compile(r"(?i)cache|already|seen|memo|\bdone\b|verified|authenticated|\boptions\b|preflight|health|\bskip|dry_?run")
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
