"""What encloses: conditions, loops, switches and their cases, tries and what catches."""

from zoll.parse.code import Literal, Test
from zoll.parse.syntax import Node
from zoll.parse.table import kinds
from zoll.parse.telling import Task
from zoll.parse.values import Values

_PATTERNS = kinds(
    "case_pattern union_pattern expression_list or_pattern match_pattern pattern switch_label match_condition_list"
)


class Structures(Values):
    """Makes statements of what encloses others."""

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
            "loop",
            parts,
            within,
            branch,
            inside,
            self._head(node, body),
            word=self.word(node),
            target=self.read.text(left) if left else "",
            value=self.read.text(right) if right else "",
        )

    @staticmethod
    def _head(node: Node, body: Node | None) -> Node:
        return Node("header", "", node.start, body.start if body and body.start > node.start else node.end, True)

    def switch(self, node: Node, within: int, branch: str) -> None:
        """Read a switch: its subject, then cases whose test is the subject against a label."""
        before = [kid for name in self.table.before if (kid := node.get(name)) is not None and kid.named]
        self.push(
            *((self.visit_or_express, (kid, within, branch)) for kid in before),
            (self._switched, (node, within, branch, before)),
        )

    def _switched(self, node: Node, within: int, branch: str, before: list[Node]) -> None:
        subject = node.get(self.table.switches[node.kind])
        text = self.read.text(self.read.bare(subject)) if subject else ""
        rest = [kid for kid in node.kids if kid is not subject and kid.named and kid.field != "alias"]
        rest = [kid for kid in rest if kid not in before]
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
            "case",
            [*labels, *([guard] if guard else [])],
            within,
            "body",
            lambda index: self.visit_all(rest, index, "body"),
            head,
            word="case" if values else "default",
            tests=tests,
            joins=("||",) * (len(values) - 1),
        )

    def _case_tests(self, value: Node, subject: str) -> tuple[Test, ...]:
        if not subject or subject in ("true", "True"):
            return self.conditions.tests(value)[0]
        return (Test("case", subject, self.read.text(value), self._label(value), line=self.read.line(value)),)

    def _alternatives(self, label: Node) -> list[Node]:
        """Return the single patterns of a label such as `1 | 2`."""
        found: list[Node] = []
        stack = [label]
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
        return self.read.literal(node) if self.read.is_literal(node) else self.read.wrapped(node)

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
        """Read what catches: its header, then its body."""
        bodies = [kid for kid in node.inner if kid.kind in self.table.blocks]
        parts = [kid for kid in node.inner if kid not in bodies]

        def inside(index: int) -> None:
            self.push(*((self.visit, (body, index, "catch")) for body in bodies))

        self.say("other", parts, within, "catch", inside, self._head(node, bodies[0] if bodies else None), word="catch")
