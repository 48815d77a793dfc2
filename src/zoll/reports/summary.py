"""What every format says first: how many findings of each level, and how much of the change needs reading."""

from zoll.model import Finding, Hunk, Part, Release, Report, Tally

LEVELS = ("hold", "review", "note")
READ = frozenset(("hold", "review"))


def levels(report: Report) -> dict[str, int]:
    """Return the number of findings of each level, strongest level first."""
    return {level: sum(finding.level == level for finding in report.findings) for level in LEVELS}


def lines_to_read(report: Report) -> int:
    """Return the lines at review or above; two findings on one hunk count its lines once."""
    hunks = {
        (finding.change.pair.place, finding.hunk.old, finding.hunk.new): finding.hunk
        for finding in report.findings
        if finding.level in READ
    }
    return sum(map(lines_of, hunks.values()))


def lines_of(hunk: Hunk) -> int:
    """Return how many changed lines a hunk puts before a reader, old and new; one where nothing has lines (data)."""
    return hunk.folded.lines or sum(end - start + 1 for start, end in (hunk.old, hunk.new) if start) or 1


def span(finding: Finding) -> tuple[int, int, str]:
    """Return first and last line of the finding and the side that they are counted in; (0, 0) where nothing has lines.

    New lines, unless the change took lines away and left none.
    """
    hunk = finding.hunk
    if hunk.new[0]:
        return (*hunk.new, "new")
    side = "new" if finding.change.pair.new is not None and not hunk.old[0] else "old"
    return (*hunk.old, side)


def heart(finding: Finding) -> int:
    """Return the line to look at first: that of the strongest evidence, else the first one; 0 without lines."""
    first, last, side = span(finding)
    readings = finding.hunk.gained if side == "new" else finding.hunk.lost
    signals = sorted(finding.signals, key=lambda signal: (-signal.bits, signal.rule))
    lines = (read.at.start for signal in signals for read in signal.evidence if read in readings)
    return next((line for line in lines if first <= line <= last), first)


def contents(release: Release) -> Tally:
    """Return the number and bytes of a release's innermost parts."""
    inner = innermost(release)
    return Tally(len(inner), sum(part.size for part in inner))


def innermost(release: Release) -> list[Part]:
    """Return neither functions nor what holds other parts, unless it has bytes of its own or something is not seen."""
    files = {part.place.hops: part for part in release.parts if not part.place.symbol}
    holders = {hops[:-1] for hops in files} - {gap.at.hops for gap in release.gaps}
    return [part for hops, part in files.items() if hops not in holders or part.size]


def same(report: Report) -> bool:
    """Tell whether both releases hold the same bytes at the same places."""
    account = report.account
    return report.old.digest == report.new.digest or (account.whole == account.unchanged and not account.removed.parts)
