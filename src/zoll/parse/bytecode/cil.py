"""A .NET method run over texts: calls, fields, conditions and returns as Java would have them.

Source of the instructions: ECMA-335, partition III.
"""

from collections.abc import Sequence

from zoll.parse.bytecode.assembly import Assembly, Declared, MethodBody, Named
from zoll.parse.bytecode.blocks import Block, Condition, Handler, Instruction, Value
from zoll.parse.bytecode.classfile import quoted
from zoll.parse.bytecode.flow import Runner
from zoll.parse.bytecode.javanames import identifier
from zoll.parse.bytecode.javavalues import compared

SIGNS = {"beq": "==", "bne": "!=", "blt": "<", "ble": "<=", "bgt": ">", "bge": ">="}
SIGNS |= {"ceq": "==", "clt": "<", "cgt": ">"}
OPERATORS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "rem": "%", "and": "&", "or": "|", "xor": "^"}
OPERATORS |= {"shl": "<<", "shr": ">>"}
EQUAL = {"op_Equality": "", "op_Inequality": "!"}
SILENT = frozenset(
    {
        "nop",
        "box",
        "unbox",
        "castclass",
        "conv",
        "volatile",
        "constrained",
        "readonly",
        "tail",
        "unaligned",
        "ckfinite",
        "break",
    }
)


class CilMethod(Runner):
    """One method, run over texts."""

    def __init__(
        self, blocks: list[Block], handlers: Sequence[Handler], assembly: Assembly, declared: Declared, body: MethodBody
    ) -> None:
        self.assembly, self.declared, self.body = assembly, declared, body
        self.now = Instruction(0, "")
        self.used: dict[str, int] = {}
        names = [identifier(one) for one in declared.parameters]
        takes = declared.signature.takes
        names += [self._by_type(kind) for kind in takes[len(names) :]]
        self.takes = list(zip(takes, names, strict=False))
        self.locals = [self._by_type(kind) for kind in body.locals]
        super().__init__(blocks, handlers)

    def _by_type(self, kind: str) -> str:
        """Return a name for what has no name, by its type."""
        base = identifier(kind.replace("[]", "s"))
        name = (
            base[:1].lower() + base[1:] + ("_" if base in ("int", "long", "string", "bool", "object", "char") else "")
        )
        self.used[name] = self.used.get(name, 0) + 1
        return name if self.used[name] == 1 else f"{name}{self.used[name]}"

    def step(self, instruction: Instruction) -> None:
        """Run one instruction; `.s`, `.un` and `.ovf` forms do the same as the plain ones."""
        self.now = instruction
        name, _, more = instruction.name.partition(".")
        if name in OPERATORS:
            left, right = self.take(2)
            self.push(f"{left.inner} {OPERATORS[name]} {right.inner}", atom=False)
        elif name in SIGNS and instruction.ends:
            left, right = self.take(2)
            self.current.ask = compared(left.inner, SIGNS[name], right.inner)
        elif name in SIGNS:
            left, right = self.take(2)
            self._compare(left, SIGNS[name], right)
        elif name not in SILENT and (method := getattr(self, f"_{name}", None)):
            method(more)

    def caught(self, handler: Handler) -> list[Value]:
        """Return the stack of a handler: what was thrown, for one that catches."""
        return [Value("thrown")] if handler.caught else []

    @property
    def _token(self) -> int:
        return self.now.argument if isinstance(self.now.argument, int) else 0

    def _number_of(self, more: str) -> int:
        return int(more) if more.isdigit() else self._token

    def _ldarg(self, more: str) -> None:
        index = self._number_of(more) - (0 if self.declared.static else 1)
        self.push("this" if index < 0 else self.takes[index][1] if index < len(self.takes) else "missing")

    _ldarga = _ldarg

    def _starg(self, more: str) -> None:
        index = self._number_of(more) - (0 if self.declared.static else 1)
        self.assign(self.takes[index][1] if 0 <= index < len(self.takes) else "missing", self.pop().text)

    def _local(self, more: str) -> tuple[str, str]:
        index = self._number_of(more)
        if not 0 <= index < len(self.locals):
            return "missing", ""
        return self.locals[index], self.body.locals[index]

    def _ldloc(self, more: str) -> None:
        self.push(*self._local(more))

    _ldloca = _ldloc

    def _stloc(self, more: str) -> None:
        name, kind = self._local(more)
        value = self.pop()
        if value.text != name:
            self.assign(name, self.typed(value, kind))

    def _ldstr(self, _: str) -> None:
        self.stack.append(Value(quoted(self.assembly.text(self._token)), "string"))

    def _ldnull(self, _: str) -> None:
        self.push("null")

    def _ldc(self, more: str) -> None:
        short = more.removeprefix("i4.")
        value = self.now.argument
        if isinstance(value, int | float):
            self.push(str(value), "int")
        else:
            self.push("-1" if short.lower() == "m1" else short if short.isdigit() else "0", "int")

    def _ldtoken(self, _: str) -> None:
        found = self.assembly.named(self._token)
        self.push(f"{identifier(found.owner or found.name)}.class")

    def _ldftn(self, _: str) -> None:
        found = self.assembly.named(self._token)
        self.push(f"{identifier(found.owner) if found.owner else 'this'}::{identifier(found.name)}")

    def _ldvirtftn(self, more: str) -> None:
        self.pop()
        self._ldftn(more)

    def _ldfld(self, _: str) -> None:
        self.push(f"{self.pop().inner}.{identifier(self.assembly.named(self._token).name)}")

    _ldflda = _ldfld

    def _ldsfld(self, _: str) -> None:
        self.push(_dotted(self.assembly.named(self._token)))

    _ldsflda = _ldsfld

    def _stfld(self, _: str) -> None:
        owner, value = self.take(2)
        self.assign(f"{owner.inner}.{identifier(self.assembly.named(self._token).name)}", value.text)

    def _stsfld(self, _: str) -> None:
        self.assign(_dotted(self.assembly.named(self._token)), self.pop().text)

    def _ldelem(self, _: str) -> None:
        array, index = self.take(2)
        self.push(f"{array.inner}[{index.text}]")

    _ldelema = _ldelem

    def _stelem(self, _: str) -> None:
        array, index, value = self.take(3)
        if array.items is not None and self.stack and self.stack[-1] is array:
            array.items.append(value.text)
        else:
            self.assign(f"{array.inner}[{index.text}]", value.text)

    def _newarr(self, _: str) -> None:
        size = self.pop()
        kind = identifier(self.assembly.named(self._token).owner)
        self.stack.append(_Array(f"new {kind}[]", size.text))

    def _ldlen(self, _: str) -> None:
        self.push(f"{self.pop().inner}.length")

    def _ldind(self, _: str) -> None:
        """Read through a reference: the value is what is referred to."""

    _ldobj = _ldind

    def _stind(self, _: str) -> None:
        place, value = self.take(2)
        self.assign(place.inner, value.text)

    _stobj = _stind

    def _initobj(self, _: str) -> None:
        self.assign(self.pop().inner, "null")

    def _isinst(self, _: str) -> None:
        self.push(
            f"{self.pop().inner} instanceof {identifier(self.assembly.named(self._token).owner)}", "bool", atom=False
        )

    def _neg(self, _: str) -> None:
        self.push(f"-{self.pop().inner}", atom=False)

    def _not(self, _: str) -> None:
        self.push(f"~{self.pop().inner}", atom=False)

    def _dup(self, _: str) -> None:
        self.again()
        if self.stack:
            self.stack.append(self.stack[-1])

    def _pop(self, _: str) -> None:
        self.drop()

    # calls

    def _call(self, _: str) -> None:
        found = self.assembly.named(self._token)
        signature = found.signature
        values = self.take(len(signature.takes)) if signature else []
        if found.name in EQUAL and len(values) == 2:
            self._equal(values, found.name)
            return
        given = [
            self.typed(value, kind) for value, kind in zip(values, signature.takes if signature else (), strict=True)
        ]
        owner = self.pop() if signature and signature.own else None
        if found.name == ".ctor":
            if given:
                self.say(f"base({', '.join(given)})")
            return
        self._called(found, owner, given, signature.returned if signature else "object")

    _callvirt = _call

    def _equal(self, values: list[Value], name: str) -> None:
        """Say what is equal as source has it: nothing against nothing with a sign, texts with their method."""
        one, two = sorted(values, key=lambda value: value.text == "null")
        if two.text == "null":
            parts = (one.inner, "!=" if EQUAL[name] else "==", "null")
            self.stack.append(Value(" ".join(parts), "bool", atom=False, parts=parts))
        else:
            self.push(f"{EQUAL[name]}{one.inner}.equals({two.text})", "bool")

    def _called(self, found: Named, owner: Value | None, given: list[str], returned: str) -> None:
        prefix, name = found.name[:4], identifier(found.name)
        before = "" if owner and owner.text == "this" else f"{owner.inner}." if owner else _owner(found)
        if prefix == "get_" and not given:
            self.put(Value(f"{before or 'this.'}{identifier(found.name[4:])}", returned))
        elif prefix == "set_" and len(given) == 1:
            self.assign(f"{before or 'this.'}{identifier(found.name[4:])}", given[0])
        elif prefix == "get_" and len(given) == 1 and found.name == "get_Item":
            self.put(Value(f"{before.removesuffix('.') or 'this'}[{given[0]}]", returned))
        elif returned == "void":
            self.say(f"{before}{name}({', '.join(given)})")
        else:
            self.put(Value(f"{before}{name}({', '.join(given)})", returned))

    def _calli(self, _: str) -> None:
        self.put(Value(f"invoke({self.pop().text})"))

    def _newobj(self, _: str) -> None:
        found = self.assembly.named(self._token)
        values = self.take(len(found.signature.takes)) if found.signature else []
        self.put(Value(f"new {identifier(found.owner)}({', '.join(value.text for value in values)})"))

    # ways

    def _brtrue(self, _: str) -> None:
        self.current.ask = self.truth(self.pop())

    _brinst = _brtrue

    def _brfalse(self, _: str) -> None:
        self.current.ask = self.truth(self.pop()).contrary

    _brnull = _brzero = _brfalse

    def truth(self, value: Value) -> Condition:
        """Return a value as a condition: what is no truth is held against null."""
        if value.parts:
            return compared(value.parts[0], value.parts[1], value.parts[2])
        if value.text.startswith("!"):
            return Condition(value.text, value.text[1:])
        if value.type in ("int", "long", "byte", "uint"):
            return compared(value.inner, "!=", "0")
        return self.contrary(value)

    def _compare(self, left: Value, sign: str, right: Value) -> None:
        if sign == "==" and right.text == "0" and (left.parts or left.type == "bool"):
            found = self.truth(left).contrary
            self.stack.append(Value(found.yes, "bool", atom=found.yes.startswith("!"), parts=()))
            return
        if sign == ">" and right.text == "null":
            sign = "!="
        parts = (left.inner, sign, right.inner)
        self.stack.append(Value(" ".join(parts), "bool", atom=False, parts=parts))

    def _switch(self, _: str) -> None:
        self.current.subject = self.pop().text
        rows: dict[int, list[str]] = {}
        for label, after in enumerate(self.current.after[:-1]):
            rows.setdefault(after, []).append(str(label))
        last = self.current.after[-1]
        self.current.after = [*rows, *([last] if last not in rows else [])]
        self.current.labels = [*rows.values(), *([[""]] if last not in rows else [])]

    def _ret(self, _: str) -> None:
        if self.declared.signature.returned == "void" or not self.stack:
            self.say("return")
        else:
            self.say(f"return {self.typed(self.pop(), self.declared.signature.returned)}")

    def _throw(self, _: str) -> None:
        self.say(f"throw {self.pop().text}")

    def _rethrow(self, _: str) -> None:
        self.say("throw thrown")

    def _leave(self, _: str) -> None:
        self.stack.clear()

    @staticmethod
    def typed(value: Value, kind: str) -> str:
        """Return an expression where something of a type is asked for: numbers stand for truths."""
        if kind == "bool" and value.text in ("0", "1"):
            return "true" if value.text == "1" else "false"
        return value.text


class _Array(Value):
    """A new array: what is put into it at once stands in its braces."""

    __slots__ = ("size",)

    def __init__(self, name: str, size: str) -> None:
        super().__init__(name, items=[])
        self.size = size

    @property
    def text(self) -> str:
        """The array with its items, or with its size."""
        return super().text if self.items else self._text.replace("[]", f"[{self.size}]", 1)


def _owner(found: Named) -> str:
    return f"{identifier(found.owner)}." if found.owner else ""


def _dotted(found: Named) -> str:
    return _owner(found) + identifier(found.name)
