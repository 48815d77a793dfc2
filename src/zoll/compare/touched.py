"""Which statements must be read to know what a function gained and lost: what stands equally on both sides cancels."""

import re
from collections.abc import Iterable, Iterator

from zoll.compare.statements import Alignment, Statements
from zoll.parse.code import Statement

_NAME = re.compile(r"[A-Za-z_]\w*")
_LEAVES = frozenset({"return", "throw", "jump", "call"})
_BEHIND = 6  # statements behind a label that say what jumping there means

Touched = frozenset[int]


def touched(alignment: Alignment) -> tuple[Touched, Touched]:
    """Return the statements of the old and of the new function that a difference touches, the same on both sides.

    A statement is touched when it differs, when it encloses one that does or decides whether that is reached, and
    when it tests a value that one gave.
    """
    old = _reached(alignment.old, set(range(len(alignment.old))) - alignment.kept.keys())
    new = _reached(alignment.new, set(range(len(alignment.new))) - set(alignment.kept.values()))
    both = [(one, two) for one, two in alignment.kept.items() if one in old or two in new]
    return frozenset(old.union(one for one, _ in both)), frozenset(new.union(two for _, two in both))


def _reached(side: Statements, differing: set[int]) -> set[int]:
    """Return what differs and whose meaning hangs on it."""
    if not differing or len(differing) == len(side):
        return differing
    if _labels(side, differing):
        return differing | {
            index for index, statement in enumerate(side) if statement.tests or statement.kind == "jump"
        }
    around = set(_around(side, differing))
    return differing | around | set(_before(side, differing | around)) | set(_fed(side, differing))


def _labels(side: Statements, differing: Iterable[int]) -> bool:
    """Say whether a difference stands where a `goto` leads."""
    return any(
        statement.kind == "label" for index in differing for statement in side[max(0, index - _BEHIND) : index + 1]
    )


def _around(side: Statements, differing: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for index in differing:
        above = side[index].within
        while above >= 0 and above not in seen:
            seen.add(above)
            yield above
            above = side[above].within


def _before(side: Statements, within: set[int]) -> Iterator[int]:
    """Yield the conditions that leave before a difference in the same block: what follows is their other side."""
    last: dict[int, int] = {}
    leaving: dict[int, list[int]] = {}
    for index, statement in enumerate(side):
        if statement.kind in _LEAVES and statement.within >= 0 and side[statement.within].kind == "condition":
            last[statement.within] = index
        if statement.kind == "condition":
            leaving.setdefault(statement.within, []).append(index)
    furthest: dict[int, int] = {}
    for index in within:
        above = side[index].within
        furthest[above] = max(furthest.get(above, 0), index)
    for above, end in furthest.items():
        yield from (index for index in leaving.get(above, ()) if index < end and index in last)


def _fed(side: Statements, differing: set[int]) -> Iterator[int]:
    """Yield the tests of values that a differing statement gave, directly or through other locals."""
    names = {name for index in differing for name in _given(side[index])}
    for index, statement in enumerate(side) if names else ():
        if statement.target or statement.tests:
            said = set(_NAME.findall(statement.text))
            if not names.isdisjoint(said):
                if statement.tests:
                    yield index
                names.update(_NAME.findall(statement.target)[:6])


def _given(statement: Statement) -> Iterator[str]:
    """Yield the names that a statement gives values to: by assignment, or through the arguments of a call."""
    yield from _NAME.findall(statement.target)[:6]
    for call in statement.calls if statement.kind == "call" else ():
        yield from (name for argument in call.args for name in _NAME.findall(argument)[:1])
