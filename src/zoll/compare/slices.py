"""Comparisons of a part: `bytes.Equal(a, b)` that became `a[:8] == b[:8]`, or over as much as the other side has.

What is compared up to the length that what comes in has, is right where that is empty.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.strength import named
from zoll.compare.view import last
from zoll.parse.code import Statement

_SLICED = re.compile(
    r"[\w)\]]\[\s?0?\s?(?::|\.\.=?)\s?(?!\s?\])([\w.()]{1,40})\s?\]"
    r"|\.(?:slice|substring|substr|subarray|take)\(\s?(?:0\s?,\s?)?([\w.]{1,40})\)"
)
_COMPARES = re.compile(r"[=!]=")
_EQUALS = re.compile(r"(?i)\bequals?\b|compare|digest|same")
_LONG = 600


def sliced(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a comparison of which one side is newly cut at its end."""
    if max(len(one.text), len(two.text)) > _LONG or not _compares(one) or not _compares(two):
        return
    before, after = _SLICED.findall(one.text), list(_SLICED.finditer(two.text))
    if after and not before and not one.text.count("[") > two.text.count("["):
        start = after[0].start()
        name = re.search(r"(?:[\w.]{1,60}\([\w.]{0,40}\)|[\w.]{1,60})\Z", two.text[: start + 1])
        if name and name[0].split("(")[-1].strip("().") in one.text:
            yield Weak("length", "whole", name[0] + after[0][0][1:])


def _compares(one: Statement) -> bool:
    return bool(_COMPARES.search(one.text)) or any(
        _EQUALS.search(last(call.name)) or named(last(call.name), "equal") for call in one.calls
    )
