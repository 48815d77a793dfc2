"""Reading from streams that may end early."""

from typing import Protocol

from zoll.parse.broken import Broken

CHUNK = 1 << 20


class Readable(Protocol):
    """Anything that gives up to `size` bytes, and none at its end."""

    def read(self, size: int = ..., /) -> bytes:
        """Return up to `size` bytes."""
        ...


class Slice:
    """The next `size` bytes of a stream; raises Broken when the stream ends before."""

    def __init__(self, stream: Readable, size: int) -> None:
        self.stream = stream
        self.left = size

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes of what is left (all of it when negative)."""
        wanted = self.left if size < 0 else min(size, self.left)
        if not wanted:
            return b""
        piece = self.stream.read(wanted)
        if not piece:
            raise Broken("truncated", f"{self.left} bytes are missing")
        self.left -= len(piece)
        return piece

    def skip(self) -> None:
        """Read past what is left."""
        while self.left:
            self.read(CHUNK)


class Ahead:
    """A stream whose first bytes can be looked at without taking them; where it breaks, it breaks when it is read."""

    def __init__(self, stream: Readable, size: int) -> None:
        self.stream = stream
        self.head = b""
        self.broken: Broken | None = None
        try:
            while len(self.head) < size and (piece := stream.read(size - len(self.head))):
                self.head += piece
        except Broken as error:
            self.broken = error

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, of the head first."""
        if self.head:
            size = size if size >= 0 else len(self.head)
            taken, self.head = self.head[:size], self.head[size:]
            return taken
        if self.broken:
            raise self.broken
        return self.stream.read(size)


def filled(stream: Readable, size: int) -> bytes:
    """Read exactly `size` bytes, or fewer when the stream ends."""
    pieces = []
    while size > 0 and (piece := stream.read(min(size, CHUNK))):
        pieces.append(piece)
        size -= len(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)
