"""Changes that stand out for the same reason as stronger ones of their upgrade, or in the same function.

What one piece of honest work does, it does in many places: a hundred new options, a hundred lengths counted otherwise.
After the first few of a kind a reviewer had better see something of another kind; and who reads the strongest change of
a function reads the others with it. Each further one says less.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from math import log2

from zoll.judge.counts import AGAIN, Counts
from zoll.model import Signal

# What says how a change looks, not what it does, is no reason of its own.
_FORMS = ("counted/", "shape/")


def reason_of(rules: Iterable[str]) -> str:
    """Return the strongest rule that says what a change does, of rules strongest first; "" for none.

    >>> reason_of(["shape/small", "reach/endpoint", "counted/words"])
    'reach/endpoint'
    """
    return next((rule for rule in rules if not rule.startswith(_FORMS)), "")


def places_of(keys: Sequence[str]) -> list[int]:
    """Return how many findings before each one have its key, a reason or a function; 0 for those without one."""
    met = Counter[str]()
    found = []
    for key in keys:
        found.append(met[key] if key else 0)
        met[key] += 1
    return found


def again_bits(alike: int, beside: int, counts: Counts) -> float:
    """Return what it adds that so many stronger findings have the same reason, and so many the same function."""
    reason, function = counts.again
    return round(reason * log2(1 + alike) + function * log2(1 + beside), 2)


def again_signals(reason: str, alike: int, beside: int, counts: Counts) -> tuple[Signal, ...]:
    """Return the one signal that says so, or none."""
    adds = again_bits(alike, beside, counts)
    whys = [f"{_stronger(alike)} out for the same reason, {reason}"] * bool(alike)
    whys += [f"{_stronger(beside)} in the same function"] * bool(beside)
    return (Signal(AGAIN, adds, "; ".join(whys)),) if adds else ()


def _stronger(number: int) -> str:
    return f"{number:,} stronger {'change stands' if number == 1 else 'changes stand'}"
