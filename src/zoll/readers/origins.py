"""A dependency as manifests and lock files tell it: its name, its version, where it comes from."""

import re
from functools import cache, lru_cache
from typing import Any

from xxhash import xxh32_hexdigest

from zoll.model import Reading
from zoll.parse.entry import Entry
from zoll.readers.material import Material
from zoll.readers.tables import table
from zoll.readers.words import shown

GIT = re.compile(r"git(?:\+|@|:)|\.git(?:[#@?]|\Z)|^(?:github|gitlab|bitbucket|gist):|^[\w.-]+/[\w.-]+(?:#.+)?\Z")
URL = re.compile(r"(?:https?|ftp|s3)://|@\s{0,9}https?://")
PATH = re.compile(r"(?:file|link|portal|workspace):|^\.{0,2}/|^[A-Za-z]:\\")
# npm's `npm:@scope/name@1.0` as a version (npm help package-spec); JSR hands its packages out as `@jsr/...`.
ALIAS = re.compile(r"npm:((?:@(?!jsr/)[\w.-]+/)?[\w.-]+)(?:@.{0,80})?\Z")


@cache
def rows_of() -> list[tuple[dict[str, Any], re.Pattern[str], re.Pattern[str]]]:
    """Return the table of manifests: a row, which files it speaks of, which of their keys."""
    return [(row, re.compile(row["file"]), re.compile(row["path"])) for row in table("dependencies")["row"]]


def declares(path: str, entry: Entry) -> bool:
    """Say whether an entry of the file at `path` declares a dependency, and so is no plain setting."""
    keys = _declaring(path)
    return bool(keys) and any(pattern.search(entry.path) for pattern in keys)


@lru_cache(maxsize=64)
def _declaring(path: str) -> tuple[re.Pattern[str], ...]:
    """Return which keys of a file declare dependencies; asked once for a file, not for each of its entries."""
    return tuple(pattern for _, file, pattern in rows_of() if file.search(path))


def origin_of(version: str) -> str:
    """Return where a dependency with this version text comes from: registry, git, url or path.

    >>> origin_of("^1.2"), origin_of("git+ssh://h/x"), origin_of("file:../x")
    ('registry', 'git', 'path')
    """
    text = version.strip()
    if PATH.search(text):
        return "path"
    if GIT.search(text):
        return "git"
    return "url" if URL.search(text) else "registry"


def stand_in(name: str, version: str) -> str:
    """Return the other package that a version text names for a dependency, "" for the same one, kept twice or not.

    >>> stand_in("chalk", "npm:@chalk-js/chalk@5"), stand_in("chalk4", "npm:chalk@4"), stand_in("chalk", "^5")
    ('@chalk-js/chalk', '', '')
    """
    found = ALIAS.match(version.strip())
    return found[1] if found and other_package(name, found[1]) else ""


def other_package(name: str, target: str) -> bool:
    """Tell whether a package is not another version of one, whose own name would stand in the name it is given.

    >>> other_package("rand_06", "rand"), other_package("rand", "randd"), other_package("@a/x-old", "@a/x")
    (False, True, False)
    """
    return _plain(target) not in _plain(name)


def renamed(name: str, target: str) -> bool:
    """Tell whether a manifest that may call its dependencies what it likes calls one by no part of its name.

    >>> renamed("pki_types", "rustls-pki-types"), renamed("serde", "fastser")
    (False, True)
    """
    return other_package(name, target) and _plain(name) not in _plain(target)


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def said(
    material: Material, name: str, version: str, line: int, group: str = "runtime", origin: str = "", digest: str = ""
) -> Reading:
    """Return the reading of one dependency; `digest` is what a lock file holds it against."""
    shown_version = shown(" ".join(version.split()))
    target = version if origin == "alias" else stand_in(name, version)
    return material.say(
        "dependency",
        shown(name.strip()),
        line,
        0,
        f"{name} {version}",
        from_=origin or ("alias" if target else origin_of(version)),
        of=shown(target),
        version=shown_version,
        group=group,
        sum=_short(digest),
    )


def _short(digest: str) -> str:
    """Return a digest's kind and a mark of it: enough to tell two apart.

    >>> _short("sha512-" + "x" * 70).split()[0], _short("h1:" + "y" * 40).split()[0], _short("0" * 64).split()[0]
    ('sha512', 'h1', '64')
    """
    kind = re.match(r"[a-z]+\d+(?=[-:])", digest)
    return f"{kind[0] if kind else len(digest)} {xxh32_hexdigest(digest.encode())}" if digest else ""
