"""Copies that no name and no version tells: folders of source that stand twice, by the files that they share.

Only digests and names are held against each other, so no bytes are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from msgspec import structs

from zoll.components.naming import made
from zoll.components.tree import Hops, upward
from zoll.model import Component, Part, Place

SMALLEST = 1_000  # bytes: shorter files are alike by chance
FEWEST = 3  # shared files that make a copy
SHARE = 0.5  # of the smaller folder's files
MOST_FOLDERS = 12  # a file that stands in more is a template, not a library
Files = dict[str, str]


def copied(parts: Iterable[Part], components: Iterable[Component]) -> tuple[Component, ...]:
    """Return folders that share at least three files, and half of the smaller one's, with another folder.

    One that shares them with a known component is a copy of that; two unknown ones bear their own names. `copy`: full,
    partial (one has more files), modified (some differ).
    """
    known = {one.at.hops: one for one in components if one.by != "lock" and not one.at.start and one.at.hops}
    folders = _folders(parts)
    found: dict[Hops, Component] = {}
    for pair in sorted(_meeting(folders)):
        owners = [_owner(hops, known) for hops in pair]
        copy = "" if all(owners) else _copy(*(folders[hops] for hops in pair))
        for hops, owner, other in zip(pair, owners, reversed(owners), strict=True):
            if copy and not owner:
                found.setdefault(hops, _named(hops, other, copy))
    return tuple(sorted(found.values()))


def _owner(hops: Hops, known: Mapping[Hops, Component]) -> Component | None:
    return next((known[above] for above in upward(hops) if above in known), None)


def _named(hops: Hops, other: Component | None, copy: str) -> Component:
    at = Place(hops)
    if other:
        return structs.replace(other, at=at, by="files", copy=copy)
    return made("generic", hops[-1].rsplit("/", 1)[-1], "", at, "files", copy=copy)


def _folders(parts: Iterable[Part]) -> dict[Hops, Files]:
    """Return digest by name of the source files directly in each folder."""
    folders: dict[Hops, Files] = defaultdict(dict)
    for part in parts:
        if part.kind.startswith("code/") and part.kind != "code/shell" and part.size >= SMALLEST:
            _, around, *_ = upward(part.place.hops)
            if around:
                folders[around][part.place.name] = part.digest
    return {hops: files for hops, files in folders.items() if len(files) >= FEWEST}


def _meeting(folders: Mapping[Hops, Files]) -> Iterator[tuple[Hops, Hops]]:
    """Yield the pairs of folders that share enough files."""
    homes: dict[str, list[Hops]] = defaultdict(list)
    for hops in sorted(folders):
        for digest in set(folders[hops].values()):
            homes[digest].append(hops)
    shared: dict[tuple[Hops, Hops], int] = defaultdict(int)
    for places in homes.values():
        if 1 < len(places) <= MOST_FOLDERS:
            for pair in combinations(places, 2):
                shared[pair] += 1
    yield from (pair for pair, times in shared.items() if times >= FEWEST)


def _copy(one: Files, other: Files) -> str:
    same = sum(other.get(name) == digest for name, digest in one.items())
    if same < FEWEST or same < SHARE * min(len(one), len(other)):
        return ""
    if same == len(one) == len(other):
        return "full"
    return "partial" if same == len(one.keys() & other.keys()) else "modified"
