"""Where an expression's value goes: assignments, returns, ternaries, short circuits, sequences."""

from zoll.parse.code import Test
from zoll.parse.conditions import AND, OR
from zoll.parse.syntax import NESTED, Node
from zoll.parse.telling import PLAIN, Mode, Task, Telling, Then


class Values(Telling):
    """Makes statements of expressions."""

    def ask(
        self, node: Node | None, within: int, branch: str, word: str, then: Then | None, over: Node | None = None
    ) -> None:
        """Append a condition statement that asks `node`."""
        if node is None:
            self.say("condition", [], within, branch, then, over, word=word)
            return
        node = self.read.bare(node)
        if node.kind in self.table.sequences and len(node.inner) > 1:
            parts = self.flat(node)
            self.push(
                *((self.expression, (part, within, branch, PLAIN)) for part in parts[:-1]),
                (self.ask, (parts[-1], within, branch, word, then, over)),
            )
            return
        tests, joins = self.conditions.tests(node, word in ("unless", "until"))
        self.say("condition", [node], within, branch, then, over, word=word, tests=tests, joins=joins)

    def lift(self, node: Node, within: int, branch: str) -> None:
        """Make what decides inside an expression a condition before the statement that holds it."""
        if node.kind in self.table.ternaries or node.kind in self.table.filtered:
            self.choose(node, within, branch, PLAIN)
        else:
            self.visit(node, within, branch)

    def expression(self, node: Node, within: int, branch: str, mode: Mode) -> None:
        """Make the statements of an expression whose value goes where `mode` says."""
        whole, node = self.read.unbracketed(node), self.read.bare(node)
        table, kind = self.table, node.kind
        if kind in table.sequences:
            parts = self.flat(node)
            self.push(
                *((self.expression, (part, within, branch, PLAIN)) for part in parts[:-1]),
                *((self.expression, (part, within, branch, mode)) for part in parts[-1:]),
            )
        elif kind in table.ternaries:
            self.choose(node, within, branch, mode)
        elif (
            kind in table.logic and not mode.kind and self.conditions.operator(node) in AND | OR and len(node.inner) > 1
        ):
            self.short(node, within, branch)
        elif kind in table.assigns:
            self.assign(node, within, branch, mode)
        elif kind in table.nots and not mode.kind and node.inner:
            self.push((self.expression, (node.inner[-1], within, branch, mode)))
        elif not mode.kind and (kind in table.hooks or self._stands(kind)):
            self.visit(node, within, branch)
        else:
            self._value(node, within, branch, mode, whole)

    def _stands(self, kind: str) -> bool:
        """Say whether a kind is a statement although it may stand in an expression, as in Rust, Ruby and Perl."""
        table = self.table
        sets = (
            table.conditions,
            table.switches,
            table.loops,
            table.tries,
            table.simple,
            table.blocks,
            table.declarations,
            table.classes,
        )
        return any(kind in found for found in sets)

    def flat(self, node: Node) -> list[Node]:
        """Return the parts of a comma sequence, however it nests."""
        parts: list[Node] = []
        stack = [node]
        while stack:
            part = stack.pop()
            if part.kind in self.table.sequences:
                stack.extend(reversed(part.inner))
            else:
                parts.append(part)
        return parts

    def _value(self, node: Node, within: int, branch: str, mode: Mode, whole: Node | None = None) -> None:
        """Make one statement of the plain end of an expression; `whole` has its `?`, `await` or cast."""
        kind = mode.kind or ("call" if node.kind in self.table.calls else "other")
        if kind == "call" and self.table.throwers and self.read.called_as(node) in self.table.throwers:
            kind = "throw"
        tests, joins = (
            self.truth(node)
            if mode.kind or node.kind in self.table.comparisons or node.kind == "test_command"
            else ((), ())
        )
        value = self.read.text(node) if mode.kind else ""
        value = "<function>" if node.kind == NESTED else value
        self.say(
            kind,
            [node],
            within,
            branch,
            over=whole,
            lead=mode.lead,
            start=mode.start,
            word=mode.word,
            tests=tests,
            joins=joins,
            target=mode.target,
            operator=mode.operator,
            value=value,
        )

    def truth(self, node: Node) -> tuple[tuple[Test, ...], tuple[str, ...]]:
        """Return the tests of a value that is a truth value by its form."""
        return self.conditions.tests(node) if self.conditions.boolean(node) else ((), ())

    def choose(self, node: Node, within: int, branch: str, mode: Mode) -> None:
        """Read a ternary: a condition whose branches hold the two values."""
        if node.kind in self.table.filtered:
            self._filter(node, within, branch)
            return
        mode = mode.arm()
        condition, first, second = self._arms(node)

        def arms(index: int) -> None:
            self.push(
                *((self.expression, (first, index, "then", mode)) for _ in range(first is not None)),
                *((self.expression, (second, index, "else", mode)) for _ in range(second is not None)),
            )

        self.ask(condition, within, branch, "?", arms)

    def _arms(self, node: Node) -> tuple[Node | None, Node | None, Node | None]:
        condition = node.get("condition")
        inner = node.inner
        if condition is None and len(inner) >= 3:
            return inner[1], inner[0], inner[2]  # Python: value if condition else other
        return condition, node.get("consequence") or node.get("consequent") or node.get("body"), node.get("alternative")

    def _filter(self, node: Node, within: int, branch: str) -> None:
        filters = [kid for kid in node.inner if kid.kind in self.table.filters]
        rest = [kid for kid in node.inner if kid.kind not in self.table.filters and kid.field != "body"]
        body = node.get("body")

        def inside(index: int) -> None:
            self.push(*((self.expression, (body, index, "then", PLAIN)) for _ in range(body is not None)))

        self.push(
            *((self.say, ("loop", [part], within, branch)) for part in rest),
            *((self.ask, (part.inner[0], within, branch, "if", None)) for part in filters[:-1] if part.inner),
            *((self.ask, (part.inner[0], within, branch, "if", inside)) for part in filters[-1:] if part.inner),
        )

    def short(self, node: Node, within: int, branch: str) -> None:
        """Read `a && b()` as a statement: a condition, and what follows from it."""
        word = self.conditions.operator(node)
        side = "then" if word in AND else "else"
        sides = node.inner
        self.ask(
            sides[0],
            within,
            branch,
            word,
            lambda index: self.push((self.visit_or_express, (sides[-1], index, side))),
            over=sides[0],
        )

    def visit_or_express(self, node: Node, within: int, branch: str) -> None:
        """Visit what may be a statement or an expression."""
        node = self.read.bare(node)
        if node.kind in self.table.blocks or node.kind in self.table.simple:
            self.visit(node, within, branch)
        else:
            self.expression(node, within, branch, PLAIN)

    def assign(self, node: Node, within: int, branch: str, mode: Mode) -> None:
        """Read an assignment; a chain `a = b = c` gives one statement each."""
        left, right = node.get("left") or node.get("name"), node.get("right") or node.get("value")
        sides = node.inner
        if len(sides) < 2 and (left is None or right is None):
            self._value(node, within, branch, Mode("assign", self.read.text(sides[0]) if sides else "", "="))
            return
        left, right = left or sides[0], right or sides[-1]
        operator = self.conditions.operator(node)
        target = self.read.text(left)
        if not operator.endswith("="):
            operator = "="
        tasks: list[Task] = [
            (self.expression, (right, within, branch, Mode("assign", target, operator, start=node.start)))
        ]
        if self.read.scan(left.kids if left.kind in self.table.calls else [left], lift=False).calls:
            tasks.insert(0, (self.say, ("call", [left], within, branch)))
        if mode.kind:
            tasks.append((self._passed, (node, left, within, branch, mode)))
        self.push(*tasks)

    def _passed(self, node: Node, left: Node, within: int, branch: str, mode: Mode) -> None:
        """Pass the value of an assignment on: `return a = b`."""
        self.say(
            mode.kind,
            [],
            within,
            branch,
            over=left,
            lead=mode.lead,
            start=node.start,
            word=mode.word,
            target=mode.target,
            operator=mode.operator,
            value=self.read.text(left),
        )
