"""What kind of change a component went through: none, rebuild, maintenance, function, or a lowered security posture.

- none: nothing differs.
- rebuild: the same source; versions, time stamps, build ids and generated files differ, executables say the same.
- maintenance: what stood before is done otherwise; nothing is newly offered, understood or reached.
- function: something is (`judge.reasons`): options, settings, endpoints, functions for others, files of code.
- posture: the security posture is lowered (`judge.posture`); it outranks the others, which the evidence names too.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from msgspec import Struct

from zoll.judge.posture import LEVELS, lowered
from zoll.judge.reasons import ASIDE, MADE, ORDER, PLURAL, WORDS, rank, roles_of, words
from zoll.model import Change, ChangeClass, Feature, Finding, Pair, Place

MOST = 12
# Noise that a build leaves; other noise (comments, white space, order) comes from other source.
OF_BUILDS = frozenset(("version", "time", "build", "line-ends", "empty"))
# Files that list the others or say what the package is; the dependencies that they name are looked at by themselves.
METADATA = (
    ".dist-info/RECORD",
    ".dist-info/WHEEL",
    ".dist-info/METADATA",
    ".egg-info/SOURCES.txt",
    ".egg-info/PKG-INFO",
    "/md5sums",
    "/sha256sums",
    "DEBIAN/control",
    "META-INF/MANIFEST.MF",
)
STAMPED = frozenset(("document/changelog",))
Evidence = tuple[tuple[str, Place], ...]


class Numbers(Struct, frozen=True):
    """The version before and after, "" where nobody says, and what the step suggests."""

    old: str = ""
    new: str = ""
    suggested: str = ""


class Spoken(Struct, frozen=True):
    """How many sentences an executable says anew, how many no longer, and the options and addresses among its words."""

    came: int = 0
    went: int = 0
    features: tuple[Feature, ...] = ()

    @property
    def same(self) -> bool:
        """Tell whether it says the same as before."""
        return not self.came and not self.went and not self.features


class Found(Struct, frozen=True):
    """All that an upgrade's class follows from.

    `features` stand beside `changes`; `pairs` are the files that differ, `noise` explains all that differs in some of
    them; `executables` tells of some pairs of executables what they newly say.
    """

    changes: Sequence[Change]
    features: Sequence[tuple[Feature, ...]]
    pairs: Sequence[Pair]
    findings: Sequence[Finding] = ()
    noise: Mapping[tuple[str, ...], str] = {}
    executables: Mapping[tuple[str, ...], Spoken] = {}
    acting: Container[tuple[str, ...]] = ()

    def says_the_same(self, pair: Pair) -> bool:
        """Tell whether a pair is one of executables that differ in bytes, say the same and do the same."""
        told = self.executables.get(pair.place.hops)
        return told is not None and told.same and pair.place.hops not in self.acting


def natures(
    found: Found, home: Callable[[tuple[str, ...]], str], numbers: Mapping[str, Numbers]
) -> tuple[ChangeClass, ...]:
    """Return the class of the whole (component "") and then of each component that changed, by name.

    `home` names the component of a place, "" for none; `numbers` are the versions of components and, under "", of all.
    """
    whole = _class("", found, numbers.get("", Numbers()))
    shares = _shares(found, home)
    told = [_class(name, shares[name], numbers.get(name, Numbers())) for name in sorted(shares)]
    return (whole, *told) if len(told) > 1 else (whole,)


def _shares(found: Found, home: Callable[[tuple[str, ...]], str]) -> dict[str, Found]:
    """Return what belongs to each component in which files differ."""
    pairs: dict[str, list[Pair]] = defaultdict(list)
    chosen: dict[str, list[int]] = defaultdict(list)
    findings: dict[str, list[Finding]] = defaultdict(list)
    for pair in found.pairs:
        pairs[home(pair.place.hops)].append(pair)
    for number, change in enumerate(found.changes):
        chosen[home(change.pair.place.hops)].append(number)
    for finding in found.findings:
        findings[home(finding.change.pair.place.hops)].append(finding)
    return {
        name: Found(
            [found.changes[number] for number in chosen[name]],
            [found.features[number] for number in chosen[name]],
            pairs[name],
            findings[name],
            found.noise,
            found.executables,
        )
        for name in sorted(pairs)
        if name
    }


def _class(name: str, found: Found, numbers: Numbers) -> ChangeClass:
    spoken = (found.executables[pair.place.hops] for pair in found.pairs if pair.place.hops in found.executables)
    told = (*found.features, *(one.features for one in spoken))
    features = sorted({feature for some in told for feature in some}, key=rank)
    distinct = list({(one.thing, one.name, one.more, one.lost): one for one in reversed(features)}.values())[::-1]
    kind, evidence = _underlying(found, distinct, numbers)
    unseen = _unseen(found.changes)
    evidence = (*evidence[:1], *unseen, *evidence[1:])
    lower = lowered(found.changes, found.findings, distinct)
    if lower:
        apart = (f"apart from that: {kind}" + (f", {evidence[0][0]}" if evidence else ""), Place())
        summary = (f"{_counted(len(lower), 'place')} where the security posture is lowered", Place())
        kind, evidence = "posture", (summary, *lower[: MOST - 2], apart)
    elif read := [finding for finding in found.findings if finding.level in LEVELS]:
        asks = f"{_counted(len(read), 'finding')} of this change should be read: the class does not judge them"
        evidence = (*evidence[:1], (asks, read[0].change.pair.place), *evidence[1:])
    return ChangeClass(
        component=name,
        kind=kind,
        suggested=numbers.suggested,
        old_version=numbers.old,
        new_version=numbers.new,
        evidence=evidence[:MOST],
        features=() if name else tuple(distinct),
    )


def _unseen(changes: Iterable[Change]) -> Evidence:
    """Return the caveat where changed parts could not be seen: what they bring is in no class."""
    places = [change.pair.place for change in changes if any(one.fact.kind == "gap" for one in change.gained)]
    if not places:
        return ()
    return ((f"{_counted(len(places), 'part')} that changed could not be seen and may bring more", places[0]),)


def _underlying(found: Found, features: Sequence[Feature], numbers: Numbers) -> tuple[str, Evidence]:
    """Return the class apart from the security posture, with its evidence."""
    if features:
        return "function", ((counted(features), Place()), *((words(one), one.at) for one in features[: MOST - 1]))
    if not found.pairs:
        return "none", ()
    functions, files = _substance(found)
    dependencies = _moved_dependencies(found.changes, numbers)
    if functions or files or dependencies:
        return "maintenance", _maintained(functions, files, dependencies, found.executables)
    others = Counter(found.noise.get(pair.place.hops, "") for pair in found.pairs)
    reworded = sum(number for kind, number in others.items() if kind and kind not in OF_BUILDS)
    beside = sum(_is_beside(pair, found) for pair in found.pairs)
    if reworded or beside:
        return "maintenance", ((_only_beside(reworded, beside), Place()),)
    return "rebuild", ((_same_source(found), Place()),)


def counted(features: Iterable[Feature]) -> str:
    """Return how many of each kind came and went, in words."""
    came, went = (Counter(one.thing for one in features if one.lost == lost) for lost in (False, True))
    parts = []
    for counts, verb in ((came, "gained"), (went, "lost")):
        things = [_counted(counts[thing], WORDS[thing][0]) for thing in ORDER if counts[thing]]
        parts += [f"{', '.join(things)} {verb}"] if things else []
    return "; ".join(parts)


def _counted(number: int, thing: str) -> str:
    return f"{number:,} {thing if number == 1 else PLURAL.get(thing, thing + 's')}"


def _substance(found: Found) -> tuple[list[Change], list[Pair]]:
    """Return the changes of functions and the files that differ in more than stamps, documents and tests."""
    roles = _roles(found)
    files = [
        pair
        for pair in found.pairs
        if pair.place.hops not in found.noise
        and not roles[pair.place.hops] & (ASIDE - {"build", "data"} | MADE)
        and not _kind(pair).startswith(("document/", "container/"))
        and not found.says_the_same(pair)
        and not _is_metadata(pair)
    ]
    there = {pair.place.hops for pair in files}
    functions = [change for change in found.changes if change.pair.place.symbol and change.pair.place.hops in there]
    return functions, files


def _roles(found: Found) -> defaultdict[tuple[str, ...], frozenset[str]]:
    roles: defaultdict[tuple[str, ...], frozenset[str]] = defaultdict(frozenset)
    for change in found.changes:
        roles[change.pair.place.hops] |= roles_of(change)
    return roles


def _kind(pair: Pair) -> str:
    part = pair.new or pair.old
    return part.kind if part else ""


def _is_metadata(pair: Pair) -> bool:
    """Tell whether a file only lists the others or says what the package is."""
    path = pair.place.hops[-1] if pair.place.hops else ""
    return path.endswith(METADATA)


def _maintained(
    functions: Sequence[Change],
    files: Sequence[Pair],
    dependencies: Sequence[tuple[str, Place]],
    executables: Mapping[tuple[str, ...], Spoken],
) -> Evidence:
    """Return what was done otherwise: how much, and the functions first."""
    summary = f"{_counted(len(files), 'file')} changed, nothing newly offered, understood or reached"
    if functions:
        inside = len({change.pair.place.hops for change in functions})
        summary = (
            f"{_counted(len(functions), 'function')} in {_counted(inside, 'file')} changed, "
            + summary.partition(", ")[2]
        )
    largest = sorted(functions, key=lambda change: (-len(change.hunks), change.pair.place))
    shown: list[tuple[str, Place]] = [
        (f"{change.pair.place.symbol} {_did(change)}", change.pair.place) for change in largest
    ]
    named = {change.pair.place.hops for change in functions} | {at.hops for _, at in dependencies}
    shown += [
        (f"{pair.place.name} {_became(pair, executables.get(pair.place.hops))}", pair.place)
        for pair in files
        if pair.place.hops not in named
    ]
    return ((summary, Place()), *[*dependencies, *shown][: MOST - 1])


def _moved_dependencies(changes: Iterable[Change], numbers: Numbers) -> list[tuple[str, Place]]:
    """Return the dependencies that stand on both sides in different versions, unless they only follow the release's."""
    told = {}
    for change in changes:
        before = {one.fact.value: one.fact.trait("version") for one in change.lost if one.fact.kind == "dependency"}
        for reading in change.gained:
            old, new = before.get(reading.fact.value, ""), reading.fact.trait("version")
            follows = numbers.old and old.replace(numbers.old, "") == new.replace(numbers.new, "")
            if reading.fact.kind == "dependency" and old and new and old != new and not follows:
                told[reading.fact.value] = (
                    f"the dependency {reading.fact.value} moves from {old} to {new}",
                    reading.at,
                )
    return [told[name] for name in sorted(told)]


def _did(change: Change) -> str:
    if change.pair.old is None:
        return "is a new function of its own"
    return "is gone" if change.pair.new is None else f"changed in {_counted(len(change.hunks), 'place')}"


def _became(pair: Pair, spoken: Spoken | None) -> str:
    if spoken is not None:
        return f"says {_counted(spoken.came, 'sentence')} anew and {spoken.went:,} no longer"
    return "is new" if pair.old is None else "is gone" if pair.new is None else "differs"


def _is_beside(pair: Pair, found: Found) -> bool:
    return (
        pair.place.hops not in found.noise
        and not _is_metadata(pair)
        and _kind(pair) not in STAMPED
        and not found.says_the_same(pair)
        and not _kind(pair).startswith("container/")
    )


def _only_beside(reworded: int, beside: int) -> str:
    said = [f"{_counted(beside, 'file')} of documents, tests and generated text"] if beside else []
    said += [f"the wording, not the sense, of {_counted(reworded, 'file')}"] if reworded else []
    return "no code does anything otherwise; what differs: " + ", ".join(said)


def _same_source(found: Found) -> str:
    same = sum(map(found.says_the_same, found.pairs))
    rest = len(found.pairs) - same
    said = [f"versions, time stamps and build ids alone in {_counted(rest, 'file')}"] if rest else []
    said += [f"bytes, but neither words nor functions, in {_counted(same, 'executable')}"] if same else []
    return "nothing says that the source changed; what differs: " + ", ".join(said)


def disputes(numbers: Numbers, features: Iterable[Feature]) -> bool:
    """Tell whether the number speaks of fixes alone while something new came in."""
    return numbers.suggested in {"none", "rebuild", "maintenance"} and any(not one.lost for one in features)
