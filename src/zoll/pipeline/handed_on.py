"""Follows secrets into functions of the release: a helper that sends, keeps or logs what it is handed hands it on."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress

from msgspec import Struct, structs

from zoll.declared.finder import Finder
from zoll.model import Change, Fact, Hunk, Part, Place, Reading
from zoll.parse.source import SlowSource, open_code
from zoll.pipeline.batches import batches, smallest, weight
from zoll.pipeline.wrappers import language_of, looks_defined, telling
from zoll.readers.material import Material
from zoll.readers.passages import Passage, parameter, passages
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

OWN = "own"  # what the reader says where only the release knows
DEEP = 3  # functions that hand on to functions
SHARED = 4  # so many definitions of a name say too little about which is called
MOST_NAMES = 400
MOST_BYTES, LARGEST_FILE = 24_000_000, 1_000_000
LONGEST_MACRO = 4_000
RANK = ("peer", "file", "log", "command")
_MACRO = re.compile(
    rb"^[ \t]*#[ \t]*define[ \t]+(\w{3,80})\(([^()\n]{0,300})\)((?:[^\\\n]|\\.|\\\r?\n){1,4000})", re.MULTILINE
)
_REST = "zoll_rest"

Read = Callable[[str], bytes]
Wanted = tuple[str, int]


class Led(Struct, frozen=True):
    """Where one definition of a function leads one of its arguments."""

    name: str
    argument: int
    passages: tuple[Passage, ...]


def with_handed_on(changes: Sequence[Change], parts: Iterable[Part], read: Read, pool: Pool) -> list[Change]:
    """Return the changes with secrets that a function of the release is handed told by where it takes them."""
    asked = {_wanted(one.fact) for change in changes for hunk in change.hunks for one in hunk.gained if _open(one.fact)}
    asked = {one for one in asked if telling(one[0])}
    known = _followed(set(sorted(asked)[:MOST_NAMES]), list(parts), read, pool) if asked else {}
    return [_told(change, known) for change in changes]


def _open(fact: Fact) -> bool:
    return fact.kind == "handed" and fact.value == OWN


def _wanted(fact: Fact) -> Wanted:
    return fact.trait("call"), int(fact.trait("argument") or 0)


def _followed(asked: set[Wanted], parts: list[Part], read: Read, pool: Pool) -> dict[Wanted, str]:
    """Return whither each wanted argument goes, by itself or through functions that it is handed on to."""
    code = smallest((one for one in parts if language_of(one.kind) and 0 < one.size <= LARGEST_FILE), MOST_BYTES)
    led: dict[Wanted, list[Led]] = {}
    new = asked
    for _ in range(DEEP):
        for one in _look(new, code, read, pool):
            led.setdefault((one.name, one.argument), []).append(one)
        onward = {
            (p.called, p.argument) for key in new for one in led.get(key, ()) for p in one.passages if telling(p.called)
        }
        new = set(sorted(onward - led.keys())[:MOST_NAMES])
        if not new:
            break
    return {one: to for one in asked if (to := _whither(one, led))}


def _whither(wanted: Wanted, led: dict[Wanted, list[Led]]) -> str:
    """Return the outlet that a definition of the wanted name reaches, the worst of all."""
    found: set[str] = set()
    reached, near = {wanted}, [wanted]
    for _ in range(DEEP):
        there = [one for key in near for one in led.get(key, ()) if len(led[key]) < SHARED]
        every = [passage for one in there for passage in one.passages]
        found.update(passage.to for passage in every if passage.to)
        near = sorted({(one.called, one.argument) for one in every if one.called} - reached)
        reached.update(near)
    return next((to for to in RANK if to in found), "")


def _look(wanted: set[Wanted], code: Sequence[Part], read: Read, pool: Pool) -> list[Led]:
    finder = Finder(sorted({name for name, _ in wanted}))

    def work(batch: Sequence[Part]) -> list[Led]:
        return [one for part in batch for one in _defined(part, read(part.digest), finder, wanted)]

    answers = pool.run(work, batches(code), list[Led], weight) if wanted else ()
    return [one for _, answer in answers if not isinstance(answer, Failure) for one in answer]


def _defined(part: Part, data: bytes, finder: Finder, wanted: set[Wanted]) -> Iterator[Led]:
    """Yield what the definitions in a file do with the wanted arguments."""
    names = [finder.words[index] for index in finder.within(data)]
    language = language_of(part.kind)
    if not names:
        return
    if language in ("c", "cpp") and b"define" in data:
        yield from _macros(data, {name.decode() for name in names}, wanted)
    if looks_defined(data, language, names):
        with suppress(SlowSource):
            yield from _functions(data, language, wanted)


def _functions(data: bytes, language: str, wanted: set[Wanted]) -> Iterator[Led]:
    opened = open_code(data, language)
    for function in opened.code.functions:
        name = function.name.rsplit(".", 1)[-1].partition("#")[0]  # a second of the name has its number behind it
        for argument in sorted(argument for one, argument in wanted if one == name):
            held = parameter(function.params, argument)
            if held:
                kind = f"code/{language}"
                part = Part(Place(), kind, "", len(data))
                material = Material(part, kind, data, opened.statements(function), function, opened.code)
                yield Led(name, argument, tuple(dict.fromkeys(passages(material, held))))


def _macros(data: bytes, names: set[str], wanted: set[Wanted]) -> Iterator[Led]:
    """Yield what function-like macros do with their arguments: their text is read as that of a function."""
    for found in _MACRO.finditer(data):
        name = found[1].decode()
        if name not in names or len(found[0]) > LONGEST_MACRO:
            continue
        params = [one.strip() for one in found[2].decode("utf-8", "replace").split(",")]
        body = found[3].replace(b"\\\n", b"\n").replace(b"\\\r\n", b"\n").replace(b"##", b" ")
        body = body.replace(b"__VA_ARGS__", _REST.encode())
        plain = ", ".join(f"int {_REST if one == '...' else one.removesuffix('...').strip()}" for one in params if one)
        text = f"void {name}({plain}) {{\n".encode() + body + b";\n}\n"
        with suppress(SlowSource):
            yield from _functions(text, "c", {one for one in wanted if one[0] == name})


def _told(change: Change, known: dict[Wanted, str]) -> Change:
    if not any(_open(one.fact) for hunk in change.hunks for one in (*hunk.gained, *hunk.lost)):
        return change
    return structs.replace(change, hunks=tuple(_resolved(hunk, known) for hunk in change.hunks))


def _resolved(hunk: Hunk, known: dict[Wanted, str]) -> Hunk:
    return structs.replace(
        hunk,
        gained=tuple(new for one in hunk.gained for new in _said(one, known)),
        lost=tuple(new for one in hunk.lost for new in _said(one, known)),
    )


def _said(reading: Reading, known: dict[Wanted, str]) -> Iterator[Reading]:
    """Yield the reading as it is; where only the release knew, as the release says, nothing where it says nothing."""
    if not _open(reading.fact):
        yield reading
    elif to := known.get(_wanted(reading.fact)):
        traits = [trait for trait in reading.fact.traits if not trait.startswith("argument:")]
        through = f"through:{reading.fact.trait('call')}"
        yield structs.replace(reading, fact=Fact("handed", to, tuple(sorted([*traits, through]))))
