"""What a bill of materials lists.

Formats: CycloneDX 1.0 to 1.6 as JSON and XML, SPDX 2.x as JSON, tag-value, XML and RDF/XML, SPDX 3 as JSON-LD.
"""

import re
from collections.abc import Iterator
from typing import Any

from zoll.components.naming import LONGEST_NAME, LONGEST_VERSION, UNSEEN
from zoll.components.xmlbills import json_of_xml
from zoll.model import Component, Place
from zoll.parse.fields import json_of, objects, table, text

# CycloneDX types that are software which could be found inside; files, devices, data and platforms are not.
SOFTWARE = {"library", "framework", "application", "module", "container", "firmware", "operating-system", ""}
NAMED = re.compile(
    r"(?:\.cdx\.(?:json|xml)|\.spdx(?:\.json|\.xml|\.rdf|\.rdf\.xml)?"
    r"|(?:^|[/._-])s?bom(?:[._-][\w.-]{0,80})?\.(?:json|spdx|xml|rdf))\Z",
    re.IGNORECASE,
)
TAG = re.compile(
    r"(Package(?:Name|Version|LicenseConcluded|LicenseDeclared)|ExternalRef|SPDXID|Relationship): ?(.{0,500})"
)
PURL = re.compile(r"(?:PACKAGE[-_]MANAGER|PACKAGE_MANAGER) purl (pkg:\S+)")
NOTHING = {"NOASSERTION", "NONE"}
MOST = 200_000


def listed_in(data: bytes, at: Place) -> tuple[Component, ...] | None:
    """Return what a bill lists, the described release first; None of bytes that are no bill of materials."""
    told = json_of_xml(data) or json_of(data)
    if text(told, "bomFormat") == "CycloneDX" or text(told, "$schema").startswith("http://cyclonedx.org/schema/bom"):
        return tuple(_cyclonedx(told, at))
    if text(told, "spdxVersion"):
        return tuple(_spdx(told, at))
    if objects(told, "@graph"):
        return tuple(_graph(told, at))
    words = data.decode("utf-8", "replace")
    return tuple(_tag_value(words, at)) if re.search(r"^SPDXVersion: ?SPDX-", words[:20_000], re.MULTILINE) else None


def described(listed: tuple[Component, ...]) -> tuple[Component, ...]:
    """Return what the bill is about: the release itself."""
    return tuple(one for one in listed if one.copy == "full")


def _cyclonedx(told: Any, at: Place) -> Iterator[Component]:
    own = table(table(told, "metadata"), "component")
    if own:
        yield _from_cyclonedx(own, at, "full")
    waiting = [*objects(told, "components"), *objects(own, "components")]
    for _ in range(MOST):
        if not waiting:
            return
        one = waiting.pop()
        waiting += objects(one, "components")
        if text(one, "type") in SOFTWARE and text(one, "name"):
            yield _from_cyclonedx(one, at)


def _from_cyclonedx(one: dict[str, Any], at: Place, copy: str = "") -> Component:
    group, name, purl = text(one, "group"), text(one, "name"), text(one, "purl")
    mark = ":" if purl.startswith("pkg:maven/") else "/"
    licences = [text(table(held, "license"), "id") or text(held, "expression") for held in objects(one, "licenses")]
    return _listed(
        f"{group}{mark}{name}" if group else name, text(one, "version"), at, purl, " AND ".join(licences), copy
    )


def _spdx(told: Any, at: Place) -> Iterator[Component]:
    about = {held for held in told.get("documentDescribes", []) if isinstance(held, str)} if _listy(told) else set()
    for relation in objects(told, "relationships"):
        if text(relation, "relationshipType") == "DESCRIBES":
            about.add(text(relation, "relatedSpdxElement"))
    for one in objects(told, "packages")[:MOST]:
        purls = [
            text(reference, "referenceLocator")
            for reference in objects(one, "externalRefs")
            if text(reference, "referenceType") == "purl"
        ]
        licence = text(one, "licenseConcluded") or text(one, "licenseDeclared")
        copy = "full" if text(one, "SPDXID") in about else ""
        yield _listed(text(one, "name"), text(one, "versionInfo"), at, (purls or [""])[0], licence, copy)


def _listy(told: dict[str, Any]) -> bool:
    return isinstance(told.get("documentDescribes", []), list)


def _graph(told: Any, at: Place) -> Iterator[Component]:
    for one in objects(told, "@graph")[:MOST]:
        if text(one, "type") == "software_Package" and text(one, "name"):
            version, purl = text(one, "software_packageVersion"), text(one, "software_packageUrl")
            yield _listed(text(one, "name"), version, at, purl, "")


def _tag_value(words: str, at: Place) -> Iterator[Component]:
    about = {found[1] for found in re.finditer(r"^Relationship: ?\S+ DESCRIBES (\S+)", words, re.MULTILINE)}
    held: dict[str, str] = {}
    for number, line in enumerate([*words.split("\n"), "PackageName: "], 1):
        found = TAG.match(line)
        if not found:
            continue
        key, value = found[1], found[2].strip()
        if key == "PackageName":
            if held.get("PackageName"):
                yield _tagged(held, about, at)
            held = {"line": str(number)}
        if key == "ExternalRef":
            purl = PURL.match(value)
            key, value = "purl", purl[1] if purl else held.get("purl", "")
        held.setdefault(key, value)


def _tagged(held: dict[str, str], about: set[str], at: Place) -> Component:
    licence = held.get("PackageLicenseConcluded") or held.get("PackageLicenseDeclared", "")
    copy = "full" if held.get("SPDXID") in about else ""
    version, purl = held.get("PackageVersion", ""), held.get("purl", "")
    return _listed(held["PackageName"], version, at.at(int(held["line"])), purl, licence, copy)


def _listed(name: str, version: str, at: Place, purl: str, licence: str, copy: str = "") -> Component:
    name, version, purl, licence = (UNSEEN.sub(" ", word).strip() for word in (name, version, purl, licence))
    version, licence = ("" if word in NOTHING else word for word in (version, licence))
    return Component(
        name[:LONGEST_NAME],
        version[:LONGEST_VERSION],
        at,
        purl[: 2 * LONGEST_NAME],
        "sbom",
        copy,
        licence[:LONGEST_NAME],
    )
