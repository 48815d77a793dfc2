"""Where every byte of the new release went."""

from collections.abc import Iterable, Mapping, Sequence

from zoll.judge.counts import brought
from zoll.model import Account, Change, Finding, Gap, Pair, Part, Release, Tally
from zoll.pairing.files import Pairing
from zoll.reports.summary import READ, innermost, lines_of

Hops = tuple[str, ...]


def account(
    old: Release,
    new: Release,
    pairing: Pairing,
    changes: Sequence[Change],
    gaps: Iterable[Gap],
    noise: Mapping[Hops, str] | None = None,
    findings: Iterable[Finding] = (),
) -> Account:
    """Return the account; unchanged, moved, noise, compared and gaps add up to the whole.

    What holds other parts is not counted beside them, unless it has a gap of its own. `noise` names the kind of noise
    that explains all that changed in a part; it does not hold against a finding that asks to be read.
    """
    counted = {part.place.hops for part in innermost(new)}
    removed = {part.place.hops for part in innermost(old)}
    unseen = {gap.at.hops for gap in gaps if gap.side == "new" and gap.stage in {"open", "read"}}
    unchanged, moved, pairs = (
        [pair.new for pair in pairs if pair.new and pair.new.place.hops in counted]
        for pairs in (pairing.unchanged, pairing.moved, pairing.pairs)
    )
    findings = list(findings)
    read = {_hops(finding) for finding in findings if finding.level in READ}
    kinds = {hops: kind for hops, kind in (noise or {}).items() if hops not in read and hops not in unseen}
    noisy = [part for part in pairs if part.place.hops in kinds]
    compared = [part for part in pairs if part.place.hops not in unseen and part.place.hops not in kinds]
    here = {part.place.hops for part in compared}
    return Account(
        whole=_tally(innermost(new)),
        unchanged=_tally(unchanged),
        moved=_tally(moved),
        noise=_tally(noisy),
        noises=_by_kind(noisy, kinds),
        compared=_tally(compared),
        findings=sum(_hops(finding) in here for finding in findings),
        gaps=_tally(part for part in pairs if part.place.hops in unseen),
        removed=_tally(part for part in _gone(pairing.pairs) if part.place.hops in removed),
        changes=sum(hunk.folded.places for change in changes for hunk in change.hunks),
        lines=sum(lines_of(hunk) for change in changes for hunk in change.hunks),
        brought=brought(changes),
        handed=new.handed,
        opened=new.opened,
        unpacked=new.unpacked,
    )


def _hops(finding: Finding) -> Hops:
    """Return the new part that a finding is about, () for one about a part or function that is gone."""
    new = finding.change.pair.new
    return new.place.hops if new else ()


def _by_kind(parts: Iterable[Part], kinds: Mapping[Hops, str]) -> tuple[tuple[str, Tally], ...]:
    heaps: dict[str, list[Part]] = {}
    for part in parts:
        heaps.setdefault(kinds[part.place.hops], []).append(part)
    return tuple((kind, _tally(heaps[kind])) for kind in sorted(heaps))


def _gone(pairs: Iterable[Pair]) -> list[Part]:
    return [pair.old for pair in pairs if pair.old and not pair.new]


def _tally(parts: Iterable[Part]) -> Tally:
    sizes = [part.size for part in parts]
    return Tally(len(sizes), sum(sizes))
