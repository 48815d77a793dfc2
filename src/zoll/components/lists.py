"""What a package's own list says of its files, held against those that are there: a full, partial or modified copy.

Formats: RECORD of wheels (path, sha256 in base64url, size), .cargo-checksum.json, digests in a signed JAR's manifest.
"""

import csv
import re
from base64 import urlsafe_b64decode
from binascii import Error
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from posixpath import normpath

from msgspec import Struct, structs

from zoll.components.naming import folder, normal
from zoll.components.ordering import plain
from zoll.components.tree import Hops, upward
from zoll.model import Component, Part, Place
from zoll.parse import stanzas
from zoll.parse.fields import json_of, table

EMPTY = sha256(b"").hexdigest()  # also what an opened container stands with: its own bytes are gone
RECORD = re.compile(r"(?:^|/)([^/]{1,100}?)-(\d[^/-]{0,60})\.dist-info/RECORD\Z")
CHECKSUMS = re.compile(r"(?:^|/)\.cargo-checksum\.json\Z")
MANIFEST = re.compile(r"(?:^|/)META-INF/MANIFEST\.MF\Z")
UNLISTED = re.compile(
    r"(?:^|/)__pycache__/|\.py[co]\Z|(?:^|/)\.cargo[\w.-]*\Z|\AMETA-INF/"
    r"|\.dist-info/(?:RECORD[\w.]*|INSTALLER|REQUESTED|direct_url\.json)\Z"
)
MOST = 200_000


class Listing(Struct, frozen=True):
    """The files that a package says it has: sha256 by path, inside the container `hops`, below the folder `root`.

    `name` and `version` are "" where the list tells none and its place must do.
    """

    hops: tuple[str, ...]
    root: str
    files: dict[str, str]
    name: str = ""
    version: str = ""

    @property
    def base(self) -> Place:
        """The folder that the paths start from."""
        return Place((*self.hops, self.root)) if self.root else Place(self.hops)


def lists(part: Part) -> bool:
    """Tell by the name whether a part is such a list."""
    path = part.place.hops[-1]
    return any(pattern.search(path) for pattern in (RECORD, CHECKSUMS)) or (
        len(part.place.hops) > 1 and bool(MANIFEST.search(path))
    )


def listing_of(part: Part, data: bytes) -> Listing | None:
    """Return what the list says, None where it says nothing."""
    *hops, path = part.place.hops
    text = data.decode("utf-8", "replace")
    if found := RECORD.search(path):
        return _listing(hops, path, 2, _record(text), found[1], found[2])
    if CHECKSUMS.search(path):
        told = table(json_of(data), "files")
        return _listing(hops, path, 1, {name: one for name, one in told.items() if isinstance(one, str)})
    return _listing(hops, path, 2, _manifest(text))


def judged(
    components: Iterable[Component], listings: Iterable[Listing], parts: Iterable[Part]
) -> tuple[Component, ...]:
    """Return the components with `copy` told where a list of their files is there.

    partial: listed files are missing; modified: files are otherwise than listed, or stand in its folder unlisted.
    """
    by_base: dict[Place, list[Listing]] = defaultdict(list)
    for listing in listings:
        by_base[listing.base].append(listing)
    components = tuple(components)
    told = {one: _of(one, by_base) for one in components}
    held = {one: _held(listing) for one, listing in told.items() if listing}
    if not held:
        return components
    digests = {part.place.hops: part.digest for part in parts if part.kind != "folder"}
    more = _unlisted({one.at.hops: listed for one, listed in held.items()}, digests)
    return tuple(_judged(one, held[one], digests, more) if one in held else one for one in components)


def _of(one: Component, by_base: Mapping[Place, list[Listing]]) -> Listing | None:
    """Return the list of a component's files: one in its own folder, or one beside it that bears its name."""
    if one.by != "metadata":
        return None
    unnamed = (listing for listing in by_base.get(one.at, []) if not listing.name)
    named = (listing for listing in by_base.get(folder(one.at), []) if _names(listing, one))
    return next(unnamed, None) or next(named, None)


def _judged(one: Component, held: Mapping[Hops, str], digests: Mapping[Hops, str], more: set[Hops]) -> Component:
    told = {hops: digest for hops, digest in held.items() if digest}
    missing = any(hops not in digests for hops in told)
    other = any(digests.get(hops, digest) not in {digest, EMPTY} for hops, digest in told.items())
    copy = "modified" if other or one.at.hops in more else "partial" if missing else "full"
    return structs.replace(one, copy=copy)


def _unlisted(homes: Mapping[Hops, Mapping[Hops, str]], places: Iterable[Hops]) -> set[Hops]:
    """Return the components' places below which something stands that their lists do not name."""
    found: set[Hops] = set()
    for hops in places:
        for home in upward(hops):
            if home in homes and not UNLISTED.search(hops[-1]) and not _is_named(hops, homes[home]):
                found.add(home)
    return found


def _is_named(hops: Hops, held: Mapping[Hops, str]) -> bool:
    """Tell whether a place, or a container that it lies in, is listed."""
    return any(hops[:length] in held for length in range(1, len(hops) + 1))


def _names(listing: Listing, one: Component) -> bool:
    return normal(listing.name) == normal(one.name) and plain(listing.version) == plain(one.version)


def _held(listing: Listing) -> dict[Hops, str]:
    """Return the digests that are listed, "" where only the name is, by place."""
    found: dict[Hops, str] = {}
    for name, digest in listing.files.items():
        path = normpath(f"{listing.root}/{name}" if listing.root else name)
        if not path.startswith(".."):
            found[*listing.hops, path] = digest
    return found


def _listing(
    hops: Sequence[str], path: str, levels: int, files: dict[str, str], name: str = "", version: str = ""
) -> Listing | None:
    root = "/".join(path.split("/")[:-levels])
    return Listing(tuple(hops), root, files, name, version) if files else None


def _record(text: str) -> dict[str, str]:
    files: dict[str, str] = {}
    for line in text.splitlines()[:MOST]:
        for row in csv.reader([line]):
            if len(row) > 1:
                told = row[1].startswith("sha256=")
                files[row[0]] = _hexadecimal(row[1].removeprefix("sha256=")) if told else ""
    return files


def _manifest(text: str) -> dict[str, str]:
    files: dict[str, str] = {}
    name = ""
    for entry in stanzas.entries(text, body=False):
        if entry.keys[-1] == "Name":
            name = entry.value.replace("\n", "")
        elif name and entry.keys[-1].upper() == "SHA-256-DIGEST":
            files[name] = _hexadecimal(entry.value)
    return files


def _hexadecimal(encoded: str) -> str:
    """Return a digest in hexadecimal, from either alphabet of base64, with or without padding."""
    try:
        return urlsafe_b64decode(encoded.strip()[:100].replace("+", "-").replace("/", "_").rstrip("=") + "==").hex()
    except (Error, ValueError):
        return encoded[:100]
