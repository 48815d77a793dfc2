"""Checks that stood in a function handed on, which is so short now that it has no part of its own any more.

`serve(<function>)` became `serve((event) => { apply(event.data) })`: what it checked is in the old lines alone.
"""

import re
from collections.abc import Iterator

from zoll.compare.lost import Lost
from zoll.compare.view import View

_PLACE = "<function>"
_CHECK = re.compile(
    r"\bif\b\s?(?P<asked>[^{}\n;]{3,160}?)\s?(?:\{\s?(?:\S[^{}]{0,200}?[;\s])?|\)\s?)(?:return\b|throw\b)"
)
_OF_ERRORS = re.compile(r"[(!\s]{0,4}(?:e|er|err|error|ok|ex)\b(?!\.)")
_CALLED = re.compile(r"[(!\s]{0,4}([\w.]{3,60})\(")
_LINES = 30
_LONG = 4000
_MOST = 100


def inlined(view: View) -> Iterator[Lost]:
    """Yield a check with an early way out that went with the body of a function that is written out now."""
    for index, run in enumerate(view.runs):
        for at, other in run.pairs[:_MOST]:
            one, two = view.sides[0][at], view.sides[1][other]
            head, place, _ = one.text.partition(_PLACE)
            if not place or not two.text.startswith(head.rstrip()) or one.text.count(_PLACE) <= two.text.count(_PLACE):
                continue
            if one.end - one.line > _LINES:
                continue
            before, after = (
                " ".join(" ".join(side[part.line - 1 : part.end]).split())
                for side, part in zip(view.lines, (one, two), strict=True)
            )
            short = max(len(before), len(after)) < _LONG
            asked = _gone(before) if short and not re.search(r"\bif\b|\?|&&|\|\|", after) else ""
            if asked and not view.moved_away(asked):
                call = _CALLED.match(asked)
                value, name = ("guard", call[1]) if call else ("check", "")
                yield Lost(index, value, f"if {asked}", name, "failure", "", two.line)


def _gone(before: str) -> str:
    """Return what was asked before an early way out, "" for nothing but whether something failed."""
    found = _CHECK.search(before)
    if found is None or _OF_ERRORS.match(found["asked"]):
        return ""
    asked = found["asked"]
    return asked + ")" * (asked.count("(") - asked.count(")"))
