"""The machine code of a finding, old and new lined up, with what it names in the margin."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from rich.text import Text

from zoll.model import Finding, Instruction
from zoll.reports.crop import fit
from zoll.reports.safe import show

COLUMN = 44  # where the margin begins
LIMIT = 24
_MOVES = re.compile(r"0x[0-9a-f]+|\b\d{3,}\b")  # addresses and offsets that differ wherever code is laid out anew
_STYLE = {"-": "red", "+": "green", " ": ""}


def draw(finding: Finding, width: int, *, most: int = LIMIT) -> Iterator[Text]:
    """Yield the rows: mark, address, instruction, and in the margin names, texts and constants."""
    old, new = finding.hunk.code
    gained = {reading.fact.value for reading in finding.hunk.gained if reading.fact.kind in {"call", "power"}}
    rows = list(_rows(old, new))
    for mark, one in rows[:most]:
        yield _row(mark, one, width, loud=mark == "+" and one.note in gained)
    if len(rows) > most:
        yield Text(f"    {'':>12}   ⋮ {len(rows) - most} more instructions", "dim")


def _rows(old: Iterable[Instruction], new: Iterable[Instruction]) -> Iterator[tuple[str, Instruction]]:
    mine, theirs = list(old), list(new)
    matcher = SequenceMatcher(None, [_key(one) for one in mine], [_key(one) for one in theirs], autojunk=False)
    for word, i1, i2, j1, j2 in matcher.get_opcodes():
        if word == "equal":
            yield from ((" ", one) for one in theirs[j1:j2])
        else:
            yield from (("-", one) for one in mine[i1:i2])
            yield from (("+", one) for one in theirs[j1:j2])


def _key(one: Instruction) -> tuple[str, str]:
    """Return what makes two instructions the same: all but addresses, and what they name."""
    return (_MOVES.sub("#", one.text) if one.note else one.text, one.note)


def _row(mark: str, one: Instruction, width: int, *, loud: bool) -> Text:
    room = max(width - COLUMN - 4, 8)
    words = f"{mark} {show(one.text)}"
    return Text.assemble(
        (f"    {one.address:>12x} ", "dim"),
        (f"{fit(words, COLUMN - 18):<{COLUMN - 18}}", _STYLE[mark]),
        ("  " + fit(show(one.note), room) if one.note else "", "bold magenta" if loud else "cyan"),
        no_wrap=True,
    )
