"""How strong the strongest innocent change is: the Gumbel distribution of the strongest finding of clean upgrades.

Of n changes, `n ** growth * exp(-(bits - start) / scale)` are expected to be at least so strong; the strongest stays
below with the probability `exp(-expected)`. The three numbers are those that make the strongest findings seen most
likely (Gumbel, Statistics of Extremes, 1958, for the form; Karlin and Altschul 1990 for its use in sequence search).
"""

from collections.abc import Sequence

import numpy as np

from zoll.judge.counts import Levels

FEWEST = 20


def fit_levels(tops: Sequence[float], hunks: Sequence[int]) -> Levels:
    """Return the levels for the strongest finding of each clean upgrade and its number of changes.

    Fewer than `FEWEST` upgrades say nothing: the levels as they start are returned.
    """
    from scipy.optimize import minimize

    if len(tops) < FEWEST:
        return Levels()
    bits, logs = np.asarray(tops, float), np.log(np.maximum(np.asarray(hunks, float), 1))

    def loss(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
        start, scale, growth = values[0], np.exp(values[1]), values[2]
        away = (bits - start) / scale - growth * logs
        return float(np.sum(np.log(scale) + away + np.exp(-np.clip(away, -50, None))))

    found = minimize(
        loss, np.array([float(np.median(bits)), 0.0, 0.3]), method="Nelder-Mead", options={"maxiter": 4000}
    )
    return Levels(round(float(found.x[0]), 3), round(float(np.exp(found.x[1])), 3), round(float(found.x[2]), 3))
