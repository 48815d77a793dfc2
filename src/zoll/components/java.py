"""Java archives: Maven's pom.properties, and the manifest where there is none.

Formats: the JAR file specification (manifest, sections of `Name: value`), OSGi's bundle headers, Maven Archiver.
"""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.components.naming import folder, made
from zoll.model import Component, Part, Place
from zoll.parse import stanzas

DOC = Doc(
    title="Java archives: pom.properties, MANIFEST.MF, the archive's name",
    reads=("META-INF/maven/*/*/pom.properties", "META-INF/MANIFEST.MF"),
    yields=("component",),
    limitations=("Classes that were merged into an archive without their pom.properties stay unnamed.",),
)
POM = re.compile(r"(?:^|/)META-INF/maven/[^/]+/[^/]+/pom\.properties\Z")
MANIFEST = re.compile(r"(?:^|/)META-INF/MANIFEST\.MF\Z")
LINE = re.compile(r"^(groupId|artifactId|version)[ \t]*[=:][ \t]*(\S{1,200})", re.MULTILINE)
ARCHIVE = re.compile(r"(?:^|/)([A-Za-z][\w.]*?(?:-[A-Za-z][\w.]*?){0,8})-(\d[\w.+-]{0,60}?)\.(?:jar|war|ear|aar)\Z")


def wants(part: Part) -> bool:
    """Tell by the name."""
    path = part.place.hops[-1]
    return path.endswith(("pom.properties", "MANIFEST.MF")) and bool(POM.search(path) or MANIFEST.search(path))


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield the artifact that the archive is, or one that was merged into it."""
    text = data.decode("utf-8", "replace")
    if POM.search(part.place.hops[-1]):
        told = dict(LINE.findall(text))
        if len(told) == 3:
            at = folder(part.place, 5)
            yield made("maven", told["artifactId"], told["version"], at, "metadata", told["groupId"])
        return
    name, version = _named(part.place, text)
    if name and version:
        namespace, _, last = name.rpartition(":")
        yield made("maven", last, version, folder(part.place, 2), "metadata", namespace)


def _named(place: Place, text: str) -> tuple[str, str]:
    """Return name and version: of the archive's own name if it tells both, else as the manifest's headers say."""
    fields = {entry.keys[-1]: entry.value.replace("\n", "") for entry in stanzas.entries(text)}
    archive = ARCHIVE.search(place.hops[-2]) if len(place.hops) > 1 else None
    group = fields.get("Implementation-Vendor-Id", "")
    if archive:
        return f"{group}:{archive[1]}", archive[2]
    name = fields.get("Bundle-SymbolicName", "").split(";", 1)[0] or fields.get("Automatic-Module-Name", "")
    return name.strip(), fields.get("Bundle-Version") or fields.get("Implementation-Version", "")
