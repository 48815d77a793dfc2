"""Signals and their sum.

Bits add up, so that a reviewer can follow the sum; what each signal shows is what it really added.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log2

from zoll.judge.rulebook import Rule
from zoll.model import Reading, Signal

# Rules of one family overlap in what they see: the strongest counts whole, each further one seven tenths of its share.
FALLING = 0.7
# Before a rule's frequency in this upgrade says anything, pretend to have seen this many hunks in which it was silent.
SILENT = 50
WHY_CLIP = 200

Fired = Sequence[tuple[Rule, tuple[Reading, ...]]]


def surprise(fired: int, hunks: int) -> float:
    """Return the most bits that a rule can say when it speaks of `fired` out of `hunks` hunks of this upgrade.

    A rule that speaks of half of an upgrade tells nobody where to look.
    """
    return log2((hunks + SILENT) / max(fired, 1))


def weigh(
    fired: Fired, counts: Mapping[str, int], hunks: int, caps: Mapping[str, float]
) -> tuple[float, tuple[Signal, ...]]:
    """Return the sum in bits and the signals that add up to it, strongest first."""
    families: dict[str, list[tuple[float, Rule, tuple[Reading, ...]]]] = defaultdict(list)
    for rule, evidence in fired:
        families[rule.family].append((_bounded(rule, counts, hunks), rule, evidence))
    signals = [signal for family, members in families.items() for signal in _family(members, caps.get(family, 99.0))]
    signals.sort(key=lambda signal: (-signal.bits, signal.rule))
    return round(sum(signal.bits for signal in signals), 2), tuple(signals)


def _bounded(rule: Rule, counts: Mapping[str, int], hunks: int) -> float:
    return min(rule.bits, surprise(counts[rule.id], hunks)) if rule.bits > 0 else rule.bits


def _family(members: list[tuple[float, Rule, tuple[Reading, ...]]], cap: float) -> list[Signal]:
    signals, left = [], cap
    members.sort(key=lambda member: (-abs(member[0]), member[1].id))
    for order, (bits, rule, evidence) in enumerate(members):
        share = bits if bits < 0 else min(bits * FALLING**order, left)
        left -= max(share, 0.0)
        signals.append(Signal(rule.id, round(share, 2), rule.title[:WHY_CLIP], evidence))
    return signals
