""".NET assemblies through dnfile and dncil, where they are installed: types, methods, names behind tokens.

Source of the tables and signatures: ECMA-335, partition II, chapters 22 and 23.
"""

import struct
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any, NamedTuple

from zoll.parse.bytecode.blocks import Handler, Instruction

# What the libraries raise on broken bytes beside errors of their own.
ERRORS = (
    AssertionError,  # of the library, on tables that are none
    ValueError,
    KeyError,
    IndexError,
    TypeError,
    AttributeError,
    struct.error,
    OverflowError,
    RecursionError,
)
TABLES = {1: "TypeRef", 2: "TypeDef", 4: "Field", 6: "MethodDef", 10: "MemberRef", 17: "StandAloneSig", 27: "TypeSpec"}
TABLES |= {43: "MethodSpec"}
TYPES = [
    "?",
    "void",
    "bool",
    "char",
    "sbyte",
    "byte",
    "short",
    "ushort",
    "int",
    "uint",
    "long",
    "ulong",
    "float",
    "double",
    "string",
]
STOPS = frozenset({"ret", "throw", "rethrow", "endfinally", "endfilter", "jmp"})
MOST_METHODS, MOST_INSTRUCTIONS, DEEPEST = 40_000, 40_000, 8


class BadAssembly(ValueError):
    """Bytes that are no assembly, or one that the libraries cannot read."""


class Signature(NamedTuple):
    """What a method takes and returns, by type; `own` tells whether it belongs to an object."""

    own: bool
    returned: str
    takes: tuple[str, ...]


class Named(NamedTuple):
    """What a token names: a type (no name), field or method (with a signature)."""

    owner: str
    name: str = ""
    signature: Signature | None = None


class MethodBody(NamedTuple):
    """What a method does, and the types of its locals."""

    at: int
    instructions: list[Instruction]
    handlers: list[Handler]
    locals: tuple[str, ...]


class Declared(NamedTuple):
    """A method: its name, its parameters by type and name, its body if it has one."""

    name: str
    static: bool
    signature: Signature
    parameters: tuple[str, ...]
    row: Any


def readable() -> bool:
    """Say whether the libraries that read .NET are installed."""
    return find_spec("dnfile") is not None and find_spec("dncil") is not None


def is_assembly(data: bytes) -> bool:
    """Say whether a PE file has the header of the common language runtime (data directory 14)."""
    try:
        at: int = struct.unpack_from("<I", data, 0x3C)[0] + 24
        magic = struct.unpack_from("<H", data, at)[0]
        base = at + (112 if magic == 0x20B else 96)
        count, header = (int(struct.unpack_from("<I", data, place)[0]) for place in (base - 4, base + 14 * 8))
    except struct.error:
        return False
    return count > 14 and header > 0


class Assembly:
    """One assembly. Raises BadAssembly."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        dnfile = import_module("dnfile")
        self._errors = (*ERRORS, import_module("pefile").PEFormatError, import_module("dnfile.errors").dnFormatError)
        self._broken = import_module("dncil.cil.error").MethodBodyFormatError
        try:
            self._file = dnfile.dnPE(data=data, clr_lazy_load=True)
            self._tables = self._file.net.mdtables
            self._strings = self._file.net.user_strings
            self._reader = _reader_of(BytesIO(data))
        except self._errors as error:
            raise BadAssembly(str(error)) from error
        self._names: dict[int, Named] = {}
        self._owners: dict[int, str] = {}

    def types(self) -> Iterator[tuple[str, str, list[Declared]]]:
        """Yield types: name, name of the parent, methods."""
        count = 0
        try:
            rows = list(self._tables.TypeDef.rows)
        except self._errors as error:
            raise BadAssembly(str(error)) from error
        for row in rows:
            try:
                methods = [self._declared(one.row) for one in row.MethodList if one.row is not None]
                parent = self._type(row.Extends.row) if row.Extends and row.Extends.row is not None else ""
                name = str(row.TypeName)
            except self._errors:
                continue
            count += len(methods)
            if count > MOST_METHODS:
                raise BadAssembly(f"more than {MOST_METHODS:,} methods")
            yield name, parent, methods

    def _declared(self, row: Any) -> Declared:
        names = sorted((one.row.Sequence, str(one.row.Name)) for one in row.ParamList if one.row is not None)
        static = bool(row.Flags.mdStatic)
        return Declared(
            str(row.Name), static, self._signature(_bytes(row.Signature)), tuple(name for at, name in names if at), row
        )

    def body(self, method: Declared) -> MethodBody | None:
        """Return what a method does, None for one without code. Raises BadAssembly."""
        rva = method.row.Rva
        if not rva:
            return None
        try:
            self._reader.seek(self._file.get_offset_from_rva(rva))
            body = import_module("dncil.cil.body").CilMethodBody(self._reader)
        except (*self._errors, self._broken) as error:
            raise BadAssembly(f"{method.name}: {error}") from error
        code = body.offset + body.header_size
        instructions = [_instruction(one, code) for one in body.instructions[:MOST_INSTRUCTIONS]]
        handlers = [
            Handler(one.try_start, one.try_end, one.handler_start, self._caught(one)) for one in body.exception_handlers
        ]
        token = body.local_var_sig_tok
        return MethodBody(code, instructions, handlers, self._locals(token.value if token else 0))

    def _caught(self, handler: Any) -> str:
        if handler.is_finally() or handler.is_fault():
            return ""
        return self.named(handler.catch_type.value).owner if handler.catch_type else "Exception"

    def _locals(self, token: int) -> tuple[str, ...]:
        if token >> 24 != 17:
            return ()
        try:
            raw = _Blob(_bytes(self._tables.StandAloneSig.rows[(token & 0xFFFFFF) - 1].Signature))
            raw.byte()
            return tuple(self._kind(raw, 0) for _ in range(min(raw.number(), 2_000)))
        except self._errors:
            return ()

    def text(self, token: int) -> str:
        """Return the text that a token of a user's string names."""
        try:
            return str(self._strings.get(token & 0xFFFFFF) or "")
        except self._errors:
            return ""

    def named(self, token: int) -> Named:
        """Return what a token names; what cannot be told is called `unknown`."""
        if token not in self._names:
            try:
                row = getattr(self._tables, TABLES[token >> 24]).rows[(token & 0xFFFFFF) - 1]
                self._names[token] = self._of_row(row, 0)
            except self._errors:
                self._names[token] = Named("unknown", "unknown")
        return self._names[token]

    def _of_row(self, row: Any, depth: int) -> Named:
        kind = type(row).__name__
        if depth > DEEPEST:
            return Named("unknown", "unknown")
        if kind == "MethodSpecRow":
            return self._of_row(row.Method.row, depth + 1)
        if kind == "MemberRefRow":
            raw = _bytes(row.Signature)
            signature = None if raw[:1] == b"\6" else self._signature(raw)
            return Named(self._type(row.Class.row), str(row.Name), signature)
        if kind == "MethodDefRow":
            name = str(row.Name)
            owner = self._owner(row) if name == ".ctor" else ""
            return Named(owner, name, self._signature(_bytes(row.Signature)))
        if kind == "FieldRow":
            return Named("", str(row.Name))
        return Named(self._type(row))

    def _owner(self, row: Any) -> str:
        """Return the type whose method a row is."""
        if not self._owners:
            for one in self._tables.TypeDef.rows:
                name = str(one.TypeName).partition("`")[0]
                self._owners |= {id(method.row): name for method in one.MethodList}
        return self._owners.get(id(row), "unknown")

    def _type(self, row: Any) -> str:
        kind = type(row).__name__
        if kind in ("TypeRefRow", "TypeDefRow"):
            return str(row.TypeName).partition("`")[0]
        if kind == "TypeSpecRow":
            return self._kind(_Blob(_bytes(row.Signature)), 0)
        return "unknown"

    def _signature(self, raw: bytes) -> Signature:
        blob = _Blob(raw)
        head = blob.byte()
        if head & 0x10:
            blob.number()
        count = blob.number()
        returned = self._kind(blob, 0)
        return Signature(bool(head & 0x20), returned, tuple(self._kind(blob, 0) for _ in range(min(count, 255))))

    def _kind(self, blob: "_Blob", depth: int) -> str:
        """Return a type of a signature."""
        code = blob.byte()
        if depth > DEEPEST or code >= 0x45:
            return self._kind(blob, depth + 1) if code == 0x45 and depth <= DEEPEST else "object"
        if code < len(TYPES):
            return TYPES[code]
        if code in (0x0F, 0x10):
            return self._kind(blob, depth + 1)
        if code in (0x11, 0x12):
            return self._coded(blob.number())
        if code == 0x15:
            return self._generic(blob, depth)
        if code == 0x1D:
            return f"{self._kind(blob, depth + 1)}[]"
        if code in (0x1F, 0x20):
            blob.number()
            return self._kind(blob, depth + 1)
        if code in (0x13, 0x1E):
            blob.number()
        return "object"

    def _generic(self, blob: "_Blob", depth: int) -> str:
        blob.byte()
        name = self._coded(blob.number())
        for _ in range(min(blob.number(), 32)):
            self._kind(blob, depth + 1)
        return name

    def _coded(self, value: int) -> str:
        """Return the type that a coded index TypeDefOrRef names."""
        table = {0: 2, 1: 1, 2: 27}.get(value & 3, 2)
        if table == 27:
            return "object"
        return self.named(table << 24 | value >> 2).owner


class _Blob:
    """Reads a signature."""

    def __init__(self, raw: bytes) -> None:
        self.raw, self.at = raw, 0

    def byte(self) -> int:
        self.at += 1
        return self.raw[self.at - 1] if self.at <= len(self.raw) else 0

    def number(self) -> int:
        """Return a compressed number (II.23.2)."""
        first = self.byte()
        if first < 0x80:
            return first
        if first < 0xC0:
            return (first & 0x3F) << 8 | self.byte()
        return (first & 0x1F) << 24 | self.byte() << 16 | self.byte() << 8 | self.byte()


def _bytes(item: Any) -> bytes:
    return bytes(item.value) if item is not None and item.value else b""


def _reader_of(source: BytesIO) -> Any:
    """Return a reader of method bodies over the whole file."""
    base = import_module("dncil.cil.body.reader").CilMethodBodyReaderBase
    ways = {
        "read": lambda _, size: source.read(size),
        "tell": lambda _: source.tell(),
        "seek": lambda _, at: source.seek(at),
    }
    return type("Reader", (base,), ways)()


def _instruction(one: Any, code: int) -> Instruction:
    name, operand = str(one.opcode.name), one.operand
    offset = one.offset - code
    if name == "switch":
        targets = tuple(target - code for target in operand or ())
        return Instruction(offset, name, None, 0, targets, "switch")
    if name.startswith(("leave", "br.s")) or name == "br":
        return Instruction(offset, name, None, 0, (operand - code,), "jump")
    if name.startswith(("br", "beq", "bge", "bgt", "ble", "blt", "bne")) and name != "break":
        return Instruction(offset, name, None, 0, (operand - code,), "branch")
    value = getattr(operand, "value", getattr(operand, "index", operand))
    return Instruction(offset, name, value, 0, (), "stop" if name in STOPS else "")
