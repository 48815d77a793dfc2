"""A lock file that holds a package against another digest though its version stayed: it is another package now."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from zoll.compare.marks import marks
from zoll.model import Fact, Reading


def relocked(lost: Iterable[Reading], gained: Iterable[Reading]) -> Iterator[tuple[Reading, Reading]]:
    """Yield the gained reading of such a package, and what it tells: its digest was exchanged."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for reading in lost:
        if digest := reading.fact.trait("sum"):
            held[reading.fact.value, reading.fact.trait("version")].add(digest)
    for reading in gained if held else ():
        fact = reading.fact
        olds = held.get((fact.value, fact.trait("version")), set())
        mine = fact.trait("sum")
        kind = mine.partition(" ")[0]
        if mine and any(old.partition(" ")[0] == kind for old in olds) and mine not in olds:
            traits = marks({"version": fact.trait("version"), "how": "digest"})
            yield reading, Reading(Fact("relocked", fact.value, traits), reading.at, reading.words)
