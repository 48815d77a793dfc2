"""Runs a function's blocks on trees until nothing changes: what each block does, and with which values it ends."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.blocks import Block, Instruction, ordered
from zoll.parse.machine.lift.machine import NOBODY, Event, Machine, Processor, State
from zoll.parse.machine.lift.tables import leavers
from zoll.parse.machine.lift.values import UNKNOWN, Value

ROUNDS = 6
K = TypeVar("K")


class Flow:
    """One function run through: events by block, the state at the end of each, the condition of each branch."""

    def __init__(
        self,
        image: Image,
        processor: Processor,
        blocks: list[Block],
        named: Callable[[int], str],
        *,
        probing: bool = False,
        leaving: frozenset[int] = frozenset(),
        taken: Mapping[str, int] = NOBODY,
    ) -> None:
        self.blocks = blocks
        self.stack = processor.stack
        self.leaving = leaving
        self.machine = Machine(image, processor, named, taken)
        self.machine.probing = probing
        self.order = ordered(blocks)
        self.events: dict[int, list[Event]] = {}
        self.ends: dict[int, State] = {}
        self.asked: dict[int, Value] = {}
        self.through: dict[int, Value] = {}  # what an indirect jump out of the function goes through
        self.left: list[int] = []  # blocks that end in a call that never comes back, and yet lead on
        self._begins: dict[int, State] = {}
        self._settle()

    def _settle(self) -> None:
        """Run all blocks, again and again while what several ways bring still differs."""
        fresh, rank = set(self.order), {index: at for at, index in enumerate(self.order)}
        for turn in range(ROUNDS):
            last = turn == ROUNDS - 1
            changed: set[int] = set()
            for index in self.order:
                if not last and index not in fresh and changed.isdisjoint(self.blocks[index].before):
                    continue
                begin = self._joined(index, last=last)
                before = self._begins.get(index)
                if before is None or not _same(before, begin):
                    self._begins[index] = begin
                    self._run(index, begin.copy())
                    changed.add(index)
            if not changed:
                return
            # What stands behind a changed block saw it in this round; what stands before it waits for the next.
            fresh = {
                after for index in changed for after in self.blocks[index].after if rank.get(after, -1) <= rank[index]
            }

    def _joined(self, index: int, *, last: bool) -> State:
        """Return the state at a block's begin: what all ways to it agree on, else a value of its own."""
        befores = self.blocks[index].before
        ways = [self.ends[before] for before in befores if before in self.ends]
        if not ways:
            return self.machine.begin(min(one.address for one in self.blocks[0].instructions))
        if len(befores) == 1:
            return ways[0]
        first, others = ways[0], ways[1:]
        loops = last and bool(others)
        registers: dict[str, Value] = {}
        for name, value, same in _shared(first.registers, [way.registers for way in others]):
            registers[name] = value if same and not (loops and value.kind == "phi") else Value("phi", index, name)
        top = [way.registers[self.stack] for way in ways if way.registers.get(self.stack, UNKNOWN).kind == "frame"]
        if top:  # what is still pushed on one way was handed to a function that never came back
            registers[self.stack] = max(top, key=lambda value: int(value.a))
        slots = {
            offset: value if same else Value("phi", index, str(offset))
            for offset, value, same in _shared(first.slots, [way.slots for way in others])
        }
        flags = first.flags if all(way.flags == first.flags for way in others) else None
        return State(registers, slots, flags)

    def _run(self, index: int, state: State) -> None:
        events, asked = self.run(index, state)
        if self._gone(events) and self.blocks[index].after and index not in self.left:
            self.left.append(index)
        self.events[index], self.ends[index] = events, self.machine.state
        if asked is not None:
            self.asked[index] = asked

    @property
    def comes_back(self) -> bool:
        """Say whether some way through leads back to the caller."""
        for index in self.order:
            kind, after, events = self.blocks[index].kind, self.blocks[index].after, self.events[index]
            called = [event.name for event in events if event.kind == "call"]
            leaves = kind in ("return", "away") or -1 in after
            if leaves and not (kind == "away" and called and called[-1] in leavers()):
                return True
        return False

    def run(self, index: int, state: State) -> tuple[list[Event], Value | None]:
        """Run one block on a state; returns what it does and what its branch asks."""
        machine, block = self.machine, self.blocks[index]
        machine.state, machine.events = state, []
        asked, done = None, 0
        last = block.last if block.kind != "next" else None
        early = block.instructions[-2] if last and machine.processor.delayed and len(block.instructions) > 1 else None
        for one in block.instructions:
            machine.address, machine.following = one.address, one.address + one.size
            if one is last:
                asked = self._leave(block, one) if asked is None else asked
            elif one is early and block.kind == "branch":
                asked = self._ask(block.last)  # what the branch asks is read before the instruction behind it runs
                machine.address = one.address
                self._step(one)
            else:
                self._step(one)
            if len(machine.events) > done:
                done = len(machine.events)
                if self._gone(machine.events):
                    break
        return machine.events, asked

    def _gone(self, events: list[Event]) -> bool:
        """Say whether what was done last is a call that never comes back."""
        if not events or events[-1].kind != "call":
            return False
        name, target = events[-1].name, self.machine.target
        if target >= 0 or not name:
            return name in leavers() or target in self.leaving
        slots = self.machine.image.slots
        return name in leavers() or any(slots.get(one) == name for one in self.leaving)

    def _ask(self, branch: Instruction) -> Value:
        return self.machine.processor.branches[branch.name](self.machine, branch.operands)

    def _leave(self, block: Block, one: Instruction) -> Value | None:
        """Note how a block is left: a value returned, a call at the very end, what a branch or switch asks."""
        machine = self.machine
        result = machine.processor.result
        if block.kind == "branch":
            return self._ask(one)
        if block.kind == "switch":
            return machine.get(one.operands[-1]) if one.operands else UNKNOWN
        if block.kind == "away":
            machine.tail = True
            if one.target >= 0:
                machine.call(Value("number", one.target))
            else:
                through = machine.get(one.operands[-1]) if one.operands else UNKNOWN
                self.through[one.address] = through
                machine.call(through)
            machine.tail = False
            machine.events.append(Event("return", one.address, "", (machine.register(result),)))
        elif block.kind == "return":
            self._step_if_known(one)
            machine.events.append(Event("return", one.address, "", (machine.register(result),)))
        return None

    def _step_if_known(self, one: Instruction) -> None:
        if one.name in self.machine.processor.semantics:
            self.machine.processor.semantics[one.name](self.machine, one.operands)

    def _step(self, one: Instruction) -> None:
        """Run one instruction that does not leave the block."""
        machine, processor = self.machine, self.machine.processor
        if one.name in processor.calls:
            given = one.operands[-1] if one.operands else None
            machine.call(machine.get(given) if given else UNKNOWN)
        elif one.name in processor.semantics:
            try:
                processor.semantics[one.name](machine, one.operands)
            except IndexError:  # fewer operands than the instruction has: bytes that are no code
                _forget_first(machine, one)
        elif one.name in processor.system:
            machine.call_system(processor.system[one.name])
        else:
            _forget_first(machine, one)


def _forget_first(machine: Machine, one: Instruction) -> None:
    if one.operands and one.operands[0].kind == "r":
        machine.set(one.operands[0].register, UNKNOWN)


def _same(one: State, other: State) -> bool:
    return one is other or (one.registers == other.registers and one.slots == other.slots)


def _shared(first: Mapping[K, Value], others: list[dict[K, Value]]) -> Iterator[tuple[K, Value, bool]]:
    """Yield what stands on all ways, as the first has it, and whether all hold the same."""
    for name, value in first.items():
        same = True
        for way in others:
            other = way.get(name)
            if other is None:
                break
            same = same and (other is value or other == value)
        else:
            yield name, value, same
