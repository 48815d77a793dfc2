"""What became of each component from the old release to the new one."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct, structs

from zoll.components.contents import Contents, digest_of
from zoll.components.naming import kind_of, normal
from zoll.components.ordering import order
from zoll.model import Component, ComponentChange

NUMBERS = re.compile(r"\d+(?:[._]\d+)+[\w.+~-]*")
ORDER = ("downgraded", "modified", "added", "removed", "updated", "same")


class Stock(Struct, frozen=True):
    """One side: its components, and what lies in their folders."""

    components: tuple[Component, ...] = ()
    contents: Contents = {}


def delta(old: Stock, new: Stock) -> tuple[ComponentChange, ...]:
    """Return each component with what became of it; what needs a look first."""
    before, after = _by_name(old.components), _by_name(new.components)
    changes = [
        _change(one, other, old, new)
        for key in sorted({*before, *after})
        for one, other in _pairs(before.get(key, []), after.get(key, []))
    ]
    return tuple(sorted(changes, key=_rank))


def own_of(changes: Iterable[ComponentChange], release: str) -> ComponentChange | None:
    """Return what became of the component that the release itself is, None where that cannot be said.

    It stands at the root or in a first folder, alone; or its name begins that of the release, as of no other there.
    """
    first = [change for change in changes if change.new and _is_first(change.new)]
    if len(first) == 1:
        return first[0]
    wanted = normal(release)
    named = [(change, normal(re.split(r"[/:]", change.new.name)[-1])) for change in first if change.new]
    fitting = [(len(name), change) for change, name in named if name and f"{wanted}-".startswith(f"{name}-")]
    longest = max((length for length, _ in fitting), default=0)
    best = [change for length, change in fitting if length == longest]
    return best[0] if len(best) == 1 else None


def _is_first(one: Component) -> bool:
    whole = not one.at.hops or (len(one.at.hops) == 1 and "/" not in one.at.hops[0])
    return whole and not one.at.start and one.by in {"metadata", "package-database"}


def copies(changes: Iterable[ComponentChange]) -> dict[str, list[Component]]:
    """Return the components of the new release that stand there more than once, by name."""
    by_name: dict[str, list[Component]] = defaultdict(list)
    for change in changes:
        if change.new and change.new.by != "lock":
            by_name[normal(change.new.name)].append(change.new)
    return {name: sorted(found) for name, found in sorted(by_name.items()) if len(found) > 1}


def _rank(change: ComponentChange) -> tuple[int, Component]:
    side = change.new or change.old
    assert side is not None
    return ORDER.index(change.how), side


def _by_name(components: Iterable[Component]) -> dict[tuple[str, str], list[Component]]:
    found: dict[tuple[str, str], list[Component]] = defaultdict(list)
    for one in sorted(components):
        found[kind_of(one), normal(one.name)].append(one)
    return found


def _pairs(old: list[Component], new: list[Component]) -> Iterator[tuple[Component | None, Component | None]]:
    """Pair copies at the same place, then of the same version, then in order of their versions."""
    for trait in (_place, _version):
        waiting = defaultdict(list)
        for one in old:
            waiting[trait(one)].append(one)
        left = []
        for other in new:
            if waiting[trait(other)]:
                yield waiting[trait(other)].pop(0), other
            else:
                left.append(other)
        old, new = [one for same in waiting.values() for one in same], left
    both = min(len(old), len(new))
    yield from zip(old[:both], new[:both], strict=True)
    yield from ((one, None) for one in old[both:])
    yield from ((None, other) for other in new[both:])


def _place(one: Component) -> str:
    return NUMBERS.sub("", "!/".join(one.at.hops)) + ("" if one.at.start == 0 else "#")


def _version(one: Component) -> str:
    return one.version


def _change(one: Component | None, other: Component | None, old: Stock, new: Stock) -> ComponentChange:
    if one is None or other is None:
        return ComponentChange(one, other, "removed" if one else "added")
    if one.version != other.version:
        later = order(one.version, other.version)
        return ComponentChange(one, other, "downgraded" if later < 0 and not _vaguer(one, other) else "updated")
    if one.held.code and other.held.code:
        return ComponentChange(one, other, _compiled(one, other))
    before, after = old.contents.get(one.at, {}), new.contents.get(other.at, {})
    if other.by == "functions" and digest_of(before) != digest_of(after):  # files may be named and cut otherwise
        return ComponentChange(one, other, "same" if other.copy == "full" and one.by != "functions" else "modified")
    if not before or not after or digest_of(before) == digest_of(after):
        return ComponentChange(one, other, "same")
    copy = "partial" if after.items() <= before.items() else "full" if before.items() <= after.items() else "modified"
    copy = "modified" if other.copy == "modified" else copy
    if other.by == "files" and list(after) == [""]:
        copy = ""  # a compiled library: its bytes are others after every build
    return ComponentChange(one, structs.replace(other, copy=copy), "modified")


def _compiled(one: Component, other: Component) -> str:
    """Return what became of a copy inside an executable: its functions count, not the executable's bytes.

    One that is still what the library beside it is has followed that.
    """
    if one.held.code == other.held.code:
        return "same"
    followed = not one.held.altered and not other.held.altered and one.held.side != other.held.side
    return "updated" if followed else "modified"


def _vaguer(one: Component, other: Component) -> bool:
    """Tell whether the new version says less than the old one: 1.0.9, then 1, or nothing."""
    return not one.version or not other.version or one.version.startswith(other.version + ".")
