"""A method of a stack machine, run once over texts: what each block says, what decides after it, what it hands on."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zoll.parse.bytecode.blocks import Block, Condition, Handler, Instruction, Line, TooMuch, Value, nodes_of
from zoll.parse.machine.lift.blocks import ordered

LONG = 400  # characters of an expression; a longer one gets a name
MOST_TEXT = 400_000  # characters that one method may say
_CALLED = re.compile(r"(\w+)\(")


class Words(NamedTuple):
    """How a language joins conditions."""

    both: str = "&&"
    either: str = "||"
    contrary: str = "!"
    choice: str = "{0} ? {1} : {2}"
    truths: tuple[tuple[str, str], ...] = (("1", "0"), ("true", "false"))


class Runner(ABC):
    """Runs a method's blocks in order of their ways; a language says what each instruction does."""

    words = Words()

    def __init__(self, blocks: list[Block], handlers: Sequence[Handler]) -> None:
        self.blocks, self.handlers = blocks, {one.target: one for one in reversed(handlers)}
        self.current, self.stack, self.line = blocks[0], list[Value](), 0
        self.ran: set[int] = set()
        self.entered: dict[int, list[Value]] = {}
        self.said = 0
        nodes = nodes_of(blocks)
        for block, node in zip(blocks, nodes, strict=True):
            block.before = list(node.before)
        self._throwing = {target for block in blocks for target in block.catches}
        for index in ordered(nodes):
            self._run(index)

    @abstractmethod
    def step(self, instruction: Instruction) -> None:
        """Run one instruction on `stack`; say what it does."""

    @abstractmethod
    def caught(self, handler: Handler) -> list[Value]:
        """Return what lies on the stack where something thrown is caught."""

    # what languages use

    def say(self, text: str) -> None:
        """Say a statement of the current block."""
        self.said += len(text) + 8
        if self.said > MOST_TEXT:
            raise TooMuch(f"more than {MOST_TEXT:,} characters")
        self.current.lines.append(Line(text, self.line))

    def push(self, text: str, kind: str = "", *, atom: bool = True) -> None:
        """Put an expression on the stack."""
        self.put(Value(text, kind, atom=atom))

    def put(self, value: Value) -> None:
        """Put a value on the stack; a long one gets a name."""
        if value.items is None and len(value.text) > LONG:
            value = self.named(value)
        self.stack.append(value)

    def named(self, value: Value) -> Value:
        """Give a value a name by saying that it is assigned."""
        called = _CALLED.findall(value.text[:LONG])
        name = f"{called[-1] if called else 'value'}_result"
        self.assign(name, value.text)
        return Value(name, value.type)

    def assign(self, name: str, text: str) -> None:
        """Say an assignment."""
        self.say(f"{name} = {text}")

    def pop(self) -> Value:
        """Take the top off the stack."""
        return self.stack.pop() if self.stack else Value("missing")

    def take(self, count: int) -> list[Value]:
        """Take some values off the stack, the lowest first."""
        if count <= 0:
            return []
        found = self.stack[-count:]
        del self.stack[-count:]
        return [*(Value("missing") for _ in range(count - len(found))), *found]

    def drop(self) -> None:
        """Take the top off; what it calls is said."""
        value = self.pop()
        if value.does and not value.pending:
            self.say(value.text)

    def again(self) -> None:
        """Make sure that the top can be used twice."""
        if self.stack and self.stack[-1].does and not self.stack[-1].pending:
            self.stack[-1] = self.named(self.stack[-1])

    def contrary(self, value: Value) -> Condition:
        """Return the condition that a value is true, and its contrary."""
        return Condition(value.text, f"{self.words.contrary}{value.inner}")

    # running

    def _run(self, index: int) -> None:
        block = self.current = self.blocks[index]
        self.stack = self._entering(index)
        self.entered[index] = list(self.stack)
        self.current = block
        for instruction in block.instructions:
            self.line = instruction.line or self.line
            self.step(instruction)
        self.ran.add(index)
        if not block.out:
            block.out = [list(self.stack) for _ in block.after]
        self._merge(index)

    def _entering(self, index: int) -> list[Value]:
        block = self.blocks[index]
        if index in self._throwing and block.start in self.handlers:
            return self.caught(self.handlers[block.start])
        self._fold(index)
        stacks = list(self._handed(index))
        if not stacks:
            return []
        height = min(len(stack) for _, stack in stacks)
        made = list(stacks[0][1][:height])
        for at in range(height):
            if len({stack[at].text for _, stack in stacks}) > 1:
                made[at] = self._meeting(at, stacks)
                block.joined = True
        return made

    def _handed(self, index: int) -> Iterator[tuple[int, list[Value]]]:
        for before in self.blocks[index].before:
            if before in self.ran:
                block = self.blocks[before]
                for after, out in zip(block.after, block.out, strict=False):
                    if after == index:
                        yield before, out

    def _meeting(self, at: int, stacks: Sequence[tuple[int, list[Value]]]) -> Value:
        name = f"v{at}" if at else "v"
        for before, stack in stacks:
            self.current = self.blocks[before]
            self.line = self.current.instructions[-1].line or self.line
            if stack[at].text != name:
                self.assign(name, stack[at].text)
        return Value(name, stacks[0][1][at].type)

    # conditions that are joined, and values that hang on them

    def _merge(self, index: int) -> None:
        """Join a block that only asks with the one before it, where both lead to the same place."""
        while True:
            block = self.blocks[index]
            if block.kind != "branch" or block.lines or block.catches or len(block.before) != 1:
                return
            above = block.before[0]
            upper = self.blocks[above]
            if (
                upper.kind != "branch"
                or above == index
                or index not in upper.after
                or not self._joined(upper, index, block)
            ):
                return
            for after in block.after:
                if after >= 0:
                    befores = self.blocks[after].before
                    befores[:] = list(dict.fromkeys(above if one == index else one for one in befores))
            block.before, block.spare = [], True
            index = above

    def _joined(self, upper: Block, index: int, block: Block) -> bool:
        side = upper.after.index(index)
        shared = upper.after[1 - side]
        if shared == index or shared not in block.after or len(upper.ask.yes) + len(block.ask.yes) > 4 * LONG:
            return False
        if [one.text for one in upper.out[1 - side]] != [one.text for one in block.out[block.after.index(shared)]]:
            return False
        to_shared = upper.ask if side else upper.ask.contrary
        if shared == block.after[0]:
            upper.ask, upper.after = self.either(to_shared, block.ask), [shared, block.after[1]]
            upper.out = [block.out[0], block.out[1]]
        else:
            upper.ask = self.either(to_shared, block.ask.contrary).contrary
            upper.after, upper.out = [block.after[0], shared], [block.out[0], block.out[1]]
        return True

    def either(self, one: Condition, two: Condition) -> Condition:
        """Return the condition that one of two holds."""
        words = self.words
        yes = f"{self._part(one.yes, words.either)} {words.either} {self._part(two.yes, words.either)}"
        no = f"{self._part(one.no, words.both)} {words.both} {self._part(two.no, words.both)}"
        return Condition(yes, no, plain=False)

    def _part(self, text: str, word: str) -> str:
        other = self.words.both if word == self.words.either else self.words.either
        return f"({text})" if f" {other} " in text or " ? " in text or " if " in text else text

    def _fold(self, index: int) -> None:
        """Make one expression of two values that meet, where nothing but a condition chooses between them."""
        while self._folded(index):
            pass

    def _folded(self, index: int) -> bool:
        block = self.blocks[index]
        for one in block.before:
            if not self._only_hands_on(one, index):
                continue
            above = self.blocks[one].before[0]
            upper = self.blocks[above]
            if upper.kind != "branch" or above not in self.ran or len(upper.out) != 2 or one not in upper.after:
                continue
            other = upper.after[1 - upper.after.index(one)]
            if other == index or (other != one and self._only_hands_on(other, index)):
                return self._choose(index, above, other)
        return False

    def _only_hands_on(self, one: int, index: int) -> bool:
        block = self.blocks[one]
        plain = block.kind in ("next", "jump") and not block.lines and not block.catches
        return plain and one in self.ran and block.after == [index] and len(block.before) == 1

    def _choose(self, index: int, above: int, other: int) -> bool:
        upper, block = self.blocks[above], self.blocks[index]
        sides = [
            (out if after == index else self.blocks[after].out[0])
            for after, out in zip(upper.after, upper.out, strict=True)
        ]
        if len(sides[0]) != len(sides[1]) or not sides[0]:
            return False
        lower = [[one.text for one in side[:-1]] for side in sides]
        if lower[0] != lower[1]:
            return False
        value = self.choice(upper.ask, sides[0][-1], sides[1][-1])
        gone = [after for after in upper.after if after != index]
        for after in gone:
            self.blocks[after].spare, self.blocks[after].before = True, []
        if other == index:
            gone.append(above)
        block.before[:] = [one for one in block.before if one not in gone] + [above]
        upper.kind, upper.after, upper.out = "next", [index], [[*sides[0][:-1], value]]
        return True

    def choice(self, ask: Condition, one: Value, two: Value) -> Value:
        """Return the value that is one of two."""
        words = self.words
        for true, false in words.truths:
            if (one.text, two.text) == (true, false):
                return Value(ask.yes, "Z", atom=ask.plain)
            if (one.text, two.text) == (false, true):
                return Value(ask.no, "Z", atom=ask.plain)
        if found := self._joined_truths(ask, one, two):
            return found
        if one.text == ask.yes:
            return Value(f"{one.inner} {words.either} {two.inner}", one.type, atom=False)
        if one.text == ask.no:
            return Value(f"{one.inner} {words.both} {two.inner}", one.type, atom=False)
        text = words.choice.format(ask.yes if ask.plain else f"({ask.yes})", one.inner, two.inner)
        return Value(text, one.type or two.type, atom=False)

    def _joined_truths(self, ask: Condition, one: Value, two: Value) -> Value | None:
        """Return the truth that a condition and another truth make together, None where no side is a plain one."""
        for side, other, met in ((one, two, ask), (two, one, ask.contrary)):
            if other.type in ("Z", "bool") and side.text in ("0", "1"):
                that = self.contrary(other)
                joined = self.either(met, that) if side.text == "1" else self.either(met, that.contrary).contrary
                return Value(joined.yes, other.type, atom=False)
        return None
