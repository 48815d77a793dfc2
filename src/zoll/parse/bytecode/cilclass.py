"""A .NET assembly as the text of Java classes."""

import logging

from zoll.parse.bytecode.assembly import Assembly, BadAssembly, Declared, is_assembly, readable
from zoll.parse.bytecode.blocks import Line, TooMuch, cut
from zoll.parse.bytecode.cil import CilMethod
from zoll.parse.bytecode.javanames import PLAIN_TYPES, identifier
from zoll.parse.bytecode.source import BadBytecode, Source
from zoll.parse.bytecode.writing import BRACES, Writer

LARGEST, MOST_TEXT = 6_000_000, 12_000_000
_JAVA = {"string": "String", "bool": "boolean", "object": "Object"}


def open_assembly(data: bytes) -> Source | None:
    """Return an assembly as Java, None for a PE file that is none. Raises BadBytecode."""
    if not is_assembly(data):
        return None
    if len(data) > LARGEST:
        raise BadBytecode("limit", f"a .NET assembly of more than {LARGEST:,} bytes")
    if not readable():
        raise BadBytecode(
            "missing", "a .NET assembly cannot be read without dnfile and dncil: pip install 'zoll[dotnet]'"
        )
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)  # the libraries tell of broken bytes there: a gap does
    try:
        return _Text(Assembly(data)).source()
    except BadAssembly as bad:
        raise BadBytecode("malformed", str(bad)) from bad
    finally:
        logging.disable(before)


class _Text:
    """The text of one assembly, as it grows."""

    def __init__(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.lines: list[str] = []
        self.starts: dict[int, int] = {}
        self.left: list[str] = []
        self.size = 0

    def source(self) -> Source:
        """Write all types."""
        for name, parent, methods in self.assembly.types():
            if not methods:
                continue
            more = f" extends {identifier(parent)}" if parent not in ("", "Object", "ValueType") else ""
            self._put(f"class {identifier(name.partition('`')[0])}{more} {{")
            for method in methods:
                self._method(method, identifier(name.partition("`")[0]))
            self._put("}")
        return Source("java", tuple(self.lines), tuple(0 for _ in self.lines), self.starts, tuple(self.left))

    def _put(self, text: str) -> None:
        self.lines.append(text)
        self.size += len(text)
        if self.size > MOST_TEXT:
            raise BadBytecode("limit", f"more than {MOST_TEXT:,} characters")

    def _method(self, method: Declared, owner: str) -> None:
        try:
            arguments, lines, at = self._body(method)
        except (BadAssembly, TooMuch) as bad:
            self.left.append(f"{owner}.{method.name}: {bad}")
            return
        if at:
            self.starts[len(self.lines) + 1] = at
        if not at and method.name == ".ctor":
            return
        head = f"{'static ' if method.static else ''}{_type(method.signature.returned)} {identifier(method.name)}"
        if method.name in (".ctor", ".cctor"):
            head = owner if method.name == ".ctor" else "static void cctor"
        self._put(f"    {head}({arguments}){' {' if at else ';'}")
        for line in lines:
            self._put("        " + line.text)
        if at:
            self._put("    }")

    def _body(self, method: Declared) -> tuple[str, list[Line], int]:
        body = self.assembly.body(method)
        if body is None or not body.instructions:
            pairs = enumerate(method.signature.takes)
            return ", ".join(f"{_type(kind)} arg{at}" for at, kind in pairs), [], 0
        blocks = cut(body.instructions, body.handlers)
        ran = CilMethod(blocks, body.handlers, self.assembly, method, body)
        named = [one._replace(caught=f"{identifier(one.caught or 'Throwable')} thrown") for one in body.handlers]
        lines = Writer(blocks, named, BRACES).body
        if lines and lines[-1].text == "return;":
            lines.pop()
        return ", ".join(f"{_type(kind)} {name}" for kind, name in ran.takes), lines, body.at


def _type(kind: str) -> str:
    base = kind.partition("[]")[0]
    return _JAVA.get(base, base if base in PLAIN_TYPES.values() else identifier(base)) + kind[len(base) :]
