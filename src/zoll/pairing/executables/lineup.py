"""Runs of unpaired functions between the same pairs, lined up in order; how sure each is over all ways to do it."""

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

from zoll.pairing.executables.named import Index

Weights = NDArray[np.float64]
_MATCH, _SKIP = 0.8, 0.15  # how often a function goes on, and how often it is new or gone
_LARGEST = 4000  # old times new functions of a run
_BOUND = 12.0  # bits; sums of products stay within what a float holds


def in_order(news: Index) -> Index:
    """Return the places of the longest series of pairs (in order of the old ones) whose new ones are in order too."""
    tails: list[int] = []
    tops: list[int] = []
    before = [-1] * len(news)
    for at, number in enumerate(news.tolist()):
        to = bisect_left(tops, number)
        before[at] = tails[to - 1] if to else -1
        tops[to : to + 1], tails[to : to + 1] = [number], [at]
    found = []
    at = tails[-1] if tails else -1
    while at >= 0:
        found.append(at)
        at = before[at]
    return np.array(found[::-1], np.int64)


def sureness(first: Index, second: Index, bits: Weights, olds: Index, news: Index, count: int) -> Weights:
    """Return how sure each candidate is (0 to 1) if functions between the pairs (olds, news) keep their order.

    `bits` say nothing of order; `count` is how many functions the old side has. 0 for what stands in no common run.
    """
    series = in_order(news)
    run = np.searchsorted(olds[series], first)
    found = np.zeros(len(first))
    common = np.flatnonzero(run == np.searchsorted(news[series], second))
    common = common[np.lexsort((second[common], first[common], run[common]))]
    bounds = np.flatnonzero(np.diff(run[common], prepend=-1, append=count + 1))
    for start, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        part = common[start:end]
        found[part] = _run(first[part], second[part], bits[part])
    return found


def _run(first: Index, second: Index, bits: Weights) -> Weights:
    olds, row = np.unique(first, return_inverse=True)
    news, column = np.unique(second, return_inverse=True)
    if len(olds) * len(news) > _LARGEST:
        return np.zeros(len(first))
    weights = np.zeros((len(olds), len(news)))
    weights[row, column] = _MATCH * 2.0 ** np.clip(bits, -30, _BOUND)
    ahead, after = _sums(weights), _sums(weights[::-1, ::-1])[::-1, ::-1]
    whole = ahead[-1, -1]
    sure = ahead[:-1, :-1] * weights * after[1:, 1:] / whole if np.isfinite(whole) and whole > 0 else weights * 0
    return sure[row, column]


def _sums(weights: Weights) -> Weights:
    """Return for each corner the sum, over all ways to line up what is before it, of their products.

    Of what is left out between two matches, the old ones come first: each way is counted once.
    """
    height, width = weights.shape
    skips = _SKIP ** np.arange(max(height, width) + 1)
    any_, open_ = np.zeros((height + 1, width + 1)), np.zeros((height + 1, width + 1))
    any_[0], open_[0, 0] = skips[: width + 1], 1
    for at in range(1, height + 1):
        open_[at] = open_[at - 1] * _SKIP  # ends in a match or an old function left out
        open_[at, 1:] += any_[at - 1, :-1] * weights[at - 1]
        total = 0.0
        for to in range(width + 1):
            total = total * _SKIP + open_[at, to]
            any_[at, to] = total
    return any_
