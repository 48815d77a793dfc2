"""Functions that only a pointer leads to: what a pair hands over on both sides, where that is one thing alone."""

import numpy as np

from zoll.pairing.executables.matching import NEIGHBOURS, Flags, Matching
from zoll.pairing.executables.named import FUNCTION, Named
from zoll.pairing.executables.side import Machine


def by_handing_over(old: Machine, new: Machine, matching: Matching) -> None:
    """Pair what a pair takes the address of, a callback, where each side has one such function without a partner.

    Callbacks are short, name little and are called by nobody: nothing else tells what they became.
    """
    mine, theirs = _handed(old, matching.old < 0), _handed(new, matching.new < 0)
    told: dict[int, set[int]] = {}
    back: dict[int, set[int]] = {}
    for owner, one in mine.items():
        other = theirs.get(int(matching.old[owner]), -1)
        if one >= 0 and other >= 0:
            told.setdefault(one, set()).add(other)
            back.setdefault(other, set()).add(one)
    for one, others in sorted(told.items()):
        other = min(others)
        if len(others) == 1 and len(back[other]) == 1:
            matching.put(np.array([one]), np.array([other]), NEIGHBOURS)


def _handed(machine: Machine, alone: Flags) -> dict[int, int]:
    """Return by function the one without a partner whose address it takes without calling it, -1 for several."""
    found: dict[int, int] = {}
    for owner, target in sorted(_pairs(machine.references, alone) - _pairs(machine.calls, alone)):
        if not alone[owner]:
            found[owner] = target if owner not in found else -1
    return found


def _pairs(rows: Named, alone: Flags) -> set[tuple[int, int]]:
    chosen = np.flatnonzero(rows.kind == FUNCTION)
    chosen = chosen[alone[rows.value[chosen].astype(np.int64)]]
    return set(zip(rows.owner[chosen].tolist(), rows.value[chosen].tolist(), strict=True))
