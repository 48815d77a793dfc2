"""Every rule's own examples, which are its documentation, run here."""

import pytest

from zoll.judge.matching import match
from zoll.judge.rulebook import book, load
from zoll.judge.scene import scene_of

RULES = load()


def test_there_are_rules_over_all_families():
    assert len(RULES) >= 60
    assert {rule.family for rule in RULES} >= {
        "power", "trigger", "safeguard", "start", "concealment", "reach", "trust", "privilege", "place", "undeclared",
    }  # fmt: skip


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_its_examples_hold(rule):
    assert rule.hits
    assert rule.misses
    for example in rule.hits:
        assert match(rule, scene_of(example)) is not None, example
    for example in rule.misses:
        assert match(rule, scene_of(example)) is None, example


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_it_explains_itself(rule):
    assert rule.title
    assert rule.why
    assert rule.look
    assert rule.bits != 0


def test_every_family_with_positive_bits_has_a_cap():
    assert {rule.family for rule in RULES if rule.bits > 0} <= set(book().caps)
