"""Aligns two sequences: patience on rare runs first, bit-parallel longest common subsequence in what lies between."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import pairwise

from rapidfuzz.distance import LCSseq

Span = tuple[int, int, int, int]
"""From and to in the old sequence, from and to in the new one."""

_CELLS = 1 << 26
_RUNS = (1, 4, 16)


def align(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return index pairs of equal items, rising on both sides; what is too large to align exactly stays apart."""
    codes: dict[Hashable, int] = {}
    one = [codes.setdefault(item, len(codes)) for item in old]
    two = [codes.setdefault(item, len(codes)) for item in new]
    matched: list[tuple[int, int]] = []
    todo: list[Span] = [(0, len(one), 0, len(two))]
    while todo:
        span = _trim(one, two, todo.pop(), matched)
        if span[0] == span[1] or span[2] == span[3]:
            continue
        anchors = _anchors(one, two, span)
        if anchors:
            todo.extend(_between(span, anchors))
        elif (span[1] - span[0]) * (span[3] - span[2]) <= _CELLS:
            matched.extend(_exact(one, two, span))
    return sorted(set(matched))


def _trim(one: list[int], two: list[int], span: Span, matched: list[tuple[int, int]]) -> Span:
    a, b, c, d = span
    while a < b and c < d and one[a] == two[c]:
        matched.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and one[b - 1] == two[d - 1]:
        b, d = b - 1, d - 1
        matched.append((b, d))
    return a, b, c, d


def _anchors(one: list[int], two: list[int], span: Span) -> list[tuple[int, int]]:
    """Return places where something occurs exactly once on both sides: single items, else runs of 4, else of 16."""
    a, b, c, d = span
    for size in _RUNS:
        mine, theirs = _grams(one, a, b, size), _grams(two, c, d, size)
        counts, others = Counter(mine), Counter(theirs)
        home = {gram: c + place for place, gram in enumerate(theirs) if others[gram] == 1}
        found = [(a + place, home[gram]) for place, gram in enumerate(mine) if counts[gram] == 1 and gram in home]
        if found:
            return _rising(found)
        if (b - a) * (d - c) <= _CELLS:
            return []
    return []


def _grams(items: list[int], start: int, end: int, size: int) -> list[Hashable]:
    if size == 1:
        return list(items[start:end])
    return [tuple(items[place : place + size]) for place in range(start, end - size + 1)]


def _rising(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs that rises on both sides."""
    tails: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for place, (_, other) in enumerate(found):
        slot = bisect_left(tails, other)
        before.append(at[slot - 1] if slot else -1)
        if slot == len(tails):
            tails.append(other)
            at.append(place)
        else:
            tails[slot], at[slot] = other, place
    chain, place = [], at[-1]
    while place >= 0:
        chain.append(found[place])
        place = before[place]
    return chain[::-1]


def _between(span: Span, anchors: list[tuple[int, int]]) -> list[Span]:
    """Cut at the anchors; each piece begins with its anchor, which trimming then takes."""
    edges = [(span[0], span[2]), *anchors, (span[1], span[3])]
    return [(a, b, c, d) for (a, c), (b, d) in pairwise(edges)]


def _exact(one: list[int], two: list[int], span: Span) -> list[tuple[int, int]]:
    a, b, c, d = span
    blocks = LCSseq.opcodes(one[a:b], two[c:d])
    return [
        (a + block.src_start + step, c + block.dest_start + step)
        for block in blocks
        if block.tag == "equal"
        for step in range(block.src_end - block.src_start)
    ]
