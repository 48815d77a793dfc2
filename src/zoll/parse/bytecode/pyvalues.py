"""Values of Python methods: constants as source, functions and classes that are made, names that are imported."""

from collections.abc import Sequence

from zoll.parse.bytecode.blocks import Line, Value
from zoll.parse.bytecode.classfile import quoted
from zoll.parse.bytecode.pymarshal import CodeObject, Symbol

DEEPEST = 6
LONGEST = 20_000
BRACKETS = {"list": ("[", "]"), "set": ("{", "}"), "dict": ("{", "}")}


class Thing(Value):
    """A value of Python. `held`: the constant; `many`: the texts of a sequence; `sides`: of an operation."""

    __slots__ = ("held", "many", "sides")

    def __init__(
        self,
        text: str,
        *,
        atom: bool = True,
        held: object = None,
        many: Sequence[str] | None = None,
        sides: tuple[str, str, str] | None = None,
        pending: bool = False,
    ) -> None:
        super().__init__(text, atom=atom, pending=pending)
        self.held, self.many, self.sides = held, many, sides


class Made(Value):
    """A function or class that was made and has no name yet: its lines, what stands in front of it."""

    __slots__ = ("body", "head", "marks", "plain")

    def __init__(self, plain: str, head: str, body: Sequence[Line], marks: Sequence[str] = ()) -> None:
        super().__init__(plain, pending=True)
        self.plain, self.head, self.body, self.marks = plain, head, body, marks


class Imported(Value):
    """What an import gives: the module, and the name taken from it."""

    __slots__ = ("module", "name")

    def __init__(self, module: str, name: str = "") -> None:
        super().__init__(name or module.strip("."), pending=True)
        self.module, self.name = module, name

    def said(self, name: str) -> str:
        """Return the statement that imports it under a name."""
        if self.name:
            more = f" as {name}" if name not in (self.name, "*") else ""
            return f"from {self.module or '.'} import {self.name}{more}"
        more = f" as {name}" if name != self.module.partition(".")[0] else ""
        return f"import {self.module}{more}"


def literal(held: object, depth: int = 0) -> str:
    """Return a constant as source.

    >>> literal(("a", 1, None))
    '("a", 1, None)'
    """
    if isinstance(held, str):
        return quoted(held[:LONGEST]).replace("\\f", "\\x0c").replace("\\b", "\\x08")
    if isinstance(held, bytes):
        return (
            "b" + quoted(held[:LONGEST].decode("latin-1")).replace("\\u00", "\\x")
            if held.isascii()
            else repr(held[:LONGEST])
        )
    if isinstance(held, CodeObject):
        return held.name.strip("<>") or "code"
    if isinstance(held, tuple | Symbol):
        return _many(held, depth)
    if held is ...:
        return "..."
    return repr(held)[:LONGEST] if not isinstance(held, type) else held.__name__


def _many(held: "tuple[object, ...] | Symbol", depth: int) -> str:
    if depth > DEEPEST:
        return "..."
    items = held.held if isinstance(held, Symbol) else held
    texts = [literal(one, depth + 1) for one in items[:2_000]]
    if isinstance(held, Symbol) and held.kind == "slice":
        return f"slice({', '.join(texts)})"
    if isinstance(held, Symbol):
        opening, closing = BRACKETS.get(held.kind, ("(", ")"))
        return f"{opening}{', '.join(texts)}{closing}"
    return f"({', '.join(texts)}{',' if len(texts) == 1 else ''})"
