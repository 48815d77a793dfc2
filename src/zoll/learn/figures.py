"""How well findings rank what was planted, and how quiet clean upgrades are."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from zoll.learn.examples import Example
from zoll.learn.minimum import Vector

FIRSTS = (1, 3, 10)
ALARMS = (0.05, 0.01)
SHOWN = (1, 3, 10)
NOWHERE = 10**9


class Figures(Struct, frozen=True):
    """Shares of the planted upgrades, all of 1.

    `first` holds how many have the plant among the first 1, 3, 10; `alarm` how many have it above the bits that 5 % and
    1 % of clean upgrades exceed; `median` how many have it above the bits at which the median clean upgrade shows 1, 3
    and 10 findings.
    """

    hostile: int
    clean: int
    first: tuple[float, ...]
    alarm: tuple[float, ...]
    median: tuple[float, ...]

    def line(self) -> str:
        """Return the figures on one line."""
        first = " ".join(f"@{n} {share:.0%}" for n, share in zip(FIRSTS, self.first, strict=True))
        alarm = " ".join(f"{n:.0%} {share:.0%}" for n, share in zip(ALARMS, self.alarm, strict=True))
        median = " ".join(f"{n}: {share:.0%}" for n, share in zip(SHOWN, self.median, strict=True))
        return f"plant first {first}; above alarm {alarm}; median clean upgrade shows {median}"


def figures(examples: Sequence[Example], scores: Sequence[Vector], clean: Sequence[Vector] | None = None) -> Figures:
    """Return the figures of scored examples; `clean` are other scores of clean upgrades to hold them against."""
    planted = [
        best_and_rank(example, score) for example, score in zip(examples, scores, strict=True) if example.hostile
    ]
    if clean is None:
        clean = [score for example, score in zip(examples, scores, strict=True) if not example.hostile]
    return Figures(
        len(planted),
        len(clean),
        tuple(_share(rank <= first for _, rank in planted) for first in FIRSTS),
        tuple(_share(best > bar for best, _ in planted) for bar in (alarm_bits(clean, share) for share in ALARMS)),
        tuple(_share(best > bar for best, _ in planted) for bar in (shown_bits(clean, number) for number in SHOWN)),
    )


def best_and_rank(example: Example, scores: Vector) -> tuple[float, int]:
    """Return the bits and the rank of the first planted finding; no bits and `NOWHERE` when there is none."""
    met = [float(score) for score, planted in zip(scores, example.planted, strict=True) if planted]
    if not met:
        return float("-inf"), NOWHERE
    best = max(met)
    return best, 1 + int((scores > best).sum())


def alarm_bits(clean: Sequence[Vector], share: float) -> float:
    """Return the bits that only this share of clean upgrades exceeds."""
    tops = sorted((float(scores.max()) if len(scores) else float("-inf") for scores in clean), reverse=True)
    return tops[int(len(tops) * share)] if tops else float("-inf")


def shown_bits(clean: Sequence[Vector], number: int) -> float:
    """Return the bits above which the median clean upgrade shows fewer than `number` findings."""
    least = sorted(float(sorted(scores)[-number]) if len(scores) >= number else float("-inf") for scores in clean)
    return least[len(least) // 2] if least else float("-inf")


def _share(met: Iterable[bool]) -> float:
    found = list(met)
    return sum(found) / len(found) if found else 0.0
