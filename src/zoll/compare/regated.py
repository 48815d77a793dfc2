"""Gates that stood before, with the same condition and the same target, and now only set another value.

`if (a.code == ID) auth = a.value` that became `auth = a.raw` sets `auth` depending on nothing new: what changed is told
of the value. One that is a constant now, or was one, stays a gate: whether it is yes or no is what was decided.
"""

import re
from collections import Counter
from collections.abc import Sequence

from zoll.model import Fact, Reading

_VALUE = "return:"
_WORKED_OUT = re.compile(
    r"(?=.*[a-z])(?!(?:true|false|null|nil|none|undefined|nullptr|yes|no|on|off)\Z)[$@%&*A-Za-z_].*", re.IGNORECASE
)
_CONSTANT = re.compile(r"(?:[\w.]+(?:\.|::))?[A-Z][A-Z0-9_]+")


def without_regated(gained: Sequence[Reading], lost: Sequence[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Return what was gained and lost without the gates that are on both sides but for a value that is worked out."""
    both = _gates(gained) & _gates(lost)
    return (_left(gained, both), _left(lost, both)) if both else (list(gained), list(lost))


def _gates(readings: Sequence[Reading]) -> Counter[Fact]:
    return Counter(_unvalued(one.fact) for one in readings if _works_out(one.fact))


def _left(readings: Sequence[Reading], both: Counter[Fact]) -> list[Reading]:
    left, kept = Counter(both), []
    for reading in readings:
        fact = _unvalued(reading.fact)
        if _works_out(reading.fact) and left[fact]:
            left[fact] -= 1
        else:
            kept.append(reading)
    return kept


def _works_out(fact: Fact) -> bool:
    """Tell whether a gate sets something to what is neither a number, a truth value nor the name of a constant."""
    if fact.kind != "gate" or not fact.trait("set"):
        return False
    value = fact.trait("return")
    return bool(_WORKED_OUT.fullmatch(value)) and not _CONSTANT.fullmatch(value)


def _unvalued(fact: Fact) -> Fact:
    return Fact(fact.kind, fact.value, tuple(trait for trait in fact.traits if not trait.startswith(_VALUE)))
