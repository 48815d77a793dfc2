"""One line of code made to fit: what stands far to the right, or amid a very long line, does not slip out of sight."""

import re
from collections.abc import Iterable

from rich.cells import cell_len, set_cell_size

_BLANKS = re.compile(r"(?<=\S) {40,}+(?=\S)")
_LEAD = 12  # cells shown before the words that matter
_MARK = "…"


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
    """Return at most `width` cells of the line so that column `start` is among them; marks say where it was cut."""
    if cell_len(line) <= width:
        return line
    begin = 0 if cell_len(line[:start]) + _LEAD < width else start - _LEAD
    rest = line[begin : begin + 2 * width] if begin <= 0 else _MARK + line[begin : begin + 2 * width]
    cut = begin + 2 * width < len(line) or cell_len(rest) > width
    return set_cell_size(rest, width - 1).rstrip() + _MARK if cut else rest
