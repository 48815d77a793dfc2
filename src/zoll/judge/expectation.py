"""How many changes this strong a clean upgrade of this kind and size would show (as sequence search reports E-values).

The share of clean upgrades that show something of b bits falls about as `exp(-(b - start) / scale)`, and grows with
`changes ** growth`, slower than so many independent draws would: changes of one upgrade are alike. The three numbers
are learned (`zoll learn`) from the strongest finding of each clean upgrade, scored without having been learned from.
What is loud in one language is rare in another: `start` moves with the kind of the upgrade.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from math import exp, log

from zoll.judge.counts import Levels

HOLD = 1 / 50
REVIEW = 1 / 3
_LANGUAGE, _COMPILED = "place language:", "place compiled"


def kind_of(findings: Iterable[Collection[str]]) -> str:
    """Return the kind of an upgrade, by what stands around each of its findings: the language that most stand in.

    It is `compiled` for executables and "" where no finding stands in code.
    """
    met = Counter(said for standing in findings if (said := _language(standing)))
    return min(met, key=lambda one: (-met[one], one), default="")


def _language(standing: Collection[str]) -> str:
    if _COMPILED in standing:
        return "compiled"
    return next((word.removeprefix(_LANGUAGE) for word in standing if word.startswith(_LANGUAGE)), "")


def expected(bits: float, hunks: int, levels: Levels) -> float:
    """Return the number of hunks at least `bits` strong that a clean upgrade of `hunks` hunks would show."""
    share = exp(-max(bits - levels.start, 0.0) / levels.scale)
    return float(f"{max(hunks, 1) ** levels.growth * share:.3g}")


def level(expectation: float) -> str:
    """Return hold, review or note: what one clean upgrade in fifty, one in three, or any may show."""
    return "hold" if expectation <= HOLD else "review" if expectation <= REVIEW else "note"


def bits_at(expectation: float, hunks: int, levels: Levels) -> float:
    """Return the bits at which `expected` falls to `expectation` (the inverse, for reports)."""
    return levels.start + levels.scale * (levels.growth * log(max(hunks, 1)) - log(expectation))
