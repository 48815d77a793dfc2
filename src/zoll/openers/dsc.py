"""Debian source packages: the tree that `dpkg-source` would unpack, from the archives that lie beside the .dsc."""

import re
from hashlib import sha256
from typing import BinaryIO, cast

from zoll.catalogue import Doc
from zoll.errors import CannotRead
from zoll.openers.into import Into
from zoll.openers.pouring import pour, stripped
from zoll.parse.broken import Broken
from zoll.parse.bytestream import CHUNK, Ahead
from zoll.parse.compressed import Plain, method_of
from zoll.parse.stanzas import entries

DOC = Doc(
    title="Debian source package (dsc with the archives beside it)",
    reads=("container/dsc",),
    yields=("mode", "owner", "link", "node", "name"),
    limitations=(
        "Patches of debian/patches are shown as files, not applied; so is the .diff of format 1.0.",
        "The maintainer's signature is not checked; the checksums are.",
    ),
)
LONGEST = 1 << 20
SUMMED = re.compile(r"([0-9a-f]{64}) \d{1,20} ([^\s/]{1,255})\Z")
EXTRA = re.compile(r"\.orig-([A-Za-z0-9-]{1,100})\.tar\.\w{1,5}\Z")


def claim(head: bytes, _name: str, kind: str) -> int:
    """Claim what is called .dsc and lists files."""
    return 90 if kind == "container/dsc" and b"Format:" in head else 0


def open(source: BinaryIO, into: Into) -> None:
    """Put the tree into the collection; the packaging first, since it replaces what upstream has in its place."""
    sums = _sums(source.read(LONGEST).decode("utf-8", "replace"))
    if not sums:
        raise CannotRead("malformed", "the .dsc lists no files with their SHA-256")
    for name, digest in sorted(sums.items(), key=lambda item: (".debian.tar." not in item[0], item[0])):
        if not name.endswith(".asc"):
            _take(name, digest, into)


def _sums(text: str) -> dict[str, str]:
    if text.startswith("-----BEGIN PGP SIGNED"):
        text = text.partition("\n\n")[2]
    listed = [entry.value for entry in entries(text) if entry.path.lower() == "checksums-sha256"]
    rows = (SUMMED.match(line.strip()) for value in listed for line in value.split("\n"))
    return {row[2]: row[1] for row in rows if row}


def _take(name: str, digest: str, into: Into) -> None:
    stream = into.beside(name)
    if stream is None:
        into.gap("missing", "named by the .dsc but not beside it", name)
        return
    with stream:
        if _digest(stream) != digest:
            into.gap("malformed", "not the file that the .dsc names: its checksum differs", name)
        stream.seek(0)
        since = len(into.members)
        try:
            _unpack(name, stream, into)
        except Broken as error:
            into.gap(error.reason, error.detail, name)
    into.consumed.append(name)
    if ".debian.tar." not in name and ".tar." in name:
        extra = EXTRA.search(name)
        into.lift(since, extra[1] if extra else "")


def _unpack(name: str, stream: BinaryIO, into: Into) -> None:
    beginning = Ahead(stream, 16)
    method = method_of(beginning.head)
    plain = Plain(cast("BinaryIO", beginning), method) if method else beginning
    if ".tar." in name:
        pour(plain, into)
    else:
        into.file(stripped(name, method) if method else name, plain)


def _digest(stream: BinaryIO) -> str:
    running = sha256()
    while piece := stream.read(CHUNK):
        running.update(piece)
    return running.hexdigest()
