"""Checks run by what takes in all that they throw, and of which nobody asks how they ended.

Perl's `eval { verify($f) };` goes on whatever was thrown, unless `$@` is looked at; Lua's `pcall(verify, f)` says first
of all that the check ran, and only then what it said.
"""

import re
from collections.abc import Iterator

from zoll.compare.lost import Lost
from zoll.compare.strength import named
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_RUNS = re.compile(r"\b(?:copcall|coxpcall|xpcall|pcall)\(\s?([\w.:]{1,80}),?")
_EVAL = re.compile(r"eval\s?\{")
_ASKED = re.compile(r"\$@|\$EVAL_ERROR\b")
_FIRST = re.compile(r"[A-Za-z_]\w*")
_MOST = 200
_NEAR = 4  # statements after an `eval` that may ask how it ended
_INSIDE = 12


def handled(view: View) -> Iterator[Lost]:
    """Yield checks that decided before and that now only have to have been run."""
    for index, run in enumerate(view.runs):
        for other in range(run.new[0], min(run.new[1], run.new[0] + _MOST)):
            two = view.sides[1][other]
            call = _unasked(view, other) if two.text.startswith("eval") else _only_run(view, index, two)
            if call:
                yield Lost(index, "guard", two.text, call, "swallowed", "", two.line)


def _unasked(view: View, other: int) -> str:
    """Return the check in a bare `eval` of which nobody asks how it ended, and of which somebody did."""
    new = view.sides[1]
    if new[other].kind != "call" or not _EVAL.match(new[other].text):
        return ""
    inside = [one for one in new[other + 1 : other + 1 + _INSIDE] if one.within == other]
    call = next((call.name for one in inside for call in one.calls if named(last(call.name), "guard")), "")
    after = new[other + 1 + len(inside) :][:_NEAR]
    if not call or any(_ASKED.search(one.text) for one in (*inside, *after)):
        return ""
    return call if any(_decided(view, place, call) for place in view.callers[0].get(last(call), ())) else ""


def _decided(view: View, place: int, call: str) -> bool:
    """Tell whether a check threw freely, or stood in an `eval` that something looked at."""
    home = view.sides[0][place].within
    around = view.sides[0][home] if home >= 0 else None
    if around is None or not _EVAL.search(around.text):
        return last(call) in view.calls[1]
    after = view.sides[0][home + 1 : home + 1 + _INSIDE]
    return around.kind in ("condition", "assign", "declare", "return") or any(_ASKED.search(one.text) for one in after)


def _only_run(view: View, index: int, two: Statement) -> str:
    """Return the check whose answer was looked at, where what runs it now answers in its place."""
    found = _RUNS.search(two.text) if "pcall(" in two.text else None
    if not found or not named(last(found[1].replace(":", ".")), "guard"):
        return ""
    for place in range(*view.runs[index].old):
        one = view.sides[0][place]
        same = _FIRST.match(one.target or "_") if not two.target else _FIRST.match(two.target)
        if f"{found[1]}(" in one.text and same and same[0] == (_FIRST.match(one.target or "_") or same)[0]:
            return found[1]
    return ""
