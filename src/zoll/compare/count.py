"""The counted difference of two heaps of readings: how many of each fact came, how many went."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from zoll.model import Fact, Reading

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
    return sorted(out)
