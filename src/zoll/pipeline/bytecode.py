"""Classes, compiled Python and .NET assemblies: brought up to source, compared function by function like source."""

from collections.abc import Iterator, Sequence

from msgspec import structs

from zoll.model import Change, Gap, Hunk, Part, Place, Reading
from zoll.parse.bytecode import LANGUAGES, BadBytecode, Source, is_bytecode, open_bytecode
from zoll.parse.code import Function
from zoll.pipeline.sides import File

# Formats whose texts all stand in what is brought up: what a look at the bare bytes finds of them is said twice.
CLOSED = frozenset({"executable/class", "executable/pyc"})
SAID_TWICE = frozenset({"string", "endpoint"})


class Translated(File):
    """A file of source made from bytecode. Its functions stand at the lines of the true source where these are told."""

    def __init__(self, file: File, source: Source, side: str, gaps: list[Gap]) -> None:
        self.source, self.bare = source, file
        self.told = any(source.numbers)
        self._symbols: dict[tuple[str, int], str] = {}
        super().__init__(
            file.part, "\n".join(source.lines).encode("utf-8", "replace"), side, gaps, f"code/{source.language}"
        )
        self._name_all()

    def _name_all(self) -> None:
        """Give functions that stand at the same place under the same name names of their own."""
        taken: dict[tuple[str, int, int], int] = {}
        for function in self.functions:
            place = (function.name, *self.span((function.line, function.end)))
            taken[place] = taken.get(place, 0) + 1
            more = f"~{taken[place]}" if taken[place] > 1 else ""
            self._symbols[function.name, function.line] = function.name + more

    def part_of(self, function: Function) -> Part:
        """Return a function as a part: at lines of the source, else at the offset of its code in the file."""
        start, end = self.span((function.line, function.end))
        symbol = self._symbols.get((function.name, function.line), function.name)
        place = Place(self.part.place.hops, symbol, start, end, self.offset(function.line))
        return Part(place, self.part.kind, function.digest, function.end_byte - function.start_byte, self.part.digest)

    def offset(self, line: int) -> int:
        """Return where the code of the function at a line of the text stands in the file; 0 where lines are told."""
        return 0 if self.told else self.source.starts.get(line, 0)

    def span(self, span: tuple[int, int]) -> tuple[int, int]:
        """Return lines of the text as lines of the source, as far as the bytecode tells them."""
        if not self.told or not span[0]:
            return span
        told = [one for one in self.source.numbers[span[0] - 1 : span[1]] if one]
        if not told:
            told = [next((one for one in reversed(self.source.numbers[: span[0]]) if one), 1)]
        return min(told), max(told)

    def place(self, at: Place, symbol: str, offset: int) -> Place:
        """Return a place in the text as one in the source."""
        start, end = self.span((at.start, at.end or at.start)) if at.start else (0, 0)
        return Place(at.hops, symbol, start, end if at.end else 0, offset)


def translated(old: File | None, new: File | None, gaps: list[Gap]) -> tuple[Translated | None, ...] | None:
    """Return both sides as source, None where a side is no bytecode; what cannot be followed leaves a gap."""
    made: list[Translated | None] = []
    for file, side in ((old, "old"), (new, "new")):
        one = _translated(file, side, gaps) if file else None
        if file and one is None:
            return None
        made.append(one)
    return tuple(made)


def holding(files: Sequence[File], gaps: list[Gap]) -> bool:
    """Say whether any side is bytecode, which no processor runs; a side that is none beside it leaves a gap."""
    held = [is_bytecode(file.data, file.part.kind) for file in files]
    for file, one in zip(files, held, strict=True):
        if any(held) and not one:
            what = "bytecode: on this side the file has no such head"
            gaps.append(Gap("read", file.part.place, "malformed", what, file.side_name, file.part.size))
    return any(held)


def _translated(file: File, side: str, gaps: list[Gap]) -> Translated | None:
    try:
        source = open_bytecode(file.data, file.part.kind)
    except BadBytecode as bad:
        gaps.append(Gap("read", file.part.place, bad.reason, f"bytecode: {bad.detail}", side, file.part.size))
        return None
    if source is None:
        return None
    gaps += [Gap("read", file.part.place, "limit", f"bytecode: {what}", side, 0) for what in source.left[:20]]
    made = Translated(file, source, side, gaps)
    return made if made.opened else None


def placed(change: Change, old: Translated | None, new: Translated | None) -> Change:
    """Return a change between functions of made text at the lines of the true source."""
    sides = [
        _Lines(file, part.place) if file and part else None
        for file, part in zip((old, new), (change.pair.old, change.pair.new), strict=True)
    ]
    parts = [
        one.part(part) if one and part else part
        for one, part in zip(sides, (change.pair.old, change.pair.new), strict=True)
    ]
    pair = structs.replace(change.pair, old=parts[0], new=parts[1])
    return structs.replace(change, pair=pair, hunks=tuple(_hunk(hunk, sides) for hunk in change.hunks))


class _Lines:
    """Where the lines of one function come from."""

    def __init__(self, file: Translated, place: Place) -> None:
        self.file, self.function = file, place
        self.before = 0 if file.told or not place.start else place.start - 1

    def part(self, part: Part) -> Part:
        start, end = part.place.start - self.before, part.place.end - self.before
        return structs.replace(part, place=structs.replace(part.place, start=start, end=end))

    def line(self, line: int) -> int:
        return max(line - self.before, 1) if line else 0

    def span(self, span: tuple[int, int]) -> tuple[int, int]:
        start, end = self.file.span(span)
        return self.line(start), self.line(end)

    def readings(self, readings: Sequence[Reading]) -> Iterator[Reading]:
        for reading in readings:
            at = self.file.place(reading.at, self.function.symbol, self.function.address)
            at = structs.replace(at, start=self.line(at.start), end=self.line(at.end))
            yield structs.replace(reading, at=at)


def _hunk(hunk: Hunk, sides: Sequence[_Lines | None]) -> Hunk:
    old, new = sides
    at_lines = any(one and one.file.told for one in sides)
    return structs.replace(
        hunk,
        old=old.span(hunk.old) if old else hunk.old,
        new=new.span(hunk.new) if new else old.span(hunk.new) if old else hunk.new,
        starts=(0, 0) if at_lines else (old.line(hunk.starts[0]) if old else 0, new.line(hunk.starts[1]) if new else 0),
        gained=tuple(new.readings(hunk.gained)) if new else hunk.gained,
        lost=tuple(old.readings(hunk.lost)) if old else hunk.lost,
    )


def beside(change: Change, files: Sequence[Translated | None]) -> Change:
    """Return what a file says as a whole, without the texts that its functions are known to name."""
    texts = [file.data.decode("utf-8", "replace") for file in files if file]
    closed = all(file is None or (file.part.kind in CLOSED and not file.source.left) for file in files)

    def new(reading: Reading) -> bool:
        if reading.fact.kind not in SAID_TWICE:
            return True
        return not closed and not any(reading.fact.value in text or reading.words in text for text in texts)

    hunks = [
        structs.replace(hunk, gained=tuple(filter(new, hunk.gained)), lost=tuple(filter(new, hunk.lost)))
        for hunk in change.hunks
    ]
    return structs.replace(change, hunks=tuple(hunk for hunk in hunks if hunk.gained or hunk.lost))


__all__ = ["LANGUAGES", "Translated", "beside", "placed", "translated"]
