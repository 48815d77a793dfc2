"""A class file as the text of a Java class."""

from collections.abc import Iterator

from zoll.parse.bytecode.blocks import Block, Handler, Line, TooMuch, cut
from zoll.parse.bytecode.classfile import BadClass, ClassFile, Declared, Number, Text, quoted
from zoll.parse.bytecode.javacode import instructions_of
from zoll.parse.bytecode.javamethod import STATIC, Method
from zoll.parse.bytecode.javanames import Types, annotation, arguments_of, identifier
from zoll.parse.bytecode.javaswitch import fold_texts
from zoll.parse.bytecode.source import BadBytecode, Source
from zoll.parse.bytecode.writing import BRACES, Writer

BRIDGE, FINAL, INTERFACE, ABSTRACT, SYNTHETIC = 0x40, 0x10, 0x200, 0x400, 0x1000
MOST_TEXT = 6_000_000


def open_class(data: bytes) -> Source:
    """Return a class as Java. Raises BadBytecode."""
    try:
        file = ClassFile(data)
        return _Text(file).source()
    except BadClass as bad:
        raise BadBytecode("malformed", str(bad)) from bad


class _Text:
    """The text of one class, as it grows."""

    def __init__(self, file: ClassFile) -> None:
        self.file, self.types = file, Types(file.name)
        self.lines: list[Line] = []
        self.starts: dict[int, int] = {}
        self.left: list[str] = []
        self.size = 0

    def source(self) -> Source:
        """Write everything; the imports come first, but are known last."""
        self._head()
        for field in self.file.fields:
            self._field(field)
        for method in self.file.methods:
            if not (method.flags & SYNTHETIC and method.flags & BRIDGE):
                self._method(method)
        self._put("}")
        imports = list(self.types.imports())
        return Source(
            "java",
            (*imports, *(line.text for line in self.lines)),
            (*(0 for _ in imports), *(line.number for line in self.lines)),
            {line + len(imports): at for line, at in self.starts.items()},
            tuple(self.left),
        )

    def _put(self, text: str, number: int = 0) -> None:
        self.lines.append(Line(text, number))
        self.size += len(text)
        if self.size > MOST_TEXT:
            raise BadBytecode("limit", f"more than {MOST_TEXT:,} characters")

    def _head(self) -> None:
        file, types = self.file, self.types
        for one in file.annotations:
            self._put(annotation(one, types))
        word = "interface" if file.flags & INTERFACE else "class"
        parent = types.name(file.parent) if file.parent not in ("", "java/lang/Object") else ""
        held = ", ".join(types.name(one) for one in file.interfaces)
        text = f"{word} {types.name(file.name)}"
        text += f" extends {parent}" if parent and word == "class" else ""
        text += f" {'implements' if word == 'class' else 'extends'} {held}" if held else ""
        self._put(text + " {")

    def _field(self, field: Declared) -> None:
        if field.flags & SYNTHETIC:
            return
        for one in field.annotations:
            self._put("    " + annotation(one, self.types))
        value = ""
        if isinstance(field.constant, Text):
            value = f" = {quoted(field.constant.text)}"
        elif isinstance(field.constant, Number):
            value = f" = {_constant(field.constant, field.descriptor)}"
        words = f"{'static ' if field.flags & STATIC else ''}{'final ' if field.flags & FINAL else ''}"
        self._put(f"    {words}{self.types.of(field.descriptor)[0]} {identifier(field.name)}{value};")

    def _method(self, method: Declared) -> None:
        for one in method.annotations:
            self._put("    " + annotation(one, self.types))
        if method.code is None:
            self._put(f"    {self._signature(method, self._bare(method))};")
            return
        number = method.code.lines[0][1] if method.code.lines else 0
        try:
            arguments, body = self._body(method)
        except (TooMuch, BadClass) as bad:
            self.left.append(f"{method.name}: {bad}")
            arguments, body = self._bare(method), []
        self.starts[len(self.lines) + 1] = method.code.at
        self._put(f"    {self._signature(method, arguments)} {{", number)
        for line in body:
            self._put("        " + line.text, line.number)
        self._put("    }")

    def _body(self, method: Declared) -> tuple[str, list[Line]]:
        code = method.code
        instructions = instructions_of(code) if code else []
        if code is None or not instructions:
            return self._bare(method), []
        handlers = [Handler(start, end, target, caught) for start, end, target, caught in code.handlers]
        blocks = cut(instructions, handlers)
        ran = Method(blocks, handlers, self.file, self.types, method)
        fold_texts(blocks)
        writer = Writer(blocks, list(self._named(handlers, blocks)), BRACES)
        arguments = ", ".join(f"{kind} {name}" for kind, name in ran.arguments)
        return arguments, list(_without_last_return(writer.body))

    def _named(self, handlers: list[Handler], blocks: list[Block]) -> Iterator[Handler]:
        """Yield the handlers with what they catch, under the name that it gets."""
        kinds: dict[int, list[str]] = {}
        for one in handlers:
            kinds.setdefault(one.target, []).append(self.types.name(one.caught or "java/lang/Throwable"))
        names = {}
        for block in blocks:
            first = block.lines[0].text if block.lines else ""
            if block.start in kinds and first.endswith(" = thrown"):
                names[block.start] = first.removesuffix(" = thrown")
        for block in blocks:
            if block.start in names:
                block.lines = block.lines[1:]
        for one in handlers:
            kind = " | ".join(dict.fromkeys(kinds[one.target]))
            yield one._replace(caught=f"{kind} {names.get(one.target, 'thrown')}")

    def _bare(self, method: Declared) -> str:
        kinds = arguments_of(method.descriptor)[0]
        return ", ".join(f"{self.types.of(kind)[0]} arg{at}" for at, kind in enumerate(kinds, 1))

    def _signature(self, method: Declared, arguments: str) -> str:
        if method.name == "<clinit>":
            return "static"
        if method.name == "<init>":
            return f"{self.types.name(self.file.name).rpartition('.')[2]}({arguments})"
        words = f"{'abstract ' if method.flags & ABSTRACT else ''}{'static ' if method.flags & STATIC else ''}"
        returned = self.types.of(arguments_of(method.descriptor)[1])[0]
        return f"{words}{returned} {identifier(method.name)}({arguments})"


def _constant(found: Number, descriptor: str) -> str:
    if descriptor == "Z":
        return "true" if found.value else "false"
    return str(int(found.value)) if found.kind in "IJ" else repr(found.value)


def _without_last_return(lines: list[Line]) -> Iterator[Line]:
    """Leave out the return that the compiler puts at the end of what returns nothing."""
    last = lines[-1].text if lines else ""
    yield from lines[:-1] if last == "return;" else lines
