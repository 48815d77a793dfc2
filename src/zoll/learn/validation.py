"""Honest figures: every example is scored with weights that were fitted without it.

Whole projects are left out together, in `FOLDS` groups; in a second round whole families of plants are, each in turn.
"""

from collections.abc import Sequence
from hashlib import sha256

import msgspec
from msgspec import Struct

from zoll.learn.beside import beside
from zoll.learn.examples import Example
from zoll.learn.fitting import (
    Matrix,
    bits_beyond_usual,
    fit,
    held_against_like,
    held_against_rest,
    knowing,
    thinned,
    usual_rest,
)
from zoll.learn.minimum import Vector, vector

FOLDS = 6


def fold_of(project: str) -> int:
    """Return the group that a project is left out with; the same on every machine."""
    return sha256(project.encode()).digest()[0] % FOLDS


def without_projects(matrix: Matrix, examples: Sequence[Example]) -> list[Vector]:
    """Return the bits of each example's findings by weights that saw nothing of its project."""
    groups = [fold_of(example.project) for example in examples]
    asked = [
        _Asked([i for i, own in enumerate(groups) if own != group], [i for i, own in enumerate(groups) if own == group])
        for group in range(FOLDS)
    ]
    return _scores(matrix, examples, asked)


def without_families(matrix: Matrix, examples: Sequence[Example]) -> list[Vector]:
    """Return the same for hostile examples by weights that saw neither their family nor their project's group."""
    asked = []
    for family in sorted({str(example.case.get("family")) for example in examples if example.hostile}):
        own = {i for i, one in enumerate(examples) if one.hostile and one.case.get("family") == family}
        for half in (0, 1):
            told = [i for i in own if fold_of(examples[i].project) % 2 == half]
            aside = {fold_of(examples[i].project) for i in told}
            seen = [i for i, one in enumerate(examples) if i not in own and fold_of(one.project) not in aside]
            asked.append(_Asked(seen, told))
    return _scores(matrix, examples, asked)


class _Asked(Struct):
    """The numbers of the examples that weights may see, and of those that they score."""

    seen: list[int]
    told: list[int]


def _scores(matrix: Matrix, examples: Sequence[Example], asked: Sequence[_Asked]) -> list[Vector]:
    pieces = [one for one in asked if one.told]
    found: dict[int, bytes] = {}
    for answer in beside(len(pieces), lambda piece: msgspec.msgpack.encode(_score(matrix, examples, pieces[piece]))):
        found |= msgspec.msgpack.decode(answer, type=dict[int, bytes])
    return [vector(found.get(number, b"")) for number in range(len(examples))]


def _score(matrix: Matrix, examples: Sequence[Example], asked: _Asked) -> dict[int, bytes]:
    matrix = knowing(matrix, asked.seen)
    hostile = [number for number in asked.seen if examples[number].hostile]
    clean = [number for number in asked.seen if not examples[number].hostile]
    weights = fit(thinned(matrix), hostile, clean)
    scores = bits_beyond_usual(matrix, weights, asked.seen)
    usual = usual_rest(matrix, scores, clean)
    spans = {number: scores[matrix.bounds[number] : matrix.bounds[number + 1]] for number in asked.told}
    return {i: held_against_like(held_against_rest(own, usual), examples[i]).tobytes() for i, own in spans.items()}
