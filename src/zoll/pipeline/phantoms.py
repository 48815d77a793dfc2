"""What the release has and the source it claims to be built from has not, or has otherwise; the usual is explained."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from msgspec import Struct, structs

from zoll.compare.noise import Facing, Stamps, noise
from zoll.model import Change, Fact, Gap, Hunk, Pair, Part, Phantom, Place, Reading, Release
from zoll.openers.limits import Limits
from zoll.openers.release import Shelf, open_releases
from zoll.pairing.files import pair_files
from zoll.pairing.functions import pair_functions
from zoll.parse.code import Code, Function
from zoll.parse.plain_text import plain
from zoll.parse.source import Opened, SlowSource, open_code
from zoll.pipeline.reading import make_ready
from zoll.pipeline.stamps import differing
from zoll.pipeline.usual import Beside, usual
from zoll.pipeline.wrappers import language_of
from zoll.reports.summary import innermost
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

# Of the processor, for parsing a file.
SECONDS = 8.0
# Source that is parsed in search of functions which moved to other files.
LARGEST_FILE, MOST_BYTES = 1_000_000, 32_000_000
# Of a file with more functions that the source lacks, the file is named instead.
MANY = 60
NOTHING = frozenset({"link", "folder", "node", "unseen"})

Read = Callable[[str], bytes]
Hops = tuple[str, ...]


class Found(Struct, frozen=True):
    """What a worker finds in one file: a phantom, and the digest of its text if it is a function."""

    phantom: Phantom
    digest: str = ""


class Task(Struct, frozen=True):
    """A file of the release, the file of the source that it became, and what it was in the old release, if anything."""

    new: Part
    source: Part | None
    old: Part | None = None


def open_source(paths: Sequence[str], limits: Limits, pool: Pool, vault: Shelf) -> tuple[tuple[Part, ...], list[Gap]]:
    """Open what the release claims to be built from, and return its parts and what could not be seen of it."""
    opened = open_releases([Path(path) for path in paths], pool, vault, limits) if paths else ()
    gaps = [structs.replace(gap, at=Place(("source", *gap.at.hops))) for release in opened for gap in release.gaps]
    return tuple(part for release in opened for part in innermost(release)), gaps


def find_phantoms(
    release: Release, source: Sequence[Part], pairs: Iterable[Pair], stamps: Stamps, read: Read, pool: Pool
) -> tuple[Phantom, ...]:
    """Return files and functions of a release that the source does not have or has otherwise, by place.

    `pairs` say what the parts of the release were in the old one; `stamps` are pairs of an old and a new version.
    """
    if not source:
        return ()
    old = {pair.new.place.hops: pair.old for pair in pairs if pair.new and pair.old}
    files = [part for part in innermost(release) if part.kind not in NOTHING and part.size]
    there = [part for part in source if part.kind not in NOTHING and part.size]
    pairing = pair_files(there, files, read)
    known = {part.digest for part in there}
    tasks = [
        Task(pair.new, pair.old, old.get(pair.new.place.hops))
        for pair in pairing.pairs
        if pair.new and pair.new.digest not in known
    ]
    beside = Beside(there, release.parts, [*differing(pairing, read), *((new, new) for _, new in stamps)], read)
    make_ready(part for task in tasks for part in (task.new, task.source) if part)
    found: list[Found] = []
    for task, answer in pool.run(lambda task: look(task, beside, read), tasks, list[Found], _weight):
        how = "differs" if task.source else "absent"
        found += [Found(Phantom(task.new.place, how, size=task.new.size))] if isinstance(answer, Failure) else answer
    return tuple(sorted(_told_once(_elsewhere(found, there, read, pool))))


def _weight(task: Task) -> int:
    return task.new.size + (task.source.size if task.source else 0)


def look(task: Task, beside: Beside, read: Read) -> list[Found]:
    """Hold one file of the release against the source; runs in a worker."""
    new = _Side(task.new, read)
    source = _Side(task.source, read) if task.source else None
    how = "differs" if source else "absent"
    whole = Phantom(task.new.place, how, size=task.new.size)
    old = _Side(task.old, read).data if task.old else None
    if why := (source and _noise(source, new, beside.stamps)) or usual(
        task.new, new.data, source.data if source else None, old, beside
    ):
        return [Found(structs.replace(whole, why=why))]
    functions = list(_functions(task.new, source, new))
    return functions if functions and len(functions) <= MANY else [Found(whole)]


class _Side:
    """One file: its bytes as text, and what was parsed of them."""

    def __init__(self, part: Part, read: Read) -> None:
        self.kind = part.kind
        data = read(part.digest) if part.digest else b""
        self.data = data if part.kind.startswith(("data/", "executable/", "container/")) else plain(data)

    @cached_property
    def opened(self) -> Opened | None:
        """The parsed file, None if it is no source or takes too long."""
        if language_of(self.kind):
            with suppress(SlowSource):
                return open_code(self.data.replace(b"\0", b" "), language_of(self.kind), SECONDS)
        return None

    @property
    def code(self) -> Code | None:
        """What was parsed of the file."""
        return self.opened.code if self.opened else None

    @property
    def functions(self) -> tuple[Function, ...]:
        """Its functions, the text outside of them included."""
        return self.code.functions if self.code else ()

    def said(self, function: Function) -> list[str]:
        """Return the statements of a function, but for those inside it; its digest if that takes too long."""
        if self.opened:
            with suppress(SlowSource):
                return [one.text for one in self.opened.statements(function)]
        return [function.digest]

    def text(self, function: Function) -> str:
        """Return a function's source."""
        return self.data[function.start_byte : function.end_byte].decode("utf-8", "replace")


def _noise(source: _Side, new: _Side, stamps: Stamps) -> str:
    mine, theirs = ([(one.name, one.digest) for one in side.functions] for side in (source, new))
    silent = bool(mine) and sorted(mine) == sorted(theirs)
    kind = noise(new.kind, Facing(source.data, source.code), Facing(new.data, new.code), stamps, silent=silent)
    return f"differs in {kind.replace('-', ' ')} only" if kind else ""


def _functions(part: Part, source: _Side | None, new: _Side) -> Iterator[Found]:
    """Yield the functions that the source's file has not or has otherwise; of the text outside them, the file."""
    texts: tuple[_Side | None, _Side] = (source, new)

    def text(newer: bool, function: Function) -> str:
        side = texts[newer]
        return side.text(function) if side else ""

    for pair in pair_functions(source.functions if source else (), new.functions, text):
        one = pair.new
        if one is None or (pair.old and pair.old.digest == one.digest):
            continue
        if source and pair.old and pair.old.name == one.name and source.said(pair.old) == new.said(one):
            continue  # only what is inside it, a function of its own, came or went
        how = "differs" if pair.old else "absent"
        place = structs.replace(part.place, symbol=one.name, start=one.line, end=one.end) if one.name else part.place
        yield Found(Phantom(place, how, size=one.end_byte - one.start_byte), one.digest)


def _elsewhere(found: Sequence[Found], source: Sequence[Part], read: Read, pool: Pool) -> list[Phantom]:
    """Explain functions that stand, word for word, in another file of the source."""
    wanted = {one.digest for one in found if one.digest}
    languages = {part.kind for part in source if language_of(part.kind)}
    spent = 0
    parts = [
        part
        for part in sorted(source, key=lambda part: (part.size, part.place))
        if part.kind in languages and part.size <= LARGEST_FILE and (spent := spent + part.size) <= MOST_BYTES
    ]

    def work(part: Part) -> list[str]:
        return [one.digest for one in _Side(part, read).functions if one.digest in wanted]

    homes: dict[str, Part] = {}
    for part, answer in pool.run(work, parts, list[str], lambda part: part.size) if wanted else ():
        for digest in () if isinstance(answer, Failure) else answer:
            homes[digest] = min(homes.get(digest, part), part, key=lambda one: one.place)
    return [
        structs.replace(one.phantom, why=f"stands in {homes[one.digest].place.path} of the source")
        if one.digest in homes
        else one.phantom
        for one in found
    ]


def _told_once(found: Iterable[Phantom]) -> Iterator[Phantom]:
    """Yield a file that the source does not have instead of its functions, unless the source has some of these."""
    heaps: dict[Hops, list[Phantom]] = {}
    for one in found:
        heaps.setdefault(one.at.hops, []).append(one)
    for heap in heaps.values():
        if all(one.how == "absent" and not one.why for one in heap):
            yield next((one for one in heap if not one.at.symbol), heap[0])
        else:
            yield from heap


def with_phantoms(changes: Sequence[Change], phantoms: Iterable[Phantom]) -> list[Change]:
    """Return the changes with a gained `phantom` where the source lacks what changed, and nothing explains that."""
    files: dict[Hops, Phantom] = {}
    functions: dict[tuple[Hops, str], Phantom] = {}
    for one in phantoms:
        if one.at.symbol:
            functions[one.at.hops, one.at.symbol] = one
        else:
            files[one.at.hops] = one
    return [_haunted(change, files, functions) for change in changes]


def _haunted(change: Change, files: Mapping[Hops, Phantom], functions: Mapping[tuple[Hops, str], Phantom]) -> Change:
    place = change.pair.place
    phantom = functions.get((place.hops, place.symbol)) or files.get(place.hops)
    if phantom is None or phantom.why or change.pair.new is None:
        return change
    if place.symbol and not phantom.at.symbol and phantom.how == "differs":  # only the text outside of functions does
        return change
    fact = Fact("phantom", "function" if phantom.at.symbol else "file", (f"how:{phantom.how}",))
    return structs.replace(change, hunks=tuple(_seen(hunk, fact, place) for hunk in change.hunks))


def _seen(hunk: Hunk, fact: Fact, place: Place) -> Hunk:
    at = place.at(*hunk.new) if hunk.new[0] else Place(place.hops, place.symbol)
    return structs.replace(hunk, gained=tuple(sorted((*hunk.gained, Reading(fact, at)))))
