"""Looks words up in all bytes of both releases."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from zoll.declared.finder import Finder, spoken
from zoll.declared.sites import site_of
from zoll.declared.words import word_of
from zoll.model import Change, Part
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

BATCH = 8_000_000
Found = dict[str, tuple[int, ...]]


def words_of(changes: Iterable[Change]) -> list[str]:
    """Return the words of everything gained and the sites of its addresses, sorted."""
    facts = [reading.fact for change in changes for reading in change.gained]
    words = {*map(word_of, facts), *map(site_of, facts)}
    return sorted(words - {""})


def find_words(
    words: Sequence[str], parts: Iterable[Part], read: Callable[[str], bytes], pool: Pool
) -> dict[str, list[str]]:
    """Return, for each digest of `parts`, which of the words its bytes hold as whole words.

    A part that no worker could look through counts as holding none: its gap is told by whoever read it.
    """
    finder = Finder(words)
    sizes = {part.digest: part.size for part in parts if part.size and part.digest}

    def look(batch: tuple[str, ...]) -> Found:
        return {digest: finder.within(spoken(read(digest))) for digest in batch}

    found: dict[str, list[str]] = {}
    for _, answer in pool.run(look, batches(sizes), Found, lambda batch: sum(sizes[digest] for digest in batch)):
        if not isinstance(answer, Failure):
            found |= {digest: [words[index] for index in indexes] for digest, indexes in answer.items()}
    return found


def batches(sizes: dict[str, int]) -> Iterator[tuple[str, ...]]:
    """Yield digests in order, so many at a time as make a job of some megabytes."""
    batch: list[str] = []
    weight = 0
    for digest in sorted(sizes):
        batch.append(digest)
        weight += sizes[digest]
        if weight >= BATCH:
            yield tuple(batch)
            batch, weight = [], 0
    if batch:
        yield tuple(batch)
