"""Masks that look at fewer bits than before: `x & 0xf0 == 16` that became `x & 0x10 == 16`."""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.strength import number
from zoll.parse.code import Statement

# What is held against a mask, which is a number or names joined with `|`; `&&`, an address and `&=` are no masks.
_MASK = re.compile(
    r"(?<=[\w)\]])\s?&\s?(?:(?P<one>\w{1,60})|\(\s?(?P<some>\w{1,60}(?:\s?\|\s?\w{1,60}){1,12})\s?\))(?![\w(.\[])"
    r"(?=(?P<sign>\s?\)?\s?[!=]==?\s?(?P<with>[\w]{1,40}))?)"
)
_MOST = 1500
_SHOWN = 24
_RIGHTS = re.compile(r"(?i)mode\W{0,3}\Z")
_NOUGHT = frozenset({"0", "0x0", "0x00", "False", "false"})

Found = re.Match[str]


def fewer_bits(one: Statement, two: Statement, *, rejecting: bool) -> Iterator[Weak]:
    """Yield a mask of which a part went, where what it leaves has to be something, or where any of it refuses."""
    if "&" not in one.text or one.text == two.text or max(len(one.text), len(two.text)) > _MOST:
        return
    mine, theirs = list(_MASK.finditer(one.text)), list(_MASK.finditer(two.text))
    if len(mine) != len(theirs) or _around(one.text, mine) != _around(two.text, theirs):
        return
    for old, new in zip(mine, theirs, strict=True):
        rights = _RIGHTS.search(one.text[max(0, old.start() - _SHOWN) : old.start()])  # degrees tell those of a file
        if not rights and _part(new, old) and _lets_more(one.text, old, rejecting=rejecting):
            yield Weak("operator", _told(one.text, old), _told(two.text, new), how="bits")


def _lets_more(text: str, old: Found, *, rejecting: bool) -> bool:
    """Tell whether fewer bits let more pass: what must be so is asked of less, or less of it refuses."""
    if not old["sign"]:
        return rejecting and "!(" not in text
    if "==" in old["sign"]:
        return not rejecting
    return rejecting or old["with"] not in _NOUGHT


def _around(text: str, found: list[Found]) -> list[str]:
    """Return a text without its masks."""
    edges = [0, *(edge for mask in found for edge in mask.span()), len(text)]
    return ["".join(text[a:b].split()) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _part(new: Found, old: Found) -> bool:
    """Tell whether a mask holds a part of the bits of another and no others, as far as both are numbers or names."""
    values = [number(side["one"] or "") for side in (new, old)]
    if values[0] is not None and values[1] is not None:
        return 0 < values[0] < values[1] and values[0] & ~values[1] == 0
    if None not in values or values[0] != values[1]:
        return False  # a name that became a number: nobody can say
    names = [frozenset((side["one"] or side["some"]).replace(" ", "").split("|")) for side in (new, old)]
    return names[0] < names[1]


def _told(text: str, found: Found) -> str:
    """Return a mask with the name before it and what it is held against."""
    start = found.start()
    while start and found.start() - start < _SHOWN and (text[start - 1].isalnum() or text[start - 1] in "_.[]>-"):
        start -= 1
    told = text[start : found.end()] + (found["sign"] or "")
    return told if "(" in told else told.replace(")", "")
