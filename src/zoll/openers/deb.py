"""Debian binary packages: the control archive's members as `DEBIAN/<name>`, the data archive's by their paths."""

from collections.abc import Callable
from typing import BinaryIO, cast

from zoll.catalogue import Doc
from zoll.errors import CannotRead
from zoll.model import Fact
from zoll.openers.into import Into, Member
from zoll.openers.pouring import pour, readable
from zoll.parse import ar
from zoll.parse.bytestream import Ahead
from zoll.parse.compressed import Plain, method_of

DOC = Doc(
    title="Debian binary package (deb, udeb)",
    reads=("container/deb",),
    yields=("mode", "owner", "link", "node", "name"),
    limitations=("Owner root:root and the modes 0644 (files) and 0755 (folders) are the rule and left out.",),
)

USUAL = (Fact("owner", "root:root"), Fact("owner", "0:0"), Fact("mode", "0644"), Fact("mode", "0755"))


def claim(_head: bytes, _name: str, kind: str) -> int:
    """Claim what begins like a deb."""
    return 95 if kind == "container/deb" else 0


def open(source: BinaryIO, into: Into) -> None:
    """Put the members of both archives into the collection."""
    seen = set()
    with readable():
        for member in ar.members(source):
            stem = member.name.split(b".", 1)[0]
            if stem in (b"control", b"data") and stem not in seen:
                seen.add(stem)
                _pour(member, into, _control if stem == b"control" else _as_it_is)
            elif member.name == b"debian-binary":
                into.file(b"debian-binary", member.data)
            else:  # a second data.tar, a signature: nothing that dpkg would unpack, and so worth showing
                into.file(b"DEBIAN/" + member.name, member.data, (Fact("name", "beside the archives"),))
    if seen != {b"control", b"data"}:
        raise CannotRead("truncated", "control or data archive is missing")


def _pour(member: ar.Member, into: Into, named: Callable[[bytes], bytes]) -> None:
    stream = Ahead(member.data, 16)
    method = method_of(stream.head)
    pour(Plain(cast("BinaryIO", stream), method) if method else stream, into, named, _seen)


def _control(name: bytes) -> bytes:
    return b"DEBIAN/" + name.removeprefix(b"./")


def _as_it_is(name: bytes) -> bytes:
    return name


def _seen(_member: Member, fact: Fact) -> Fact | None:
    return None if fact in USUAL else fact
