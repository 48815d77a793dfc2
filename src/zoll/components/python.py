"""Python distributions: METADATA of wheels and installed ones, PKG-INFO of source distributions and eggs.

Format: the core metadata specification of the Python Packaging User Guide.
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.components.naming import below, folder, made
from zoll.model import Component, Part
from zoll.parse import stanzas

DOC = Doc(
    title="Python distributions: METADATA, PKG-INFO",
    reads=("*.dist-info/METADATA", "*.egg-info/PKG-INFO", "PKG-INFO"),
    yields=("component",),
)
METADATA = re.compile(r"(?:^|/)([^/]{1,200}\.dist-info/METADATA|(?:[^/]{1,200}\.egg-info/|EGG-INFO/)?PKG-INFO)\Z")
EGG_FILE = re.compile(r"(?:^|/)[^/]{1,200}\.egg-info\Z")
READ = 100_000  # the head of a mail-like text; the description follows


def wants(part: Part) -> bool:
    """Tell by the name."""
    path = part.place.hops[-1]
    return path.endswith(("METADATA", "PKG-INFO", ".egg-info")) and bool(METADATA.search(path) or EGG_FILE.search(path))


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield the distribution, at the folder of its code where that bears its name."""
    text = data[:READ].decode("utf-8", "replace")
    fields: dict[str, str] = {}
    for entry in stanzas.entries(text):
        fields.setdefault(entry.keys[-1].lower(), entry.value)
    name, version = fields.get("name", ""), fields.get("version", "")
    if not name or not version:
        return
    around = folder(part.place)
    if ".dist-info/" in part.place.hops[-1] or ".egg-info/" in part.place.hops[-1]:
        around = below(folder(part.place, 2), name)
    elif part.place.hops[-1].endswith(".egg-info"):
        around = below(around, name)
    elif part.place.hops[-1].endswith("EGG-INFO/PKG-INFO"):
        around = folder(part.place, 2)
    licence = fields.get("license-expression") or fields.get("license", "").split("\n", 1)[0]
    yield made("pypi", name, version, around, "metadata", licence=licence)
