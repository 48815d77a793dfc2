"""The instructions of compiled Python: which they are by version, where they lead, which lines they come from."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from zoll.parse.bytecode.blocks import Handler, Instruction
from zoll.parse.bytecode.pymarshal import CodeObject

STOPS = frozenset({"RETURN_VALUE", "RETURN_CONST", "RAISE_VARARGS", "RERAISE"})
JUMPS = frozenset(
    {"JUMP_FORWARD", "JUMP_ABSOLUTE", "JUMP_BACKWARD", "JUMP_BACKWARD_NO_INTERRUPT", "SEND", "CALL_FINALLY"}
)
SETUPS = frozenset({"SETUP_FINALLY", "SETUP_WITH", "SETUP_ASYNC_WITH"})
# What is there only to put things in order before something thrown goes on.
TIDYING = frozenset(
    {"COPY", "POP_EXCEPT", "LOAD_CONST", "STORE_FAST", "DELETE_FAST", "STORE_NAME", "DELETE_NAME", "STORE_DEREF"}
    | {"DELETE_DEREF", "SWAP", "POP_TOP", "CALL_INTRINSIC_1", "POP_BLOCK", "ROT_FOUR", "STORE_GLOBAL", "DELETE_GLOBAL"}
    | {"PUSH_EXC_INFO", "LOAD_FAST", "JUMP_FORWARD", "CLEANUP_THROW", "STORE_FAST_LOAD_FAST", "NOP"}
)
MOST_INSTRUCTIONS = 60_000


class Version(NamedTuple):
    """One version of CPython: the instructions by number, and how many words behind each are not used."""

    minor: int
    argument: int
    names: dict[int, str]
    caches: dict[int, int]


class Unsupported(ValueError):
    """A version of Python whose instructions are not known."""


@cache
def versions() -> dict[int, Version]:
    """Return what is known of each version, by its magic number."""
    found = {}
    table = tomllib.loads(files("zoll.parse.bytecode").joinpath("opcodes.toml").read_text("utf-8"))
    for name, row in table.items():
        words = row["names"].split()
        numbers = [word.partition("/") for word in words[1::2]]
        names = {int(number): word for word, (number, _, _) in zip(words[::2], numbers, strict=True)}
        caches = {int(number): int(unused) for number, _, unused in numbers if unused}
        found[row["magic"]] = Version(int(name.partition(".")[2]), row["argument"], names, caches)
    return found


def version_of(magic: int) -> Version:
    """Return a version by its magic number. Raises Unsupported."""
    if magic not in versions():
        raise Unsupported(f"compiled Python of an unknown version ({magic})")
    return versions()[magic]


def instructions_of(code: CodeObject, version: Version) -> list[Instruction]:
    """Return the instructions of a code object; prefixes and unused words are left out."""
    lines = dict(_lines(code, version.minor))
    made: list[Instruction] = []
    at = held = line = 0
    start = -1
    raw = code.code
    while at + 1 < len(raw) and len(made) < MOST_INSTRUCTIONS:
        number = raw[at]
        held = held << 8 & 0xFFFFFFFF | raw[at + 1]
        start = at if start < 0 else start
        line = lines.get(at, line)
        name = version.names.get(number, "UNKNOWN")
        at += 2
        if name == "EXTENDED_ARG":
            continue
        at += 2 * version.caches.get(number, 0)
        if name not in ("CACHE", "NOT_TAKEN"):
            made.append(_instruction(name, held, start, at, line, version.minor))
        held, start = 0, -1
    return made


def _instruction(name: str, argument: int, start: int, end: int, line: int, minor: int) -> Instruction:
    scale = 2 if minor >= 10 else 1
    if name == "FOR_ITER":
        return Instruction(start, name, argument, line, (end + argument * scale,), "for")
    if name in SETUPS:
        return Instruction(start, name, end + argument * scale, line)
    if name in STOPS or name == "END_ASYNC_FOR":
        return Instruction(start, name, argument, line, (), "stop" if name in STOPS else "")
    if "JUMP" not in name and name not in JUMPS:
        return Instruction(start, name, argument, line)
    back = "BACKWARD" in name
    relative = minor >= 11 or name in ("JUMP_FORWARD", "CALL_FINALLY")
    target = end + argument * scale * (-1 if back else 1) if relative else argument * scale
    return Instruction(start, name, argument, line, (target,), "jump" if name in JUMPS else "branch")


def handlers_of(code: CodeObject, instructions: list[Instruction], minor: int) -> list[Handler]:
    """Return what runs when something is thrown, without what only puts things in order and throws on."""
    if minor >= 11:
        found = list(_table(code.handlers))
    else:
        found = [
            Handler(following.offset, one.argument, one.argument, "", -1)
            for one, following in pairwise(instructions)
            if one.name in SETUPS and isinstance(one.argument, int)
        ]
    places = {one.offset: at for at, one in enumerate(instructions)}
    return [one for one in found if one.target in places and not _tidies(instructions, places[one.target])]


def _tidies(instructions: list[Instruction], at: int) -> bool:
    for one in instructions[at : at + 12]:
        if one.name in ("RERAISE", "WITH_EXCEPT_START", "WITH_CLEANUP_START", "END_ASYNC_FOR", "CLEANUP_THROW"):
            return True
        if one.name not in TIDYING:
            return False
    return False


def _table(raw: bytes) -> Iterator[Handler]:
    """Yield the rows of an exception table (Objects/exception_handling_notes.txt): numbers of six bits a byte."""
    numbers: list[int] = []
    value = 0
    for byte in raw:
        if byte & 0x80:
            numbers, value = [], 0
        value = value << 6 & 0xFFFFFFFF | byte & 0x3F
        if not byte & 0x40:
            numbers.append(value)
            value = 0
            if len(numbers) == 4:
                start, size, target, depth = numbers
                yield Handler(start * 2, (start + size) * 2, target * 2, "", depth >> 1, bool(depth & 1))


def _lines(code: CodeObject, minor: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets at which lines of the source begin, with the lines."""
    if minor >= 11:
        yield from _locations(code)
        return
    at, line = 0, code.first
    yield at, line
    for size, step in zip(code.lines[::2], code.lines[1::2], strict=False):
        signed = step - 256 if step > 127 else step
        if minor == 10:
            line += signed if signed != -128 else 0
            yield at, line
            at += size
        else:
            at += size
            line += signed
            yield at, line


def _locations(code: CodeObject) -> Iterator[tuple[int, int]]:
    """Yield what a table of locations tells (PEP 657, Objects/locations.md)."""
    at, line, place = 0, code.first, 0
    raw = code.lines
    while place < len(raw):
        first = raw[place]
        kind, size = first >> 3 & 15, (first & 7) + 1
        place += 1
        if kind in (13, 14):
            value = shift = 0
            end = place
            while end < len(raw) and raw[end] & 0x40 and not raw[end] & 0x80:
                value |= (raw[end] & 0x3F) << shift
                shift, end = min(shift + 6, 60), end + 1
            value |= (raw[end] & 0x3F) << shift if end < len(raw) else 0
            line += -(value >> 1) if value & 1 else value >> 1
        elif 10 <= kind <= 12:
            line += kind - 10
        while place < len(raw) and not raw[place] & 0x80:
            place += 1
        if kind != 15:
            yield at, max(line, 0)
        at += size * 2
