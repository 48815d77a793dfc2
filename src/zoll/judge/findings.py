"""From changes to ranked findings: one for each function, one for each hunk of anything else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Protocol

from msgspec import Struct

from zoll.judge.again import again_signals, places_of, reason_of
from zoll.judge.circumstances import Surroundings
from zoll.judge.counts import SIZE, Counts, Levels, Told, brought, shared, shipped, signals_of
from zoll.judge.expectation import expected, kind_of, level
from zoll.judge.leading import leading_signals
from zoll.judge.matching import speaking
from zoll.judge.names import names_of
from zoll.judge.oddness import Oddness
from zoll.judge.rest import rest_signals
from zoll.judge.rulebook import book
from zoll.judge.scene import RANGES, Scene, Seen
from zoll.judge.weighing import Fired, weigh
from zoll.judge.wording import plain
from zoll.judge.words import words_of
from zoll.model import Change, Declaration, Fact, Finding, Hunk, Place, Reading, Signal

# A function shows its strongest hunk; another one too when it has this many bits and this share of the strongest, what
# the size of the upgrade adds to all alike left out.
NOTABLE = 3.0
NEAR = 0.5


class Outlook(Protocol):
    """What the releases around a change say about the words of a reading."""

    def newness(self, change: Change, reading: Reading) -> int:
        """Return how far one must go to meet the reading's word in the old release (see `Seen`)."""

    def mentions(self, change: Change, reading: Reading) -> int:
        """Return how many other places of the new release mention the word, -1 when not looked up."""

    def noted(self, change: Change, hunk: Hunk) -> str:
        """Return `clear` or `vague` when the notes of this upgrade speak of what a hunk brings, else ""."""

    def declarations(self, change: Change, reading: Reading) -> Iterable[Declaration]:
        """Return the release's own words for the reading."""


class Judged(Struct):
    """One hunk with its scene, the rules that speak of it and what they weigh."""

    change: Change
    hunk: Hunk
    scene: Scene
    fired: Fired
    words: tuple[str, ...]
    names: tuple[str, ...]
    bits: float = 0.0
    signals: tuple[Signal, ...] = ()
    ordinal: int = 0


def judge(
    changes: Sequence[Change], outlook: Outlook, circumstances: Iterable[str] = (), learned: Counts | None = None
) -> tuple[Finding, ...]:
    """Return findings, strongest first; the order of `changes` does not matter.

    `circumstances` are words that hold of every change of the upgrade; `learned` are other counts than the shipped.
    """
    around = Surroundings(changes, circumstances)
    judged = [_look(change, hunk, outlook, around) for change in changes for hunk in change.hunks]
    counts = learned or shipped()
    size = brought(changes)
    _weigh(judged, size, counts)
    strongest = sorted(_strongest(judged), key=_order)
    _hold_against_rest(strongest, counts)
    _hold_against_like(strongest, counts)
    strongest.sort(key=_order)
    levels = counts.levels.of(
        kind_of([f"{fact.kind} {fact.value}" for fact in one.scene.standing] for one in strongest)
    )
    return tuple(_finding(one, rank, size, outlook, levels) for rank, one in enumerate(strongest, 1))


def _weigh(judged: Sequence[Judged], size: int, learned: Counts) -> None:
    """Give every hunk its bits and signals: what rules were judged to say, and what was counted."""
    counts = Counter(rule.id for one in judged for rule, _ in one.fired)
    oddness = Oddness(one.words for one in judged)
    for one in judged:
        _, signals = weigh(one.fired, counts, len(judged), book().caps)
        told = Told((*one.words, *one.names), oddness.of(one.words), size)
        leading = leading_signals(reason_of(signal.rule for signal in signals), learned)
        one.signals = (*(shared(signal, learned) for signal in signals), *signals_of(told, learned), *leading)
        one.bits = round(sum(signal.bits for signal in one.signals), 2)


def _hold_against_rest(strongest: Sequence[Judged], learned: Counts) -> None:
    """Add to every finding what the rest of the upgrade says; their order stays."""
    told = rest_signals([one.bits for one in strongest], learned)
    for one in strongest:
        one.signals = (*one.signals, *told)
        one.bits = round(one.bits + sum(signal.bits for signal in told), 2)


def _hold_against_like(strongest: Sequence[Judged], learned: Counts) -> None:
    """Add to each finding what it says that stronger ones stand out for the same reason or in the same function."""
    reasons = [reason_of(signal.rule for signal in one.signals) for one in strongest]
    functions = ["!/".join((*place.hops, place.symbol)) if place.symbol else "" for place in map(_place, strongest)]
    before = zip(places_of(reasons), places_of(functions), strict=True)
    for one, reason, (alike, beside) in zip(strongest, reasons, before, strict=True):
        told = again_signals(reason, alike, beside, learned)
        one.signals = (*one.signals, *told)
        one.bits = round(one.bits + sum(signal.bits for signal in told), 2)


def _look(change: Change, hunk: Hunk, outlook: Outlook, around: Surroundings) -> Judged:
    scene = Scene(
        tuple(_seen(change, reading, outlook) for reading in hunk.gained),
        tuple(Seen(reading) for reading in hunk.lost),
        (*change.standing, *around.circumstances(change, hunk), *_noted(outlook.noted(change, hunk))),
    )
    return Judged(change, hunk, scene, speaking(scene), words_of(scene), names_of(change.pair.place.symbol, scene))


def _noted(how: str) -> tuple[Fact, ...]:
    """Return the circumstance of being declared in the notes: `noted` clearly, `hinted` at vaguely."""
    words = {"clear": "noted", "vague": "hinted"}
    return (Fact("circumstance", words[how]),) if how else ()


def _seen(change: Change, reading: Reading, outlook: Outlook) -> Seen:
    return Seen(reading, outlook.newness(change, reading), outlook.mentions(change, reading))


def _strongest(judged: Iterable[Judged]) -> Iterable[Judged]:
    """Yield the strongest hunk of each function with those that come near it, and every hunk of other parts."""
    for (_, symbol, _), members in groupby(sorted(judged, key=_owner), key=_owner):
        hunks = sorted(members, key=_order)
        size = sum(signal.bits for signal in hunks[0].signals if signal.rule == SIZE)
        least = max(NOTABLE, (hunks[0].bits - size) * NEAR + size)
        yield hunks[0]
        for place, hunk in enumerate(hunks[1:], 1):
            hunk.ordinal = place if symbol else 0
            if not symbol or hunk.bits >= least:
                yield hunk


def _place(one: Judged) -> Place:
    return one.change.pair.place


def _owner(one: Judged) -> tuple[tuple[str, ...], str, bool]:
    place = _place(one)
    return place.hops, place.symbol, one.change.pair.new is None


def _order(one: Judged) -> tuple[float, tuple[str, ...], str, tuple[int, int], tuple[int, int]]:
    place = _place(one)
    return -one.bits, place.hops, place.symbol, one.hunk.new, one.hunk.old


def _finding(one: Judged, rank: int, hunks: int, outlook: Outlook, levels: Levels) -> Finding:
    expectation = expected(one.bits, hunks, levels)
    newness = {seen.reading: RANGES[seen.newness] for seen in one.scene.gained}
    mentions = {seen.reading: seen.mentions for seen in one.scene.gained}
    evidence = dict.fromkeys(reading for signal in one.signals for reading in signal.evidence)
    return Finding(
        id=_identity(one),
        rank=rank,
        bits=one.bits,
        expected=expectation,
        level=level(expectation),
        title=plain(one.change, one.hunk, one.signals, lambda r: newness.get(r, ""), lambda r: mentions.get(r, -1)),
        change=one.change,
        hunk=one.hunk,
        signals=one.signals,
        declared=tuple(words for reading in evidence for words in outlook.declarations(one.change, reading)),
        standing=tuple(dict.fromkeys(one.scene.standing)),
        seen=tuple((RANGES[seen.newness], seen.mentions) for seen in one.scene.gained),
    )


def _identity(one: Judged) -> str:
    """Places only: a verdict survives a re-run, and a line shift when the hunk belongs to a function."""
    place = one.change.pair.place
    within = one.ordinal if place.symbol else one.hunk.new + one.hunk.old
    return sha256(repr((place.hops, place.symbol, within)).encode()).hexdigest()[:16]
