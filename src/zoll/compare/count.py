"""The counted difference of two heaps of readings: how many of each fact came, how many went."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from zoll.model import Fact, Reading

# Kinds whose values are words of the source: those of texts mean what they say, blanks included.
_TEXTS = frozenset({"string", "encoded", "secret", "endpoint", "document", "environment", "line"})
# Powers of which another object's call is no other act; what runs, loads, starts or changes rights is looked at anew.
_PLAIN_POWERS = frozenset(
    {"listen", "connect", "send", "fetch", "resolve", "collect", "decode", "random", "write", "delete"}
)
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
    return _without_pairs(gained, lost, _unspaced)


def by_another(gained: list[Reading], lost: list[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Take out powers that the same call of another object has: `http.get(url)` that became `session.get(url)`."""
    if not any(one.fact.kind == "power" for one in lost):
        return gained, lost
    return _without_pairs(gained, lost, _called)


def _without_pairs(
    gained: list[Reading], lost: list[Reading], like: Callable[[Fact], Fact]
) -> tuple[list[Reading], list[Reading]]:
    """Return both sides without as many readings of each likeness as stand on both."""
    if not gained or not lost:
        return gained, lost
    left = Counter(like(reading.fact) for reading in lost)
    here, both = [], Counter[Fact]()
    for reading in gained:
        fact = like(reading.fact)
        if both[fact] < left[fact]:
            both[fact] += 1
        else:
            here.append(reading)
    there = []
    for reading in lost:
        fact = like(reading.fact)
        if both[fact]:
            both[fact] -= 1
        else:
            there.append(reading)
    return here, there


def _called(fact: Fact) -> Fact:
    """Return a power with the last name of its call alone, where what it is given says nothing of its danger."""
    if fact.kind != "power" or fact.value not in _PLAIN_POWERS or fact.trait("through"):
        return fact
    return Fact(fact.kind, fact.value, (fact.trait("call").replace("()", "").rpartition(".")[2], fact.trait("name")))


def _unspaced(fact: Fact) -> Fact:
    if fact.kind in _TEXTS or not (" " in fact.value or any(" " in trait for trait in fact.traits)):
        return fact
    return Fact(fact.kind, fact.value.replace(" ", ""), tuple([trait.replace(" ", "") for trait in fact.traits]))
