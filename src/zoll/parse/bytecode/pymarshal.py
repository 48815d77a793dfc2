"""Compiled Python read without loading it: the marshal format of CPython 3.8 to 3.14 (Python/marshal.c)."""

import struct
from typing import NamedTuple

HEADER = 16
MOST_OBJECTS = 2_000_000
DEEPEST = 120
REFERABLE = 0x80
NEW_LAYOUT = 3495  # the magic number of 3.11, from which on locals, cells and free variables share one list
PLAIN = {b"N": None, b"F": False, b"T": True, b".": ..., b"S": StopIteration}
SHORT, LONG = b"zZ", b"suaAt"


class BadMarshal(ValueError):
    """Bytes that are no compiled Python. `reason`: truncated, malformed, unsupported."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class CodeObject(NamedTuple):
    """A code object. `names` are those of globals and attributes, `locals` of what it holds itself, in order."""

    args: int
    positional: int
    keywords: int
    flags: int
    code: bytes
    consts: tuple[object, ...]
    names: tuple[str, ...]
    locals: tuple[str, ...]
    cells: tuple[str, ...]
    name: str
    first: int
    lines: bytes
    handlers: bytes
    at: int


class Symbol(NamedTuple):
    """A slice, a set or a dictionary among the constants: its kind and what it holds."""

    kind: str
    held: tuple[object, ...]


def read_pyc(data: bytes) -> tuple[int, CodeObject]:
    """Return the magic number and the module's code. Raises BadMarshal."""
    magic = int.from_bytes(data[:2], "little")
    if data[2:4] != b"\r\n" or len(data) <= HEADER:
        raise BadMarshal("malformed", "no compiled Python")
    try:
        found = _Reader(data, HEADER, magic).read(0)
    except (struct.error, IndexError, OverflowError) as error:
        raise BadMarshal("truncated", "inside an object") from error
    if not isinstance(found, CodeObject):
        raise BadMarshal("malformed", "no code in it")
    return magic, found


class _Reader:
    """Reads objects one after the other."""

    def __init__(self, data: bytes, at: int, magic: int) -> None:
        self.data, self.at, self.magic = data, at, magic
        self.refs: list[object] = []
        self.count = 0

    def number(self, width: int = 4, *, signed: bool = True) -> int:
        """Return a number of some bytes."""
        return int.from_bytes(self.take(width), "little", signed=signed)

    def take(self, size: int) -> bytes:
        """Return so many bytes."""
        if size < 0 or self.at + size > len(self.data):
            raise BadMarshal("truncated", "inside an object")
        self.at += size
        return self.data[self.at - size : self.at]

    def read(self, depth: int) -> object:
        """Return the next object."""
        self.count += 1
        if depth > DEEPEST or self.count > MOST_OBJECTS:
            raise BadMarshal("malformed", "objects too deep, or more than a file holds")
        first = self.take(1)[0]
        kind = bytes((first & ~REFERABLE,))
        if kind == b"r":
            index = self.number()
            return self.refs[index] if 0 <= index < len(self.refs) else None
        place = len(self.refs)
        if first & REFERABLE:
            self.refs.append(None)
        made = self._object(kind, depth + 1)
        if first & REFERABLE:
            self.refs[place] = made
        return made

    def _object(self, kind: bytes, depth: int) -> object:
        if kind in PLAIN:
            return PLAIN[kind]
        if kind in b"iIgyl":
            return self._number(kind)
        if kind in SHORT + LONG:
            raw = self.take(self.number(1 if kind in SHORT else 4, signed=False))
            return raw if kind == b"s" else raw.decode("latin-1" if kind in b"aAzZ" else "utf-8", "replace")
        if kind in b")([<>":
            return self._many(kind, depth)
        if kind == b"{":
            return self._pairs(depth)
        if kind == b":":
            return Symbol("slice", tuple(self.read(depth) for _ in range(3)))
        if kind == b"c":
            return self._code(depth)
        raise BadMarshal("malformed", f"an object of kind {kind!r}")

    def _number(self, kind: bytes) -> object:
        if kind == b"i":
            return self.number()
        if kind == b"I":
            return self.number(8)
        if kind == b"g":
            return struct.unpack("<d", self.take(8))[0]
        if kind == b"y":
            return complex(*struct.unpack("<dd", self.take(16)))
        size = self.number()
        digits = struct.unpack(f"<{abs(size)}H", self.take(2 * abs(size)))
        if len(digits) > 4_000:
            raise BadMarshal("malformed", "a number of more digits than source has")
        total = sum(digit << (15 * at) for at, digit in enumerate(digits))
        return -total if size < 0 else total

    def _many(self, kind: bytes, depth: int) -> object:
        size = self.number(1 if kind == b")" else 4, signed=False)
        if size > len(self.data) - self.at:
            raise BadMarshal("truncated", "a list of more than the file holds")
        held = tuple(self.read(depth) for _ in range(size))
        return held if kind in b")(" else Symbol("list" if kind == b"[" else "set", held)

    def _pairs(self, depth: int) -> Symbol:
        held: list[object] = []
        while self.data[self.at : self.at + 1] != b"0":
            held += (self.read(depth), self.read(depth))
        self.at += 1
        return Symbol("dict", tuple(held))

    def _code(self, depth: int) -> CodeObject:
        old = self.magic < NEW_LAYOUT
        counts = [self.number() for _ in range(6 if old else 5)]
        at = self.at
        code, consts, names = (self.read(depth) for _ in range(3))
        variables = _texts(self.read(depth))
        second, third = self.read(depth), _texts(self.read(depth)) if old else ()
        cells = (*_texts(third), *_texts(second)) if old else ()
        self.read(depth)  # the name of its file
        name = self.read(depth)
        if not old:
            self.read(depth)  # the qualified name
        first, lines = self.number(), self.read(depth)
        handlers = b"" if old else self.read(depth)
        return CodeObject(
            counts[0],
            counts[1],
            counts[2],
            counts[-1],
            code if isinstance(code, bytes) else b"",
            consts if isinstance(consts, tuple) else (),
            _texts(names),
            variables,
            cells,
            name if isinstance(name, str) else "",
            first,
            lines if isinstance(lines, bytes) else b"",
            handlers if isinstance(handlers, bytes) else b"",
            at,
        )


def _texts(found: object) -> tuple[str, ...]:
    return tuple(one if isinstance(one, str) else "" for one in found) if isinstance(found, tuple) else ()
