"""Scripts that unpack what stands behind their last line: installers, as makeself and others make them."""

import re
from typing import BinaryIO

from zoll.catalogue import Doc
from zoll.errors import CannotRead
from zoll.model import Fact
from zoll.openers.into import Into
from zoll.openers.pouring import readable
from zoll.parse.inside import inside

LARGEST = 1 << 29  # bytes
ENDINGS = (".run", ".bin", ".sfx", ".bsx")
CUTS = re.compile(
    rb"\btail\b[^\n]{0,40}\+|\bdd\b[^\n]{0,80}\bskip=|\bsed\b[^\n]{0,40}1,/|(?i:makeself|self.?extract|__ARCHIVE|PAYLOAD)"
)
BESIDE = (Fact("name", "beside the members"),)
DOC = Doc(
    title="Scripts with an archive behind their last line (makeself and the like)",
    reads=("code/shell", "data/binary"),
    yields=("name",),
    limitations=(
        "only scripts that are called installers or whose first 4 kB cut a file into pieces are searched",
        "what stands there as text (base64, uuencode) is left to the readers",
    ),
)


def claim(head: bytes, name: str, kind: str) -> int:
    """Claim scripts that speak of what is behind them."""
    script = kind in DOC.reads and head.startswith(b"#!")
    return 30 if script and (name.lower().endswith(ENDINGS) or CUTS.search(head)) else 0


def open(source: BinaryIO, into: Into) -> None:
    """Put the script, its archives and whatever stands between them into the collection, if there is an archive."""
    if into.size > LARGEST:
        into.keeps()
        raise CannotRead("bytes", f"more than {LARGEST} bytes are not searched for archives")
    data = source.read()
    at, rest = 0, b""
    with readable():
        for number, one in enumerate(inside(data, into.timely), 1):
            before = data[at : one.offset]
            if not at:
                into.file("before the archive", before, BESIDE)
            rest += before.strip(b"\0") if at else b""
            at = one.offset + one.size
            into.file(f"{one.format} {number}" if number > 1 else one.format, data[one.offset : at])
    rest += data[at:].strip(b"\0") if at else b""
    if not at:
        into.keeps()
    elif rest:
        into.file("between the members", rest, BESIDE)
