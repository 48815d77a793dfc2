import json

from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component as Listed
from cyclonedx.model.component import ComponentType
from cyclonedx.output.json import JsonV1Dot6
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


def lines(listed):
    return [f"{one.name} {one.version} {one.purl} {one.licence}".rstrip() for one in listed]


def test_cyclonedx_as_its_own_library_writes_it():
    bom = Bom()
    bom.metadata.component = Listed(name="app", version="1.0", type=ComponentType.APPLICATION)
    inner = Listed(name="core", group="@zq", version="2.0", purl=PackageURL("npm", "@zq", "core", "2.0"))
    bom.components.add(Listed(name="zlib", version="1.2.13", components=[inner]))
    bom.components.add(Listed(name="a.c", type=ComponentType.FILE))
    bom.register_dependency(bom.metadata.component, bom.components)
    listed = listed_in(JsonV1Dot6(bom).output_as_string().encode(), AT)
    assert lines(listed) == ["app 1.0", "zlib 1.2.13", "@zq/core 2.0 pkg:npm/%40zq/core@2.0"]
    assert lines(described(listed)) == ["app 1.0"]


def test_spdx_as_json_and_as_tags_list_the_same():
    wanted = ["app 1.0", "zlib 1.2.13 pkg:generic/zlib@1.2.13 Zlib"]
    for data in (TAGS, json.dumps(SPDX).encode()):
        listed = listed_in(data, AT)
        assert lines(listed) == wanted
        assert lines(described(listed)) == ["app 1.0"]


def test_what_is_no_bill_and_what_attacks_its_reader():
    assert listed_in(b"{}", AT) is None
    assert listed_in(b"\xff\xfe", AT) is None
    assert listed_in(b'{"bomFormat": "CycloneDX", "components": [1, {"name": 2}], "metadata": []}', AT) == ()
    assert listed_in(b'{"spdxVersion": "SPDX-2.3", "documentDescribes": 3, "packages": {}}', AT) == ()
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
