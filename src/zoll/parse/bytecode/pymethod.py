"""A code object of Python run over texts: calls, imports and ways; expressions and statements back as they were.

Source of the instructions: the documentation of the module `dis`, CPython 3.8 to 3.14.
"""

from collections.abc import Sequence

from zoll.parse.bytecode.blocks import Condition, Instruction, Value
from zoll.parse.bytecode.pyexpressions import OPERATORS, PyExpressions
from zoll.parse.bytecode.pymarshal import CodeObject
from zoll.parse.bytecode.pynames import NOTHING, SPECIAL, identifier
from zoll.parse.bytecode.pyvalues import Imported, Made, Thing, literal

NAMED = dict(
    zip(
        [
            "ADD",
            "AND",
            "FLOOR_DIVIDE",
            "LSHIFT",
            "MATRIX_MULTIPLY",
            "MULTIPLY",
            "MODULO",
            "OR",
            "POWER",
            "RSHIFT",
            "SUBTRACT",
            "TRUE_DIVIDE",
            "XOR",
        ],
        OPERATORS,
        strict=True,
    )
)
STORES = ("STORE_FAST", "STORE_NAME", "STORE_GLOBAL", "STORE_DEREF")


class PyMethod(PyExpressions):
    """One code object, run over texts."""

    def step(self, instruction: Instruction) -> None:
        """Run one instruction: `now`, its name `op` and the number `arg` behind it."""
        self.now, self.op = instruction, instruction.name
        self.arg = instruction.argument if isinstance(instruction.argument, int) else 0
        name = self.op
        if name.startswith(("BINARY_", "INPLACE_")) and name not in ("BINARY_SLICE", "BINARY_OP"):
            self._binary(NAMED.get(name.partition("_")[2], "["), inplace=name.startswith("I"))
        elif name in _SAME:
            getattr(self, f"_{_SAME[name]}")()
        elif method := getattr(self, f"_{name.lower()}", None):
            method()

    # calls

    def _call_function(self) -> None:
        self._call_with(self.take(self.arg), ())

    def _call_function_kw(self) -> None:
        names = self.pop()
        held = names.held if isinstance(names, Thing) and isinstance(names.held, tuple) else ()
        self._call_with(self.take(self.arg), tuple(one for one in held if isinstance(one, str)))

    def _kw_names(self) -> None:
        held = self._constant(self.arg)
        self.kwnames = tuple(one for one in held if isinstance(one, str)) if isinstance(held, tuple) else ()

    def _call(self) -> None:
        names, self.kwnames = self.kwnames, ()
        self._call_with(self.take(self.arg), names)

    def _callee(self) -> tuple[Value, list[Value]]:
        """Take what is called, and what stands in front of its arguments."""
        if self.minor < 11 and not self.op.startswith("CALL_METHOD"):
            return self.pop(), []
        found = [value for value in self.take(2) if value is not NOTHING]
        return (found[0], found[1:]) if found else (Thing("missing"), [])

    def _call_with(self, values: list[Value], names: Sequence[str]) -> None:
        callee, first = self._callee()
        values = [*first, *values]
        if callee.pending and callee.text.endswith(("exit", "__exit__", "__aexit__")):
            self.stack.append(Thing("None", pending=True))
            return
        if callee.pending and isinstance(callee, Thing) and callee.held in SPECIAL:
            self.put(Thing(callee.text))
            return
        if isinstance(callee, Made) and callee.plain.startswith("comprehension ") and values:
            self.put(Thing(callee.plain.partition(" ")[2].replace("\0", values[0].text)))
            return
        if callee.text == "__build_class__" and values and isinstance(values[0], Made):
            self._class(values, names)
            return
        if len(values) == 1 and isinstance(values[0], Made) and values[0].head:
            made = values[0]
            self.stack.append(Made(made.plain, made.head, made.body, [callee.text, *made.marks]))
            return
        split = len(values) - len(names)
        told = [value.text for value in values[:split]]
        told += [f"{name}={value.text}" for name, value in zip(names, values[split:], strict=False)]
        self.put(Thing(f"{callee.inner}({', '.join(told)})"))

    def _class(self, values: list[Value], names: Sequence[str]) -> None:
        made = values[0]
        split = len(values) - len(names)
        bases = [value.text for value in values[2:split]]
        bases += [f"{name}={value.text}" for name, value in zip(names, values[split:], strict=False)]
        body = made.body if isinstance(made, Made) else ()
        self.stack.append(Made(made.text, f"class NAME({', '.join(bases)}):" if bases else "class NAME:", body))

    def _call_function_ex(self) -> None:
        more = self.pop() if self.minor >= 14 or self.arg & 1 else None
        args = self.pop()
        callee = self._callee()[0] if self.minor >= 11 else self.pop()
        many = args.many if isinstance(args, Thing) and args.many is not None else None
        told = list(many) if many is not None else [f"*{args.inner}"] if args.text != "()" else []
        if more is not None and more is not NOTHING:
            spread = more.many if isinstance(more, Thing) and more.many else []
            plain = bool(spread) and all(one.startswith("**") for one in spread)
            told += spread if plain else [f"**{more.inner}"]
        self.put(Thing(f"{callee.inner}({', '.join(told)})"))

    def _call_intrinsic_1(self) -> None:
        if self.arg == 2:
            module = self.pop()
            self.say(f"from {module.module} import *" if isinstance(module, Imported) else "import_star()")
            self.stack.append(NOTHING)
        elif self.arg == 5:
            self.put(Thing(f"+{self.pop().inner}", atom=False))

    def _import_star(self) -> None:
        module = self.pop()
        self.say(f"from {module.module} import *" if isinstance(module, Imported) else "import_star()")

    def _call_intrinsic_2(self) -> None:
        self.pop()

    def _make_function(self) -> None:
        if self.minor < 11:
            self.pop()
        code = self.pop()
        flags = self.arg if self.minor < 13 else 0
        extras = {bit: self.pop() for bit in (8, 4, 2, 1) if flags & bit}
        held = code.held if isinstance(code, Thing) else None
        if not isinstance(held, CodeObject):
            self.push("function")
            return
        made = self.make(held)
        self.stack.append(_with_defaults(made, extras.get(1), extras.get(2)))

    def _set_function_attribute(self) -> None:
        made = self.pop()
        value = self.pop()
        if isinstance(made, Made):
            made = _with_defaults(made, value if self.arg == 1 else None, value if self.arg == 2 else None)
        self.stack.append(made)

    # imports

    def _import_name(self) -> None:
        level, wanted = self.take(2)
        dots = "." * level.held if isinstance(level, Thing) and isinstance(level.held, int) and level.held < 20 else ""
        index = self.arg >> 2 if self.minor >= 15 else self.arg
        name = self.code.names[index] if index < len(self.code.names) else "missing"
        self.stack.append(Imported(dots + ".".join(map(identifier, name.split("."))) if name else dots))
        del wanted

    def _import_from(self) -> None:
        module = self.stack[-1] if self.stack else NOTHING
        self.stack.append(Imported(module.module if isinstance(module, Imported) else "missing", self._name()))

    # ways

    def _jump_if(self) -> None:
        value = self.pop()
        if self.op.endswith("NOT_NONE"):
            ask = Condition(f"{value.inner} is not None", f"{value.inner} is None")
        elif self.op.endswith("_NONE"):
            ask = Condition(f"{value.inner} is None", f"{value.inner} is not None")
        else:
            ask = self.contrary(value)
            ask = ask if "TRUE" in self.op else ask.contrary
        self.current.ask = ask

    def _jump_or_pop(self) -> None:
        self.again()
        ask = self.contrary(self.stack[-1]) if self.stack else Condition("missing", "missing")
        self.current.ask = ask if "TRUE" in self.op else ask.contrary
        self.current.out = [list(self.stack), self.stack[:-1]]

    def _jump_if_not_exc_match(self) -> None:
        kind = self.take(2)[1]
        text = f"isinstance(thrown, {kind.text})"
        self.current.ask = Condition(f"not {text}", text)

    def _get_iter(self) -> None:
        value = self.pop()
        self.stack.append(Thing(value.text, atom=value.atom, pending=True))

    def _for_iter(self) -> None:
        values = self.stack[-1].text if self.stack else "missing"
        names = self._targets()
        self.current.subject = f"{', '.join(names)} in {values}"
        self.loops.append((", ".join(names), values))
        item = Thing(
            ", ".join(names) if len(names) == 1 else "item", many=names if len(names) > 1 else None, pending=True
        )
        rest = [*self.stack, NOTHING] if self.minor >= 12 else self.stack[:-1]
        self.current.out = [rest, [*self.stack, item]]

    def _targets(self) -> list[str]:
        """Return the names that the items of a loop get: those that are stored first behind its head."""
        body = self.current.after[1] if len(self.current.after) > 1 else -1
        rows = self.blocks[body].instructions if body >= 0 else []
        count, at = 1, 0
        if rows and rows[0].name == "UNPACK_SEQUENCE" and isinstance(rows[0].argument, int):
            count, at = min(rows[0].argument, 20), 1
        names: list[str] = []
        for one in rows[at : at + count]:
            names += self._stored(one)
        return names[:count] if 0 < count <= len(names) else ["item"]

    def _stored(self, one: Instruction) -> list[str]:
        before, self.op, self.arg = self.op, one.name, one.argument if isinstance(one.argument, int) else 0
        names: list[str] = []
        if one.name in ("STORE_NAME", "STORE_GLOBAL"):
            names = [self._name()]
        elif one.name in STORES:
            names = [self._local(self.arg)]
        elif one.name in ("STORE_FAST_STORE_FAST", "STORE_FAST_LOAD_FAST"):
            names = [self._local(self.arg >> 4), self._local(self.arg & 15)][
                : 2 if one.name.endswith("STORE_FAST") else 1
            ]
        self.op = before
        return names

    def _unpack(self) -> None:
        value = self.pop()
        count = (self.arg & 255) + 1 + (self.arg >> 8) if self.op == "UNPACK_EX" else self.arg
        many = value.many if isinstance(value, Thing) else None
        if many is not None and len(many) == count:
            self.stack += [Thing(one, pending=value.pending) for one in reversed(many)]
            return
        if value.does:
            value = self.named(value)
        star = self.arg & 255 if self.op == "UNPACK_EX" else -1
        self.stack += [
            Thing(f"{value.inner}[{at}{':' if at == star else ''}]") for at in reversed(range(min(count, 255)))
        ]

    def _return_value(self) -> None:
        self.say(f"return {self.pop().text}")

    def _return_const(self) -> None:
        self.say(f"return {literal(self._constant(self.arg))}")

    def _raise_varargs(self) -> None:
        values = [value.text for value in self.take(min(self.arg, 2))]
        self.say(" from ".join(["raise " + (values[0] if values else ""), *values[1:]]).strip())

    def _reraise(self) -> None:
        self.say("raise")

    def _before_with(self) -> None:
        value = self.pop()
        self.stack += (Thing("exit", pending=True), Thing(value.text, atom=value.atom))

    def _push_exc_info(self) -> None:
        value = self.pop()
        self.stack += (Thing("before", pending=True), value)

    def _get_awaitable(self) -> None:
        self.put(Thing(f"await {self.pop().inner}", atom=False))

    def _yield_value(self) -> None:
        value = self.pop()
        self.elements.append(value.text)
        self.put(Thing(f"(yield {value.text})"))

    def _return_generator(self) -> None:
        self.stack.append(NOTHING)

    def _match(self) -> None:
        """Ask what a pattern asks of a value: its kind, its length, its keys."""
        word = self.op.lower()
        if word in ("get_len", "match_mapping", "match_sequence"):
            value = self.stack[-1].text if self.stack else "missing"
            self.put(Thing(f"{'len' if word == 'get_len' else word}({value})"))
        elif word == "match_keys":
            self.put(Thing(f"match_keys({', '.join(value.text for value in self.stack[-2:])})"))
        else:
            values = self.take(3)
            self.put(Thing(f"match_class({', '.join(value.text for value in values[:2])})"))


def _with_defaults(made: Made, defaults: Value | None, named: Value | None) -> Made:
    r"""Write the defaults of parameters into the head of a function; `\1` and `\2` stand for those without."""
    head, plain = made.head, made.plain
    many: list[str] = []
    if isinstance(defaults, Thing):
        many = (
            [literal(one) for one in defaults.held] if isinstance(defaults.held, tuple) else list(defaults.many or [])
        )
    pairs = [one.partition(": ") for one in (named.many or ())] if isinstance(named, Thing) else []
    for at, text in enumerate(reversed(many), 1):
        head, plain = (one.replace(f"\1{at}\1", f"={text}", 1) for one in (head, plain))
    for key, _, text in pairs:
        name = key.strip('"')
        head, plain = (one.replace(f"{name}\2", f"{name}={text}", 1) for one in (head, plain))
    return Made(plain, head, made.body, made.marks)


_SAME = {
    **dict.fromkeys(
        ("LOAD_FAST_CHECK", "LOAD_FAST_BORROW", "LOAD_DEREF", "LOAD_CLOSURE", "LOAD_CLASSDEREF"), "load_fast"
    ),
    "LOAD_FAST_BORROW_LOAD_FAST_BORROW": "load_fast_load_fast",
    "LOAD_METHOD": "load_attr",
    **dict.fromkeys(STORES, "store_fast"),
    **dict.fromkeys(("DELETE_NAME", "DELETE_GLOBAL", "DELETE_DEREF"), "delete_fast"),
    **dict.fromkeys(("ROT_TWO", "ROT_THREE", "ROT_FOUR"), "rot_n"),
    "DUP_TOP": "copy",
    **dict.fromkeys(("UNARY_NEGATIVE", "UNARY_INVERT", "UNARY_NOT", "UNARY_POSITIVE"), "unary"),
    **dict.fromkeys(("BUILD_TUPLE", "BUILD_SET"), "build"),
    **dict.fromkeys(("FORMAT_VALUE", "FORMAT_SIMPLE", "FORMAT_WITH_SPEC"), "format"),
    **dict.fromkeys(("LIST_EXTEND", "SET_UPDATE", "DICT_UPDATE", "DICT_MERGE"), "extend"),
    **dict.fromkeys(("LIST_APPEND", "SET_ADD", "MAP_ADD"), "append"),
    "CALL_METHOD": "call_function",
    "CALL_KW": "call_function_kw",
    **dict.fromkeys(("UNPACK_SEQUENCE", "UNPACK_EX"), "unpack"),
    **dict.fromkeys(
        [
            f"POP_JUMP_{way}IF_{what}"
            for way in ("", "FORWARD_", "BACKWARD_")
            for what in ("TRUE", "FALSE", "NONE", "NOT_NONE")
        ],
        "jump_if",
    ),
    **dict.fromkeys(("JUMP_IF_TRUE_OR_POP", "JUMP_IF_FALSE_OR_POP"), "jump_or_pop"),
    "GET_YIELD_FROM_ITER": "get_iter",
    **dict.fromkeys(("SEND", "YIELD_FROM", "POP_EXCEPT", "POP_ITER"), "pop"),
    **dict.fromkeys(("BEFORE_ASYNC_WITH", "SETUP_WITH", "SETUP_ASYNC_WITH"), "before_with"),
    **dict.fromkeys(("GET_LEN", "MATCH_MAPPING", "MATCH_SEQUENCE", "MATCH_KEYS", "MATCH_CLASS"), "match"),
}
