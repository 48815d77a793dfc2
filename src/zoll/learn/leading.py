"""In how many projects each reason leads a change, clean and planted."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from zoll.judge.again import reason_of
from zoll.learn.examples import Example
from zoll.learn.minimum import Vector

Numbers = NDArray[np.int64]


class Led(Struct):
    """Of each finding its leading reason and its project, as numbers, and whether its upgrade is clean."""

    reasons: Numbers
    projects: Numbers
    clean: NDArray[np.bool_]

    def of(self, rows: Numbers) -> "Led":
        """Return the same of some findings."""
        return Led(self.reasons[rows], self.projects[rows], self.clean[rows])

    def columns(self, seen: NDArray[np.bool_], planted: NDArray[np.bool_]) -> Vector:
        """Return findings x two: doublings of the projects in which the reason leads, clean and planted.

        Only findings `seen` count, and none of a finding's own project.
        """
        return np.column_stack([self._met(seen & rows) for rows in (self.clean, planted)])

    def _met(self, rows: NDArray[np.bool_]) -> Vector:
        number = int(self.projects.max(initial=0)) + 1
        pairs = self.reasons * number + self.projects
        met = np.unique(pairs[rows])
        counts = np.bincount(met // number, minlength=int(self.reasons.max(initial=0)) + 1)
        return np.asarray(np.log2(1 + counts[self.reasons] - np.isin(pairs, met)), dtype=np.float64)


def led_by(examples: Sequence[Example]) -> Led:
    """Return what leads all findings of all examples."""
    sizes = [len(example.rules) for example in examples]
    reasons = _numbers([reason_of(rules) for example in examples for rules in example.rules])
    projects = np.repeat(_numbers([example.project for example in examples]), sizes)
    return Led(reasons, projects, np.repeat(np.array([not example.hostile for example in examples], dtype=bool), sizes))


def _numbers(names: Sequence[str]) -> Numbers:
    known: dict[str, int] = {}
    return np.array([known.setdefault(name, len(known)) for name in names], np.int64)


def counted_reasons(examples: Sequence[Example]) -> dict[str, tuple[int, int]]:
    """Return in how many projects each reason leads a change, clean and planted."""
    clean: dict[str, set[str]] = {}
    planted: dict[str, set[str]] = {}
    for example in examples:
        for rules, hostile in zip(example.rules, example.planted, strict=True):
            if hostile or not example.hostile:
                (planted if hostile else clean).setdefault(reason_of(rules), set()).add(example.project)
    return {key: (len(clean.get(key, ())), len(planted.get(key, ()))) for key in sorted({*clean, *planted})}
