"""Where every byte of the new release went."""

from collections.abc import Iterable, Sequence

from zoll.model import Account, Change, Gap, Pair, Part, Release, Tally
from zoll.pairing.files import Pairing
from zoll.reports.summary import innermost, lines_of


def account(old: Release, new: Release, pairing: Pairing, changes: Sequence[Change], gaps: Iterable[Gap]) -> Account:
    """Return the account; unchanged, moved, compared and gaps add up to the whole.

    What holds other parts is not counted beside them, unless it has a gap of its own.
    """
    counted = {part.place.hops for part in innermost(new)}
    removed = {part.place.hops for part in innermost(old)}
    unseen = {gap.at.hops for gap in gaps if gap.side == "new" and gap.stage in {"open", "read"}}
    unchanged, moved, compared = (
        [pair.new for pair in pairs if pair.new and pair.new.place.hops in counted]
        for pairs in (pairing.unchanged, pairing.moved, pairing.pairs)
    )
    return Account(
        whole=_tally(innermost(new)),
        unchanged=_tally(unchanged),
        moved=_tally(moved),
        compared=_tally(part for part in compared if part.place.hops not in unseen),
        gaps=_tally(part for part in compared if part.place.hops in unseen),
        removed=_tally(part for part in _gone(pairing.pairs) if part.place.hops in removed),
        changes=sum(len(change.hunks) for change in changes),
        lines=sum(lines_of(hunk) for change in changes for hunk in change.hunks),
    )


def _gone(pairs: Iterable[Pair]) -> list[Part]:
    return [pair.old for pair in pairs if pair.old and not pair.new]


def _tally(parts: Iterable[Part]) -> Tally:
    sizes = [part.size for part in parts]
    return Tally(len(sizes), sum(sizes))
