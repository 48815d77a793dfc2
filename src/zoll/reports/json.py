"""The report for scripts: one JSON object, the contract `zoll.report/1` that `report.schema.json` describes.

Only ASCII leaves here: what the inspected upgrade calls itself stands in escapes, so that printing a report is safe.
"""

from itertools import zip_longest
from typing import Any

from zoll.catalogue import Doc
from zoll.model import (
    Account,
    Declaration,
    Declaring,
    Finding,
    Folded,
    Functions,
    Gap,
    Reading,
    Release,
    Report,
    Signal,
    Tally,
)
from zoll.reports import calls, claims, classes, phantoms
from zoll.reports.json_components import components, inventory
from zoll.reports.options import Options
from zoll.reports.safe import as_json
from zoll.reports.summary import contents, levels, lines_to_read, span

SCHEMA = "zoll.report/1"
DOC = Doc(
    title="JSON: everything, for scripts, as zoll.report/1",
    reads=("report",),
    yields=("json",),
    limitations=(
        "Holds every finding, whatever `--top` says, but not the code: places and lines lead there.",
        "Bytes of a name that are no UTF-8 stand as `\\xff`.",
    ),
)

_Object = dict[str, Any]


def render(report: Report, options: Options) -> str:
    """Return the report as indented JSON with sorted keys; the same report gives the same bytes."""
    del options
    return as_json(_report(report))


def _report(report: Report) -> _Object:
    return {
        "schema": SCHEMA,
        "made_by": report.made_by,
        "old": _release(report.old),
        "new": _release(report.new),
        "account": _account(report.account),
        "functions": [_functions(one) for one in report.functions],
        "levels": levels(report),
        "lines_to_read": lines_to_read(report),
        "gaps": [_gap(gap) for gap in report.gaps],
        "notes": _notes(report),
        "declared": [_declaring(one) for one in report.declared],
        "source": list(report.source),
        "phantoms": phantoms.listed(report),
        "claims": claims.listed(report),
        "findings": [_finding(finding) for finding in report.findings],
        "classes": classes.listed(report),
        "components": components(report),
        "sbom": inventory(report.inventory),
    }


def _release(release: Release) -> _Object:
    inner = contents(release)
    return {"name": release.name, "digest": release.digest, "parts": inner.parts, "bytes": inner.bytes}


def _account(account: Account) -> _Object:
    slices = ("whole", "unchanged", "moved", "noise", "compared", "gaps", "removed")
    named: _Object = {name: _tally(getattr(account, name)) for name in (*slices, "handed", "opened", "unpacked")}
    kinds = [{"kind": kind} | _tally(tally) for kind, tally in account.noises]
    return named | {
        "noises": kinds,
        "findings": account.findings,
        "changes": account.changes,
        "lines": account.lines,
        "brought": account.brought,
    }


def _functions(one: Functions) -> _Object:
    sorts = ("old", "new", "same", "recompiled", "changed", "added", "removed", "unread", "recognised")
    return {"path": one.at.path} | {sort: getattr(one, sort) for sort in sorts}


def _tally(tally: Tally) -> _Object:
    return {"parts": tally.parts, "bytes": tally.bytes}


def _gap(gap: Gap) -> _Object:
    return {
        "stage": gap.stage,
        "reason": gap.reason,
        "detail": gap.detail,
        "side": gap.side or None,
        "path": gap.at.path,
        "symbol": gap.at.symbol or None,
        "size": gap.size,
    }


def _notes(report: Report) -> _Object:
    fresh = [note for note in report.notes if note.fresh]
    return {
        "standing": len(report.notes) - len(fresh),
        "fresh": [{"words": note.words, "by": note.by, "path": note.at.path, "line": note.at.start} for note in fresh],
    }


def _declaring(one: Declaring) -> _Object:
    fact, at = one.fact, one.at
    words = [{"words": by.words, "path": by.at.path, "line": by.at.start or None} for by in one.by]
    return {
        "kind": fact.kind,
        "value": fact.value,
        "how": one.how,
        "path": at.path,
        "line": at.start or None,
        "by": words,
    }


def _finding(finding: Finding) -> _Object:
    place, hunk = finding.change.pair.place, finding.hunk
    line, line_end, side = span(finding)
    return {
        "id": finding.id,
        "rank": finding.rank,
        "bits": round(finding.bits, 3),
        "expected": float(f"{finding.expected:.4g}"),
        "level": finding.level,
        "title": finding.title,
        "path": place.path,
        "old_path": finding.change.pair.old.place.path if finding.change.pair.old else None,
        "side": side,
        "line": None if place.address else line or None,
        "line_end": None if place.address else line_end or None,
        "symbol": place.symbol or None,
        "offset": place.address or None,
        "standing": [f"{fact.kind} {fact.value}" for fact in finding.standing],
        "gained": [_gained(*one) for one in zip_longest(hunk.gained, finding.seen[: len(hunk.gained)])],
        "lost": [_fact(reading) for reading in hunk.lost],
        "signals": [_signal(signal) for signal in finding.signals],
        "declared": [_declared(declaration) for declaration in finding.declared],
        "calls_around": calls.listed(finding.change.around) if place.address else None,
        "folded": _folded(hunk.folded) if hunk.folded.places > 1 else None,
    }


def _folded(folded: Folded) -> _Object:
    """Tell what a finding that stands for many places counts."""
    shapes = [{"shape": shape, "lines": lines} for shape, lines in folded.shapes]
    return {"places": folded.places, "lines": folded.lines, "shapes": shapes}


def _fact(reading: Reading) -> _Object:
    fact = reading.fact
    return {"kind": fact.kind, "value": fact.value, "traits": list(fact.traits), "line": reading.at.start or None}


def _gained(reading: Reading, seen: tuple[str, int] | None) -> _Object:
    new, mentions = seen or ("", -1)
    return _fact(reading) | {"new": new, "mentions": mentions if mentions >= 0 else None}


def _signal(signal: Signal) -> _Object:
    evidence = [_evidence(reading) for reading in signal.evidence]
    return {"rule": signal.rule, "bits": round(signal.bits, 3), "why": signal.why, "evidence": evidence}


def _evidence(reading: Reading) -> _Object:
    at = reading.at
    places = {"path": at.path, "symbol": at.symbol or None, "line_end": at.end or None, "words": reading.words}
    return _fact(reading) | places


def _declared(declaration: Declaration) -> _Object:
    fact, at = declaration.fact, declaration.at
    return {
        "kind": fact.kind,
        "value": fact.value,
        "words": declaration.words,
        "path": at.path,
        "line": at.start or None,
    }
