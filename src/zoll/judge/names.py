"""The parts of the names in a change, `verify` and `token` of `verifyToken`: what they speak of is counted too.

`=named` stands before the parts of the changed function's own name, `+named` and `-named` before those of what is
called, asked, given back or put in its place by what came and went. Which of them say anything is counted
(`judge.counts`): only parts that are met in many projects are, so a name that one vendor chose never is.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from zoll.judge.scene import Scene
from zoll.model import Fact

PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
LENGTHS = range(3, 15)
SPEAKS = "named "  # stands before a part, after the sign
# Of hosts that stand for nobody (RFC 2606): planted changes must use them, so counting them would be counting plants.
NOBODY = frozenset({"example", "invalid"})
NAMING = ("arg:", "call:", "name:", "new:", "return:", "subject:")


def names_of(symbol: str, scene: Scene) -> tuple[str, ...]:
    """Return the parts of the names in a hunk of a function, each once, in order."""
    return named(symbol, (seen.reading.fact for seen in scene.gained), (seen.reading.fact for seen in scene.lost))


def named(symbol: str, gained: Iterable[Fact], lost: Iterable[Fact]) -> tuple[str, ...]:
    """Return the parts of the names in a symbol and in facts gained and lost.

    >>> named("Gate.checkToken", [], [Fact("call", "verify_peer")])
    ('-named peer', '-named verify', '=named check', '=named gate', '=named token')
    >>> named("", [Fact("host", "news.example")], [])
    ('+named news',)
    """
    found = {f"={SPEAKS}{part}" for part in _parts(symbol)}
    found.update(*(_spoken("+", fact) for fact in gained), *(_spoken("-", fact) for fact in lost))
    return tuple(sorted(found))


@lru_cache(maxsize=1 << 15)  # an upgrade says the same few things again and again
def _spoken(sign: str, fact: Fact) -> frozenset[str]:
    told = (trait.partition(":")[2] for trait in fact.traits if trait.startswith(NAMING))
    parts = frozenset().union(_parts(fact.value), *map(_parts, told)) - NOBODY
    return frozenset(f"{sign}{SPEAKS}{part}" for part in parts)


@lru_cache(maxsize=1 << 15)
def _parts(text: str) -> frozenset[str]:
    return frozenset(part.lower() for part in PART.findall(text) if len(part) in LENGTHS)
