"""What was declared and is not so, as gained facts that rules may weigh.

A claim that the upgrade does not bear out, a component whose content changed under the same version, a bill of
materials that lists too little or too much. What concerns a change is said in its hunks; what concerns none is a change
of its own, at the note or the bill.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import structs

from zoll.components.touched import home_of, homes_of
from zoll.components.tree import Hops
from zoll.model import Change, Claim, Component, ComponentChange, Fact, Hunk, Inventory, Pair, Part, Place, Reading

KEPT = 80  # characters of a name in a trait
TOLD = 10  # names in the words of one reading
MISSING = "missing"
MUCH = 0.5  # a bill of which more was not found is of something else, or of what zoll cannot see


def with_components(
    changes: Sequence[Change],
    components: Sequence[ComponentChange],
    own: ComponentChange | None,
    inventory: Inventory | None = None,
) -> list[Change]:
    """Return the changes with a gained `component` in what changed under the same version, and in what no bill lists.

    Not for the release itself (`own`), whose version may well stay the same, nor for what stood there unlisted before.
    """
    homes = homes_of(components)["new"]
    unlisted = set(inventory.unlisted) if inventory else set()
    told: dict[str, dict[int, Component]] = {"modified": {}, "unlisted": {}}
    for number, change in enumerate(components):
        if change is own or change.new is None:
            continue
        if change.how == "modified" and _is_told(change.new):
            told["modified"][number] = change.new
        if change.how != "same" and change.new in unlisted:
            told["unlisted"][number] = change.new
    return [_marked(change, homes, told) for change in changes] if any(told.values()) else list(changes)


def of_claims(claims: Iterable[Claim], new: Iterable[Part]) -> Iterator[Change]:
    """Yield a change for each claim that the upgrade does not bear out, at the note that claims it."""
    parts = {part.place.hops: part for part in new}
    heaps: dict[Hops, list[Hunk]] = {}
    for claim in claims:
        if claim.outcome == MISSING:
            at = claim.note.at
            fact = Fact("claim", claim.kind, (f"outcome:{MISSING}", f"subject:{claim.subject[:KEPT]}"))
            lines = (at.start, at.end or at.start)
            heaps.setdefault(at.hops, []).append(Hunk(new=lines, gained=(Reading(fact, at, claim.note.words[:300]),)))
    yield from (_at(hops, hunks, parts) for hops, hunks in sorted(heaps.items()))


def of_bills(inventory: Inventory | None, new: Iterable[Part]) -> Iterator[Change]:
    """Yield a change for each bill that lists what was not found, unless that is most of it."""
    if not inventory or len(inventory.unfound) > MUCH * inventory.listed:
        return
    parts = {part.place.hops: part for part in new}
    heaps: dict[Hops, list[Component]] = {}
    for one in inventory.unfound:
        heaps.setdefault(one.at.hops, []).append(one)
    for hops, listed in sorted(heaps.items()):
        names = ", ".join(f"{one.name} {one.version}".strip() for one in listed[:TOLD])
        fact = Fact("component", "unfound", (f"name:{listed[0].name[:KEPT]}",))
        yield _at(hops, [Hunk(gained=(Reading(fact, Place(hops), names),))], parts)


def _at(hops: Hops, hunks: Sequence[Hunk], parts: Mapping[Hops, Part]) -> Change:
    part = parts.get(hops) or Part(Place(hops), "document/text", "", 0)
    return Change(Pair(part, part, "place"), tuple(hunks))


def _is_told(one: Component) -> bool:
    """Tell whether the content is the component's own: of a compiled library every build has other bytes."""
    return bool(one.copy)


def _marked(change: Change, homes: Mapping[Hops, int], told: Mapping[str, Mapping[int, Component]]) -> Change:
    """Return the change with a gained `component` if its place belongs to one of those that are `told`."""
    number = home_of(change.pair.place.hops, homes) if change.pair.new else None
    for value, components in told.items():
        if number is not None and (one := components.get(number)):
            fact = Fact("component", value, (f"name:{one.name[:KEPT]}",))
            words = f"{one.name} {one.version}".strip()
            hunks = tuple(_said(hunk, fact, change.pair.place, words) for hunk in change.hunks)
            change = structs.replace(change, hunks=hunks)
    return change


def _said(hunk: Hunk, fact: Fact, place: Place, words: str) -> Hunk:
    at = place.at(*hunk.new) if hunk.new[0] else Place(place.hops, place.symbol)
    return structs.replace(hunk, gained=tuple(sorted((*hunk.gained, Reading(fact, at, words)))))
