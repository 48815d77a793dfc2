"""All patterns must be met, none of `without`; newness and mentions count."""

from zoll.judge.matching import match
from zoll.judge.rulebook import Pattern, Rule
from zoll.judge.scene import scene_of


def _rule(**fields):
    return Rule(title="t", why="w", look="l", hits=(), misses=(), id="x/y", bits=1.0, **fields)


POWER = Pattern("power", "^run$", ("call:.*",))


def test_evidence_is_what_was_met():
    [reading] = match(_rule(gained=(POWER,)), scene_of(["+ power run call:system", "+ power listen call:bind"]))
    assert reading.fact.trait("call") == "system"


def test_every_pattern_must_be_met():
    rule = _rule(gained=(POWER, Pattern("endpoint")))
    assert match(rule, scene_of(["+ power run call:system"])) is None
    assert match(rule, scene_of(["+ power run call:system", "+ endpoint a.example"])) is not None


def test_lost_and_standing_are_their_own_sides():
    rule = _rule(lost=(Pattern("guard"),), standing=(Pattern("role", "^authentication$"),))
    assert match(rule, scene_of(["- guard check", "= role authentication"])) is not None
    assert match(rule, scene_of(["+ guard check", "= role authentication"])) is None
    assert match(rule, scene_of(["- guard check", "= role build"])) is None


def test_without_looks_at_gained_and_standing():
    rule = _rule(gained=(POWER,), without=(Pattern("role", "^test$"), Pattern("log", "")))
    assert match(rule, scene_of(["+ power run call:x", "= role test"])) is None
    assert match(rule, scene_of(["+ power run call:x", "+ log y"])) is None
    assert match(rule, scene_of(["+ power run call:x"])) is not None


def test_newness_mentions_and_absent_traits():
    new = _rule(gained=(Pattern("option", new="component"),))
    assert match(new, scene_of(["+ option --x @new:file"])) is None
    assert match(new, scene_of(["+ option --x @new:release"])) is not None
    undeclared = _rule(gained=(Pattern("option", undeclared=True),))
    assert match(undeclared, scene_of(["+ option --x"])) is None
    assert match(undeclared, scene_of(["+ option --x @undeclared"])) is not None
    absent = _rule(gained=(Pattern("endpoint", "", ("!range:loopback",)),))
    assert match(absent, scene_of(["+ endpoint 127.0.0.1 range:loopback"])) is None
    assert match(absent, scene_of(["+ endpoint 192.0.2.7 range:documentation"])) is not None


def test_some_patterns_ask_for_several_different_facts():
    rule = _rule(gained=(Pattern("flag", least=2),))
    assert match(rule, scene_of(["+ flag privileged", "+ flag privileged"])) is None
    assert match(rule, scene_of(["+ flag privileged", "+ flag hostNetwork"])) is not None
