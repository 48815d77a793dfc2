"""Where an upgrade lowers the security posture: what it newly trusts, admits or leaves unchecked."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from zoll.judge.reasons import ASIDE, MADE, roles_of
from zoll.model import Change, Fact, Feature, Finding, Place, Reading

# A finding counts when it asks to be read and this much of it comes from these families.
FAMILIES = ("trust/", "privilege/", "safeguard/")
# A new way to succeed, in a place that decides about access, is one past a safeguard.
PAST = re.compile(r"^trigger/[a-z-]{0,40}decides-success")
# Rules that say that something differs, not in which direction, or that a dependency came, which is no trust lost.
NEUTRAL = (
    "altered",
    "inserted",
    "rewritten",
    "exchanged",
    "constant-in",
    "weakening-word",
    "executable",
    "unpinned",
    "dependency",
)
# Rules that often speak of clean upgrades too: they add to others and do not lower the posture by themselves.
UNSURE = ("weaker-joint", "in-security-place", "weak-assignment", "condition-deleted", "dropped-log")
LEVELS = frozenset(("hold", "review"))
LEAST = 1.6  # counted bits: judged ones come out smaller, by the share of `counts.json`
# Kinds of weakening that are said of settings and constants, not guessed from the shape of code.
PLAIN = frozenset(("algorithm", "mode", "setting", "randomness"))
WIDENED = frozenset(("bind", "network", "role"))
SECURITY = frozenset(
    ("authentication", "verification", "cryptography", "session", "update", "privilege", "interception", "startup")
)
Reason = tuple[str, Place]


def lowered(changes: Sequence[Change], findings: Iterable[Finding], features: Iterable[Feature]) -> list[Reason]:
    """Return what lowers the security posture, strongest first, each with its place."""
    told = [*_findings(findings), *_features(features), *_facts(changes)]
    places: set[tuple[tuple[str, ...], int, str]] = set()
    kept = []
    for words, at in told:
        key = (at.hops, at.start, words)
        if key not in places:
            places.add(key)
            kept.append((words, at))
    return kept


def _features(features: Iterable[Feature]) -> Iterator[Reason]:
    for feature in features:
        if not feature.lost and feature.thing == "account":
            yield f"the account {feature.name} comes in", feature.at
        elif not feature.lost and feature.thing == "listener":
            yield f"{feature.name} newly {feature.more}", feature.at


def _facts(changes: Iterable[Change]) -> Iterator[Reason]:
    """Yield what typed facts say plainly: flags, modes, weaker settings, wider binds."""
    ours = [change for change in changes if not roles_of(change) & (ASIDE - {"build"})]
    flags = _net_flags(ours)
    for change in ours:
        for hunk in change.hunks:
            for reading in hunk.gained:
                words = _gained(reading.fact, roles_of(change), flags)
                if words:
                    yield words, _where(reading, change)
            for reading in hunk.lost:
                fact = reading.fact
                strong = fact.kind == "flag" and fact.trait("strength") == "strong" and _of_running(fact)
                if strong and flags[fact] < 0 and not _spoken(fact, change):
                    yield f"the safeguard {_flag(fact)} is gone", _where(reading, change)


def _net_flags(changes: Iterable[Change]) -> Counter[Fact]:
    net: Counter[Fact] = Counter()
    for change in changes:
        net.update(reading.fact for reading in change.gained if reading.fact.kind == "flag")
        net.subtract(reading.fact for reading in change.lost if reading.fact.kind == "flag")
    return net


def _gained(fact: Fact, roles: frozenset[str], flags: Counter[Fact]) -> str:
    """Return what a gained fact says of the posture, "" for most."""
    old, new = fact.trait("old"), fact.trait("new")
    if fact.kind == "flag" and fact.trait("strength") == "weak" and flags[fact] > 0 and _of_running(fact):
        return f"the weak flag {_flag(fact)} comes in"
    if fact.kind == "mode" and fact.trait("setuid"):
        return f"its mode becomes {fact.value}, with another's rights"
    if fact.kind == "weaker" and fact.value in PLAIN and roles & SECURITY and not roles & (MADE | {"build"}):
        return f"weaker {fact.value}: {_clip(old)} becomes {_clip(new)}"
    if fact.kind == "widened" and fact.value in WIDENED:
        return f"wider {fact.value}: {_clip(old)} becomes {_clip(new)}"
    return ""


def _findings(findings: Iterable[Finding]) -> Iterator[Reason]:
    for finding in findings:
        guarded = bool(roles_of(finding.change) & SECURITY)
        signals = [signal for signal in finding.signals if _speaks(signal.rule, guarded=guarded)]
        sure = any(not any(word in signal.rule for word in UNSURE) for signal in signals)
        if finding.level in LEVELS and sure and sum(signal.bits for signal in signals) >= LEAST:
            place, line = finding.change.pair.place, finding.hunk.new[0] or finding.hunk.old[0]
            yield finding.title.rstrip("."), Place(place.hops, place.symbol, line, line)


def _spoken(fact: Fact, change: Change) -> bool:
    """Tell whether the changed lines still name a flag of the compiler: on a condition, or with another value."""
    name = fact.value.partition("=")[0]
    return name.startswith("-") and any(name.lstrip("-D_W") in hunk.after for hunk in change.hunks)


def _of_running(fact: Fact) -> bool:
    """Tell whether a flag is one of the running program, not of how it is built for debugging."""
    return fact.value.lower() not in {"debug", "-g", "--debug"}


def _speaks(rule: str, *, guarded: bool) -> bool:
    if guarded and PAST.match(rule):
        return True
    return rule.startswith(FAMILIES) and rule != "trust/account" and not any(word in rule for word in NEUTRAL)


def _flag(fact: Fact) -> str:
    value = fact.trait("value")
    return f"{fact.value} = {_clip(value)}" if value else fact.value


def _where(reading: Reading, change: Change) -> Place:
    return reading.at if reading.at.hops else change.pair.place


def _clip(text: str) -> str:
    if not text:
        return "nothing"
    return text if len(text) <= 60 else text[:57] + "..."
