"""What a hunk does and nothing besides: it refuses more, it logs more, it words a message otherwise.

Each takes the whole hunk: one fact of another kind beside it, and none of them is said.
"""

import re
from collections.abc import Iterable, Iterator

from rapidfuzz import fuzz

from zoll.model import Fact, Hunk

# What says nothing by itself of what happens.
_NEUTRAL = frozenset(("among", "call", "comparison", "guard", "statement"))
_WORDS = frozenset(("sentence", "format", "word", "option"))
_REFUSES = frozenset(("failure", "log", "exit"))
_INSERTED = ("inserted.", "deleted.other")
_LEAVES = frozenset(("inserted.return", "inserted.throw", "inserted.jump"))
_SAYS = frozenset(("inserted.call", "inserted.other"))
_NO = "no"
_MESSAGES = frozenset(("call.literal", "return.literal", "throw.literal", "assign.literal", "declare.literal"))
_LOGGER = re.compile(
    r"(?i)(?:\w{1,30}\.){0,3}(?:_|\w{0,8}_)?(?:log|logger|logging|console|[sz]log)\."
    r"(?:debug|info|warn|warning|error|trace|log|notice)[fw]?"
)
_MOST = 6  # texts that a hunk words otherwise
_NEAR = 60.0  # of a hundred: how like its old words a message is


def manners(hunk: Hunk) -> Iterator[str]:
    """Yield the circumstances `refuses`, `logs` and `reworded` of one hunk."""
    gained, lost = ([reading.fact for reading in side] for side in (hunk.gained, hunk.lost))
    if not gained:
        return
    if _reworded(gained, lost):
        yield "reworded"
    if not lost and _only_logs(gained):
        yield "logs"
    if _only_stricter(gained, lost):
        yield "refuses"
        return
    effects = {_effect(fact) for fact in gained if fact.kind == "gate"}
    if not effects or effects - _REFUSES or not _adds(gained, lost):
        return
    came = {fact.value for fact in gained if fact.kind == "altered"}
    if came.isdisjoint(_LEAVES if "failure" in effects else _SAYS):  # it stood there, and a condition came before it
        return
    yield "refuses" if "failure" in effects else "logs" if effects == {"log"} else "refuses"


def _only_stricter(gained: list[Fact], lost: list[Fact]) -> bool:
    """Say whether conditions that refuse alone were altered, each to refuse more than it did."""
    altered = [fact for fact in gained if fact.kind == "altered"]
    if not altered or not all("how:stricter" in fact.traits for fact in altered):
        return False
    return all(fact.kind in {"altered", *_NEUTRAL} or _effect(fact) in _REFUSES for fact in (*gained, *lost))


def _only_logs(gained: list[Fact]) -> bool:
    """Say whether nothing but lines for the log came, each a call of what is named after it."""
    calls = [fact for fact in gained if fact.kind == "call"]
    others = [fact for fact in gained if fact.kind != "call"]
    if not calls or not all(_LOGGER.fullmatch(fact.value) for fact in calls):
        return False
    return all(
        fact.value == "inserted.call"
        if fact.kind == "altered"
        else fact.kind == "statement" or (fact.kind == "string" and fact.trait("shape") in {"sentence", "format"})
        for fact in others
    )


def _effect(gate: Fact) -> str:
    return gate.value.partition("->")[2]


def _adds(gained: Iterable[Fact], lost: Iterable[Fact]) -> bool:
    """Say whether a hunk only adds, and what it gives back where it leaves is no success."""
    return all(_plain(fact) for fact in gained) and not any(fact.kind in {"gate", "guard", "power"} for fact in lost)


def _plain(fact: Fact) -> bool:
    if fact.kind == "altered":
        return fact.value.startswith(_INSERTED)
    if fact.kind == "return":
        return fact.trait("success") == _NO
    if fact.kind == "string":  # a recipient or a path is more than words
        return fact.trait("shape") in _WORDS
    return fact.kind in _NEUTRAL or fact.kind == "gate"


def _reworded(gained: list[Fact], lost: list[Fact]) -> bool:
    """Say whether all that changed are the words of sentences, which stay much the same."""
    texts = [[fact.value for fact in side if fact.kind == "string"] for side in (gained, lost)]
    if not 0 < len(texts[0]) == len(texts[1]) <= _MOST:
        return False
    if any(fact.kind == "string" and fact.trait("shape") not in {"sentence", "format"} for fact in (*gained, *lost)):
        return False
    if any(fact.kind != "string" and (fact.kind != "altered" or fact.value not in _MESSAGES) for fact in gained):
        return False
    return all(fact.kind == "string" for fact in lost) and all(
        max(fuzz.ratio(new, old) for old in texts[1]) >= _NEAR for new in texts[0]
    )
