"""Spans of time that let somebody in for longer, for ever, or again sooner."""

import pytest

from zoll.compare.spans import lasts, locks, multiplied, says_askew, span, weaker_span


@pytest.mark.parametrize(
    ("old", "new", "names", "how"),
    [
        ("900", "0", ["session_timeout"], "endless"),
        ("30", "None", ["OTP_VALIDITY"], "endless"),
        ("60", "0", ["LOGIN_GRACE_TIME"], "endless"),
        ("'15m'", "'365d'", ["token_ttl"], "longer"),
        ("300", "0", ["LOCKOUT_SECONDS"], "released"),
        ("15m", "10s", ["account_lock_time"], "released"),
    ],
)
def test_weaker(old, new, names, how):
    assert weaker_span(old, new, names, "") == how


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("0", "900", ["session_timeout"]),
        ("30", "0", ["clock_skew"]),  # the strictest
        ("30", "0", ["connect_timeout"]),
        ("300", "0", ["lock_timeout"]),  # of a mutex
        ("365d", "15m", ["token_ttl"]),
        ("15m", "900", ["token_ttl"]),
        ("60", "600", ["LOCKOUT_SECONDS"]),
        ("x", "0", ["session_timeout"]),
        ("1", "0", []),
    ],
)
def test_as_strict_or_of_something_else(old, new, names):
    assert weaker_span(old, new, names, "") == ""


def test_of_whom_the_statement_may_tell():
    assert weaker_span("'15m'", "'365d'", ["expiresIn"], "jwt.sign(p, k, { expiresIn: '365d' })") == "longer"


@pytest.mark.parametrize(
    ("old", "new", "name", "by"),
    [
        ("now + s->lifetime", "now + s->lifetime * 60", "s->session_expires", "60"),
        ("now() + self.ttl", "now() + self.ttl * HOUR", "self.token_expires", "HOUR"),
        ("now + lifetime", "now + lifetime * 2", "session_expires", ""),
        ("now + lifetime", "later + lifetime * 60", "session_expires", ""),
        ("w", "w * 60", "session_width", ""),
        ("now + t", "now + t * 60", "cache_expires", ""),
    ],
)
def test_taken_in_another_unit(old, new, name, by):
    assert multiplied(old, new, [name]) == by


def test_names():
    assert lasts(["session_timeout"])
    assert not lasts(["timeout"])
    assert locks(["bantime"])
    assert not locks(["lock_timeout"])
    assert says_askew("clock_skew")
    assert not says_askew("login_grace")
    assert span("2 days") == 172800
