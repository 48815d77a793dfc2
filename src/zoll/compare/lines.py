"""Differences of text that has no statements; very long lines are cut where their own characters say so."""

import re
from collections.abc import Sequence

from msgspec import Struct

from zoll.compare.align import align

LONG = 400
_PIECE = re.compile(r"[^;{},]{0,400}[;{},]|[^;{},]{1,400}")
_JOIN = 1


class Piece(Struct, frozen=True):
    """A line, or a piece of a long one. `line` counts from 1."""

    text: str
    line: int


class TextRun(Struct, frozen=True):
    """One contiguous difference: indices (from, to) into the pieces of either side."""

    old: tuple[int, int]
    new: tuple[int, int]


def pieces(lines: Sequence[str]) -> list[Piece]:
    """Return lines, long ones cut after `;`, `{`, `}` or `,`, so that a change in a minified line stays local."""
    out: list[Piece] = []
    for number, line in enumerate(lines, 1):
        if len(line) <= LONG:
            out.append(Piece(line.rstrip(), number))
        else:
            out.extend(Piece(found.group(), number) for found in _PIECE.finditer(line))
    return out


def text_runs(old: Sequence[Piece], new: Sequence[Piece]) -> list[TextRun]:
    """Return what differs, in order; a blank line between two runs does not part them, and long runs are cut."""
    matched = align([piece.text for piece in old], [piece.text for piece in new])
    found: list[TextRun] = []
    one = two = 0
    for here, there in [*matched, (len(old), len(new))]:
        if here > one or there > two:
            _add(found, TextRun((one, here), (two, there)), new)
        one, two = here + 1, there + 1
    real = [run for run in found if _speaks(old[run.old[0] : run.old[1]]) or _speaks(new[run.new[0] : run.new[1]])]
    return [part for run in real for part in _cut(run, old, new)]


def _add(found: list[TextRun], run: TextRun, new: Sequence[Piece]) -> None:
    last = found[-1] if found else None
    if last and run.new[0] - last.new[1] == run.old[0] - last.old[1] == _JOIN and not new[last.new[1]].text:
        found[-1] = TextRun((last.old[0], run.old[1]), (last.new[0], run.new[1]))
    else:
        found.append(run)


def _speaks(some: Sequence[Piece]) -> bool:
    return any(piece.text for piece in some)


def _cut(run: TextRun, old: Sequence[Piece], new: Sequence[Piece]) -> list[TextRun]:
    """Cut a long run at blank lines or every forty pieces, both sides in step."""
    cuts_old, cuts_new = _steps(old, run.old), _steps(new, run.new)
    count = max(len(cuts_old), len(cuts_new))
    ends_old, ends_new = (run.old[1], run.old[1]), (run.new[1], run.new[1])
    return [
        TextRun(
            cuts_old[index] if index < len(cuts_old) else ends_old,
            cuts_new[index] if index < len(cuts_new) else ends_new,
        )
        for index in range(count)
    ]


def _steps(side: Sequence[Piece], span: tuple[int, int], most: int = 40) -> list[tuple[int, int]]:
    out, edge = [], span[0]
    for index in range(span[0] + 1, span[1]):
        if index - edge >= most or (index - edge >= most // 4 and not side[index].text):
            out.append((edge, index))
            edge = index
    return [*out, (edge, span[1])] if edge < span[1] else out
