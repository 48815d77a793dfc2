"""The light walk: one pass of a cursor over a whole file finds its functions, imports, comments and digests."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import tree_sitter
import xxhash

from zoll.parse.code import Function
from zoll.parse.spacing import folded, kept
from zoll.parse.syntax import Names
from zoll.parse.table import Table, kinds

Key = tuple[int, int, int]
Found = tuple[int, int, int]  # bodies, comments, imports
NOTHING: Found = (0, 0, 0)
FUNCTION, LAMBDA, SCOPE, NAMING, WRAPPER, IMPORT, COMMENT, STRING, LOOSE, DULL = range(1, 11)
OWN_LINES = 4
DEEPEST = 8  # functions in functions that are looked up: each look reads all that is inside
OWN_BYTES = 600  # minified code has no lines: a callback of this size is a body of its own too
MARK = b"\x00function\x00"
_HOLDS = re.compile(rb"[{$@#(`]")  # without one of these no string has code in it
_SPACE = re.compile(rb"\s")
_SPACES = re.compile(rb"[ \t\r\n\f\v]{2}|[\t\r\n\f\v]")
_WORD = re.compile(r"[A-Za-z_$][\w$]*")
_MODIFIERS = kinds("mut const void private public protected readonly override final var")
_NO_HEADS = frozenset({b"if", b"while", b"for", b"switch", b"defined", b"sizeof", b"__attribute__"})
_HEAD = re.compile(rb"([A-Za-z_]\w*)[ \t\r\n]*\(([^()]{0,200})")


@dataclass
class Body:
    """A function being gathered: its name and node, and what to cut out of its own text.

    `own` is the name without that of the body around; `began` and `ended` count what the walk had found by then.
    """

    name: str
    key: Key
    params: tuple[str, ...] = ()
    cuts: list[tuple[int, int, bytes | None]] = field(default_factory=list)
    unnamed: int = 0
    holder: str = ""
    own: str = ""
    digest: str = ""
    began: Found = NOTHING
    ended: Found = NOTHING


class Outline:
    """Walks once; afterwards `bodies[0]` is the text outside functions.

    Functions that stand `beside`, in the outline of the other side's file, byte for byte are taken from there.
    """

    def __init__(
        self,
        data: bytes,
        table: Table,
        names: Names,
        actions: bytearray,
        check: Callable[[], None],
        beside: "Outline | None" = None,
    ) -> None:
        self.data = data
        self.table = table
        self.names = names
        self.actions = actions
        self.telling = re.compile(table.telling).search
        self.check = check
        self.lines = Lines(data)
        self.beside = beside
        self.known: dict[tuple[int, int], int] = {}  # functions without errors, by kind and hash of their bytes
        self.imports: dict[str, str] = {}
        self.told = 0  # how often something was imported
        self.comments: list[tuple[int, int]] = []
        self.errors = 0
        self.bodies: list[Body] = []
        self.keys: set[Key] = set()
        self.named: dict[Key, str] = {}
        self.taken: dict[str, int] = {}
        # open scopes: depth of the cursor, the body around, the prefix of names
        self.open: list[tuple[int, Body, str]] = []
        self.nearest = -1  # depth of the innermost open scope
        self.body = Body("", (0, len(data), 0))
        self.prefix = ""
        self.wrapped: tuple[int, tree_sitter.Node] | None = None

    def walk(self, root: tree_sitter.Node) -> None:
        """Visit every node; only kinds with an action cost more than a step."""
        self.bodies.append(self.body)
        actions, cursor, depth, steps = self.actions, root.walk(), 0, 0
        down, across, up = cursor.goto_first_child, cursor.goto_next_sibling, cursor.goto_parent
        highest = len(actions)
        while True:
            steps += 1
            if not steps & 8191:
                self.check()
            node = cursor.node
            if node is None:
                return
            number = node.kind_id
            action = actions[number] if number < highest else self._error()
            if (not action or self._act(action, node, depth)) and down():
                depth += 1
                continue
            if depth == self.nearest:
                self._close()
            while not across():
                if not up():
                    return
                depth -= 1
                if depth == self.nearest:
                    self._close()

    def _error(self) -> int:
        self.errors += 1
        return 0

    def _open(self, depth: int) -> None:
        self.open.append((depth, self.body, self.prefix))
        self.nearest = depth

    def _close(self) -> None:
        body = self.body
        _, self.body, self.prefix = self.open.pop()
        if body is not self.body:
            body.ended = self._found()
        self.nearest = self.open[-1][0] if self.open else -1

    def _act(self, action: int, node: tree_sitter.Node, depth: int) -> bool:
        """Handle one node of interest; say whether to look below it."""
        if action == COMMENT:
            start, end = node.start_byte, node.end_byte
            self.comments.append((start, end))
            self.body.cuts.append((start, end, b" "))
            return False
        if action == STRING:
            start, end = node.start_byte, node.end_byte
            if _SPACE.search(self.data, start, end):
                self.body.cuts.append((start, end, None))
                if _SPACES.search(self.data, start, end):
                    return False
            return _HOLDS.search(self.data, start, end) is not None or node.has_error
        if action == DULL:
            return self.telling(self.data, node.start_byte, node.end_byte) is not None or node.has_error
        return self._structure(action, node, depth)

    def _structure(self, action: int, node: tree_sitter.Node, depth: int) -> bool:
        if action == IMPORT:
            self._import(self._text(node, 20_000))
        elif action == NAMING:
            self._name(node)
        elif action == SCOPE:
            named = node.child_by_field_name(self.table.scopes[node.type])
            self._open(depth)
            self.prefix = self._join(self._text(named, 200)) if named else self.prefix
        elif action == WRAPPER:
            self.wrapped = (depth, node)
        elif action == FUNCTION:
            return self._enter(node, depth, self._own_name(node))
        elif action == LAMBDA:
            return self._lambda(node, depth)
        elif action == LOOSE and self.body is self.bodies[0]:
            return self._loose(node, depth)
        return True

    def _import(self, text: str) -> None:
        self.told += 1
        self.imports.update(self.table.imports_of(text))

    def _text(self, node: tree_sitter.Node | None, most: int) -> str:
        if node is None:
            return ""
        return self.data[node.start_byte : min(node.end_byte, node.start_byte + most)].decode("utf-8", "replace")

    def _join(self, name: str) -> str:
        name = " ".join(name.replace("::", ".").split())
        return f"{self.prefix}.{name}" if self.prefix else name

    def _name(self, node: tree_sitter.Node) -> None:
        """Remember that a lambda on the right takes its name from the left; a `require` names an import."""
        target_field, value_field = self.table.naming[node.type]
        value = node.child_by_field_name(value_field) if value_field else node.named_child(1)
        if value is not None and value.type == "expression_list" and value.named_child_count == 1:
            value = value.named_child(0)
        if value is None:
            return
        number = value.kind_id
        if number < len(self.actions) and self.actions[number] == LAMBDA:
            target = self._text(node.child_by_field_name(target_field) if target_field else node.named_child(0), 200)
            self.named[(value.start_byte, value.end_byte, number)] = _property(target)
        elif (
            self.table.requires
            and value.end_byte - value.start_byte < 200
            and b"require" in self.data[value.start_byte : value.end_byte]
        ):
            self._import(self._text(node, 2000))

    def _own_name(self, node: tree_sitter.Node) -> str:
        """Return the name in a definition: the field `name`, or the innermost declarator of C."""
        found = node.child_by_field_name("name")
        if found is None:
            found = node.child_by_field_name("declarator")
            for _ in range(40):
                deeper = found.child_by_field_name("declarator") if found else None
                if found is not None and deeper is None and found.type == "parenthesized_declarator":
                    deeper = found.named_child(0)
                if deeper is None:
                    break
                found = deeper
        receiver = node.child_by_field_name("receiver")
        holder = "".join(_WORD.findall(self._text(receiver, 200))[-1:]) if receiver else ""
        own = self._text(found, 200) or "<unnamed>"
        return f"{holder}.{own}" if holder else own

    def _lambda(self, node: tree_sitter.Node, depth: int) -> bool:
        key = (node.start_byte, node.end_byte, node.kind_id)
        name = self.named.pop(key, "")
        if not name:
            own = node.child_by_field_name("name")
            name = self._text(own, 200) if own else ""
        lines = node.end_point[0] - node.start_point[0] + 1
        if name:
            return self._enter(node, depth, name)
        if lines >= OWN_LINES or key[1] - key[0] >= OWN_BYTES:
            self.body.unnamed += 1
            return self._enter(node, depth, f"<lambda:{self.body.unnamed}>")
        return True

    def _loose(self, node: tree_sitter.Node, depth: int) -> bool:
        """Open a body that stands alone: macros or broken syntax hid its head, so read the head from the text."""
        start = node.start_byte
        head = self.data[max(0, start - 400) : start]
        head = head[max(head.rfind(b";"), head.rfind(b"}")) + 1 :]
        found = next((match for match in _HEAD.finditer(head) if match[1] not in _NO_HEADS), None)
        if not found:
            return True
        name = found[1].decode()
        first = re.search(rb"[A-Za-z_]\w*", found[2])
        if name.isupper() and first:
            name = f"{name}({first[0].decode()})"
        return self._enter(node, depth, name)

    def _found(self) -> Found:
        return len(self.bodies), len(self.comments), self.told

    def _enter(self, node: tree_sitter.Node, depth: int, name: str) -> bool:
        """Open a function, unless it stands beside: what follows below belongs to it. Say whether to look below."""
        whole = node
        if self.wrapped and self.wrapped[0] == depth - 1 and self.wrapped[1].end_byte == node.end_byte:
            whole = self.wrapped[1]
        key = (whole.start_byte, whole.end_byte, whole.kind_id)
        while self.body.cuts and self.body.cuts[-1][0] >= key[0] and whole is not node:
            self.body.cuts.pop()  # strings in decorators belong to the decorated
        self.body.cuts.append((key[0], key[1], MARK))
        joined, around = self._join(_property(name)), self.body.name
        own = joined.removeprefix(f"{around}.") if around else joined
        if len(self.open) < DEEPEST and not node.has_error and self._repeats(key, own):
            return False
        body = self._add(Body(self._unique(joined), key, self._params(node), holder=around, own=own))
        body.began = self._found()
        self._open(depth)
        self.body, self.prefix = body, body.name
        return True

    def _add(self, body: Body) -> Body:
        self.keys.add(body.key)
        self.bodies.append(body)
        return body

    def _repeats(self, key: Key, own: str) -> bool:
        """Take over a function that stands beside with all that is in it, and say whether one did."""
        start, end, kind = key
        mark = kind, xxhash.xxh3_64_intdigest(memoryview(self.data)[start:end])
        self.known.setdefault(mark, len(self.bodies))
        place = self.beside.known.get(mark) if self.beside else None
        if self.beside is None or place is None:
            return False
        first = self.beside.bodies[place]
        if first.ended[2] != first.began[2] or self.data[start:end] != self.beside.data[first.key[0] : first.key[1]]:
            return False
        shift, names = start - first.key[0], {first.holder: self.body.name}
        for body in self.beside.bodies[place : first.ended[0]]:
            around, own = names[body.holder], own if body is first else body.own
            name = names[body.name] = self._unique(f"{around}.{own}" if around else own)
            moved = (body.key[0] + shift, body.key[1] + shift, body.key[2])
            self._add(Body(name, moved, body.params, holder=around, own=own, digest=body.digest))
        within = self.beside.comments[first.began[1] : first.ended[1]]
        self.comments += [(begin + shift, stop + shift) for begin, stop in within]
        return True

    def _unique(self, name: str) -> str:
        """Name the second of the same name `name#2`, so that both can be paired."""
        count = self.taken[name] = self.taken.get(name, 0) + 1
        return f"{name}#{count}" if count > 1 else name

    def _params(self, node: tree_sitter.Node) -> tuple[str, ...]:
        found: tree_sitter.Node | None = node
        for _ in range(10):
            listed = (
                found.child_by_field_name("parameters") or found.child_by_field_name("parameter") if found else None
            )
            if listed:
                return _parameters(self._text(listed, 2000), self.table.params_last)
            found = found.child_by_field_name("declarator") if found else None
        return ()

    def functions(self) -> tuple[Function, ...]:
        """Return the functions found, the outside first."""
        return tuple(map(self._function, self.bodies))

    def _function(self, body: Body) -> Function:
        start, end, _ = body.key
        body.digest = body.digest or self._digest(body)
        first, last = self.lines.at(start), self.lines.at(max(start, end - 1))
        return Function(body.name, first, last, start, end, body.params, body.digest, body.holder)

    def _digest(self, body: Body) -> str:
        """Digest a body's own text: comments out, white space that means nothing folded, strings as they are."""
        out: list[bytes] = []
        at, end, _ = body.key
        for start, stop, instead in body.cuts:
            if start < at:
                continue
            out.append(self.data[at:start])
            out.append(kept(self.data[start:stop]) if instead is None else instead)
            at = stop
        out.append(self.data[at:end])
        digest: str = xxhash.xxh3_128_hexdigest(folded(b"".join(out), self.table.name))
        return digest


class Lines:
    """Line numbers of byte offsets, 1-based."""

    def __init__(self, data: bytes) -> None:
        self.starts: list[int] = (np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n")) + 1).tolist()

    def at(self, byte: int) -> int:
        """Return the line of a byte."""
        return bisect_right(self.starts, byte) + 1

    def point(self, byte: int) -> tuple[int, int]:
        """Return row and column of a byte, both counted from 0."""
        row = bisect_right(self.starts, byte)
        return row, byte - (self.starts[row - 1] if row else 0)

    def start(self, line: int) -> int:
        """Return the byte that a line begins with."""
        return self.starts[line - 2] if line > 1 else 0


def _property(target: str) -> str:
    """Return the name that an assignment's left side gives: `module.exports.a` -> `a`, `A.prototype.b` -> `A.b`."""
    name = target.strip().strip("\"'`[]").replace("->", ".").replace("::", ".").replace(".prototype.", ".")
    name = name if name.startswith("<") else name.replace(":", ".")
    for start in ("module.exports.", "exports.", "this.", "self.", "window.", "globalThis."):
        name = name.removeprefix(start)
    return (name.split() or [""])[-1].lstrip("$@%&")[:120]


def _parameters(text: str, last: bool) -> tuple[str, ...]:
    """Return parameter names from a list's text, split at top-level commas."""
    names: list[str] = []
    depth, piece = 0, ""
    for mark in text.strip().removeprefix("(").removesuffix(")") + ",":
        if mark == "," and depth <= 0:
            names.append(_parameter(piece, last))
            piece = ""
            continue
        depth += (mark in "([{<") - (mark in ")]}>")
        piece += mark
    return tuple(name for name in names if name)


def _parameter(text: str, last: bool) -> str:
    text = text.split("=", 1)[0]
    words: list[str] = [
        word for word in _WORD.findall(text.split(":", 1)[0] if not last else text) if word not in _MODIFIERS
    ]
    if not words:
        return ""
    return words[-1] if last else words[0]


def actions_of(table: Table, language: tree_sitter.Language) -> bytearray:
    """Return a table from kind number to action."""
    actions = bytearray(language.node_kind_count)
    sets = (
        (table.functions, FUNCTION),
        (table.lambdas, LAMBDA),
        (frozenset(table.scopes), SCOPE),
        (frozenset(table.naming), NAMING),
        (table.wrappers, WRAPPER),
        (table.imports, IMPORT),
        (table.comments, COMMENT),
        (table.strings | table.chars | table.regexes, STRING),
        (table.loose_bodies, LOOSE),
        (table.plain, DULL),
    )
    for number in range(language.node_kind_count):
        kind = language.node_kind_for_id(number)
        if language.node_kind_is_named(number):
            actions[number] = next((action for kinds, action in sets if kind in kinds), 0)
    return actions
