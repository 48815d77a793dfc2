"""Java class files (The Java Virtual Machine Specification, chapter 4): constants, fields, methods, their code."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

MAGIC = 0xCAFEBABE
# Sizes of the entries of the constant pool behind the tag, by tag; the text (1) has a length of its own.
SIZES = {3: 4, 4: 4, 5: 8, 6: 8, 7: 2, 8: 2, 9: 4, 10: 4, 11: 4, 12: 4, 15: 3, 16: 2, 17: 4, 18: 4, 19: 2, 20: 2}
DEEPEST = 8  # annotations in annotations


class BadClass(ValueError):
    """Bytes that are no class file."""


class Member(NamedTuple):
    """A field, method or class that a constant names: owner, name, descriptor."""

    owner: str
    name: str
    descriptor: str


class Dynamic(NamedTuple):
    """A call whose target is made when it is first reached: what makes it, and from what."""

    name: str
    descriptor: str
    maker: Member
    given: tuple[object, ...]


class Name(NamedTuple):
    """A class as a constant."""

    name: str


class Text(NamedTuple):
    """A string as a constant."""

    text: str


class Number(NamedTuple):
    """A number as a constant, of type I, J, F or D."""

    value: float
    kind: str


class Annotation(NamedTuple):
    """An annotation: its type's descriptor, its values as source."""

    descriptor: str
    values: tuple[tuple[str, str], ...]


class Code(NamedTuple):
    """What a method does. `names`: (from, to, slot, name, descriptor) of locals; `lines`: (offset, line)."""

    data: bytes
    at: int
    handlers: tuple[tuple[int, int, int, str], ...]
    lines: tuple[tuple[int, int], ...]
    names: tuple[tuple[int, int, int, str, str], ...]


class Declared(NamedTuple):
    """A field or method."""

    flags: int
    name: str
    descriptor: str
    constant: object
    code: Code | None
    annotations: tuple[Annotation, ...]


class Bytes:
    """Reads numbers of the high byte first from a part of the data. Raises BadClass behind its end."""

    def __init__(self, data: bytes, at: int = 0, end: int = -1) -> None:
        self.data, self.at, self.end = data, at, len(data) if end < 0 else end

    def take(self, size: int) -> bytes:
        """Return so many bytes."""
        if self.at + size > self.end:
            raise BadClass("cut off")
        self.at += size
        return self.data[self.at - size : self.at]

    def one(self) -> int:
        """Return an unsigned byte."""
        return self.take(1)[0]

    def two(self) -> int:
        """Return an unsigned number of two bytes."""
        return int.from_bytes(self.take(2), "big")

    def four(self) -> int:
        """Return an unsigned number of four bytes."""
        return int.from_bytes(self.take(4), "big")


class ClassFile:
    """One class. `name` and `parent` are as the file has them (`java/lang/Object`)."""

    def __init__(self, data: bytes) -> None:
        source = Bytes(data)
        if source.four() != MAGIC:
            raise BadClass("no class file")
        self.minor, self.major = source.two(), source.two()
        self._pool: dict[int, tuple[int, bytes]] = {}
        self._makers: list[tuple[int, tuple[int, ...]]] = []
        self._read_pool(source)
        self.flags = source.two()
        self.name, self.parent = self.class_name(source.two()), self.class_name(source.two())
        self.interfaces = tuple(self.class_name(source.two()) for _ in range(source.two()))
        fields = self._members(source)
        methods = self._members(source)
        self.annotations: tuple[Annotation, ...] = ()
        for name, inner in self._attributes(source):
            if name == "BootstrapMethods":
                self._read_makers(inner)
            elif name == "RuntimeVisibleAnnotations":
                self.annotations = self._annotations(inner)
        self.fields = tuple(self._declared(*one) for one in fields)
        self.methods = tuple(self._declared(*one) for one in methods)

    def _read_pool(self, source: Bytes) -> None:
        count, index = source.two(), 1
        while index < count:
            tag = source.one()
            if tag == 1:
                self._pool[index] = (tag, source.take(source.two()))
            elif tag in SIZES:
                self._pool[index] = (tag, source.take(SIZES[tag]))
            else:
                raise BadClass(f"a constant of kind {tag}")
            index += 2 if tag in (5, 6) else 1

    def _read_makers(self, source: Bytes) -> None:
        for _ in range(source.two()):
            self._makers.append((source.two(), tuple(source.two() for _ in range(source.two()))))

    def _members(self, source: Bytes) -> list[tuple[int, int, int, list[tuple[str, Bytes]]]]:
        return [(source.two(), source.two(), source.two(), list(self._attributes(source))) for _ in range(source.two())]

    def _attributes(self, source: Bytes) -> Iterator[tuple[str, Bytes]]:
        for _ in range(source.two()):
            name, size = self.text(source.two()), source.four()
            at = source.at
            source.take(size)
            yield name, Bytes(source.data, at, at + size)

    def _declared(self, flags: int, name: int, descriptor: int, attributes: list[tuple[str, Bytes]]) -> Declared:
        constant: object = None
        code: Code | None = None
        told: tuple[Annotation, ...] = ()
        for kind, inner in attributes:
            if kind == "ConstantValue":
                constant = self.constant(inner.two())
            elif kind == "Code":
                code = self._code(inner)
            elif kind == "RuntimeVisibleAnnotations":
                told = self._annotations(inner)
        return Declared(flags, self.text(name), self.text(descriptor), constant, code, told)

    def _code(self, source: Bytes) -> Code:
        source.take(4)
        size = source.four()
        at = source.at
        data = source.take(size)
        rows = [(source.two(), source.two(), source.two(), source.two()) for _ in range(source.two())]
        handlers = tuple(
            (start, end, target, self.class_name(kind) if kind else "") for start, end, target, kind in rows
        )
        lines: list[tuple[int, int]] = []
        names: list[tuple[int, int, int, str, str]] = []
        for kind, inner in self._attributes(source):
            if kind == "LineNumberTable":
                lines += [(inner.two(), inner.two()) for _ in range(inner.two())]
            elif kind == "LocalVariableTable":
                names += [self._local(inner) for _ in range(inner.two())]
        return Code(data, at, handlers, tuple(sorted(lines)), tuple(names))

    def _local(self, source: Bytes) -> tuple[int, int, int, str, str]:
        start, length, name, kind, slot = (source.two() for _ in range(5))
        return start, start + length, slot, self.text(name), self.text(kind)

    # annotations

    def _annotations(self, source: Bytes) -> tuple[Annotation, ...]:
        return tuple(self._annotation(source, 0) for _ in range(source.two()))

    def _annotation(self, source: Bytes, depth: int) -> Annotation:
        kind = self.text(source.two())
        values = tuple((self.text(source.two()), self._element(source, depth)) for _ in range(source.two()))
        return Annotation(kind, values)

    def _element(self, source: Bytes, depth: int) -> str:
        if depth > DEEPEST:
            raise BadClass("annotations too deep")
        tag = chr(source.one())
        if tag == "s":
            return quoted(self.text(source.two()))
        if tag == "e":
            kind, name = self.text(source.two()), self.text(source.two())
            return f"{kind.strip('L;').rpartition('/')[2]}.{name}"
        if tag == "c":
            return f"{self.text(source.two()).strip('L;').rpartition('/')[2]}.class"
        if tag == "[":
            return "{" + ", ".join([self._element(source, depth + 1) for _ in range(source.two())][:200]) + "}"
        if tag == "@":
            inner = self._annotation(source, depth + 1)
            told = ", ".join(f"{name} = {value}" for name, value in inner.values)
            return f"@{inner.descriptor.strip('L;').rpartition('/')[2]}({told})"
        constant = self.constant(source.two())
        if isinstance(constant, Number):
            return ("true" if constant.value else "false") if tag == "Z" else f"{constant.value}"
        return "null"

    # constants

    def _entry(self, index: int, *tags: int) -> tuple[int, bytes]:
        tag, raw = self._pool.get(index, (0, b""))
        if tag not in tags:
            raise BadClass(f"constant {index} is not what it should be")
        return tag, raw

    def text(self, index: int) -> str:
        """Return a text of the constant pool (modified UTF-8; what is none becomes replacement characters)."""
        raw = self._entry(index, 1)[1].replace(b"\xc0\x80", b"\0")
        try:
            return raw.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError:
            return raw.decode("utf-8", "replace")

    def class_name(self, index: int) -> str:
        """Return the name of a class, "" for none."""
        return self.text(struct.unpack(">H", self._entry(index, 7)[1])[0]) if index else ""

    def member(self, index: int) -> Member:
        """Return a field or method that a constant names."""
        owner, named = struct.unpack(">HH", self._entry(index, 9, 10, 11)[1])
        return Member(self.class_name(owner), *self._named(named))

    def _named(self, index: int) -> tuple[str, str]:
        name, descriptor = struct.unpack(">HH", self._entry(index, 12)[1])
        return self.text(name), self.text(descriptor)

    def dynamic(self, index: int) -> Dynamic:
        """Return a dynamic call, or a constant that is made likewise."""
        maker, named = struct.unpack(">HH", self._entry(index, 17, 18)[1])
        if maker >= len(self._makers):
            raise BadClass("no such bootstrap method")
        handle, given = self._makers[maker]
        constants = tuple(self.constant(one) for one in given)
        return Dynamic(*self._named(named), self._handle(handle), constants)

    def _handle(self, index: int) -> Member:
        return self.member(struct.unpack(">BH", self._entry(index, 15)[1])[1])

    def constant(self, index: int) -> object:
        """Return a constant that can be loaded: Number, Text, Name, Member (a handle), or None."""
        tag, raw = self._pool.get(index, (0, b""))
        if tag in (3, 4, 5, 6):
            kind = " IFJD"[(0, 0, 0, 1, 2, 3, 4)[tag]]
            return Number(struct.unpack({3: ">i", 4: ">f", 5: ">q", 6: ">d"}[tag], raw)[0], kind)
        if tag == 8:
            return Text(self.text(struct.unpack(">H", raw)[0]))
        if tag == 7:
            return Name(self.class_name(index))
        return self._handle(index) if tag == 15 else None


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def quoted(text: str) -> str:
    r"""Return a text as a literal in double quotes on one line.

    >>> print(quoted('a"b'))
    "a\"b"
    """
    return '"' + "".join(map(_escaped, text)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character.isprintable() and not 0xD800 <= ord(character) < 0xE000:
        return character
    raw = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{raw[at : at + 2].hex()}" for at in range(0, len(raw), 2))
