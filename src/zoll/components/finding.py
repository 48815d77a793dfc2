"""The components of one release: what every plug-in finds, put together."""

from collections.abc import Callable, Iterable, Iterator

from msgspec import structs

from zoll.catalogue import plugins
from zoll.components.naming import normal
from zoll.components.ordering import plain
from zoll.components.tree import Tree, upward
from zoll.errors import CannotRead
from zoll.model import Component, Part, Place

LARGEST = 256_000_000
STRENGTH = ("package-database", "metadata", "version-string", "files", "functions", "lock")
Key = tuple[str, str]


def components_of(parts: Iterable[Part], read: Callable[[str], bytes]) -> tuple[Component, ...]:
    """Return the components of a release, sorted by name; `read` gives the bytes of a digest.

    For bytes that nobody trusts, `pipeline.components` calls `found_in` in workers instead.
    """
    parts = tuple(parts)
    return settled((one for part in parts if wanted(part) for one in _attempt(part, read)), parts)


def wanted(part: Part) -> bool:
    """Tell by name, kind and size whether any plug-in would read the part."""
    if not 0 < part.size <= LARGEST or not part.place.hops:
        return False
    return any(plugin.wants(part) for plugin in plugins("zoll.components").values())


def found_in(part: Part, data: bytes) -> Iterator[Component]:
    """Yield what the plug-ins find in one part."""
    for plugin in plugins("zoll.components").values():
        if plugin.wants(part):
            yield from plugin.find(part, data)


def settled(found: Iterable[Component], parts: Iterable[Part]) -> tuple[Component, ...]:
    """Return the components at places that are there, each copy once, by its best witness."""
    tree = Tree(parts)
    placed = [structs.replace(one, at=_settled(one.at, tree)) for one in found if one.name]
    best: dict[tuple[Key, Place], Component] = {}
    for one in sorted(placed, key=_worth):
        best.setdefault((_key(one), one.at), one)
    there = {_key(one) for one in best.values() if one.by != "lock"}
    kept = (one for one in best.values() if one.by != "lock" or _key(one) not in there)
    return tuple(sorted(one for one in _said_best(kept) if not _within_another(one, best)))


def _said_best(components: Iterable[Component]) -> list[Component]:
    """Leave out what says less of the same file: a manifest beside a pom, a file's name beside its own words."""
    components = list(components)
    poms = {(one.at, plain(one.version)) for one in components if one.purl.startswith("pkg:maven/") and ":" in one.name}
    words = {one.at for one in components if one.by != "files"}
    named = {(one.at, normal(one.name)) for one in components if one.version}
    return [
        one
        for one in components
        if not (one.purl.startswith("pkg:maven/") and ":" not in one.name and (one.at, plain(one.version)) in poms)
        and not (one.by == "files" and one.purl.startswith("pkg:generic/") and one.at in words)
        and (one.version or (one.at, normal(one.name)) not in named)
    ]


def _attempt(part: Part, read: Callable[[str], bytes]) -> Iterator[Component]:
    try:
        data = read(part.digest)
    except CannotRead:
        return
    yield from found_in(part, data)


def _settled(at: Place, tree: Tree) -> Place:
    return at if at.start else tree.settled(at)


def _key(one: Component) -> Key:
    return normal(one.name.rpartition(":")[2]), plain(one.version)


def _worth(one: Component) -> tuple[int, int, str]:
    return STRENGTH.index(one.by), not one.purl, one.purl


def _within_another(one: Component, best: dict[tuple[Key, Place], Component]) -> bool:
    """Tell whether a folder around holds the same name and version by a witness that is at least as good."""
    above = list(upward(one.at.hops))[1:]
    around = (best.get((_key(one), Place(hops))) for hops in above)
    return any(other and STRENGTH.index(other.by) <= STRENGTH.index(one.by) for other in around)
