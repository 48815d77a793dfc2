"""How many projects showed a change that a reason leads, clean and planted."""

import pytest

from zoll.judge.counts import LEADING, Counts
from zoll.judge.leading import leading_signals

COUNTS = Counts(
    lead=(-0.5, 1.0),
    common=(3.0, 0.5),
    met={"power/run": (7, 3), "start/hook": (31, 0), "": (500, 9), "trust/fixed-secret": (1, 2)},
)


def test_what_leads_in_few_clean_upgrades_adds_and_what_is_common_takes_away():
    (run,) = leading_signals("power/run", COUNTS)
    assert run.rule == LEADING
    assert run.bits == pytest.approx(-0.5 * (3 - 3) + 1.0 * (2 - 0.5))
    assert run.why == "power/run leads in clean upgrades of 7 projects, in planted ones of 3"
    (hook,) = leading_signals("start/hook", COUNTS)
    assert hook.bits == pytest.approx(-0.5 * (5 - 3) - 0.5)
    (never,) = leading_signals("never/met", COUNTS)
    assert never.bits == pytest.approx(1.5 - 0.5)


def test_changes_that_no_reason_leads_are_counted_too():
    (none,) = leading_signals("", COUNTS)
    assert none.why == "no reason of its own leads in clean upgrades of 500 projects, in planted ones of 9"


def test_one_project_is_one():
    (one,) = leading_signals("trust/fixed-secret", COUNTS)
    assert "of 1 project, in" in one.why


def test_counts_without_reasons_say_nothing():
    assert leading_signals("power/run", Counts()) == ()
