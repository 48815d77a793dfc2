"""Bills of materials in XML, as the values that the same bill would be in JSON.

Formats: CycloneDX 1.0 to 1.6 (XML), SPDX 2.x as XML and as RDF/XML. No entity is expanded and no DTD is read.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

CYCLONEDX = re.compile(r"\{http://cyclonedx\.org/schema/bom/[\d.]{1,9}\}bom\Z")
MARK = re.compile(rb"\s{0,200}(?:<\?xml|<!--|<[\w:.-]{0,40}(?:bom|RDF|Document)[\s>])")
BYTE_ORDER = b"\xef\xbb\xbf"
DEEPEST, MOST = 60, 200_000  # levels, elements of one sort
_Object = dict[str, Any]


def json_of_xml(data: bytes) -> _Object | None:
    """Return a bill in XML as its JSON form; None of bytes that are none."""
    if not MARK.match(data.removeprefix(BYTE_ORDER)):
        return None
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    if CYCLONEDX.match(root.tag):
        return _cyclonedx(root)
    if _name(root) == "RDF":
        return _rdf(root)
    if _name(root) == "Document" and _text(root, "spdxVersion"):
        return _spdx(root)
    return None


def _name(one: Element) -> str:
    return str(one.tag).rpartition("}")[2]


def _inside(one: Element | None, *path: str) -> list[Element]:
    """Return the elements at a path below one, whatever their namespaces."""
    found = [one] if one is not None else []
    for name in path:
        found = [inner for outer in found for inner in outer if _name(inner) == name]
    return found[:MOST]


def _text(one: Element | None, *path: str) -> str:
    return next(((inner.text or "").strip() for inner in _inside(one, *path)), "")


def _cyclonedx(root: Element) -> _Object:
    own = next(iter(_inside(root, "metadata", "component")), None)
    return {
        "bomFormat": "CycloneDX",
        "metadata": {"component": _listed(own)} if own is not None else {},
        "components": [_listed(one) for one in _components(root)],
    }


def _components(one: Element) -> list[Element]:
    """Return the components below one, however deep they stand in each other."""
    found: list[Element] = []
    level = _inside(one, "components", "component")
    for _ in range(DEEPEST):
        found += level
        level = [inner for outer in level for inner in _inside(outer, "components", "component")]
    return found[:MOST]


def _listed(one: Element) -> _Object:
    words = {key: _text(one, key) for key in ("group", "name", "version", "purl")}
    licences = [
        *({"license": {"id": _text(held, "id")}} for held in _inside(one, "licenses", "license")),
        *({"expression": (held.text or "").strip()} for held in _inside(one, "licenses", "expression")),
    ]
    return {**words, "type": one.get("type", ""), "licenses": licences}


def _spdx(root: Element) -> _Object:
    """Return SPDX XML, whose elements are called as in JSON; one element for each member of a list."""
    return {
        "spdxVersion": _text(root, "spdxVersion"),
        "documentDescribes": [(one.text or "").strip() for one in _inside(root, "documentDescribes")],
        "relationships": [_words(one) for one in _inside(root, "relationships")],
        "packages": [
            {**_words(one), "externalRefs": [_words(held) for held in _inside(one, "externalRefs")]}
            for one in _inside(root, "packages")
        ],
    }


def _words(one: Element) -> _Object:
    return {_name(inner): (inner.text or "").strip() for inner in one if not len(inner)}


def _rdf(root: Element) -> _Object | None:
    """Return SPDX in RDF; a package may stand anywhere inside, where something first refers to it."""
    documents = list(_every(root, "SpdxDocument"))
    if not documents:
        return None
    relations = list(_every(root, "Relationship"))
    about = {
        one
        for relation in relations
        if _resource(relation, "relationshipType").endswith("_describes")
        for one in _related(relation)
    }
    about |= {one for held in _inside(documents[0], "describesPackage") for one in _targets([held])}
    packages = {_about(one) or str(number): one for number, one in enumerate(_every(root, "Package"))}
    return {
        "spdxVersion": _text(documents[0], "specVersion") or "SPDX-2",
        "documentDescribes": sorted(about),
        "packages": [{**_words(one), **_refers(one), "SPDXID": key} for key, one in packages.items()],
    }


def _every(root: Element, name: str) -> Iterator[Element]:
    return (one for _, one in zip(range(MOST * 10), root.iter(), strict=False) if _name(one) == name)


def _about(one: Element) -> str:
    return next((value for key, value in one.items() if key.endswith(("}about", "}resource"))), "")


def _resource(one: Element, name: str) -> str:
    return next((_about(inner) for inner in _inside(one, name)), "")


def _related(relation: Element) -> Iterator[str]:
    return _targets(_inside(relation, "relatedSpdxElement"))


def _targets(links: Iterable[Element]) -> Iterator[str]:
    for link in links:
        yield from (name for name in (_about(link), *map(_about, link)) if name)


def _refers(one: Element) -> _Object:
    """Return a package's references and licence."""
    references = [
        {"referenceType": "purl", "referenceLocator": _text(held, "referenceLocator")}
        for held in _inside(one, "externalRef", "ExternalRef")
        if _resource(held, "referenceType").endswith("/purl") or _text(held, "referenceLocator").startswith("pkg:")
    ]
    licences = (_resource(one, name).rpartition("/")[2] for name in ("licenseConcluded", "licenseDeclared"))
    concluded = next((licence for licence in licences if licence and not licence.startswith(("#", "rdf"))), "")
    nothing = {"noassertion": "NOASSERTION", "none": "NONE"}
    return {"externalRefs": references, "licenseConcluded": nothing.get(concluded.rpartition("#")[2], concluded)}
