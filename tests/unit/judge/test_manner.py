"""What a hunk does and nothing besides."""

import pytest

from zoll.judge.manner import manners
from zoll.judge.scene import scene_of
from zoll.model import Hunk

ASKS = ("+ gate call->failure", "+ guard is_canonical effect:failure", "+ altered inserted.condition")
REFUSES = (*ASKS, "+ altered inserted.return")
LOGS = ("+ gate flag->log call:log_warn", "+ altered inserted.condition", "+ altered inserted.call", "+ call log_warn")


def said(*lines):
    scene = scene_of(lines)
    gained, lost = (tuple(seen.reading for seen in side) for side in (scene.gained, scene.lost))
    return list(manners(Hunk((1, 2), (1, 2), "", "", gained, lost)))


def test_a_hunk_that_only_refuses_or_only_logs_more():
    assert said(*REFUSES) == ["refuses"]
    assert said(*LOGS) == ["logs"]


def test_a_condition_that_refuses_more_than_it_did():
    strict = "+ altered condition.number how:stricter"
    gates = "+ gate length->failure literal:128", "- gate length->failure literal:4096"
    assert said(strict) == said(strict, *gates) == ["refuses"]
    assert said(strict, "+ altered condition.number") == said(strict, "+ weaker bound") == []
    assert said(strict, "- gate flag->success") == []


@pytest.mark.parametrize(
    "beside",
    [
        "+ gate literal->success literal:zq-maint",
        "+ return 1 success:yes",
        "+ return 0 success:maybe",
        "+ altered condition.name",
        "+ power send call:send",
        "+ weaker joint",
        "+ string ops@vendor.example shape:account",
        "- guard verify effect:failure",
    ],
)
def test_with_anything_beside_it_does_not(beside):
    assert said(*REFUSES, beside) == []


def test_a_condition_before_a_refusal_that_stood_there_refuses_less():
    assert said(*ASKS) == []
    assert said(*ASKS, "+ altered inserted.call", "+ call log_error") == []


OLD = "- string keys_~_do_~_not_~_match shape:sentence"
NEW = "+ string keys_~_to_~_not_~_match shape:sentence"


def test_a_message_in_other_words():
    assert said("+ altered return.literal", NEW, OLD) == ["reworded"]


@pytest.mark.parametrize(
    "lines",
    [
        ("+ altered condition.literal", NEW, OLD),
        ("+ altered return.literal", NEW),
        ("+ altered return.literal", NEW, OLD, "+ endpoint a.example type:host"),
        ("+ altered call.literal", "+ string rm_~_-rf_~_/srv shape:sentence", OLD),
        ("+ altered call.literal", "+ string /bin/sh shape:path", "- string /bin/sg shape:path"),
    ],
)
def test_what_is_no_message_in_other_words(lines):
    assert said(*lines) == []


def test_a_hunk_that_only_writes_one_more_line_for_the_log():
    line = ("+ altered inserted.call", "+ call logger.debug", "+ string it_failed shape:sentence")
    assert said(*line) == ["logs"]
    assert said(*line, "+ call store.write") == []
    assert said(*line, "- call verify") == []
    assert said(*line, "+ string /srv/x shape:path") == []
