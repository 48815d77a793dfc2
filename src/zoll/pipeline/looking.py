"""Looks words up in all bytes of both releases."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import Struct

from zoll.declared.finder import MOST_WORDS, Finder, spoken
from zoll.declared.sites import site_of
from zoll.declared.words import word_of
from zoll.model import Change, Part
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool
from zoll.store.answers import Answers, key_of

BATCH = 8_000_000
Found = dict[str, tuple[int, ...]]
Sizes = dict[str, int]


class Looked(Struct, frozen=True):
    """Which words were looked for, and by digest the numbers of those that were found."""

    words: tuple[str, ...]
    found: Found


def words_of(changes: Iterable[Change]) -> list[str]:
    """Return the words of everything gained and the sites of its addresses, sorted."""
    facts = [reading.fact for change in changes for reading in change.gained]
    words = {*map(word_of, facts), *map(site_of, facts)}
    return sorted(words - {""})


def find_words(
    words: Sequence[str],
    parts: Iterable[Part],
    read: Callable[[str], bytes],
    pool: Pool,
    keep: str = "",
    upgrade: str = "",
) -> dict[str, list[str]]:
    """Return, for each digest of `parts`, which of the words its bytes hold as whole words.

    A part that no worker could look through counts as holding none: its gap is told by whoever read it. Where the
    folder `keep` has what was found before for the same `upgrade` (the old release's digest, say), only words and parts
    that are not there are looked for.
    """
    sizes = {part.digest: part.size for part in parts if part.size and part.digest}
    with Answers(keep if len(words) <= MOST_WORDS else "") as answers:
        if not answers:
            return _looked(words, sizes, read, pool)
        return _remembered(words, sizes, read, pool, answers, key_of("words", upgrade))


def _remembered(
    words: Sequence[str], sizes: Sizes, read: Callable[[str], bytes], pool: Pool, answers: Answers, key: bytes
) -> dict[str, list[str]]:
    """Look only for what was not looked for the last time; the first time, keep what was found."""
    before = answers.find(key, Looked)
    if before is None:
        found = _looked(words, sizes, read, pool)
        answers.keep(key, _numbered(words, found))
        return found
    more = sorted(set(words).difference(before.words))
    known = {digest: size for digest, size in sizes.items() if digest in before.found}
    other = {digest: size for digest, size in sizes.items() if digest not in before.found}
    found = _looked(words, other, read, pool) if other else {}
    added = _looked(more, known, read, pool) if more and known else {}
    wanted = set(words)
    named = [word if word in wanted else "" for word in before.words]
    for digest in known:
        held = [word for index in before.found[digest] if (word := named[index])]
        found[digest] = sorted([*held, *some]) if (some := added.get(digest)) else held
    return found


def _numbered(words: Sequence[str], found: dict[str, list[str]]) -> Looked:
    """Return what was found as it is kept, without parts that hold nothing: their bytes may have been gone."""
    number = {word: index for index, word in enumerate(words)}
    return Looked(
        tuple(words), {digest: tuple(number[word] for word in some) for digest, some in found.items() if some}
    )


def _looked(words: Sequence[str], sizes: Sizes, read: Callable[[str], bytes], pool: Pool) -> dict[str, list[str]]:
    finder = Finder(words)

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
