"""Copies of one version that stand in one release and are not alike: the functions in which they differ."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import structs

from zoll.components.finding import STRENGTH
from zoll.components.functions import MOST_NAMES, Row, hold
from zoll.components.naming import kind_of, normal
from zoll.model import Component, Copied, Part
from zoll.pipeline.copies import MOST_PARSED, Stocked, family_of, functions_of, sketched, within
from zoll.sandbox.pool import Pool

Read = Callable[[str], bytes]
Source = dict[str, Part]
Pair = tuple[Component, Component]  # the copy that others are held against, and another one


def compare_twins(sides: Sequence[Stocked], read: Read, pool: Pool) -> dict[str, dict[Component, Component]]:
    """Return by side the copies that differ from the best witnessed one of their version, with what differs.

    Only files that are not the same in both are looked into, and only source.
    """
    told = {side.side: list(_twins(side)) for side in sides if side.side != "source"}
    parts = {
        part.digest: part
        for pairs in told.values()
        for _, *some in pairs
        for source in some
        for part in source.values()
    }
    asked = within(sorted(parts.values(), key=lambda part: (part.size, part.digest)), MOST_PARSED)
    if not asked:
        return {}
    rows = sketched(functions_of(asked, read, pool), {part.digest: part.kind for part in asked}, read, pool)
    return {
        side: {
            two: held
            for (one, two), mine, theirs in pairs
            if (held := _held(one, two, side, mine, theirs, rows)) != two
        }
        for side, pairs in told.items()
    }


def _twins(side: Stocked) -> Iterator[tuple[Pair, Source, Source]]:
    """Yield pairs of copies with the source that only one of both has."""
    parts = {part.digest: part for part in side.parts if family_of(part)}
    groups: dict[tuple[str, str, str], list[Component]] = defaultdict(list)
    for one in side.components:
        if one.version and one.by != "lock" and one.at in side.contents:
            groups[kind_of(one), normal(one.name), one.version].append(one)
    for group in groups.values():
        first, *others = sorted(group, key=lambda one: (STRENGTH.index(one.by), -len(side.contents[one.at]), one.at))
        for other in others:
            mine, theirs = ({*side.contents[one.at].values()} & parts.keys() for one in (first, other))
            if mine & theirs and mine != theirs:
                left, right = ({digest: parts[digest] for digest in some} for some in (mine - theirs, theirs - mine))
                yield (first, other), left, right


def _held(
    one: Component, two: Component, side: str, mine: Source, theirs: Source, rows: Mapping[str, Sequence[Row]]
) -> Component:
    known, there = ([row for digest in sorted(some) for row in rows.get(digest, ())] for some in (mine, theirs))
    held = hold(known, there)
    if not held.altered and not held.more:  # one has less, or only the text outside of functions differs
        return two
    names = dict.fromkeys(there[number].called for number in (*(other for _, other in held.altered), *held.more))
    counts = (len(held.equal), len(held.altered), len(held.missing), len(held.more))
    return structs.replace(two, held=Copied(one.at, side, *counts, unlike=tuple(names)[:MOST_NAMES]))
