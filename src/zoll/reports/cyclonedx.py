"""A bill of materials of the new release, CycloneDX 1.6, with what became of each component as properties.

Format: the CycloneDX 1.6 JSON schema (ECMA-424). The same report gives the same bytes: the serial number is made from
the releases' digests, and no time is written unless SOURCE_DATE_EPOCH says which.
"""

import json
import os
import uuid
from datetime import UTC, datetime
from typing import Any

from zoll.catalogue import Doc
from zoll.components.delta import own_of
from zoll.model import Component, ComponentChange, Report
from zoll.reports.options import Options
from zoll.reports.safe import show

DOC = Doc(
    title="CycloneDX 1.6: a bill of materials of the new release, with what changed as properties",
    reads=("report",),
    yields=("json",),
    limitations=(
        "Holds the components of the new release; those that went are properties of the whole.",
        "Names and versions that no bill may hold stand as escapes.",
    ),
)
_SPACE = uuid.UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")  # RFC 9562's name space for object identifiers
_METHODS = {
    "package-database": "manifest-analysis",
    "metadata": "manifest-analysis",
    "lock": "manifest-analysis",
    "version-string": "binary-analysis",
    "files": "hash-comparison",
    "functions": "ast-fingerprint",
}
_Object = dict[str, Any]


def render(report: Report, options: Options) -> str:
    """Return the bill as indented JSON with sorted keys."""
    del options
    return json.dumps(bill(report), indent=2, sort_keys=True) + "\n"


def bill(report: Report) -> _Object:
    """Return the bill as plain values."""
    inside = [change for change in report.components if change.new]
    own = own_of(report.components, report.new.name)
    told = sorted((_component(change) for change in inside if change is not own), key=lambda one: str(one["bom-ref"]))
    made: _Object = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "serialNumber": f"urn:uuid:{uuid.uuid5(_SPACE, f'zoll {report.old.digest} {report.new.digest}')}",
        "metadata": _metadata(report, own),
        "components": told,
        "compositions": [{"aggregate": "unknown"}],
    }
    gone = [change.old for change in report.components if change.old and not change.new]
    properties = [_property("zoll:removed", _shown(one)) for one in gone]
    return made | ({"properties": properties} if properties else {})


def _metadata(report: Report, own: ComponentChange | None) -> _Object:
    """Return who made the bill, of what; and when, only if the environment fixes the time."""
    name, _, version = report.made_by.partition(" ")
    tool = {"type": "application", "name": name or "zoll"} | ({"version": version} if version else {})
    release: _Object = {
        "type": "application",
        "name": show(report.new.name),
        "bom-ref": "release",
        "hashes": [{"alg": "SHA-256", "content": report.new.digest}] if len(report.new.digest) == 64 else [],
    }
    if own:
        release = {**_component(own), "hashes": release["hashes"], "bom-ref": "release"}
    made: _Object = {"tools": {"components": [tool]}, "component": release}
    properties = [_property("zoll:old", show(report.old.name)), _property("zoll:new", show(report.new.name))]
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    when = datetime.fromtimestamp(int(epoch), UTC).isoformat() if epoch.isdigit() and len(epoch) < 11 else ""
    return made | {"properties": properties} | ({"timestamp": when} if when else {})


def _component(change: ComponentChange) -> _Object:
    one = change.new
    assert one is not None
    made: _Object = {
        "type": "library",
        "bom-ref": _reference(one),
        "name": show(one.name),
        "properties": _properties(change),
        "evidence": _evidence(one),
    }
    made |= {"version": show(one.version)} if one.version else {}
    made |= {"purl": one.purl} if one.purl else {}
    return made | ({"licenses": [{"license": {"name": show(one.licence)}}]} if one.licence else {})


def _properties(change: ComponentChange) -> list[_Object]:
    assert change.new is not None
    told = [_property("zoll:by", change.new.by), _property("zoll:change", change.how)]
    if change.new.copy:
        told.append(_property("zoll:copy", change.new.copy))
    if change.new.held.side:
        told += [_property("zoll:share", str(change.new.held.share))] if change.new.held.share else []
        told.append(_property("zoll:copy-of", show(change.new.held.of.path)))
    names = (*change.new.held.unlike, *change.functions.names)
    told += (
        [_property("zoll:function", show(name)) for name in dict.fromkeys(names)] if change.how == "modified" else []
    )
    if change.old and change.old.version != change.new.version:
        told.append(_property("zoll:old-version", show(change.old.version)))
    return told


def _property(name: str, value: str) -> _Object:
    return {"name": name, "value": value}


def _evidence(one: Component) -> _Object:
    occurrence: _Object = {"location": show(one.at.path) or "."}
    if one.at.start:
        occurrence["line"] = one.at.start
    method = {"technique": _METHODS.get(one.by, "other"), "confidence": 1.0 if one.by != "lock" else 0.5}
    return {"occurrences": [occurrence], "identity": [{"field": "name", "methods": [method]}]}


def _reference(one: Component) -> str:
    return f"{one.purl or show(f'{one.name} {one.version}')}#{show(one.at.path)}" + (
        f":{one.at.start}" if one.at.start else ""
    )


def _shown(one: Component) -> str:
    return one.purl or show(f"{one.name} {one.version}".rstrip())
