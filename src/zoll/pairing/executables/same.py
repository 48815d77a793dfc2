"""Which pairs are the same function laid out elsewhere: equal code that names the same things."""

import numpy as np
from numpy.typing import NDArray

from zoll.pairing.executables.matching import Matching
from zoll.pairing.executables.named import DATA, FUNCTION, Index, Named, spread
from zoll.pairing.executables.objects import Twins, paired_data, twin
from zoll.pairing.executables.side import Machine


def same(old: Machine, new: Machine, matching: Matching) -> tuple[Index, NDArray[np.bool_]]:
    """Return the paired old functions, and whether each is the same as its new one.

    The same: equal digests, and at each place the same text, the same imported name, functions that are a pair, data
    that other functions agree is the same or that has the same content.
    """
    olds = np.flatnonzero(matching.old >= 0)
    news = matching.old[olds]
    found = old.sweep.digests[olds] == new.sweep.digests[news]
    data = paired_data(old, new, matching)
    for mine, theirs in ((old.calls, new.calls), (old.references, new.references)):
        found &= np.diff(mine.begins)[olds] == np.diff(theirs.begins)[news]
        at, runs = spread(mine.begins[olds[found]], mine.begins[olds[found] + 1])
        to = spread(theirs.begins[news[found]], theirs.begins[news[found] + 1])[0]
        other = np.flatnonzero(found)[runs[~_agree(mine, theirs, at, to, matching, data)]]
        found[other] = False
    return olds, found


def _agree(mine: Named, theirs: Named, at: Index, to: Index, matching: Matching, data: Twins) -> NDArray[np.bool_]:
    """Say at which places both sides name the same thing."""
    kind, one, two = mine.kind[at], mine.value[at], theirs.value[to]
    agree: NDArray[np.bool_] = one == two
    function = (kind == FUNCTION) & (theirs.kind[to] == FUNCTION)
    agree[function] = matching.old[one[function].astype(np.int64)] == two[function].astype(np.int64)
    in_data = np.flatnonzero(kind == DATA)
    right = twin(data, one[in_data]) == two[in_data]
    content = mine.content[at[in_data]]
    agree[in_data] = right | ((content > 0) & (content == theirs.content[to[in_data]]))
    agree &= kind == theirs.kind[to]
    return agree
