"""Texts of an executable that are spoken of elsewhere: its functions name them, or they only say how it was built."""

import re
from collections.abc import Collection, Iterator

import numpy as np
from msgspec import structs

from zoll.model import Change
from zoll.pairing.executables.side import Machine
from zoll.parse.machine.stamps import stamps_of

_STAMP = re.compile(rb"[\w.+/-]{8,}")


def texts_of(machine: Machine, entries: Collection[int]) -> Iterator[str]:
    """Yield the texts that functions name, and after them the words of the file's stamps."""
    image, sweep = machine.image, machine.sweep
    wanted = np.array(sorted(entries), np.int64)
    rows = sweep.references[np.isin(sweep.starts[sweep.references[:, 0]], wanted)]
    for address in np.unique(rows[:, 1]).tolist():
        if text := (image.text(address) or "").strip():  # not of one of blanks: readings without words have that one
            yield text
    for at, size, _ in stamps_of(image):
        yield from (one.decode("ascii", "replace") for one in _STAMP.findall(image.data[at : at + size]))


def without_texts(change: Change, texts: frozenset[str]) -> Change:
    """Return what an executable says as a whole, without known texts."""
    hunks = []
    for hunk in change.hunks:
        gained, lost = (
            tuple(one for one in side if one.words not in texts and one.fact.value not in texts)
            for side in (hunk.gained, hunk.lost)
        )
        if gained or lost or not (hunk.gained or hunk.lost):
            hunks.append(structs.replace(hunk, gained=gained, lost=lost))
    return structs.replace(change, hunks=tuple(hunks))
