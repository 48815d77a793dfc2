"""One side of a pair of files: what it holds, and what readers say of it and of its functions."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from types import ModuleType

from msgspec import structs

from zoll.catalogue import plugins
from zoll.compare.change import Side, compare, lined_up
from zoll.compare.touched import touched
from zoll.errors import CannotRead
from zoll.model import Change, Gap, Pair, Part, Reading
from zoll.parse.code import Function
from zoll.parse.plain_text import plain
from zoll.parse.source import LANGUAGES, Opened, SlowSource, open_code
from zoll.readers.material import Material

TEXT = "text/plain"
# Of the processor, for parsing a file or one of its functions, and more for each megabyte of the file.
SECONDS, SECONDS_PER_MB = 4.0, 4.0
Read = Callable[[str], bytes]
Buckets = dict[str, list[Reading]]


class File:
    """One side of a pair of files: its bytes, its functions if it is source, and what was read from it as a whole.

    `other` is the other side's file, from which source of the same language takes over what stands there as well.
    """

    def __init__(
        self, part: Part, data: bytes, side: str, gaps: list[Gap], kind: str = "", other: "File | None" = None
    ) -> None:
        self.part = part
        self.kind = kind or part.kind
        self.data = data if binary(self.kind) else plain(data)
        self._gaps = gaps
        self.side_name = side
        self.opened: Opened | None = self._open(other.opened if other and other.kind == self.kind else None)
        self.material = Material(part, self.kind, self.data, code=self.opened.code if self.opened else None)
        self.functions: Sequence[Function] = self.opened.code.functions if self.opened else ()
        self._starts = sorted(
            (function.line, -function.end, function.name) for function in self.functions if function.name
        )

    def _open(self, beside: Opened | None) -> Opened | None:
        language = self.kind.removeprefix("code/")
        if not self.kind.startswith("code/") or language not in LANGUAGES:
            return None
        try:
            seconds = SECONDS + SECONDS_PER_MB * len(self.data) / 1e6
            return opened(self.data.replace(b"\0", b" "), language, seconds, beside)  # a zero would end the source
        except SlowSource as slow:
            self.gap("time", str(slow))
            return None

    def take_as_text(self) -> None:
        """Give up on functions, if it is source: from now on it is lines of text."""
        if self.part.kind.startswith("code/"):
            self.opened, self.functions, self._starts = None, (), []
            self.material = Material(self.part, TEXT, self.data, asked_lines=self.material.asked_lines)
            vars(self).pop("buckets", None)

    def gap(self, reason: str, detail: str) -> None:
        """Note what could not be seen of this part."""
        self._gaps.append(Gap("read", self.part.place, reason, detail, self.side_name, self.part.size))

    @cached_property
    def buckets(self) -> Buckets:
        """Read the file as a whole and hand each reading to the innermost function around its line."""
        buckets: Buckets = {}
        for reading in self.readings(self.material, whole=True):
            buckets.setdefault(self._owner(reading.at.start), []).append(reading)
        return buckets

    def _owner(self, line: int) -> str:
        best = ""
        for start, end, name in reversed(self._starts[: bisect_right(self._starts, (line, 1, ""))]):
            if start <= line <= -end:
                best = name
                break
        return best

    def readings(self, material: Material, *, whole: bool) -> Iterator[Reading]:
        """Yield what every reader of this kind says; a reader that cannot read leaves a gap."""
        for name, reader in readers_of(material.kind, whole=whole):
            try:
                yield from reader.read(material)
            except CannotRead as cannot:
                self.gap(cannot.reason, f"{name}: {cannot.detail}")

    def function(self, name: str, line: int) -> Function:
        """Return the function of that name that begins nearest to a line."""
        named = [function for function in self.functions if function.name == name] or list(self.functions)
        return min(named, key=lambda function: abs(function.line - line))

    def part_of(self, function: Function) -> Part:
        """Return a function as a part."""
        place = structs.replace(self.part.place, symbol=function.name, start=function.line, end=function.end)
        return Part(place, self.part.kind, function.digest, function.end_byte - function.start_byte, self.part.digest)

    def side(self, function: Function | None) -> Side:
        """Return a function's statements, or a side that is not there; nothing was read from them yet."""
        if function is None or self.opened is None:
            return Side()
        try:
            statements = self.opened.statements(function)
        except SlowSource as slow:
            self.gap("time", str(slow))
            raise
        return Side(statements, (), self.material.lines, (function.line, function.end))

    def read(self, side: Side, function: Function, asked: Collection[int] | None) -> Side:
        """Return a side with what its statements say, those that were `asked` or all."""
        code = self.opened.code if self.opened else None
        part, kind = self.part_of(function), self.kind
        material = Material(part, kind, self.data, side.statements, function, code, asked)
        readings = [*self.readings(material, whole=False), *self.buckets.get(function.name, ())]
        return structs.replace(side, readings=readings)

    def text(self, function: Function) -> str:
        """Return a function's source."""
        return self.data[function.start_byte : function.end_byte].decode("utf-8", "replace")


@lru_cache(maxsize=2)  # functions that moved out of one file, or into one, are compared in a row
def opened(data: bytes, language: str, seconds: float, beside: Opened | None) -> Opened:
    """Return source parsed, from memory where it was parsed just before; `beside` is the other side's."""
    return open_code(data, language, seconds, beside)


def compared(pair: Pair, *them: tuple[File | None, Function | None]) -> Change:
    """Compare an old and a new function; where both are there, only statements that a difference touches are read."""
    bare = [file.side(function) if file else Side() for file, function in them]
    alignment = lined_up(pair, *bare)
    asked = touched(alignment) if alignment and pair.old and pair.new else (None, None)
    old, new = (
        file.read(side, function, told) if file and function else side
        for (file, function), side, told in zip(them, bare, asked, strict=True)
    )
    return compare(pair, old, new, alignment)


def whole(file: File | None) -> Side:
    """Return all that is said of a file, as one side that is compared as text or bytes."""
    if file is None:
        return Side()
    readings = [reading for bucket in file.buckets.values() for reading in bucket]
    return Side((), readings, () if binary(file.part.kind) else file.material.lines)


def binary(kind: str) -> bool:
    """Say whether a kind has no lines."""
    return kind.startswith(("data/", "executable/", "container/"))


@lru_cache(maxsize=1024)
def readers_of(kind: str, *, whole: bool) -> tuple[tuple[str, ModuleType], ...]:
    """Return readers of a kind: those of source work on a function's statements, all others on the whole file."""
    code = kind.startswith("code/")
    return tuple(
        (name, reader)
        for name, reader in plugins("zoll.readers").items()
        if any(
            fnmatchcase(kind, pattern) and (not code or pattern.startswith("code/") != whole)
            for pattern in reader.DOC.reads
        )
    )
