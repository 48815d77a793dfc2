"""Expressions of a code object of Python that is run over texts."""

from collections.abc import Sequence

from zoll.parse.bytecode.pynames import PyNames, bound, index_of
from zoll.parse.bytecode.pyvalues import Thing, literal

COMPARES = ("<", "<=", "==", "!=", ">", ">=")
OLD_COMPARES = (*COMPARES, "in", "not in", "is", "is not", "exception match")
OPERATORS = ("+", "&", "//", "<<", "@", "*", "%", "|", "**", ">>", "-", "/", "^")
SUBSCRIPT = 26  # the operation of BINARY_OP that takes an item, from 3.14 on


class PyExpressions(PyNames):
    """What puts values together."""

    def _binary(self, sign: str, *, inplace: bool = False) -> None:
        left, right = self.take(2)
        if sign == "[":
            self.put(Thing(f"{left.inner}[{index_of(right)}]"))
        else:
            sides = (left.text, f"{sign}=", right.text) if inplace else None
            self.put(Thing(f"{left.inner} {sign} {right.inner}", atom=False, sides=sides))

    def _binary_op(self) -> None:
        if self.arg == SUBSCRIPT:
            self._binary("[")
        else:
            self._binary(OPERATORS[self.arg % 13], inplace=self.arg >= 13)

    def _binary_slice(self) -> None:
        owner, start, end = self.take(3)
        self.put(Thing(f"{owner.inner}[{bound(start)}:{bound(end)}]"))

    def _unary(self) -> None:
        value = self.pop()
        sign = {"UNARY_NEGATIVE": "-", "UNARY_INVERT": "~", "UNARY_POSITIVE": "+"}.get(self.op, "not ")
        if sign == "not ":
            self.put(Thing(self.contrary(value).no, atom=False))
        else:
            self.put(Thing(f"{sign}{value.inner}", atom=False))

    def _compare_op(self) -> None:
        index = self.arg >> (5 if self.minor >= 13 else 4) if self.minor >= 12 else self.arg
        self._compared(OLD_COMPARES[min(index, len(OLD_COMPARES) - 1)])

    def _compared(self, sign: str) -> None:
        left, right = self.take(2)
        if sign == "exception match":
            self.put(Thing(f"isinstance(thrown, {right.text})"))
            return
        self.put(Thing(f"{left.inner} {sign} {right.inner}", atom=False, sides=(left.inner, sign, right.inner)))

    def _is_op(self) -> None:
        self._compared("is not" if self.arg else "is")

    def _contains_op(self) -> None:
        self._compared("not in" if self.arg else "in")

    def _check_exc_match(self) -> None:
        self.put(Thing(f"isinstance(thrown, {self.pop().text})"))

    def _build(self) -> None:
        items = [value.text for value in self.take(self.arg)]
        self._sequence(self.op.removeprefix("BUILD_"), items)

    def _sequence(self, kind: str, items: Sequence[str]) -> None:
        opening, closing = {"LIST": ("[", "]"), "SET": ("{", "}")}.get(kind, ("(", ")"))
        comma = "," if kind == "TUPLE" and len(items) == 1 else ""
        self.stack.append(Thing(f"{opening}{', '.join(items)}{comma}{closing}", many=items))

    def _build_map(self) -> None:
        values = self.take(2 * self.arg)
        pairs = [f"{key.text}: {value.text}" for key, value in zip(values[::2], values[1::2], strict=True)]
        self.stack.append(Thing("{" + ", ".join(pairs) + "}", many=pairs))

    def _build_const_key_map(self) -> None:
        keys = self.pop()
        held = keys.held if isinstance(keys, Thing) and isinstance(keys.held, tuple) else ()
        values = self.take(self.arg)
        pairs = [f"{literal(key)}: {value.text}" for key, value in zip(held, values, strict=False)]
        self.stack.append(Thing("{" + ", ".join(pairs) + "}", many=pairs))

    def _build_slice(self) -> None:
        self.stack.append(Thing(f"slice({', '.join(bound(value) for value in self.take(self.arg))})"))

    def _build_string(self) -> None:
        pieces = [value.text for value in self.take(self.arg)]
        self.put(Thing(" + ".join(pieces) or '""', atom=len(pieces) < 2))

    def _format(self) -> None:
        spec = self.pop() if self.op == "FORMAT_WITH_SPEC" or (self.op == "FORMAT_VALUE" and self.arg & 4) else None
        value = self.pop()
        if spec is not None:
            self.put(Thing(f"format({value.text}, {spec.text})"))
        elif self.op == "FORMAT_VALUE" and self.arg & 3 > 1:
            self.put(Thing(f"repr({value.text})"))
        else:
            self.put(Thing(f"str({value.text})" if not value.text.startswith("repr(") else value.text))

    def _convert_value(self) -> None:
        if self.arg > 1:
            self.put(Thing(f"repr({self.pop().text})"))

    def _extend(self) -> None:
        more = self.pop()
        at = len(self.stack) - max(self.arg, 1)
        if at < 0:
            return
        base = self.stack[at]
        held = more.held if isinstance(more, Thing) and isinstance(more.held, tuple) else None
        star = "**" if self.op.startswith("DICT") else "*"
        extra = [literal(one) for one in held] if held is not None else [f"{star}{more.inner}"]
        if isinstance(more, Thing) and more.many is not None:
            extra = list(more.many)
        many = base.many if isinstance(base, Thing) and base.many is not None else [f"{star}{base.inner}"]
        below = self.stack[at + 1 :]
        del self.stack[at:]
        if star == "**":
            self.stack.append(Thing("{" + ", ".join([*many, *extra]) + "}", many=[*many, *extra]))
        else:
            self._sequence(self.op.partition("_")[0], [*many, *extra])
        self.stack += below

    def _append(self) -> None:
        values = self.take(2 if self.op == "MAP_ADD" else 1)
        said = ": ".join(value.text for value in values)
        self.elements.append(said)
        at = len(self.stack) - self.arg
        base = self.stack[at].text if 0 <= at < len(self.stack) else "items"
        if not self.code.name.startswith("<") or self.code.name == "<module>":
            self.say(f"{base}[{values[0].text}] = {values[1].text}" if len(values) > 1 else f"{base}.append({said})")

    def _build_list(self) -> None:
        following = self.current.instructions[self.current.instructions.index(self.now) + 1 :][:1]
        if not self.arg and following and following[0].name == "SWAP":
            self.stack.append(Thing("items"))  # what a comprehension gathers
            return
        self._build()
