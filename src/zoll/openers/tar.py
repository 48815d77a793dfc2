"""Tape archives, plain or compressed: one step, so that a `.tar.gz` shows its members directly."""

from io import BytesIO
from typing import BinaryIO

from zoll.catalogue import Doc
from zoll.openers.into import Into
from zoll.openers.pouring import pour, readable, unwrap
from zoll.parse.broken import Broken
from zoll.parse.compressed import Plain, method_of
from zoll.parse.tar import BLOCK, looks_like_tar

DOC = Doc(
    title="tape archive (tar), also compressed with gzip, bzip2, xz, zstd or lzma; npm packages",
    reads=("container/tar", "container/gzip", "container/bzip2", "container/xz", "container/zstd", "container/lzma"),
    yields=("mode", "owner", "link", "node", "name"),
    limitations=(
        "Of sparse members the stored bytes are shown, without their holes.",
        "Owners and plain modes that most members share are left out.",
    ),
)
TWICE = (".tar.", ".tgz", ".tbz", ".txz", ".tzst", ".tlz")


def claim(head: bytes, name: str, kind: str) -> int:
    """Claim tape archives, and compressed streams whose first plain bytes begin one."""
    if kind == "container/tar":
        return 90
    if kind not in DOC.reads:
        return 0
    return 80 if any(mark in name.lower() for mark in TWICE) or _holds_tar(head) else 0


def open(source: BinaryIO, into: Into) -> None:
    """Put the members into the collection."""
    head = source.read(16)
    source.seek(0)
    if method := method_of(head):
        unwrap(source, into, method)
        return
    with readable():
        pour(source, into)


def _holds_tar(head: bytes) -> bool:
    try:
        return looks_like_tar(Plain(BytesIO(head), method_of(head)).read(BLOCK))
    except Broken:
        return False
