"""One pair of parts, read and compared: the work that a sandboxed worker does on hostile bytes."""

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress

from msgspec import Struct, structs

from zoll.compare.change import compare
from zoll.compare.noise import Facing, Stamps, noise
from zoll.compare.strength import step_down
from zoll.errors import CannotRead
from zoll.model import Change, Functions, Gap, Pair, Part, Place
from zoll.pairing.functions import FunctionPair, pair_functions, signature
from zoll.parse.code import Function
from zoll.parse.source import SlowSource, ready
from zoll.parse.spelling import respelled
from zoll.pipeline.bytecode import LANGUAGES, beside, holding, placed, translated
from zoll.pipeline.early import without_early
from zoll.pipeline.lifting import LIFTED, lifted_changes
from zoll.pipeline.machine_texts import without_texts
from zoll.pipeline.sides import File, Read, binary, compared, opened, readers_of, whole
from zoll.pipeline.unseen import UNSEEN
from zoll.pipeline.wrappers import Definition, definitions, language_of, power_finder
from zoll.readers import flags, forms
from zoll.readers.ability import power_of
from zoll.readers.material import Material

# Facts of an executable that tell when and by what it was built, where nothing else differs.
STAMPS = frozenset({"identifier", "made-by"})
_BUILD = frozenset({"identifier"})  # where functions differ, so does it


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
    functions: tuple[Functions, ...] = ()


def make_ready(parts: Iterable[Part]) -> None:
    """Load what reading these parts will take, so that workers forked after this have it."""
    kinds = {part.kind for part in parts}
    languages = {LANGUAGES.get(kind) or language_of(kind) for kind in kinds} - {""}
    ready(languages)
    for language in languages:
        power_finder(language)
        power_of("", (), language)
        forms.ready(language)
        respelled("", language)
    step_down("sha256", "md5")
    flags.ready(settings=any(kind.startswith("config/") for kind in kinds))
    for kind in kinds:
        for files in (True, False):
            for _, reader in readers_of(kind, whole=files):
                with suppress(CannotRead):  # of nothing: what it finds in tables is made when it looks first
                    deque(reader.read(Material(Part(Place(("",)), kind, "", 0), kind, b"")), maxlen=0)


def read_pair(pair: Pair, read: Read, stamps: Stamps = (), most: int | None = None) -> Answer:
    """Return the changes of a pair of files, function by function where they are source.

    `stamps` are the versions of the two releases: a difference that holds nothing else is noise. `most` bounds the
    bytes of an executable's functions that are brought up.
    """
    gaps: list[Gap] = []
    opened.cache_clear()  # memory follows the largest pair
    old = _file(pair.old, read, "old", gaps)
    new = _file(pair.new, read, "new", gaps, old)
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
    if all(file.part.kind in LANGUAGES for file in files) and (answer := _bytecode(pair, old, new, gaps, stamps)):
        return answer
    if all(file.part.kind in LIFTED for file in files) and not holding(files, gaps):
        return _executable(pair, old, new, gaps, stamps, most)
    for file in files:
        file.take_as_text()
    change = compare(pair, whole(old), whole(new), seen=not gaps)
    changes = [change] if change.hunks else []
    return Answer(tuple(changes), tuple(gaps), noise=_noise(old, new, changes, stamps))


def _executable(
    pair: Pair, old: File | None, new: File | None, gaps: list[Gap], stamps: Stamps, most: int | None
) -> Answer:
    """Return the changes of an executable's functions, and of what it says beside them."""
    inside = lifted_changes(pair, old, new, gaps, most)
    beside = without_early(without_texts(compare(pair, whole(old), whole(new)), inside.texts), inside.changes)
    said = {one.fact.kind for hunk in beside.hunks for one in (*hunk.gained, *hunk.lost)}
    mute = said <= (STAMPS if inside.alike else _BUILD)
    changes = inside.changes if mute and (inside.changes or inside.alike) else (beside, *inside.changes)
    changes = tuple(change for change in changes if change.hunks)
    kind = _noise(old, new, changes, stamps) or ("machine-code" if inside.alike and not changes else "")
    return Answer(changes, tuple(gaps), (), inside.definitions, kind, inside.functions)


def _bytecode(pair: Pair, old: File | None, new: File | None, gaps: list[Gap], stamps: Stamps) -> Answer | None:
    """Return the changes of the methods of bytecode, and of what the file says beside them; None where it is none."""
    made = translated(old, new, gaps)
    if made is None:
        return None
    with suppress(SlowSource):
        inside = [placed(change, *made) for change in _by_function(pair, *made)[0]]
        change = beside(compare(pair, whole(old), whole(new)), made)
        changes = (*((change,) if change.hunks else ()), *inside)
        last = made[1]
        defined = definitions(last.opened, language_of(last.kind)) if last and last.opened else ()
        kind = _noise(old, new, changes, stamps) or ("" if changes else "machine-code")
        return Answer(changes, tuple(gaps), (), tuple(defined), kind)
    return None


def _noise(old: "File | None", new: "File | None", changes: Collection[Change], stamps: Stamps) -> str:
    """Return the kind of noise that a pair's difference is; what its container says of it is none."""
    if new is None or (old and sorted(old.part.facts) != sorted(new.part.facts)):
        return ""
    sides = [Facing(file.data, file.opened.code if file.opened else None) if file else None for file in (old, new)]
    return noise(new.part.kind, sides[0], sides[1] or Facing(), stamps, silent=not changes)


def _file(part: Part | None, read: Read, side: str, gaps: list[Gap], other: "File | None" = None) -> "File | None":
    """Return one side's file, None where there is none or where its bytes cannot be seen (then a gap says so).

    `other` is the other side's file, if it was opened before.
    """
    if part is None or part.kind == UNSEEN:
        return None
    try:
        return File(part, read(part.digest) if part.size else b"", side, gaps, other=other)
    except CannotRead as cannot:
        gaps.append(Gap("read", part.place, cannot.reason, cannot.detail, side, part.size))
        return None


def read_functions(old: Part, new: Part, read: Read) -> Answer:
    """Return the change between one function and its counterpart in another file; `holder` names the files' digests."""
    gaps: list[Gap] = []
    files = _file(_file_of(old), read, "old", gaps), _file(_file_of(new), read, "new", gaps)
    _ask_lines(*files)
    for file, part in zip(files, (old, new), strict=True):
        if file and file.material.asked_lines is not None:
            within = range(part.place.start, part.place.end + 1)
            file.material.asked_lines = [line for line in file.material.asked_lines if line in within]
    with suppress(SlowSource):
        them = [
            (file, file.function(part.place.symbol, part.place.start))
            for file, part in zip(files, (old, new), strict=True)
            if file and file.functions
        ]
        if len(them) == len(files):
            change = compared(Pair(old, new, "likeness"), *them)
            return Answer((change,) if change.hunks else (), tuple(gaps))
    return Answer((), tuple(gaps))


def _ask_lines(old: "File | None", new: "File | None") -> None:
    """Ask, where both are texts, only for lines that do not stand as often on the other side."""
    if old and new and not binary(old.part.kind) and not binary(new.part.kind):
        if old.part.kind == new.part.kind:
            old.material.beside, new.material.beside = new.data, old.data
        mine, theirs = Counter(old.material.lines), Counter(new.material.lines)
        differing = {line for line, _ in mine.items() ^ theirs.items()}
        for file in (old, new):
            file.material.asked_lines = [
                number for number, line in enumerate(file.material.lines, 1) if line in differing
            ]


def _by_function(pair: Pair, old: File | None, new: File | None) -> tuple[list[Change], list[Leftover]]:
    changes: list[Change] = []
    leftovers: list[Leftover] = []
    for matched in pair_functions(old.functions if old else (), new.functions if new else (), _texts(old, new)):
        if _same(matched, old, new):
            continue
        change = compared(_pair(pair, matched, old, new), (old, matched.old), (new, matched.new))
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


def _leftover(matched: FunctionPair, old: File | None, new: File | None) -> Iterable[Leftover]:
    if matched.old and matched.new:
        return
    for file, function in ((old, matched.old), (new, matched.new)):
        if file and function and function.name:
            yield Leftover(file.part_of(function), function.digest, signature(file.text(function)))


def _file_of(function: Part) -> Part:
    place = structs.replace(function.place, symbol="", start=0, end=0)
    return Part(place, function.kind, function.holder, function.size)
