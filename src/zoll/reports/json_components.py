"""The components in the JSON report: all that did not stay the same, and how many did."""

from typing import Any

from zoll.components.delta import copies
from zoll.model import Component, ComponentChange, Copied, Inventory, Report, Reworked

_Object = dict[str, Any]


def components(report: Report) -> _Object:
    """Return the object `components` of `zoll.report/1`."""
    changed = [change for change in report.components if change.how != "same"]
    twice = copies(report.components)
    return {
        "found": sum(change.new is not None and change.new.by != "lock" for change in report.components),
        "same": len(report.components) - len(changed),
        "changes": [_change(change) for change in changed],
        "copies": [{"name": found[0].name, "at": [_component(one) for one in found]} for found in twice.values()],
    }


def inventory(held: Inventory | None) -> _Object | None:
    """Return the object `sbom`: None where no bill of materials was given."""
    if held is None:
        return None
    return {
        "sources": list(held.sources),
        "listed": held.listed,
        "unlisted": [_component(one) for one in held.unlisted],
        "unfound": [_component(one) for one in held.unfound],
    }


def _change(change: ComponentChange) -> _Object:
    return {
        "how": change.how,
        "old": _component(change.old) if change.old else None,
        "new": _component(change.new) if change.new else None,
        "functions": _functions(change.functions),
    }


def _functions(touched: Reworked) -> _Object | None:
    if touched == Reworked():
        return None
    counts = {"changed": touched.changed, "added": touched.added, "removed": touched.removed}
    return {**counts, "names": list(touched.names)}


def _held(held: Copied) -> _Object | None:
    if not held.side:
        return None
    counts = {"equal": held.equal, "altered": held.altered, "missing": held.missing, "more": held.more}
    return {"of": held.of.path, "side": held.side, **counts, "share": held.share, "unlike": list(held.unlike)}


def _component(one: Component) -> _Object:
    return {
        "name": one.name,
        "version": one.version,
        "purl": one.purl or None,
        "by": one.by,
        "copy": one.copy or None,
        "licence": one.licence or None,
        "path": one.at.path,
        "line": one.at.start or None,
        "held": _held(one.held),
    }
