"""How each gained option, variable, address or literal is declared: by notes, by other text, vaguely, not at all."""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from zoll.declared.descriptions import is_route
from zoll.declared.mention import Said, parts_of
from zoll.declared.words import BUILT, word_of
from zoll.model import Change, Declaration, Declaring, Fact, Hunk, Place, Reading

# What a user could want to be told: what opens a way in or out, or decides.
KINDS = frozenset(
    {"option", "environment", "endpoint", "comparison", "account", "dependency", "command", "hook", "registry", "image"}
)
NAMING = frozenset({"path", "header"})  # shapes of texts that name something outside the program
DECIDING = frozenset({"string", "regex"})
SHORTEST = 3
NAME = re.compile(r"[A-Za-z_$][\w$]*(?:-\w+)*")
# A word in more files than this stands there by chance.
COMMON = 20
# What speaks to people declares and need not be declared; what only builds or tests, or a machine wrote, comes last.
SPEAKING = frozenset({"documentation", "translation"})
ASIDE = frozenset({"test", "example", "generated", "vendored", "minified", "build", "ci"})
SAID = frozenset({"sentence", "metadata", "comment"})  # an address that stands in a text to people
NOWHERE = 4  # the newness of what the old release never said


class Mentions(Protocol):
    """What the release's other text says of a reading's word; see `declared.index.Index`."""

    def mentions(self, change: Change, reading: Reading) -> int:
        """Return how many other places mention it, -1 when it was not looked up."""

    def newness(self, change: Change, reading: Reading) -> int:
        """Return how far one must go to meet it in the old release, 4 for nowhere."""

    def declarations(self, change: Change, reading: Reading) -> Iterable[Declaration]:
        """Return the release's own words for it."""


def declare(changes: Iterable[Change], mentions: Mentions, said: Said) -> tuple[Declaring, ...]:
    """Return each thing that is new to the release once, with how it is declared; tests and the like come last."""
    found: dict[tuple[str, str], Declaring] = {}
    for change in sorted(changes, key=_aside):
        for reading in () if _speaks(change) else change.gained:
            word = word_of(reading.fact)
            key = (reading.fact.kind, word)
            if key not in found and _asked(reading.fact, word) and mentions.newness(change, reading) >= NOWHERE:
                found[key] = _declaring(change, reading, word, mentions, said)
    return tuple(found.values())


def _aside(change: Change) -> tuple[bool, Place]:
    roles = {fact.value for fact in change.standing if fact.kind == "role"}
    return not ASIDE.isdisjoint(roles), change.pair.place


def _speaks(change: Change) -> bool:
    """Say whether what changed is itself a text to people."""
    return any(fact.kind == "role" and fact.value in SPEAKING for fact in change.standing)


def _asked(fact: Fact, word: str) -> bool:
    if fact.kind == "string":
        return bool(word) and (fact.trait("shape") in NAMING or is_route(fact.value))
    if not word or fact.kind not in KINDS or fact.value == BUILT or fact.trait("in") in SAID:
        return False
    return fact.kind != "comparison" or fact.trait("type") in DECIDING


def _declaring(change: Change, reading: Reading, word: str, mentions: Mentions, said: Said) -> Declaring:
    how, note = said.find(word)
    by = (Declaration(reading.fact, note.words[:300], note.at),) if note else ()
    if how == "clear":
        return Declaring(reading.fact, reading.at, "fresh", by)
    if reading.fact.trait("help"):
        return Declaring(reading.fact, reading.at, "standing", (Declaration(reading.fact, reading.words, reading.at),))
    count = mentions.mentions(change, reading)
    spoken = tuple(mentions.declarations(change, reading))
    if 0 < count <= COMMON and spoken:
        return Declaring(reading.fact, reading.at, "standing", spoken)
    if how or count:
        return Declaring(reading.fact, reading.at, "vague", by or spoken)
    return Declaring(reading.fact, reading.at, "undeclared")


def again(one: Declaring, said: Said) -> Declaring:
    """Return an undeclared thing as vague if other texts speak of it in words like its own."""
    _, note = said.find(word_of(one.fact)) if one.how == "undeclared" else ("", None)
    if note is None:
        return one
    return Declaring(one.fact, one.at, "vague", (Declaration(one.fact, note.words[:300], note.at),))


def noted(change: Change, hunk: Hunk, said: Said) -> str:
    """Return `clear` or `vague` when the notes speak of what a hunk brings, else ""."""
    if not said.notes:
        return ""
    found = {said.find(word)[0] for word in _brought(change, hunk)}
    if "clear" in found or any(said.find(word)[0] == "clear" for word in _used(hunk)):
        return "clear"
    # Who speaks of the place that was changed need not speak of what was done there.
    return "vague" if "vague" in found or any(said.find(word)[0] for word in (_function(change), _file(change))) else ""


def _brought(change: Change, hunk: Hunk) -> Iterator[str]:
    """Yield the names of what a hunk gained, and that of a function that is new."""
    if change.pair.old is None:
        yield _function(change)
        yield _file(change) if change.pair.by == "added" else ""
    for reading in hunk.gained:
        if reading.fact.kind in KINDS or reading.fact.kind in {"gate", "setting"}:
            yield word_of(reading.fact)


def _used(hunk: Hunk) -> Iterator[str]:
    """Yield the names of several parts that are new in the changed lines."""
    for word in set(NAME.findall(hunk.after)).difference(NAME.findall(hunk.before)):
        if len(parts_of(word)) > 1:
            yield word


def _function(change: Change) -> str:
    last = change.pair.place.symbol.rsplit(".", 1)[-1]
    return last if len(last) > SHORTEST and "<" not in last else ""


def _file(change: Change) -> str:
    """Return a file's name (`mod_tls: fixed a leak`); one of a single part is often that of the whole program."""
    stem = change.pair.place.name.split(".", 1)[0]
    return stem if len(parts_of(stem)) > 1 else ""
