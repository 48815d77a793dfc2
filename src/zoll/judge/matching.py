"""Which rules speak of a scene, and on what evidence."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache, reduce
from operator import or_
from typing import NamedTuple

from zoll.judge.rulebook import Pattern, Rule, load
from zoll.judge.scene import Scene, Seen
from zoll.model import Fact, Reading

Side = Sequence[tuple[Seen, int]]  # readings, each with the bits of the patterns that it is of
MOST_EVIDENCE = 3
# Facts whose patterns are remembered; an upgrade says the same few things again and again.
REMEMBERED = 200_000


def speaking(scene: Scene) -> list[tuple[Rule, tuple[Reading, ...]]]:
    """Return the rules that speak of a scene, in their order, each with its evidence."""
    return _sieve().speaking(scene) if scene.gained or scene.lost else []


def match(rule: Rule, scene: Scene) -> tuple[Reading, ...] | None:
    """Return the readings one rule stands on, strongest pattern first; None when the rule does not speak."""
    return next((evidence for _, evidence in Sieve((rule,)).speaking(scene)), None)


class Entry(NamedTuple):
    """A rule with the bits of its patterns; `without` are those that must not stand, `bare` those not to be gained."""

    order: int
    rule: Rule
    gained: int
    lost: int
    standing: int
    without: int
    bare: int


class Sieve:
    """Passes only rules all of whose patterns are met by some fact of a scene, and none of `without`, newness aside.

    Each distinct pattern is a bit; which bits a fact has is asked once.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        sides = (side for rule in rules for side in (rule.gained, rule.lost, rule.standing, rule.without))
        self._patterns = list(dict.fromkeys(pattern for side in sides for pattern in side))
        bits = {pattern: 1 << place for place, pattern in enumerate(self._patterns)}
        self._bits = bits
        self._kinds: dict[str, list[Pattern]] = {}
        self._known: dict[Fact, int] = {}
        self._loose: list[Entry] = []
        # rules by their first gained pattern, else by their first lost one
        self._heads: tuple[defaultdict[int, list[Entry]], ...] = (defaultdict(list), defaultdict(list))
        for order, rule in enumerate(rules):
            bare = [pattern for pattern in rule.without if pattern.bare]
            asked = (rule.gained, rule.lost, rule.standing, rule.without, bare)
            entry = Entry(order, rule, *(reduce(or_, (bits[p] for p in side), 0) for side in asked))
            if rule.gained or rule.lost:
                side = 0 if rule.gained else 1
                self._heads[side][bits[(rule.gained or rule.lost)[0]]].append(entry)
            else:
                self._loose.append(entry)

    def speaking(self, scene: Scene) -> list[tuple[Rule, tuple[Reading, ...]]]:
        """Return the rules that speak, in their order, each with its evidence."""
        gained, lost = ([self._has(seen.reading.fact) for seen in side] for side in (scene.gained, scene.lost))
        standing = reduce(or_, map(self._has, scene.standing), 0)
        entries = self._candidates(reduce(or_, gained, 0), reduce(or_, lost, 0), standing)
        came, went = list(zip(scene.gained, gained, strict=True)), list(zip(scene.lost, lost, strict=True))
        found = ((entry.rule, self._evidence(entry.rule, came, went)) for entry in entries)
        return [(rule, evidence) for rule, evidence in found if evidence is not None]

    def _candidates(self, gained: int, lost: int, standing: int) -> list[Entry]:
        """Return the entries of the rules that may speak of such facts, in their order."""
        entries = list(self._loose)
        for heads, there in zip(self._heads, (gained, lost), strict=True):
            left = there
            while left:
                entries += heads.get(left & -left, ())
                left &= left - 1
        return sorted(
            entry
            for entry in entries
            if not (entry.gained & ~gained or entry.lost & ~lost or entry.standing & ~standing)
            and not (entry.without & standing or entry.bare & gained)
        )

    def _evidence(self, rule: Rule, came: Side, went: Side) -> tuple[Reading, ...] | None:
        """Return what a rule that may speak stands on; None where newness or number keeps it silent."""
        evidence: list[Reading] = []
        for patterns, side in ((rule.gained, came), (rule.lost, went)):
            for pattern in patterns:
                met = self._met(pattern, side)
                if not met:
                    return None
                evidence += met[:MOST_EVIDENCE]
        if any(self._of(pattern, came) for pattern in rule.without if not pattern.bare):
            return None
        return tuple(dict.fromkeys(evidence))

    def _met(self, pattern: Pattern, side: Side) -> list[Reading]:
        """Return the readings of a pattern, none where too few facts are."""
        met = self._of(pattern, side)
        few = pattern.least > 1 and len({reading.fact for reading in met}) < pattern.least
        return [] if few else met

    def _of(self, pattern: Pattern, side: Side) -> list[Reading]:
        bit = self._bits[pattern]
        return [seen.reading for seen, has in side if has & bit and pattern.reaches(seen)]

    def _has(self, fact: Fact) -> int:
        """Return the bits of the patterns that a fact is of."""
        bits = self._known.get(fact)
        return self._ask(fact) if bits is None else bits

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
