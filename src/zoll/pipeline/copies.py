"""Finds copies of known libraries by their functions, where that can matter; parses in workers.

Marks of the text (`components.samples`) say which files share anything with a known library at all, so that only these
and the library are parsed.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

import numpy as np
from msgspec import Struct, structs

from zoll.components.contents import SOURCE, Contents
from zoll.components.functions import SMALLEST, Library, Row, copies_of
from zoll.components.naming import kind_of, normal
from zoll.components.samples import Marks, levelled, marks_of, met, packed, unpacked
from zoll.components.tree import Hops, upward
from zoll.model import Component, Part
from zoll.pairing.functions import signature
from zoll.parse.source import SlowSource, open_code, ready
from zoll.pipeline.wrappers import language_of
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

SMALLEST_FILE, LARGEST_FILE = 800, 12_000_000  # bytes; an amalgamation has nine millions
MOST_MARKED, MOST_PARSED = 120_000_000, 24_000_000  # bytes of all files that are looked at
SHARED = 6  # marks that a file must share with a library to be parsed: some 400 bytes of text
SECONDS = 8.0
SKETCH = 24
MOST_FUNCTIONS = 60_000
FAMILY = {"cpp": "c", "tsx": "javascript", "typescript": "javascript"}  # languages that copy from each other
KEEPING = frozenset(("metadata", "package-database"))
BATCH = 4_000_000

Read = Callable[[str], bytes]
A = TypeVar("A")


class Stocked(Struct, frozen=True):
    """One side (old, new or source) with the components found so far and what lies in their folders."""

    side: str
    parts: tuple[Part, ...]
    components: tuple[Component, ...]
    contents: Contents


class Spanned(Struct, frozen=True):
    """A function with the bytes of its file that it stands in."""

    row: Row
    start: int
    end: int


Functions = dict[str, list[Spanned]]


def find_copies(sides: Sequence[Stocked], read: Read, pool: Pool) -> dict[str, tuple[Component, ...]]:
    """Return by side (not `source`, which only lends its knowledge) the copies of libraries that any side knows."""
    known = _known(sides)
    loose = {side.side: _loose(side) for side in sides if side.side != "source"}
    wanted = _wanted(known, loose, read, pool)
    if not wanted:
        return {}
    functions = sketched(functions_of(wanted, read, pool), {part.digest: part.kind for part in wanted}, read, pool)
    libraries = [
        Library(one, side, rows)
        for one, side, parts in known
        if (rows := tuple(row for part in parts for row in functions.get(part.digest, ())))
    ]
    return {side.side: tuple(_in(side, loose[side.side], libraries, functions)) for side in sides if side.side in loose}


def _in(
    side: Stocked, loose: Sequence[Part], libraries: Sequence[Library], functions: Mapping[str, Sequence[Row]]
) -> Iterator[Component]:
    files = {part.place: rows for part in loose if (rows := functions.get(part.digest))}
    room: Counter[Hops] = Counter()
    for part in side.parts:
        if family_of(part):
            room[list(upward(part.place.hops))[1]] += 1
    there = {(one.at, normal(one.name)) for one in side.components}
    found = copies_of(libraries, files, room)
    yield from (one for one in found if (one.at, normal(one.name)) not in there)


def _known(sides: Iterable[Stocked]) -> list[tuple[Component, str, tuple[Part, ...]]]:
    """Return the components that have source of their own, each content of each version once, with that source."""
    found: dict[tuple[object, ...], tuple[Component, str, tuple[Part, ...]]] = {}
    for side in sides:
        parts = {part.digest: part for part in side.parts if family_of(part)}
        own = {one.at for one in side.components if _is_release(one)}
        for one in side.components:
            content = side.contents.get(one.at, {}) if one.at not in own else {}
            source = tuple(parts[digest] for digest in sorted({*content.values()}) if digest in parts)
            key = (kind_of(one), normal(one.name), one.version, tuple(part.digest for part in source))
            if source and one.by != "lock":
                found.setdefault(key, (one, side.side, source))
    return list(found.values())


def _is_release(one: Component) -> bool:
    """Tell whether a component is what the release itself is: its own word for itself, in a first folder."""
    return one.by in KEEPING and (not one.at.hops or "/" not in one.at.hops[-1])


def _loose(side: Stocked) -> tuple[Part, ...]:
    """Return the source that belongs to no component but the release itself.

    A folder that several components share owns nothing; a file that tells of components, such as a bundle, is told.
    """
    files = {part.place.hops for part in side.parts}
    owned = {one.at.hops for one in side.components if one.at.hops in files or one.at in side.contents}
    owned -= {one.at.hops for one in side.components if _is_release(one)}
    told = {hops for place, content in side.contents.items() for hops in _beside(place.hops, content)}
    return tuple(
        part
        for part in side.parts
        if family_of(part) and part.place.hops not in told and owned.isdisjoint(upward(part.place.hops))
    )


def _beside(hops: Hops, content: Iterable[str]) -> Iterator[Hops]:
    """Yield the files beside a file that tells of a component (`sqlite3.c` beside `sqlite3.h`)."""
    if hops and hops[-1].endswith(SOURCE):
        around = hops[-1].rpartition("/")[0]
        yield from ((*hops[:-1], f"{around}/{name}" if around else name) for name in content)


def family_of(part: Part) -> str:
    """Return the languages that a part's functions may be copied among, "" of what is not looked at."""
    language = language_of(part.kind) if SMALLEST_FILE <= part.size <= LARGEST_FILE else ""
    return "" if language == "shell" else FAMILY.get(language, language)


def _wanted(
    known: Sequence[tuple[Component, str, tuple[Part, ...]]],
    loose: Mapping[str, Sequence[Part]],
    read: Read,
    pool: Pool,
) -> list[Part]:
    """Return the parts to parse: files that share marks with a library, and these libraries; within bounds."""
    families = {family_of(part) for _, _, parts in known for part in parts}
    asked = {part.digest: part for parts in loose.values() for part in parts if family_of(part) in families}
    if not asked:
        return []
    parts = {**{part.digest: part for _, _, some in known for part in some}, **asked}
    marks = marked(within(sorted(parts.values(), key=_size), MOST_MARKED), read, pool)
    pools = [[marks[part.digest] for part in some if part.digest in marks] for _, _, some in known]
    shared = met(pools, {digest: marks[digest] for digest in sorted(asked) if digest in marks})
    best = {digest: max(counts.values()) for digest, counts in shared.items()}
    digests = sorted((digest for digest, count in best.items() if count >= SHARED), key=lambda one: (-best[one], one))
    told: Counter[int] = Counter()
    for digest in digests:
        told.update({number: count for number, count in shared[digest].items() if count >= SHARED})
    chosen = [part for number, _ in told.most_common() for part in known[number][2]]
    both = (part for pair in turns(chosen, [asked[digest] for digest in digests]) for part in pair)
    return within(dict.fromkeys(both), MOST_PARSED) if digests else []


def turns(one: Sequence[Part], other: Sequence[Part]) -> Iterator[tuple[Part, ...]]:
    """Yield from both, so that a bound leaves something of each."""
    for at in range(max(len(one), len(other))):
        yield (*one[at : at + 1], *other[at : at + 1])


def _size(part: Part) -> tuple[int, str]:
    return part.size, part.digest


def within(parts: Iterable[Part], most: int) -> list[Part]:
    """Return the first parts that have no more bytes together than `most`."""
    spent = 0
    return [part for part in parts if (spent := spent + part.size) <= most]


def marked(
    parts: Sequence[Part], read: Read, pool: Pool, marks: Callable[[bytes], Marks] = marks_of
) -> dict[str, Marks]:
    """Return the marks of each part by its digest."""

    def work(batch: tuple[Part, ...]) -> dict[str, bytes]:
        return {part.digest: packed(marks(read(part.digest))) for part in batch}

    return {
        digest: unpacked(data)
        for answer in answers(work, parts, dict[str, bytes], pool)
        for digest, data in answer.items()
    }


def functions_of(parts: Sequence[Part], read: Read, pool: Pool) -> Functions:
    """Return the functions of each part by its digest; of one that takes too long none."""
    ready(sorted({language_of(part.kind) for part in parts}))

    def work(batch: tuple[Part, ...]) -> Functions:
        return {
            part.digest: list(_rows(_plain(read(part.digest), part.kind), language_of(part.kind))) for part in batch
        }

    told = {digest: rows for answer in answers(work, parts, Functions, pool) for digest, rows in answer.items()}
    left = MOST_FUNCTIONS
    for digest in sorted(told, key=lambda digest: (len(told[digest]), digest)):
        told[digest] = told[digest][: max(left, 0)]
        left -= len(told[digest])
    return {digest: rows for digest, rows in told.items() if rows}


def _rows(data: bytes, language: str) -> Iterator[Spanned]:
    """Yield the functions of a file; the text outside of them is none."""
    with suppress(SlowSource):
        for one in open_code(data, language, SECONDS).code.functions:
            if one.name and one.end_byte - one.start_byte >= SMALLEST:
                yield Spanned(Row(one.name, one.digest, one.end_byte - one.start_byte), one.start_byte, one.end_byte)


def _plain(data: bytes, kind: str) -> bytes:
    """Return source as it is held against other source: in Python each level indented by one blank."""
    data = data.replace(b"\0", b" ")  # a zero would end the source
    return levelled(data) if kind == "code/python" else data


def sketched(functions: Functions, kinds: Mapping[str, str], read: Read, pool: Pool) -> dict[str, list[Row]]:
    """Return the rows, with sketches for those that stand in one file alone: only these may be altered ones."""
    homes = Counter(digest for rows in functions.values() for digest in {one.row.digest for one in rows})
    single = {name: [one for one in rows if homes[one.row.digest] == 1] for name, rows in functions.items()}

    def work(digests: tuple[str, ...]) -> dict[str, dict[int, tuple[int, ...]]]:
        texts = {digest: _plain(read(digest), kinds[digest]) for digest in digests}
        return {digest: {one.start: _sketch(text, one) for one in single[digest]} for digest, text in texts.items()}

    told: dict[str, dict[int, tuple[int, ...]]] = {}
    batches = _batches((name, sum(one.end - one.start for one in rows)) for name, rows in single.items() if rows)
    for _, answer in pool.run(work, batches, dict[str, dict[int, tuple[int, ...]]], len):
        told |= {} if isinstance(answer, Failure) else answer
    return {
        name: [structs.replace(one.row, sketch=told.get(name, {}).get(one.start, ())) for one in rows]
        for name, rows in functions.items()
    }


def _sketch(data: bytes, one: Spanned) -> tuple[int, ...]:
    text = data[one.start : one.end].decode("utf-8", "replace")
    return tuple(np.frombuffer(signature(text), dtype="<u8")[:SKETCH].tolist())


def answers(work: Callable[[tuple[Part, ...]], A], parts: Collection[Part], answer: type[A], pool: Pool) -> Iterator[A]:
    """Yield what workers make of parts, in batches; what no worker can read shares nothing."""
    by_digest = {part.digest: part for part in parts}
    batches = [
        tuple(by_digest[digest] for digest in batch) for batch in _batches((part.digest, part.size) for part in parts)
    ]
    for _, told in pool.run(work, batches, answer, lambda batch: sum(part.size for part in batch)):
        if not isinstance(told, Failure):
            yield told


def _batches(sizes: Iterable[tuple[str, int]]) -> list[tuple[str, ...]]:
    made: dict[int, list[str]] = defaultdict(list)
    weight = 0
    for digest, size in sizes:
        made[weight // BATCH].append(digest)
        weight += size
    return [tuple(batch) for batch in made.values()]
