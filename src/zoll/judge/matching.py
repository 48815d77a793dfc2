"""Which rules speak of a scene, and on what evidence."""

from collections.abc import Sequence

from zoll.judge.rulebook import Pattern, Rule
from zoll.judge.scene import Scene, Seen
from zoll.model import Reading

MOST_EVIDENCE = 3


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
    return met[:MOST_EVIDENCE]


def _stands(pattern: Pattern, scene: Scene) -> bool:
    if any(pattern.admits(fact) for fact in scene.standing):
        return True
    return any(pattern.meets(seen) for seen in scene.gained)
