"""What an expression says: the calls in it, their names, its literals, the names it reaches through."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zoll.parse.code import Call, Literal
from zoll.parse.literals import unquote
from zoll.parse.outline import Lines
from zoll.parse.syntax import NESTED, Node
from zoll.parse.table import Table, kinds

CLIP = 200
Span = tuple[int, int]
LITERALS = 2_000
ARGUMENTS = 64
_PIECES = kinds(
    "string_content string_start string_end string_fragment escape_sequence escape_interpolation character "
    "raw_string_content interpreted_string_literal_content raw_string_literal_content heredoc_content heredoc_end "
    "heredoc_start heredoc_body nowdoc_body nowdoc_string regex_pattern regex_flags raw_string_delimiter start end "
    "content multiline_string_fragment regexp_content delimiter"
)
_MARKS = frozenset({"string_start", "string_end", "heredoc_start", "heredoc_end", "raw_string_delimiter"})
_LISTS = frozenset({"arguments", "argument_list", "annotation_argument_list"})
_MACRO = re.compile(r"([A-Za-z_][\w.:]{0,80})!?[ \t]{0,4}\(")
_KEYWORDS = kinds(
    "if while for switch return sizeof defined do else case typeof __typeof__ __attribute__ Some Ok Err match"
)
# What gives a literal another type and nothing else.
_WRAPS = kinds(
    "Some Ok String.from String::from str.from Optional.of String.valueOf QString QStringLiteral QLatin1String "
    "std.string std::string string std.string_view std::string_view string_view String Buffer.from bytes"
)
_TURNS = kinds("to_string to_owned into as_bytes as_str as_ref getBytes encode b freeze to_s")
# A function handed over by its name: bare in Lua, as text in PHP, as a symbol of Ruby.
_HANDED = re.compile(r"(?P<sign>[:\"']?)\\{0,2}(?P<name>[A-Za-z_][\w.:\\]{0,80}+[?!]?)[\"']?")
_WRAPPED_PATTERNS = kinds("tuple_struct_pattern")
_PAIR = 2
_LOADS = frozenset({"require", "import", "__import__", "importlib.import_module", "import_module"})


@dataclass(slots=True)
class Said:
    """What a scan found; `lifted` are parts that become statements before, `bodies` parts that follow after."""

    calls: list[Call] = field(default_factory=list)
    literals: list[Literal] = field(default_factory=list)
    lifted: list[Node] = field(default_factory=list)
    bodies: list[Node] = field(default_factory=list)


class Expressions:
    """Reads expressions of one file."""

    def __init__(
        self,
        data: bytes,
        table: Table,
        imports: Mapping[str, str],
        cuts: list[Span],
        nested: set[Span],
        lines: Lines,
        check: Callable[[], None],
    ) -> None:
        self.data = data
        self.table = table
        self.imports = imports
        self.cuts = cuts
        self.nested = nested
        self.lines = lines
        self.check = check
        self._steps = 0
        self._telling = table.heard

    def text(self, node: Node, most: int = CLIP) -> str:
        """Return a node's source: comments removed, white space folded, clipped."""
        return self.span(node.start, node.end, most)

    def span(self, start: int, end: int, most: int = CLIP) -> str:
        """Return the source between two bytes: comments out, functions of their own marked, folded, clipped."""
        stop = min(end, start + most * 4)
        at = bisect_left(self.cuts, (start,))
        if at >= len(self.cuts) or self.cuts[at][0] >= stop:
            return " ".join(self.data[start:stop].decode("utf-8", "replace").split())[:most]
        pieces: list[bytes] = []
        whole, length = (start, end), 0
        while at < len(self.cuts) and self.cuts[at][0] < end and length < most * 4:
            cut, after = self.cuts[at]
            at += 1
            if cut >= start and after <= end and (cut, after) != whole:
                pieces += [self.data[start : min(cut, start + most * 4)], self._instead(cut, after)]
                length += len(pieces[-1]) + len(pieces[-2])
                start = after
        pieces.append(self.data[start : min(end, start + most * 4)])
        return " ".join(b"".join(pieces).decode("utf-8", "replace").split())[:most]

    def _instead(self, start: int, end: int) -> bytes:
        """Return what stands in a text for a comment or for a function of its own."""
        return b" <function> " if (start, end) in self.nested else b" "

    def line(self, node: Node) -> int:
        """Return a node's first line."""
        return self.lines.at(node.start)

    def bare(self, node: Node) -> Node:
        """Take parentheses, `await` and the like off an expression."""
        for _ in range(10_000):
            kind = node.kind
            if kind in self.table.through_first and node.inner:
                node = node.inner[0]
            elif kind in self.table.parens or kind in self.table.through:
                inner = node.inner
                if (kind in self.table.parens and len(inner) != 1) or not inner:
                    return node
                node = inner[-1]
            else:
                return node
        return node

    def unbracketed(self, node: Node) -> Node:
        """Take parentheses alone off an expression."""
        while node.kind in self.table.parens and len(node.inner) == 1:
            node = node.inner[0]
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
            elif kind in table.methods and node.get(table.methods[kind][0]) is not None:
                of, which = table.methods[kind]
                held, found = node.get(of), node.get(which)
                parts.append("()" if len(parts) > 1 else "")
                parts.append("." + (self.text(found, 80) if found else ""))
                assert held is not None
                node = held
            elif kind in table.calls:
                loaded = self._loaded(node)
                if loaded:
                    parts.append(loaded)
                    break
                held = self.callee(node)
                parts.append("()")
                if held is None:
                    break
                node = held
            elif kind in table.subscripts:
                of, which = table.subscripts[kind]
                held, index = (
                    node.get(of) or next(iter(node.inner), None),
                    node.get(which) or next(iter(node.inner[1:]), None),
                )
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
        if kind in self.table.lambdas or kind == NESTED:
            return "<function>"
        if kind in self.table.names:
            return self.text(node, 120)
        if not node.kids or node.end - node.start <= 60:
            return self.text(node, 60).replace(" ", "")
        return f"<{kind}>"

    def _loaded(self, node: Node) -> str:
        """Return the module that `require("x")` and its like give, "" for other calls."""
        held = self.callee(node)
        if held is None or held.end - held.start > 30 or self.text(held) not in _LOADS:
            return ""
        arguments = self.arguments(node)
        if len(arguments) == 1 and arguments[0].kind in self.table.strings:
            return self.literal(arguments[0]).text.removeprefix("node:")[:80]
        return ""

    # calls

    def callee(self, node: Node) -> Node | None:
        """Return the node that names what a call calls."""
        of, _ = self.table.calls[node.kind]
        held = node.get(of) if of else None
        if held is None and node.inner and node.inner[0].kind not in _LISTS and node.kind not in self.table.intrinsics:
            held = node.inner[0]
        return held

    def receiver(self, node: Node) -> Node | None:
        """Return the object whose method a call calls, None for a free function."""
        if node.kind in self.table.methods:
            return node.get(self.table.methods[node.kind][0])
        held = self.callee(node)
        held = self.bare(held) if held is not None else None
        return (
            held.get(self.table.members[held.kind][0]) if held is not None and held.kind in self.table.members else None
        )

    def called(self, node: Node) -> str:
        """Return the name of what a call calls, resolved."""
        return self.resolve(self.called_as(node))

    def called_as(self, node: Node) -> str:
        """Return the name of what a call calls, as written."""
        table, kind = self.table, node.kind
        if kind in table.intrinsics:
            return table.intrinsics[kind] or next((kid.kind for kid in node.kids if not kid.named), kind)
        if kind in table.methods and node.get(table.methods[kind][0]) is not None:
            return self.chain(node)
        held = self.callee(node)
        return self.chain(held) if held is not None else ""

    def arguments(self, node: Node) -> list[Node]:
        """Return the argument nodes of a call."""
        _, which = self.table.calls[node.kind]
        if not which:
            held = self.callee(node)
            return [kid for kid in node.inner if kid is not held and kid.kind not in self.table.assigns]
        listed = node.get(which) or next((kid for kid in node.inner if kid.kind in _LISTS), None)
        if listed is None:
            return []
        if listed.kind in _LISTS or listed.kind == "list_expression":
            return [self.bare(kid) for kid in listed.inner]
        return [self.bare(listed)]

    def call(self, node: Node) -> Call:
        """Return the call that a node makes."""
        args = tuple(self.text(arg) for arg in self.arguments(node)[:ARGUMENTS])
        return Call(self.called(node), args, self.line(node), node.kind in self.table.news)

    def made(self, call: Call) -> list[Call]:
        """Return a call, and the one that it makes of what it is handed: `pcall(verify, key)` calls `verify(key)`."""
        owner, _, name = call.name.rpartition(".")
        before = self.table.handing.get(name, 0)
        found = _HANDED.fullmatch(call.args[0]) if before and call.args else None
        signs = self.table.handed_as
        if found is None or bool(found["sign"]) != bool(signs) or found["sign"] not in signs:
            return [call]
        last = self.resolve(_dotted(found["name"]))
        full = f"{owner}.{last}" if owner and found["sign"] == ":" else last
        return [call, Call(full, call.args[before:], call.line)]

    def macro(self, text: str, line: int) -> list[Call]:
        """Return the calls in text that the grammar leaves as tokens, such as a macro's body."""
        found = (match[1].replace("::", ".") for match in _MACRO.finditer(text[:20_000]))
        return [Call(self.resolve(name), (), line) for name in found if name not in _KEYWORDS][:ARGUMENTS]

    # literals

    def literal(self, node: Node) -> Literal:
        """Return a literal, decoded."""
        table, kind = self.table, node.kind
        what = (
            "number"
            if kind in table.numbers
            else "char"
            if kind in table.chars
            else "regex"
            if kind in table.regexes
            else "string"
        )
        raw = self.data[node.start : min(node.end, node.start + 200_000)].decode("utf-8", "replace")
        built = False
        if what in ("string", "char"):
            if kind in table.joined:
                pieces = [self.literal(kid) for kid in node.inner if kid.kind in table.strings]
                raw, built = "".join(piece.text for piece in pieces), any(piece.built for piece in pieces)
                built = built or len(pieces) != len(node.inner)
            else:
                built = any(
                    kid.named and (kid.kind not in _PIECES or any(one.kind not in _PIECES for one in kid.inner))
                    for kid in node.kids
                )
                raw = self._plain(node) if kind in table.raws else unquote(raw, table.raw_marks, table.raw_quotes)
        column = node.start - (self.data.rfind(b"\n", 0, node.start) + 1)
        return Literal(raw, what, self.line(node), column, built)

    def _plain(self, node: Node) -> str:
        """Return what stands between the marks of a raw string, heredoc or long bracket."""
        inner = [kid for kid in node.inner if kid.kind not in _MARKS]
        if node.kind == "heredoc_content":
            last = next((kid.start for kid in node.inner if kid.kind == "heredoc_end"), node.end)
            return self.data[node.start : min(last, node.start + 200_000)].decode("utf-8", "replace")
        if not inner:
            return ""
        start, end = inner[0].start, inner[-1].end
        return self.data[start : min(end, start + 200_000)].decode("utf-8", "replace")

    def value_of(self, node: Node) -> Literal | None:
        """Return the literal that a side is, with a sign before it or without; None for anything else."""
        if self.is_literal(node):
            return self.literal(node)
        inner = node.inner
        if (
            node.kind.startswith("unary")
            and len(inner) == 1
            and inner[0].kind in self.table.numbers
            and node.end - node.start < 80
            and not self.text(node).startswith("void")  # JavaScript's other name of undefined
        ):
            plain = self.literal(inner[0])
            return Literal(self.text(node).replace(" ", ""), plain.kind, plain.line, plain.column)
        return self.wrapped(node)

    def wrapped(self, node: Node) -> Literal | None:
        """Return the literal inside what only gives it another type: `Some("x")`, `QString("x")`, `"x".to_string()`."""
        if node.kind in _WRAPPED_PATTERNS:
            fixed = [kid for kid in node.inner if self.is_literal(kid)]
            return self.literal(fixed[0]) if len(fixed) == 1 and len(node.inner) == _PAIR else None
        if node.kind not in self.table.calls:
            return None
        args, held = self.arguments(node), self.callee(node)
        if len(args) == 1 and self.is_literal(args[0]) and self.called_as(node) in _WRAPS:
            return self.literal(args[0])
        first = held.inner[0] if held is not None and held.inner and not args else None
        turned = first is not None and self.is_literal(first) and self.called_as(node).rsplit(".", 1)[-1] in _TURNS
        return self.literal(first) if first is not None and turned else None

    def is_literal(self, node: Node) -> bool:
        """Say whether a node is a literal."""
        return node.named and node.kind in self.table.literals

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
            if kind not in self._telling:
                stack += node.kids[::-1]
                continue
            if not node.named:
                continue
            if kind == "command_name" and len(node.kids) == 1 and not node.kids[0].kids:
                continue
            if kind in table.calls:
                said.calls.extend(self.made(self.call(node)))
                if kind in table.macros:
                    said.calls.extend(self.macro(self.text(node, 4000).partition("(")[2], self.line(node)))
                if kind in table.strings:
                    said.literals.append(self.literal(node))
            elif self.is_literal(node):
                if len(said.literals) < LITERALS:
                    said.literals.append(self.literal(node))
                if kind in table.joined:
                    stack.extend(hole for piece in reversed(node.kids) for hole in self._holes(piece))
                    continue
            elif lift and self._lifts(node):
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

    def _holes(self, node: Node) -> Sequence[Node]:
        """Return what stands inside one of several joined strings."""
        return node.kids[::-1] if node.kind in self.table.strings else [node]

    def _lifts(self, node: Node) -> bool:
        """Say whether a part of an expression must become statements of its own."""
        table, kind = self.table, node.kind
        if kind in table.ternaries or kind in table.switches or kind in table.tries:
            return True
        if kind in table.conditions or kind in table.loops:
            return node.kind not in table.filters
        return kind in table.filtered and any(kid.kind in table.filters for kid in node.kids)


def _dotted(name: str) -> str:
    """Write every way of reaching a member as a dot."""
    name = name.lstrip("\\&*").replace("::", ".").replace("->", ".").replace("?.", ".").replace("\\", ".")
    return "".join(name.split()).strip(".") if not name.startswith(".") else "".join(name.split())
