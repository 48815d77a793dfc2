"""Where bytes are kept during a run: digest to a stretch of a file, below a folder that is removed at the end.

Members of containers lie in spool files; the files of a folder are referenced in place and must keep their size.
"""

import atexit
import os
import shutil
import tempfile
from collections import OrderedDict
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from zoll.errors import CannotRead

EMPTY = sha256(b"").hexdigest()
OPEN_FILES = 64
Bytes = bytes  # the vault has a method of that name


class Kept(NamedTuple):
    """Where the bytes of a digest lie."""

    path: Path
    offset: int
    size: int


class Vault:
    """Bytes by digest. Use it as a context manager: the scratch folder is gone afterwards, also on Ctrl-C and errors.

    It may be read in forked workers: reading never moves a shared position.
    """

    def __init__(self, below: Path | None = None) -> None:
        self.scratch = Path(tempfile.mkdtemp(prefix="zoll-", dir=below))
        self._owner = os.getpid()
        self._where: dict[str, Kept] = {}
        self._open: OrderedDict[Path, int] = OrderedDict()
        self._spools = 0
        atexit.register(self.close)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def __contains__(self, digest: str) -> bool:
        return digest == EMPTY or digest in self._where

    def close(self) -> None:
        """Close the files and remove the scratch folder; only the process that made the vault does."""
        while self._open:
            os.close(self._open.popitem()[1])
        if self._owner == os.getpid():
            shutil.rmtree(self.scratch, ignore_errors=True)
            atexit.unregister(self.close)

    def spool(self) -> Path:
        """Return a fresh file name below the scratch folder."""
        self._spools += 1
        return self.scratch / f"{self._spools}.spool"

    def keep(self, digest: str, path: Path, offset: int, size: int) -> None:
        """Remember where the bytes of a digest lie; the first place that was told stays."""
        if digest != EMPTY:
            self._where.setdefault(digest, Kept(path, offset, size))

    def size(self, digest: str) -> int:
        """Return the number of bytes. Raise CannotRead for bytes that are not here."""
        return 0 if digest == EMPTY else self._find(digest).size

    def bytes(self, digest: str) -> Bytes:
        """Return all bytes. Raise CannotRead when they are not here, or no longer what they were."""
        return self.head(digest, self.size(digest))

    def head(self, digest: str, size: int) -> Bytes:
        """Return the first `size` bytes, or all if there are fewer."""
        if digest == EMPTY:
            return b""
        kept = self._find(digest)
        wanted = min(size, kept.size)
        data = os.pread(self._file(kept), wanted, kept.offset)
        while len(data) < wanted and (piece := os.pread(self._file(kept), wanted - len(data), kept.offset + len(data))):
            data += piece
        if len(data) < wanted:
            raise CannotRead("missing", f"{kept.path.name} has changed since it was opened")
        return data

    def _find(self, digest: str) -> Kept:
        kept = self._where.get(digest)
        if kept is None:
            raise CannotRead("missing", f"no bytes are kept for {digest[:12]}")
        return kept

    def _file(self, kept: Kept) -> int:
        """Return a descriptor, opened once and kept for a while; a file on disk must still have its size."""
        file = self._open.get(kept.path)
        if file is None:
            try:
                file = os.open(kept.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
            except OSError as error:
                raise CannotRead("missing", f"{kept.path.name}: {error.strerror}") from error
            self._open[kept.path] = file
            if len(self._open) > OPEN_FILES:
                os.close(self._open.popitem(last=False)[1])
        else:
            self._open.move_to_end(kept.path)
        if kept.path.parent != self.scratch and os.fstat(file).st_size != kept.size:
            raise CannotRead("missing", f"{kept.path.name} has changed since it was opened")
        return file
