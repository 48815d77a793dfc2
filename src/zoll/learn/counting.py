"""From examples to the file of counts: fitted bits with the counts they stand on, one line for each word."""

import json
from collections.abc import Sequence

import msgspec

from zoll.judge.counts import Counts, Levels, Word
from zoll.judge.rulebook import book
from zoll.learn.examples import Example, judged_bits
from zoll.learn.fitting import (
    AGAIN,
    DENSE,
    REST,
    Matrix,
    bits_beyond_usual,
    blended,
    common_words,
    counted,
    fit,
    knowing,
    matrix_of,
    thinned,
    usual_of,
    usual_rest,
)
from zoll.learn.leading import counted_reasons
from zoll.learn.levels import FEWEST, fit_levels, with_kinds
from zoll.learn.minimum import Vector
from zoll.learn.validation import without_projects

LEAST = 0.015  # bits; a word that says less is left out


def matrix(examples: Sequence[Example]) -> Matrix:
    """Return examples as a matrix, with the judged bits as shipped."""
    return matrix_of(examples, [judged_bits(example, book()) for example in examples], common_words(examples))


def learn(examples: Sequence[Example], made_from: str) -> Counts:
    """Return what the examples teach: weights fitted on all of them, levels on scores of weights that saw them not."""
    whole = knowing(matrix(examples), range(len(examples)))
    hostile = [number for number, example in enumerate(examples) if example.hostile]
    clean = [number for number, example in enumerate(examples) if not example.hostile]
    weights = fit(thinned(whole), hostile, clean)
    levels = levels_of(examples, without_projects(whole, examples))
    return counts_of(examples, whole, weights, levels, made_from)


def levels_of(examples: Sequence[Example], scores: Sequence[Vector]) -> Levels:
    """Return the levels for the scores of clean examples."""
    clean = [number for number, example in enumerate(examples) if not example.hostile and len(scores[number])]
    tops, hunks = [float(scores[i].max()) for i in clean], [examples[i].hunks for i in clean]
    levels = fit_levels(tops, hunks)
    return with_kinds(levels, tops, hunks, [examples[i].kind for i in clean]) if len(clean) >= FEWEST else levels


def counts_of(examples: Sequence[Example], whole: Matrix, weights: Vector, levels: Levels, made_from: str) -> Counts:
    """Return fitted weights as a file of counts."""
    clean, hostile = counted(examples)
    bits = blended(weights)
    words = {
        word: Word(round(float(own), 2), clean[word], hostile[word])
        for word, own in zip(whole.columns, bits[len(DENSE) :], strict=True)
        if abs(own) >= LEAST
    }
    usual = usual_of(whole, bits, range(len(examples)))
    scores = bits_beyond_usual(whole, weights, range(len(examples)))
    rest = usual_rest(whole, scores, [number for number, example in enumerate(examples) if not example.hostile])
    share, size, mean, greatest, clean_led, planted_led = (round(float(one), 3) for one in bits[: len(DENSE)])
    odd_mean, odd_greatest, clean_usual, planted_usual, said = (round(float(one), 3) for one in usual)
    return Counts(
        made_from=made_from,
        changes=sum(len(example.words) for example in examples if not example.hostile),
        judged=share,
        size=size,
        odd=(mean, greatest),
        usual=(odd_mean, odd_greatest, said),
        lead=(clean_led, planted_led),
        common=(clean_usual, planted_usual),
        rest=(REST, round(rest, 3)),
        again=AGAIN,
        levels=levels,
        met=counted_reasons(examples),
        words=words,
    )


def written(counts: Counts) -> str:
    """Return the file: one line for each word, in order."""
    head = {key: value for key, value in msgspec.to_builtins(counts).items() if key not in {"met", "words"}}
    lines = [f"{json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    met = [f"{json.dumps(key)}: [{clean}, {planted}]" for key, (clean, planted) in sorted(counts.met.items())]
    words = [
        f"{json.dumps(word)}: [{one.bits}, {one.clean}, {one.hostile}]" for word, one in sorted(counts.words.items())
    ]
    return "\n".join(["{", *lines, '"met": {', ",\n".join(met), "},", '"words": {', ",\n".join(words), "}", "}", ""])
