"""Nobody is scored by what was learned from itself."""

import pytest

from zoll.learn.counting import matrix
from zoll.learn.figures import figures
from zoll.learn.validation import FOLDS, fold_of, without_families, without_projects


def test_projects_fall_into_groups_that_stay():
    assert {fold_of(f"project {number}") for number in range(200)} == set(range(FOLDS))
    assert fold_of("kamailio") == fold_of("kamailio")


@pytest.mark.parametrize("apart", [without_projects, without_families])
def test_what_holds_in_general_is_learned_without_the_example(corpus, apart):
    scores = apart(matrix(corpus), corpus)
    hostile = [(one, score) for one, score in zip(corpus, scores, strict=True) if one.hostile]
    told = figures([one for one, _ in hostile], [score for _, score in hostile])
    assert told.first[0] == 1


def test_what_only_one_example_says_is_not(corpus):
    corpus = [one for one in corpus if not one.hostile or one.case["id"] == "c0"]
    scores = without_projects(matrix(corpus), corpus)
    assert scores[0].max() == pytest.approx(scores[0].min(), abs=2.0)
