"""The change class in one line, and as plain values for scripts."""

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from zoll.model import ChangeClass, Place, Report
from zoll.reports.safe import show

KINDS = {
    "none": "none",
    "rebuild": "rebuild",
    "maintenance": "maintenance",
    "function": "function",
    "posture": "security posture lowered",
}
# What a step may bring without saying more than its number does.
ORDER = ("none", "rebuild", "maintenance", "function", "posture")
_SUGGESTS = {"none": "stays as it is", "downgrade": "goes back"}
_STYLE = {"posture": "bold red", "function": "bold"}


def whole(report: Report) -> ChangeClass | None:
    """Return the class of the whole, None in a report that has none."""
    return next((one for one in report.classes if not one.component), None)


def holds(one: ChangeClass) -> bool | None:
    """Tell whether the change is no more than its version number suggests; None where the number says nothing."""
    if not one.suggested:
        return None
    if one.suggested == "downgrade" or one.kind == "posture":
        return False
    return ORDER.index(one.kind) <= ORDER.index(one.suggested)


def draw(report: Report) -> Iterator[Text]:
    """Yield one line: the class, why, and whether the number suggests it."""
    one = whole(report)
    if one is None or one.kind == "none":
        return
    line = Text.assemble("Change class: ", (KINDS[one.kind], _STYLE.get(one.kind, "")))
    if one.evidence:
        line.append(f" ({show(one.evidence[0][0])})")
    said = numbered(one)
    line.append(f"; {said}" if said else "", "bold yellow" if holds(one) is False else "dim")
    yield line


def numbered(one: ChangeClass) -> str:
    """Return what the version number suggests, "" where nobody states one."""
    if not one.suggested:
        return ""
    step = f"the number {show(one.old_version)} → {show(one.new_version)}"
    return f"{step} {_SUGGESTS.get(one.suggested, 'suggests ' + one.suggested)}"


def listed(report: Report) -> list[dict[str, Any]]:
    """Return the classes as plain values, the whole first."""
    return [as_object(one) for one in report.classes]


def as_object(one: ChangeClass) -> dict[str, Any]:
    """Return one class as plain values; only that of the whole has features."""
    return {
        "component": one.component,
        "kind": one.kind,
        "old_version": one.old_version or None,
        "new_version": one.new_version or None,
        "suggested": one.suggested or None,
        "holds": holds(one),
        "evidence": [{"words": words} | where(at) for words, at in one.evidence],
        "features": [
            {"thing": each.thing, "name": each.name, "more": each.more or None, "lost": each.lost} | where(each.at)
            for each in one.features
        ],
    }


def where(at: Place) -> dict[str, Any]:
    """Return a place as plain values; nulls for the whole."""
    return {"path": at.path or None, "symbol": at.symbol or None, "line": at.start or None}
