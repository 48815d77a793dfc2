"""Spans of time after which somebody is let in no more, or let in again: how long a session, a token, a lock lasts."""

import re
from collections.abc import Sequence

from zoll.compare.strength import named, number, says, words_of

_UNITS = (
    {"ms": 0.001, "s": 1, "sec": 1, "second": 1, "m": 60, "min": 60, "minute": 60, "h": 3600, "hr": 3600, "hour": 3600}
    | {"d": 86400, "day": 86400, "w": 604800, "week": 604800, "month": 2592000}
    | {"y": 31536000, "year": 31536000, "yr": 31536000}
)
_SPAN = re.compile(
    r"(\d{1,12})\s?(" + "|".join(sorted(_UNITS, key=len, reverse=True)) + r")(?:in|ec)?s?", re.IGNORECASE
)
_NEVER = frozenset({"0", "None", "nil", "null", "NULL", "never", "infinity", "infinite", "none", "unlimited", "off"})
_LONGER = 4  # times as long is no matter of taste
_ENDS = frozenset({"ttl", "expires", "expiry", "lifetime", "maxage", "expiration", "exp", "valid"})
# Of what may be off by so much, nothing is the strictest.
_ASKEW = frozenset(
    {"skew", "leeway", "grace", "tolerance", "drift", "window", "delta", "since", "delay", "idle", "offset", "min"}
)
_SHUT = frozenset({"lockout", "lockouts", "ban", "bantime", "banned", "locktime", "unlock", "penalty", "cooldown"})
_LOCKED = frozenset({"lock", "locks", "mutex", "ban", "lockout", "unlock"})
_SHUT_WITH = frozenset({"account", "login", "user", "out", "fail", "failed", "password", "pam", "auth"})
_TIME = frozenset(
    {"time", "timeout", "duration", "seconds", "secs", "sec", "minutes", "mins", "period", "interval", "lockout"}
    | {"bantime", "locktime", "hours", "days", "ms"}
)
_OF_WHOM = re.compile(r"(?i)jwt|session|token|cookie|cert|ticket|otp|sign\(")


def span(text: str) -> float | None:
    """Return how long a span is: in seconds where it says its unit, as the number else; None for no span.

    >>> span("15m"), span("'2 days'"), span("90"), span("x")
    (900, 172800, 90, None)
    """
    plain = text.strip("\"'`")
    found = _SPAN.fullmatch(plain)
    return int(found[1]) * _UNITS[found[2].lower()] if found else number(plain)


def weaker_span(old: str, new: str, names: Sequence[str], text: str) -> str:
    """Say in which way a span of time is weaker: endless, longer (told with its unit), released; "" for no way."""
    before, after = span(old), span(new)
    none = new.strip("\"'`") in _NEVER
    if not before or (after is None and not none) or not names or before == after:
        return ""
    if locks(names):
        return "released" if none or (after or 0) * _LONGER <= before else ""
    if not _ends(names, text):
        return ""
    if none:
        return "" if any(says_askew(name) for name in names[:2]) else "endless"
    told = number(old.strip("\"'`")) is None and number(new.strip("\"'`")) is None
    return "longer" if told and (after or 0) >= before * _LONGER else ""


_TOKEN = re.compile(r"[A-Za-z_$][\w$]*|\d[\w.]*|[^\s\w]")
_UNIT = re.compile(r"\d{1,12}|[A-Z][A-Z0-9_]{2,40}")
_UNTIL = re.compile(r"(?i)expir|until|deadline|valid|timeout|lifetime|max_?age|ttl|\bexp\b")


def multiplied(old: str, new: str, names: Sequence[str]) -> str:
    """Return by what a span is taken more often than before, all else as it was: `life` that became `life * 60`.

    >>> multiplied("now + self.life", "now + self.life * 60", ["session_expires"]), multiplied("a", "a * 60", ["width"])
    ('60', '')
    """
    if "*" not in new or not _UNTIL.search(names[0] if names else ""):
        return ""
    mine, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    at = next((place for place, pair in enumerate(zip(mine, theirs, strict=False)) if pair[0] != pair[1]), len(mine))
    factor = theirs[at + 1 : at + 2]
    if theirs[at : at + 1] != ["*"] or not factor or mine[at:] != theirs[at + 2 :] or not _UNIT.fullmatch(factor[0]):
        return ""
    admits = any(named(name, "admitting") for name in [*names, *mine])
    return factor[0] if admits and (number(factor[0]) or _LONGER) >= _LONGER else ""


_TOLERATES = re.compile(r"(?i)(?:skew|leeway|grace|tolerance|drift|window|max_?age|ttl|lifetime)\Z")
_GREATER = re.compile(r"\s?(?:<<\s?([1-9]\d?)|\*\s?(\d{1,12}|0x[\da-fA-F]{1,8}))")
_OPERAND = re.compile(r"[A-Za-z_][\w.>-]{0,80}")


def stretched(old: str, new: str) -> tuple[str, str]:
    """Return what may be off by so much and what by more now, all else as it was, two empty texts for none.

    >>> stretched("f(end, ctx->clockskew)", "f(end, ctx->clockskew << 16)"), stretched("f(a)", "f(a * 2)")
    (('ctx->clockskew', 'ctx->clockskew << 16'), ('', ''))
    """
    at = next((place for place, pair in enumerate(zip(old, new, strict=False)) if pair[0] != pair[1]), len(old))
    more = _GREATER.match(new, at) or _GREATER.match(new, max(0, at - 1))
    if more is None or new[: more.start()] + new[more.end() :] != old:
        return "", ""
    held = next((one for one in _OPERAND.finditer(old[: more.start()]) if one.end() == more.start()), None)
    times = 2 ** int(more[1]) if more[1] else int(more[2], 0)
    if held is None or not _TOLERATES.search(held[0]) or times < _LONGER:
        return "", ""
    return held[0], f"{held[0]}{more[0]}"


def lasts(names: Sequence[str]) -> bool:
    """Tell whether names speak of how long something lasts that lets somebody in."""
    return any(named(name, "lasting") for name in names[:3]) and any(named(name, "admitting") for name in names[:3])


def locks(names: Sequence[str]) -> bool:
    """Tell whether the nearest name says for how long somebody is kept out.

    >>> locks(["LOCKOUT_SECONDS"]), locks(["account_lock_time"]), locks(["lock_timeout"]), locks(["bantime"])
    (True, True, False, True)
    """
    own = frozenset(words_of(names[0]))
    shut = bool(own & _SHUT) or ("lock" in own and bool(own & _SHUT_WITH))
    return shut and bool(own & _TIME)


def says_askew(name: str) -> bool:
    """Tell whether a name says by how much something may be off, or how short it may be at least."""
    own = words_of(name)
    return not _ASKEW.isdisjoint(own) and "login" not in own  # a login's grace is how long it may take


def _ends(names: Sequence[str], text: str) -> bool:
    """Tell whether a span ends what lets somebody in."""
    if not _LOCKED.isdisjoint(words_of(names[0])):
        return False
    timed = any(
        named(name, "lasting") or not _ENDS.isdisjoint(words_of(name)) or says(name, "most") for name in names[:1]
    )
    return timed and (any(named(name, "admitting") for name in names[:3]) or _OF_WHOM.search(text) is not None)
