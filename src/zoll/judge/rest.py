"""What the rest of an upgrade shows: the bits of its fifth strongest finding, against which all are held.

Where much looks strange, one strange change more says less. It is the same for all findings of an upgrade: nothing is
ranked by it, but bits of different upgrades become comparable.
"""

from collections.abc import Iterable

from zoll.judge.counts import REST, Counts
from zoll.model import Signal

FIFTH = 5
MOST = 8.0  # more takes no more away: many plants of one upgrade shall not hide each other


def rest_of(bits: Iterable[float]) -> float:
    """Return what the rest of an upgrade shows, by the bits of its findings; 0 where fewer than five say anything."""
    strongest = sorted(bits, reverse=True)
    return min(max(strongest[FIFTH - 1], 0.0), MOST) if len(strongest) >= FIFTH else 0.0


def rest_signals(bits: Iterable[float], counts: Counts) -> tuple[Signal, ...]:
    """Return what the rest of an upgrade adds to each of its findings, as the one signal that says so, or none."""
    share, usual = counts.rest
    rest = rest_of(bits)
    adds = round(share * (rest - usual), 2)
    why = f"the fifth strongest change has {rest:.1f} bits without this, {usual:.1f} are usual"
    return (Signal(REST, adds, why if rest else "fewer than five changes say anything by themselves"),) if adds else ()
