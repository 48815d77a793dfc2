"""Finds the components of both releases in workers, and what became of each."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from zoll.catalogue import plugins
from zoll.components.contents import contents_of
from zoll.components.delta import Stock, delta
from zoll.components.finding import found_in, settled, wanted
from zoll.components.likeness import copied
from zoll.components.lists import Listing, judged, listing_of, lists
from zoll.model import Component, ComponentChange, Gap, Part, Place, Release
from zoll.pipeline.compiled import Compiled, counted, find_compiled
from zoll.pipeline.copies import Stocked, find_copies
from zoll.pipeline.twins import compare_twins
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

BATCH_BYTES, BATCH_PARTS = 8_000_000, 256
Read = Callable[[str], bytes]
Batch = tuple[str, tuple[Part, ...]]


class Told(Struct, frozen=True):
    """What a worker found in some parts, and what their lists of files say."""

    found: tuple[Component, ...] = ()
    listings: tuple[Listing, ...] = ()


class Components(Struct, frozen=True):
    """What became of each component, and the parts that could not be looked into."""

    changes: tuple[ComponentChange, ...]
    gaps: tuple[Gap, ...]


def find_components(old: Release, new: Release, read: Read, pool: Pool, source: Sequence[Part] = ()) -> Components:
    """Look for components in both releases; a part on which a worker falls is a gap, and only that part.

    `source` is what the new release claims to be built from; it lends its knowledge of what copies are copies of.
    """
    plugins("zoll.components")  # loaded before the fork
    sides = {"new": new.parts, "old": old.parts, "source": tuple(source)}
    found: dict[str, list[Told]] = {side: [] for side in sides}
    gaps: list[Gap] = []

    def look(batch: Batch) -> Told:
        return _told((part, read(part.digest)) for part in batch[1])

    batches = [batch for side, parts in sides.items() for batch in _batches(side, parts)]
    while batches:
        again: list[Batch] = []
        for (side, parts), answer in pool.run(look, batches, Told, _weight):
            if not isinstance(answer, Failure):
                found[side].append(answer)
            elif len(parts) == 1:
                gaps.append(_gap(side, parts[0], answer))
            else:
                again += [(side, (part,)) for part in parts]
        batches = again
    stocked = {side: _stocked(side, found[side], parts) for side, parts in sides.items()}
    there = [one for one in stocked.values() if one.parts]
    copies, twins = find_copies(there, read, pool), compare_twins(there, read, pool)
    compiled = find_compiled(there, read, pool)
    before, after = compiled.get("old", ()), compiled.get("new", ())
    stocks = [
        _stock(stocked[side], found[side], copies.get(side, ()), twins.get(side, {}), inside)
        for side, inside in (("old", before), ("new", after))
    ]
    return Components(counted(delta(stocks[0], stocks[1]), before, after), tuple(sorted(gaps)))


def _gap(side: str, part: Part, failure: Failure) -> Gap:
    place, side = (Place(("source", *part.place.hops)), "") if side == "source" else (part.place, side)
    return Gap("compare", place, failure.reason, failure.detail, side, part.size)


def _told(parts: Iterable[tuple[Part, bytes]]) -> Told:
    found: list[Component] = []
    listings: list[Listing] = []
    for part, data in parts:
        found += found_in(part, data)
        listing = listing_of(part, data) if lists(part) else None
        listings += [listing] if listing else []
    return Told(tuple(found), tuple(listings))


def _stocked(side: str, told: Sequence[Told], parts: tuple[Part, ...]) -> Stocked:
    """Return what one side has by names, words, lists and equal files."""
    components = settled((one for answer in told for one in answer.found), parts)
    components = tuple(sorted((*components, *copied(parts, components))))
    return Stocked(side, parts, components, contents_of(components, parts))


def _stock(
    side: Stocked,
    told: Sequence[Told],
    copies: tuple[Component, ...],
    twins: Mapping[Component, Component],
    compiled: Sequence[Compiled],
) -> Stock:
    inside = {(one.component.at, one.component.name): one.component for one in compiled}
    known = (twins.get(one, one) for one in side.components if (one.at, one.name) not in inside)
    components = tuple(sorted((*known, *inside.values(), *copies)))
    contents = contents_of(components, side.parts) if copies else side.contents
    listings = (listing for answer in told for listing in answer.listings)
    return Stock(judged(components, listings, side.parts), contents)


def _weight(batch: Batch) -> int:
    return sum(part.size for part in batch[1])


def _batches(side: str, parts: Iterable[Part]) -> Iterator[Batch]:
    batch: list[Part] = []
    weight = 0
    for part in parts:
        if wanted(part) or _is_list(part):
            batch.append(part)
            weight += part.size
            if weight >= BATCH_BYTES or len(batch) >= BATCH_PARTS:
                yield side, tuple(batch)
                batch, weight = [], 0
    if batch:
        yield side, tuple(batch)


def _is_list(part: Part) -> bool:
    return part.size > 0 and lists(part)
