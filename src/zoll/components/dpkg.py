"""Packages that dpkg has installed, and what a Debian package says it is.

Formats: deb-control(5), dpkg's status file, `status.d` of images without a package manager, deb-changelog(5).
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.components.naming import folder, made
from zoll.model import Component, Part, Place
from zoll.parse.fields import packages

DOC = Doc(
    title="Debian packages: dpkg's status, status.d, a package's control file, a source's changelog",
    reads=("dpkg/status", "dpkg/status.d/*", "DEBIAN/control", "debian/changelog"),
    yields=("component",),
    limitations=("The distribution is told from the version: Ubuntu where it says so, else Debian.",),
)
STATUS = re.compile(r"(?:^|/)dpkg/(?:status|available|status\.d/[^/]+)\Z|(?:^|/)DEBIAN/control\Z")
CHANGELOG = re.compile(r"(?:^|/)debian/changelog\Z")
TOP = re.compile(r"\A\s{0,99}([a-z0-9][a-z0-9+.-]{0,100}) \(([0-9][A-Za-z0-9.+:~-]{0,100})\)")
SKIPPED = re.compile(r"\.md5sums\Z|\.list\Z")


def wants(part: Part) -> bool:
    """Tell by the name."""
    path = part.place.hops[-1]
    return bool("ebian/changelog" in path and CHANGELOG.search(path)) or bool(
        STATUS.search(path) and not SKIPPED.search(path)
    )


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield the installed packages, or the package that the release is."""
    text = data.decode("utf-8", "replace")
    if CHANGELOG.search(part.place.hops[-1]):
        if top := TOP.match(text):
            at = folder(part.place, 2)
            yield made("deb", top[1], top[2], at, "metadata", _distribution(top[2]), qualifiers={"arch": "source"})
        return
    own = part.place.hops[-1].endswith("DEBIAN/control")
    for start, fields in packages(text):
        if own or "status.d" in part.place.hops[-1] or " installed" in fields.get("Status", " installed"):
            yield _package(fields, folder(part.place, 2) if own else part.place.at(start))


def _package(fields: dict[str, str], at: Place) -> Component:
    name, version = fields.get("Package", ""), fields.get("Version", "")
    more = {"arch": fields["Architecture"]} if fields.get("Architecture") else {}
    return made("deb", name, version, at, "package-database", _distribution(version), qualifiers=more)


def _distribution(version: str) -> str:
    return "ubuntu" if "ubuntu" in version else "debian"
