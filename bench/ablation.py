"""What each kind of evidence is worth: the cross-validated figures without it, and with what was tried and left out.

usage: python bench/ablation.py CASES.jsonl RESULTS/reports [--only NAME ...] [--most FINDINGS]

Every line leaves whole projects out, as docs/benchmark.md does. `read` is the number of findings in clean upgrades that
stand above the bits at which half of the plants are caught: what a reviewer pays for catching half. `review` is the
number at review or above, by the levels of the first line printed.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from zoll.judge.counts import Levels
from zoll.judge.expectation import expected, level
from zoll.learn import fitting
from zoll.learn.counting import levels_of, matrix
from zoll.learn.examples import Example, read_cases, read_examples
from zoll.learn.figures import best_and_rank, figures
from zoll.learn.validation import without_projects

LINKS = ("=circumstance linked", "=circumstance half-linked", "=circumstance unlinked", "=circumstance wordless")
DECLARING = ("noted", "hinted", "told", "tested", "declared", "undeclared")
LONELY = ("lonely", "only-hunk", "small", "few-in-file", "many-in-file")
CLASSES = ("gate", "weaker", "dropped", "altered", "power", "return")
Words = tuple[str, ...]
Vectors = Sequence[np.ndarray]


def main() -> None:
    """Print one line for each variant."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", type=Path)
    parser.add_argument("reports", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--most", type=int, default=20_000, help="leave out upgrades with more findings")
    asked = parser.parse_args()
    examples = [one for one in read_examples(read_cases(asked.cases), asked.reports) if one.words]
    examples = [one for one in examples if len(one.words) <= asked.most]
    print(f"{sum(not one.hostile for one in examples)} clean, {sum(one.hostile for one in examples)} planted upgrades")
    print("| variant | first | first 3 | first 10 | above the 5 % alarm | read | review |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    levels = None
    for name, scored in VARIANTS.items():
        if not asked.only or name in asked.only:
            scores = scored(examples)
            levels = levels or levels_of(examples, scores)
            print(line(name, examples, scores, levels), flush=True)


def line(name: str, examples: Sequence[Example], scores: Vectors, levels: Levels) -> str:
    """Return a row of the table."""
    told = figures(examples, scores)
    both = list(zip(examples, scores, strict=True))
    caught = np.median([best_and_rank(one, score)[0] for one, score in both if one.hostile])
    clean = [(float(bits), one.hunks, levels.of(one.kind)) for one, score in both if not one.hostile for bits in score]
    read = sum(bits > caught for bits, *_ in clean)
    asked = sum(level(expected(*one)) != "note" for one in clean)
    shares = " | ".join(f"{share:.0%}" for share in (*told.first, told.alarm[0]))
    return f"| {name} | {shares} | {read:,} | {asked:,} |"


def whole(examples: Sequence[Example]) -> Vectors:
    """As shipped."""
    return without_projects(matrix(examples), examples)


def judged(examples: Sequence[Example]) -> Vectors:
    """Judged bits of the rules alone."""
    made = matrix(examples)
    return [made.dense[start:end, 0] for start, end in zip(made.bounds[:-1], made.bounds[1:], strict=True)]


def unblended(examples: Sequence[Example]) -> Vectors:
    """Score by the fit itself, judged bits only as one of its columns."""
    kept, fitting.BLEND = fitting.BLEND, 0.0
    try:
        return whole(examples)
    finally:
        fitting.BLEND = kept


def ratios(examples: Sequence[Example]) -> Vectors:
    """Raw sums of logarithms of likelihood ratios, word by word, counted without the example's own upgrade."""
    clean, hostile = fitting.counted(examples)
    changes = sum(len(one.words) for one in examples if not one.hostile)
    plants = sum(hostile.values()) / max(1, sum(clean.values())) * changes
    told = {word: np.log2((hostile[word] + 1) / (plants + 2) / ((clean[word] + 1) / (changes + 2))) for word in clean}
    return [np.array([sum(told.get(word, 0.0) for word in words) for words in one.words]) for one in examples]


def without_columns(*columns: int) -> Callable[[Sequence[Example]], Vectors]:
    """Score with some dense columns blanked."""

    def scored(examples: Sequence[Example]) -> Vectors:
        made = matrix(examples)
        made.dense[:, list(columns)] = 0
        return without_projects(made, examples)

    return scored


def uncounted(examples: Sequence[Example]) -> Vectors:
    """Score with nothing known of where reasons lead."""
    made = matrix(examples)
    made.led.reasons[:] = 0
    return without_projects(made, examples)


def reworded(change: Callable[[Words], Words]) -> Callable[[Sequence[Example]], Vectors]:
    """Score with other words of each change."""

    def scored(examples: Sequence[Example]) -> Vectors:
        return whole(
            [
                Example(one.case, one.hunks, one.rules, [change(words) for words in one.words], one.planted, one.places)
                for one in examples
            ]
        )

    return scored


def undeclared(examples: Sequence[Example]) -> Vectors:
    """Score as if nothing were looked up: neither words nor rules know what is declared."""
    drop = dropping(*DECLARING)
    return whole(
        [
            Example(
                one.case,
                one.hunks,
                [
                    tuple(rule for rule in rules if not rule.endswith(DECLARING) and "unmentioned" not in rule)
                    for rules in one.rules
                ],
                [drop(words) for words in one.words],
                one.planted,
                one.places,
            )
            for one in examples
        ]
    )


def dropping(*endings: str) -> Callable[[Words], Words]:
    """Leave out words that end so."""
    return lambda words: tuple(word for word in words if not word.endswith(endings))


def pairs(words: Words) -> Words:
    """Add each role together with each class of what came and went: combinations with counts of their own."""
    roles = [word for word in words if word.startswith("=role")]
    said = [word for word in words if word[1:].startswith(CLASSES) and word.count(" ") == 1 and ":" not in word]
    return (*words, *(f"{role} & {one}" for role in roles for one in said))


def circumstances(words: Words) -> Words:
    """Add size, loneliness and links together with each kind of what came and went."""
    around = [word for word in words if word.endswith((*LONELY, *LINKS, *DECLARING[:4])) and word[0] == "="]
    kinds = {word.split()[0] for word in words if word[0] in "+-" and "facts" not in word}
    return (*words, *(f"{one} & {kind}" for one in around for kind in sorted(kinds)))


VARIANTS: dict[str, Callable[[Sequence[Example]], Vectors]] = {
    "as shipped": whole,
    "judged bits alone": judged,
    "fit alone, not blended": unblended,
    "raw likelihood ratios": ratios,
    "without oddness": without_columns(2, 3),
    "without size": without_columns(1),
    "without leading reasons": uncounted,
    "without links": reworded(dropping(*LINKS)),
    "without words of declaring": reworded(dropping(*DECLARING)),
    "without words and rules of declaring": undeclared,
    "without loneliness and size of a change": reworded(dropping(*LONELY)),
    "with pairs of role and class": reworded(pairs),
    "with pairs of circumstance and kind": reworded(circumstances),
}

if __name__ == "__main__":
    main()
