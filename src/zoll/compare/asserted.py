"""Refusals that became assertions: what the release's own build leaves out, or what stops the whole program instead.

`if (len > max) return -EMSGSIZE;` that became `assert(len <= max);` asks nothing once NDEBUG is set (C11 7.2), nor do
Rust's `debug_assert!`, Python's `assert` under -O and Java's without -ea.
"""

import re
from collections.abc import Iterator

from zoll.compare.atoms import rejects
from zoll.compare.lost import Lost
from zoll.compare.view import View, last, names
from zoll.parse.code import Statement

_LEFT_OUT = re.compile(
    r"(?:\w{1,12}_)?assert|ASSERT|Q_ASSERT(?:_X)?|_ASSERTE?|debug_assert(?:_eq|_ne)?|DCHECK(?:_[A-Z]{2})?|WARN_ON(?:_ONCE)?"
)
_WRITTEN = frozenset({"python", "java"})  # where an assertion is a statement of its own
_LOOPS = frozenset({"for", "while", "do", "until", "?"})


def asserted(view: View) -> Iterator[Lost]:
    """Yield refusals for which an assertion of the same stands now."""
    for index, run in enumerate(view.runs):
        came = [two for two in range(*run.new) if _assertion(view, view.sides[1][two])]
        for one in range(*run.old) if came else ():
            old = view.sides[0][one]
            if old.kind != "condition" or old.word in _LOOPS | {"assert"} or not rejects(view.sides[0], one):
                continue
            asked = _subjects(old)
            two = next((two for two in came if asked and asked <= names(view.sides[1][two].text)), -1)
            if two >= 0:
                new = view.sides[1][two]
                yield Lost(index, "check", new.text, _assertion(view, new), "asserted", "", new.line)


def _assertion(view: View, one: Statement) -> str:
    """Return the name of the assertion that a statement is, "" for anything else."""
    if one.word == "assert":
        return "assert" if view.language in _WRITTEN else ""
    called = last(one.calls[0].name) if one.kind == "call" and one.calls else ""
    return called if _LEFT_OUT.fullmatch(called) else ""


def _subjects(one: Statement) -> set[str]:
    return {name for test in one.tests for name in names(f"{test.left} {test.right}")}
