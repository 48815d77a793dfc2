"""One file, compressed on its own."""

from typing import BinaryIO

from zoll.catalogue import Doc
from zoll.errors import CannotRead
from zoll.openers.into import Into
from zoll.openers.pouring import unwrap
from zoll.parse.compressed import method_of

DOC = Doc(
    title="single compressed file: gzip, bzip2, xz, zstd, lzma",
    reads=("container/gzip", "container/bzip2", "container/xz", "container/zstd", "container/lzma"),
    yields=("name",),
    limitations=("The name stored inside a gzip file is not looked at.", "zstd with a window above 256 MB is a gap."),
)


def claim(_head: bytes, _name: str, kind: str) -> int:
    """Claim every compressed stream, but leave tape archives to their own opener."""
    return 50 if kind in DOC.reads else 0


def open(source: BinaryIO, into: Into) -> None:
    """Put the plain file into the collection, named without its ending."""
    head = source.read(16)
    source.seek(0)
    method = method_of(head)
    if not method:
        raise CannotRead("malformed", "not a compressed stream")
    unwrap(source, into, method)
