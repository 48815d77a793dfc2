"""Data of an executable that stands in the file as it is: texts, tables, numbers."""

from zoll.pairing.executables.side import Machine
from zoll.parse.machine.image import Image

DATA = frozenset({".rodata", ".data", ".rdata", "__cstring", "__const", "__data"})


def same_data(old: Machine | None, new: Machine | None) -> bool:
    """Say whether both hold the same data, apart from tables of addresses, which move with the code."""
    if old is None or new is None:
        return False
    return _data(old.image) == _data(new.image)


def _data(image: Image) -> list[tuple[str, bytes]]:
    return sorted(
        (one.name, image.data[one.offset : one.offset + one.size]) for one in image.regions if one.name in DATA
    )
