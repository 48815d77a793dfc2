"""Something that had to equal one value may now be any of several, of which a stranger may know one.

`mac == own` that became `mac in (own, previous)`, `[crypt(given), given].include?(stored)`. Further fixed values are an
ordinary widening, told elsewhere.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.parse.code import Statement

_MOST = 1000
_OF = r"([\w.$@>-]{1,60}(?:\([^()]{0,60}\)|\[[^\[\]]{1,60}\])?)"
# What is looked for stands behind the list, or before it.
_BEHIND = re.compile(rf"\]\s?\.(?:include\?|includes|contains|member\?)\(\s?&?{_OF}\s?\)|\)\.contains\(\s?{_OF}\s?\)")
_BEFORE = re.compile(rf"{_OF} (?:not )?in (?=[\[({{])|\bin_array\(\s?{_OF},\s?(?:array)?(?=[\[(])")
_FIXED = re.compile(r"[rbuf]?[\"'`].*|-?\d.*|(?:\w+(?:\.|::|->))*[A-Z][A-Z0-9_]*|None|null|nil|true|false", re.DOTALL)


def one_of_several(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield the values of which one is enough where it had to be one of them."""
    if one.text == two.text or max(len(one.text), len(two.text)) > _MOST:
        return
    held = [(_flat(test.left), _flat(test.right)) for test in one.tests if test.op in ("==", "!=") and test.right]
    for of, several in _lists(two.text) if held else ():
        for sides in held:
            other = sides[1] if sides[0] == of else sides[0] if sides[1] == of else ""
            more = [part for part in several if part != other]
            if other in several and more and not any(_FIXED.fullmatch(part) for part in several):
                yield Weak("enumeration", other, ", ".join(several), "widened", how="several")
                return


def _lists(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield what is looked for in a list that stands in the text itself, and the elements of the list."""
    for found in _BEHIND.finditer(text):
        end = found.start()
        yield _flat(found[1] or found[2]), _elements(_back(text, end))
    for found in _BEFORE.finditer(text):
        yield _flat(found[1] or found[2]), _elements(_forth(text, found.end()))


def _forth(text: str, start: int) -> str:
    """Return what stands in the bracket that opens at `start`."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] in "([{") - (text[place] in ")]}")
        if not depth:
            return text[start + 1 : place]
    return ""


def _back(text: str, end: int) -> str:
    """Return what stands in the bracket that closes at `end`."""
    depth = 0
    for place in range(end, -1, -1):
        depth += (text[place] in ")]}") - (text[place] in "([{")
        if not depth:
            return text[place + 1 : end]
    return ""


def _elements(inside: str) -> list[str]:
    """Return the parts between the outer commas."""
    parts, depth, start = [], 0, 0
    for place, mark in enumerate(inside):
        depth += (mark in "([{") - (mark in ")]}")
        if mark == "," and not depth:
            parts.append(_flat(inside[start:place]))
            start = place + 1
    return [part for part in (*parts, _flat(inside[start:])) if part]


def _flat(text: str) -> str:
    return "".join(text.split())
