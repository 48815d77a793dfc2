"""The section on claims: what the notes say that this upgrade does and it does not, in a few lines."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.text import Text

from zoll.model import Claim, Report
from zoll.reports.amounts import count
from zoll.reports.crop import fit
from zoll.reports.safe import show

_SHOWN = 4


def draw(report: Report, width: int) -> Iterator[Text]:
    """Yield the section: every claim counted, the missing ones with their words; nothing where nothing is claimed."""
    if not report.claims:
        return
    counts = Counter(claim.outcome for claim in report.claims)
    missing = [claim for claim in report.claims if claim.outcome == "missing"]
    yield Text.assemble(
        ("Declared but not found", "bold"),
        "  ",
        (f"{len(missing):,} of {count(len(report.claims), 'claim')}", "bold yellow" if missing else ""),
        (f"; {counts['found']:,} found, {counts['open']:,} open", "dim"),
    )
    for claim in missing[:_SHOWN]:
        yield Text(fit(f"  {_said(claim)}", width), "yellow")
        for line in claim.looked[:2]:
            yield Text(fit(f"      {show(line)}", width), "dim")
    if len(missing) > _SHOWN:
        yield Text(f"  and {len(missing) - _SHOWN:,} more, see --format json", "dim")


def _said(claim: Claim) -> str:
    at = claim.note.at
    where = show(at.path) + (f":{at.start}" if at.start else "")
    words = f"\N{LEFT DOUBLE QUOTATION MARK}{_clip(show(claim.note.words))}\N{RIGHT DOUBLE QUOTATION MARK}"
    return f"{claim.kind} {show(named(claim))}: {words}  {where}"


def _clip(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1] + "\N{HORIZONTAL ELLIPSIS}"


def named(claim: Claim) -> str:
    """Return the subject with its version."""
    return f"{claim.subject} {claim.version}".rstrip()


def listed(report: Report) -> list[dict[str, Any]]:
    """Return all claims as plain values for JSON."""
    return [
        {
            "kind": claim.kind,
            "subject": claim.subject,
            "version": claim.version or None,
            "outcome": claim.outcome,
            "looked": list(claim.looked),
            "words": claim.note.words,
            "by": claim.note.by,
            "path": claim.note.at.path,
            "line": claim.note.at.start or None,
        }
        for claim in report.claims
    ]
