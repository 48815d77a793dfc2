"""Entries of an executable's tables that lead to another function now, told at that function, or else at the entry.

An entry is led elsewhere in the data of the file, or when the program starts, by a function that runs before it. One
that leads where it did, with another number beside it, is told at the entry.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

import numpy as np
from msgspec import structs

from zoll.model import Change, Fact, Hunk, Pair, Part, Place, Reading
from zoll.pairing.executables.pointers import Exchanged, Pointer, Row, exchanged, renumbered, rows_of
from zoll.pairing.executables.side import Machine
from zoll.pairing.machine import MachinePair
from zoll.pipeline.early import early

_TRAIT = 80
FEW = 3  # entries with another number
MOST = 12  # exchanged entries of a file beyond which its tables were laid out anew, and none is told
Names = Mapping[int, str]


def with_exchanged(
    changes: Sequence[Change],
    pair: Pair,
    matched: Sequence[MachinePair],
    machines: tuple[Machine | None, Machine | None],
    names: tuple[Names, Names],
) -> tuple[Change, ...]:
    """Return the changes with a fact `table` where an entry of a table was led to another function.

    It stands beside what the function gained; where that did not change, in a change of its own, at the entry.
    """
    old, new = machines
    if old is None or new is None or pair.new is None:
        return tuple(changes)
    both = {
        names[1].get(int(new.sweep.starts[one.new]), ""): (one.old, one.new)
        for one in matched
        if one.old is not None and one.new is not None
    }
    before, rows = rows_of(old.image, old.sweep, names[0]), rows_of(new.image, new.sweep, names[1])
    changes = (*changes, *_renumbered(before, rows, pair))
    found = exchanged(before, rows, frozenset(both))
    found = [one for one in found if not _merged(one, both, old, new)]
    found += _stored(new, rows, matched, names[1])
    if not 0 < len(found) <= MOST:
        return tuple(changes)
    told = {one.pair.new.place.address: at for at, one in enumerate(changes) if one.pair.new}
    made = list(changes)
    for one in found:
        at = told.get(one.after.target)
        if at is None:
            made.append(_alone(one, pair.new, pair.old))
        else:
            made[at] = _beside(made[at], one)
    return tuple(made)


def _merged(one: Exchanged, both: Mapping[str, tuple[int, int]], old: Machine, new: Machine) -> bool:
    """Say whether a compiler drew a function into the one that stood in the table, or cut one out of it.

    The entry then leads to what was paired with the part: that has other code, and one calls the other.
    """
    if one.before.says in both:
        kept, (side, end), whole = both[one.before.says], (new, 1), one.after.target
    elif one.after.says in both:
        kept, (side, end), whole = both[one.after.says], (old, 0), one.before.target
    else:
        return False
    caller = int(np.searchsorted(side.sweep.starts, whole))
    callees = side.callees.value[side.callees.begins[caller] : side.callees.begins[caller + 1]]
    return old.sweep.digests[kept[0]] != new.sweep.digests[kept[1]] and kept[end] in callees.tolist()


def _stored(machine: Machine, rows: Iterable[Row], matched: Iterable[MachinePair], names: Names) -> Iterator[Exchanged]:
    """Yield entries that a function which runs before the program, and is not as it was, leads to another function.

    It names the place of the entry and takes the address of a function, without calling it.
    """
    sweep = machine.sweep
    fresh = {one.new for one in matched if one.new is not None and not one.same}
    starts = dict(zip(sweep.starts.tolist(), range(len(sweep.starts)), strict=True))
    entries = {one.at: (row, one) for row in rows if row.texts for one in row.functions}
    for address in early(machine.image) if entries else ():
        number = starts.get(address)
        if number is None or number not in fresh:
            continue
        named = sweep.references[sweep.references[:, 0] == number, 1].tolist()
        places, functions = [one for one in named if one in entries], [one for one in named if one in starts]
        for place, target in zip(places, functions, strict=False):
            row, one = entries[place]
            after = Pointer(place, target, one.kind, names.get(target) or f"sub_{target:x}")
            if target != one.target:
                yield Exchanged(row.texts[-1], row, _with(row, one, after), one, after)


def _with(row: Row, before: Pointer, after: Pointer) -> Row:
    return Row(row.texts, tuple(after if one is before else one for one in row.functions))


def _said(one: Exchanged, at: Place) -> Reading:
    traits = (f"key:{one.key[:_TRAIT]}", f"new:{one.after.says[:_TRAIT]}", f"old:{one.before.says[:_TRAIT]}")
    return Reading(Fact("table", "function", traits), at, f"{one.old.written} became {one.new.written}"[:200])


def _beside(change: Change, one: Exchanged) -> Change:
    first = change.hunks[0]
    place = change.pair.place
    more = structs.replace(first, gained=tuple(sorted((*first.gained, _said(one, place)))))
    return structs.replace(change, hunks=(more, *change.hunks[1:]))


def _alone(one: Exchanged, new: Part, old: Part | None) -> Change:
    """Return a change at the entry itself."""
    symbol = f"table of {one.key[:40]}"
    said = _said(one, Place(new.place.hops, symbol, 0, 0, one.after.at))
    return _at_entry((old, new), (one.before.at, one.after.at), (one.old.written, one.new.written), said)


def _at_entry(
    parts: tuple[Part | None, Part], places: tuple[int, int], words: tuple[str, str], said: Reading
) -> Change:
    sides = [
        Part(Place(part.place.hops, said.at.symbol, 0, 0, at), part.kind, part.digest, 0, part.digest) if part else None
        for part, at in zip(parts, places, strict=True)
    ]
    return Change(Pair(sides[0], sides[1], "symbol"), (Hunk(before=words[0], after=words[1], gained=(said,)),))


def _renumbered(olds: Sequence[Row], news: Sequence[Row], pair: Pair) -> list[Change]:
    """Return a change for each entry with another number, none where many have one: then they were counted anew."""
    found = list(islice(renumbered(olds, news), FEW + 1))
    if pair.new is None or len(found) > FEW:
        return []
    made = []
    for one in found:
        before, after = (str(number) for number in one.numbers)
        words = one.old.numbered(one.number), one.new.numbered(one.number)
        least = ("how:least",) if one.least else ()
        traits = (*least, f"key:{one.key[:_TRAIT]}", f"new:{after}", f"old:{before}")
        at = Place(pair.new.place.hops, f"table of {one.key[:40]}", 0, 0, one.new.at)
        said = Reading(Fact("table", "number", traits), at, f"{words[0]} became {words[1]}"[:200])
        made.append(_at_entry((pair.old, pair.new), (one.old.at, one.new.at), words, said))
    return made
