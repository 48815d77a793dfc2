"""The ground of the deep walk: work waits on a stack, and what is found becomes statements.

Work waits on an explicit stack, never on Python's: nesting in hostile source has no bound.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from zoll.parse.code import Statement
from zoll.parse.conditions import Conditions
from zoll.parse.expressions import Expressions, Said, Span
from zoll.parse.memory import Memory
from zoll.parse.outline import Lines
from zoll.parse.syntax import Node
from zoll.parse.table import Table

TEXT = 2_000
Task = tuple[Callable[..., None], tuple[Any, ...]]
Then = Callable[[int], None]


class Mode:
    """What becomes of an expression's value: nothing, a return, a throw, an assignment to a target.

    `head` is what a declaration says of a target that more hangs on than its value: `static `, `uint8_t `.
    """

    __slots__ = ("head", "kind", "operator", "start", "target", "word")

    def __init__(self, kind: str = "", target: str = "", operator: str = "", word: str = "", start: int = -1) -> None:
        self.kind = kind
        self.target = target
        self.operator = operator
        self.word = word
        self.start = start
        self.head = ""

    @property
    def lead(self) -> str:
        """What stands before the value in the statement's text."""
        if self.operator:
            return f"{self.head}{self.target} {self.operator} "
        return f"{self.word} " if self.word else ""

    def arm(self) -> "Mode":
        """Return the mode for one arm of a ternary: the statement's start is no longer its start."""
        mode = Mode(self.kind, self.target, self.operator, self.word)
        mode.head = self.head
        return mode


PLAIN = Mode()


class Telling(ABC):
    """Collects statements; what must be lifted out of an expression comes before, bodies inside it afterwards."""

    def __init__(
        self,
        data: bytes,
        table: Table,
        imports: Mapping[str, str],
        cuts: list[Span],
        nested: set[Span],
        lines: Lines,
        check: Callable[[], None],
        memory: Memory,
    ) -> None:
        self.data = data
        self.memory = memory
        self.table = table
        self.read = Expressions(data, table, imports, cuts, nested, lines, check)
        self.conditions = Conditions(self.read)
        self.check = check
        self.lines = lines
        self.made: list[Statement] = []
        self.stack: list[Task] = []
        self.tails: set[int] = set()

    def _drain(self) -> None:
        steps = 0
        while self.stack:
            steps += 1
            if not steps & 255:
                self.check()
            task, given = self.stack.pop()
            task(*given)

    def push(self, *tasks: Task) -> None:
        """Do these next, in this order."""
        self.stack.extend(reversed(tasks))

    def say(
        self,
        kind: str,
        nodes: list[Node],
        within: int,
        branch: str,
        then: Then | None = None,
        over: Node | None = None,
        **more: Any,
    ) -> None:
        """Append a statement that says what `nodes` hold; before it what must be lifted out, after it bodies inside."""
        if not nodes and over is None:
            return
        said = self.read.scan(nodes)
        span = over or nodes[0], over or nodes[-1]
        finish: Task = (self._finish, (kind, span[0].start, span[1].end, said, within, branch, then, more))
        if said.lifted:
            self.push(*((self.lift, (part, within, branch)) for part in said.lifted), finish)
        else:
            finish[0](*finish[1])

    def _finish(
        self,
        kind: str,
        start: int,
        end: int,
        said: Said,
        within: int,
        branch: str,
        then: Then | None,
        more: dict[str, Any],
    ) -> None:
        index = len(self.made)
        calls = more.pop("more_calls", ())
        while end > start + 1 and self.data[end - 1] <= 32:
            end -= 1
        own = "<function>" if (start, end) in self.read.nested else self.read.span(start, end, TEXT)
        text = (more.pop("lead", "") + own)[:TEXT]
        first = more.pop("start", -1)
        first = start if first < 0 else first
        self.made.append(
            Statement(
                kind,
                text,
                self.lines.at(first),
                self.lines.at(max(start, end - 1)),
                within,
                branch,
                calls=(*calls, *said.calls),
                literals=tuple(said.literals),
                **more,
            )
        )
        if said.bodies:
            self.push(*((self.visit_all, (body.kids, index, "body")) for body in said.bodies))
        if then is not None:
            then(index)

    @abstractmethod
    def lift(self, node: Node, within: int, branch: str) -> None:
        """Make statements of what decides inside an expression."""

    @abstractmethod
    def visit(self, node: Node, within: int, branch: str) -> None:
        """Make the statements of one node."""

    @abstractmethod
    def visit_all(self, nodes: Sequence[Node], within: int, branch: str, broken: bool = False) -> None:
        """Visit nodes in order."""
