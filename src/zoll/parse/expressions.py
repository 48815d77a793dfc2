"""What an expression says: the calls in it, their names, its literals, the names it reaches through."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from zoll.parse.code import Call, Literal
from zoll.parse.literals import unquote
from zoll.parse.outline import Lines
from zoll.parse.syntax import Node
from zoll.parse.table import Table

CLIP = 200
LITERALS = 2_000
ARGUMENTS = 64
_LOADS = frozenset({"require", "import", "__import__", "importlib.import_module", "import_module"})


@dataclass
class Said:
    """What a scan found; `lifted` are parts that become statements before, `bodies` parts that follow after."""

    calls: list[Call] = field(default_factory=list)
    literals: list[Literal] = field(default_factory=list)
    lifted: list[Node] = field(default_factory=list)
    bodies: list[Node] = field(default_factory=list)


class Expressions:
    """Reads expressions of one file."""

    def __init__(
        self, data: bytes, table: Table, imports: Mapping[str, str], comments: list[tuple[int, int]], lines: Lines,
        check: Callable[[], None],
    ) -> None:  # fmt: skip
        self.data = data
        self.table = table
        self.imports = imports
        self.comments = comments
        self.lines = lines
        self.check = check
        self._steps = 0

    def text(self, node: Node, most: int = CLIP) -> str:
        """Return a node's source: comments removed, white space folded, clipped."""
        return self.span(node.start, node.end, most)

    def span(self, start: int, end: int, most: int = CLIP) -> str:
        """Return the source between two bytes: comments removed, white space folded, clipped."""
        stop = min(end, start + most * 4)
        at = bisect_left(self.comments, (start, 0))
        if at >= len(self.comments) or self.comments[at][0] >= stop:
            return " ".join(self.data[start:stop].decode("utf-8", "replace").split())[:most]
        pieces = []
        stop = min(end, start + most * 4 + 4096)
        while at < len(self.comments) and self.comments[at][0] < stop:
            pieces.append(self.data[start : self.comments[at][0]])
            start = self.comments[at][1]
            at += 1
        pieces.append(self.data[start : max(start, stop)])
        return " ".join(b" ".join(pieces).decode("utf-8", "replace").split())[:most]

    def line(self, node: Node) -> int:
        """Return a node's first line."""
        return self.lines.at(node.start)

    def bare(self, node: Node) -> Node:
        """Take parentheses, `await` and the like off an expression."""
        for _ in range(10_000):
            kind = node.kind
            if kind in self.table.parens or kind in self.table.through:
                inner = node.inner
                if kind in self.table.parens and len(inner) != 1 or not inner:
                    return node
                node = inner[-1]
            else:
                return node
        return node

    # names

    def name(self, node: Node) -> str:
        """Return the dotted name of what is called or reached, resolved through the file's imports."""
        return self.resolve(self.chain(node))

    def resolve(self, name: str) -> str:
        """Replace the first word of a dotted name by what the file imported it as."""
        first, dot, rest = name.partition(".")
        full = self.imports.get(first)
        return f"{full}{dot}{rest}" if full and not first.endswith(")") else name

    def chain(self, node: Node) -> str:
        """Return the dotted name as written, walking from the last member back to the first."""
        table, parts = self.table, [""]
        for _ in range(24):
            node = self.bare(node)
            kind = node.kind
            if kind in table.members:
                of, which = table.members[kind]
                held, found = node.get(of), node.get(which)
                parts.append("." + (self.text(found, 80) if found else "?"))
                if held is None:
                    break
                node = held
            elif kind in table.calls:
                loaded = self._loaded(node)
                if loaded:
                    parts.append(loaded)
                    break
                of = table.calls[kind][0]
                held = node.get(of)
                parts.append("()")
                if held is None:
                    break
                node = held
            elif kind in table.subscripts:
                of, which = table.subscripts[kind]
                held, index = node.get(of), node.get(which)
                parts.append(self._index(index))
                if held is None:
                    break
                node = held
            else:
                parts.append(self._root(node))
                break
        name = "".join(reversed(parts))
        return _dotted(name)[-CLIP:]

    def _index(self, node: Node | None) -> str:
        if node is not None and node.kind in self.table.strings:
            text = self.literal(node).text
            if text.isidentifier():
                return "." + text
        return "[]"

    def _root(self, node: Node) -> str:
        kind = node.kind
        if kind in self.table.strings or kind in self.table.joined:
            return "''"
        if kind in self.table.lambdas or kind == "function":
            return "<function>"
        if kind in self.table.names:
            return self.text(node, 120)
        if not node.kids or node.end - node.start <= 60:
            return self.text(node, 60).replace(" ", "")
        return f"<{kind}>"

    def _loaded(self, node: Node) -> str:
        """Return the module that `require("x")` and its like give, "" for other calls."""
        of, _ = self.table.calls[node.kind]
        held = node.get(of)
        if held is None or held.end - held.start > 30 or self.text(held) not in _LOADS:
            return ""
        arguments = self.arguments(node)
        if len(arguments) == 1 and arguments[0].kind in self.table.strings:
            return self.literal(arguments[0]).text.removeprefix("node:")[:80]
        return ""

    # calls

    def arguments(self, node: Node) -> list[Node]:
        """Return the argument nodes of a call."""
        of, which = self.table.calls[node.kind]
        if not which:
            return [kid for kid in node.kids if kid.named and kid.field != of]
        listed = node.get(which)
        if listed is None:
            return []
        if listed.kind in self.table.strings or (not listed.inner and listed.end - listed.start > 2):
            return [listed]
        return listed.inner

    def call(self, node: Node) -> Call:
        """Return the call that a node makes."""
        of, _ = self.table.calls[node.kind]
        held = node.get(of)
        name = self.name(held) if held else ""
        args = tuple(self.text(arg) for arg in self.arguments(node)[:ARGUMENTS])
        return Call(name, args, self.line(node), node.kind in self.table.news)

    # literals

    def literal(self, node: Node) -> Literal:
        """Return a literal, decoded."""
        table, kind = self.table, node.kind
        what = "number" if kind in table.numbers else "char" if kind in table.chars else "regex" if kind in table.regexes else "string"
        raw = self.data[node.start : min(node.end, node.start + 200_000)].decode("utf-8", "replace")
        built = False
        if what in ("string", "char"):
            if kind in table.joined:
                pieces = [self.literal(kid) for kid in node.inner if kid.kind in table.strings]
                raw, built = "".join(piece.text for piece in pieces), any(piece.built for piece in pieces)
            else:
                built = any(kid.kind in table.holes for kid in node.kids)
                raw = unquote(raw, table.raw_marks, table.raw_quotes)
        column = node.start - (self.data.rfind(b"\n", 0, node.start) + 1)
        return Literal(raw, what, self.line(node), column, built)

    def is_literal(self, node: Node) -> bool:
        """Say whether a node is a literal."""
        table, kind = self.table, node.kind
        return kind in table.strings or kind in table.numbers or kind in table.joined or kind in table.chars or kind in table.regexes

    # scanning

    def scan(self, nodes: Iterable[Node], lift: bool = True) -> Said:
        """Collect what is said below `nodes`, in source order."""
        table, said = self.table, Said()
        stack = list(nodes)[::-1]
        while stack:
            self._steps += 1
            if not self._steps & 4095:
                self.check()
            node = stack.pop()
            kind = node.kind
            if kind in table.calls:
                said.calls.append(self.call(node))
            elif self.is_literal(node):
                if len(said.literals) < LITERALS:
                    said.literals.append(self.literal(node))
                if kind in table.joined or kind in table.strings:
                    stack.extend(hole for piece in reversed(node.kids) for hole in self._holes(piece))
                continue
            elif lift and (kind in table.ternaries or kind in table.filtered and self._filters(node)):
                said.lifted.append(node)
                continue
            elif kind in table.lambdas or kind in table.blocks:
                body = node.get("body") if kind in table.lambdas else node
                if body is not None and body.kind in table.blocks:
                    said.bodies.append(body)
                    stack.extend(kid for kid in reversed(node.kids) if body is not node and kid is not body)
                    continue
            stack.extend(reversed(node.kids))
        return said

    def _holes(self, node: Node) -> list[Node]:
        """Return the interpolated parts of a string's kid."""
        if node.kind in self.table.holes:
            return node.inner[::-1]
        if node.kind in self.table.strings:
            return [hole for kid in reversed(node.kids) if kid.kind in self.table.holes for hole in kid.inner[::-1]]
        return []

    def _filters(self, node: Node) -> bool:
        return any(kid.kind in self.table.filters for kid in node.kids)


def _dotted(name: str) -> str:
    """Write every way of reaching a member as a dot."""
    name = name.replace("::", ".").replace("->", ".").replace("?.", ".").replace("\\", ".")
    return re.sub(r"\s+", "", name).strip(".") if not name.startswith(".") else re.sub(r"\s+", "", name)
