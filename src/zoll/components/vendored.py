"""Copies in a folder for other people's code: what the list beside them says, or the code's own version.

Formats: pip's vendor.txt and setuptools' vendored.txt (requirements with `==`), `__version__` in Python.
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.components.naming import below, folder, made
from zoll.model import Component, Part, Place

DOC = Doc(
    title="Vendored Python: vendor.txt, and versions in vendored packages",
    reads=("vendor.txt", "*/_vendor/*/__init__.py"),
    yields=("component",),
    limitations=("A version that is computed, or that no list and no __version__ gives, stays unknown.",),
)
LIST = re.compile(r"(?:^|/)(?:_?vendor(?:ed)?|vendored?[-_]requirements)\.txt\Z")
ROOM = (
    r"(?:_?vendor|_?vendored|third[-_]?party|3rd[-_]?party|_?externals?|extern|_?bundled|site-packages|dist-packages)"
)
INSIDE = re.compile(
    rf"(?:^|/){ROOM}/([A-Za-z]\w{{1,60}})(?:/(?:__init__|_?_?version_?_?|_?_?about_?_?|_meta|package_data)\.py|\.py)\Z"
)
PINNED = re.compile(r"^\s{0,20}([A-Za-z0-9][\w.-]{0,80})\s?==\s?([0-9][\w.+!-]{0,60})", re.MULTILINE)
VERSION = re.compile(
    r"""^(?:__version__|VERSION|version|__title_version__)\s?(?::\s?\w+\s?)?=\s?(?:version\s?=\s?)?"""
    r"""['"]v?(\d+(?:\.\d+){1,3}[\w.+-]{0,30})['"]""",
    re.MULTILINE,
)
READ = 200_000


def wants(part: Part) -> bool:
    """Tell by the name."""
    path = part.place.hops[-1]
    return (path.endswith(".txt") and bool(LIST.search(path))) or (path.endswith(".py") and bool(INSIDE.search(path)))


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield each pinned line's package at the folder that bears its name, or the package whose version this is."""
    text = data[:READ].decode("utf-8", "replace")
    path = part.place.hops[-1]
    if path.endswith(".txt"):
        for found in PINNED.finditer(text):
            yield made("pypi", found[1], found[2], _beside(part.place, found[1]), "metadata")
    elif (inside := INSIDE.search(path)) and (version := VERSION.search(text)):
        at = folder(part.place) if not path.endswith(f"/{inside[1]}.py") else part.place
        yield made("pypi", inside[1], version[1], at, "version-string")


def _beside(place: Place, name: str) -> Place:
    return below(folder(place), name)
