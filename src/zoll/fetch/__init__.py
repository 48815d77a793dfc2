"""Package URLs to files, through the user's own index or archive.

One plug-in per package type: `DOC`, `QUALIFIERS` (the qualifiers that it understands), `origin(purl)` (where it
would be fetched from; part of the cache's key, so that another index never answers for this one) and
`fetch(purl, folder, progress)`.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import msgspec
from packageurl import PackageURL

from zoll.catalogue import plugins
from zoll.errors import BadInput, CannotFetch
from zoll.fetch.digests import file_digest

Progress = Callable[[str], None]


class Kept(msgspec.Struct, frozen=True):
    """What the cache remembers of one package: the file that opens it, and the sha256 of every file of it."""

    path: str
    files: dict[str, str]


def silent(_words: str) -> None:
    """Say nothing."""


def fetch(source: str, cache: Path | None = None, progress: Progress = silent) -> Path:
    """Turn OLD's or NEW's words into a local path; raise BadInput or CannotFetch with one line that says what to do.

    >>> fetch("/").name
    ''
    """
    path = Path(source)
    if source and os.path.lexists(path):
        return _readable(path)
    if source.startswith("pkg:"):
        return _package(_parsed(source), cache or cache_folder(), progress)
    if "://" in source:
        raise BadInput(
            f"{source}: zoll fetches package URLs only (pkg:TYPE/NAME@VERSION); download it and give the file"
        )
    raise BadInput(
        f"{source!r}: no such file or folder; give a folder, a file or a package URL such as pkg:pypi/requests@2.31.0"
    )


def cache_folder() -> Path:
    """Return the folder that keeps what was fetched: `$XDG_CACHE_HOME/zoll/fetched`."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    root = Path(named) if named.startswith("/") else Path.home() / ".cache"
    return root / "zoll" / "fetched"


def _readable(path: Path) -> Path:
    if not path.exists():
        raise BadInput(f"{path}: a link that leads nowhere; give the file or folder itself")
    if not os.access(path, os.R_OK | (os.X_OK if path.is_dir() else 0)):
        raise BadInput(f"{path}: not readable by this user; change its mode or run as someone who may read it")
    if not (path.is_dir() or path.is_file()):
        raise BadInput(f"{path}: neither a file nor a folder; copy its bytes into a file and give that")
    return path


def _parsed(source: str) -> PackageURL:
    try:
        return PackageURL.from_string(source)
    except ValueError as error:
        raise BadInput(f"{source}: not a package URL ({error}); write pkg:TYPE/NAME@VERSION") from error


def _package(purl: PackageURL, cache: Path, progress: Progress) -> Path:
    plugin = _plugin(purl)
    key = hashlib.sha256(f"{purl.to_string()}\n{plugin.origin(purl)}".encode()).hexdigest()[:24]
    folder = cache / purl.type / key
    kept = _kept(folder) if purl.version else None
    if kept is not None:
        progress(f"{purl.to_string()}: from the cache")
        return kept
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise CannotFetch(f"{folder}: {error.strerror}; set XDG_CACHE_HOME to a folder that you may write") from error
    path: Path = plugin.fetch(purl, folder, progress)
    _check_own_digest(purl, path)
    if path.is_relative_to(folder):  # else it is a file of the user's own
        _keep(folder, path)
    return path


def _plugin(purl: PackageURL) -> ModuleType:
    types = plugins("zoll.fetch")
    if purl.type not in types:
        raise BadInput(f"pkg:{purl.type}: fetched are {', '.join(types)}; download the package and give the file")
    plugin = types[purl.type]
    strange = sorted(set(purl.qualifiers or ()) - set(plugin.QUALIFIERS) - {"checksum"})
    if strange:
        known = ", ".join(sorted({*plugin.QUALIFIERS, "checksum"}))
        raise BadInput(
            f"{purl.to_string()}: does not understand {', '.join(strange)}; pkg:{purl.type} understands {known}"
        )
    if purl.subpath:
        raise BadInput(f"{purl.to_string()}: zoll inspects whole packages; leave out #{purl.subpath}")
    return plugin


def _kept(folder: Path) -> Path | None:
    """Return the kept file if every kept file still has the digest it was kept with."""
    try:
        kept = msgspec.json.decode((folder / "kept.json").read_bytes(), type=Kept)
        if all(file_digest(folder / name, "sha256") == digest for name, digest in kept.files.items()):
            return folder / kept.path
    except (OSError, msgspec.DecodeError):
        pass  # nothing kept, or spoilt: it is fetched anew
    return None


def _keep(folder: Path, path: Path) -> None:
    beside = [file for file in path.parent.iterdir() if file.is_file() and file.name != "kept.json"]
    files = {str(file.relative_to(folder)): file_digest(file, "sha256") for file in sorted(beside)}
    (folder / "kept.json").write_bytes(msgspec.json.encode(Kept(str(path.relative_to(folder)), files)))


def _check_own_digest(purl: PackageURL, path: Path) -> None:
    """Hold the file against the package URL's own `checksum=sha256:...`, if it has one."""
    for claim in filter(None, (purl.qualifiers or {}).get("checksum", "").split(",")):
        name, _, wanted = claim.partition(":")
        if name not in hashlib.algorithms_guaranteed or not wanted:
            raise BadInput(f"checksum={claim}: write checksum=sha256:HEX")
        if file_digest(path, name) != wanted.lower():
            raise CannotFetch(
                f"{path.name}: has not the {name} that the package URL names; do not trust one of the two"
            )
