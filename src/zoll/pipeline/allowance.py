"""How much code of executables is brought up, so that many large ones together end in time."""

from collections.abc import Iterable, Sequence

from zoll.model import Pair, Part
from zoll.pipeline.lifting import LIFTED, MOST_CODE

DEAREST = 3  # a file without a counterpart may have this part of the whole, however few there are


def allowances(pairs: Iterable[Pair], alone: int, paired: int) -> dict[Pair, int]:
    """Return, for each executable that has a bound of its own, how many bytes of its functions are brought up.

    `alone` is what all have together that are new or gone; `paired` what all others have, of both sides: these have no
    bound of their own where it suffices for all. Small files are read whole before large ones have equal shares.
    """
    asked = [pair for pair in pairs if _part(pair).kind in LIFTED]
    return _of_paired([pair for pair in asked if pair.old and pair.new], paired) | _of_alone(
        [pair for pair in asked if not (pair.old and pair.new)], alone
    )


def _of_paired(pairs: Sequence[Pair], most: int) -> dict[Pair, int]:
    if sum(_wanted(pair) for pair in pairs) <= most:
        return {}
    return {pair: max(share, 1) for pair, share in _shared(pairs, most, most).items()}


def _of_alone(pairs: Sequence[Pair], most: int) -> dict[Pair, int]:
    """Share among executables of one side: what came before what went; the same bytes are opened once."""
    found = dict.fromkeys(pairs, 0)
    seen: set[str] = set()
    left = most
    for gone in (False, True):
        waiting = []
        for pair in sorted((one for one in pairs if (one.new is None) == gone), key=lambda one: one.place):
            if _part(pair).digest not in seen:
                seen.add(_part(pair).digest)
                waiting.append(pair)
        shares = _shared(waiting, left, most // DEAREST)
        found |= shares
        left -= sum(shares.values())
    return found


def _shared(waiting: Iterable[Pair], left: int, dearest: int) -> dict[Pair, int]:
    """Share what is left: the small have all that they can take, the large equal parts of the rest."""
    found = {}
    ordered = sorted(waiting, key=lambda one: (_wanted(one), one.place))
    for count, pair in enumerate(ordered):
        found[pair] = min(left // (len(ordered) - count), dearest, _wanted(pair))
        left -= found[pair]
    return found


def _wanted(pair: Pair) -> int:
    """Return how many bytes of functions a pair can have at most."""
    return min(sum(part.size for part in (pair.old, pair.new) if part), MOST_CODE)


def _part(pair: Pair) -> Part:
    one = pair.new or pair.old
    assert one  # a pair has at least one side
    return one
