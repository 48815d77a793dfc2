"""A few marks of a file's text, so that pieces of one file are met again in another, whatever stands around them.

Which places of a text are kept hangs on the text alone, so that a shifted, re-indented, split or merged copy keeps the
same ones (as in winnowing: Schleimer and others, 2003).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Marks = NDArray[np.uint64]
BLANK = b" \t\r\n\f\v"
WIDTH = 24  # bytes of text, white space left out, that a mark stands for
ONE_IN = 64
CROWD = 12  # files: what stands in more of them is a licence or a template
FILLS = b"\0\xff\x90\xcc"  # zeros, bytes never written, and what stands between the functions of x86
STEP = 4_000_000
ODD = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(29)


def marks_of(data: bytes) -> Marks:
    """Return the marks of a text, sorted, each once; about one for 64 bytes."""
    text = data.translate(None, BLANK)
    if len(text) < WIDTH:
        return np.array([], dtype=np.uint64)
    words = np.ndarray((len(text) - WIDTH + 1,), dtype="<u8", buffer=text, strides=(1,)).astype(np.uint64)
    kept = np.flatnonzero(_mixed(words) % np.uint64(ONE_IN) == 0)
    more = (np.ndarray((len(text) - WIDTH + 1,), dtype="<u8", buffer=text, offset=at, strides=(1,)) for at in (8, 16))
    found = words[kept]
    for piece in more:
        found = _mixed(found) ^ piece[kept].astype(np.uint64)
    return np.unique(_mixed(found))


def marks_of_code(data: bytes) -> Marks:
    """Return the marks of an executable: of its texts and tables, and of code that names no address.

    Without what fills room in all of them, and a few millions of bytes at a time.
    """
    spans = (data[start : start + STEP] for start in range(0, len(data), STEP))
    return np.unique(np.concatenate([marks_of(span.translate(None, FILLS)) for span in spans]))


def levelled(data: bytes) -> bytes:
    r"""Return lines with one blank for each level of their indentation, however wide the levels are.

    >>> levelled(b"a:\n    b:\n\tc\n\n    d\ne")
    b'a:\n b:\n  c\n\n d\ne'
    """
    levels = [0]
    lines = []
    for line in data.split(b"\n"):
        bare = line.lstrip(b" \t")
        if bare.strip():
            width = len(line[: len(line) - len(bare)].expandtabs(8))
            while levels[-1] > width:
                levels.pop()
            if levels[-1] < width:
                levels.append(width)
            bare = b" " * (len(levels) - 1) + bare
        lines.append(bare)
    return b"\n".join(lines)


def packed(marks: Marks) -> bytes:
    """Return marks as bytes that can be sent."""
    return marks.astype("<u8").tobytes()


def unpacked(data: bytes) -> Marks:
    """Return marks from their bytes."""
    return np.frombuffer(data, dtype="<u8").astype(np.uint64)


def met(libraries: Sequence[Sequence[Marks]], files: Mapping[str, Marks]) -> dict[str, dict[int, int]]:
    """Return for each file how many marks it shares with which library, by number; a library is its files' marks."""
    pools = [np.unique(np.concatenate(list(library))) for library in libraries if len(library)]
    numbers = [number for number, library in enumerate(libraries) if len(library)]
    if not pools or not files:
        return {}
    values = np.concatenate(pools)
    owners = np.repeat(np.array(numbers), [len(pool) for pool in pools])
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    crowded = _crowded(files.values())
    shared = {name: _shared(marks[~np.isin(marks, crowded)], values, owners) for name, marks in files.items()}
    return {name: counts for name, counts in shared.items() if counts}


def _shared(marks: Marks, values: Marks, owners: NDArray[np.int64]) -> dict[int, int]:
    low, high = np.searchsorted(values, marks, "left"), np.searchsorted(values, marks, "right")
    there = np.flatnonzero(high > low)
    places = [owners[low[at] : high[at]] for at in there.tolist()]
    if not places:
        return {}
    found, counts = np.unique(np.concatenate(places), return_counts=True)
    return dict(zip(found.tolist(), counts.tolist(), strict=True))


def _crowded(files: Iterable[Marks]) -> Marks:
    found, counts = np.unique(np.concatenate(list(files)), return_counts=True)
    return np.asarray(found[counts > CROWD], dtype=np.uint64)


def _mixed(words: Marks) -> Marks:
    words = (words ^ (words >> SHIFT)) * ODD
    return np.asarray((words ^ (words >> SHIFT)) * ODD, dtype=np.uint64)
