"""The counted difference of two heaps of readings: how many of each fact came, how many went."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from zoll.model import Fact, Reading

# Kinds whose values are words of the source: those of texts mean what they say, blanks included.
_TEXTS = frozenset({"string", "encoded", "secret", "endpoint", "document", "environment", "line"})
STANDING = frozenset({"role", "place", "circumstance"})


def excess(here: Iterable[Reading], there: Iterable[Reading], rank: Callable[[Reading], float]) -> list[Reading]:
    """Return the readings that `here` has over `there`, by count; of n equal ones the lowest ranked go first."""
    counts = Counter(reading.fact for reading in there)
    groups: dict[Fact, list[Reading]] = defaultdict(list)
    for reading in here:
        groups[reading.fact].append(reading)
    out: list[Reading] = []
    for fact, group in groups.items():
        more = len(group) - counts[fact]
        if more == len(group):
            out.extend(group)
        elif more > 0:
            out.extend(sorted(group, key=lambda reading: (rank(reading), reading))[:more])
    return sorted(out, key=_order) if len(out) > 1 else out


def _order(reading: Reading) -> tuple[object, ...]:
    """Return what readings are ordered by; tuples compare many times faster than structs of the same fields."""
    fact, at = reading.fact, reading.at
    return fact.kind, fact.value, fact.traits, at.hops, at.symbol, at.start, at.end, reading.words


def newly_used(gained: list[Reading], lost: list[Reading], texts: Iterable[str]) -> list[Reading]:
    """Leave out primitives that the old side's statements speak of, unless a strong one went for them."""
    named = {one.fact.value for one in gained if one.fact.kind == "algorithm"}
    if not named or any(_is_strong(one.fact) for one in lost):
        return gained
    spoken = "\n".join(texts)
    used = {name for name in named if re.search(rf"(?<![a-z]){re.escape(name)}", spoken, re.IGNORECASE)}
    return [one for one in gained if one.fact.kind != "algorithm" or one.fact.value not in used]


def _is_strong(fact: Fact) -> bool:
    return fact.kind == "algorithm" and "strength:strong" in fact.traits


def respelt(gained: list[Reading], lost: list[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Take out what was only written with other blanks: the same fact on both sides but for white space."""
    if not gained or not lost:
        return gained, lost
    left = Counter(_unspaced(reading.fact) for reading in lost)
    here, both = [], Counter[Fact]()
    for reading in gained:
        fact = _unspaced(reading.fact)
        if both[fact] < left[fact]:
            both[fact] += 1
        else:
            here.append(reading)
    there = []
    for reading in lost:
        fact = _unspaced(reading.fact)
        if both[fact]:
            both[fact] -= 1
        else:
            there.append(reading)
    return here, there


def _unspaced(fact: Fact) -> Fact:
    if fact.kind in _TEXTS or not (" " in fact.value or any(" " in trait for trait in fact.traits)):
        return fact
    return Fact(fact.kind, fact.value.replace(" ", ""), tuple([trait.replace(" ", "") for trait in fact.traits]))
