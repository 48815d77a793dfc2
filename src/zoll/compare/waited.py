"""Answers that nobody waits for or looks at any more, where a function is still one that waits.

`const ok = await verify(x); if (!ok)` without the `await`: a promise is always true. `await Promise.all(checks)` that
became `await Promise.allSettled(checks)`: what one of them throws stops nobody.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.strength import any_named
from zoll.compare.view import View
from zoll.parse.code import Statement

_SETS = frozenset({"assign", "declare"})
_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_WAITS = re.compile(r"\basync\b")
_ALL = re.compile(r"\bawait Promise\.all\(|\bawait (?:asyncio\.)?gather\(")
_SETTLED = re.compile(r"\bPromise\.allSettled\(|\breturn_exceptions ?= ?True")
_REACH = 30


def unwaited(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield an answer that is asked for yes or no before it is there, and checks whose failure nobody sees."""
    one, two = view.sides[0][place], view.sides[1][other]
    if "await " not in one.text or one.text == two.text:
        return
    if _sets_promise(one, two) and _still_waits(view) and _asked_plainly(view, other):
        yield Weak("operator", one.value.strip(" ;"), two.value.strip(" ;"), how="unawaited")
    if _settles(one, two) and _checks(view):
        yield Weak("operator", one.text, two.text, how="settled")


def _sets_promise(one: Statement, two: Statement) -> bool:
    """Tell whether a value was waited for and is set without."""
    sets = {one.kind, two.kind} <= _SETS and _NAME.fullmatch(two.target.split(" ")[-1]) is not None
    return sets and two.text in {one.text.replace("await ", "", 1), re.sub(r"\(await (\w.*)\)", r"\1", one.text)}


def _still_waits(view: View) -> bool:
    """Tell whether both functions are of those that wait; one that became plain calls plain ones."""
    heads = [side[0].text[:200] if side and side[0].word == "function" else "async" for side in view.sides]
    return all(map(_WAITS.search, heads))


def _asked_plainly(view: View, other: int) -> bool:
    """Tell whether a later condition asks a value for yes or no alone, and nobody waits for it in between."""
    name = view.sides[1][other].target.split(" ")[-1]
    for one in view.sides[1][other + 1 : other + _REACH]:
        if re.search(rf"\bawait (?:\w[\w.]*\()?{re.escape(name)}(?!\w)", one.text):
            return False
        if any(test.op == "truth" and test.left.strip("!() ") == name for test in one.tests):
            return True
    return False


def _settles(one: Statement, two: Statement) -> bool:
    """Tell whether failures among several were thrown, and are now among results that nobody keeps."""
    thrown_away = one.kind not in _SETS and two.kind not in {*_SETS, "return", "loop", "condition"} and not two.target
    return thrown_away and bool(_ALL.search(one.text) and _SETTLED.search(two.text)) and not _SETTLED.search(one.text)


def _checks(view: View) -> bool:
    """Tell whether a function by its name, or by what it calls, makes checks."""
    called = [call.name for one in view.sides[1] for call in one.calls]
    return any_named([*called, *(one.target for one in view.sides[1][:1] if one.word == "function")], "guard")
