"""Changes that stand out for the same reason as stronger ones of their upgrade: each further one says less.

What one piece of honest work does, it does in many places: a hundred new options, a hundred lengths counted otherwise.
After the first few of a kind a reviewer had better see something of another kind.
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


def places_of(reasons: Sequence[str]) -> list[int]:
    """Return how many findings before each one have its reason; 0 for those without one."""
    met = Counter[str]()
    found = []
    for reason in reasons:
        found.append(met[reason] if reason else 0)
        met[reason] += 1
    return found


def again_bits(before: int, counts: Counts) -> float:
    """Return what it adds that so many stronger findings have the same reason; nothing for the first."""
    return round(counts.again * log2(1 + before), 2)


def again_signals(reason: str, before: int, counts: Counts) -> tuple[Signal, ...]:
    """Return the one signal that says so, or none."""
    adds = again_bits(before, counts)
    why = f"{before:,} stronger {'change stands' if before == 1 else 'changes stand'} out for the same reason, {reason}"
    return (Signal(AGAIN, adds, why),) if adds else ()
