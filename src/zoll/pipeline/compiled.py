"""Finds copies of known libraries inside executables by their functions, where that can matter; sweeps in workers.

Marks of the bytes (texts, tables, code that names no address) say which executables share anything with a known
library at all, so that only these and the library are swept.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

import numpy as np
from msgspec import Struct, structs

from zoll.components.functions import Library, Row, copies_of, hold
from zoll.components.naming import filed, kind_of, made, named_after, normal
from zoll.components.samples import Marks, marks_of_code, met
from zoll.components.tree import Hops, upward
from zoll.model import Component, ComponentChange, Part, Place, Reworked
from zoll.pairing.executables.side import Machine, mixed
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.image import BadExecutable
from zoll.parse.machine.sweep import sweep
from zoll.pipeline.copies import Stocked, answers, marked, turns, within
from zoll.sandbox.pool import Pool

KINDS = frozenset(("executable/elf", "executable/pe", "executable/macho"))
SMALLEST_FILE, LARGEST_FILE = 2_000, 24_000_000  # bytes
MOST_MARKED, MOST_SWEPT = 240_000_000, 48_000_000  # bytes of all executables that are looked at
# Marks that must be shared: some 1,500 bytes (strangers share up to 15), or a quarter of a small library's.
SHARED, SMALL, QUARTER = 24, 6, 4
FEWEST = 6  # instructions: a shorter function is written twice by chance
FEWEST_WORDS, SKETCH = 4, 24  # texts, imports and numbers by which an altered function is met again
DIFFERS = frozenset(("modified", "updated", "downgraded"))
MOST_NAMES = 40
ALONE = 1 << 30  # no folder is ever filled by the executables in it
LIBRARY = re.compile(
    r"(?:lib[\w+-]{1,80}?(?:-\d[\d.]{0,20})?\.so(?:\.(\d[\d.]{0,40}))?|lib[\w+-]{1,80}?(?:\.\d[\d.]{0,20})?\.dylib)\Z"
)
ARCHIVE = re.compile(r"lib[\w+.-]{1,80}\.a\Z")
STEM = re.compile(r"\.(?:so|dylib|a)\b.*\Z")

Read = Callable[[str], bytes]
Rows = dict[str, list[Row]]
Known = tuple[Component, str, tuple[Part, ...]]  # a library, its side and the executables that it consists of


class Compiled(Struct, frozen=True):
    """A copy inside an executable, and those of its functions that are the library's."""

    component: Component
    rows: tuple[Row, ...]


def find_compiled(sides: Sequence[Stocked], read: Read, pool: Pool) -> dict[str, tuple[Compiled, ...]]:
    """Return by side (not `source`, which only lends its knowledge) the copies inside executables."""
    known = list(_known(sides))
    hosts = {side.side: _hosts(side) for side in sides if side.side != "source"}
    wanted = _wanted(known, hosts, read, pool)
    if not wanted:
        return {}
    rows = _rows_of(wanted, read, pool)
    libraries = [
        Library(one, side, told)
        for one, side, parts in known
        if (told := tuple(row for part in parts for row in rows.get(part.digest, ())))
    ]
    return {side.side: tuple(_in(side, hosts[side.side], libraries, rows)) for side in sides if side.side in hosts}


def counted(
    changes: Iterable[ComponentChange], old: Iterable[Compiled], new: Iterable[Compiled]
) -> tuple[ComponentChange, ...]:
    """Return the components, those inside executables with how many of their functions differ."""
    before, after = ({one.component: one.rows for one in side} for side in (old, new))
    return tuple(
        structs.replace(change, functions=_reworked(before[change.old], after[change.new]))
        if change.how in DIFFERS and change.old in before and change.new in after
        else change
        for change in changes
    )


def _reworked(old: Sequence[Row], new: Sequence[Row]) -> Reworked:
    held = hold(old, new)
    names = dict.fromkeys(new[number].called for number in (*(other for _, other in held.altered), *held.more))
    return Reworked(len(held.altered), len(held.more), len(held.missing), tuple(names)[:MOST_NAMES])


def _known(sides: Iterable[Stocked]) -> Iterator[Known]:
    """Yield the libraries that have an executable of their own, each content once: files of their name, archives."""
    seen = set()
    for side in sides:
        named = {one.at.hops: one for one in side.components if one.by != "lock" and one.version}
        for hops, parts in _libraries(side.parts).items():
            told = named.get(hops)
            one = told if told and named_after(Place(hops).name, told.name) else _self_named(Place(hops))
            key = (kind_of(one), normal(one.name), one.version, tuple(sorted(part.digest for part in parts)))
            if key not in seen:
                seen.add(key)
                yield one, side.side, tuple(parts)


def _libraries(parts: Iterable[Part]) -> dict[Hops, list[Part]]:
    """Return the shared libraries and the archives of objects, by place."""
    found: dict[Hops, list[Part]] = {}
    for part in parts:
        if _is_executable(part):
            hops = part.place.hops
            archive = len(hops) > 1 and ARCHIVE.search(hops[-2])
            if archive or LIBRARY.search(hops[-1]):
                found.setdefault(hops[:-1] if archive else hops, []).append(part)
    return found


def _self_named(at: Place) -> Component:
    """Return what a library's file name says: its name, and its version if that has two numbers or more."""
    found = LIBRARY.search(at.name)
    version = found[1] if found and found[1] and "." in found[1] else ""
    return made("generic", filed(at.name) or STEM.sub("", at.name), version, at, "files")


def _hosts(side: Stocked) -> tuple[Part, ...]:
    return tuple(part for part in side.parts if _is_executable(part))


def _is_executable(part: Part) -> bool:
    return part.kind in KINDS and SMALLEST_FILE <= part.size <= LARGEST_FILE


def _wanted(known: Sequence[Known], hosts: Mapping[str, Sequence[Part]], read: Read, pool: Pool) -> list[Part]:
    """Return what to sweep: executables that share marks with a library, and these libraries; within bounds."""
    lent = {part.digest: part for _, _, parts in known for part in parts}
    asked = {part.digest: part for parts in hosts.values() for part in parts}
    if not lent or len({*lent, *asked}) < 2:
        return []
    marks = marked(within(sorted((lent | asked).values(), key=_largest), MOST_MARKED), read, pool, marks_of_code)
    pools = [[marks[part.digest] for part in parts if part.digest in marks] for _, _, parts in known]
    own = _own(known, hosts)
    found = met(pools, {digest: marks[digest] for digest in sorted(asked) if digest in marks})
    shared = {
        digest: {
            number: count
            for number, count in counts.items()
            if count >= _needed(pools[number]) and number not in own[digest]
        }
        for digest, counts in found.items()
    }
    best = {digest: max(counts.values()) for digest, counts in shared.items() if counts}
    digests = sorted(best, key=lambda one: (-best[one], one))
    told: Counter[int] = Counter()
    for digest in digests:
        told.update(shared[digest])
    chosen = [part for number, _ in told.most_common() for part in known[number][2]]
    both = (part for pair in turns(chosen, [asked[digest] for digest in digests]) for part in pair)
    return within(dict.fromkeys(both), MOST_SWEPT) if digests else []


def _needed(pool: Iterable[Marks]) -> int:
    return min(SHARED, max(SMALL, sum(map(len, pool)) // QUARTER))


def _own(known: Sequence[Known], hosts: Mapping[str, Sequence[Part]]) -> dict[str, set[int]]:
    """Return for each executable the libraries that it is itself, whatever their version."""
    named: dict[str, set[str]] = {}
    for parts in hosts.values():
        for part in parts:
            named.setdefault(part.digest, set()).add(_stem(part.place))
    stems = [_stem(one.at) for one, _, _ in known]
    held = [{part.digest for part in parts} for _, _, parts in known]
    return {
        digest: {number for number in range(len(known)) if stems[number] in names or digest in held[number]}
        for digest, names in named.items()
    }


def _stem(at: Place) -> str:
    return STEM.sub("", at.name)


def _largest(part: Part) -> tuple[int, str]:
    return -part.size, part.digest


def _rows_of(parts: Sequence[Part], read: Read, pool: Pool) -> Rows:
    def work(batch: tuple[Part, ...]) -> Rows:
        return {part.digest: list(rows_of(read(part.digest), part.kind)) for part in batch}

    return {digest: rows for answer in answers(work, parts, Rows, pool) for digest, rows in answer.items()}


def rows_of(data: bytes, kind: str) -> Iterator[Row]:
    """Yield the functions of an executable that are long enough to tell, in order of address."""
    with suppress(BadExecutable):
        for image in read_image(data, kind):
            swept = sweep(image)
            machine = Machine(image, swept)
            words = _words(machine)
            mark = f"{image.processor} {image.bits} "
            for number in np.flatnonzero(swept.counts >= FEWEST).tolist():
                start = int(swept.starts[number])
                digest = f"{mark}{int(swept.digests[number]):x}"
                shape = swept.shapes[number].tobytes()
                name = swept.names.get(start, "")
                yield Row(name, digest, int(swept.sizes[number]), words.get(number, ()), shape, f"sub_{start:x}")


def _words(machine: Machine) -> dict[int, tuple[int, ...]]:
    """Return what each function says wherever it stands: texts, imports, contents of fixed data, numbers."""
    found: dict[int, set[int]] = {}
    for kind, rows in machine.words.items():
        for owner, value in zip(rows.owner.tolist(), mixed(rows.value, kind).tolist(), strict=True):
            found.setdefault(owner, set()).add(value)
    return {owner: tuple(sorted(said)[:SKETCH]) for owner, said in found.items() if len(said) >= FEWEST_WORDS}


def _in(
    side: Stocked, hosts: Sequence[Part], libraries: Sequence[Library], functions: Mapping[str, Sequence[Row]]
) -> Iterator[Compiled]:
    files = {part.place: rows for part in hosts if (rows := functions.get(part.digest))}
    room = {list(upward(place.hops))[1]: ALONE for place in files}
    told = {(one.at, normal(one.name)): one for one in side.components if one.by != "lock"}
    for one in copies_of(libraries, files, room):
        if one.held.of == one.at or named_after(one.at.name, one.name) or _stem(one.held.of) == _stem(one.at):
            continue  # the library itself
        said = told.get((one.at, normal(one.name)))
        component = structs.replace(said, copy=one.copy, held=one.held) if said else one
        yield Compiled(component, _met(one, libraries, files[one.at]))


def _met(one: Component, libraries: Iterable[Library], rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the functions that a copy has from its library."""
    library = next(lib for lib in libraries if (lib.component.at, lib.side) == (one.held.of, one.held.side))
    known = list({row.digest: row for row in library.rows}.values())
    rows = list({row.digest: row for row in rows}.values())
    held = hold(known, rows)
    return tuple(rows[number] for number in sorted(other for _, other in (*held.equal, *held.altered)))
