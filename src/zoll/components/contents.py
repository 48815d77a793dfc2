"""What lies in each component's folder, so that copies can be held against each other."""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import sha256

from zoll.components.naming import named_after, normal
from zoll.components.tree import Hops, upward
from zoll.model import Component, Part, Place

WHOLE_RELEASE = frozenset(("package-database", "lock"))
SOURCE = (".c", ".h", ".cc", ".cpp", ".hpp")  # `sqlite3.c` belongs to the library that `sqlite3.h` tells of
Contents = dict[Place, dict[str, str]]


def contents_of(components: Iterable[Component], parts: Iterable[Part]) -> Contents:
    """Return digest by path below the component's place; each part belongs to the innermost component around it.

    Not for places that say nothing about a component's own bytes: a package database, a lock file, an executable
    that a library was linked into, or one that several components share.
    """
    components, parts = tuple(components), [part for part in parts if part.size]
    files = {part.place: part.kind.startswith("executable/") for part in parts}
    homes: dict[Hops, int] = {}
    for one in components:
        if one.by not in WHOLE_RELEASE and not one.at.start and _is_whole(one, files):
            homes[one.at.hops] = homes.get(one.at.hops, 0) + 1
    homes |= dict.fromkeys(rooms_of(components) & homes.keys(), 0)
    if not homes:
        return {}
    stems = {_stem(hops): hops for hops in homes if hops and hops[-1].endswith(SOURCE)}
    found: Contents = {Place(hops): {} for hops, times in homes.items() if times == 1}
    for part in parts:
        home = next((hops for hops in upward(part.place.hops) if hops in homes), None)
        if part.place.hops[-1].endswith(SOURCE):
            home = stems.get(_stem(part.place.hops), home)
        if home is not None and Place(home) in found:
            found[Place(home)][_relative(part.place.hops, home)] = part.digest
    return found


def rooms_of(components: Iterable[Component]) -> set[Hops]:
    """Return the folders that several components share: one without a folder of its own lies there among others."""
    components = list(components)
    inside = Counter(above for one in components for above in list(upward(one.at.hops))[1:2])
    return {
        one.at.hops
        for one in components
        if "/" in one.at.path and inside[one.at.hops] > 1 and not _alike(normal(one.at.name), normal(one.name))
    }


def _alike(one: str, other: str) -> bool:
    return one in other or other in one


def _is_whole(one: Component, files: Mapping[Place, bool]) -> bool:
    """Tell whether the place holds the component and nothing else: a folder, a bundled library, a file of its name."""
    executable = files.get(one.at)
    if executable is None:
        return True
    if one.by == "functions":
        return not executable  # inside an executable it is some functions among others
    return one.by == "files" if executable else named_after(one.at.name, one.name)


def digest_of(content: dict[str, str]) -> str:
    """Return one digest of names and bytes, "" of nothing."""
    if not content:
        return ""
    return sha256(
        "\n".join(f"{name} {digest}" for name, digest in sorted(content.items())).encode("utf-8", "replace")
    ).hexdigest()


def _stem(hops: Hops) -> Hops:
    return (*hops[:-1], hops[-1].rpartition(".")[0])


def _relative(hops: Hops, home: Hops) -> str:
    """Return the path of a place below another.

    >>> _relative(("a.jar", "x/y"), ("a.jar", "x")), _relative(("a",), ())
    ('y', 'a')
    """
    if not home:
        return "!/".join(hops)
    if hops[: len(home) - 1] == home[:-1] and not hops[len(home) - 1].startswith(home[-1]):
        return hops[-1].rpartition("/")[2]  # a file beside the one that tells the version
    rest = hops[len(home) :]
    first = hops[len(home) - 1][len(home[-1]) :].strip("/")
    return "!/".join((first, *rest) if first else rest)
