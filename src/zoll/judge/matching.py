"""Which rules speak of a scene, and on what evidence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, reduce
from operator import or_

from zoll.judge.rulebook import Pattern, Rule, load
from zoll.judge.scene import Scene, Seen
from zoll.model import Fact, Reading

MOST_EVIDENCE = 3
# Facts whose patterns are remembered; an upgrade says the same few things again and again.
REMEMBERED = 200_000


def speaking(scene: Scene) -> list[tuple[Rule, tuple[Reading, ...]]]:
    """Return the rules that speak of a scene, in their order, each with its evidence."""
    if not scene.gained and not scene.lost:
        return []
    found = ((rule, match(rule, scene)) for rule in _sieve().candidates(scene))
    return [(rule, evidence) for rule, evidence in found if evidence is not None]


class Sieve:
    """Passes only rules all of whose patterns are met by some fact of a scene, newness aside.

    Each distinct pattern is a bit; which bits a fact has is asked once.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._patterns = list(dict.fromkeys(p for rule in rules for p in (*rule.gained, *rule.lost, *rule.standing)))
        bits = {pattern: 1 << place for place, pattern in enumerate(self._patterns)}
        self._bits = bits
        self._kinds: dict[str, list[Pattern]] = {}
        self._known: dict[Fact, int] = {}
        self._loose: list[tuple[int, Rule, int, int, int]] = []
        # rules by their first gained pattern, else by their first lost one
        self._heads: tuple[defaultdict[int, list[tuple[int, Rule, int, int, int]]], ...] = (
            defaultdict(list),
            defaultdict(list),
        )
        for order, rule in enumerate(rules):
            more, less, around = (
                reduce(or_, (bits[p] for p in side), 0) for side in (rule.gained, rule.lost, rule.standing)
            )
            entry = (order, rule, more, less, around)
            if rule.gained or rule.lost:
                side = 0 if rule.gained else 1
                self._heads[side][bits[(rule.gained or rule.lost)[0]]].append(entry)
            else:
                self._loose.append(entry)

    def candidates(self, scene: Scene) -> list[Rule]:
        """Return the rules that may speak, in their order."""
        gained = self._all(seen.reading.fact for seen in scene.gained)
        lost = self._all(seen.reading.fact for seen in scene.lost)
        standing = self._all(scene.standing)
        entries = list(self._loose)
        for heads, there in zip(self._heads, (gained, lost), strict=True):
            left = there
            while left:
                entries += heads.get(left & -left, ())
                left &= left - 1
        return [
            rule
            for _, rule, more, less, around in sorted(entries, key=lambda entry: entry[0])
            if not (more & ~gained or less & ~lost or around & ~standing)
        ]

    def _all(self, facts: Iterable[Fact]) -> int:
        found, known = 0, self._known
        for fact in facts:
            bits = known.get(fact)
            found |= self._ask(fact) if bits is None else bits
        return found

    def _ask(self, fact: Fact) -> int:
        patterns = self._kinds.get(fact.kind)
        if patterns is None:
            patterns = self._kinds[fact.kind] = [pattern for pattern in self._patterns if pattern.suits(fact.kind)]
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        bits = self._known[fact] = reduce(or_, (self._bits[p] for p in patterns if p.accepts(fact)), 0)
        return bits


@cache
def _sieve() -> Sieve:
    return Sieve(load())


def match(rule: Rule, scene: Scene) -> tuple[Reading, ...] | None:
    """Return the readings a rule stands on, strongest pattern first; None when the rule does not speak."""
    evidence: list[Reading] = []
    for patterns, side in ((rule.gained, scene.gained), (rule.lost, scene.lost)):
        for pattern in patterns:
            met = _met(pattern, side)
            if not met:
                return None
            evidence += met
    if not all(any(pattern.admits(fact) for fact in scene.standing) for pattern in rule.standing):
        return None
    if any(_stands(pattern, scene) for pattern in rule.without):
        return None
    return tuple(dict.fromkeys(evidence))


def _met(pattern: Pattern, side: Sequence[Seen]) -> list[Reading]:
    met = [seen.reading for seen in side if pattern.meets(seen)]
    if pattern.least > 1 and len({reading.fact for reading in met}) < pattern.least:
        return []
    return met[:MOST_EVIDENCE]


def _stands(pattern: Pattern, scene: Scene) -> bool:
    if any(pattern.admits(fact) for fact in scene.standing):
        return True
    return any(pattern.meets(seen) for seen in scene.gained)
