"""What makes a change more than a fix: options, settings, endpoints, functions and the like that newly came in.

Each is counted over the whole upgrade (what moved from one file to another came in nowhere) and looked up in the old
release, so that a second use of what already stood is no new function.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Protocol

from zoll.judge.offered import offered
from zoll.model import Change, Fact, Feature, Hunk, Reading

# Where nothing that is gained is a function of the release.
ASIDE = frozenset(("test", "documentation", "example", "ci", "translation", "data", "build"))
MADE = frozenset(("generated", "minified"))
NEW_TO_RELEASE = 4
SHORTEST_LOOKED_UP = 3
# Of these the count alone decides: their words stand in many places that mean something else.
UNASKED = frozenset(("listener", "setting", "dependency", "hook", "account"))
TAKEN = frozenset(("account", "option", "dependency", "setting"))
# Powers by which a release reaches out or lets in, in words; others come with any fix.
REACHING = {
    "listen": "listens for connections",
    "connect": "opens network connections",
    "fetch": "fetches from the network",
    "run": "runs programs",
    "load": "loads code while it runs",
    "evaluate": "runs text as code",
    "identity": "changes whose rights it has",
    "raw": "reads or writes raw packets",
}
NETWORK = frozenset(("listen", "connect", "send", "fetch", "resolve", "raw"))
ADDRESS = frozenset(("ip", "port", "socket"))
MESSAGES = re.compile(r"(?:^|_)(?:MSG|MT|MSGT|TYPE|CMD|REQ|IND|CNF|RSP|IE|OP|EV|PROC|ID)(?:_|$)", re.IGNORECASE)
# Numbers in a dependency's name are its version: libssl1.1 and libssl3, bcprov-jdk15on and bcprov-jdk18on.
SEPARATORS = re.compile(r"[-_.\d]+")
# Names of formats and of bug reports, which nothing reaches.
NAMESPACE = re.compile(
    r"https?://(?:[\w.-]{1,80}\.)?(?:w3\.org|purl\.org|sodipodi\.\w|inkscape\.org|creativecommons\.org|schemas?\."
    r"|json-schema\.org)|/(?:dtd|xsd|ns#?|schema)/?$|/(?:issues|pull|bugs?)/\d",
    re.IGNORECASE,
)
# Files that list or picture something; what they name nothing reaches.
LISTS = re.compile(
    r"(?:\.(?:svg|map|cdx\.json|spdx|spdx\.json|lock|html?|css)|(?:^|/)package\.json|(?:^|/)(?:package-)?lock\.json)$"
)
VARIABLE = re.compile(r"\A[a-z][a-z0-9]{0,40}\Z|[${}]")  # what a program calls a name that it looks up
TESTS = re.compile(r"(?:^|/)(?:tests?|testing|testdata|testsuites?|unittests?|fixtures)/", re.IGNORECASE)
SERVES = re.compile(r"serve_?(?:content|file|static|dir)|static", re.IGNORECASE)


class Outlook(Protocol):
    """What the old release says about the words of a reading."""

    def newness(self, change: Change, reading: Reading) -> int:
        """Return how far one must go to meet the reading's word in the old release, 4 when it is nowhere."""


# What makes a function, strongest first: how many there are in words, what is said of one that came, of one that went.
WORDS = {
    "account": ("account", "the account {} comes in", "the account {} is gone"),
    "listener": ("listener", "{} newly {}", ""),
    "hook": ("thing that runs by itself", "{} newly runs by itself", ""),
    "power": ("new power", "{} newly {}", ""),
    "option": ("option", "the option {} is new", "the option {} is gone"),
    "environment": ("environment value", "the environment value {} is newly read", ""),
    "endpoint": ("endpoint", "the endpoint {} is new", ""),
    "command": ("command", "the command {} is new", "the command {} is gone"),
    "setting": ("setting", "the setting {} is new", "the setting {} is gone"),
    "dependency": ("dependency", "the dependency {} is new", "the dependency {} is gone"),
    "message": ("case", "the case {} is newly told apart", ""),
    "file": ("file of code", "the new file {} brings {}", "the file {} is gone, with {}"),
    "function": ("function", "the function {} is newly offered", "the function {} is no longer offered"),
    "parameter": ("parameter", "{} newly takes {}", "{} no longer takes {}"),
}
PLURAL = {
    "dependency": "dependencies",
    "file of code": "files of code",
    "thing that runs by itself": "things that run by themselves",
}
ORDER = {thing: place for place, thing in enumerate(WORDS)}
LONGEST_NAME = 120


def words(feature: Feature) -> str:
    """Return a feature in words."""
    name = feature.name if len(feature.name) <= LONGEST_NAME else feature.name[: LONGEST_NAME - 3] + "..."
    return WORDS[feature.thing][2 if feature.lost else 1].format(name, feature.more)


def rank(feature: Feature) -> tuple[bool, int, Feature]:
    """Return what sorts features: what came before what went, strongest first."""
    return feature.lost, ORDER[feature.thing], feature


def features(changes: Sequence[Change], outlook: Outlook) -> list[tuple[Feature, ...]]:
    """Return, for each change, what it brought or took of the release's function, strongest first."""
    net = _net(changes)
    offers = offered(changes)
    found = []
    for number, change in enumerate(changes):
        roles = roles_of(change)
        told = {*_facts(change, roles, net, outlook), *_offers(offers.get(number, ()), roles)}
        found.append(tuple(sorted(told, key=rank)))
    return found


def roles_of(change: Change) -> frozenset[str]:
    """Return the roles of the place that changed; whatever stands below a folder of tests belongs to a test."""
    roles = frozenset(fact.value for fact in change.standing if fact.kind == "role")
    return roles | {"test"} if any(map(_of_tests, change.pair.place.hops)) else roles


@lru_cache(maxsize=1 << 12)  # a file has many changes
def _of_tests(hop: str) -> bool:
    return TESTS.search(hop) is not None


def _net(changes: Iterable[Change]) -> Counter[tuple[str, str]]:
    """Return how often each thing came more often than it went."""
    net: Counter[tuple[str, str]] = Counter()
    for change in changes:
        for side, sign in ((change.gained, 1), (change.lost, -1)):
            for reading in side:
                thing = thing_of(reading.fact)
                if thing:
                    net[thing, _name(thing, reading.fact)] += sign
    return net


def thing_of(fact: Fact) -> str:
    """Return what a fact is of what makes a function, "" for all others."""
    if fact.kind in {"account", "option", "environment", "endpoint", "setting", "dependency"}:
        return fact.kind
    if fact.kind == "power" and fact.value in REACHING and not fact.trait("through"):
        if fact.value == "listen" and SERVES.search(fact.trait("call")):
            return ""
        return "listener" if fact.value == "listen" else "power"
    if fact.kind == "hook":
        return "" if fact.value.startswith(("deb ", "ci ", "import")) else "hook"
    return "message" if fact.kind == "comparison" and fact.trait("op") == "case" else ""


def _name(thing: str, fact: Fact) -> str:
    """Return the name by which a thing is counted: what is written otherwise but means the same has the same."""
    if thing == "setting":
        return fact.value.partition("=")[0]
    if thing == "dependency":
        return SEPARATORS.sub("-", fact.value).strip("-").lower()
    return fact.value


def _facts(change: Change, roles: frozenset[str], net: Counter[tuple[str, str]], outlook: Outlook) -> Iterator[Feature]:
    """Yield what the facts of one change say."""
    here = _net([change])
    for hunk in change.hunks:
        for reading, sign in (*((one, 1) for one in hunk.gained), *((one, -1) for one in hunk.lost)):
            thing = thing_of(reading.fact)
            if not thing or (sign < 0 and thing not in TAKEN):
                continue
            key = thing, _name(thing, reading.fact)
            if net[key] * sign <= 0 or here[key] * sign <= 0 or not _counts(thing, reading, change, roles, hunk):
                continue
            if sign < 0 or _fresh(thing, change, reading, outlook):
                yield _said(thing, reading, lost=sign < 0)


def _fresh(thing: str, change: Change, reading: Reading, outlook: Outlook) -> bool:
    """Tell whether a word stood nowhere in the old release; one too short to look up is as new as its count says."""
    if thing in UNASKED or len(reading.fact.value) < SHORTEST_LOOKED_UP:
        return True
    return outlook.newness(change, reading) == NEW_TO_RELEASE


def _counts(thing: str, reading: Reading, change: Change, roles: frozenset[str], hunk: Hunk) -> bool:
    """Tell whether a thing at this place is one of the release's own."""
    fact, at = reading.fact, reading.at
    part = change.pair.new or change.pair.old
    kind = part.kind if part else ""
    if thing == "dependency":
        return fact.trait("group") in {"", "runtime"} and not roles & {"test", "example", "ci"}
    if roles & ASIDE or not kind.startswith(("code/", "config/")):
        return thing == "account" and not roles & ASIDE and "$" not in fact.value
    if thing == "setting":
        stood = change.pair.old is not None and change.pair.new is not None
        safeguard = any(one.fact.kind == "flag" and one.at == at for one in (*hunk.gained, *hunk.lost))
        return stood and bool(roles & {"configuration", "startup"}) and "packaging" not in roles and not safeguard
    if thing == "endpoint":
        listed = LISTS.search(change.pair.place.path) or NAMESPACE.search(fact.value)
        return _reachable(fact, hunk) and "packaging" not in roles and not listed
    if thing == "environment":
        return VARIABLE.search(fact.value) is None
    if thing == "message":
        return fact.trait("type") == "constant" and MESSAGES.search(fact.value) is not None
    return thing not in {"power", "listener"} or (kind.startswith("code/") and fact.trait("by") != "name")


def _reachable(fact: Fact, hunk: Hunk) -> bool:
    """Tell whether something reaches an address: not a home page, a word in a message, a version number."""
    if fact.trait("in"):
        return False
    return fact.trait("type") not in ADDRESS or any(
        reading.fact.kind == "power" and reading.fact.value in NETWORK for reading in hunk.gained
    )


def _said(thing: str, reading: Reading, *, lost: bool = False) -> Feature:
    fact, at = reading.fact, reading.at
    if thing == "dependency":
        return Feature(thing, fact.value, at, "", lost)
    if thing in {"power", "listener"}:
        return Feature(thing, at.symbol or at.name, at, REACHING[fact.value], lost)
    return Feature(thing, _name(thing, fact), at, "", lost)


def _offers(offers: Iterable[Feature], roles: frozenset[str]) -> Iterator[Feature]:
    """Yield what is offered at a place where functions are the release's own."""
    if not roles & (ASIDE | MADE):
        yield from (offer for offer in offers if offer.thing != "file" or "packaging" not in roles)
