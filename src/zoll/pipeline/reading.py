"""One pair of parts, read and compared: the work that a sandboxed worker does on hostile bytes."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from types import ModuleType

from msgspec import Struct, structs

from zoll.catalogue import plugins
from zoll.compare.change import Side, compare, lined_up
from zoll.compare.noise import Facing, Stamps, noise
from zoll.compare.touched import touched
from zoll.errors import CannotRead
from zoll.model import Change, Gap, Pair, Part, Reading
from zoll.pairing.functions import FunctionPair, pair_functions, signature
from zoll.parse.code import Function
from zoll.parse.plain_text import plain
from zoll.parse.source import LANGUAGES, Opened, SlowSource, open_code, ready
from zoll.pipeline.unseen import UNSEEN
from zoll.pipeline.wrappers import Definition, definitions, language_of, power_finder
from zoll.readers.material import Material

TEXT = "text/plain"
# Of the processor, for parsing a file or one of its functions, and more for each megabyte of the file.
SECONDS, SECONDS_PER_MB = 4.0, 4.0
Read = Callable[[str], bytes]
Buckets = dict[str, list[Reading]]


class Leftover(Struct, frozen=True):
    """A function that found no counterpart in its file; its signature may pair it with one of another file."""

    part: Part
    digest: str
    signature: bytes


class Answer(Struct, frozen=True):
    """What a worker makes of a pair; `noise` is the kind that explains its whole difference, "" for none."""

    changes: tuple[Change, ...] = ()
    gaps: tuple[Gap, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    definitions: tuple[Definition, ...] = ()
    noise: str = ""


def make_ready(parts: Iterable[Part]) -> None:
    """Load what reading these parts will take, so that workers forked after this have it."""
    kinds = {part.kind for part in parts}
    languages = {language_of(kind) for kind in kinds} - {""}
    ready(languages)
    for language in languages:
        power_finder(language)
    for kind in kinds:
        for whole in (True, False):
            _readers(kind, whole=whole)


def read_pair(pair: Pair, read: Read, stamps: Stamps = ()) -> Answer:
    """Return the changes of a pair of files, function by function where they are source.

    `stamps` are the versions of the two releases: a difference that holds nothing else is noise.
    """
    gaps: list[Gap] = []
    _opened.cache_clear()  # memory follows the largest pair
    old, new = _file(pair.old, read, "old", gaps), _file(pair.new, read, "new", gaps)
    _ask_lines(old, new)
    if new is None and (pair.new or old is None):
        return Answer((), tuple(gaps))
    if old is None and pair.old:  # nobody knows what it was: whatever stands there now counts as gained
        pair = Pair(None, pair.new, "added")
    files = [file for file in (old, new) if file]
    if all(file.opened for file in files):
        with suppress(SlowSource):  # the gap is told, and the text is compared as such
            changes, leftovers = _by_function(pair, old, new)
            defined = definitions(new.opened, language_of(new.part.kind)) if new and new.opened else ()
            kind = _noise(old, new, changes, stamps)
            return Answer(tuple(changes), tuple(gaps), tuple(leftovers), tuple(defined), kind)
    for file in files:
        file.take_as_text()
    change = compare(pair, _whole(old), _whole(new))
    changes = [change] if change.hunks else []
    return Answer(tuple(changes), tuple(gaps), noise=_noise(old, new, changes, stamps))


def _noise(old: "File | None", new: "File | None", changes: Collection[Change], stamps: Stamps) -> str:
    """Return the kind of noise that a pair's difference is; what its container says of it is none."""
    if new is None or (old and sorted(old.part.facts) != sorted(new.part.facts)):
        return ""
    sides = [Facing(file.data, file.opened.code if file.opened else None) if file else None for file in (old, new)]
    return noise(new.part.kind, sides[0], sides[1] or Facing(), stamps, silent=not changes)


def _file(part: Part | None, read: Read, side: str, gaps: list[Gap]) -> "File | None":
    """Return one side's file, None where there is none or where its bytes cannot be seen (then a gap says so)."""
    if part is None or part.kind == UNSEEN:
        return None
    try:
        return File(part, read, side, gaps)
    except CannotRead as cannot:
        gaps.append(Gap("read", part.place, cannot.reason, cannot.detail, side, part.size))
        return None


def read_functions(old: Part, new: Part, read: Read) -> Answer:
    """Return the change between one function and its counterpart in another file; `holder` names the files' digests."""
    gaps: list[Gap] = []
    files = _file(_file_of(old), read, "old", gaps), _file(_file_of(new), read, "new", gaps)
    _ask_lines(*files)
    with suppress(SlowSource):
        them = [
            (file, file.function(part.place.symbol, part.place.start))
            for file, part in zip(files, (old, new), strict=True)
            if file and file.functions
        ]
        if len(them) == len(files):
            change = _compared(Pair(old, new, "likeness"), *them)
            return Answer((change,) if change.hunks else (), tuple(gaps))
    return Answer((), tuple(gaps))


def _ask_lines(old: "File | None", new: "File | None") -> None:
    """Ask, where both are texts, only for lines that do not stand as often on the other side."""
    if old and new and not _binary(old.part.kind) and not _binary(new.part.kind):
        if old.part.kind == new.part.kind:
            old.material.beside, new.material.beside = new.data, old.data
        mine, theirs = Counter(old.material.lines), Counter(new.material.lines)
        for file in (old, new):
            file.material.asked_lines = [
                number for number, line in enumerate(file.material.lines, 1) if mine[line] != theirs[line]
            ]


class File:
    """One side of a pair of files: its bytes, its functions if it is source, and what was read from it as a whole."""

    def __init__(self, part: Part, read: Read, side: str, gaps: list[Gap]) -> None:
        self.part = part
        data = read(part.digest) if part.size else b""
        self.data = data if _binary(part.kind) else plain(data)
        self._gaps = gaps
        self._side = side
        self.opened = self._open()
        self.material = Material(part, part.kind, self.data, code=self.opened.code if self.opened else None)
        self.functions: Sequence[Function] = self.opened.code.functions if self.opened else ()
        self._starts = sorted(
            (function.line, -function.end, function.name) for function in self.functions if function.name
        )

    def _open(self) -> Opened | None:
        language = self.part.kind.removeprefix("code/")
        if not self.part.kind.startswith("code/") or language not in LANGUAGES:
            return None
        try:
            seconds = SECONDS + SECONDS_PER_MB * len(self.data) / 1e6
            return _opened(self.data.replace(b"\0", b" "), language, seconds)  # a zero would end the source
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
        self._gaps.append(Gap("read", self.part.place, reason, detail, self._side, self.part.size))

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
        for name, reader in _readers(material.kind, whole=whole):
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
        part, kind = self.part_of(function), self.part.kind
        material = Material(part, kind, self.data, side.statements, function, code, asked)
        readings = [*self.readings(material, whole=False), *self.buckets.get(function.name, ())]
        return structs.replace(side, readings=readings)

    def text(self, function: Function) -> str:
        """Return a function's source."""
        return self.data[function.start_byte : function.end_byte].decode("utf-8", "replace")


@lru_cache(maxsize=2)  # functions that moved out of one file, or into one, are compared in a row
def _opened(data: bytes, language: str, seconds: float) -> Opened:
    return open_code(data, language, seconds)


def _by_function(pair: Pair, old: File | None, new: File | None) -> tuple[list[Change], list[Leftover]]:
    changes: list[Change] = []
    leftovers: list[Leftover] = []
    for matched in pair_functions(old.functions if old else (), new.functions if new else (), _texts(old, new)):
        if _same(matched, old, new):
            continue
        change = _compared(_pair(pair, matched, old, new), (old, matched.old), (new, matched.new))
        if change.hunks:
            changes.append(change)
            leftovers += _leftover(matched, old, new)
    return changes, leftovers


def _texts(old: File | None, new: File | None) -> Callable[[bool, Function], str]:
    def text(newer: bool, function: Function) -> str:
        file = new if newer else old
        return file.text(function) if file else ""

    return text


def _same(matched: FunctionPair, old: File | None, new: File | None) -> bool:
    if not (matched.old and matched.new and old and new) or matched.old.digest != matched.new.digest:
        return False
    mine, theirs = old.buckets.get(matched.old.name, ()), new.buckets.get(matched.new.name, ())
    return len(mine) == len(theirs) and Counter(one.fact for one in mine) == Counter(two.fact for two in theirs)


def _pair(pair: Pair, matched: FunctionPair, old: File | None, new: File | None) -> Pair:
    before = old.part_of(matched.old) if old and matched.old else None
    after = new.part_of(matched.new) if new and matched.new else None
    by = matched.by
    if before is None:
        by = "added" if pair.old is None else "added-function"
    elif after is None:
        by = "removed" if pair.new is None else "removed-function"
    return Pair(before, after, by, matched.likeness)


def _compared(pair: Pair, *them: tuple[File | None, Function | None]) -> Change:
    """Compare an old and a new function; where both are there, only statements that a difference touches are read."""
    bare = [file.side(function) if file else Side() for file, function in them]
    alignment = lined_up(pair, *bare)
    asked = touched(alignment) if alignment and pair.old and pair.new else (None, None)
    old, new = (
        file.read(side, function, told) if file and function else side
        for (file, function), side, told in zip(them, bare, asked, strict=True)
    )
    return compare(pair, old, new, alignment)


def _leftover(matched: FunctionPair, old: File | None, new: File | None) -> Iterable[Leftover]:
    if matched.old and matched.new:
        return
    for file, function in ((old, matched.old), (new, matched.new)):
        if file and function and function.name:
            yield Leftover(file.part_of(function), function.digest, signature(file.text(function)))


def _whole(file: File | None) -> Side:
    if file is None:
        return Side()
    readings = [reading for bucket in file.buckets.values() for reading in bucket]
    return Side((), readings, () if _binary(file.part.kind) else file.material.lines)


def _binary(kind: str) -> bool:
    return kind.startswith(("data/", "executable/", "container/"))


def _file_of(function: Part) -> Part:
    place = structs.replace(function.place, symbol="", start=0, end=0)
    return Part(place, function.kind, function.holder, function.size)


@lru_cache(maxsize=1024)
def _readers(kind: str, *, whole: bool) -> tuple[tuple[str, ModuleType], ...]:
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
