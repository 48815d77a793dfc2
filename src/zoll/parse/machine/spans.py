"""Which of many places lie in any of many spans, in one pass over both."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.image import Numbers, Region


def within(spans: Iterable[tuple[int, int]], places: Numbers) -> NDArray[np.bool_]:
    """Tell for each place whether some span (start, size) holds it.

    >>> within([(10, 5), (11, 1)], np.array([9, 10, 14, 15])).tolist()
    [False, True, True, False]
    """
    rows = np.array(sorted(spans), np.int64).reshape(-1, 2)
    if not len(rows) or not len(places):
        return np.zeros(len(places), bool)
    ends = np.maximum.accumulate(rows[:, 0] + rows[:, 1])
    at = np.searchsorted(rows[:, 0], places, "right") - 1
    return np.asarray((at >= 0) & (places < ends[np.maximum(at, 0)]))


def loaded(regions: Iterable[Region], places: Numbers) -> Numbers:
    """Return those places that lie in a region when it is loaded, each once, in order."""
    inside = within(((one.address, one.memory) for one in regions if one.memory), places)
    return np.asarray(np.unique(places[inside]))
