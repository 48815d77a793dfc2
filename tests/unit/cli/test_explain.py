import pytest

from zoll.cli.explain import named, text
from zoll.errors import BadSetting
from zoll.judge.rulebook import load


@pytest.mark.parametrize("rule", load(), ids=lambda rule: rule.id)
def test_every_rule_explains_itself(rule):
    shown = text(rule)
    assert shown.startswith(rule.id)
    for words in (rule.title, rule.why, rule.look):
        assert words in shown


def test_an_id_its_last_word_or_a_family():
    assert [rule.id for rule in named("power/run")] == ["power/run"]
    assert named("shell-with-variable")[0].id == "power/shell-with-variable"
    assert {rule.family for rule in named("trigger")} == {"trigger"}


def test_a_slip_of_the_pen_is_met_with_what_comes_near():
    with pytest.raises(BadSetting, match="power/run"):
        named("power/rum")
