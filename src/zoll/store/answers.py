"""What workers answered, kept in a folder from one inspection to the next.

An answer is found again by a digest of all that it was made of; when the program's own files or its libraries are no
longer the same, everything kept is dropped.
"""

import fcntl
import os
import sqlite3
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from zoll.errors import BadInput

A = TypeVar("A")

PACKAGE = Path(__file__).parents[1]
# Rooms that work on what workers answered and have no part in it (the house checks that reading imports none of them).
LATER = frozenset({"judge", "rules", "learn", "cli", "fetch"})
PATIENCE = 60.0  # seconds to wait for another inspection that writes into the same folder
ANSWERS = "CREATE TABLE IF NOT EXISTS answers (key BLOB PRIMARY KEY, body BLOB)"
STATES = "CREATE TABLE IF NOT EXISTS states (state BLOB PRIMARY KEY)"


class Answers:
    """Answers below a folder; without a folder nothing is kept and nothing found. Use it as a context manager.

    `found` counts those that were found.
    """

    def __init__(self, folder: str = "") -> None:
        """Open the answers in `folder`, which is made where it is not there. Raises BadInput."""
        self._table = _opened(Path(folder)) if folder else None
        self.found = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._table:
            self._table.close()

    def __bool__(self) -> bool:
        return self._table is not None

    def find(self, key: bytes, answer: type[A]) -> A | None:
        """Return the answer that was kept, None where none was; one that cannot be read is none."""
        row = self._table.execute("SELECT body FROM answers WHERE key = ?", (key,)).fetchone() if self._table else None
        if row is None:
            return None
        try:
            made = msgspec.msgpack.decode(zlib.decompress(row[0]), type=answer)
        except (zlib.error, msgspec.DecodeError):
            return None
        self.found += 1
        return made

    def keep(self, key: bytes, made: object) -> None:
        """Keep an answer for the next time."""
        if self._table:
            body = zlib.compress(msgspec.msgpack.encode(made), 1)
            self._table.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (key, body))


def key_of(*made_of: object) -> bytes:
    """Return the key of an answer that was made of these plain values and structs, and of nothing else.

    >>> key_of("read", 1) == key_of("read", 1), key_of("read", 1) == key_of("read", 2)
    (True, False)
    """
    return sha256(msgspec.msgpack.encode(made_of)).digest()


def _opened(folder: Path) -> sqlite3.Connection:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _alone(folder):
            table = sqlite3.connect(folder / "answers.sqlite", timeout=PATIENCE, isolation_level=None)
            for words in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = OFF", ANSWERS, STATES):
                table.execute(words)
            _drop_others(table)
    except (OSError, sqlite3.Error) as error:
        raise BadInput(f"cannot keep answers in {folder}: {error}; name a folder that can be written") from error
    return table


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one inspection after the other make the table ready: SQLite waits for no lock when it changes its journal."""
    door = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield
    finally:
        os.close(door)


def _drop_others(table: sqlite3.Connection) -> None:
    """Empty the table if another state of the program, or none, has filled it."""
    mine = state()
    if table.execute("SELECT state FROM states").fetchall() != [(mine,)]:
        table.execute("BEGIN IMMEDIATE")
        table.execute("DELETE FROM answers")
        table.execute("DELETE FROM states")
        table.execute("INSERT INTO states VALUES (?)", (mine,))
        table.execute("COMMIT")


@cache
def state() -> bytes:
    """Return a digest of what answers hang on beside their input: zoll's own files, Python and the libraries."""
    libraries = {path.name for folder in map(Path, sys.path) for path in folder.glob("*.dist-info")}
    whole = sha256(msgspec.msgpack.encode((sys.version, sorted(libraries))))
    for path in _files():
        whole.update(msgspec.msgpack.encode((path.relative_to(PACKAGE).as_posix(), path.read_bytes())))
    return whole.digest()


def _files() -> Iterable[Path]:
    rooms = (path for path in sorted(PACKAGE.iterdir()) if path.name not in LATER)
    return (
        path
        for room in rooms
        for path in (sorted(room.rglob("*")) if room.is_dir() else [room])
        if path.is_file() and "__pycache__" not in path.parts  # where other inspections may just be writing
    )
