"""The section on phantom content: what the source does not have, or has otherwise, in a few lines."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.text import Text

from zoll.model import Phantom, Report
from zoll.reports.amounts import count
from zoll.reports.crop import fit
from zoll.reports.safe import show

_SHOWN = 5
_HOW = {"absent": "not in the source", "differs": "otherwise there"}


def draw(report: Report, width: int) -> Iterator[Text]:
    """Yield the section, what changed with this upgrade first; nothing where there was no source to hold it against."""
    if not report.source:
        return
    changed = {finding.change.pair.place.hops for finding in report.findings}
    strange = [one for one in report.phantoms if not one.why]
    strange.sort(key=lambda one: (one.at.hops not in changed, not one.at.symbol, one))
    explained = len(report.phantoms) - len(strange)
    said = _amount(strange) if strange else "nothing that the source lacks"
    more = f"; {explained:,} explained" if explained else ""
    yield Text.assemble(("Phantom content", "bold"), "  ", (said, "yellow" if strange else ""), (more, "dim"))
    for one in strange[:_SHOWN]:
        yield Text(fit(f"  {_HOW.get(one.how, one.how)}: {_named(one)}", width))
    if len(strange) > _SHOWN:
        yield Text(f"  and {len(strange) - _SHOWN:,} more, see --format json", "dim")


def _amount(strange: list[Phantom]) -> str:
    kinds = Counter("function" if one.at.symbol else "file" for one in strange)
    return " and ".join(count(kinds[kind], kind) for kind in ("file", "function") if kinds[kind])


def _named(one: Phantom) -> str:
    line = f":{one.at.start}" if one.at.start else ""
    return f"{show(one.at.path)}{line}" + (f"  {show(one.at.symbol)}" if one.at.symbol else "")


def listed(report: Report) -> list[dict[str, Any]]:
    """Return all phantoms as plain values for JSON."""
    return [
        {
            "path": one.at.path,
            "symbol": one.at.symbol or None,
            "line": one.at.start or None,
            "line_end": one.at.end or None,
            "how": one.how,
            "why": one.why or None,
            "size": one.size,
        }
        for one in report.phantoms
    ]
