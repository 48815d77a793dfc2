"""What a change description says, as plain values: both forms of it are made from these."""

from collections.abc import Iterable, Iterator
from typing import Any

from zoll.model import Claim, ComponentChange, Declaration, Declaring, Feature, Finding, Gap, Release, Report, Tally
from zoll.reports.classes import as_object, where, whole
from zoll.reports.summary import READ, contents, span

SCHEMA = "zoll.change-description/1"
# Kinds of features, and the kinds of facts that they are declared as.
_DECLARED_AS = {"message": "comparison", "setting": "", "power": "", "listener": "", "file": "", "function": ""}
_Object = dict[str, Any]


def description(report: Report) -> _Object:
    """Return the description; everything in it is evidence of the two releases, nothing is an opinion."""
    one = whole(report)
    features = one.features if one else ()
    declared = _declared(report.declared)
    return {
        "schema": SCHEMA,
        "made_by": report.made_by,
        "date": None,  # the same upgrade gives the same description
        "from": _release(report.old, one.old_version if one else ""),
        "to": _release(report.new, one.new_version if one else ""),
        "class": as_object(one) if one else None,
        "components": [as_object(each) for each in report.classes if each.component],
        "embedded": [_embedded(change) for change in report.components if change.how != "same"],
        "gained": [_feature(each, declared) for each in features if not each.lost],
        "lost": [_feature(each, declared) for each in features if each.lost],
        "security": [_finding(finding) for finding in report.findings if finding.level in READ],
        "claims": [_claim(claim) for claim in report.claims if claim.outcome != "open"],
        "gaps": [_gap(gap) for gap in report.gaps],
        "account": _account(report),
    }


def _release(release: Release, version: str) -> _Object:
    inner = contents(release)
    return {
        "name": release.name,
        "version": version or None,
        "sha256": release.digest or None,
        "parts": inner.parts,
        "bytes": inner.bytes,
    }


def _embedded(change: ComponentChange) -> _Object:
    old, new = change.old, change.new
    side = new or old
    return {
        "name": side.name if side else "",
        "how": change.how,
        "old_version": old.version if old else None,
        "new_version": new.version if new else None,
        "path": side.at.path if side else None,
        "purl": (side.purl or None) if side else None,
    }


_RANK = ("fresh", "standing", "vague", "undeclared")


def _declared(all_of_them: Iterable[Declaring]) -> dict[tuple[str, str], Declaring]:
    """Return the best declaration of each fact."""
    best: dict[tuple[str, str], Declaring] = {}
    for one in all_of_them:
        key = one.fact.kind, one.fact.value
        if key not in best or _RANK.index(one.how) < _RANK.index(best[key].how):
            best[key] = one
    return best


def _feature(one: Feature, declared: dict[tuple[str, str], Declaring]) -> _Object:
    told = declared.get((_DECLARED_AS.get(one.thing, one.thing), one.name)) if not one.lost else None
    return {
        "thing": one.thing,
        "name": one.name,
        "more": one.more or None,
        "declared": told.how if told else None,
        "words": _said(told.by) if told else None,
    } | where(one.at)


def _said(by: tuple[Declaration, ...]) -> _Object | None:
    return {"words": by[0].words, "path": by[0].at.path, "line": by[0].at.start or None} if by else None


def _finding(finding: Finding) -> _Object:
    place = finding.change.pair.place
    return {
        "id": finding.id,
        "level": finding.level,
        "bits": round(finding.bits, 1),
        "title": finding.title,
        "path": place.path,
        "symbol": place.symbol or None,
        "line": span(finding)[0] or None,
        "words": _said(finding.declared),
    }


def _claim(claim: Claim) -> _Object:
    return {
        "kind": claim.kind,
        "subject": claim.subject,
        "version": claim.version or None,
        "outcome": claim.outcome,
        "words": claim.note.words,
        "path": claim.note.at.path,
        "line": claim.note.at.start or None,
    }


def _gap(gap: Gap) -> _Object:
    return {
        "side": gap.side or None,
        "path": gap.at.path,
        "reason": gap.reason,
        "detail": gap.detail or None,
        "size": gap.size,
    }


def _account(report: Report) -> _Object:
    return dict(_tallies(report)) | {"changes": report.account.changes, "lines": report.account.lines}


def _tallies(report: Report) -> Iterator[tuple[str, _Object]]:
    for name in ("whole", "unchanged", "moved", "noise", "compared", "gaps", "removed"):
        tally: Tally = getattr(report.account, name)
        yield name, {"parts": tally.parts, "bytes": tally.bytes}
