"""A syntax tree as plain nodes: what tree-sitter parsed, copied once, so that later steps cost what they look like."""

from collections.abc import Callable, Container, Iterator, Sequence

import tree_sitter
from msgspec import Struct

from zoll.parse.memory import Key, Memory, Said
from zoll.parse.table import kinds

NESTED = "nested function"  # the kind of a leaf that stands for a function of its own
DROP, SPLICE, BROKEN = 1, 2, 3
PUNCTUATION = kinds("( ) [ ] { } , ; . : ()")


class SlowSource(ValueError):
    """Parsing or walking took longer than its deadline."""


class Node(Struct, eq=False):
    """One node: `kind`, the `field` of its parent that it fills, bytes `start:end`, `kids` (no comments).

    A statement whose words were read before has what they `said` and no kids; `key` is what to remember one by.
    """

    kind: str
    field: str
    start: int
    end: int
    named: bool
    kids: "Sequence[Node]" = ()
    key: Key | None = None
    said: Said | None = None

    def get(self, field: str) -> "Node | None":
        """Return the first kid that fills `field`."""
        for kid in self.kids:
            if kid.field == field:
                return kid
        return None

    def all(self, field: str) -> "list[Node]":
        """Return every kid that fills `field`."""
        return [kid for kid in self.kids if kid.field == field and kid.named]

    @property
    def inner(self) -> "list[Node]":
        """The named kids."""
        return [kid for kid in self.kids if kid.named]

    def walk(self) -> "Iterator[Node]":
        """Yield this node and everything below it, in source order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.kids))


class Names:
    """A language's node kinds and fields by number; asking the grammar for each node's name costs three times as much.

    `drop` kinds leave no node (comments, brackets), `splice` kinds give way to their kids.
    """

    def __init__(self, language: tree_sitter.Language, drop: frozenset[str], splice: frozenset[str]) -> None:
        count = language.node_kind_count
        self.kinds = [language.node_kind_for_id(number) or "" for number in range(count)]
        self.named = [language.node_kind_is_named(number) for number in range(count)]
        self.fields = ["", *(language.field_name_for_id(number) or "" for number in range(1, language.field_count + 1))]
        self.ways = bytearray(count)
        for number, kind in enumerate(self.kinds):
            if kind in PUNCTUATION or kind in drop:
                self.ways[number] = DROP
            elif kind in splice and self.named[number]:
                self.ways[number] = SPLICE


def grow(
    root: tree_sitter.Node,
    names: Names,
    cut: Container[tuple[int, int, int]],
    check: Callable[[], None],
    memory: Memory,
    data: bytes,
) -> Node:
    """Copy a tree; nodes in `cut` (nested functions) and statements that `memory` knows stay as leaves."""
    keeps, blocks = memory.kinds, memory.blocks
    kinds, named, fields, ways = names.kinds, names.named, names.fields, names.ways
    count = len(kinds)
    cursor = root.walk()
    down, across, up = cursor.goto_first_child, cursor.goto_next_sibling, cursor.goto_parent
    number = root.kind_id
    top = Node(kinds[number] if number < count else "ERROR", "", root.start_byte, root.end_byte, True)
    kids: list[Node] = []
    top.kids = kids
    parents, parent, steps = [(top, kids)], top, 0
    if not down():
        return top
    while True:
        steps += 1
        if not steps & 4095:
            check()
        live = cursor.node
        if live is None:
            return top
        number = live.kind_id
        way = ways[number] if number < count else BROKEN
        if way != DROP:
            start, end = live.start_byte, live.end_byte
            made = parent
            if (start, end, number) in cut:
                kids.append(Node(NESTED, fields[cursor.field_id or 0], start, end, True))
                way = DROP
            elif way == BROKEN:
                made = Node("ERROR", "", start, end, True)
                kids.append(made)
            elif way != SPLICE:
                made = Node(kinds[number], fields[cursor.field_id or 0], start, end, named[number])
                kids.append(made)
                if made.kind in keeps and parent.kind in blocks:
                    made.key = memory.key(made.kind, start, end, data)
                    made.said = memory.get(made.key)
                    if made.said is not None:
                        way = DROP
            if way != DROP and down():
                if made is not parent:
                    made.kids = kids = []
                parents.append((made, kids))
                parent = made
                continue
        while not across():
            if len(parents) == 1:
                return top
            up()
            parents.pop()
            parent, kids = parents[-1]
