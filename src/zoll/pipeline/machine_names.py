"""What stripped functions and data are called: the same on both sides, by where they stand in the new release."""

from collections.abc import Iterable

import numpy as np

from zoll.pairing.executables.matching import DIGEST, Matching
from zoll.pairing.executables.objects import paired_data
from zoll.pairing.executables.side import Machine
from zoll.pairing.machine import MachinePair


def function_names(
    matched: Iterable[MachinePair], old: Machine | None, new: Machine | None
) -> tuple[dict[int, str], dict[int, str]]:
    """Return the names of functions by address: true ones, and for paired ones the same on both sides.

    A function that is gone and stood where another one stands now has a zero before its address: `sub_05d10`.
    """
    names: tuple[dict[int, str], dict[int, str]] = ({}, {})
    stands = frozenset(new.sweep.starts.tolist()) if new else frozenset()
    for each in matched:
        before = int(old.sweep.starts[each.old]) if old and each.old is not None else -1
        after = int(new.sweep.starts[each.new]) if new and each.new is not None else -1
        true = (new.image.names.get(after) if new else "") or (old.image.names.get(before) if old else "")
        gone = f"sub_{'0' * (before in stands)}{before:x}"
        name = true or (f"sub_{after:x}" if after >= 0 else gone)
        names[0][before] = names[1][after] = name
    return names


def name_data(
    matched: Iterable[MachinePair], old: Machine, new: Machine, names: tuple[dict[int, str], dict[int, str]]
) -> None:
    """Give data that equal functions refer to one name on both sides, so that another variable is a change."""
    matching = Matching(old, new)
    both = [(each.old, each.new) for each in matched if each.old is not None and each.new is not None]
    if both:
        olds, news = np.array(both, np.int64).T
        matching.put(olds, news, DIGEST)
    for before, after in zip(*(side.tolist() for side in paired_data(old, new, matching)), strict=True):
        name = f"g_{after:x}"
        names[0].setdefault(before, name)
        names[1].setdefault(after, name)
