"""What autotools bring into a release, as data: digests of what they copy, words of what they generate."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def published() -> dict[str, frozenset[str]]:
    """Return the digests (see `made.bare_digest`) of macro files and scripts as autotools have published them."""
    return {name: frozenset(digests.split()) for name, digests in _table()["files"].items()}


@cache
def vocabulary() -> frozenset[bytes]:
    """Return the words that automake and aclocal write of themselves."""
    return frozenset(word.encode("ascii") for word in _table()["words"].split())


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files(__name__) / "autotools.toml").read_text(encoding="utf-8"))
