"""Folders on disk: walked without following links, in sorted order; files are referenced in place."""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from zoll.catalogue import Doc
from zoll.model import Fact
from zoll.openers.names import link_fact, mode_fact, settled, shown

DOC = Doc(
    title="folder",
    reads=("container/folder",),
    yields=("mode", "link", "node", "name"),
    limitations=("Owners are left out, and of modes all but those that execute: a checkout does not keep them.",),
)


class Entry(NamedTuple):
    """Something below the folder. `kind`: file, link, node, folder (an empty one), unreadable."""

    name: str
    path: str
    kind: str
    size: int = 0
    facts: tuple[Fact, ...] = ()


def claim(_head: bytes, _name: str, kind: str) -> int:
    """Claim folders; no part inside an archive is one."""
    return 100 if kind == "container/folder" else 0


def walk(root: Path) -> Iterator[Entry]:
    """Yield everything below `root`; with an explicit stack, since folders may nest deeper than Python does."""
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            found = sorted(path.name for path in (root / below).iterdir())
        except OSError as error:
            yield Entry(shown(below), str(root / below), "unreadable", facts=(Fact("node", str(error.strerror)),))
            continue
        if not found and below:
            yield Entry(settled(below)[0], str(root / below), "folder")
        folders = []
        for name in found:
            relative = f"{below}/{name}" if below else name
            entry = _entry(relative, root / relative)
            if entry is None:
                folders.append(relative)
            else:
                yield entry
        waiting.extend(reversed(folders))


def _entry(relative: str, path: Path) -> Entry | None:
    """Return what lies at `path`, None for a folder."""
    place, oddities = settled(relative)
    try:
        status = path.lstat()
    except OSError as error:
        return Entry(place, str(path), "unreadable", facts=(Fact("node", str(error.strerror)),))
    if stat.S_ISDIR(status.st_mode):
        return None
    if stat.S_ISLNK(status.st_mode):
        return Entry(place, str(path), "link", facts=(link_fact(place, shown(str(path.readlink()))), *oddities))
    if not stat.S_ISREG(status.st_mode):
        return Entry(place, str(path), "node", facts=(Fact("node", stat.filemode(status.st_mode)[0]), *oddities))
    return Entry(place, str(path), "file", status.st_size, (*_mode(status.st_mode), *oddities))


def _mode(mode: int) -> tuple[Fact, ...]:
    if mode & 0o6000:
        return (mode_fact(mode & 0o7777),)
    return (mode_fact(0o755),) if mode & 0o111 else ()
