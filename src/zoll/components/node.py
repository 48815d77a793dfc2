"""Packages of Node: package.json of the release itself and below node_modules.

Format: npm's documentation of package.json.
"""

import re
from collections.abc import Iterator
from typing import Any

from zoll.catalogue import Doc
from zoll.components.naming import folder, made, split_scope
from zoll.model import Component, Part
from zoll.parse.fields import json_of, text

DOC = Doc(
    title="Node packages: package.json, .bower.json of what bower installed",
    reads=("package.json", ".bower.json"),
    yields=("component",),
    limitations=("A package.json without a name and a version (such as one that only sets a type) says nothing.",),
)


def wants(part: Part) -> bool:
    """Tell by the name."""
    return part.place.hops[-1].rsplit("/", 1)[-1] in {"package.json", ".bower.json"}


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield the package that the folder holds."""
    told = json_of(data)
    name, version = text(told, "name"), text(told, "version")
    if name and version and re.match(r"[\w@~(]", name):
        namespace, last = split_scope(name)
        yield made("npm", last, version, folder(part.place), "metadata", namespace, _licence(told))


def _licence(told: dict[str, Any]) -> str:
    """Return the licence: a text, or the older object with a `type`."""
    said = told.get("license")
    return said if isinstance(said, str) else text(said, "type")
