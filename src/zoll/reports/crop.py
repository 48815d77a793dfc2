"""One line of code made to fit: what stands far to the right, or amid a very long line, does not slip out of sight."""

import re
from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size

_BLANKS = re.compile(r"(?<=\S) {40,}+(?=\S)")
_LEAD = 12  # cells shown before the words that matter
_MARK = "…"
_MANY = 100  # characters hidden on the right that are worth counting


def focus(line: str, words: Iterable[str]) -> int:
    """Return where the first of `words` that occurs in the line begins (their first 40 characters count), else 0."""
    found = (line.find(word[:40]) for word in words if word.strip())
    return next((column for column in found if column >= 0), 0)


def fold(line: str) -> str:
    """Return the line with long inner runs of blanks replaced by their number.

    >>> fold("x = 1" + " " * 300 + "y()")
    'x = 1 ⟨300 blanks⟩ y()'
    """
    return _BLANKS.sub(lambda run: f" ⟨{len(run[0])} blanks⟩ ", line)


def fit(line: str, width: int, start: int = 0) -> str:
    """Return at most `width` cells of the line so that column `start` is among them; marks say what was cut."""
    if len(line) <= width and cell_len(line) <= width:
        return line
    begin = start - _LEAD if start > _LEAD and cell_len(line[:start]) + _LEAD > width else 0
    lead = _MARK if begin else ""
    rest = line[begin : begin + width]
    if begin + width >= len(line) and cell_len(lead + rest) <= width:
        return lead + rest
    room = width - cell_len(lead) - 1
    if len(line) - begin - room <= _MANY:
        return lead + set_cell_size(rest, room).rstrip() + _MARK
    kept = set_cell_size(rest, room - cell_len(_hidden(len(line)))).rstrip()
    return lead + kept + _MARK + _hidden(len(line) - begin - len(kept))


def _hidden(number: int) -> str:
    return f"⟨{number:,} more⟩"
