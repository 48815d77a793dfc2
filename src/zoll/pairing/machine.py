"""Which old function of an executable became which new one: by symbol, by equal code, then by evidence in bits."""

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from zoll.pairing.executables.candidates import candidates
from zoll.pairing.executables.evidence import Bits, Measures, likenesses, term_bits
from zoll.pairing.executables.handed import by_handing_over
from zoll.pairing.executables.lineup import sureness
from zoll.pairing.executables.matching import (
    DIGEST,
    LIKENESS,
    NEIGHBOURS,
    ORDER,
    SYMBOL,
    Matching,
    by_digest,
    by_symbol,
    leftovers,
)
from zoll.pairing.executables.named import Index
from zoll.pairing.executables.objects import paired_data
from zoll.pairing.executables.same import same
from zoll.pairing.executables.side import Machine
from zoll.pairing.executables.terms import Speech, Vocabulary

__all__ = ["Machine", "MachinePair", "pair_machine"]

BY = ("", "symbol", "digest", "neighbours", "order", "likeness")
_SCHEDULE = (14.0, 9.0, 6.0, 4.0, 4.0, 4.0, 3.0, 3.0, 3.0, 3.0, 3.0)
_MARGIN = 2.0
_SURE, _BEHIND = 0.9, 3.0  # of what is lined up: how sure, and how many bits another may be better
_UNLIKE = -4.0  # bits; order alone makes no pair of what is less alike
_HELP, _FAR = 0.75, 10.0
_RIVAL = -4.0  # bits that a rival is thought to have where none is at hand


class MachinePair(Struct, frozen=True, gc=False):
    """An old function and the new one that it became, by their numbers in the sweeps; None: added or removed.

    `by`: symbol, digest, neighbours, order, likeness, added, removed. `likeness`: 1 for equal digests. `same`: equal
    code that names the same texts, imports, paired functions and data: nothing changed but the layout.
    """

    old: int | None
    new: int | None
    by: str
    likeness: float = 1.0
    same: bool = False


def pair_machine(old: Machine, new: Machine) -> list[MachinePair]:
    """Pair the functions of two executables; each function of either side stands in exactly one pair."""
    matching = Matching(old, new)
    by_symbol(old, new, matching)
    by_digest(old, new, matching)
    _by_evidence(old, new, matching)
    leftovers(old, new, matching)
    by_handing_over(old, new, matching)
    return _pairs(old, new, matching)


def _pairs(old: Machine, new: Machine, matching: Matching) -> list[MachinePair]:
    olds, alike = same(old, new, matching)
    news = matching.old[olds]
    equal = old.sweep.digests[olds] == new.sweep.digests[news]
    by = np.where(equal & (matching.by[olds] != SYMBOL), DIGEST, matching.by[olds])
    like = np.where(equal, 1.0, np.minimum(np.round(likenesses(old, new, olds, news), 3), 0.999))
    rows = zip(olds.tolist(), news.tolist(), by.tolist(), like.tolist(), alike.tolist(), strict=True)
    made = [MachinePair(one, two, BY[why], score, still) for one, two, why, score, still in rows]
    removed, added = matching.left
    made += [MachinePair(one, None, "removed", 0.0) for one in removed.tolist()]
    return made + [MachinePair(None, two, "added", 0.0) for two in added.tolist()]


def _by_evidence(old: Machine, new: Machine, matching: Matching) -> None:
    vocabulary = Vocabulary(new)
    for least in _SCHEDULE:
        if not all(map(len, matching.left)):
            return
        if not _round(old, new, matching, vocabulary, least) and least <= _SCHEDULE[-1]:
            return


def _round(old: Machine, new: Machine, matching: Matching, vocabulary: Vocabulary, least: float) -> int:
    """Weigh all candidates once and pair those that are sure enough; return how many."""
    first, second, parts = weighed(old, new, matching, vocabulary)
    bits = parts.sum(axis=0) - np.log2(max(map(len, matching.left)))
    chosen = _clear(first, second, bits, least)
    by = np.array([NEIGHBOURS, DIGEST, ORDER, LIKENESS], np.uint8)[parts[:, chosen].argmax(axis=0)]
    matching.put(first[chosen], second[chosen], by)
    if least > _SCHEDULE[-1]:
        return len(chosen)
    free = (matching.old[first] < 0) & (matching.new[second] < 0)
    first, second, bits, parts = first[free], second[free], bits[free], parts[:, free]
    olds = np.flatnonzero(matching.old >= 0)
    alike = parts[0] + parts[1] + parts[3]
    sure = sureness(first, second, alike, olds, matching.old[olds], old.count)
    near = np.minimum(_ahead(first, bits), _ahead(second, bits)) > -_BEHIND
    lined = np.flatnonzero((sure >= _SURE) & near & (alike >= _UNLIKE))
    matching.put(first[lined], second[lined], ORDER)
    return len(chosen) + len(lined)


def weighed(old: Machine, new: Machine, matching: Matching, vocabulary: Vocabulary) -> tuple[Index, Index, Bits]:
    """Return candidates, and the bits of each for what it names, for its code, its place and its shape (rows)."""
    olds, news = matching.left
    measures = Measures(old, new, matching)
    sample = len(measures.sample)
    speech = Speech(new, vocabulary, matching, paired_data(old, new, matching))
    one = speech.terms(old, np.append(measures.sample, olds), new=False)
    two = speech.terms(new, np.append(measures.partners, news), new=True)
    kept = measures.kept(one, two, np.arange(sample))
    at, to = candidates(old, new, matching, one, two, sample)
    first, second = olds[at], news[to]
    parts = (
        term_bits(one, two, kept, new.count, at + sample, to + sample),
        measures.digest_bits(first, second),
        measures.order_bits(first, second),
        measures.shape_bits(first, second),
    )
    return first, second, np.stack(parts)


def _clear(first: Index, second: Index, bits: Bits, least: float) -> NDArray[np.intp]:
    """Return the candidates that are the best of both their functions, by so much that they are sure enough.

    What is far ahead of all others may have fewer bits.
    """
    ahead = np.minimum(_ahead(first, bits), _ahead(second, bits))
    lead = _HELP * np.minimum(ahead - _MARGIN, _FAR)
    return np.flatnonzero((bits + lead >= least) & (ahead >= _MARGIN))


def _ahead(owner: Index, bits: Bits) -> Bits:
    """Return how far each candidate is ahead of the best other one of the same owner; negative if it is behind."""
    if not len(owner):
        return bits
    order = np.lexsort((-bits, owner))
    fresh = np.append(True, owner[order][1:] != owner[order][:-1])
    heads = np.flatnonzero(fresh)
    group = np.cumsum(fresh) - 1
    best = bits[order][heads][group]
    second = np.full(len(heads), -1e9)
    several = np.flatnonzero(np.diff(heads, append=len(order)) > 1)
    second[several] = bits[order][heads[several] + 1]
    found = np.empty(len(owner))
    found[order] = bits[order] - np.maximum(np.where(fresh, second[group], best), _RIVAL)
    return found
