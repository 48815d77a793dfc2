"""How much code of executables without a counterpart is brought up, so that many large ones together end in time."""

from collections.abc import Iterable

from zoll.model import Pair, Part
from zoll.pipeline.lifting import LIFTED

DEAREST = 3  # a file may have this part of the whole, however few there are


def allowances(pairs: Iterable[Pair], most: int) -> dict[Pair, int]:
    """Return, for each executable that is new or gone, how many bytes of its functions are brought up.

    `most` is what all have together: what came shares it before what went, and small files are read whole before large
    ones have equal shares of the rest. Of the same bytes in several places only the first is opened.
    """
    alone = [pair for pair in pairs if (pair.old is None) != (pair.new is None) and _part(pair).kind in LIFTED]
    found = dict.fromkeys(alone, 0)
    seen: set[str] = set()
    left = most
    for gone in (False, True):
        waiting = []
        for pair in sorted((one for one in alone if (one.new is None) == gone), key=lambda one: one.place):
            if _part(pair).digest not in seen:
                seen.add(_part(pair).digest)
                waiting.append(pair)
        waiting.sort(key=lambda one: (_part(one).size, one.place))
        for count, pair in enumerate(waiting):
            share = min(left // (len(waiting) - count), most // DEAREST)
            found[pair] = min(share, _part(pair).size)
            left -= found[pair]
    return found


def _part(pair: Pair) -> Part:
    one = pair.new or pair.old
    assert one  # a pair has at least one side
    return one
