"""Numbers and names of either byte order out of a file's bytes, every place checked."""

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.image import BadExecutable

LONGEST_NAME = 8192  # bytes; names of C++ templates come to a few thousand
POSITIVE = (1 << 63) - 1  # addresses are kept in signed words: the topmost bit of a kernel's is left out

Table = NDArray[np.void]


class Bytes:
    """A file's bytes with its byte order (`big`) and width of addresses (`bits`)."""

    __slots__ = ("big", "bits", "data", "order", "word")

    def __init__(self, data: bytes, *, big: bool, bits: int) -> None:
        self.data, self.big, self.bits = data, big, bits
        self.order, self.word = (">" if big else "<"), bits // 8

    def __len__(self) -> int:
        return len(self.data)

    def number(self, offset: int, size: int) -> int:
        """Return the unsigned number of `size` bytes; raise BadExecutable outside of the file."""
        if offset < 0 or offset + size > len(self.data):
            raise BadExecutable("a number outside of the file")
        return int.from_bytes(self.data[offset : offset + size], "big" if self.big else "little")

    def table(self, offset: int, count: int, fields: str | list[tuple[str, str]]) -> Table:
        """Return up to `count` rows at an offset without copying, fewer where the file ends.

        `fields` is numpy's word for a row; `W` in it is an address, and the byte order is put in front.
        """
        row = self._row(fields)
        if offset < 0 or offset >= len(self.data) or count <= 0:
            return np.zeros(0, row)
        count = min(count, (len(self.data) - offset) // row.itemsize)
        return np.frombuffer(self.data, row, count, offset) if count else np.zeros(0, row)

    def _row(self, fields: str | list[tuple[str, str]]) -> np.dtype[np.void]:
        if isinstance(fields, str):
            return np.dtype(self.order + fields.replace("W", f"u{self.word}"))
        return np.dtype([(name, self.order + kind.replace("W", f"u{self.word}")) for name, kind in fields])

    def numbers(self, offset: int, count: int, size: int, *, signed: bool = False) -> NDArray[np.int64]:
        """Return up to `count` numbers of `size` bytes as signed words."""
        return positive(self.table(offset, count, f"{'i' if signed else 'u'}{size}"))


def positive(numbers: NDArray[np.generic]) -> NDArray[np.int64]:
    """Return numbers as signed words; the topmost bit of unsigned ones is left out."""
    if numbers.dtype.kind == "u" and numbers.dtype.itemsize == 8:
        numbers = numbers & np.uint64(POSITIVE)  # type: ignore[operator]  # numpy's generic knows no operators
    return numbers.astype(np.int64)


class Names:
    """A table of zero-ended names. All names read from it together are held to its size, since names may overlap."""

    __slots__ = ("_budget", "_known", "data", "end", "start")

    def __init__(self, data: bytes, start: int, size: int) -> None:
        self.data, self.start = data, max(0, min(start, len(data)))
        self.end = max(self.start, min(start + size, len(data)))
        self._budget = 8 * (self.end - self.start) + (1 << 20)
        self._known: dict[int, str] = {}

    def at(self, offset: int) -> str:
        """Return the name at an offset into the table; "" outside of it. Raise BadExecutable for too many bytes."""
        known = self._known.get(offset)
        if known is not None:
            return known
        start = self.start + offset
        if offset < 0 or start >= self.end:
            return ""
        stop = min(self.end, start + LONGEST_NAME)
        end = self.data.find(b"\0", start, stop)
        name = self.data[start : end if end >= 0 else stop].decode("utf-8", "backslashreplace")
        self._budget -= len(name)
        if self._budget < 0:
            raise BadExecutable("names that overlap without end")
        self._known[offset] = name
        return name
