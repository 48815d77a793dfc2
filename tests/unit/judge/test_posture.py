"""Where the security posture is lowered: only what says so plainly."""

import pytest
from msgspec import structs

from zoll.judge.posture import lowered
from zoll.model import Change, Fact, Feature, Finding, Hunk, Pair, Part, Place, Reading, Signal

AT = Place(("etc/x.conf",), "", 7, 7)


def change(gained=(), lost=(), roles=("authentication",)):
    part = Part(Place(("etc/x.conf",)), "config/ini", "d", 1)
    sides = [tuple(Reading(Fact(k, v, tuple(t)), AT) for k, v, *t in side) for side in (gained, lost)]
    hunk = Hunk((7, 7), (7, 7), "", "", *sides)
    return Change(Pair(part, part, "place"), (hunk,), tuple(Fact("role", role) for role in roles))


def said(*changes, findings=(), features=()):
    return [words for words, _ in lowered(changes, findings, features)]


def finding(level, *signals):
    hunk = Hunk((3, 4), (3, 4))
    told = tuple(Signal(rule, bits, "why") for rule, bits in signals)
    return Finding("id", 1, 5.0, 0.1, level, "A check is gone.", change(), hunk, told)


def test_plain_facts():
    assert said(change([("flag", "privileged", "strength:weak", "value:true")])) == [
        "the weak flag privileged = true comes in"
    ]
    assert said(change((), [("flag", "NoNewPrivileges", "strength:strong", "value:yes")])) == [
        "the safeguard NoNewPrivileges = yes is gone"
    ]
    assert said(change([("mode", "4755", "setuid:yes")])) == ["its mode becomes 4755, with another's rights"]
    assert said(change([("widened", "bind", "new:0.0.0.0", "old:127.0.0.1")])) == [
        "wider bind: 127.0.0.1 becomes 0.0.0.0"
    ]
    assert said(change([("weaker", "algorithm", "new:md5", "old:sha256")])) == ["weaker algorithm: sha256 becomes md5"]


def test_a_flag_that_moved_lowers_nothing():
    flag = ("flag", "NoNewPrivileges", "strength:strong", "value:yes")
    assert said(change([flag]), change((), [flag])) == []


@pytest.mark.parametrize(
    "fact",
    [
        ("weaker", "joint", "new:x"),
        ("widened", "enumeration", "new:x", "old:y"),
        ("flag", "debug", "strength:weak", "value:true"),
        ("mode", "0755"),
        ("string", "x"),
    ],
)
def test_what_may_mean_anything_does_not(fact):
    assert said(change([fact])) == []


def test_tests_and_configure_scripts_have_no_posture():
    weak = ("weaker", "algorithm", "new:md5", "old:sha256")
    assert said(change([weak], roles=("test", "cryptography"))) == []
    assert said(change([weak], roles=("generated", "cryptography"))) == []


def test_features_that_let_in():
    told = said(
        features=[
            Feature("account", "svc", AT),
            Feature("listener", "serve", AT, "listens for connections"),
            Feature("account", "old", AT, "", lost=True),
            Feature("option", "--x", AT),
        ]
    )
    assert told == ["the account svc comes in", "serve newly listens for connections"]


def test_findings_count_once_they_ask_to_be_read_and_say_in_which_direction():
    lost = ("safeguard/verification-off", 2.5)
    assert said(findings=[finding("review", lost)]) == ["A check is gone"]
    assert said(findings=[finding("note", lost)]) == []
    assert said(findings=[finding("review", ("safeguard/verification-off", 1.0))]) == []
    assert said(findings=[finding("hold", ("safeguard/condition-altered", 9.0), ("power/run", 5.0))]) == []
    assert said(findings=[finding("hold", ("safeguard/weaker-joint", 3.0))]) == []


def test_a_new_way_to_succeed_counts_where_access_is_decided():
    door = finding("hold", ("trigger/literal-decides-success", 4.0))
    assert said(findings=[door]) == ["A check is gone"]
    assert said(findings=[structs.replace(door, change=change(roles=()))]) == []
