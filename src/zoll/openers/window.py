"""A stretch of a file on disk, read as if it were a file of its own."""

import io
import os
from typing import Any


class Window(io.RawIOBase):
    """Bytes `offset:offset+size` of the file at `path` (to its end when `size` is negative); links are not followed."""

    def __init__(self, path: str, offset: int = 0, size: int = -1) -> None:
        super().__init__()
        self._file = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        self._offset = offset
        self._size = size if size >= 0 else os.fstat(self._file).st_size - offset
        self._at = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def seekable(self) -> bool:
        """Say that it can be sought in."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move; no further back than the beginning."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._at = start + offset
        return self._at

    def tell(self) -> int:
        """Return how many bytes lie before."""
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """Fill the buffer as far as bytes are left."""
        wanted = min(len(buffer), self._size - self._at)
        if wanted <= 0:
            return 0
        piece = os.pread(self._file, wanted, self._offset + self._at)
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            os.close(self._file)
        super().close()
