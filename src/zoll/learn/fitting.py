"""The joint fit: bits for the share of the judged sum, the size of the upgrade and every word, all at once.

Two things are asked of the bits. Inside a hostile upgrade the planted change shall stand above the others (the
logarithm of its share among all, as in a conditional logit); and it shall stand above the strongest change of clean
upgrades (a logistic loss over every pair of a planted change and a clean upgrade, with the strongest taken softly).
Weights are held near their start (the judged bits whole by `JUDGED`, everything else 0) by a square penalty, which is
the prior: a word that was seldom met moves little. All in natural logarithms until the end.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

from zoll.judge.again import places_of, reason_of
from zoll.judge.counts import doublings
from zoll.judge.names import SPEAKS
from zoll.judge.oddness import Oddness
from zoll.judge.rest import rest_of
from zoll.judge.words import MORE
from zoll.learn.examples import Example
from zoll.learn.leading import Led, led_by
from zoll.learn.minimum import Vector, least, products

# Judged bits, log of the number of changes, the two of oddness, and in how many projects the reason leads.
DENSE = ("judged", "size", "mean", "greatest", "clean", "planted")
KNOWN = 4  # the columns that need no knowledge of other examples
JUDGED = 0.4  # natural units for each judged bit before anything is counted
HELD = 2.0  # how firmly weights are held at their start
FIRMER_NAMES = 5.0  # times more for parts of names, which are many and of which few say anything
FIRMER_MORE = 3.0  # times more for what a word says more in executables, which only corrects the plain one
LOOSE = 0.05  # for the share of the judged bits, which every finding speaks of
ALARM = 1.0  # how much standing above clean upgrades counts, against standing above the same upgrade's other changes
PROJECTS = 4  # a word met in fewer projects is one project's own
NAMED = 30  # the same for parts of names, which are without number
STEPS = 80
KEPT = 160  # changes of an upgrade that weights are fitted on: the strongest of before, ...
SOME = 80  # ... and this many from among the others
BLEND = 0.35  # judged bits stand for what is not in the corpus: they make a third, fitted ones the rest
SIZE = -0.8  # bits for each doubling of the number of changes, in the judged part
AGAIN = (-1.0, -2.0)  # bits for each doubling of stronger findings with the same first reason, and function; given
REST = -0.25  # bits for each bit of the rest of an upgrade; given, not fitted, as it moves all its changes alike
LN2 = float(np.log(2))


class Matrix(Struct):
    """Examples as rows (findings) and columns (`DENSE`, then words), the words sparse by rows.

    The columns of leading reasons are nothing until `knowing` tells which examples may be known of.
    """

    columns: tuple[str, ...]
    dense: Vector  # findings x DENSE
    flat: NDArray[np.int64]  # the words of all findings, one after the other
    ends: NDArray[np.int64]  # where the words of each finding end
    planted: NDArray[np.bool_]
    bounds: NDArray[np.int64]  # where the findings of each example end, with a leading 0
    led: Led

    def scores(self, weights: Vector) -> Vector:
        """Return the weighted sum of each finding."""
        sums = np.concatenate(([0.0], np.cumsum(weights[len(DENSE) :][self.flat])))
        starts = np.concatenate(([0], self.ends[:-1]))
        return np.asarray(self.dense @ weights[: len(DENSE)] + sums[self.ends] - sums[starts], dtype=np.float64)


def common_words(examples: Sequence[Example], fewest: int = PROJECTS, named: int = NAMED) -> tuple[str, ...]:
    """Return the words met in changes of at least so many projects, and the parts of names."""
    asked = (("words", fewest), ("names", named))
    return tuple(sorted(one for side, least in asked for one, met in _projects(examples, side).items() if met >= least))


def _projects(examples: Sequence[Example], side: str) -> Counter[str]:
    """Return in how many projects each word (or part of a name) was met."""
    met: dict[str, set[str]] = {}
    for example in examples:
        met.setdefault(example.project, set()).update(*getattr(example, side))
    return Counter(word for words in met.values() for word in words)


def matrix_of(examples: Sequence[Example], judged: Sequence[Sequence[float]], columns: Sequence[str]) -> Matrix:
    """Return examples that have findings as a matrix; `judged` are the judged bits of each one's findings."""
    index = {word: number for number, word in enumerate(columns)}
    flat: list[int] = []
    ends: list[int] = []
    for example in examples:
        for words in example.said():
            flat += [index[word] for word in words if word in index]
            ends.append(len(flat))
    sizes = [len(example.words) for example in examples]
    logs = np.repeat([doublings(example.hunks) for example in examples], sizes)
    bits = np.concatenate([np.asarray(bits, float) for bits in judged])
    nothing = np.zeros((len(bits), len(DENSE) - KNOWN))
    dense = np.column_stack((bits, logs, np.concatenate([_odd(example) for example in examples]), nothing))
    planted = np.array([one for example in examples for one in example.planted], dtype=bool)
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    flats = np.array(flat, np.int64), np.array(ends, np.int64)
    return Matrix(tuple(columns), dense, *flats, planted, bounds, led_by(examples))


def knowing(matrix: Matrix, seen: Iterable[int]) -> Matrix:
    """Return the matrix with in how many projects of the examples `seen` each reason leads, the own left out."""
    rows = np.zeros(len(matrix.dense), dtype=bool)
    for number in seen:
        rows[matrix.bounds[number] : matrix.bounds[number + 1]] = True
    return replace(matrix, dense=np.column_stack((matrix.dense[:, :KNOWN], matrix.led.columns(rows, matrix.planted))))


def _odd(example: Example) -> Vector:
    oddness = Oddness(example.words)
    return np.array([oddness.of(words) for words in example.words], dtype=np.float64).reshape(-1, 2)


def thinned(matrix: Matrix) -> Matrix:
    """Return the matrix with fewer of the changes of large upgrades, for a fit that takes minutes instead of hours.

    What stood lowest before anything was counted hardly weighs in what is asked of the scores; planted ones all stay.
    """
    before = JUDGED * matrix.dense[:, 0] + matrix.dense[:, 3] * JUDGED / 2
    spans = [np.arange(start, end) for start, end in pairwise(matrix.bounds.tolist())]
    kept = [_kept(span, before[span], matrix.planted[span]) for span in spans]
    rows = np.concatenate(kept) if kept else np.zeros(0, np.int64)
    starts = np.concatenate(([0], matrix.ends[:-1]))[rows] if len(rows) else rows
    sizes = matrix.ends[rows] - starts
    flat = np.repeat(starts - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes) + np.arange(int(sizes.sum()))
    bounds = np.concatenate(([0], np.cumsum([len(one) for one in kept])))
    flats = matrix.flat[flat], np.cumsum(sizes)
    return Matrix(matrix.columns, matrix.dense[rows], *flats, matrix.planted[rows], bounds, matrix.led.of(rows))


def _kept(span: NDArray[np.int64], before: Vector, planted: NDArray[np.bool_]) -> NDArray[np.int64]:
    if len(span) <= KEPT + SOME:
        return span
    order = np.argsort(-before, kind="stable")
    rest = order[KEPT:]
    some = rest[np.linspace(0, len(rest) - 1, SOME).astype(np.int64)]
    return span[np.unique(np.concatenate((order[:KEPT], some, np.flatnonzero(planted))))]


def fit(matrix: Matrix, hostile: Collection[int], clean: Collection[int]) -> Vector:
    """Return the weights in natural units: one for each of `DENSE`, then one for each column.

    `hostile` and `clean` number the examples to learn from; hostile ones without a planted finding say nothing.
    Raises BadInput when SciPy is missing.
    """
    start = np.zeros(len(DENSE) + len(matrix.columns))
    start[0] = JUDGED
    held = np.array([LOOSE] * len(DENSE) + [_held(word) for word in matrix.columns])
    task = _Task(matrix, sorted(hostile), sorted(clean))
    summed, pulled = products(matrix.flat, matrix.ends, len(matrix.columns))

    def loss(weights: Vector) -> tuple[float, Vector]:
        value, slopes = task.loss(matrix.dense @ weights[: len(DENSE)] + summed(weights[len(DENSE) :]))
        away = weights - start
        pull = np.concatenate((matrix.dense.T @ slopes, pulled(slopes)))
        return value + float(held @ (away * away)), pull + 2 * held * away

    return least(loss, start, STEPS)


def _held(word: str) -> float:
    """Return how firmly the weight of a word is held."""
    return HELD * (FIRMER_NAMES if word.startswith(SPEAKS, 1) else FIRMER_MORE if word.endswith(MORE) else 1)


def blended(weights: Vector) -> Vector:
    """Return fitted weights as bits, blended with judged ones."""
    bits = (1 - BLEND) * weights / LN2
    bits[0] += BLEND
    bits[1] += BLEND * SIZE
    return np.asarray(bits, dtype=np.float64)


def usual_of(matrix: Matrix, bits: Vector, among: Iterable[int]) -> Vector:
    """Return what a usual change has from oddness on, and its bits of words; every upgrade counts the same."""
    words = matrix.scores(np.concatenate((np.zeros(len(DENSE)), bits[len(DENSE) :])))
    rows = np.column_stack((matrix.dense[:, 2:], words))
    spans = [(matrix.bounds[number], matrix.bounds[number + 1]) for number in among]
    return np.asarray(np.mean([rows[start:end].mean(axis=0) for start, end in spans if end > start], axis=0))


def bits_beyond_usual(matrix: Matrix, weights: Vector, among: Sequence[int]) -> Vector:
    """Return the bits of every finding beyond those of a usual change of the examples in `among`."""
    bits = blended(weights)
    usual = usual_of(matrix, bits, among)
    return matrix.scores(bits) - float(bits[2 : len(DENSE)] @ usual[:-1] + usual[-1])


def usual_rest(matrix: Matrix, scores: Vector, clean: Iterable[int]) -> float:
    """Return the mean rest of clean examples that have findings, by the scores of all findings."""
    spans = [slice(matrix.bounds[number], matrix.bounds[number + 1]) for number in clean]
    met = [rest_of(scores[span].tolist()) for span in spans if span.stop > span.start]
    return float(np.mean(met)) if met else 0.0


def held_against_rest(scores: Vector, usual: float) -> Vector:
    """Return the scores of one example, with what its rest says."""
    return scores + REST * (rest_of(scores.tolist()) - usual)


def held_against_like(scores: Vector, example: Example) -> Vector:
    """Return the scores of one example, with what it says that stronger findings have the same reason or function."""
    order = np.argsort(-scores, kind="stable").tolist()
    adds = np.zeros(len(scores))
    for share, keys in zip(AGAIN, (list(map(reason_of, example.rules)), example.functions()), strict=True):
        adds[order] += share * np.log2(1 + np.array(places_of([keys[number] for number in order])))
    return np.asarray(scores + adds, dtype=np.float64)


class _Task:
    """What is asked of the scores, with its slope for each finding."""

    def __init__(self, matrix: Matrix, hostile: Sequence[int], clean: Sequence[int]) -> None:
        spans = [np.arange(start, end) for start, end in pairwise(matrix.bounds.tolist())]
        told = [spans[i] for i in hostile if matrix.planted[spans[i]].any()]
        self.hostile = _Groups(told)
        self.met = _Groups([span[matrix.planted[span]] for span in told])
        self.clean = _Groups([spans[i] for i in clean if len(spans[i])])

    def loss(self, scores: Vector) -> tuple[float, Vector]:
        slopes = np.zeros_like(scores)
        if not len(self.hostile.starts):
            return 0.0, slopes
        tops, share = self.met.soft(scores)
        wholes, shares = self.hostile.soft(scores)
        slopes[self.hostile.rows] += shares  # no row is in two groups
        slopes[self.met.rows] -= share
        return float((wholes - tops).sum()) + self._alarm(scores, slopes, tops, share), slopes

    def _alarm(self, scores: Vector, slopes: Vector, tops: Vector, share: Vector) -> float:
        number = len(self.clean.starts)
        if not number:
            return 0.0
        loudest, shares = self.clean.soft(scores)
        over = loudest[None, :] - tops[:, None]
        small = np.exp(-np.abs(over))  # once for the loss and for its slope: half of a fit's time is here
        pull = np.where(over > 0, 1.0, small) * (ALARM / number) / (1 + small)
        slopes[self.met.rows] -= share * self.met.spread(pull.sum(axis=1))
        slopes[self.clean.rows] += shares * self.clean.spread(pull.sum(axis=0))
        return float(ALARM / number * (np.maximum(over, 0) + np.log1p(small)).sum())


class _Groups:
    """Rows in groups, none of them empty, for sums over each group at once."""

    def __init__(self, groups: Sequence[NDArray[np.int64]]) -> None:
        self.rows = np.concatenate(groups) if groups else np.zeros(0, np.int64)
        self.sizes = np.array([len(group) for group in groups], np.int64)
        self.starts = np.cumsum(self.sizes) - self.sizes

    def soft(self, scores: Vector) -> tuple[Vector, Vector]:
        """Return the logarithm of the sum of exponentials of each group, and the share of each row in its group's."""
        own = scores[self.rows]
        tops = np.maximum.reduceat(own, self.starts)
        powers = np.exp(own - self.spread(tops))
        wholes = np.add.reduceat(powers, self.starts)
        return tops + np.log(wholes), powers / self.spread(wholes)

    def spread(self, one_each: Vector) -> Vector:
        """Return what each group has for each of its rows."""
        return np.repeat(one_each, self.sizes)


def counted(examples: Sequence[Example]) -> tuple[Counter[str], Counter[str]]:
    """Return in how many clean changes and in how many planted ones each word was met."""
    clean, hostile = Counter[str](), Counter[str]()
    for example in examples:
        for found, planted in zip(example.said(), example.planted, strict=True):
            if planted:
                hostile.update(found)
            elif not example.hostile:
                clean.update(found)
    return clean, hostile
