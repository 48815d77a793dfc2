"""Which changed functions of an executable newly run before the program, told at the function."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from zoll.model import Change, Fact, Reading
from zoll.parse.machine.image import Image

SORTS = ("constructor", "preinit", "ifunc")


def with_early(changes: Iterable[Change], old: Image | None, new: Image | None) -> tuple[Change, ...]:
    """Return the changes with a fact `early` beside what each function gained that newly runs so."""
    before, after = early(old), early(new)
    return tuple(_told(change, before, after) for change in changes)


def early(image: Image | None) -> dict[int, str]:
    """Return the functions that run by themselves, by address, and how."""
    if image is None:
        return {}
    addresses = {name: address for address, name in image.names.items()}
    found = {}
    for sort, said in image.properties:
        if sort in SORTS:
            address = int(said, 16) if said.startswith("0x") else addresses.get(said, 0)
            if address:
                found[address] = sort
    return found


def _told(change: Change, before: dict[int, str], after: dict[int, str]) -> Change:
    old, new = change.pair.old, change.pair.new
    sort = after.get(new.place.address, "") if new else ""
    if not new or not sort or not change.hunks or (old and before.get(old.place.address) == sort):
        return change
    said = Reading(Fact("early", sort), new.place, f"{new.place.symbol} runs as a {sort}")
    first = structs.replace(change.hunks[0], gained=tuple(sorted((*change.hunks[0].gained, said))))
    return structs.replace(change, hunks=(first, *change.hunks[1:]))


def without_early(change: Change, functions: Sequence[Change]) -> Change:
    """Return what a file newly says as a whole, without what was told at its functions."""
    told = {reading.fact.value for reading in _all(functions) if reading.fact.kind == "early"}
    if not told:
        return change
    hunks = (
        structs.replace(
            hunk, gained=tuple(one for one in hunk.gained if one.fact.kind != "early" or one.fact.value not in told)
        )
        for hunk in change.hunks
    )
    return structs.replace(change, hunks=tuple(hunk for hunk in hunks if hunk.gained or hunk.lost))


def _all(changes: Iterable[Change]) -> Iterator[Reading]:
    return (reading for change in changes for reading in change.gained)
