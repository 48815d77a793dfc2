"""Packages that apk and opkg have installed.

Formats: apk-tools' installed database (one letter, colon, value), .PKGINFO of a package, opkg's status.
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.components.naming import folder, made
from zoll.model import Component, Part
from zoll.parse.fields import packages

DOC = Doc(
    title="Alpine and OpenWrt packages: apk's installed database, .PKGINFO, opkg's status",
    reads=("lib/apk/db/installed", ".PKGINFO", "opkg/status"),
    yields=("component",),
)
INSTALLED = re.compile(r"(?:^|/)apk/db/installed\Z")
OPKG = re.compile(r"(?:^|/)opkg/(?:status|info/[^/]+\.control)\Z")
PKGINFO = re.compile(r"(?:^|/)\.PKGINFO\Z")


def wants(part: Part) -> bool:
    """Tell by the name."""
    path = part.place.hops[-1]
    return any(pattern.search(path) for pattern in (INSTALLED, OPKG, PKGINFO))


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield the installed packages, or the package that the release is."""
    text = data.decode("utf-8", "replace")
    if OPKG.search(part.place.hops[-1]):
        for start, fields in packages(text):
            if fields.get("Version"):
                yield made(
                    "opkg", fields.get("Package", ""), fields["Version"], part.place.at(start), "package-database"
                )
    elif PKGINFO.search(part.place.hops[-1]):
        told = dict(re.findall(r"^(\w+) = (.{0,300})$", text, re.MULTILINE))
        if "pkgname" in told and "pkgver" in told:
            at, licence = folder(part.place), told.get("license", "")
            yield made("apk", told["pkgname"], told["pkgver"], at, "package-database", "alpine", licence)
    else:
        yield from _installed(part, text)


def _installed(part: Part, text: str) -> Iterator[Component]:
    fields: dict[str, str] = {}
    start = 1
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line[1:2] == ":":
            fields.setdefault(line[0], line[2:].strip())
        elif not line.strip():
            if "P" in fields and "V" in fields:
                at = part.place.at(start)
                more = {"arch": fields["A"]} if fields.get("A") else {}
                yield made("apk", fields["P"], fields["V"], at, "package-database", "alpine", fields.get("L", ""), more)
            fields, start = {}, number + 1
