"""Collects what an opener finds: bytes go to one spool file; names, kinds, digests and facts are kept."""

import io
import time
from collections import Counter
from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import BinaryIO, NamedTuple

from msgspec import Struct, structs

from zoll.errors import CannotRead
from zoll.model import Fact
from zoll.openers.limits import Limits
from zoll.openers.names import link_fact, settled, shown
from zoll.parse.broken import Broken
from zoll.parse.bytestream import CHUNK, Readable
from zoll.parse.kinds import HEAD, kind_of

DUPLICATE = Fact("name", "duplicate")
EMPTY = sha256(b"").hexdigest()


class Member(Struct, frozen=True, omit_defaults=True):
    """One thing inside a container: its bytes lie in the spool at `offset`; `opener` is who claims it, if anyone."""

    name: str
    kind: str
    digest: str = EMPTY
    size: int = 0
    offset: int = 0
    facts: tuple[Fact, ...] = ()
    opener: str = ""


class Missed(Struct, frozen=True, omit_defaults=True):
    """Something of a container that could not be seen; `name` is the member's, or "" for the container itself."""

    reason: str
    detail: str = ""
    name: str = ""
    size: int = 0


class Setting(Struct, frozen=True):
    """What an opening is held to: the container's own name and size, the limits, and who may claim a member."""

    name: str
    size: int
    limits: Limits = Limits()
    seconds: float = 300.0
    claim: Callable[[bytes, str, str], str] = lambda _head, _name, _kind: ""
    beside: Callable[[str], BinaryIO | None] = lambda _name: None


class Into:
    """Where an opener puts what it finds. Raises CannotRead when a limit says that enough came out."""

    def __init__(self, spool: BinaryIO, setting: Setting) -> None:
        self.name = setting.name
        self.size = setting.size
        self.members: list[Member] = []
        self.missed: list[Missed] = []
        self.consumed: list[str] = []
        self.kept = False
        self._setting = setting
        self._limits = setting.limits
        self._spool = spool
        self._at = spool.tell()
        self._bytes = 0
        self._until = time.process_time() + setting.seconds
        self._names: Counter[str] = Counter()
        self._last: dict[str, str] = {}  # by name, what the last of several members of this name is called
        self._kept: dict[str, int] = {}

    def file(
        self, name: str | bytes, stream: Readable | bytes, facts: Sequence[Fact] = (), told: int = 0, packed: int = 0
    ) -> None:
        """Take a file's bytes; `told` is how many its container says there are, `packed` how many it holds for them."""
        place, oddities = self._place(name)
        try:
            self._check(told, packed)
            taken = self._whole(stream, packed) if isinstance(stream, bytes) else self._streamed(stream, packed)
        except _TooBig as error:
            self.missed.append(Missed(error.reason, error.detail, place, min(told, self._limits.part)))
            return
        self._bytes += taken.size
        last = shown(name)
        kind = kind_of(last, taken.head)
        opener = self._setting.claim(taken.head, last, kind)
        self.members.append(Member(place, kind, taken.digest, taken.size, taken.offset, (*facts, *oddities), opener))
        if taken.broken:
            raise taken.broken

    def link(self, name: str | bytes, target: str | bytes, facts: Sequence[Fact] = (), how: str = "symbolic") -> None:
        """Take a link (`how`: symbolic, hard); it is never followed."""
        place, oddities = self._place(name)
        fact = link_fact(place, shown(target), how)
        self.members.append(Member(place, "link", facts=(fact, *facts, *oddities)))

    def folder(self, name: str | bytes, facts: Sequence[Fact] = ()) -> None:
        """Take a folder; only one that stays empty, or that has facts, becomes a part."""
        place, oddities = self._place(name, folder=True)
        if place:
            self.members.append(Member(place, "folder", facts=(*facts, *oddities)))

    def node(self, name: str | bytes, what: str, facts: Sequence[Fact] = ()) -> None:
        """Take a device node, a pipe or whatever else is neither file, folder nor link."""
        place, oddities = self._place(name)
        self.members.append(Member(place, "node", facts=(Fact("node", what), *facts, *oddities)))

    def keeps(self) -> None:
        """Say that the container stays a part with all its bytes; what comes out is a copy of some of them."""
        self.kept = True

    def timely(self) -> None:
        """Raise CannotRead when the time is up; for whoever searches long before anything comes out."""
        self._check(0, 0)

    def gap(self, reason: str, detail: str, name: str | bytes = "", size: int = 0) -> None:
        """Say that something could not be seen; opening goes on. `size` is a stranger's word, and so bounded."""
        self.missed.append(Missed(reason, detail, settled(name)[0], min(size, self._limits.part)))

    def beside(self, name: str) -> BinaryIO | None:
        """Return the file called `name` that lies beside this container, if there is one; it counts as part of it."""
        stream = self._setting.beside(name)
        if stream is not None:
            self.size += stream.seek(0, io.SEEK_END)
            stream.seek(0)
        return stream

    def regard(self, seen: Callable[[Member, Fact], Fact | None], since: int = 0) -> None:
        """See the facts of the members from index `since` on as `seen` sees them: None drops one that says nothing."""
        for index, member in enumerate(self.members[since:], since):
            facts = tuple(fact for told in member.facts if (fact := seen(member, told)))
            if facts != member.facts:
                self.members[index] = structs.replace(member, facts=facts)

    def settle(self) -> None:
        """End the collection: drop folders that hold something and of which nothing else is to be said."""
        self._prefer_last()
        holding = {up for member in self.members for up in _above(member.name)}
        self.members = [one for one in self.members if one.kind != "folder" or one.facts or one.name not in holding]

    def _prefer_last(self) -> None:
        """Give the plain name to the last of several members of a name: it is what unpacking leaves."""
        at = {member.name: index for index, member in enumerate(self.members)}
        for place, again in self._last.items():
            if place in at and again in at:
                first, last = self.members[at[place]], self.members[at[again]]
                plain = tuple(fact for fact in last.facts if fact != DUPLICATE)
                self.members[at[place]] = structs.replace(last, name=place, facts=plain)
                self.members[at[again]] = structs.replace(first, name=again, facts=(*first.facts, DUPLICATE))
                turned = {place: again, again: place}
                self.missed = [structs.replace(one, name=turned.get(one.name, one.name)) for one in self.missed]

    def lift(self, since: int, below: str = "") -> None:
        """Move the members from index `since` out of their single top folder, if there is one, and put them `below`."""
        added = self.members[since:]
        del self.members[since:]
        tops = {member.name.split("/", 1)[0] for member in added}
        alone = len(tops) == 1 and all(member.kind == "folder" or "/" in member.name for member in added)
        for member in added:
            name = member.name.partition("/")[2] if alone else member.name
            if not name:
                continue
            place, oddities = self._place(f"{below}/{name}" if below else name, folder=member.kind == "folder")
            facts = tuple(_moved(fact, place) for fact in member.facts)
            self.members.append(structs.replace(member, name=place, facts=(*facts, *oddities)))

    def _place(self, name: str | bytes, *, folder: bool = False) -> tuple[str, tuple[Fact, ...]]:
        if len(self.members) >= self._limits.parts:
            raise CannotRead("parts", f"more than {self._limits.parts} parts")
        place, oddities = settled(name)
        if folder:
            return place, oddities
        place = place or "unnamed"
        self._names[place] += 1
        if self._names[place] == 1:
            return place, oddities
        while self._names[again := f"{place} ({self._names[place]})"]:
            self._names[place] += 1
        self._names[again] = 1
        self._last[place] = again
        return again, (*oddities, DUPLICATE)

    def _whole(self, data: bytes, packed: int) -> "_Taken":
        self._check(len(data), packed)
        digest = sha256(data).hexdigest()
        offset = self._kept.get(digest, -1)
        if offset < 0:
            offset = self._kept[digest] = self._at
            self._spool.write(data)
            self._at += len(data)
        return _Taken(len(data), data[:HEAD], digest, offset)

    def _streamed(self, stream: Readable, packed: int) -> "_Taken":
        offset, size, head, running = self._at, 0, b"", sha256()
        broken: Broken | None = None
        try:
            while piece := stream.read(CHUNK):
                head = head if len(head) >= HEAD else (head + piece)[:HEAD]
                size += len(piece)
                self._check(size, packed)
                running.update(piece)
                self._spool.write(piece)
        except Broken as error:
            broken = error
        except CannotRead:
            self._spool.seek(offset)
            self._spool.truncate()
            raise
        self._at += size
        return _Taken(size, head, running.hexdigest(), offset, broken)

    def _check(self, size: int, packed: int) -> None:
        """Hold the limits against a member of which `size` bytes have come."""
        limits, whole = self._limits, self._bytes + size
        if time.process_time() > self._until:
            raise CannotRead("time", f"not done in {self._setting.seconds:.0f} s")
        if whole > limits.bytes:
            raise CannotRead("bytes", f"more than {limits.bytes} bytes")
        if size > limits.part:
            raise _TooBig("bytes", f"more than {limits.part} bytes")
        if packed and size > limits.ratio_from and size > limits.ratio * packed:
            raise _TooBig("ratio", f"grows more than {limits.ratio} times")
        if whole > limits.ratio_from and whole > limits.ratio * max(self.size, 1):
            raise CannotRead("ratio", f"grows more than {limits.ratio} times")


class _Taken(NamedTuple):
    """A file's bytes after they went to the spool; `broken` says why there were not more."""

    size: int
    head: bytes
    digest: str
    offset: int
    broken: Broken | None = None


class _TooBig(CannotRead):
    """One member is more than may be taken; the others may still come."""


def _moved(fact: Fact, place: str) -> Fact:
    """Return what is true of a link at its new place."""
    return link_fact(place, fact.value) if fact.kind == "link" and "how:hard" not in fact.traits else fact


def _above(name: str) -> list[str]:
    steps = name.split("/")
    return ["/".join(steps[:end]) for end in range(1, len(steps))]
