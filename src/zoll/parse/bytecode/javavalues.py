"""Values of Java methods: new arrays with what is put into them, comparisons, numbers."""

from zoll.parse.bytecode.blocks import Condition, Value
from zoll.parse.bytecode.classfile import Number

CONTRARY = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class NewArray(Value):
    """A new array: what is put into it at once stands in its braces."""

    __slots__ = ("name", "size")

    def __init__(self, name: str, kind: str, size: str) -> None:
        super().__init__(name, kind, items=[])
        self.name, self.size = name, size

    @property
    def text(self) -> str:
        """The array with its items, or with its size."""
        if self.items:
            return f"new {self.name}[] {{{', '.join(self.items)}}}"
        base, brackets, more = self.name.partition("[]")
        return f"new {base}[{self.size}]{brackets}{more}"


def compared(left: str, sign: str, right: str) -> Condition:
    """Return a comparison as a condition."""
    return Condition(f"{left} {sign} {right}", f"{left} {CONTRARY[sign]} {right}")


def number(found: Number) -> str:
    """Return a number as a literal."""
    if found.kind in "IJ":
        return f"{int(found.value)}{'L' if found.kind == 'J' else ''}"
    text = repr(found.value)
    if "n" in text:
        return {"inf": "1.0 / 0.0", "-inf": "-1.0 / 0.0"}.get(text, "0.0 / 0.0")
    return f"{text}f" if found.kind == "F" else text
