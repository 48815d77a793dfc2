"""A method that was run through, as source: blocks nested by what decides about them, early ways out flat."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from zoll.parse.bytecode.blocks import Block, Handler, Line, Node, nodes_of
from zoll.parse.machine.lift.blocks import masters, ordered

_RETHROWS = re.compile(r"(?:throw|raise)\b[^(]{0,80}\Z")
SHORT = 2  # lines of a way out that is written wherever it is taken
DEEPEST = 30


class Style(NamedTuple):
    """How a language writes what holds other lines; `{0}` is what is asked, `end` closes it."""

    when: str
    repeat: str
    each: str
    other: str
    attempt: str
    catch: str
    choose: str
    case: str
    default: str
    onward: str
    leave: str
    end: str
    statement: str
    nothing: str


BRACES = Style(
    when="if ({0}) {{",
    repeat="while ({0}) {{",
    each="for ({0}) {{",
    other="}} else {{",
    attempt="try {{",
    catch="}} catch ({0}) {{",
    choose="switch ({0}) {{",
    case="case {0}:",
    default="default:",
    onward="continue;",
    leave="break;",
    end="}",
    statement="{0};",
    nothing="",
)
INDENTS = Style(
    when="if {0}:",
    repeat="while {0}:",
    each="for {0}:",
    other="else:",
    attempt="try:",
    catch="except {0}:",
    choose="match {0}:",
    case="case {0}:",
    default="case _:",
    onward="continue",
    leave="",
    end="",
    statement="{0}",
    nothing="pass",
)


class Way(NamedTuple):
    """One side of a branch: the block that only it leads to, or a short way out, or nothing of its own."""

    body: int = -1
    out: int = -1
    leaves: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands on this side."""
        return self.body < 0 and self.out < 0


class Task(NamedTuple):
    """What is still to be written: a line, or a block with all that only it leads to."""

    depth: int
    text: str = ""
    number: int = 0
    block: int = -1
    held: bool = False


class Writer:
    """Writes one method; `body` are its lines."""

    def __init__(self, blocks: Sequence[Block], handlers: Sequence[Handler], style: Style) -> None:
        self.blocks, self.style = blocks, style
        _thread(blocks)
        self.nodes: list[Node] = nodes_of(blocks)
        self.order = ordered(self.nodes)
        reached = set(self.order)
        for node in self.nodes:
            node.before = [one for one in node.before if one in reached]
        self.rank = {index: at for at, index in enumerate(self.order)}
        self.masters = masters(self.nodes, self.order)
        self.kids: dict[int, list[int]] = {}
        for index in self.order[1:]:
            self.kids.setdefault(self.masters[index], []).append(index)
        self.span = self._spans()
        self.exits = {index for index in self.order if self._is_exit(index)}
        self.tries = self._attempts(handlers)
        self.escaping = self._escaping()
        self.made: list[Line] = []
        self.body = self._write()

    # preparation

    def _spans(self) -> dict[int, tuple[int, int]]:
        """Return for each block when a walk through the tree of masters enters and leaves it."""
        entered: dict[int, int] = {}
        left: dict[int, int] = {}
        stack = [(self.order[0], False)]
        clock = 0
        while stack:
            index, done = stack.pop()
            clock += 1
            if done:
                left[index] = clock
                continue
            entered[index] = clock
            stack.append((index, True))
            stack += [(kid, False) for kid in self.kids.get(index, ())]
        return {index: (entered[index], left[index]) for index in self.order}

    def governs(self, one: int, two: int) -> bool:
        """Say whether every way to a block passes another one."""
        return self.span[one][0] <= self.span[two][0] and self.span[two][1] <= self.span[one][1]

    def _is_exit(self, index: int) -> bool:
        block = self.blocks[index]
        short = block.kind == "stop" and 0 < len(block.lines) <= SHORT and not block.joined and not block.catches
        return short and len(self.nodes[index].before) > 1

    def _attempts(self, handlers: Sequence[Handler]) -> dict[int, list[tuple[int, str]]]:
        """Return, by the block that begins what is tried, the blocks that catch, and what."""
        starts = {self.blocks[index].start: index for index in self.order}
        self.ends: dict[int, int] = {}
        found: dict[int, list[tuple[int, str]]] = {}
        for handler in handlers:
            index = starts.get(handler.target, -1)
            if index <= 0 or self._only_rethrows(index):
                continue
            master = self.masters[index]
            if not any(one == index for one, _ in found.get(master, ())):
                found.setdefault(master, []).append((index, handler.caught))
            if self.governs(master, index):
                self.ends[master] = max(self.ends.get(master, 0), handler.end)
        return found

    def _only_rethrows(self, index: int) -> bool:
        lines, block = [], self.blocks[index]
        for _ in range(SHORT + 1):
            lines += [one.text for one in block.lines]
            if block.kind not in ("next", "jump") or not block.after or block.after[0] < 0:
                break
            block = self.blocks[block.after[0]]
        alone = all(one.endswith(" = thrown") or _RETHROWS.match(one) for one in lines)
        return block.kind == "stop" and len(lines) <= SHORT and alone

    def _escaping(self) -> set[int]:
        """Return the blocks from whose own region some way leads on to what stands behind it."""
        found: set[int] = set()
        for index in self.order:
            for after in self.blocks[index].after:
                if after < 0 or after in self.exits:
                    continue
                above = index
                while above not in found and not self.governs(above, after):
                    found.add(above)
                    above = self.masters[above]
        return found

    # writing

    def _write(self) -> list[Line]:
        tasks = [Task(0, block=self.order[0])]
        while tasks:
            task = tasks.pop()
            if task.block < 0:
                self._put(task.depth, task.text, task.number)
            else:
                tasks += reversed(self._block(task.block, task.depth, held=task.held))
        return self.made

    def _put(self, depth: int, text: str, number: int) -> None:
        if text == self.style.nothing and self.made and self.made[-1].text.startswith("    " * depth):
            return  # something stands there already
        self.made.append(Line("    " * depth + text, number))

    def _block(self, index: int, depth: int, *, held: bool) -> list[Task]:
        """Write what a block does; returns what follows: lines and blocks."""
        caught = self.tries.get(index, ())
        if caught and not held and depth < DEEPEST:
            return self._tried(index, depth)
        for text, number in self.blocks[index].lines:
            self._put(depth, self._plain(text), number)
        kids = [kid for kid in self.kids.get(index, ()) if kid not in self.exits]
        if caught:
            kids = self._sorted_kids(index)[0]
        return self._follow(index, depth, kids)

    def _plain(self, text: str) -> str:
        return self.style.statement.format(text)

    def _sorted_kids(self, index: int) -> tuple[list[int], list[int]]:
        """Return the blocks under one that begins what is tried: those inside, and those behind."""
        handlers = {one for one, _ in self.tries[index]}
        kids = [kid for kid in self.kids.get(index, ()) if kid not in self.exits and kid not in handlers]
        end = self.ends.get(index, 0)
        inside = [
            kid for kid in kids if self.blocks[kid].start < end or self.blocks[kid].start <= self.blocks[index].start
        ]
        return inside, [kid for kid in kids if kid not in inside]

    def _tried(self, index: int, depth: int) -> list[Task]:
        style, number = self.style, self.blocks[index].number
        tasks = [Task(depth, style.attempt.format(), number), Task(depth + 1, block=index, held=True)]
        if style.nothing:
            tasks.append(Task(depth + 1, style.nothing))
        for handler, what in self.tries[index]:
            tasks.append(Task(depth, style.catch.format(what), self.blocks[handler].instructions[-1].line))
            tasks.append(Task(depth + 1, block=handler))
            if style.nothing:
                tasks.append(Task(depth + 1, style.nothing))
        if style.end:
            tasks.append(Task(depth, style.end))
        return tasks + [Task(depth, block=kid) for kid in self._sorted_kids(index)[1]]

    def _follow(self, index: int, depth: int, kids: list[int]) -> list[Task]:
        block = self.blocks[index]
        if block.kind == "branch" and block.after[0] >= 0 and self._asks_again(index):
            return [Task(depth, block=kid) for kid in kids]
        if depth >= DEEPEST or block.kind not in ("branch", "for", "switch"):
            if block.kind == "branch":
                kids_in = [Task(depth, self._plain(block.ask.yes), block.number)]
                return kids_in + [Task(depth, block=kid) for kid in kids]
            outs = [self._inside(self._way(index, after, kids), depth) for after in block.after if after in self.exits]
            return [task for out in outs for task in out] + [Task(depth, block=kid) for kid in kids]
        if block.kind == "switch":
            return self._switch(index, depth, kids)
        return self._branch(index, depth, kids)

    def _way(self, index: int, after: int, kids: Sequence[int]) -> Way:
        if after in self.exits:
            return Way(out=after, leaves=True)
        if after in kids and all(one == index or self.governs(after, one) for one in self.nodes[after].before):
            return Way(after, leaves=after not in self.escaping)
        return Way()

    def _inside(self, way: Way, depth: int) -> list[Task]:
        if way.body >= 0:
            return [Task(depth, block=way.body)]
        if way.out >= 0:
            return [Task(depth, self._plain(text), number) for text, number in self.blocks[way.out].lines]
        return []

    def _branch(self, index: int, depth: int, kids: list[int]) -> list[Task]:
        block, style = self.blocks[index], self.style
        taken, other = (self._way(index, after, kids) for after in block.after[:2])
        number = block.instructions[-1].line or block.number
        back = [self.governs(after, index) for after in block.after[:2] if after >= 0]
        if block.kind == "for":
            head, then, rest = style.each.format(block.subject), other, taken
        else:
            turned = other.empty or (taken.leaves and not taken.empty and not other.leaves and taken.out >= 0)
            then, rest = (taken, other) if turned else (other, taken)
            ask = block.ask.yes if turned else block.ask.no
            loops = then.body >= 0 and self._repeats(index, then.body)
            head = (style.repeat if loops else style.when).format(ask)
            if taken.empty and other.empty and back == [True, False]:
                head = style.when.format(block.ask.yes)
            if loops:
                then = then._replace(leaves=True)
        made = [Task(depth, head, number), *self._inside(then, depth + 1)]
        if any(back) and then.empty:
            made.append(Task(depth + 1, style.onward, number))
        elif style.nothing:
            made.append(Task(depth + 1, style.nothing))
        if rest.body >= 0 and not then.leaves and not then.empty and block.kind != "for":
            made += [Task(depth, style.other.format(), number), *self._inside(rest, depth + 1)]
            if style.nothing:
                made.append(Task(depth + 1, style.nothing))
            rest = Way(body=rest.body, out=-2)
        if style.end:
            made.append(Task(depth, style.end))
        if rest.out != -2:
            made += self._inside(rest, depth)
        bodies = {then.body, rest.body}
        return made + [Task(depth, block=kid) for kid in kids if kid not in bodies]

    def _asks_again(self, index: int) -> bool:
        """Say whether a block at the end of a loop asks what was asked before the loop was entered."""
        block = self.blocks[index]
        heads = [after for after in block.after if after >= 0 and self.governs(after, index)]
        ask = {block.ask.yes, block.ask.no}
        return any(
            self.blocks[one].ask.yes in ask and self.blocks[one].kind == "branch"
            for head in heads
            for one in self.nodes[head].before
            if one != index and not self.governs(head, one)
        )

    def _repeats(self, index: int, body: int) -> bool:
        """Say whether a body leads back to what asks before it, or to its own begin behind the same question."""
        if not self.blocks[index].lines and any(self.governs(body, before) for before in self.nodes[index].before):
            return True
        asked = {self.blocks[index].ask.yes, self.blocks[index].ask.no}
        return any(self.blocks[one].ask.yes in asked for one in self.nodes[body].before if one != index)

    def _switch(self, index: int, depth: int, kids: list[int]) -> list[Task]:
        block, style = self.blocks[index], self.style
        number = block.instructions[-1].line or block.number
        made = [Task(depth, style.choose.format(block.subject), number)]
        bodies = set()
        for after, labels in zip(block.after, block.labels, strict=False):
            way = self._way(index, after, kids)
            if way.empty:
                continue
            bodies.add(way.body)
            heads = [style.case.format(label) if label else style.default for label in labels[:16]]
            made += [Task(depth, head, number) for head in heads]
            made += self._inside(way, depth + 1)
            if not way.leaves and style.leave:
                made.append(Task(depth + 1, style.leave))
        if style.end:
            made.append(Task(depth, style.end))
        return made + [Task(depth, block=kid) for kid in kids if kid not in bodies]


def _thread(blocks: Sequence[Block]) -> None:
    """Let ways lead past blocks that only jump on."""
    onward = {
        index: block.after[0]
        for index, block in enumerate(blocks)
        if block.kind in ("jump", "next") and not block.lines and not block.catches and len(block.after) == 1
    }
    for index, block in enumerate(blocks):
        block.after[:] = [_end(after, onward, index) for after in block.after]


def _end(after: int, onward: dict[int, int], index: int) -> int:
    seen = {index}
    while after in onward and after not in seen and onward[after] >= 0:
        seen.add(after)
        after = onward[after]
    return after
