"""Bits add up, families are capped, and what speaks everywhere says little."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.judge.rulebook import load
from zoll.judge.weighing import surprise, weigh

RULES = load()
CAPS = {rule.family: 6.0 for rule in RULES}
SOME = st.lists(st.sampled_from(RULES), unique_by=lambda rule: rule.id, max_size=12)


@given(SOME, st.integers(1, 5000))
def test_the_signals_add_up_to_the_sum(rules, hunks):
    bits, signals = weigh([(rule, ()) for rule in rules], {rule.id: 1 for rule in rules}, hunks, CAPS)
    assert abs(bits - sum(signal.bits for signal in signals)) < 0.01 * (len(rules) + 1)
    assert len(signals) == len(rules)


@given(SOME)
def test_no_family_adds_more_than_its_cap(rules):
    _, signals = weigh([(rule, ()) for rule in rules], {rule.id: 1 for rule in rules}, 10_000, CAPS)
    for family in {rule.family for rule in rules}:
        assert sum(s.bits for s in signals if s.rule.startswith(f"{family}/") and s.bits > 0) <= 6.01 + 0.01 * len(
            rules
        )


@given(SOME)
def test_the_order_of_rules_does_not_matter(rules):
    counts = {rule.id: 2 for rule in rules}
    forth = weigh([(rule, ()) for rule in rules], counts, 100, CAPS)
    assert weigh([(rule, ()) for rule in reversed(rules)], counts, 100, CAPS) == forth


def test_a_rule_that_speaks_of_everything_says_little():
    assert surprise(1, 1000) > surprise(100, 1000) > surprise(1000, 1000) > 0
    rule = max(RULES, key=lambda rule: rule.bits)
    rare, _ = weigh([(rule, ())], {rule.id: 1}, 1000, {})
    common, _ = weigh([(rule, ())], {rule.id: 900}, 1000, {})
    assert rare > common
