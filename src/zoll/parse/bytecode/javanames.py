"""Names in class files as Java source has them: classes imported once, types from descriptors, locals by their type."""

import re
from collections.abc import Iterator

from zoll.parse.bytecode.classfile import Annotation, BadClass

PLAIN_TYPES = {
    "B": "byte",
    "C": "char",
    "D": "double",
    "F": "float",
    "I": "int",
    "J": "long",
    "S": "short",
    "Z": "boolean",
    "V": "void",
}
KEYWORDS = frozenset(
    {
        "abstract",
        "assert",
        "boolean",
        "break",
        "byte",
        "case",
        "catch",
        "char",
        "class",
        "const",
        "continue",
        "default",
        "do",
        "double",
        "else",
        "enum",
        "extends",
        "final",
        "finally",
        "float",
        "for",
        "goto",
        "if",
        "implements",
        "import",
        "instanceof",
        "int",
        "interface",
        "long",
        "native",
        "new",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "short",
        "static",
        "strictfp",
        "super",
        "switch",
        "synchronized",
        "this",
        "throw",
        "throws",
        "transient",
        "try",
        "void",
        "volatile",
        "while",
        "true",
        "false",
        "null",
    }
)
_ODD = re.compile(r"[^\w$]", re.ASCII)


def identifier(name: str) -> str:
    """Return a name that a parser takes for one."""
    made = _ODD.sub("_", name)[:100]
    return f"{made}_" if made in KEYWORDS else f"_{made}" if made[:1].isdigit() or not made else made


class Types:
    """The names of classes as a source file has them: imported once, then short."""

    def __init__(self, own: str) -> None:
        self.own = own
        self.short: dict[str, str] = {}

    def name(self, internal: str) -> str:
        """Return what a class is called in the text: `java/util/Map$Entry` is `Map.Entry`."""
        if internal.startswith("["):
            return self.of(internal)[0]
        package, _, last = internal.rpartition("/")
        pieces = last.split("$")
        nested = all(piece[:1].isalpha() for piece in pieces) and internal != self.own
        top = identifier(pieces[0] if nested else last)
        full = ".".join([*map(identifier, package.split("/")), top]) if package else top
        if self.short.setdefault(top, full) != full:
            top = full
        return ".".join([top, *map(identifier, pieces[1:])]) if nested else top

    def of(self, descriptor: str, at: int = 0) -> tuple[str, int]:
        """Return the type that begins at a place of a descriptor, and where it ends."""
        depth = 0
        while descriptor[at : at + 1] == "[":
            depth, at = depth + 1, at + 1
        letter = descriptor[at : at + 1]
        if letter == "L":
            end = descriptor.find(";", at)
            if end < 0:
                raise BadClass("a descriptor without end")
            return self.name(descriptor[at + 1 : end]) + "[]" * min(depth, 9), end + 1
        return PLAIN_TYPES.get(letter, "Object") + "[]" * min(depth, 9), at + 1

    def imports(self) -> Iterator[str]:
        """Yield the imports of all classes that were named, but for those that need none."""
        package = self.own.rpartition("/")[0].replace("/", ".")
        for full in sorted(self.short.values()):
            home = full.rpartition(".")[0]
            if home and home not in ("java.lang", package):
                yield f"import {full};"


def arguments_of(descriptor: str) -> tuple[list[str], str]:
    """Return the descriptors of a method's arguments and of what it returns."""
    found, at = [], 1
    while at < len(descriptor) and descriptor[at] != ")":
        start = at
        while descriptor[at : at + 1] == "[":
            at += 1
        if descriptor[at : at + 1] == "L":
            at = descriptor.find(";", at)
            if at < 0:
                raise BadClass("a descriptor without end")
        at += 1
        found.append(descriptor[start:at])
        if len(found) > 255:
            raise BadClass("more arguments than a method has")
    return found, descriptor[at + 1 :] or "V"


def by_type(kind: str) -> str:
    """Return a name for a local by its type.

    >>> by_type("Ljava/lang/Runtime;"), by_type("[B"), by_type("I")
    ('runtime', 'bytes', 'i')
    """
    depth = len(kind) - len(kind.lstrip("["))
    bare = kind[depth:]
    name = bare[1:-1].rpartition("/")[2].rpartition("$")[2] if bare.startswith("L") else PLAIN_TYPES.get(bare, "object")
    if bare in ("I", "J", "F", "D", "Z") and not depth:
        return {"I": "i", "J": "l", "F": "f", "D": "d", "Z": "flag"}[bare]
    upper = len(name) - len(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    head = max(1, upper - 1) if upper > 1 and upper < len(name) else upper
    return identifier(name[:head].lower() + name[head:] + ("s" if depth else ""))


def annotation(one: Annotation, types: Types) -> str:
    """Return an annotation as source."""
    name = types.of(one.descriptor)[0]
    values = ", ".join(
        value if key == "value" and len(one.values) == 1 else f"{identifier(key)} = {value}"
        for key, value in one.values
    )
    return f"@{name}({values})" if values else f"@{name}"
