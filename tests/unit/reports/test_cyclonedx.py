"""Validated against the official CycloneDX 1.6 schema, which cyclonedx-python-lib ships."""

import json

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from zoll.model import Account, Component, ComponentChange, Place, Release, Report
from zoll.reports.cyclonedx import render
from zoll.reports.options import Options

OWN = Component("zq", "2.0", Place(("package",)), "pkg:npm/zq@2.0", "metadata", licence="MIT")
ZLIB = Component(
    "zlib", "1.2.13", Place(("package/deps/zlib",)), "pkg:generic/zlib@1.2.13", "version-string", "modified"
)
ROW = Component(
    "musl", "1.2.4-r1", Place(("package/lib/apk/db/installed",), "", 7), "pkg:apk/alpine/musl@1.2.4-r1", "lock"
)
BARE = Component("no\x1bname\ud800", "", Place(("package/x",)), "", "files")


def report(*changes):
    return Report(
        Release("zq-1.0", "a" * 64), Release("zq-2.0", "b" * 64), Account(), components=changes, made_by="zoll 1"
    )


def held(one):
    text = render(one, Options())
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    return json.loads(text)


def test_an_empty_report_is_a_valid_bill():
    assert held(report())["components"] == []


def test_a_full_report_is_a_valid_bill():
    gone = ComponentChange(Component("gone", "1", Place(("x",)), "pkg:npm/gone@1"), None, "removed")
    kept = (ComponentChange(OWN, OWN, "updated"), ComponentChange(ZLIB, ZLIB, "modified"))
    bill = held(report(*kept, ComponentChange(None, ROW, "added"), ComponentChange(None, BARE, "added"), gone))
    assert [one["name"] for one in bill["components"]] == ["no\\ename\\ud800", "musl", "zlib"]
    assert bill["metadata"]["component"]["purl"] == "pkg:npm/zq@2.0"
    assert bill["properties"] == [{"name": "zoll:removed", "value": "pkg:npm/gone@1"}]
    zlib = {one["name"]: one["value"] for one in bill["components"][2]["properties"]}
    assert zlib == {"zoll:by": "version-string", "zoll:change": "modified", "zoll:copy": "modified"}


def test_the_same_report_gives_the_same_bytes_and_another_one_another_serial_number():
    one, other = report(), Report(Release("a", "c" * 64), Release("b", "d" * 64), Account())
    assert render(one, Options()) == render(one, Options())
    assert json.loads(render(one, Options()))["serialNumber"] != json.loads(render(other, Options()))["serialNumber"]


@pytest.mark.parametrize(("epoch", "when"), [("1700000000", "2023-11-14T22:13:20+00:00"), ("", None), ("soon", None)])
def test_the_time_is_what_the_environment_fixes(monkeypatch, epoch, when):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert held(report())["metadata"].get("timestamp") == when
