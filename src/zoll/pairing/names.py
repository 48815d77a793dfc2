"""Names without their versions: `lib.so.1.2` and `lib.so.1.3` are one name, so are `pkg-1.2/x` and `pkg-1.3/x`."""

import re
from collections.abc import Iterable
from functools import lru_cache

_PACKED = re.compile(r"\.(?:gz|xz|zst|bz2|lzma|Z)(?=/|$)")
_SHARED = re.compile(r"\.so(?:\.\d{1,9})+")
_VERSION = re.compile(
    r"(?<![A-Za-z0-9])v?\d{1,14}(?:[._]\d{1,14}){1,6}(?:[-._+~]?(?:rc|alpha|beta|a|b|c|dev|post|pre|git|p|r)\.?\d{0,14})?"
    r"(?:[-+~](?:[0-9][0-9A-Za-z.+~]{0,40}|dfsg[0-9.]{0,8}|ds[0-9]{0,3}|deb[0-9u]{1,8}|g[0-9a-f]{6,40}))*(?=[-._/]|$)",
)
_GLUED = re.compile(r"(?<=[A-Za-z])\d{1,4}(?:\.\d{1,6}){1,4}(?=[-._/]|$)")
_PYTHON = re.compile(r"(?<![A-Za-z])(cpython-|cp|pypy|py)\d{1,4}")
_NUMBER = re.compile(r"(?<=[A-Za-z0-9])[-_.]v?\d{1,14}(?=[-._/]|$)")
_HEXED = re.compile(r"[-._](?=[a-f]{0,20}\d)[0-9a-f]{6,64}(?=[-._]|$)")
_MIXED = re.compile(
    r"[-.](?=[A-Za-z0-9_-]{0,15}[A-Z0-9])(?=[A-Za-z0-9_-]{0,15}[a-z])[A-Za-z0-9_-]{8,16}(?=\.(?:js|css|mjs|map|woff2?)\b)"
)


@lru_cache(maxsize=1 << 16)
def unversioned(name: str) -> str:
    """Return a name with versions, bundle hashes and the packer's ending blotted out.

    >>> unversioned("foo-1.2.dist-info/x") == unversioned("foo-1.3.dist-info/x")
    True
    """
    if not any(character.isdigit() for character in name) and "-" not in name and "." not in name:
        return name
    name = _SHARED.sub(".so.#", _PACKED.sub("", name))
    name = _PYTHON.sub(r"\1#", _GLUED.sub("#", _VERSION.sub("#", name)))
    return _MIXED.sub("-~", _HEXED.sub("-~", _NUMBER.sub("-#", name)))


def single_tops(places: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], str]:
    """Return the top name of every container (by the hops that lead to it) whose names all begin with the same one."""
    tops: dict[tuple[str, ...], str] = {}
    for hops in places:
        for depth, hop in enumerate(hops):
            top = hop.split("/", 1)[0]
            if tops.setdefault(hops[:depth], top) != top:
                tops[hops[:depth]] = ""
    return {container: top for container, top in tops.items() if top}


def plain_place(hops: tuple[str, ...], tops: dict[tuple[str, ...], str]) -> tuple[str, ...]:
    """Return hops without versions and without the single top folder of each container."""
    return tuple(unversioned(_without_top(hop, tops.get(hops[:depth], ""))) for depth, hop in enumerate(hops))


def _without_top(hop: str, top: str) -> str:
    if not top:
        return hop
    return hop[len(top) + 1 :] if "/" in hop else ""
