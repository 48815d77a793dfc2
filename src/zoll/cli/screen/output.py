"""Puts a finished text where the caller wants it: stdout, or a file that is whole or not there."""

import os
import sys
import tempfile
from pathlib import Path

from zoll.errors import BadInput


def check(out: Path) -> None:
    """Raise BadInput early if `out` cannot be written in the end."""
    if out.is_dir():
        raise BadInput(f"{out}: a folder; give --out a file")
    if not out.absolute().parent.is_dir():
        raise BadInput(f"{out}: its folder is not there; make it or give --out another file")
    if not os.access(out if out.exists() and not out.is_file() else out.absolute().parent, os.W_OK):
        raise BadInput(f"{out}: its folder is not writable by this user; give --out another file")


def put(text: str, out: Path | None) -> None:
    """Write `text`, with a line end after it, to `out` or stdout."""
    text = text if text.endswith("\n") else f"{text}\n"
    if out is None:
        _print(text)
        return
    try:
        if out.exists() and not out.is_file():  # a pipe or /dev/null: never to be replaced by a file
            out.write_bytes(text.encode("utf-8", "backslashreplace"))
        else:
            _replace(text, out)
    except OSError as error:
        raise BadInput(f"{out}: {error.strerror}; give --out another file") from error


def _replace(text: str, out: Path) -> None:
    """Write a file beside and move it there, so that it is never half; through a link, to where it leads."""
    out = out.resolve()
    handle, partial = tempfile.mkstemp(dir=out.absolute().parent, prefix=".zoll-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
        mask = os.umask(0)
        os.umask(mask)
        Path(partial).chmod(0o666 & ~mask)
        Path(partial).replace(out)
    finally:
        Path(partial).unlink(missing_ok=True)


def _print(text: str) -> None:
    """Write to stdout; a reader who has gone (`| head`) has seen enough, and the exit status still tells."""
    stream = sys.stdout.buffer
    try:
        stream.write(text.encode("utf-8", "backslashreplace"))
        stream.flush()
    except BrokenPipeError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())  # else Python complains at its end
        os.close(nowhere)
