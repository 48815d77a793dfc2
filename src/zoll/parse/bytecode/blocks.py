"""What bytecode is cut into: instructions, blocks, the ways between them; and the values that lie on the stack."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from zoll.parse.machine.lift.blocks import join

MOST_BLOCKS = 6_000
_CALLED = re.compile(r"\w\(")


class TooMuch(ValueError):
    """A method with more blocks or text than are followed."""


class Value:
    """An expression: its text, its type if known, whether it needs no brackets.

    `parts` are the two sides of a comparison that gives a number, `items` what is put into a new array, `pending` marks
    an object that is not made yet.
    """

    __slots__ = ("_text", "atom", "items", "parts", "pending", "type")

    def __init__(
        self,
        text: str,
        kind: str = "",
        *,
        atom: bool = True,
        parts: tuple[str, ...] = (),
        items: list[str] | None = None,
        pending: bool = False,
    ) -> None:
        self._text, self.type, self.atom, self.parts, self.items, self.pending = text, kind, atom, parts, items, pending

    @property
    def text(self) -> str:
        """The expression as source would have it."""
        return f"{self._text} {{{', '.join(self.items)}}}" if self.items else self._text

    @property
    def inner(self) -> str:
        """The expression as a part of another one."""
        return self.text if self.atom else f"({self.text})"

    @property
    def does(self) -> bool:
        """Whether it calls something: then it must be said once, and no more than once."""
        return "(" in self.text and _CALLED.search(self.text) is not None


class Condition(NamedTuple):
    """A condition and its contrary; `plain` tells that neither joins two with a word between them."""

    yes: str
    no: str
    plain: bool = True

    @property
    def contrary(self) -> "Condition":
        """The contrary condition."""
        return Condition(self.no, self.yes, self.plain)


class Instruction(NamedTuple):
    """One instruction. `ends`: "" or how it leaves the block: jump, branch, for, switch, stop.

    `targets` are the offsets that it leads to: of a branch where it leads when it is taken. `line` is one of the
    source, 0 when nobody says.
    """

    offset: int
    name: str
    argument: object = None
    line: int = 0
    targets: tuple[int, ...] = ()
    ends: str = ""


class Handler(NamedTuple):
    """What runs when something is thrown between two offsets; `depth` is how much of the stack it keeps."""

    start: int
    end: int
    target: int
    caught: str = ""
    depth: int = 0
    lasting: bool = False


class Line(NamedTuple):
    """One line of text and the line of the source that it comes from, 0 for none."""

    text: str
    number: int


class Block:
    """Instructions that run one after the other, and what came of running them.

    `after` are the blocks that may follow: of a branch where it leads when it is taken, then what stands behind it.
    `out` are the values that are on the stack along each of these ways.
    """

    __slots__ = (
        "after",
        "ask",
        "before",
        "catches",
        "instructions",
        "joined",
        "kind",
        "labels",
        "lines",
        "number",
        "out",
        "spare",
        "subject",
    )

    def __init__(self, instructions: list[Instruction]) -> None:
        self.instructions = instructions
        self.kind = instructions[-1].ends or "next"
        self.after: list[int] = []
        self.before: list[int] = []
        self.catches: list[int] = []
        self.lines: list[Line] = []
        self.out: list[list[Value]] = []
        self.ask = Condition("", "")
        self.subject = ""
        self.labels: list[list[str]] = []
        self.joined = self.spare = False
        self.number = instructions[0].line

    @property
    def start(self) -> int:
        """The offset of the first instruction."""
        return self.instructions[0].offset


def cut(instructions: Sequence[Instruction], handlers: Sequence[Handler]) -> list[Block]:
    """Return a method's blocks in order of offset. Raises TooMuch."""
    known = {one.offset: at for at, one in enumerate(instructions)}
    starts = {one for handler in handlers for one in (handler.start, handler.end, handler.target)}
    for one, following in zip(instructions, [*instructions[1:], None], strict=True):
        starts.update(one.targets)
        if one.ends and following:
            starts.add(following.offset)
    blocks: list[Block] = []
    ats = sorted(known[start] for start in starts if start in known)
    bounds = [0, *(at for at in ats if at), len(instructions)]
    for start, end in pairwise(bounds):
        if end > start:
            blocks.append(Block(list(instructions[start:end])))
    if len(blocks) > MOST_BLOCKS:
        raise TooMuch(f"more than {MOST_BLOCKS:,} blocks")
    _link(blocks, handlers)
    return blocks


def _link(blocks: list[Block], handlers: Sequence[Handler]) -> None:
    index_of = {block.start: index for index, block in enumerate(blocks)}
    for index, block in enumerate(blocks):
        targets = [index_of.get(target, -1) for target in block.instructions[-1].targets]
        following = index + 1 if index + 1 < len(blocks) else -1
        if block.kind in ("branch", "for", "switch"):
            targets.append(following)
        elif block.kind == "next":
            targets = [following]
        block.after = targets
    for handler in handlers:
        start, target = index_of.get(handler.start, -1), index_of.get(handler.target, -1)
        if start >= 0 <= target != start and target not in blocks[start].catches:
            blocks[start].catches.append(target)


class Node:
    """A block as a place on ways, those of what is thrown included."""

    __slots__ = ("after", "before")

    def __init__(self, after: list[int]) -> None:
        self.after, self.before = after, list[int]()


def nodes_of(blocks: Sequence[Block]) -> list[Node]:
    """Return the blocks as nodes."""
    nodes = [Node(list(dict.fromkeys([*block.after, *block.catches]))) for block in blocks]
    join(nodes)
    return nodes
