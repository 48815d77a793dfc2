"""How strong the strongest innocent change is: the Gumbel distribution of the strongest finding of clean upgrades.

Of n changes, `n ** growth * exp(-(bits - start) / scale)` are expected to be at least so strong; the strongest stays
below with the probability `exp(-expected)`. The three numbers are those that make the strongest findings seen most
likely (Gumbel, Statistics of Extremes, 1958, for the form; Karlin and Altschul 1990 for its use in sequence search).
"""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace

from zoll.judge.counts import Levels
from zoll.learn.minimum import Vector, least

FEWEST = 20
STEPS = 500
PRIOR = 20.0  # pretended upgrades of a kind that are like all others
MEAN = float(np.euler_gamma)  # of the distribution


def fit_levels(tops: Sequence[float], hunks: Sequence[int]) -> Levels:
    """Return the levels for the strongest finding of each clean upgrade and its number of changes.

    Fewer than `FEWEST` upgrades say nothing: the levels as they start are returned.
    """
    if len(tops) < FEWEST:
        return Levels()
    bits, logs = np.asarray(tops, float), np.log(np.maximum(np.asarray(hunks, float), 1))

    def loss(values: Vector) -> tuple[float, Vector]:
        """Return how unlikely the tops are, with the slope by start, logarithm of the scale, and growth."""
        scale = float(np.exp(values[1]))
        reduced = (bits - values[0]) / scale
        away = reduced - values[2] * logs
        pull = 1 - np.exp(-np.clip(away, -50, None))
        slopes = (float(-pull.sum() / scale), float((1 - pull * reduced).sum()), float(-(pull * logs).sum()))
        return float(np.sum(values[1] + away + 1 - pull)), np.array(slopes)

    start, scale, growth = least(loss, np.array([float(np.median(bits)), 0.0, 0.3]), STEPS)
    return Levels(round(float(start), 3), round(float(np.exp(scale)), 3), round(float(growth), 3))


def with_kinds(levels: Levels, tops: Sequence[float], hunks: Sequence[int], kinds: Sequence[str]) -> Levels:
    """Return levels that know by how much the strongest findings of each kind of upgrade stand higher or lower."""
    away: dict[str, list[float]] = defaultdict(list)
    for top, number, kind in zip(tops, hunks, kinds, strict=True):
        usual = levels.start + levels.scale * (levels.growth * np.log(max(number, 1)) + MEAN)
        away[kind].append(top - float(usual))
    moved = {kind: round(sum(each) / (len(each) + PRIOR), 2) for kind, each in sorted(away.items())}
    return replace(levels, kinds=moved)
