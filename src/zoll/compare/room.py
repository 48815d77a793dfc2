"""Lengths that nobody holds against the room any more, while what is so long is still copied or written there: C, C++.

`if (n > sizeof(buf)) return -1; memcpy(buf, p, n);` that became `memcpy(buf, p, n);`.
"""

import re
from collections.abc import Iterator

from zoll.compare.atoms import body, rejects, stem
from zoll.compare.lost import Lost
from zoll.compare.view import View, last
from zoll.parse.code import Statement, Test

_LANGUAGES = frozenset({"c", "cpp"})
_ORDERS = frozenset({"<", "<=", ">", ">="})
_ROOM = re.compile(
    r"sizeof|[A-Z][A-Z0-9_]{3,}|(?i:size|len|max|cap|lim|end\b|avail|room|remain|left\b|space|bound|readable|writable|total)"
)
_COPIES = re.compile(r"(?i)copy|cpy|move|memset|bzero|read|recv|stream_(?:get|put|write)|peek|extract|fill")
# What makes room, or asks in another way.
_SEES_TO_IT = re.compile(
    r"(?i)alloc|assert|resize|reserve|grow|expand|\bmin\w{0,6}\s?[(<]|clamp|check|valid|ensure|bound|room|fits?|avail|has_|limit|"
    r"checked|overflow|memcpy_s|sizeof|array_size|struct_size|size_mul"
)
_NAME = re.compile(r"\b(?:[a-z_]\w{0,3}->|[a-z_]\w{0,3}\.)?([a-z_]\w*+)(?!\s?\()")
_NO_NAME = re.compile(r"sizeof|int|unsigned|signed|char|short|long|struct|const|void|float|double|\w+_t|u\d+|s\d+")
_MOST = 60


def unasked_room(view: View) -> Iterator[Lost]:
    """Yield bounds that are gone and the call that still copies as much as they held in."""
    if view.language not in _LANGUAGES or view.compiled:
        return
    for index, run in enumerate(view.runs):
        for one in range(*run.old)[:_MOST]:
            found = next(_unheld(view, one), None) if view.sides[0][one].kind == "condition" else None
            if found:
                yield Lost(index, "check", view.sides[0][one].text, found, "room", "length", 0)
                break


def _unheld(view: View, one: int) -> Iterator[str]:
    """Yield the calls that copy what a test of an old condition held in."""
    statement = view.sides[0][one]
    for test in statement.tests:
        measured = _measured(test)
        if not measured or view.stems[1][stem(test)] >= view.stems[0][stem(test)]:
            continue
        if not (rejects(view.sides[0], one) or statement.word == "while" or _clamps(view, one, measured)):
            continue
        if any(view.moved_away(side) for side in (statement.text, f"{test.left} {test.op} {test.right}")):
            continue
        if not _seen_to(view, one, measured):
            yield from _copied(view, measured)


def _measured(test: Test) -> set[str]:
    """Return the names of the side of a test that is held against the room, nothing where neither side is that."""
    if test.op not in _ORDERS or test.call:
        return set()
    larger = {">": test.left, ">=": test.left}.get(test.op, test.right)
    smaller = test.right if larger is test.left else test.left
    sides = (larger, smaller) if not test.negated else (smaller, larger)
    return next((_names(side) for side, room in (sides, sides[::-1]) if _ROOM.search(room) and _names(side)), set())


def _names(text: str) -> set[str]:
    """Return the variables and members that a text speaks of, short ones too."""
    return {name for name in _NAME.findall(text) if not _NO_NAME.fullmatch(name)}


def _clamps(view: View, one: int, measured: set[str]) -> bool:
    return any(under.kind == "assign" and under.target in measured for under in body(view.sides[0], one))


def _seen_to(view: View, one: int, measured: set[str]) -> bool:
    """Tell whether something new makes the room, or asks after the same in another way."""
    known = view.stems[0]
    for two in (two for run in view.runs for two in range(*run.new)):
        new = view.sides[1][two]
        if not measured & _names(new.text) or new.word == "function":
            continue
        if any(
            test.op in _ORDERS and not known[stem(test)] and measured & _names(f"{test.left} {test.right}")
            for test in new.tests
        ):
            return True
        if (view.back.get(two) != one or not new.tests) and _SEES_TO_IT.search(new.text):
            return True
    return False


def _copied(view: View, measured: set[str]) -> Iterator[str]:
    """Yield the calls of statements that stayed which are handed what was measured behind where they write to."""
    for two in view.kept.values():
        new: Statement = view.sides[1][two]
        for call in new.calls:
            if _COPIES.search(last(call.name)) and any(measured & _names(arg) for arg in call.args[1:]):
                yield last(call.name)
