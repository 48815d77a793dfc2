"""How many changes this strong a clean upgrade of this size would show (as sequence search reports E-values)."""

from math import exp, log

# Over clean upgrades the share of hunks above b bits falls about as exp(-(b - START) / SCALE); `bench/` counts it.
START = 2.0
SCALE = 1.6
# The strongest of n hunks grows slower than n independent draws would: hunks of one upgrade are alike.
GROWTH = 0.5

HOLD = 1 / 50
REVIEW = 1 / 3


def expected(bits: float, hunks: int) -> float:
    """Return the number of hunks at least `bits` strong that a clean upgrade of `hunks` hunks would show."""
    share = exp(-max(bits - START, 0.0) / SCALE)
    return float(f"{max(hunks, 1) ** GROWTH * share:.3g}")


def level(expectation: float) -> str:
    """Return hold, review or note: what one clean upgrade in fifty, one in three, or any may show."""
    return "hold" if expectation <= HOLD else "review" if expectation <= REVIEW else "note"


def bits_at(expectation: float, hunks: int) -> float:
    """Return the bits at which `expected` falls to `expectation` (the inverse, for reports)."""
    return START + SCALE * (GROWTH * log(max(hunks, 1)) - log(expectation))
