"""Gates and bounds that stood before: what they ask is not new, though what they lead to or hold against is another.

`if (k.startsWith(p)) key = k[n:]` that became `key = k.removeprefix(p)` hangs on what it hung on before, and
`len > 4096` that became `len > 128` asks of the same length. Which of these lets more pass, what became weaker tells.
A gate that sets a constant, or did, stays one: whether it is yes or no is what was decided. What held nothing, `None`,
and holds nothing, `""`, is set to no weaker value.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from zoll.model import Fact, Reading

Key = Callable[[Fact], Fact | None]
_ORDERS = frozenset({"<", "<=", ">", ">="})
_YES = frozenset({"condition", "1", "true", "True", "TRUE"})
_PARTS = frozenset({"contains", "prefix", "suffix"})  # asked by whichever call
_SETS = ("->state", "->assign")
_WORKED_OUT = re.compile(
    r"(?=.*[a-z])(?!(?:true|false|null|nil|none|undefined|nullptr|yes|no|on|off)\Z)[$@%&*A-Za-z_].*", re.IGNORECASE
)
_PRESSED = re.compile(r"[A-Za-z_$]{1,2}\.[\w$]{3,}\Z")
_CONSTANT = re.compile(r"(?:[\w.]+(?:\.|::))?[A-Z][A-Z0-9_]+")


def without_standing(
    gained: Sequence[Reading], lost: Sequence[Reading], *, compiled: bool = False
) -> tuple[list[Reading], list[Reading]]:
    """Return what one hunk gained and lost without the gates and bounds that only changed their form.

    In machine code values have no names: only the bound of a gate on one that is known counts as another one.
    """
    key = _bounded if compiled else _key
    both = _keys(gained, key) & _keys(lost, key)
    return (_left(gained, both, key), _left(lost, both, key)) if both else (list(gained), list(lost))


def _keys(readings: Sequence[Reading], key: Key) -> Counter[Fact]:
    return Counter(found for reading in readings if (found := key(reading.fact)))


def _left(readings: Sequence[Reading], both: Counter[Fact], key_of: Key) -> list[Reading]:
    left, kept = Counter(both), []
    for reading in readings:
        key = key_of(reading.fact)
        if key and left[key]:
            left[key] -= 1
        else:
            kept.append(reading)
    return kept


def _key(fact: Fact) -> Fact | None:
    """Return a gate without the value that it sets, or a bound without its number; None for all else."""
    if fact.kind == "gate" and fact.value.endswith(_SETS) and fact.trait("set"):
        return _without(fact, "return:") if _works_out(fact.trait("return")) else None
    if fact.kind == "gate" and fact.value.endswith("->success") and fact.trait("return") in _YES:
        return _without(fact, "return:")  # `return a == B` and `if (a == B) return 1`
    if fact.kind == "gate" and fact.trait("op") in _ORDERS and fact.trait("literal")[:1].isdigit():
        return _without(fact, "literal:")
    if fact.kind == "comparison" and fact.trait("op") in _PARTS:
        return _without(fact, "via:")
    if fact.kind == "comparison" and fact.trait("op") in _ORDERS and fact.trait("type") == "number":
        return Fact(fact.kind, "", fact.traits)
    if fact.kind == "guard" and _PRESSED.match(fact.value):
        return Fact(fact.kind, fact.value.rpartition(".")[2], fact.traits)  # a compressed name is another each time
    if fact.kind == "assignment" and fact.trait("value") == "none":
        return Fact(fact.kind, fact.value.partition("=")[0], fact.traits)  # nothing, spelled otherwise
    return None


def _bounded(fact: Fact) -> Fact | None:
    """Return a gate of machine code without its bound, None for all else.

    >>> _bounded(Fact("gate", "magic->zero", ("literal:900", "op:>", "subject:f28"))).traits
    ('op:>', 'subject:f28')
    >>> _bounded(Fact("gate", "magic->zero", ("literal:900", "op:>", "subject:v")))
    """
    ordered = fact.kind == "gate" and fact.trait("op") in _ORDERS and fact.trait("literal")[:1].isdigit()
    return _without(fact, "literal:") if ordered and fact.trait("subject") != "v" else None


def _works_out(value: str) -> bool:
    """Tell whether a value, where it is known, is neither a number, a truth value nor the name of a constant."""
    return not value or (bool(_WORKED_OUT.fullmatch(value)) and not _CONSTANT.fullmatch(value))


def _without(fact: Fact, start: str) -> Fact:
    return Fact(fact.kind, fact.value, tuple(trait for trait in fact.traits if not trait.startswith(start)))
