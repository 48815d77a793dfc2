"""Which functions of a component an upgrade changed: said by the changes that were found anyway."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import structs

from zoll.components.contents import SOURCE, rooms_of
from zoll.components.naming import named_after
from zoll.components.tree import Hops, upward
from zoll.model import Change, Component, ComponentChange, Reworked

DIFFERS = frozenset(("modified", "updated", "downgraded"))
MOST_NAMES = 40


def reworked(components: Sequence[ComponentChange], changes: Iterable[Change]) -> tuple[ComponentChange, ...]:
    """Return the components with the functions that changed, came and went in them; each belongs to the innermost."""
    homes = homes_of(components)
    touched: dict[int, list[Change]] = defaultdict(list)
    for change in changes:
        place = change.pair.place
        side = "new" if change.pair.new else "old"
        if place.symbol and (number := home_of(place.hops, homes[side])) is not None:
            touched[number].append(change)
    return tuple(
        structs.replace(one, functions=_counted(touched[number])) if touched.get(number) and one.how in DIFFERS else one
        for number, one in enumerate(components)
    )


def homes_of(components: Sequence[ComponentChange]) -> dict[str, dict[Hops, int]]:
    """Return for each side, old and new, where components have files of their own: their numbers by place."""
    homes: dict[str, dict[Hops, int]] = {"old": {}, "new": {}}
    for side, ones in (("old", [one.old for one in components]), ("new", [one.new for one in components])):
        rooms = rooms_of(one for one in ones if one)
        for number, one in enumerate(ones):
            if one and _holds_files(one) and one.at.hops not in rooms:
                homes[side].setdefault(_folder(one), number)
    return homes


def _holds_files(one: Component) -> bool:
    return one.by not in {"lock", "package-database"} and not one.at.start and not _within(one)


def _within(one: Component) -> bool:
    """Tell whether the place is a file that holds more than the component: an executable or a bundle."""
    told = one.by == "version-string" and one.at.hops
    return bool(one.held.code) or bool(told and not named_after(one.at.name, one.name) and not _beside(one))


def _beside(one: Component) -> bool:
    return one.at.name.endswith((*SOURCE, ".py"))


def _folder(one: Component) -> Hops:
    """Return where a component's files stand; one that a header tells of has the source beside it too."""
    hops = one.at.hops
    return (*hops[:-1], hops[-1].rpartition(".")[0]) if hops and hops[-1].endswith((".h", ".hpp")) else hops


def home_of(hops: Hops, homes: Mapping[Hops, int]) -> int | None:
    """Return the number of the innermost component that a file belongs to."""
    stem = (*hops[:-1], hops[-1].rpartition(".")[0]) if hops else hops
    return next((homes[above] for above in (hops, stem, *upward(hops)) if above in homes), None)


def _counted(changes: Sequence[Change]) -> Reworked:
    changed = [change.pair.place.symbol for change in changes if change.pair.old and change.pair.new]
    added = [change.pair.place.symbol for change in changes if change.pair.old is None]
    names = tuple(dict.fromkeys((*sorted(changed), *sorted(added))))[:MOST_NAMES]
    return Reworked(len(changed), len(added), len(changes) - len(changed) - len(added), names)
