"""Sweep over 32-bit ARM images, whose functions are in either of two instruction sets."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from zoll.parse.machine.columns import Block, Flags, Flow, Layout, Listing, Stretch, joined
from zoll.parse.machine.image import Numbers
from zoll.parse.machine.sweep.a32 import A32
from zoll.parse.machine.sweep.thumb import Thumb

_WINDOW = 32  # words that are looked at together
_AROUND = np.full(7, 1 / 7)  # windows are seen in the light of those beside them
_FEW, _MANY = 0.2, 0.45
_JUMP_BACK = 0xEAF  # the upper bits of such a word; as the second half of two, no instruction of Thumb begins so
_MOST = 0.4  # of A32 words carry the condition "always", of Thumb's pairs of halves few


class Arm:
    """Takes each function as A32 or Thumb, by what its words look like."""

    def __init__(self, layout: Layout) -> None:
        self._layout, self._a32, self._thumb = layout, A32(layout), Thumb(layout)
        self._order = ">u4" if layout.image.code_big else "<u4"

    def survey(self, stretch: Stretch, sure: Numbers, thorough: bool) -> Flow:
        """Return where control goes, stretches of either set apart."""
        found = []
        for low, high, compact in self._spans(stretch):
            part = Stretch(stretch.address + low, stretch.data[low:high])
            here = sure[(sure >= part.address) & (sure < part.end)]
            found.append((self._thumb if compact else self._a32).survey(part, here, thorough))
        return joined(found)

    def _spans(self, stretch: Stretch) -> Iterator[tuple[int, int, bool]]:
        """Yield runs of windows that look like one set: from, to, whether it is Thumb."""
        always = self._always(stretch)
        windows = np.array([float(always[at : at + _WINDOW].mean()) for at in range(0, len(always), _WINDOW)] or [0.0])
        kinds = np.convolve(np.pad(windows, len(_AROUND) // 2, "edge"), _AROUND, "valid") < self._border(always)
        cuts = [0, *(np.flatnonzero(np.diff(kinds)) + 1).tolist(), len(kinds)]
        for first, last in pairwise(cuts):
            end = len(stretch.data) if last == len(kinds) else last * _WINDOW * 4
            yield first * _WINDOW * 4, end, bool(kinds[first])

    def _always(self, stretch: Stretch) -> Flags:
        words = stretch.data[: len(stretch.data) // 4 * 4].view(self._order)
        found: Flags = ((words >> 28) == 14) & (((words >> 12) & 15) != 15)  # the latter is half of a call in Thumb
        return found

    @staticmethod
    def _border(always: Flags) -> float:
        """Return the share of words that parts the two sets: data and rare words count for what is usual around."""
        return _FEW if len(always) and always.mean() > _MOST else _MANY

    def compact(self, stretch: Stretch, starts: Numbers, ends: Numbers) -> Flags:
        """Say which functions are Thumb: half-aligned, said to be, or by what their words look like."""
        always = np.append(0, np.cumsum(self._always(stretch)))
        low, high = (starts - stretch.address + 3) // 4, np.maximum(ends - stretch.address, 4) // 4
        low, high = np.minimum(low, len(always) - 1), np.minimum(high, len(always) - 1)
        share = (always[high] - always[low]) / np.maximum(high - low, 1)
        found: Flags = (share < self._border(self._always(stretch))) | ((starts & 3) != 0)
        found &= ~self._lone_jumps(stretch, starts, ends)
        found |= np.isin(starts, self._layout.image.thumb)
        return found

    def _lone_jumps(self, stretch: Stretch, starts: Numbers, ends: Numbers) -> Flags:
        """Say which functions are one jump back of A32 and nothing else: its word looks like a call of Thumb."""
        words = np.append(stretch.data[: len(stretch.data) // 4 * 4].view(self._order), 0)
        at = np.clip((starts - stretch.address) // 4, 0, len(words) - 1)
        found: Flags = (ends - starts == 4) & (starts & 3 == 0) & (words[at] >> 20 == _JUMP_BACK)
        return found

    def read(self, block: Block) -> Listing:
        """Return the instructions of a block of one set."""
        listing = (self._thumb if block.compact else self._a32).read(block)
        listing.references = [(at, np.where(self._layout.runs(to), to & ~1, to)) for at, to in listing.references]
        return listing
