"""The joint fit finds the word that tells, and its slopes are right."""

from itertools import pairwise

import numpy as np

from zoll.learn.counting import matrix
from zoll.learn.examples import Example
from zoll.learn.fitting import (
    AGAIN,
    DENSE,
    KEPT,
    SOME,
    Matrix,
    _Task,
    common_words,
    counted,
    fit,
    held_against_like,
    held_against_rest,
    thinned,
    usual_rest,
)
from zoll.learn.leading import Led

TELLING = "+gate undeclared"


def test_the_word_that_tells_weighs_most(corpus):
    whole = matrix(corpus)
    hostile = [number for number, one in enumerate(corpus) if one.hostile]
    clean = [number for number, one in enumerate(corpus) if not one.hostile]
    weights = fit(whole, hostile, clean)
    told = dict(zip(whole.columns, weights[len(DENSE) :], strict=True))
    assert told[TELLING] > 0.5
    assert max(told, key=told.__getitem__) == TELLING


def test_a_name_and_what_executables_add_move_less_than_the_word_they_stand_beside(corpus):
    beside = (TELLING, f"{TELLING}, compiled", "=named gate")  # met in the very same changes
    said = [[(*words, *beside[1:]) if TELLING in words else words for words in one.words] for one in corpus]
    corpus = [
        type(one)(one.case, one.hunks, one.rules, words, one.planted, one.places)
        for one, words in zip(corpus, said, strict=True)
    ]
    whole = matrix(corpus)
    hostile = [number for number, one in enumerate(corpus) if one.hostile]
    weights = fit(whole, hostile, [number for number, one in enumerate(corpus) if not one.hostile])
    told = dict(zip(whole.columns, weights[len(DENSE) :], strict=True))
    plain, more, name = (told[word] for word in beside)
    assert plain > more > name > 0


def test_without_hostile_examples_nothing_moves(corpus):
    whole = matrix(corpus)
    weights = fit(whole, [], [number for number, one in enumerate(corpus) if not one.hostile])
    assert np.allclose(weights[len(DENSE) :], 0, atol=1e-6)


def test_slopes_are_those_of_the_loss(corpus):
    whole = matrix(corpus)
    task = _Task(whole, [0, 3, 6], [1, 2, 4])
    scores = np.random.default_rng(7).normal(size=len(whole.planted))
    value, slopes = task.loss(scores)
    for place in np.flatnonzero(slopes)[:20]:
        moved = scores.copy()
        moved[place] += 1e-5
        assert abs((task.loss(moved)[0] - value) / 1e-5 - slopes[place]) < 1e-3


def test_the_rest_moves_an_example_as_a_whole_and_a_usual_rest_moves_nothing(corpus):
    whole = matrix(corpus)
    scores = np.random.default_rng(7).normal(3, 1, size=len(whole.planted))
    usual = usual_rest(whole, scores, range(len(corpus)))
    spans = [scores[start:end] for start, end in pairwise(whole.bounds)]
    moved = [held_against_rest(span, usual) - span for span in spans]
    assert all(np.ptp(one) < 1e-9 for one in moved)
    assert abs(np.mean([one[0] for one in moved])) < 1e-9
    loud = max(range(len(spans)), key=lambda number: np.sort(spans[number])[-5])
    assert moved[loud][0] == min(one[0] for one in moved)


def test_a_word_of_one_project_is_not_counted(corpus):
    corpus = [*corpus]
    own = corpus[0]
    words = [(*one, "+vendor's own") for one in own.words]
    corpus[0] = type(own)(own.case, own.hunks, own.rules, words, own.planted, own.places)
    assert "+vendor's own" not in common_words(corpus)
    assert TELLING in common_words(corpus)


def test_clean_changes_of_hostile_upgrades_count_for_neither(corpus):
    clean, hostile = counted(corpus)
    assert hostile[TELLING] == sum(one.hostile for one in corpus)
    assert clean[TELLING] == 0
    assert clean["+call"] == 12 * sum(not one.hostile for one in corpus)


def test_parts_of_names_count_where_many_projects_have_them(corpus):
    named = [
        type(one)(
            one.case, one.hunks, one.rules, one.words, one.planted, one.places, [], [("=named gate",)] * len(one.words)
        )
        for one in corpus
    ]
    projects = len({one.project for one in corpus})
    assert "=named gate" in common_words(named, named=projects)
    assert "=named gate" not in common_words(named, named=projects + 1)
    clean, hostile = counted(named)
    assert clean["=named gate"] + hostile["=named gate"] >= projects


def test_a_thinned_matrix_keeps_what_is_planted_and_what_is_small(corpus):
    whole = matrix(corpus)
    assert np.array_equal(thinned(whole).bounds, whole.bounds)
    assert np.array_equal(thinned(whole).flat, whole.flat)


def test_a_large_upgrade_is_thinned_from_below():
    number = 1000
    flat = np.arange(2 * number) % 7
    planted = np.zeros(number, bool)
    planted[-1] = True
    dense = np.column_stack((np.arange(number, 0, -1, dtype=float), *[np.zeros(number)] * (len(DENSE) - 1)))
    led = Led(np.zeros(number, np.int64), np.zeros(number, np.int64), ~planted)
    ends, bounds = np.arange(2, 2 * number + 1, 2), np.array([0, number])
    whole = Matrix(tuple("abcdefg"), dense, flat, ends, planted, bounds, led)
    thin = thinned(whole)
    assert KEPT + SOME - 1 <= thin.bounds[1] <= KEPT + SOME + 1
    assert np.array_equal(thin.dense[:KEPT], whole.dense[:KEPT])
    assert thin.planted.sum() == 1
    weights = np.arange(len(DENSE) + 7, dtype=float)
    rows = (number - thin.dense[:, 0]).astype(int)
    assert np.allclose(thin.scores(weights), whole.scores(weights)[rows])


def test_further_ones_of_a_reason_fall_and_the_strongest_stays(corpus):
    whole = matrix(corpus)
    scores = np.random.default_rng(7).normal(3, 1, size=len(whole.planted))
    for example, (start, end) in zip(corpus, pairwise(whole.bounds), strict=True):
        span = scores[start:end]
        held = held_against_like(span, example)
        assert held.argmax() == span.argmax()
        assert (held <= span).all()
        assert len(set(np.flatnonzero(held == span))) >= 1


def test_further_ones_of_a_function_fall_as_well():
    places = ["a.c:1 f", "a.c:9 f", "b.c:1 f", "a.c:3", "a.c:4", "x:7 y.c:2 g::h"]
    rules = [(f"power/{number}",) for number in range(6)]
    example = Example({"id": "one"}, 6, rules, [()] * 6, [False] * 6, places)
    assert example.functions() == ["a.c f", "a.c f", "b.c f", "", "", "x y.c:2 g::h"]
    scores = np.arange(6, 0, -1, dtype=np.float64)
    assert (held_against_like(scores, example) - scores).tolist() == [0, AGAIN[1], 0, 0, 0, 0]
