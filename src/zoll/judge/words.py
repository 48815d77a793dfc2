"""What a hunk says, in words that can be met again in other upgrades: what counted upgrades are counted by.

`+` stands before what a hunk gained, `-` before what it lost, `=` before what stands around it. Only words of a closed
vocabulary (docs/facts.md) are made: a name that a vendor chose is no word
(what parts of names say is counted apart: `judge.names`).

    +gate                     it gained a gate
    +gate literal->success    of this class
    +gate new to release      whose word stood nowhere in the old release (or component)
    +gate undeclared          that nothing else in the new release mentions (or declared: something does)
    +gate about:password      with this trait
    +2..3 facts               so many facts in all
    =circumstance small       a role, a place or a circumstance
    +gate, compiled           the same of a function of an executable, beside the plain word: what compilers make of
                              equal source has habits of its own
"""

from collections.abc import Iterable
from functools import lru_cache

from zoll.judge.scene import RANGES, Scene
from zoll.model import Fact

# Kinds whose values are of a closed vocabulary, at least up to the first `=`.
CLASSED = frozenset(
    (
        "algorithm",
        "altered",
        "assembled",
        "assignment",
        "brought",
        "copied",
        "degree",
        "dropped",
        "encoded",
        "gate",
        "guard",
        "handed",
        "lapse",
        "listed",
        "listening",
        "power",
        "return",
        "softened",
        "suppressed",
        "weaker",
        "widened",
    )
)
TELLING = (
    "about:",
    "op:",
    "type:",
    "effect:",
    "arg:",
    "strength:",
    "via:",
    "in:",
    "pinned:",
    "how:",
    "reads:",
    "among:",
)
# What runs, and when: only the first word of it is of a closed vocabulary (`ci`, `npm`, `systemd`, `docker`).
HEADED = {"hook": "", "command": "when"}
# Languages and formats say where plants of a corpus happen to stand, not what is hostile.
ASIDE = ("place language:", "place format:")
COMPILED = "=place compiled"
MORE = ", compiled"  # ends what a plain word says more there
LONGEST = 30
FAR = frozenset(("component", "release"))
STEPS = ((16, "16.."), (8, "8..15"), (4, "4..7"), (2, "2..3"), (1, "1"), (0, "0"))


def words_of(scene: Scene) -> tuple[str, ...]:
    """Return the words of a hunk, each once, in order."""
    return spelled(
        ((seen.reading.fact, RANGES[seen.newness], seen.mentions) for seen in scene.gained),
        (seen.reading.fact for seen in scene.lost),
        (f"{fact.kind} {fact.value}" for fact in scene.standing),
    )


def spelled(gained: Iterable[tuple[Fact, str, int]], lost: Iterable[Fact], standing: Iterable[str]) -> tuple[str, ...]:
    """Return the words of facts gained (with range and mentions, as a finding carries them), lost and standing."""
    found: set[str] = {f"={word}" for word in standing if not word.startswith(ASIDE)}
    came = went = 0
    for fact, new, mentions in gained:
        came += 1
        found.update(_gained(fact, new, min(mentions, 1)))
    for fact in lost:
        went += 1
        found.update(_lost(fact))
    found.add(f"+{_step(came)} facts")
    found.add(f"-{_step(went)} facts")
    if COMPILED in found:
        found.update([f"{word}{MORE}" for word in found])
    return tuple(sorted(found))


@lru_cache(maxsize=1 << 15)  # an upgrade says the same few things again and again
def _gained(fact: Fact, new: str, mentions: int) -> tuple[str, ...]:
    told = [f"+{fact.kind}", *_classed("+", fact)]
    if new in FAR:
        told.append(f"+{fact.kind} new to {new}")
    if mentions >= 0:
        told.append(f"+{fact.kind} {'declared' if mentions else 'undeclared'}")
    told += [f"+{fact.kind} {trait}" for trait in fact.traits if trait.startswith(TELLING)]
    return tuple(told)


@lru_cache(maxsize=1 << 15)
def _lost(fact: Fact) -> tuple[str, ...]:
    return (f"-{fact.kind}", *_classed("-", fact))


def _classed(sign: str, fact: Fact) -> tuple[str, ...]:
    if fact.kind in HEADED:
        said = fact.trait(HEADED[fact.kind]) if HEADED[fact.kind] else fact.value
        return (f"{sign}{fact.kind} {said.partition(' ')[0][:LONGEST]}",) if said else ()
    if fact.kind not in CLASSED:
        return ()
    return (f"{sign}{fact.kind} {fact.value.partition('=')[0][:LONGEST]}",)


def _step(number: int) -> str:
    return next(name for least, name in STEPS if number >= least)
