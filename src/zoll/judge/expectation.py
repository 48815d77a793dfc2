"""How many changes this strong a clean upgrade of this size would show (as sequence search reports E-values)."""

from math import exp, log

# Read off the strongest finding of 68 clean upgrades of the development corpus (`bench/`), of 1 to 3,500 hunks: the
# share of clean upgrades that show something of b bits falls about as exp(-(b - START) / SCALE), and grows with
# hunks ** GROWTH, slower than n independent draws would: hunks of one upgrade are alike.
START = 0.43
SCALE = 1.12
GROWTH = 0.71

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
