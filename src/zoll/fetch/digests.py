"""Digests as indexes write them: hex (`sha256=...`) and subresource integrity (`sha512-BASE64`)."""

import base64
import binascii
import hashlib
from pathlib import Path

from msgspec import Struct

STRENGTH = ("sha512", "sha384", "sha256", "sha1", "md5")  # strongest first
WEAK = ("sha1", "md5")


class Digest(Struct, frozen=True):
    """An algorithm's name and the digest in lower-case hex."""

    name: str
    hex: str


def file_digest(path: Path, name: str) -> str:
    """Return the hex digest of a file, read piece by piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, name).hexdigest()


def strongest(found: dict[str, str]) -> Digest | None:
    """Return the strongest digest of those an index gives.

    >>> strongest({"md5": "aa", "sha256": "BB"})
    Digest(name='sha256', hex='bb')
    """
    return next((Digest(name, found[name].lower()) for name in STRENGTH if found.get(name)), None)


def from_integrity(words: str) -> Digest | None:
    """Read a subresource integrity attribute: `sha512-BASE64 sha1-BASE64` (W3C SRI, as npm's `dist.integrity`)."""
    found: dict[str, str] = {}
    for word in words.split():
        name, _, coded = word.partition("-")
        try:
            found[name] = base64.b64decode(coded.partition("?")[0], validate=True).hex()
        except (binascii.Error, ValueError):
            continue
    return strongest(found)
