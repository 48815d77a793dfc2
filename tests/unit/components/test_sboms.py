import json

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Listed
from cyclonedx.model.component import ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.output.xml import XmlV1Dot6
from packageurl import PackageURL

from zoll.components.inventory import hold
from zoll.components.sboms import described, listed_in
from zoll.model import Component, Place

AT = Place(("bom.json",))
TAGS = b"""SPDXVersion: SPDX-2.3
SPDXID: SPDXRef-DOCUMENT
PackageName: app
SPDXID: SPDXRef-app
PackageVersion: 1.0
Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-app

PackageName: zlib
SPDXID: SPDXRef-zlib
PackageVersion: 1.2.13
PackageLicenseConcluded: Zlib
ExternalRef: PACKAGE-MANAGER purl pkg:generic/zlib@1.2.13
"""
SPDX = {
    "spdxVersion": "SPDX-2.3",
    "documentDescribes": ["SPDXRef-app"],
    "packages": [
        {"SPDXID": "SPDXRef-app", "name": "app", "versionInfo": "1.0"},
        {
            "SPDXID": "SPDXRef-z",
            "name": "zlib",
            "versionInfo": "1.2.13",
            "licenseConcluded": "Zlib",
            "externalRefs": [{"referenceType": "purl", "referenceLocator": "pkg:generic/zlib@1.2.13"}],
        },
    ],
}


SPDX_XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<Document><spdxVersion>SPDX-2.3</spdxVersion><documentDescribes>SPDXRef-app</documentDescribes>
<packages><SPDXID>SPDXRef-app</SPDXID><name>app</name><versionInfo>1.0</versionInfo></packages>
<packages><SPDXID>SPDXRef-z</SPDXID><name>zlib</name><versionInfo>1.2.13</versionInfo>
<licenseConcluded>Zlib</licenseConcluded><externalRefs><referenceType>purl</referenceType>
<referenceLocator>pkg:generic/zlib@1.2.13</referenceLocator></externalRefs></packages></Document>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:s="http://spdx.org/rdf/terms#">
<s:SpdxDocument rdf:about="http://zq.example/doc#SPDXRef-DOCUMENT"><s:specVersion>SPDX-2.3</s:specVersion>
<s:relationship><s:Relationship><s:relationshipType rdf:resource="http://spdx.org/rdf/terms#relationshipType_describes"/>
<s:relatedSpdxElement><s:Package rdf:about="http://zq.example/doc#SPDXRef-app"><s:name>app</s:name>
<s:versionInfo>1.0</s:versionInfo><s:licenseConcluded rdf:resource="http://spdx.org/rdf/terms#noassertion"/>
<s:relationship><s:Relationship><s:relationshipType rdf:resource="http://spdx.org/rdf/terms#relationshipType_contains"/>
<s:relatedSpdxElement><s:Package rdf:about="http://zq.example/doc#SPDXRef-z"><s:name>zlib</s:name>
<s:versionInfo>1.2.13</s:versionInfo><s:licenseConcluded rdf:resource="http://spdx.org/licenses/Zlib"/>
<s:externalRef><s:ExternalRef><s:referenceType rdf:resource="http://spdx.org/rdf/references/purl"/>
<s:referenceLocator>pkg:generic/zlib@1.2.13</s:referenceLocator></s:ExternalRef></s:externalRef></s:Package>
</s:relatedSpdxElement></s:Relationship></s:relationship></s:Package></s:relatedSpdxElement></s:Relationship>
</s:relationship></s:SpdxDocument></rdf:RDF>"""


def lines(listed):
    return [f"{one.name} {one.version} {one.purl} {one.licence}".rstrip() for one in listed]


def test_cyclonedx_as_its_own_library_writes_it():
    bom = Bom()
    bom.metadata.component = Listed(name="app", version="1.0", type=ComponentType.APPLICATION)
    inner = Listed(name="core", group="@zq", version="2.0", purl=PackageURL("npm", "@zq", "core", "2.0"))
    bom.components.add(Listed(name="zlib", version="1.2.13", components=[inner]))
    bom.components.add(Listed(name="a.c", type=ComponentType.FILE))
    bom.register_dependency(bom.metadata.component, bom.components)
    for write in (JsonV1Dot6, XmlV1Dot6):
        listed = listed_in(write(bom).output_as_string().encode(), AT)
        assert sorted(lines(listed)) == ["@zq/core 2.0 pkg:npm/%40zq/core@2.0", "app 1.0", "zlib 1.2.13"]
        assert lines(described(listed)) == ["app 1.0"]


def test_spdx_lists_the_same_however_it_is_written():
    wanted = ["app 1.0", "zlib 1.2.13 pkg:generic/zlib@1.2.13 Zlib"]
    for data in (TAGS, json.dumps(SPDX).encode(), SPDX_XML, b"\xef\xbb\xbf" + SPDX_XML, RDF):
        listed = listed_in(data, AT)
        assert lines(listed) == wanted
        assert lines(described(listed)) == ["app 1.0"]


def test_what_is_no_bill_and_what_attacks_its_reader():
    assert listed_in(b"{}", AT) is None
    assert listed_in(b"\xff\xfe", AT) is None
    assert listed_in(b'{"bomFormat": "CycloneDX", "components": [1, {"name": 2}], "metadata": []}', AT) == ()
    assert listed_in(b'{"spdxVersion": "SPDX-2.3", "documentDescribes": 3, "packages": {}}', AT) == ()
    for data in (
        b"<bom>",
        b"<?xml version='1.0'?><project/>",
        b"<rdf:RDF/>",
        b"<?xml version='1.0' encoding='zq'?><bom/>",
    ):
        assert listed_in(data, AT) is None
    entity = b'<!DOCTYPE a [<!ENTITY a "b">]><bom xmlns="http://cyclonedx.org/schema/bom/1.4">&a;</bom>'
    assert listed_in(b'<?xml version="1.0"?>' + entity, AT) is None
    bom = b'<bom xmlns="http://cyclonedx.org/schema/bom/1.4">'
    assert listed_in(bom + b"<components><component>" * 5000, AT) is None
    levels = b"<components><component><name>a</name>" * 5000 + b"</component></components>" * 5000
    assert len(listed_in(bom + levels + b"</bom>", AT)) < 100
    deep = b'{"bomFormat": "CycloneDX", "components": [' + b'{"components": [' * 5000
    assert listed_in(deep, AT) is None


def component(name, version, purl="", by="metadata"):
    return Component(name, version, Place(("x",)), purl, by)


def test_bills_against_what_was_found():
    listed = (
        Component("app", "1.0", AT, "", "sbom", "full"),
        component("zlib", "1:1.2.13", "", "sbom"),
        component("@zq/core", "2.0", "pkg:npm/%40zq/core@2.0", "sbom"),
        component("gone", "1.0", "", "sbom"),
        component("dev", "3.0", "pkg:npm/dev@3.0", "sbom"),
        component("anything", "", "", "sbom"),
    )
    found = [
        component("app", "1.0"),
        component("zlib", "1.2.13", "pkg:generic/zlib@1.2.13"),
        component("@evil/core", "2.0", "pkg:npm/%40evil/core@2.0"),
        component("dev", "3.0", "pkg:npm/dev@3.0", "lock"),
        component("unsaid", "9", "pkg:npm/unsaid@9", "lock"),
        component("anything", "7.1"),
        component("curl", "8.0"),
    ]
    held = hold({"bom.json": listed}, found)
    assert (held.sources, held.listed) == (("bom.json",), 5)
    assert lines(held.unlisted) == ["@evil/core 2.0 pkg:npm/%40evil/core@2.0", "curl 8.0"]
    assert lines(held.unfound) == ["@zq/core 2.0 pkg:npm/%40zq/core@2.0", "gone 1.0"]


def test_another_version_is_both_unlisted_and_unfound():
    held = hold({"b": (component("zlib", "1.2.11", by="sbom"),)}, [component("zlib", "1.2.13")])
    assert lines(held.unlisted) == ["zlib 1.2.13"]
    assert lines(held.unfound) == ["zlib 1.2.11"]


def test_an_unscoped_name_is_not_a_scoped_one():
    held = hold(
        {"b": (component("lodash", "1", "pkg:npm/lodash@1", "sbom"),)},
        [component("@x/lodash", "1", "pkg:npm/%40x/lodash@1")],
    )
    assert lines(held.unlisted) == ["@x/lodash 1 pkg:npm/%40x/lodash@1"]


def test_thousands_of_one_name_take_no_time():
    many = tuple(component("a", str(number), f"pkg:npm/a@{number}") for number in range(20_000))
    assert len(hold({"b": many[::2]}, many).unlisted) == 10_000
