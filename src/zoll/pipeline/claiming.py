"""Holds what the fresh notes claim against both releases, word by word in workers."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from zoll.declared.claims import claims_of
from zoll.declared.ground import Ground, is_paper, is_told
from zoll.declared.reverse import check, names_of, words_of
from zoll.declared.traces import Trace, Tracer
from zoll.declared.undoing import Undoing
from zoll.model import Change, Claim, ComponentChange, Note, Pair, Part, Place
from zoll.pipeline.looking import batches
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

Read = Callable[[str], bytes]
Hops = tuple[str, ...]
Traces = dict[str, Trace]
MOST_CLAIMS = 2_000
LARGEST_CONTROL = 100_000
PACKAGED = re.compile(r"(?:^|/)DEBIAN/control\Z|control\.tar[.\w]*!/(?:\./)?control\Z|\.deb!/control\Z")
SOURCE = re.compile(rb"^Source:[ \t]*\S", re.MULTILINE)
INDENT = re.compile(rb"[ \t]*")


def weigh_claims(
    notes: Sequence[Note],
    old: Sequence[Part],
    new: Sequence[Part],
    pairs: Iterable[Pair],
    changes: Iterable[Change],
    read: Read,
    pool: Pool,
    *,
    noise: Collection[Hops] = (),
    components: Iterable[ComponentChange] = (),
) -> tuple[Claim, ...]:
    """Return the claims of the fresh notes and whether the upgrade bears them out; `noise` are parts that say nothing.

    `new` may hold the user's own notes.
    """
    claims = claims_of(notes, _depths(notes, new, read))[:MOST_CLAIMS]
    if not claims:
        return ()
    words = sorted({word for claim in claims for word in words_of(claim)})
    names = {word for claim in claims for word in names_of(claim)}
    logs = {note.at.hops for note in notes}
    changed = {part.digest for part in old} ^ {part.digest for part in new}
    traces = _traced(words, names, [*old, *new], changed, read, pool)
    ground = Ground(old, new, words, traces, logs)
    undoing = Undoing(notes, partial=_partial(new, read))
    return check(claims, ground, changes, components, undoing=undoing, idle=_idle(pairs, noise, logs))


def _traced(
    words: list[str], names: set[str], parts: Iterable[Part], changed: set[str], read: Read, pool: Pool
) -> Traces:
    tracer = Tracer(words, [number for number, word in enumerate(words) if word in names])
    sizes = {part.digest: part.size for part in parts if part.size and part.digest}

    def look(batch: tuple[str, ...]) -> Traces:
        return {digest: tracer.trace(read(digest), lines=digest in changed) for digest in batch}

    traces: Traces = {}
    for _, answer in pool.run(look, batches(sizes), Traces, lambda batch: sum(sizes[digest] for digest in batch)):
        if not isinstance(answer, Failure):
            traces |= answer
    return traces


def _partial(parts: Iterable[Part], read: Read) -> bool:
    """Say whether the release is one of the packages that are made from a source of another name."""
    control = (part for part in parts if part.place.name == "control" and part.size <= LARGEST_CONTROL)
    return any(SOURCE.search(read(part.digest)) for part in control if PACKAGED.search(part.place.path))


def _idle(pairs: Iterable[Pair], noise: Collection[Hops], logs: Collection[Hops]) -> bool:
    """Say whether nothing but notes, documents and noise differs."""
    for pair in pairs:
        part = pair.new or pair.old
        if part and not (part.place.hops in noise or is_told(part, logs) or is_paper(part)):
            return False
    return True


def _depths(notes: Iterable[Note], parts: Iterable[Part], read: Read) -> Mapping[Place, int]:
    """Return how far to the right each note begins in its file."""
    asked: dict[Hops, list[Note]] = {}
    for note in notes:
        asked.setdefault(note.at.hops, []).append(note)
    return dict(
        pair
        for part in parts
        if part.place.hops in asked and any(note.fresh for note in asked[part.place.hops])
        for pair in _indents(asked[part.place.hops], read(part.digest))
    )


def _indents(notes: Iterable[Note], data: bytes) -> Iterator[tuple[Place, int]]:
    lines = data.split(b"\n")
    for note in notes:
        if 0 < note.at.start <= len(lines):
            met = INDENT.match(lines[note.at.start - 1])
            yield note.at, len(met[0].expandtabs(8)) if met else 0
