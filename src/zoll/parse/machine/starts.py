"""Where functions start in code that may have neither symbols nor unwind tables."""

import numpy as np

from zoll.parse.machine.image import Image, Numbers
from zoll.parse.machine.sweep.listing import Flags, Flow, Stretch


def told(image: Image, stretch: Stretch) -> Numbers:
    """Return the starts that the file itself tells: unwind or function table, symbols, entry."""
    named = [one.address for one in image.symbols if one.kind in ("function", "ifunc") and one.address]
    found = np.concatenate([image.unwound[:, 0], np.array([*named, image.entry], np.int64)])
    if image.processor == "arm":
        found = found & ~1
    found = found[(found >= stretch.address) & (found < stretch.end)]
    return np.unique(found)


def found_starts(image: Image, stretch: Stretch, sure: Numbers, flow: Flow) -> tuple[Numbers, Numbers]:
    """Return where functions start and, at the latest, end, in order."""
    called = _called(image, stretch, flow)
    pointed = _pointed(image, stretch, flow)
    starts = np.unique(np.concatenate([sure, called, pointed]))
    starts = starts[~np.isin(starts, np.fromiter(image.stubs, np.int64, len(image.stubs)))]
    ends = np.append(starts[1:], stretch.end)[: len(starts)]
    return starts, ends


def _within(image: Image, addresses: Numbers) -> Flags:
    """Say which addresses lie inside a function of the unwind table, behind its start."""
    table = image.unwound[np.argsort(image.unwound[:, 0], kind="stable")]
    if not len(table):
        return np.zeros(len(addresses), np.bool_)
    at = np.searchsorted(table[:, 0], addresses, side="right") - 1
    row = table[np.maximum(at, 0)]
    found: Flags = (at >= 0) & (addresses > row[:, 0]) & (addresses < row[:, 0] + row[:, 1])
    return found


def _called(image: Image, stretch: Stretch, flow: Flow) -> Numbers:
    target = flow.calls[:, 1]
    away = (target - flow.calls[:, 0] > 8) | (target <= flow.calls[:, 0])  # a call of the next place asks where it is
    good = (target >= stretch.address) & (target < stretch.end) & away
    target = np.unique(target[good])
    return target[~_within(image, target)]


def _pointed(image: Image, stretch: Stretch, flow: Flow) -> Numbers:
    """Return what relocated pointers in data name, where control does not fall into it."""
    values = image.pointers & ~1 if image.processor == "arm" else image.pointers
    values = np.unique(values[(values >= stretch.address) & (values < stretch.end)])
    plausible = np.isin(values, flow.begins) | np.isin(values, flow.opens)
    return values[plausible & ~_within(image, values)]
