"""Rust crates: vendored ones, and the source paths that the compiler leaves in executables.

Formats: Cargo's vendor folder (.cargo-checksum.json beside Cargo.toml), paths below Cargo's registry in panics.
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.components.naming import folder, made
from zoll.model import Component, Part
from zoll.parse.fields import table, text, toml_of

DOC = Doc(
    title="Rust crates: Cargo.toml, source paths in executables",
    reads=("Cargo.toml", "executable/*"),
    yields=("component",),
    limitations=("A crate that cannot panic, or a build with trimmed paths, leaves no path in an executable.",),
)
CRATE = re.compile(
    rb"[/\\]registry[/\\](?:src[/\\][\w.-]{1,80}[/\\])?([A-Za-z0-9_-]{1,80}?)-(\d+\.\d+\.\d+[\w.+-]{0,60})[/\\]"
)


def wants(part: Part) -> bool:
    """Tell by the kind or the name."""
    return part.kind.startswith("executable/") or part.place.hops[-1].endswith("Cargo.toml")


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield the crates whose code was compiled in, or the one in the folder."""
    if not part.kind.startswith("executable/"):
        told = table(toml_of(data), "package")
        if text(told, "name") and text(told, "version"):
            at = folder(part.place)
            yield made(
                "cargo", text(told, "name"), text(told, "version"), at, "metadata", licence=text(told, "license")
            )
    elif b"registry" in data:
        for name, version in sorted(set(CRATE.findall(data))):
            yield made("cargo", name.decode(), version.decode(), part.place, "metadata")
