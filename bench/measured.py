"""What is known of an inspected corpus: examples with results, scored by weights that were fitted without them."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import msgspec
import numpy as np
from msgspec import Struct
from pairs import read_pairs
from run import digest_of_code, key_of

from zoll.judge.counts import Levels
from zoll.judge.expectation import expected, level
from zoll.learn.counting import levels_of, matrix
from zoll.learn.examples import Example, read_cases, read_examples
from zoll.learn.figures import best_and_rank
from zoll.learn.minimum import Vector
from zoll.learn.validation import without_families, without_projects
from zoll.pipeline import seldom_collected

Case = dict[str, Any]
KEPT = 10  # of a clean upgrade's scores: no figure asks for more


class Measured(Struct):
    """Examples, and beside each its result and its scores; `apart` with projects left out, `unseen` with families."""

    cases: list[Case]
    examples: list[Example]
    results: list[Case]
    judged: list[Vector]
    apart: list[Vector]
    unseen: list[Vector]
    levels: Levels
    stale: int = 0

    def hostile(self, wanted: Callable[[Case], bool] = lambda _: True) -> list[int]:
        """Return the numbers of the planted examples, or of some."""
        return [n for n, example in enumerate(self.examples) if example.hostile and wanted(example.case)]

    def clean(self, wanted: Callable[[Case], bool] = lambda _: True) -> list[int]:
        """Return the numbers of the clean examples, or of some."""
        return [n for n, example in enumerate(self.examples) if not example.hostile and wanted(example.case)]

    def without_result(self) -> list[Case]:
        """Return the cases that have no result: not yet run, or failed."""
        there = {example.case["id"] for example in self.examples}
        return [case for case in self.cases if case["id"] not in there]


def measure(cases: Path, results: Path, say: Callable[[str], None]) -> Measured:
    """Read a folder that `run.py` filled, and score it; several minutes for several hundred cases."""
    projects = {key: pair.name for key, pair in read_pairs().items()}
    told = [with_project(case, projects) for case in read_cases(cases)]
    say("reading reports")
    with seldom_collected():
        examples = list(read_examples([case for case in told if has_result(results, case)], results / "reports"))
    if not examples:
        raise SystemExit(f"no case has a result in {results}; run.py makes them")
    made = [result_of(results, example.case) for example in examples]
    whole = matrix(examples)
    bounds = zip(whole.bounds[:-1], whole.bounds[1:], strict=True)
    judged = [whole.dense[start:end, 0] for start, end in bounds]
    say(f"scoring {len(examples)} cases with projects left out")
    apart = without_projects(whole, examples)
    say("scoring with families left out")
    unseen = without_families(whole, examples)
    stale = stale_ones(read_cases(cases), made)
    return Measured(told, examples, made, judged, apart, unseen, levels_of(examples, apart), stale)


def with_project(case: Case, projects: dict[str, str]) -> Case:
    """Return a case with its project, which those made by earlier recipes do not tell."""
    pair = str(case.get("pair"))
    return {"project": projects[pair]} | case if pair in projects else case


def has_result(results: Path, case: Case) -> bool:
    """Whether both a result and its report are there."""
    name = case["id"]
    return (results / f"{name}.json").exists() and (results / "reports" / f"{name}.json.gz").exists()


def result_of(results: Path, case: Case) -> Case:
    """Return a case's result."""
    made: Case = msgspec.json.decode((results / f"{case['id']}.json").read_bytes())
    return made


def stale_ones(cases: Sequence[Case], results: Sequence[Case]) -> int:
    """Return how many results were made by other code, or of another state of their case."""
    code = digest_of_code()
    keys = {case["id"]: key_of(case, code) for case in cases}
    return sum(result.get("key") != keys.get(result["case"]) for result in results)


def strongest(scores: Vector) -> Vector:
    """Return the strongest scores of an upgrade: all that figures of clean upgrades ask for."""
    return np.sort(scores)[::-1][:KEPT]


def rank(example: Example, scores: Vector) -> int:
    """Return the rank of the plant."""
    return best_and_rank(example, scores)[1]


def levels_reached(measured: Measured, number: int) -> list[str]:
    """Return the level of every finding of an example, by its cross-validated bits."""
    example = measured.examples[number]
    hunks, levels = example.hunks, measured.levels.of(example.kind)
    return [level(expected(float(bits), hunks, levels)) for bits in measured.apart[number]]


def lines_until_met(example: Example, scores: Vector) -> int:
    """Return the lines of the findings from the strongest to the planted one; all of them where it is not met.

    Findings of the same bits stand as in the report.
    """
    read = 0
    for place in np.argsort(-scores, kind="stable"):
        read += example.lines[place]
        if example.planted[place]:
            break
    return read


def lines_in_all(example: Example) -> int:
    """Return the lines of all findings."""
    return sum(example.lines)


def effort(examples: Sequence[Example], scores: Sequence[Vector]) -> list[float]:
    """Return, for each planted upgrade, the share of its changed lines read when the plant is met; over 1: never."""
    return sorted(
        lines_until_met(example, score) / lines_in_all(example) if any(example.planted) else 2.0
        for example, score in zip(examples, scores, strict=True)
    )


def found_within(shares: Sequence[float], read: float) -> float:
    """Return the share of plants met when this share of the changed lines is read."""
    return sum(share <= read for share in shares) / len(shares) if shares else 0.0


def rules_of_plants(examples: Sequence[Example]) -> dict[str, set[str]]:
    """Return, for each rule that fired on a planted finding, the cases in which it did."""
    fired: dict[str, set[str]] = {}
    for example in examples:
        for rules, planted in zip(example.rules, example.planted, strict=True):
            for rule in rules if planted and example.hostile else ():
                fired.setdefault(rule, set()).add(str(example.case["id"]))
    return fired


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value that this share does not exceed."""
    if share == 0.5:
        return float(median(values))
    return float(sorted(values)[min(int(len(values) * share), len(values) - 1)])


def groups(
    measured: Measured, key: Callable[[Example], str], numbers: Sequence[int]
) -> Iterator[tuple[str, list[int]]]:
    """Yield the groups that examples fall into, by name."""
    found: dict[str, list[int]] = {}
    for number in numbers:
        found.setdefault(key(measured.examples[number]), []).append(number)
    yield from sorted(found.items())
