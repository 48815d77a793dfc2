"""How the members of tape archives, and of streams that turn out to be some, go into a collection."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from zoll.errors import CannotRead
from zoll.model import Fact
from zoll.openers.into import Into, Member
from zoll.openers.names import folder_mode, mode_fact
from zoll.parse import tar
from zoll.parse.broken import Broken
from zoll.parse.bytestream import Ahead, Readable
from zoll.parse.compressed import Plain, gzip_notes

LONGEST_HEADER = 1 << 18  # bytes
ENDINGS = {
    "gzip": (".gz", ".z"),
    "bzip2": (".bz2", ".bz"),
    "xz": (".xz",),
    "zstd": (".zst", ".zstd"),
    "lzma": (".lzma", ".lz"),
}


@contextmanager
def readable() -> Iterator[None]:
    """Turn what parsers raise into what openers raise."""
    try:
        yield
    except Broken as error:
        raise CannotRead(error.reason, error.detail) from error


def pour(
    stream: Readable,
    into: Into,
    named: Callable[[bytes], bytes] = lambda name: name,
    seen: Callable[[Member, Fact], Fact | None] | None = None,
) -> None:
    """Put every member of a tape archive into the collection, `named` afresh, its facts as `seen`.

    Raise Broken or CannotRead after what came before.
    """
    since = len(into.members)
    try:
        for member in tar.members(stream):
            _put(member, named(member.name), into)
    finally:
        into.regard(seen or ordinary(into.members[since:]), since)


def _put(member: tar.Member, name: bytes, into: Into) -> None:
    owner = Fact("owner", member.owner)
    facts = (mode_fact(member.mode), owner)
    match member.kind:
        case "file":
            into.file(name, member.data, facts, told=member.size)
        case "folder":
            into.folder(name, (folder_mode(member.mode), owner))
        case "link" | "hard":
            into.link(name, member.target, (owner,), "hard" if member.kind == "hard" else "symbolic")
        case "character" | "block" | "fifo":
            into.node(name, f"{member.kind} {member.device}".strip(), facts)
        case other:  # sparse, or a type that is to be taken for a file
            into.file(name, member.data, (Fact("node", other), *facts), told=member.size)


def unwrap(source: BinaryIO, into: Into, method: str) -> None:
    """Open one compressed stream: as a tape archive if it holds one, else as a single file."""
    with readable():
        if notes := gzip_notes(source.read(LONGEST_HEADER)):
            into.file("gzip header", notes, (Fact("name", "beside the members"),))
        source.seek(0)
        plain = Ahead(Plain(source, method), tar.BLOCK)
        if tar.looks_like_tar(plain.head):
            pour(plain, into)
        else:
            into.file(stripped(into.name, method), plain, packed=into.size)


def stripped(name: str, method: str) -> str:
    """Return the name of what `name` holds compressed.

    >>> stripped("doc/a.1.gz", "gzip"), stripped("x.tgz", "gzip"), stripped("blob", "xz")
    ('a.1', 'x.tar', 'blob')
    """
    last = name.rsplit("/", 1)[-1]
    for ending in ENDINGS[method]:
        if last.lower().endswith(ending) and len(last) > len(ending):
            return last[: -len(ending)]
    stem, _, ending = last.rpartition(".")
    return f"{stem}.tar" if stem and ending in ("tgz", "tbz", "tbz2", "txz", "tzst", "tlz") else last


def ordinary(members: Sequence[Member]) -> Callable[[Member, Fact], Fact | None]:
    """Return how facts are seen in an archive that keeps what its packer's machine happened to have.

    The owner and plain mode of most members say nothing of one, nor do plain modes of folders. An executable whose mode
    is that plain mode with execution added is 0755, whatever the packer's umask was.
    """
    owners = Counter(fact for member in members for fact in member.facts if fact.kind == "owner")
    modes = Counter(
        fact
        for member in members
        for fact in member.facts
        if fact.kind == "mode" and not fact.traits and member.kind != "folder"
    )
    usual = {fact for counts in (owners, modes) for fact, _ in counts.most_common(1)}
    twins = {_executable(int(fact.value, 8)) for fact in usual if fact.kind == "mode"}

    def seen(member: Member, fact: Fact) -> Fact | None:
        if fact in usual or (member.kind == "folder" and fact.kind == "mode" and not fact.traits):
            return None
        return mode_fact(0o755) if fact in twins else fact

    return seen


def _executable(mode: int) -> Fact:
    return mode_fact(mode | (mode & 0o444) >> 2)
