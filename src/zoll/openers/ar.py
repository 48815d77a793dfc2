"""`ar` archives: static libraries and the like."""

from typing import BinaryIO

from zoll.catalogue import Doc
from zoll.openers.into import Into
from zoll.openers.names import mode_fact
from zoll.openers.pouring import ordinary, readable
from zoll.parse import ar

DOC = Doc(
    title="ar archive (static library)",
    reads=("container/ar",),
    yields=("mode", "name"),
    limitations=("Thin archives, whose members are elsewhere, are gaps.",),
)


def claim(_head: bytes, _name: str, kind: str) -> int:
    """Claim what begins like an ar archive."""
    return 80 if kind == "container/ar" else 0


def open(source: BinaryIO, into: Into) -> None:
    """Put the members into the collection."""
    try:
        with readable():
            for member in ar.members(source):
                into.file(member.name, member.data, (mode_fact(member.mode),), told=member.size)
    finally:
        into.regard(ordinary(into.members))
