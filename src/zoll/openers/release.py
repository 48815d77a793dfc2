"""Opens a release, container by container, until nobody claims anything: the one function that the pipeline calls.

Every container is opened in a worker of its own job, which writes the members' bytes to its own spool file; the next
generation of jobs are the members that an opener claims. Results are taken in the order of jobs, never of arrival.

An opened container stays a part of its own kind with size 0 and the digest of nothing, so that its mode, owner and
oddities are not lost, while its bytes are accounted for by its members: the sizes of all parts add up to the opened
bytes. One of which something could not be seen keeps its own digest, so that two of them are equal only if all their
bytes are; one that could not be opened at all keeps its size too. A gap says why. An executable that holds something
keeps all its bytes: it is read itself, and what it holds is a copy that becomes parts as well. Links, nodes and empty
folders have size 0: only their facts speak, so whoever sets equal digests aside must hold the facts against each other.
"""

import os
import re
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO, Protocol

from msgspec import Struct, structs

from zoll.catalogue import plugins
from zoll.errors import BadInput, CannotRead
from zoll.model import Gap, Part, Place, Release, Tally
from zoll.openers.folder import Entry, walk
from zoll.openers.into import EMPTY, Into, Member, Missed, Setting
from zoll.openers.limits import Limits
from zoll.openers.names import shown
from zoll.openers.window import Window
from zoll.parse.kinds import HEAD, kind_of
from zoll.sandbox import Failure, Pool

CHUNK = 1 << 20
USUAL = Limits()
BATCH_FILES, BATCH_BYTES = 128, 16_000_000
TAKEN_BY_DSC = re.compile(r"\.(?:tar\.\w{1,5}|diff\.gz)\Z")
SHARE = 0.8  # of a worker's time: an opener that stops by itself keeps what it found, a killed one does not


class Shelf(Protocol):
    """Where bytes are kept; the vault is one."""

    def spool(self) -> Path:
        """Return a fresh file name that a worker may write."""
        ...

    def keep(self, digest: str, path: Path, offset: int, size: int) -> None:
        """Remember where the bytes of a digest lie."""
        ...


class Span(Struct, frozen=True):
    """Bytes inside a file on disk; `size` -1 means all of it."""

    path: str
    offset: int = 0
    size: int = -1


class Errand(Struct, frozen=True):
    """One job: open the container at `hops`, or (no opener) look at files that lie on disk."""

    side: int
    hops: tuple[str, ...]
    name: str = ""
    span: Span = Span("")
    opener: str = ""
    spool: str = ""
    limits: Limits = Limits()
    seconds: float = 300.0
    beside: dict[str, tuple[str, Span]] = {}
    entries: tuple[Entry, ...] = ()

    @property
    def weight(self) -> int:
        """The bytes to be read."""
        return self.span.size if self.opener else sum(entry.size for entry in self.entries)


class Opened(Struct, frozen=True, omit_defaults=True):
    """A worker's answer. `failed`: nothing came out of the container; `kept`: it stays a part with all its bytes."""

    members: tuple[Member, ...] = ()
    missed: tuple[Missed, ...] = ()
    consumed: tuple[str, ...] = ()
    failed: bool = False
    kept: bool = False


def open_release(
    path: Path, pool: Pool, vault: Shelf, limits: Limits = USUAL, progress: Callable[[int], None] = lambda _: None
) -> Release:
    """Open a folder or file to the last part; `progress` is told how many parts came in."""
    return open_releases((path,), pool, vault, limits, progress)[0]


def open_releases(
    paths: Sequence[Path],
    pool: Pool,
    vault: Shelf,
    limits: Limits = USUAL,
    progress: Callable[[int], None] = lambda _: None,
) -> tuple[Release, ...]:
    """Open several releases side by side, so that a lone big container on each does not leave workers idle."""
    plugins("zoll.openers")  # loaded before the fork
    sides = [_Side(number, path, vault, limits, pool) for number, path in enumerate(paths)]
    errands = [errand for side in sides for errand in side.begin()]
    while errands:
        outcomes: dict[int, Opened | Failure] = {}
        tasks = list(enumerate(errands))
        for (number, _), outcome in pool.run(_work, tasks, Opened, lambda task: task[1].weight):
            outcomes[number] = outcome
            progress(len(outcome.members) if isinstance(outcome, Opened) else 0)
        for number, errand in tasks:
            sides[errand.side].take(errand, outcomes[number])
        errands = [errand for side in sides for errand in side.next()]
    return tuple(side.release() for side in sides)


class _Side:
    """One release while it is being opened."""

    def __init__(self, number: int, path: Path, vault: Shelf, limits: Limits, pool: Pool) -> None:
        self.number = number
        self.path = path
        self.name = shown(path.resolve().name)
        self.vault = vault
        self.limits = limits
        self.pool = pool
        self.parts: dict[tuple[str, ...], Part] = {}
        self.gaps: list[Gap] = []
        self.digest = ""
        self.bytes = 0
        self.queue: list[Errand] = []
        self.held: list[Errand] = []
        self.beside: dict[tuple[str, ...], dict[str, tuple[str, Span]]] = {}
        self.handed: list[int] = []
        self.emptied: dict[tuple[str, ...], int] = {}
        self.unpacked: list[int] = []

    def begin(self) -> list[Errand]:
        """Return the first jobs: the files of a folder, or the one file. Raise BadInput."""
        try:
            if self.path.is_dir():
                next(self.path.iterdir(), None)
                return self._batches(walk(self.path))
            size = self.path.stat().st_size
            with self.path.open("rb") as file:
                file.read(1)
        except OSError as error:
            raise BadInput(f"cannot read {self.name}: {error.strerror}; name a folder, a file or a package") from error
        if not self.path.is_file():
            raise BadInput(f"{self.name} is neither a folder nor a file")
        return self._batches([Entry(self.name, str(self.path.resolve()), "file", size)])

    def next(self) -> list[Errand]:
        """Return the jobs that have come up since; source packages first, which take files beside them."""
        first = [errand for errand in self.queue if errand.opener == "dsc"]
        if first:
            self.held += [errand for errand in self.queue if errand.opener != "dsc"]
            errands = [structs.replace(errand, beside=self._siblings(errand)) for errand in first]
        else:
            errands = [errand for errand in (*self.held, *self.queue) if errand.hops in self.parts or not errand.hops]
            self.held = []
        self.queue = []
        return [structs.replace(errand, limits=self._left(errand)) for errand in errands]

    def _left(self, errand: Errand) -> Limits:
        """Return what of the limits is left for a container, whose own bytes will be those of its members."""
        parts = self.limits.parts - len(self.parts) + (not errand.hops)
        whole = self.limits.bytes - self.bytes + errand.span.size
        return structs.replace(self.limits, parts=max(0, parts), bytes=max(0, whole))

    def take(self, errand: Errand, outcome: Opened | Failure) -> None:
        """Take a job's answer."""
        if isinstance(outcome, Failure):
            outcome = Opened(missed=(Missed(outcome.reason, outcome.detail),), failed=True)
        if not errand.opener:
            self._looked(errand, outcome)
            return
        if outcome.kept:
            self._gaps(errand.hops, outcome.missed, 0)
            self._members(errand, errand.hops or (self.name,), outcome)
        elif outcome.failed:  # what is missed inside is part of the container's own bytes
            missed = [structs.replace(miss, size=errand.span.size * (not miss.name)) for miss in outcome.missed]
            self._gaps(errand.hops, missed, 0)
        else:
            self._gaps(errand.hops, outcome.missed, 0)
            self._opened(errand, outcome)

    def release(self) -> Release:
        """Return the release, its parts sorted by place."""
        parts = tuple(self.parts[hops] for hops in sorted(self.parts))
        digest = self.digest or sha256("\n".join(f"{p.digest} {p.place.path}" for p in parts).encode()).hexdigest()
        unpacked, handed = _tally(self.unpacked), _tally(self.handed)
        return Release(self.name, digest, parts, tuple(sorted(self.gaps)), handed, self._emptied(), unpacked)

    def _emptied(self) -> Tally:
        """Return the containers that their members stand for; one that is empty or has a gap stays a part of size 0."""
        staying = self.parts.keys() - {hops[:-1] for hops in self.parts} | {gap.at.hops for gap in self.gaps}
        gone = [hops for hops in self.emptied if hops not in self.parts or hops not in staying]
        return Tally(len(gone), sum(self.emptied.values()))

    def _batches(self, entries: Iterable[Entry]) -> list[Errand]:
        errands: list[Errand] = []
        batch: list[Entry] = []
        for entry in entries:
            if len(batch) >= BATCH_FILES or sum(one.size for one in batch) >= BATCH_BYTES:
                errands.append(Errand(self.number, (), entries=tuple(batch)))
                batch = []
            batch.append(entry)
        return [*errands, Errand(self.number, (), entries=tuple(batch))] if batch else errands

    def _looked(self, errand: Errand, outcome: Opened) -> None:
        """Take files that lie on disk: the parts of a folder, or the one file that is the whole release."""
        self._gaps((), outcome.missed, errand.weight if outcome.failed else 0)
        paths = {entry.name: entry.path for entry in errand.entries}
        for member in outcome.members:
            span = Span(paths[member.name], 0, member.size)
            if self._part((member.name,), member, span):
                self.handed.append(member.size)
            if not self.path.is_dir():
                self.digest = member.digest
                self._enqueue((), member, span)
            else:
                self._enqueue((member.name,), member, span)

    def _opened(self, errand: Errand, outcome: Opened) -> None:
        """Take what came out of a container, whose bytes are from now on those of its members."""
        held = self.parts.pop(errand.hops or (self.name,))
        self.bytes -= held.size
        self.emptied[errand.hops] = held.size
        if errand.hops:
            digest = held.digest if any(not miss.name for miss in outcome.missed) else EMPTY
            self.parts[errand.hops] = structs.replace(held, digest=digest, size=0)
        self._consumed(errand, outcome.consumed)
        self._members(errand, errand.hops, outcome)

    def _members(self, errand: Errand, holder: tuple[str, ...], outcome: Opened) -> None:
        for member in outcome.members:
            hops = (*holder, member.name)
            span = Span(errand.spool, member.offset, member.size)
            if self._part(hops, member, span):
                self.unpacked.append(member.size)
                self._enqueue(hops, member, span)

    def _consumed(self, errand: Errand, names: Iterable[str]) -> None:
        """Take files beside a container as part of it; those beside the one file of the release are handed in too."""
        sizes = {name: span.size for name, span in errand.beside.values()}
        for name in names:
            hops = (*errand.hops[:-1], name)
            if taken := self.parts.pop(hops, None):
                self.bytes -= taken.size
            else:
                self.handed.append(sizes[name])
            self.emptied[hops] = sizes[name]

    def _part(self, hops: tuple[str, ...], member: Member, span: Span) -> bool:
        """Make a member a part, unless the release has too many by now."""
        if member.kind == "folder" and hops in self.parts:
            return False  # a folder of a file's name: only the file has bytes
        for reason, most, now in (
            ("parts", self.limits.parts, len(self.parts) + 1),
            ("bytes", self.limits.bytes, self.bytes + member.size),
        ):
            if now > most and self.parts:  # the one file that was asked for is always taken
                self._gaps(hops[:-1], (Missed(reason, f"more than {most} {reason}", hops[-1]),), member.size)
                return False
        self.parts[hops] = Part(Place(hops), member.kind, member.digest, member.size, facts=member.facts)
        self.bytes += member.size
        self.vault.keep(member.digest, Path(span.path), span.offset, span.size)
        if TAKEN_BY_DSC.search(hops[-1]):
            self.beside.setdefault(_around(hops), {})[hops[-1].rsplit("/", 1)[-1]] = (hops[-1], span)
        return True

    def _enqueue(self, hops: tuple[str, ...], member: Member, span: Span) -> None:
        """Make a claimed member a job of the next generation."""
        if not member.opener:
            if member.kind.startswith("container/"):
                self._gaps(hops, (Missed("unsupported", f"no opener for {member.kind}"),), member.size)
            return
        if len(hops) >= self.limits.depth:
            self._gaps(hops, (Missed("depth", f"more than {self.limits.depth} containers deep"),), member.size)
            return
        seconds = min(self.limits.seconds, SHARE * self.pool.limits.seconds(member.size))
        spool, name = str(self.vault.spool()), hops[-1] if hops else self.name
        self.queue.append(Errand(self.number, hops, name, span, member.opener, spool, seconds=seconds))

    def _gaps(self, hops: tuple[str, ...], missed: Iterable[Missed], size: int) -> None:
        for miss in missed:
            place = (*hops, miss.name) if miss.name else hops or (self.name,)
            self.gaps.append(Gap("open", Place(place), miss.reason, miss.detail, size=miss.size or size))

    def _siblings(self, errand: Errand) -> dict[str, tuple[str, Span]]:
        """Return the files beside a source package, by their last names."""
        if errand.hops:
            return self.beside.get(_around(errand.hops), {})
        found = {}
        for entry in sorted(self.path.resolve().parent.iterdir()):
            if TAKEN_BY_DSC.search(entry.name) and entry.is_file() and not entry.is_symlink():
                found[entry.name] = (entry.name, Span(str(entry), 0, entry.stat().st_size))
        return found


def _tally(sizes: Sequence[int]) -> Tally:
    return Tally(len(sizes), sum(sizes))


def _around(hops: tuple[str, ...]) -> tuple[str, ...]:
    """Return the place that names beside `hops` share."""
    return (*hops[:-1], hops[-1].rpartition("/")[0])


def _work(task: tuple[int, Errand]) -> Opened:
    """Do one job; runs in a worker."""
    errand = task[1]
    return _open(errand) if errand.opener else _look(errand)


def _look(errand: Errand) -> Opened:
    members, missed = [], []
    for entry in errand.entries:
        if entry.kind == "unreadable":
            missed.append(Missed("missing", entry.facts[0].value, entry.name))
        elif entry.kind != "file":
            members.append(Member(entry.name, entry.kind, facts=entry.facts))
        else:
            try:
                members.append(_digested(entry))
            except OSError as error:
                missed.append(Missed("missing", str(error.strerror), entry.name, entry.size))
    return Opened(tuple(members), tuple(missed))


def _digested(entry: Entry) -> Member:
    """Read a file on disk, as long as it is what the walk saw: a file, not a link."""
    running, size, head = sha256(), 0, b""
    with os.fdopen(os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb", buffering=0) as stream:
        while piece := stream.read(CHUNK):
            head = head or piece[:HEAD]
            running.update(piece)
            size += len(piece)
    kind = kind_of(entry.name, head)
    return Member(entry.name, kind, running.hexdigest(), size, 0, entry.facts, claimant(head, entry.name, kind))


def _open(errand: Errand) -> Opened:
    setting = Setting(
        errand.name,
        errand.span.size,
        errand.limits,
        errand.seconds,
        claimant,
        lambda name: _window(errand.beside[name][1]) if name in errand.beside else None,
    )
    with Path(errand.spool).open("wb") as spool, _window(errand.span) as source:
        into = Into(spool, setting)
        failed = False
        try:
            plugins("zoll.openers")[errand.opener].open(source, into)
        except CannotRead as error:
            failed = not any(member.size for member in into.members)
            into.gap(error.reason, error.detail)
        into.settle()
    consumed = tuple(errand.beside[name][0] for name in into.consumed)
    return Opened(tuple(into.members), tuple(into.missed), consumed, failed, into.kept)


def _window(span: Span) -> BinaryIO:
    return BufferedReader(Window(span.path, span.offset, span.size), CHUNK)


def claimant(head: bytes, name: str, kind: str) -> str:
    """Return the opener with the strongest claim on a part, "" when nobody claims it."""
    claims = ((module.claim(head, name, kind), opener) for opener, module in plugins("zoll.openers").items())
    strength, opener = max(claims)
    return opener if strength > 0 else ""
