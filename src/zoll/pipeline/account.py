"""Where every byte of the new release went."""

from collections.abc import Iterable, Sequence

from zoll.model import Account, Change, Gap, Pair, Part, Tally
from zoll.pairing.files import Pairing


def account(parts: Sequence[Part], pairing: Pairing, changes: Sequence[Change], gaps: Iterable[Gap]) -> Account:
    """Return the account; unchanged, moved, compared and gaps add up to the whole."""
    unseen = {gap.at.hops for gap in gaps if gap.stage in {"open", "read"} and gap.side == "new"}
    compared = [pair.new for pair in pairing.pairs if pair.new]
    blind = [part for part in compared if part.place.hops in unseen]
    return Account(
        whole=_tally(parts),
        unchanged=_tally(_new(pairing.unchanged)),
        moved=_tally(_new(pairing.moved)),
        compared=_tally(part for part in compared if part.place.hops not in unseen),
        gaps=_tally(blind),
        removed=_tally(pair.old for pair in pairing.pairs if pair.old and not pair.new),
        changes=sum(len(change.hunks) for change in changes),
        lines=sum(hunk.new[1] - hunk.new[0] + 1 for change in changes for hunk in change.hunks if hunk.new[0]),
    )


def _new(pairs: Iterable[Pair]) -> list[Part]:
    return [pair.new for pair in pairs if pair.new]


def _tally(parts: Iterable[Part]) -> Tally:
    sizes = [part.size for part in parts]
    return Tally(len(sizes), sum(sizes))
