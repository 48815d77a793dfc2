"""Executables opened into functions: paired, brought up to C where they differ, and compared like source."""

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain, islice

import numpy as np
from msgspec import Struct, structs

from zoll.model import Change, Fact, Functions, Gap, Hunk, Instruction, Pair, Part, Place, Reading
from zoll.pairing.executables.side import Machine
from zoll.pairing.machine import MachinePair, pair_machine
from zoll.parse.code import Function
from zoll.parse.machine.formats import read_image
from zoll.parse.machine.image import BadExecutable, Image
from zoll.parse.machine.known import recognise
from zoll.parse.machine.lift.blocks import TooLong
from zoll.parse.machine.listing import Line, listed
from zoll.parse.machine.sweep import sweep
from zoll.parse.source import SlowSource
from zoll.pipeline.around import Calls, with_calls
from zoll.pipeline.brought import Bare, Listing, agree
from zoll.pipeline.early import with_early
from zoll.pipeline.fixed_data import same_data
from zoll.pipeline.foremost import foremost, powers
from zoll.pipeline.led import with_exchanged
from zoll.pipeline.machine_names import function_names, name_data
from zoll.pipeline.machine_texts import texts_of
from zoll.pipeline.sides import File, compared
from zoll.pipeline.still_asked import asked, without_still_asked, without_still_compared
from zoll.pipeline.unknown_values import without_unknown
from zoll.pipeline.wrappers import Definition

LIFTED = frozenset({"executable/elf", "executable/pe", "executable/macho"})
MOST_CODE = 6_000_000  # bytes of functions that are brought up, of both sides; what is beyond leaves a gap
SHORT = 150  # instructions of a function that may wrap a power
C = "code/c"
_BEFORE = 12  # instructions that one line of C shows at most
_MOST_SHOWN = 48  # and one hunk
COMPILED = Fact("place", "compiled")
REBUILT = Fact("circumstance", "rebuilt")  # most functions differ: another compiler, or other options


class Inside(Struct, frozen=True):
    """What an executable's functions say: their changes, the texts that they name, which wrap a power, how many.

    `fixed`: what stands in the regions of data is the same on both sides.
    """

    changes: tuple[Change, ...] = ()
    texts: frozenset[str] = frozenset()
    definitions: tuple[Definition, ...] = ()
    functions: tuple[Functions, ...] = ()

    fixed: bool = True

    @property
    def alike(self) -> bool:
        """Whether no function does anything otherwise and data is the same; only bytes of the file may differ."""
        return not self.changes and self.fixed and any(one.new for one in self.functions)


class Lifted(File):
    """A file of C made from an executable: its functions stand at addresses."""

    def __init__(self, listing: Listing, side: str, gaps: list[Gap]) -> None:
        self.listing = listing
        super().__init__(listing.file.part, "\n".join(listing.lines).encode(), side, gaps, C)

    def part_of(self, function: Function) -> Part:
        """Return a function as a part, at its address."""
        address, size = self.listing.entries.get(function.name, (0, 0))
        symbol = self.listing.named(address) or function.name
        lines = function.line, function.end
        place = structs.replace(self.part.place, symbol=symbol, start=lines[0], end=lines[1], address=address)
        return Part(place, self.part.kind, function.digest, size, self.part.digest)


def lifted_changes(pair: Pair, old: File | None, new: File | None, gaps: list[Gap], most: int | None = None) -> Inside:
    """Return what the functions of an executable gained and lost; what cannot be opened leaves a gap.

    `most` is how many bytes of functions are brought up, None for as many as of any executable.
    """
    if most == 0:
        return Inside(fixed=False)
    olds, news = _machines(old, "old", gaps), _machines(new, "new", gaps)
    if new and new.data and not news:  # a gap tells: that no function can be seen is not that all are gone
        return Inside(fixed=False)
    found: list[Inside] = []
    most = MOST_CODE if most is None else most // max(len({*news, *olds}), 1)
    for processor in dict.fromkeys([*news, *olds]):
        one, two = olds.get(processor), news.get(processor)
        found.append(_between(pair, old if one else None, one, new if two else None, two, gaps, most))
    return Inside(
        tuple(change for inside in found for change in inside.changes),
        frozenset(text for inside in found for text in inside.texts),
        tuple(one for inside in found for one in inside.definitions),
        tuple(one for inside in found for one in inside.functions),
        all(inside.fixed for inside in found),
    )


def _machines(file: File | None, side: str, gaps: list[Gap]) -> dict[str, Machine]:
    """Return the images of a file by processor; most have one."""
    if file is None or not file.data:
        return {}
    try:
        images = read_image(file.data, file.part.kind)
        return {f"{image.processor} {image.bits} {image.big}": _machine(image) for image in images}
    except BadExecutable as bad:
        gaps.append(Gap("read", file.part.place, "malformed", f"executables: {bad}", side, file.part.size))
        return {}


def _machine(image: Image) -> Machine:
    """Return an image with its functions; those of common libraries have their names, whoever linked them in."""
    swept = sweep(image)
    recognise(image, swept)
    return Machine(image, swept)


def _between(
    pair: Pair,
    old: File | None,
    one: Machine | None,
    new: File | None,
    two: Machine | None,
    gaps: list[Gap],
    most: int,
) -> Inside:
    empty = Machine(Image(b"", "elf", ""), sweep(Image(b"", "elf", "")))
    matched = pair_machine(one or empty, two or empty)
    differing = [each for each in matched if not each.same]
    names = function_names(matched, one, two)
    if one and two:
        name_data(matched, one, two, names)
    sides = [
        Listing(file, machine, named) if file and machine else None
        for file, machine, named in ((old, one, names[0]), (new, two, names[1]))
    ]
    chosen = _within_budget(differing, sides, gaps, most)
    bare = [each for each in ((_bring(each, sides, gaps)) for each in chosen) if each]
    agree(bare, sides)
    files = [Lifted(side, name, gaps) if side else None for side, name in zip(sides, ("old", "new"), strict=True)]
    rebuilt = sum(bool(one.old and one.new) for one in bare) > sum(one.same for one in matched)
    changes = without_unknown(_changes(pair, bare, files, gaps, rebuilt))
    counted = _counted(pair.place, matched, differing, changes, len(differing) - len(bare))
    counted = structs.replace(counted, recognised=len(two.image.recognised) if two else 0)
    around = (COMPILED, REBUILT) if rebuilt else (COMPILED,)
    changes = tuple(structs.replace(one, standing=(*one.standing, *around)) for one in changes)
    changes = with_early(changes, one.image if one else None, two.image if two else None)
    changes = with_exchanged(changes, pair, matched, (one, two), names)
    old_calls, new_calls = (
        Calls(machine, named) if machine else None for machine, named in zip((one, two), names, strict=True)
    )
    changes = with_calls(changes, old_calls, new_calls)
    texts = frozenset(text for file in files if file for text in _texts(file.listing))
    return Inside(changes, texts, tuple(_definitions(two, names[1])), (counted,), same_data(one, two))


def _counted(
    at: Place,
    matched: Sequence[MachinePair],
    differing: Sequence[MachinePair],
    changes: Iterable[Change],
    unread: int,
) -> Functions:
    """Return how many functions there are of each sort; one change a function."""
    both = sum(each.old is not None and each.new is not None for each in differing)
    changed = sum(bool(one.pair.old and one.pair.new) for one in changes)
    return Functions(
        at=at,
        old=sum(each.old is not None for each in matched),
        new=sum(each.new is not None for each in matched),
        same=sum(each.same for each in matched),
        recompiled=max(both - changed - unread, 0),
        changed=changed,
        added=sum(each.old is None for each in matched),
        removed=sum(each.new is None for each in matched),
        unread=unread,
    )


def _within_budget(
    differing: Sequence[MachinePair], sides: Sequence[Listing | None], gaps: list[Gap], most: int
) -> list[MachinePair]:
    """Return what can be brought up, in order of place; a gap tells of the rest."""
    kept = foremost(differing, [side.machine if side else None for side in sides], most)
    side = sides[1] or sides[0]
    if side and (missed := len(differing) - len(kept)):
        words = f"{missed:,} functions that differ were not brought up: beyond {most:,} bytes for this file"
        gaps.append(Gap("read", side.file.part.place, "time", words))
    return sorted(kept, key=lambda one: (one.new is None, one.new or 0, one.old or 0))


def _bring(each: MachinePair, sides: Sequence[Listing | None], gaps: list[Gap]) -> Bare | None:
    names = ["", ""]
    for at, (side, index) in enumerate(zip(sides, (each.old, each.new), strict=True)):
        if side is None or index is None:
            continue
        try:
            names[at] = side.add(index)
        except TooLong as long:
            place = structs.replace(side.file.part.place, address=int(side.machine.sweep.starts[index]))
            gaps.append(Gap("read", place, "limit", f"executables: {long}", ("old", "new")[at]))
            return None
    return Bare(names[0], names[1], each.by, each.likeness)


def _changes(
    pair: Pair, bare: Iterable[Bare], files: Sequence[Lifted | None], gaps: list[Gap], rebuilt: bool
) -> Iterator[Change]:
    functions = [{one.name: one for one in file.functions if one.name} if file else {} for file in files]
    for each in bare:
        them = [known.get(name) for known, name in zip(functions, (each.old, each.new), strict=True)]
        old, new = them
        if (old is None) != (not each.old) or (new is None) != (not each.new):
            _lost_in_text(each, files, gaps)
            continue
        if old and new and old.digest == new.digest:
            continue
        whole = _pair(pair, each, files, them)
        try:
            change = compared(whole, (files[0], old), (files[1], new))
        except SlowSource:
            continue  # the gap is told
        if files[0] and files[1] and old and new and change.hunks:
            change = _unasked(change, files[0].text(old), files[1].text(new), rebuilt)
        if change.hunks:
            yield _placed(change, files)


def _unasked(change: Change, old: str, new: str, rebuilt: bool) -> Change:
    """Return a change without what the old function asked as well."""
    change = without_still_compared(change, old, new)
    return without_still_asked(change, asked(old)) if rebuilt else change


def _lost_in_text(each: Bare, files: Sequence[Lifted | None], gaps: list[Gap]) -> None:
    file = files[1] or files[0]
    if file:
        gaps.append(Gap("read", file.part.place, "syntax", f"function {each.new or each.old} could not be compared"))


def _pair(pair: Pair, each: Bare, files: Sequence[Lifted | None], them: Sequence[Function | None]) -> Pair:
    parts = [file.part_of(function) if file and function else None for file, function in zip(files, them, strict=True)]
    by = each.by
    if parts[0] is None:
        by = "added" if pair.old is None else "added-function"
    elif parts[1] is None:
        by = "removed" if pair.new is None else "removed-function"
    return Pair(parts[0], parts[1], by, each.likeness)


# Lines of the file of C become lines of the function, with the address that each comes from.


def _placed(change: Change, files: Sequence[Lifted | None]) -> Change:
    sides = [
        _Lines(file, part) if file and part else None
        for file, part in zip(files, (change.pair.old, change.pair.new), strict=True)
    ]
    old, new = sides
    return structs.replace(
        change,
        pair=structs.replace(change.pair, old=old.part if old else None, new=new.part if new else None),
        hunks=tuple(_placed_hunk(hunk, old, new) for hunk in change.hunks),
    )


class _Lines:
    """Where the lines of one function of C come from."""

    def __init__(self, file: Lifted, part: Part) -> None:
        self.addresses, self.before = file.listing.addresses, part.place.start - 1
        self._machine, self._entry, self._named = file.listing.machine, part.place.address, file.listing.named
        place = structs.replace(part.place, start=1, end=part.place.end - self.before)
        self.part = structs.replace(part, place=place)

    def span(self, span: tuple[int, int]) -> tuple[int, int]:
        return (self.line(span[0]), self.line(span[1]))

    def line(self, line: int) -> int:
        return max(line - self.before, 1) if line else 0

    def code(self, span: tuple[int, int]) -> tuple[Instruction, ...]:
        """Return the instructions that some lines come from: those before each, up to where another line stands."""
        wanted = {one for one in self.addresses[max(span[0] - 1, 0) : span[1]] if one} if span[0] else set()
        if not wanted:
            return ()
        lines = chain.from_iterable(self._stretches[one] for one in sorted(wanted) if one in self._stretches)
        offset = self._machine.image.offset
        shown = islice(lines, _MOST_SHOWN)
        return tuple(Instruction(one.address, offset(one.address), one.text, one.note) for one in shown)

    @cached_property
    def _stretches(self) -> dict[int, list[Line]]:
        """The last instructions up to each address that a line comes from."""
        ends = set(self.addresses[self.before : self.part.place.end + self.before])
        found: dict[int, list[Line]] = {}
        held: list[Line] = []
        for line in self._listed():
            held.append(line)
            if line.address in ends:
                found[line.address], held = held[-_BEFORE:], []
        return found

    def _listed(self) -> tuple[Line, ...]:
        sweep_ = self._machine.sweep
        index = int(np.searchsorted(sweep_.starts, self._entry))
        dense = bool(sweep_.compact[index])
        return listed(self._machine.image, self._entry, int(sweep_.sizes[index]), self._named, dense=dense)

    def reading(self, reading: Reading) -> Reading:
        at = reading.at
        if not at.start:
            return reading
        return structs.replace(reading, at=self.place(at))

    def place(self, at: Place) -> Place:
        told = next((one for one in self.addresses[at.start - 1 : at.end] if one), self.part.place.address)
        return Place(at.hops, self.part.place.symbol, self.line(at.start), self.line(at.end), told)


def _placed_hunk(hunk: Hunk, old: _Lines | None, new: _Lines | None) -> Hunk:
    return structs.replace(
        hunk,
        old=old.span(hunk.old) if old else (0, 0),
        new=new.span(hunk.new) if new else (0, 0),
        code=(old.code(hunk.old) if old else (), new.code(hunk.new) if new else ()),
        starts=(old.line(hunk.starts[0]) if old else 0, new.line(hunk.starts[1]) if new else 0),
        gained=tuple(new.reading(one) if new else one for one in hunk.gained),
        lost=tuple(old.reading(one) if old else one for one in hunk.lost),
    )


def _texts(listing: Listing) -> Iterator[str]:
    return texts_of(listing.machine, [address for address, _ in listing.entries.values()])


def _definitions(machine: Machine | None, names: dict[int, str]) -> Iterator[Definition]:
    """Yield the short functions that call imports with a power: they may wrap it."""
    if machine is None:
        return
    sweep_, image = machine.sweep, machine.image
    able = powers(image)
    mighty = np.array(sorted(address for address, some in able.items() if some), np.int64)
    rows = np.concatenate([sweep_.calls, sweep_.references])
    rows = rows[np.isin(rows[:, 1], mighty) & (sweep_.counts[rows[:, 0]] <= SHORT)]
    held: dict[int, set[str]] = {}
    for index, address in rows.tolist():
        held.setdefault(index, set()).update(able[address])
    for index, some in sorted(held.items()):
        yield Definition(names.get(int(sweep_.starts[index]), ""), tuple(sorted(some)), ())
