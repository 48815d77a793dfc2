"""What stands whole inside executables: archives in resources and behind the end, programs in data.

The executable stays a part with all its bytes; what is in it becomes parts beside, at `NAME!/SECTION/FORMAT`.
"""

from collections import Counter
from typing import BinaryIO

from zoll.catalogue import Doc
from zoll.errors import CannotRead
from zoll.openers.into import Into
from zoll.openers.pouring import readable
from zoll.parse.extents import Extent, extent
from zoll.parse.inside import inside

LARGEST = 1 << 29  # bytes
DOC = Doc(
    title="Executables that hold archives, compressed data, file systems or other executables",
    reads=("executable/elf", "executable/pe", "executable/macho"),
    yields=("name",),
    limitations=(
        "a format is taken for one only where its head agrees with itself and its end is found",
        "what a program keeps encrypted or packs in a way of its own is not seen",
        "executables of more than 512 MB are not searched: a gap",
    ),
)


def claim(_head: bytes, _name: str, kind: str) -> int:
    """Claim executables, which others may know better."""
    return 20 if kind in DOC.reads else 0


def open(source: BinaryIO, into: Into) -> None:
    """Put what stands inside into the collection."""
    into.keeps()
    if into.size > LARGEST:
        raise CannotRead("bytes", f"more than {LARGEST} bytes are not searched for what is inside")
    data = source.read()
    places = extent(data) or Extent(len(data), ())
    counts: Counter[str] = Counter()
    with readable():
        for one in inside(data, into.timely):
            if one.offset in places.slices:  # a universal file's code for one processor is the file itself
                continue
            name = f"{places.named(one.offset)}/{one.format}"
            counts[name] += 1
            into.file(f"{name} {counts[name]}" if counts[name] > 1 else name, data[one.offset : one.offset + one.size])
