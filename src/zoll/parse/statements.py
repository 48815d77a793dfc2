"""The deep walk: one function's tree becomes statements in source order.

Work waits on an explicit stack, never on Python's: nesting in hostile source has no bound.
"""

from collections.abc import Callable, Mapping
from typing import Any

from zoll.parse.code import Function, Literal, Statement, Test
from zoll.parse.conditions import AND, OR, Conditions
from zoll.parse.expressions import CLIP, Expressions, Said, Span
from zoll.parse.outline import Lines
from zoll.parse.syntax import NESTED, Node
from zoll.parse.table import Table, kinds

TEXT = 2_000
_PATTERNS = kinds(
    "case_pattern union_pattern expression_list or_pattern match_pattern pattern switch_label match_condition_list"
)
Task = tuple[Callable[..., None], tuple[Any, ...]]
Then = Callable[[int], None]


class Mode:
    """What becomes of an expression's value: nothing, a return, a throw, an assignment to a target."""

    __slots__ = ("kind", "operator", "start", "target", "word")

    def __init__(self, kind: str = "", target: str = "", operator: str = "", word: str = "", start: int = -1) -> None:
        self.kind = kind
        self.target = target
        self.operator = operator
        self.word = word
        self.start = start

    @property
    def lead(self) -> str:
        """What stands before the value in the statement's text."""
        if self.operator:
            return f"{self.target} {self.operator} "
        return f"{self.word} " if self.word else ""

    def arm(self) -> "Mode":
        """Return the mode for one arm of a ternary: the statement's start is no longer its start."""
        return Mode(self.kind, self.target, self.operator, self.word)


PLAIN = Mode()


class Walk:
    """Turns trees into statements; the hooks of language tables use its methods."""

    def __init__(
        self, data: bytes, table: Table, imports: Mapping[str, str], cuts: list[Span], nested: set[Span], lines: Lines,
        check: Callable[[], None],
    ) -> None:  # fmt: skip
        self.data = data
        self.table = table
        self.read = Expressions(data, table, imports, cuts, nested, lines, check)
        self.conditions = Conditions(self.read)
        self.check = check
        self.lines = lines
        self.made: list[Statement] = []
        self.stack: list[Task] = []
        self.tails: set[int] = set()

    def run(self, trees: list[Node], function: Function) -> tuple[Statement, ...]:
        """Walk the trees of one function, or of the outside."""
        for tree in trees:
            if function.name:
                self.push((self.definition, (tree,)))
            else:
                self.visit_all(tree.kids, -1, "")
            self._drain()
        return tuple(self.made)

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

    # dispatch

    def visit_all(self, nodes: list[Node], within: int, branch: str, broken: bool = False) -> None:
        """Visit nodes in order; loose pieces of broken syntax become one statement."""
        tasks: list[Task] = []
        loose: list[Node] = []
        for node in nodes:
            if node.kind in (NESTED, "empty_statement") or not (node.named or broken):
                continue
            if self._loose(node):
                loose.append(node)
                continue
            if loose:
                tasks.append((self.say, ("other", loose, within, branch)))
                loose = []
            tasks.append((self.visit, (node, within, branch)))
        if loose:
            tasks.append((self.say, ("other", loose, within, branch)))
        self.push(*tasks)

    def _loose(self, node: Node) -> bool:
        return not node.kids and (not node.named or node.kind in self.table.names) and node.kind not in self.table.hooks and (
            node.kind not in self.table.simple and node.kind not in self.table.labels
        )  # fmt: skip

    def visit(self, node: Node, within: int, branch: str) -> None:
        """Make the statements of one node."""
        table, kind = self.table, node.kind
        hook = table.hooks.get(kind)
        if self.tails and id(node) in self.tails:
            self.tails.discard(id(node))
            self.expression(node, within, branch, Mode("return"))
        elif hook is not None:
            hook(self, node, within, branch)
        elif kind in table.conditions and kind in table.loops and self._each(node):
            self.loop(node, within, branch)
        elif kind in table.blocks or kind == "ERROR":
            self.visit_all(node.kids, within, branch, kind == "ERROR")
        elif kind in table.expressions:
            self.visit_inner(node, within, branch)
        elif kind in table.declarations:
            self.declaration(node, within, branch)
        elif kind in table.simple:
            self.simple(node, within, branch)
        elif kind in table.conditions:
            self.condition(node, within, branch)
        elif kind not in (NESTED, "empty_statement"):
            self._structure(node, within, branch)

    def _structure(self, node: Node, within: int, branch: str) -> None:
        table, kind = self.table, node.kind
        if kind in table.loops:
            self.loop(node, within, branch)
        elif kind in table.switches:
            self.switch(node, within, branch)
        elif kind in table.tries:
            self.attempt(node, within, branch)
        elif kind in table.directives:
            self.directive(node, within, branch)
        elif kind in table.labels:
            self.label(node, within, branch)
        elif kind in table.cases:
            self.case(node, "", within)
        elif kind in table.handlers:
            self.handler(node, within)
        elif kind in table.classes:
            self.headed(node, within, branch, "class")
        elif any(kid.kind in table.blocks for kid in node.kids):
            self.headed(node, within, branch, "")
        else:
            self.expression(node, within, branch, PLAIN)

    @staticmethod
    def _each(node: Node) -> bool:
        return any(kid.field in ("right", "list", "variable", "value") for kid in node.kids)

    def visit_inner(self, node: Node, within: int, branch: str) -> None:
        """An expression used as a statement."""
        self.push(*((self.expression, (kid, within, branch, PLAIN)) for kid in node.inner))

    # saying

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
        """Append one statement that says what `nodes` hold; first what must be lifted out, afterwards the bodies inside."""
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
                kind, text, self.lines.at(first), self.lines.at(max(start, end - 1)), within, branch,
                calls=(*calls, *said.calls), literals=tuple(said.literals), **more,
            )
        )  # fmt: skip
        if said.bodies:
            self.push(*((self.visit_all, (body.kids, index, "body")) for body in said.bodies))
        if then is not None:
            then(index)

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
        """A ternary or a filtering comprehension inside an expression: a condition before the statement that holds it."""
        if node.kind in self.table.ternaries or node.kind in self.table.filtered:
            self.choose(node, within, branch, PLAIN)
        else:
            self.visit(node, within, branch)

    # expressions

    def expression(self, node: Node, within: int, branch: str, mode: Mode) -> None:
        """Make the statements of an expression whose value goes where `mode` says."""
        node = self.read.bare(node)
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
        elif kind in table.hooks and not mode.kind:
            table.hooks[kind](self, node, within, branch)
        elif self._stands(kind) and not mode.kind:
            self.visit(node, within, branch)
        else:
            self._value(node, within, branch, mode)

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

    def _value(self, node: Node, within: int, branch: str, mode: Mode) -> None:
        """The plain end of an expression: one statement."""
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
        """A ternary: a condition whose branches hold the two values."""
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
        """`a && b()` as a statement: a condition, and what follows from it."""
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
        """An assignment; a chain `a = b = c` gives one statement each."""
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
        """The value of an assignment goes on: `return a = b`."""
        self.say(
            mode.kind, [], within, branch, over=left, lead=mode.lead, start=node.start, word=mode.word, target=mode.target,
            operator=mode.operator, value=self.read.text(left),
        )  # fmt: skip

    # statements

    def simple(self, node: Node, within: int, branch: str) -> None:
        """Return, throw, jump, import and other one-line statements."""
        kind = self.table.simple[node.kind]
        word = self.read.text(node, 20).split("(")[0].split(" ")[0].rstrip(";")
        word = kind if node.kind == "import_spec" or not word.lstrip("#").isalpha() else word
        values = node.inner[0].inner if len(node.inner) == 1 and node.inner[0].kind == "expression_list" else node.inner
        if kind in ("return", "throw") and values:
            if len(values) == 1:
                self.expression(values[0], within, branch, Mode(kind, word=word, start=node.start))
            else:
                self._many(kind, node, values, within, branch, word)
            return
        if kind == "condition" and values:
            self.ask(values[0], within, branch, word, None, node)
            return
        target = (
            self.read.text(values[-1], CLIP)
            if kind == "jump" and values
            else self._module(node)
            if kind == "import"
            else ""
        )
        self.say(kind, [node], within, branch, word=word, target=target)

    def _module(self, node: Node) -> str:
        """Return what an import imports, without quotes."""
        named = next(
            (found for name in ("module_name", "source", "path", "argument", "module") if (found := node.get(name))),
            None,
        )
        parts = [named] if named else [kid.get("source") or kid for kid in node.inner]
        return ", ".join(self.read.text(part) for part in parts).strip("\"'<>`")[:CLIP]

    def _many(self, kind: str, node: Node, values: list[Node], within: int, branch: str, word: str) -> None:
        tests: list[Test] = []
        for value in values:
            tests.extend(self.truth(value)[0])
        text = self.read.span(values[0].start, values[-1].end)
        self.say(kind, values, within, branch, over=node, word=word, value=text, tests=tuple(tests))

    def declaration(self, node: Node, within: int, branch: str) -> None:
        """One statement per declared name."""
        if node.kind in self.table.declarators:
            self.declarator(node, within, branch)
            return
        tasks: list[Task] = []
        plain: list[Node] = []
        for kid in node.inner:
            if kid.kind in self.table.declarators:
                tasks.append((self.declarator, (kid, within, branch)))
            elif kid.field == "declarator":
                plain.append(kid)
        if plain or not tasks:
            target = ", ".join(self.read.text(kid, 80) for kid in plain)[:CLIP]
            tasks.insert(0, (self._declared, ([] if tasks else [node], node, within, branch, target)))
        self.push(*tasks)

    def _declared(self, nodes: list[Node], node: Node, within: int, branch: str, target: str) -> None:
        self.say("declare", nodes, within, branch, over=node, target=target)

    def declarator(self, node: Node, within: int, branch: str) -> None:
        """One declared name with its value."""
        name_field, value_field = self.table.declarators[node.kind]
        name, value = node.get(name_field), node.get(value_field)
        target = self.read.text(name) if name else ""
        if value is None:
            self.say("declare", [node], within, branch, target=target)
            return
        self.push((self.expression, (value, within, branch, Mode("declare", target, "=", start=node.start))))

    def condition(self, node: Node, within: int, branch: str) -> None:
        """If, while, for with a condition and their kin: before, condition, branches, after."""
        word = self.word(node)
        asked = self._asked(node)
        before = [node.get(name) for name in self.table.before]
        after = [node.get(name) for name in self.table.after]
        if asked is not None and asked.kind == "condition_clause":
            before.append(asked.get("initializer"))
            asked.field, whole = "condition", asked
            asked = whole.get("value") or (whole.inner[-1] if whole.inner else None)
        else:
            whole = asked or node

        def inside(index: int) -> None:
            self.push(
                *self._branches(node, whole, index),
                *((self.visit_or_express, (kid, index, "body")) for kid in after if kid is not None),
            )

        self.push(
            *((self.visit_or_express, (kid, within, branch)) for kid in before if kid is not None and kid.named),
            (self.ask, (asked, within, branch, word, inside, self._header(node, whole))),
        )

    def _asked(self, node: Node) -> Node | None:
        """Return what a condition asks: its field, or the first part that is no body."""
        fields = self.table.conditions[node.kind]
        found = [kid for name in fields if name for kid in node.all(name)]
        if found or "" not in fields:
            return found[-1] if found else None
        return next((kid for kid in node.inner if not kid.field and kid.kind not in self.table.blocks), None)

    def _header(self, node: Node, asked: Node) -> Node:
        """Return the span from a statement's start to its first body."""
        bodies = ("consequence", "body", "block", "alternative")
        first = next(
            (kid for kid in node.kids if kid.field in bodies or kid.kind in self.table.blocks or kid.kind == "then"),
            None,
        )
        if first is None or first.start > asked.start:
            return Node("header", "", node.start, first.start if first else node.end, True)
        return (
            Node("header", "", asked.start, asked.end, True)
            if asked is not node
            else Node("header", "", node.start, first.start, True)
        )

    def _branches(self, node: Node, asked: Node, index: int) -> list[Task]:
        """Return the tasks for what a condition decides about."""
        tasks: list[Task] = []
        loops = node.kind.startswith(("while", "for", "do", "until", "repeat", "c_style", "cstyle", "loop"))
        skip = {*self.table.before, *self.table.after, "condition", "name", "label"}
        for kid in node.kids:
            if kid is asked or kid.field in skip or not kid.named:
                continue
            other = kid.field == "alternative" or kid.kind in (
                "else_clause",
                "elif_clause",
                "else",
                "elsif",
                "else_statement",
            )
            tasks.append((self.visit, (kid, index, "else" if other else "body" if loops else "then")))
        return tasks

    def word(self, node: Node) -> str:
        """Return the keyword that a statement begins with."""
        word = next((kid.kind for kid in node.kids if not kid.named and kid.kind.isalpha()), node.kind.split("_")[0])
        return "elif" if word in ("elsif", "elseif") else word

    def loop(self, node: Node, within: int, branch: str) -> None:
        """For-each: target in value, then the body."""
        left = (
            node.get("left")
            or node.get("name")
            or node.get("pattern")
            or node.get("variable")
            or node.get("declarator")
        )
        right, body = node.get("right") or node.get("value") or node.get("list"), node.get("body") or node.get("block")
        parts = [kid for kid in node.inner if kid is not body and kid.field != "alternative"]
        if left is None and right is None and len(parts) > 1:
            left, right = parts[:2] if not node.kind.startswith("foreach") else parts[1::-1]

        def inside(index: int) -> None:
            self.push(
                *((self.visit, (body, index, "body")) for _ in range(body is not None)),
                *((self.visit, (kid, index, "else")) for kid in node.all("alternative")),
            )

        self.say(
            "loop", parts, within, branch, inside, self._head(node, body), word=self.word(node),
            target=self.read.text(left) if left else "", value=self.read.text(right) if right else "",
        )  # fmt: skip

    @staticmethod
    def _head(node: Node, body: Node | None) -> Node:
        return Node("header", "", node.start, body.start if body and body.start > node.start else node.end, True)

    def switch(self, node: Node, within: int, branch: str) -> None:
        """A switch: its subject, then cases whose test is the subject against a label."""
        subject = node.get(self.table.switches[node.kind])
        text = self.read.text(self.read.bare(subject)) if subject else ""
        rest = [kid for kid in node.kids if kid is not subject and kid.named and kid.field != "alias"]
        first = next((kid for kid in rest if kid.kind in self.table.blocks or kid.kind in self.table.cases), None)

        def inside(index: int) -> None:
            self.push(*((self._cases, (kid, text, index)) for kid in rest))

        self.say(
            "switch",
            [subject] if subject else [],
            within,
            branch,
            inside,
            self._head(node, first),
            word=self.word(node),
            value=text,
        )

    def _cases(self, node: Node, subject: str, index: int) -> None:
        """Visit a switch's body; the labels of cases without statements count for the case that they fall into."""
        tasks: list[Task] = []
        fallen: list[Node] = []
        for kid in [node] if node.kind in self.table.cases else node.kids:
            if kid.kind in self.table.cases or kid.kind == "else":
                labels = self._labels(kid)
                if self.table.falls and not any(part.named and part not in labels for part in kid.kids):
                    fallen.extend(labels)
                    continue
                tasks.append((self.case, (kid, subject, index, tuple(fallen))))
                fallen = []
            elif kid.named:
                tasks.append((self.visit, (kid, index, "body")))
        self.push(*tasks)

    def _labels(self, node: Node) -> list[Node]:
        wanted = self.table.labels_of
        return [kid for kid in node.inner if kid.field in wanted or kid.kind in wanted]

    def case(self, node: Node, subject: str, within: int, fallen: tuple[Node, ...] = ()) -> None:
        """One case: its labels, then its statements."""
        own = self._labels(node)
        labels = [*fallen, *own]
        guard = node.get("guard")
        rest = [kid for kid in node.kids if kid not in own and kid is not guard]
        values = [value for label in labels for value in self._alternatives(label)]
        tests = tuple(test for value in values for test in self._case_tests(value, subject))
        guards = [kid for label in labels for kid in label.kids if kid.field == "condition"] + (
            guard.inner[:1] if guard else []
        )
        tests += tuple(test for one in guards for test in self.conditions.tests(one)[0])
        head = self._head(node, next((kid for kid in rest if kid.named), None))
        head.start = min([head.start, *(label.start for label in fallen)])
        self.say(
            "case", [*labels, *([guard] if guard else [])], within, "body", lambda index: self.visit_all(rest, index, "body"),
            head, word="case" if values else "default", tests=tests, joins=("||",) * (len(values) - 1),
        )  # fmt: skip

    def _case_tests(self, value: Node, subject: str) -> tuple[Test, ...]:
        if not subject or subject in ("true", "True"):
            return self.conditions.tests(value)[0]
        return (Test("case", subject, self.read.text(value), self._label(value), line=self.read.line(value)),)

    def _alternatives(self, label: Node) -> list[Node]:
        """Return the single patterns of a label such as `1 | 2`."""
        found, stack = [], [label]
        while stack and len(found) < 200:
            node = stack.pop()
            if node.kind in _PATTERNS:
                stack.extend(kid for kid in reversed(node.inner) if kid.field != "condition")
                if not node.inner and not self.read.text(node, 8).startswith(("default", "_")):
                    found.append(node)
            else:
                found.append(node)
        return found

    def _label(self, node: Node) -> Literal | None:
        node = self.read.bare(node)
        return self.read.literal(node) if self.read.is_literal(node) else None

    def attempt(self, node: Node, within: int, branch: str) -> None:
        """Try: its body, and what catches."""

        def inside(index: int) -> None:
            tasks: list[Task] = []
            for kid in node.inner:
                handled = kid.kind in self.table.handlers
                tasks.append((self.handler, (kid, index)) if handled else (self.visit, (kid, index, "body")))
            self.push(*tasks)

        first = next((kid for kid in node.inner if kid.kind in self.table.blocks), None)
        self.say("other", [], within, branch, inside, self._head(node, first), word="try")

    def handler(self, node: Node, within: int) -> None:
        """What catches: its header, then its body."""
        bodies = [kid for kid in node.inner if kid.kind in self.table.blocks]
        parts = [kid for kid in node.inner if kid not in bodies]

        def inside(index: int) -> None:
            self.push(*((self.visit, (body, index, "catch")) for body in bodies))

        self.say("other", parts, within, "catch", inside, self._head(node, bodies[0] if bodies else None), word="catch")

    def directive(self, node: Node, within: int, branch: str) -> None:
        """A preprocessor line, decorator, annotation or attribute."""
        self.say("directive", [node], within, branch, word=self.read.text(node, 20).split(" ")[0].split("(")[0])

    def label(self, node: Node, within: int, branch: str) -> None:
        """A label, then what it labels."""
        named = node.get("label") or (node.inner[0] if node.inner else None)
        text = self.read.text(named, 80) if named else ""
        rest = [kid for kid in node.kids if kid is not named and kid.named]
        self.push(
            (self._labelled, (named, within, branch, text)),
            *((self.visit, (kid, within, branch)) for kid in rest),
        )

    def _labelled(self, named: Node | None, within: int, branch: str, text: str) -> None:
        if named is not None:
            self.say("label", [named], within, branch, target=text)

    def headed(self, node: Node, within: int, branch: str, word: str) -> None:
        """Something with a header and blocks: class, with, namespace, unsafe. The blocks stand where it stands."""
        blocks = [kid for kid in node.kids if kid.kind in self.table.blocks or kid.field == "body"]
        parts = [kid for kid in node.kids if kid not in blocks]
        name = node.get("name")
        target = self.read.text(name, 120) if name else ""
        head = self._head(node, blocks[0] if blocks else None)
        self.push(
            *([(self._headed, (parts, head, within, branch, word or self.word(node), target))] if parts else []),
            *((self.visit_all, (block.kids, within, branch)) for block in blocks if block.kind in self.table.blocks),
            *((self.visit, (block, within, branch)) for block in blocks if block.kind not in self.table.blocks),
        )

    def _headed(self, parts: list[Node], head: Node, within: int, branch: str, word: str, target: str) -> None:
        self.say("other", parts, within, branch, over=head, word=word, target=target)

    def definition(self, node: Node) -> None:
        """A function: its header with parameters and defaults, then its body."""
        if node.kind in self.table.wrappers:
            self.push(
                *(
                    (self.definition, (kid,)) if kid.field == "definition" else (self.visit, (kid, -1, ""))
                    for kid in node.inner
                )
            )
            return
        if node.kind in self.table.loose_bodies:
            self.visit_all(node.kids, -1, "")
            return
        body = node.get("body")
        parts = [kid for kid in node.inner if kid is not body]
        head = self._head(node, body)
        name = node.get("name") or node.get("declarator")
        target = self.read.text(name, 120) if name else ""
        if self.table.tails and body is not None:
            self._mark_tails(body)
        tail: Task
        if body is None or body.kind in self.table.blocks:
            tail = (self.visit_all, (body.kids if body else [], -1, ""))
        else:
            tail = (self.expression, (body, -1, "", Mode("return", word="return")))
        self.push((self._headed_as, (parts, head, target)), tail)

    def _mark_tails(self, body: Node) -> None:
        """Mark the expressions whose value a body returns: the last ones, through the branches of ifs and matches."""
        table, stack = self.table, [body]
        while stack:
            node = stack.pop()
            if node.kind in table.cases or (
                node.kind in table.blocks and not any(kid.kind in table.cases for kid in node.kids)
            ):
                stack.extend(node.inner[-1:])
            elif node.kind in table.blocks:
                stack.extend(node.inner)
            elif node.kind in table.expressions:
                stack.extend(kid for kid in node.inner if kid.kind in table.conditions or kid.kind in table.switches)
            elif node.kind in table.conditions or node.kind in table.switches:
                asked = ("condition", "value", "pattern")
                stack.extend(kid for kid in node.inner if kid.field not in asked)
            elif not self._stands(node.kind) and not node.kind.endswith(("_item", "_declaration")):
                self.tails.add(id(node))

    def _headed_as(self, parts: list[Node], head: Node, target: str) -> None:
        self.say("declare", [part for part in parts if part.kids], -1, "", over=head, word="function", target=target)
