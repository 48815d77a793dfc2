"""Parts in batches: so many at a time that handing them to a worker costs little, and no more than a budget."""

from collections.abc import Iterable, Iterator

from zoll.model import Part

BATCH = 1_000_000  # bytes


def smallest(parts: Iterable[Part], most: int) -> list[Part]:
    """Return the smallest parts that have no more than `most` bytes together, smallest first."""
    chosen, spent = [], 0
    for part in sorted(parts, key=lambda part: (part.size, part.place)):
        spent += part.size
        if spent > most:
            break
        chosen.append(part)
    return chosen


def batches(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Yield parts in order, in batches of at most `BATCH` bytes; a larger part is a batch of its own."""
    batch: list[Part] = []
    for part in parts:
        if batch and weight(batch) + part.size > BATCH:
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch


def weight(parts: Iterable[Part]) -> int:
    """Return the bytes of a batch."""
    return sum(part.size for part in parts)
