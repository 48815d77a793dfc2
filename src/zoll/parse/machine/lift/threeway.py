"""Comparisons in three ways: what is not below, and not equal, is above, however a compiler asks it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

_ASKED = re.compile(r"( *)if \(([\w.>&*-]{1,80}) ([<>]|!=) ([\w.>&*-]{1,80})\) \{")
_OTHER = {"<": ">", ">": "<"}


class Line(NamedTuple):
    """One line of C and the address of the instruction that it comes from (0 for none)."""

    text: str
    address: int


def three_ways(lines: Sequence[Line]) -> list[Line]:
    """Return lines with `a > b` for `a != b` where the way of `a < b` has just left the function, and the other way."""
    made = list(lines)
    for at in range(len(made) - 3):
        first, left, end, last = made[at : at + 4]
        asked, again = _ASKED.fullmatch(first.text), _ASKED.fullmatch(last.text)
        if not asked or not again or asked[3] not in _OTHER or again[3] != "!=":
            continue
        alike = (asked[1], asked[2], asked[4]) == (again[1], again[2], again[4]) and end.text == f"{asked[1]}}}"
        if alike and left.text.lstrip().startswith("return "):
            text = f"{again[1]}if ({again[2]} {_OTHER[asked[3]]} {again[4]}) {{"
            made[at + 3] = Line(text, last.address)
    return made
