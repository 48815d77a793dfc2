"""Bounds on what one reader says of one part."""

from collections.abc import Iterable, Iterator

from zoll.errors import CannotRead
from zoll.model import Reading
from zoll.readers.material import Material

MOST = 20_000


def bounded(readings: Iterable[Reading], most: int = MOST) -> Iterator[Reading]:
    """Yield up to `most` readings; more than that is a gap, said after the readings that fit."""
    for number, reading in enumerate(readings):
        if number >= most:
            raise CannotRead("parts", f"more than {most} facts in one part; the first {most} were kept")
        yield reading


def aside(material: Material) -> bool:
    """Say whether this is a function of a file: readers of whole files speak with the text outside functions."""
    return bool(material.function and material.function.name)
