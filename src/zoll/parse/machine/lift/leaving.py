"""Functions of a file that never come back: all their ways end in calls that do not."""

from collections.abc import Callable

import numpy as np

from zoll.parse.machine.image import Image, Sweep
from zoll.parse.machine.lift.blocks import TooLong
from zoll.parse.machine.lift.tables import leavers

LONGEST = 600  # bytes of a function that may be found to never come back
GUARDS = frozenset(["__stack_chk_fail", "__stack_chk_fail_local"])  # called by most functions, on a way never taken
ROUNDS = 4

Ends = Callable[[int, int, bool, frozenset[int]], bool]


def found_leaving(image: Image, sweep: Sweep, ends: Ends) -> frozenset[int]:
    """Return the starts of functions that never come back, and the stubs and slots that lead to such.

    `ends` says so of one function (its start, its size, whether it is in Thumb) where some already are known.
    """
    told = leavers() - GUARDS
    names = {**image.slots, **image.names, **sweep.names}
    found = frozenset(address for address, name in names.items() if name in told)
    asked: set[int] = set()
    for _ in range(ROUNDS):
        more = {
            int(sweep.starts[index])
            for index in _callers(sweep, found)
            if index not in asked and sweep.sizes[index] <= LONGEST and _ends(sweep, index, ends, found)
        }
        asked.update(_callers(sweep, found))
        if not more - found:
            break
        gone = {names[one] for one in more if one in names}
        found |= more | {address for address, name in names.items() if name in gone}
    return found


def _callers(sweep: Sweep, found: frozenset[int]) -> list[int]:
    if not len(sweep.calls):
        return []
    chosen = np.isin(sweep.calls[:, 1], np.fromiter(found, np.int64, len(found)))
    return [int(one) for one in np.unique(sweep.calls[chosen, 0])]


def _ends(sweep: Sweep, index: int, ends: Ends, found: frozenset[int]) -> bool:
    try:
        return ends(int(sweep.starts[index]), int(sweep.sizes[index]), bool(sweep.compact[index]), found)
    except TooLong:
        return False
