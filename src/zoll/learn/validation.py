"""Honest figures: every example is scored with weights that were fitted without it.

Whole projects are left out together, in `FOLDS` groups; in a second round whole families of plants are, each in turn.
"""

from collections.abc import Collection, Iterable, Sequence
from hashlib import sha256

import numpy as np

from zoll.learn.examples import Example
from zoll.learn.fitting import Matrix, bits_beyond_usual, fit, held_against_like, held_against_rest, thinned, usual_rest
from zoll.learn.minimum import Vector

FOLDS = 6


def fold_of(project: str) -> int:
    """Return the group that a project is left out with; the same on every machine."""
    return sha256(project.encode()).digest()[0] % FOLDS


def without_projects(matrix: Matrix, examples: Sequence[Example]) -> list[Vector]:
    """Return the bits of each example's findings by weights that saw nothing of its project."""
    found: list[Vector] = [np.zeros(0) for _ in examples]
    thin = thinned(matrix)
    groups = [fold_of(example.project) for example in examples]
    for group in range(FOLDS):
        seen = [number for number, own in enumerate(groups) if own != group]
        _score(matrix, thin, examples, seen, [number for number, own in enumerate(groups) if own == group], found)
    return found


def without_families(matrix: Matrix, examples: Sequence[Example]) -> list[Vector]:
    """Return the same for hostile examples by weights that saw neither their family nor their project's group."""
    found: list[Vector] = [np.zeros(0) for _ in examples]
    thin = thinned(matrix)
    for family in sorted({str(example.case.get("family")) for example in examples if example.hostile}):
        own = {i for i, one in enumerate(examples) if one.hostile and one.case.get("family") == family}
        for half in (0, 1):
            told = [i for i in own if fold_of(examples[i].project) % 2 == half]
            aside = {fold_of(examples[i].project) for i in told}
            seen = [i for i, one in enumerate(examples) if i not in own and fold_of(one.project) not in aside]
            _score(matrix, thin, examples, seen, told, found)
    return found


def _score(
    matrix: Matrix,
    thin: Matrix,
    examples: Sequence[Example],
    seen: Iterable[int],
    told: Collection[int],
    into: list[Vector],
) -> None:
    if not told:
        return
    seen = list(seen)
    hostile = [number for number in seen if examples[number].hostile]
    clean = [number for number in seen if not examples[number].hostile]
    weights = fit(thin, hostile, clean)
    scores = bits_beyond_usual(matrix, weights, seen)
    usual = usual_rest(matrix, scores, clean)
    for number in told:
        span = slice(matrix.bounds[number], matrix.bounds[number + 1])
        into[number] = held_against_like(held_against_rest(scores[span], usual), examples[number])
