"""Names, stores and the stack of a code object of Python that is run over texts.

Source of the instructions: the documentation of the module `dis`, CPython 3.8 to 3.14.
"""

import re
from collections.abc import Callable, Sequence

from zoll.parse.bytecode.blocks import Block, Condition, Handler, Instruction, Line, Value
from zoll.parse.bytecode.flow import Runner, Words
from zoll.parse.bytecode.pymarshal import CodeObject
from zoll.parse.bytecode.pyvalues import Imported, Made, Thing, literal

CONTRARY = {"==": "!=", "<": ">=", "<=": ">", "in": "not in", "is": "is not"}
CONTRARY |= {two: one for one, two in CONTRARY.items()}
COMMON = ("AssertionError", "NotImplementedError", "tuple", "all", "any")
SPECIAL = ("__enter__", "__exit__", "__aenter__", "__aexit__")
NOTHING = Thing("NULL", pending=True)
_WORD = re.compile(r"[^\W\d]\w*")
_DOES = re.compile(r"\A\(?(?:yield|await)\b")

Maker = Callable[[CodeObject], Made]


def identifier(name: str) -> str:
    """Return a name that a parser takes for one."""
    return name if _WORD.fullmatch(name) else re.sub(r"\W", "_", name)[:100] or "_"


class PyNames(Runner):
    """One code object, run over texts: what names mean and get, and where values lie on the stack."""

    words = Words("and", "or", "not ", "{1} if {0} else {2}", (("True", "False"),))

    def __init__(
        self,
        blocks: list[Block],
        handlers: Sequence[Handler],
        code: CodeObject,
        minor: int,
        make: Maker,
        given: str = "",
    ) -> None:
        self.code, self.minor, self.make, self.given = code, minor, make, given
        self.now = Instruction(0, "")
        self.op, self.arg = "", 0
        self.kwnames: tuple[str, ...] = ()
        self.elements: list[str] = []
        self.loops: list[tuple[str, str]] = []
        super().__init__(blocks, handlers)

    def caught(self, handler: Handler) -> list[Value]:
        """Return the stack of a handler: what lay there before, and what was thrown."""
        above = next((at for at, block in enumerate(self.blocks) if self._catches(block, handler)), 0)
        below = self.entered.get(above, [])
        if handler.depth < 0:
            return [*below, *(Thing("thrown", pending=True) for _ in range(6))]
        kept = [*below, *(NOTHING for _ in range(handler.depth))][: handler.depth]
        return [*kept, *([Thing("last", pending=True)] if handler.lasting else []), Thing("thrown", pending=True)]

    def _catches(self, block: Block, handler: Handler) -> bool:
        return any(self.blocks[one].start == handler.target for one in block.catches)

    def drop(self) -> None:
        """Take the top off; what it calls is said."""
        value = self.pop()
        if isinstance(value, Made) and not value.plain.startswith("lambda"):
            self._define(value, value.plain)
        elif not value.pending and (
            value.does or _DOES.match(value.text) or value.sides if isinstance(value, Thing) else value.does
        ):
            self.say(value.text.strip() if not _DOES.match(value.text) else value.text)

    def contrary(self, value: Value) -> Condition:
        """Return the condition that a value is true, and its contrary."""
        if isinstance(value, Thing) and value.sides and value.sides[1] in CONTRARY:
            one, sign, two = value.sides
            return Condition(value.text, f"{one} {CONTRARY[sign]} {two}")
        if value.text.startswith("not ") and " and " not in value.text and " or " not in value.text:
            return Condition(value.text, value.text[4:])
        return Condition(value.text, f"not {value.inner}", plain=value.atom)

    # names

    def _name(self) -> str:
        index = self.arg
        if (self.op.startswith("LOAD_GLOBAL") and self.minor >= 11) or (self.op == "LOAD_ATTR" and self.minor >= 12):
            index >>= 1
        elif self.op == "LOAD_SUPER_ATTR":
            index >>= 2
        return identifier(self.code.names[index]) if index < len(self.code.names) else "missing"

    def _local(self, index: int) -> str:
        held = self.code.locals
        if self.minor < 11 and ("DEREF" in self.op or "CLOSURE" in self.op):
            held = self.code.cells
        name = held[index] if 0 <= index < len(held) else "missing"
        return self.given if name == ".0" and self.given else identifier(name)

    def _constant(self, index: int) -> object:
        return self.code.consts[index] if 0 <= index < len(self.code.consts) else None

    def _load_const(self) -> None:
        held = self._constant(self.arg)
        self.stack.append(
            Thing(literal(held), held=held, atom=not isinstance(held, int | float) or str(held)[0] != "-")
        )

    def _load_small_int(self) -> None:
        self.stack.append(Thing(str(self.arg), held=self.arg))

    def _load_name(self) -> None:
        self.stack.append(Thing(self._name()))

    def _load_global(self) -> None:
        made = [Thing(self._name())]
        if self.minor >= 11 and self.arg & 1:
            made.insert(0 if self.minor < 13 else 1, NOTHING)
        self.stack += made

    def _load_fast(self) -> None:
        self.stack.append(Thing(self._local(self.arg)))

    def _load_fast_and_clear(self) -> None:
        self.stack.append(NOTHING)

    def _load_fast_load_fast(self) -> None:
        self.stack += (Thing(self._local(self.arg >> 4)), Thing(self._local(self.arg & 15)))

    def _load_common_constant(self) -> None:
        self.push(COMMON[self.arg] if self.arg < len(COMMON) else "constant")

    def _load_assertion_error(self) -> None:
        self.push("AssertionError")

    def _load_build_class(self) -> None:
        self.push("__build_class__")

    def _load_attr(self) -> None:
        value = self.pop()
        self.put(Thing(f"{value.inner}.{self._name()}"))
        if (self.minor >= 12 and self.arg & 1) or self.op == "LOAD_METHOD":
            self.stack.append(NOTHING)

    def _load_super_attr(self) -> None:
        self.take(3)
        self.put(Thing(f"super().{self._name()}"))
        if self.arg & 1:
            self.stack.append(NOTHING)

    def _load_special(self) -> None:
        value = self.pop()
        name = SPECIAL[self.arg & 3]
        entered = self.arg in (0, 2)
        self.stack += (
            Thing(value.text if entered else f"{value.inner}.{name}", held=name if entered else "", pending=True),
            NOTHING,
        )

    # stores

    def _store_fast(self) -> None:
        self._store(self._name() if self.op in ("STORE_NAME", "STORE_GLOBAL") else self._local(self.arg))

    def _store(self, name: str) -> None:
        value = self.pop()
        if name == "__doc__" and self.op == "STORE_NAME":
            self.say(value.text)
        elif name.startswith(("__annotate", "__conditional_annotations", "__classdict")):
            return
        elif isinstance(value, Imported):
            self.say(value.said(name))
        elif isinstance(value, Made):
            self._define(value, name)
        elif value is NOTHING or value.text == name:
            return
        elif isinstance(value, Thing) and value.sides and value.sides[0] == name and value.sides[1].endswith("="):
            self.say(f"{name} {value.sides[1]} {value.sides[2]}")
        else:
            self.assign(name, value.text)

    def _define(self, value: Made, name: str) -> None:
        if not value.head:
            self.assign(name, value.plain)
            return
        for mark in value.marks:
            self.say(f"@{mark}")
        self.say(value.head.replace("NAME", name, 1))
        for text, number in value.body:
            self.said += len(text)
            self.current.lines.append(Line(f"    {text}", number))

    def _store_fast_load_fast(self) -> None:
        self._store(self._local(self.arg >> 4))
        self.stack.append(Thing(self._local(self.arg & 15)))

    def _store_fast_store_fast(self) -> None:
        self._store(self._local(self.arg >> 4))
        self._store(self._local(self.arg & 15))

    def _store_attr(self) -> None:
        owner = self.pop()
        self._store(f"{owner.inner}.{self._name()}")

    def _store_subscr(self) -> None:
        owner, index = self.take(2)
        self._store(f"{owner.inner}[{index_of(index)}]")

    def _store_slice(self) -> None:
        owner, start, end = self.take(3)
        self._store(f"{owner.inner}[{bound(start)}:{bound(end)}]")

    def _delete_fast(self) -> None:
        name = self._name() if self.op in ("DELETE_NAME", "DELETE_GLOBAL") else self._local(self.arg)
        lines = self.current.lines
        if lines and lines[-1].text == f"{name} = None":
            lines.pop()  # what the compiler does behind `except ... as name`
        else:
            self.say(f"del {name}")

    def _delete_subscr(self) -> None:
        owner, index = self.take(2)
        self.say(f"del {owner.inner}[{index_of(index)}]")

    def _delete_attr(self) -> None:
        self.say(f"del {self.pop().inner}.{self._name()}")

    # the stack

    def _pop_top(self) -> None:
        self.drop()

    def _pop(self) -> None:
        self.pop()

    def _push_null(self) -> None:
        self.stack.append(NOTHING)

    def _rot_n(self) -> None:
        count = {"ROT_TWO": 2, "ROT_THREE": 3, "ROT_FOUR": 4}.get(self.op, self.arg)
        if 0 < count <= len(self.stack):
            self.stack.insert(len(self.stack) - count, self.stack.pop())

    def _swap(self) -> None:
        if 0 < self.arg <= len(self.stack):
            self.stack[-1], self.stack[-self.arg] = self.stack[-self.arg], self.stack[-1]

    def _copy(self) -> None:
        count = 1 if self.op == "DUP_TOP" else self.arg
        if 0 < count <= len(self.stack):
            if count == 1:
                self.again()
            self.stack.append(self.stack[-count])

    def _dup_top_two(self) -> None:
        self.stack += self.stack[-2:]

    def _end_for(self) -> None:
        self.take(2 if self.minor == 12 else 1)


def index_of(value: Value) -> str:
    """Return what stands between the brackets of an item or a slice."""
    if not value.text.startswith("slice("):
        return value.text
    pieces = ["" if one == "None" else one for one in value.text[6:-1].split(", ")]
    return ":".join(pieces[:2] if pieces[2:] == [""] else pieces)


def bound(value: Value) -> str:
    """Return one side of a slice."""
    return "" if value.text == "None" else value.text
