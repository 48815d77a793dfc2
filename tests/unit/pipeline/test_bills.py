import json

import pytest

from zoll.errors import BadInput
from zoll.pipeline import Settings, inspect

BILL = {
    "bomFormat": "CycloneDX",
    "specVersion": "1.6",
    "components": [{"type": "library", "name": "gone", "version": "1"}],
}
ADVISORY = {"document": {"csaf_version": "2.0", "title": "T"}, "vulnerabilities": [{"cve": "CVE-2099-0001"}]}


@pytest.fixture
def sides(tmp_path):
    for side, version in (("old", "1.0.0"), ("new", "1.1.0")):
        (tmp_path / side).mkdir()
        (tmp_path / side / "package.json").write_text(json.dumps({"name": "zq", "version": version}))
    return tmp_path / "old", tmp_path / "new"


def given(tmp_path, name, value):
    (tmp_path / name).write_text(json.dumps(value))
    return (str(tmp_path / name),)


def test_a_given_bill_is_held_against_what_was_found(sides, tmp_path):
    report = inspect(*sides, Settings(jobs=1, sboms=given(tmp_path, "bom.json", BILL)))
    assert [one.name for one in report.inventory.unlisted] == ["zq"]
    assert [one.name for one in report.inventory.unfound] == ["gone"]


def test_the_releases_own_bill_counts_where_none_is_given(sides):
    assert inspect(*sides, Settings(jobs=1)).inventory is None
    (sides[1] / "sbom.cdx.json").write_text(json.dumps(BILL))
    assert inspect(*sides, Settings(jobs=1)).inventory.sources == ("sbom.cdx.json",)


def test_a_bill_in_xml_at_the_root_counts_as_well(sides):
    listed = "<component type='library'><name>gone</name><version>1</version></component>"
    bill = f"<bom xmlns='http://cyclonedx.org/schema/bom/1.5'><components>{listed}</components></bom>"
    (sides[1] / "bom.xml").write_text(bill)
    (sides[1] / "pom-bom.xml").write_text("<project><name>zq-bom</name></project>")
    report = inspect(*sides, Settings(jobs=1))
    assert report.inventory.sources == ("bom.xml",)
    assert [one.name for one in report.inventory.unfound] == ["gone"]


def test_an_advisory_becomes_notes_of_the_user(sides, tmp_path):
    report = inspect(*sides, Settings(jobs=1, advisories=given(tmp_path, "a.json", ADVISORY)))
    assert [note.words for note in report.notes if note.by == "user"] == ["CVE-2099-0001 is under investigation", "T"]


@pytest.mark.parametrize("option", ["sboms", "advisories"])
def test_what_is_none_or_not_there_is_said(sides, tmp_path, option):
    with pytest.raises(BadInput, match=r"neither|no CSAF"):
        inspect(*sides, Settings(jobs=1, **{option: given(tmp_path, "x.json", {})}))
    with pytest.raises(BadInput, match="no such file"):
        inspect(*sides, Settings(jobs=1, **{option: ("nowhere.json",)}))
