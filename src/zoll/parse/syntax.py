"""A syntax tree as plain nodes: what tree-sitter parsed, copied once, so that later steps cost what they look like."""

from collections.abc import Callable, Container, Iterator

import tree_sitter

NESTED = "nested function"  # the kind of a leaf that stands for a function of its own
PUNCTUATION = frozenset("( ) [ ] { } , ; . : ()".split())


class SlowSource(ValueError):
    """Parsing or walking took longer than its deadline."""


class Node:
    """One node: `kind`, the `field` it fills in its parent, its bytes `start:end`, its `kids` (comments and brackets left out)."""

    __slots__ = ("end", "field", "kids", "kind", "named", "start")

    def __init__(self, kind: str, field: str, start: int, end: int, named: bool) -> None:
        self.kind = kind
        self.field = field
        self.start = start
        self.end = end
        self.named = named
        self.kids: list[Node] = []

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
    """A language's node kinds and fields by number; asking the grammar for each node's name costs three times as much."""

    def __init__(self, language: tree_sitter.Language) -> None:
        self.kinds = [language.node_kind_for_id(number) or "" for number in range(language.node_kind_count)]
        self.named = bytearray(language.node_kind_is_named(number) for number in range(language.node_kind_count))
        self.fields = ["", *(language.field_name_for_id(number) or "" for number in range(1, language.field_count + 1))]

    def kind(self, number: int) -> str:
        """Return a node kind; the error node has a number of its own."""
        return self.kinds[number] if number < len(self.kinds) else "ERROR"


def grow(
    root: tree_sitter.Node,
    names: Names,
    cut: Container[tuple[int, int, int]],
    drop: frozenset[str],
    splice: frozenset[str],
    check: Callable[[], None],
) -> Node:
    """Copy a tree; nodes in `cut` (nested functions) stay as leaves of kind `NESTED`, kinds in `drop` go, kinds in `splice` give way to their kids."""
    cursor = root.walk()
    top = Node(names.kind(root.kind_id), "", root.start_byte, root.end_byte, True)
    parents = [top]
    steps = 0
    if not cursor.goto_first_child():
        return top
    while True:
        steps += 1
        if not steps & 4095:
            check()
        made = _copy(cursor, names, cut, drop, splice, parents[-1])
        if made is not None and cursor.goto_first_child():
            parents.append(made)
            continue
        while not cursor.goto_next_sibling():
            if len(parents) == 1:
                return top
            cursor.goto_parent()
            parents.pop()


def _copy(
    cursor: tree_sitter.TreeCursor,
    names: Names,
    cut: Container[tuple[int, int, int]],
    drop: frozenset[str],
    splice: frozenset[str],
    parent: Node,
) -> Node | None:
    """Copy the cursor's node below `parent`; return it if its kids are wanted too."""
    live = cursor.node
    if live is None:
        return None
    number, start, end = live.kind_id, live.start_byte, live.end_byte
    kind = names.kind(number)
    if kind in PUNCTUATION or kind in drop:
        return None
    named = number >= len(names.named) or bool(names.named[number])
    field = names.fields[cursor.field_id or 0]
    if (start, end, number) in cut:
        parent.kids.append(Node(NESTED, field, start, end, True))
        return None
    if kind in splice and named:
        return parent
    node = Node(kind, field, start, end, named)
    parent.kids.append(node)
    return node
