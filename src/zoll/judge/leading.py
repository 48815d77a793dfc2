"""The leading reason of a change, and how many projects showed a change that it leads: in clean upgrades, and planted.

Some reasons lead somewhere in every second honest upgrade, others in hardly any. Projects are counted, not changes: one
that does a thing a hundred times has its habits.
"""

from math import log2

from zoll.judge.counts import LEADING, Counts
from zoll.model import Signal


def leading_signals(reason: str, counts: Counts) -> tuple[Signal, ...]:
    """Return the one signal that tells what it says that a reason leads, or none."""
    clean, planted = counts.met.get(reason, (0, 0))
    pairs = zip(counts.lead, (clean, planted), counts.common, strict=True)
    adds = round(sum(bits * (log2(1 + projects) - usual) for bits, projects, usual in pairs), 2)
    name = reason or "no reason of its own"
    noun = "project" if clean == 1 else "projects"
    why = f"{name} leads in clean upgrades of {clean:,} {noun}, in planted ones of {planted:,}"
    return (Signal(LEADING, adds, why),) if adds else ()
