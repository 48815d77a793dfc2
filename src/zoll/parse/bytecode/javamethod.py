"""A Java method run over texts: what javac made of expressions and statements, back as it was.

Source of the instructions: The Java Virtual Machine Specification, Java SE 21, chapter 6.
"""

import re
from collections.abc import Sequence

from zoll.parse.bytecode.blocks import Block, Condition, Handler, Instruction, Value
from zoll.parse.bytecode.classfile import ClassFile, Declared, Dynamic, Member, Name, Number, Text, quoted
from zoll.parse.bytecode.flow import Runner
from zoll.parse.bytecode.javacode import JSR, JSR_W, RETURNS, THROW
from zoll.parse.bytecode.javanames import Types, arguments_of, by_type, identifier
from zoll.parse.bytecode.javavalues import NewArray, compared, number

STATIC = 0x8
OPERATORS = ("+", "-", "*", "/", "%")
SHIFTS = ("<<", "<<", ">>", ">>", ">>>", ">>>", "&", "&", "|", "|", "^", "^")
COMPARES = ("==", "!=", "<", ">=", ">", "<=")
ARRAYS = {4: "boolean", 5: "char", 6: "float", 7: "double", 8: "byte", 9: "short", 10: "int", 11: "long"}
WIDE_TYPES = ("J", "D")
SHORTEST = 3  # letters of a local's name that says more than its type
_FACTORY = "java/lang/invoke/StringConcatFactory"
MOST_ITEMS = 4_000
_SMALL = (("0L", "J"), ("1L", "J"), ("0.0f", "F"), ("1.0f", "F"), ("2.0f", "F"), ("0.0", "D"), ("1.0", "D"))


class Method(Runner):
    """One method, run over texts."""

    def __init__(
        self, blocks: list[Block], handlers: Sequence[Handler], file: ClassFile, types: Types, declared: Declared
    ) -> None:
        self.file, self.types, self.declared = file, types, declared
        self.code = declared.code
        self.locals: dict[tuple[int, str], str] = {}
        self.used: dict[str, int] = {}
        self._stored: dict[int, str] = {}
        self.arguments = self._arguments()
        self.returned = arguments_of(declared.descriptor)[1]
        super().__init__(blocks, handlers)

    # locals

    def _arguments(self) -> list[tuple[str, str]]:
        """Name the arguments; returns (type, name)."""
        slot = 0 if self.declared.flags & STATIC else 1
        self.first_slot = slot
        if slot:
            self.locals[0, "this"] = "this"
        found = []
        for descriptor in arguments_of(self.declared.descriptor)[0]:
            found.append((self.types.of(descriptor)[0], self._local(slot, 0, descriptor)))
            slot += 2 if descriptor in WIDE_TYPES else 1
        self.first_slot = slot
        return found

    def _told(self, slot: int, offset: int) -> tuple[str, str]:
        """Return the name and type that the table of locals has for a slot at an offset."""
        for start, end, at, name, kind in self.code.names if self.code else ():
            if at == slot and start <= offset < end:
                return name, kind
        return "", ""

    def _local(self, slot: int, offset: int, kind: str = "") -> str:
        """Return the name of a local: its own, or one that says its type."""
        if slot == 0 and (0, "this") in self.locals:
            return "this"
        name, told = self._told(slot, offset)
        kind = told or kind
        if name and (len(name) >= SHORTEST or kind[:1] != "L"):
            return identifier(name)
        key = (slot, name or kind)
        if key not in self.locals:
            self.locals[key] = self._free(by_type(kind))
        return self.locals[key]

    def _free(self, name: str) -> str:
        self.used[name] = self.used.get(name, 0) + 1
        return name if self.used[name] == 1 else f"{name}{self.used[name]}"

    def _kind(self, slot: int, offset: int, kind: str) -> str:
        """Return the type of what a slot holds when it is read: the table's, else what was stored last."""
        told = self._told(slot, offset)[1]
        if told or slot < self.first_slot:
            return told or self._stored.get(slot, "") or self._argument_kind(slot) or kind
        return self._stored.get(slot, kind)

    def _argument_kind(self, slot: int) -> str:
        at = 0 if self.declared.flags & STATIC else 1
        for descriptor in arguments_of(self.declared.descriptor)[0]:
            if at == slot:
                return descriptor
            at += 2 if descriptor in WIDE_TYPES else 1
        return ""

    # instructions

    def step(self, instruction: Instruction) -> None:
        """Run one instruction: `now`, its number `op` and the bytes `raw` behind that."""
        self.now, self.op, raw = instruction, int(instruction.name), instruction.argument
        self.raw = raw if isinstance(raw, bytes) else b""
        if isinstance(raw, list):
            self._choose_among(raw)
        elif self.op in _STEPS:
            getattr(self, _STEPS[self.op])()

    def caught(self, handler: Handler) -> list[Value]:
        """Return the stack of a handler: what was thrown."""
        return [Value("thrown", f"L{handler.caught};" if handler.caught else "Ljava/lang/Throwable;")]

    def _constant(self) -> None:
        if self.op == 1:
            self.push("null")
        elif self.op <= 8:
            self.push(str(self.op - 3), "I")
        elif self.op <= 15:
            self.push(*_SMALL[self.op - 9])
        else:
            self.push(str(int.from_bytes(self.raw, "big", signed=True)), "I")

    def _load_constant(self) -> None:
        found = self.file.constant(int.from_bytes(self.raw, "big"))
        if isinstance(found, Text):
            self.stack.append(Value(quoted(found.text), "Ljava/lang/String;"))
        elif isinstance(found, Number):
            self.push(number(found), found.kind)
        elif isinstance(found, Name):
            self.push(f"{self.types.name(found.name)}.class", "Ljava/lang/Class;")
        else:
            self.push("constant")

    def _load(self) -> None:
        kind, slot = (
            ("IJFDA"[self.op - 21], int.from_bytes(self.raw, "big"))
            if self.raw
            else ("IJFDA"[(self.op - 26) // 4], (self.op - 26) % 4)
        )
        descriptor = self._kind(slot, self.now.offset, "" if kind == "A" else kind)
        if not slot and (0, "this") in self.locals:
            self.push("this", f"L{self.file.name};")
        else:
            self.push(self._local(slot, self.now.offset, descriptor), descriptor)

    def _store(self) -> None:
        kind, slot = (
            ("IJFDA"[self.op - 54], int.from_bytes(self.raw, "big"))
            if self.raw
            else ("IJFDA"[(self.op - 59) // 4], (self.op - 59) % 4)
        )
        value = self.pop()
        descriptor = value.type or ("" if kind == "A" else kind)
        after = self.now.offset + (1 if not self.raw else 1 + len(self.raw) * (2 if len(self.raw) > 1 else 1))
        told = self._told(slot, after)[1]
        self._stored[slot] = told or descriptor
        name = self._local(slot, after, descriptor)
        if name != value.text:
            self.assign(name, self.typed(value, told))

    def _array_load(self) -> None:
        array, index = self.take(2)
        kind = array.type[1:] if array.type.startswith("[") else "I" if self.op == 46 else ""
        self.push(f"{array.inner}[{index.text}]", kind)

    def _array_store(self) -> None:
        array, index, value = self.take(3)
        said = self.typed(value, array.type[1:])
        if array.items is not None and self.stack and self.stack[-1] is array:
            if len(array.items) < MOST_ITEMS:
                array.items.append(said)
        else:
            self.assign(f"{array.inner}[{index.text}]", said)

    def _pops(self) -> None:
        wide = bool(self.stack) and self._is_wide(self.stack[-1])
        self.drop()
        if self.op == 88 and self.stack and not wide:
            self.drop()

    @staticmethod
    def _is_wide(value: Value) -> bool:
        return value.type in WIDE_TYPES

    def _duplicate(self) -> None:
        """Dup and its kin: one or two words of the top again, so many words further down."""
        two, below = (self.op - 89) // 3, (self.op - 89) % 3
        self.again()
        top = self.take(1 if not two or (self.stack and self._is_wide(self.stack[-1])) else 2)
        under: list[Value] = []
        while below > 0 and self.stack:
            under.insert(0, self.stack.pop())
            below -= 2 if self._is_wide(under[0]) else 1
        self.stack += top
        self.stack += under
        for value in top:
            self.stack.append(value)

    def _swap(self) -> None:
        self.stack += reversed(self.take(2))

    def _arithmetic(self) -> None:
        if 116 <= self.op <= 119:
            value = self.pop()
            self.push(f"-{value.inner}", value.type, atom=False)
            return
        left, right = self.take(2)
        sign = OPERATORS[(self.op - 96) // 4] if self.op < 116 else SHIFTS[self.op - 120]
        self.push(f"{left.inner} {sign} {right.inner}", left.type, atom=False)

    def _increase(self) -> None:
        half = len(self.raw) // 2
        slot, by = int.from_bytes(self.raw[:half], "big"), int.from_bytes(self.raw[half:], "big", signed=True)
        name = self._local(slot, self.now.offset, "I")
        if self.stack and self.stack[-1].text == name:  # `i++` as an expression
            self.stack[-1] = Value(f"{name}{'++' if by > 0 else '--'}", "I")
        else:
            self.say(f"{name} {'+' if by >= 0 else '-'}= {abs(by)}")

    def _narrow(self) -> None:
        value = self.pop()
        kind = {145: "byte", 146: "char", 147: "short"}[self.op]
        self.put(Value(f"({kind}) {value.inner}", {"byte": "B", "char": "C", "short": "S"}[kind], atom=False))

    def _convert(self) -> None:
        value = self.pop()
        kind = "JFDIFDIJDIJF"[self.op - 133]
        self.put(Value(value.text, kind, atom=value.atom))

    def _compare(self) -> None:
        left, right = self.take(2)
        self.stack.append(Value(f"compare({left.text}, {right.text})", "I", parts=(left.inner, right.inner)))

    def _branch(self) -> None:
        if self.op in (198, 199) or self.op <= 158:
            value = self.pop()
            if self.op >= 198:
                self.current.ask = compared(value.inner, "==" if self.op == 198 else "!=", "null")
            elif value.parts:
                self.current.ask = compared(value.parts[0], COMPARES[self.op - 153], value.parts[1])
            elif value.type == "Z" and self.op <= 154:
                found = self.truth(value)
                self.current.ask = found if self.op == 154 else found.contrary
            else:
                self.current.ask = compared(value.inner, COMPARES[self.op - 153], self._zero(value))
            return
        left, right = self.take(2)
        sign = COMPARES[self.op - 159] if self.op <= 164 else COMPARES[self.op - 165]
        self.current.ask = compared(self.typed(left, right.type), sign, self.typed(right, left.type))

    def truth(self, value: Value) -> Condition:
        """Return a truth value as a condition."""
        if value.text.startswith("!") and value.atom:
            return Condition(value.text, value.text[1:])
        return self.contrary(value)

    @staticmethod
    def _zero(value: Value) -> str:
        return "'\\0'" if value.type == "C" else "0"

    def _jump(self) -> None:
        if self.op in (JSR, JSR_W):
            self.push("back")

    def _leave(self) -> None:
        if self.op == THROW:
            self.say(f"throw {self.pop().text}")
        elif self.op == 177:
            self.say("return")
        else:
            self.say(f"return {self.typed(self.pop(), self.returned)}")

    def _field(self) -> None:
        member = self.file.member(int.from_bytes(self.raw, "big"))
        value = self.pop() if self.op in (179, 181) else None
        owner = self.pop().inner if self.op in (180, 181) else self._owner(member.owner)
        name = f"{owner}.{identifier(member.name)}" if owner else identifier(member.name)
        if value is not None and member.name.startswith(("this$", "val$")):
            return  # the compiler's own: what a nested class sees of the outer one
        if value is not None:
            self.assign(name, self.typed(value, member.descriptor))
        else:
            self.push(name, member.descriptor)

    def _owner(self, internal: str) -> str:
        return "" if internal == self.file.name else self.types.name(internal)

    def _invoke(self) -> None:
        member = self.file.member(int.from_bytes(self.raw[:2], "big"))
        kinds, returned = arguments_of(member.descriptor)
        given = self._given(kinds)
        if self.op == 184:
            self._called(self._dotted(self._owner(member.owner), member.name), given, returned)
            return
        receiver = self.pop()
        if member.name == "<init>":
            self._made(receiver, member, given)
        elif receiver.text == "this":
            own = self.op != 183 or member.owner == self.file.name
            self._called(self._dotted("" if own else "super", member.name), given, returned)
        else:
            self._called(self._dotted(receiver.inner, member.name), given, returned)

    @staticmethod
    def _dotted(owner: str, name: str) -> str:
        return f"{owner}.{identifier(name)}" if owner else identifier(name)

    def _given(self, kinds: Sequence[str]) -> str:
        values = self.take(len(kinds))
        return ", ".join(self.typed(value, kind) for value, kind in zip(values, kinds, strict=True))

    def _called(self, name: str, given: str, returned: str) -> None:
        if returned == "V":
            self.say(f"{name}({given})")
        else:
            self.put(Value(f"{name}({given})", returned))

    def _made(self, receiver: Value, member: Member, given: str) -> None:
        if not receiver.pending:
            own = member.owner == self.file.name
            if own or given:  # source leaves `super()` out
                self.say(f"{'this' if own else 'super'}({given})")
            return
        made = Value(f"new {self.types.name(member.owner)}({given})", f"L{member.owner};")
        places = [at for at, value in enumerate(self.stack) if value is receiver]
        if not places:
            self.say(made.text)
            return
        if len(places) > 1 or len(made.text) > 400:
            made = self.named(made)
        for at in places:
            self.stack[at] = made

    def _dynamic(self) -> None:
        found = self.file.dynamic(int.from_bytes(self.raw[:2], "big"))
        kinds, returned = arguments_of(found.descriptor)
        values = self.take(len(kinds))
        if found.maker.owner == _FACTORY:
            self.put(self._joined_text(found, values, kinds))
            return
        target = next((one for one in found.given if isinstance(one, Member)), None)
        if target is None:
            self._called(identifier(found.name), ", ".join(value.text for value in values), returned)
            return
        owner = self._owner(target.owner) or "this"
        name = f"{owner}::{'new' if target.name == '<init>' else identifier(target.name)}"
        bound = [value.text for value in values if value.text != "this"]
        self.push(f"bind({', '.join([name, *bound])})" if bound else name, returned)

    def _joined_text(self, found: Dynamic, values: Sequence[Value], kinds: Sequence[str]) -> Value:
        r"""Return a text that is joined from pieces; the recipe has \1 for a value, \2 for a constant."""
        recipe = found.given[0].text if found.given and isinstance(found.given[0], Text) else "\1" * len(values)
        given = iter([self._piece(value, kind) for value, kind in zip(values, kinds, strict=True)])
        constants = iter([one.text for one in found.given[1:] if isinstance(one, Text)])
        pieces: list[str] = []
        for piece in re.split(r"([\1\2])", recipe):
            if piece == "\1":
                pieces.append(next(given, '""'))
            elif piece:
                pieces.append(quoted(next(constants, "") if piece == "\2" else piece))
        return Value(" + ".join(pieces) or '""', "Ljava/lang/String;", atom=len(pieces) < 2)

    def _piece(self, value: Value, kind: str) -> str:
        return self.typed(value, kind) if value.atom else f"({self.typed(value, kind)})"

    def _new(self) -> None:
        name = self.file.class_name(int.from_bytes(self.raw, "big"))
        self.stack.append(Value(f"new {self.types.name(name)}", f"L{name};", pending=True))

    def _new_array(self) -> None:
        if self.op == 197:
            name = self.types.name(self.file.class_name(int.from_bytes(self.raw[:2], "big"))).replace("[]", "")
            sizes = "".join(f"[{value.text}]" for value in self.take(max(self.raw[2], 1)))
            self.push(f"new {name}{sizes}", self.file.class_name(int.from_bytes(self.raw[:2], "big")))
            return
        size = self.pop()
        if self.op == 188:
            name, kind = ARRAYS.get(self.raw[0], "int"), "ZCFDBSIJ"[min(max(self.raw[0] - 4, 0), 7)]
        else:
            internal = self.file.class_name(int.from_bytes(self.raw, "big"))
            name, kind = self.types.name(internal), internal if internal.startswith("[") else f"L{internal};"
        self.stack.append(NewArray(name, f"[{kind}", size.text))

    def _length(self) -> None:
        self.push(f"{self.pop().inner}.length", "I")

    def _lock(self) -> None:
        self.drop()

    def _cast(self) -> None:
        value, name = self.pop(), self.file.class_name(int.from_bytes(self.raw, "big"))
        if self.op == 193:
            self.push(f"{value.inner} instanceof {self.types.name(name)}", "Z", atom=False)
            return
        value.type = value.type if value.pending else name if name.startswith("[") else f"L{name};"
        self.stack.append(value)

    def typed(self, value: Value, kind: str) -> str:
        """Return an expression where something of a type is asked for: numbers stand for truths and letters."""
        if kind == "Z" and value.text in ("0", "1"):
            return "true" if value.text == "1" else "false"
        if kind == "C" and value.type == "I" and value.text.isdigit() and 32 <= int(value.text) < 127:
            letter = chr(int(value.text))
            return f"'\\{letter}'" if letter in "'\\" else f"'{letter}'"
        return value.text

    def _choose_among(self, labels: list[list[str]]) -> None:
        value = self.pop()
        self.current.subject = value.text
        self.current.labels = [[self._label(label, value.type) for label in row] for row in labels]
        self.current.after = self.current.after[: len(labels)]

    def _label(self, label: str, kind: str) -> str:
        return self.typed(Value(label, "I"), kind) if label else ""


_STEPS = {
    op: f"_{name}"
    for name, ops in {
        "constant": range(1, 18),
        "load_constant": range(18, 21),
        "load": range(21, 46),
        "array_load": range(46, 54),
        "store": range(54, 79),
        "array_store": range(79, 87),
        "pops": (87, 88),
        "duplicate": range(89, 95),
        "swap": (95,),
        "arithmetic": range(96, 132),
        "increase": (132,),
        "convert": range(133, 145),
        "narrow": range(145, 148),
        "compare": range(148, 153),
        "branch": (*range(153, 167), 198, 199),
        "jump": (167, 168, 200, 201),
        "leave": (*RETURNS, THROW),
        "field": range(178, 182),
        "invoke": range(182, 186),
        "dynamic": (186,),
        "new": (187,),
        "new_array": (188, 189, 197),
        "length": (190,),
        "cast": (192, 193),
        "lock": (194, 195),
    }.items()
    for op in ops
}
