"""The deep walk: one function's tree becomes statements in source order."""

import re
from collections.abc import Sequence

from zoll.parse.code import Function, Statement, Test
from zoll.parse.expressions import CLIP
from zoll.parse.memory import Key, Said
from zoll.parse.structures import Structures
from zoll.parse.syntax import NESTED, Node
from zoll.parse.telling import PLAIN, Mode, Task

# C: what a local holds from one call to the next, and what is cut to a byte or two, is another thing than its value.
_TELLS = re.compile(
    r"static (?:(?:un)?signed |volatile |struct )*\w+"
    r"|(?:u?_?int(?:8|16)_t|[us](?:8|16)|(?:un)?signed char|(?:unsigned )?short(?: int)?|u_?char|byte)"
)
_HEAD = 80


class Walk(Structures):
    """Turns trees into statements; the hooks of language tables use its methods."""

    def run(self, tree: Node, function: Function) -> tuple[Statement, ...]:
        """Walk the tree of one function, or of the outside."""
        if function.name:
            self.push((self.definition, (tree,)))
        else:
            self.visit_all(tree.kids, -1, "")
        self._drain()
        return tuple(self.made)

    def visit_all(self, nodes: Sequence[Node], within: int, branch: str, broken: bool = False) -> None:
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
        return (
            not node.kids
            and (not node.named or node.kind in self.table.names)
            and node.kind not in self.table.hooks
            and (node.kind not in self.table.simple and node.kind not in self.table.labels)
        )

    def visit(self, node: Node, within: int, branch: str) -> None:
        """Make the statements of one node, from memory where the same words were read before."""
        if node.said is not None:
            self.made += node.said.again(self.read.line(node), len(self.made), within, branch)
            return
        if node.key is not None:
            self.push((self._keep, (node.key, self.read.line(node), len(self.made))))
        self._visit(node, within, branch)

    def _keep(self, key: Key, line: int, index: int) -> None:
        self.memory.put(key, Said(line, index, tuple(self.made[index:])))

    def _visit(self, node: Node, within: int, branch: str) -> None:
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
        """Read an expression used as a statement."""
        self.push(*((self.expression, (kid, within, branch, PLAIN)) for kid in node.inner))

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
                head = self._told_with(node, kid) if not tasks and not plain else ""
                tasks.append((self.declarator, (kid, within, branch, head)))
            elif kid.field == "declarator":
                plain.append(kid)
        if plain or not tasks:
            target = ", ".join(self.read.text(kid, 80) for kid in plain)[:CLIP]
            tasks.insert(0, (self._declared, ([] if tasks else [node], node, within, branch, target)))
        self.push(*tasks)

    def _told_with(self, node: Node, kid: Node) -> str:
        """Return what keeps a declared name from call to call or cuts its value, as C writes it, "" for neither."""
        if self.table.name not in {"c", "cpp"} or kid.start - node.start > _HEAD:
            return ""
        head = " ".join(self.read.span(node.start, kid.start).split())
        return f"{head} " if _TELLS.fullmatch(head) else ""

    def _declared(self, nodes: list[Node], node: Node, within: int, branch: str, target: str) -> None:
        self.say("declare", nodes, within, branch, over=node, target=target)

    def declarator(self, node: Node, within: int, branch: str, head: str = "") -> None:
        """One declared name with its value."""
        name_field, value_field = self.table.declarators[node.kind]
        name, value = node.get(name_field), node.get(value_field)
        target = self.read.text(name) if name else ""
        if value is None:
            self.say("declare", [node], within, branch, target=target)
            return
        mode = Mode("declare", target, "=", start=node.start)
        mode.head = head
        self.push((self.expression, (value, within, branch, mode)))

    def directive(self, node: Node, within: int, branch: str) -> None:
        """Read a preprocessor line, decorator, annotation or attribute."""
        self.say("directive", [node], within, branch, word=self.read.text(node, 20).split(" ")[0].split("(")[0])

    def label(self, node: Node, within: int, branch: str) -> None:
        """Read a label, then what it labels."""
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
        """Read a function: its header with parameters and defaults, then its body."""
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
