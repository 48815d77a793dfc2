"""A function's instructions cut into blocks, the ways between them, and which block must be passed to reach which."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import NamedTuple, Protocol

import capstone

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.machine import Processor
from zoll.parse.machine.lift.operands import Operand, operands

MOST = 60_000  # instructions of one function
WINDOW = 40  # instructions before a jump through a register that may say where it leads


class TooLong(ValueError):
    """A function of more instructions than are lifted."""


class Node(Protocol):
    """What ways lead to and from, by index; -1 leads out."""

    after: list[int]
    before: list[int]


class Instruction(NamedTuple):
    """One instruction as capstone prints it, its operands made plain."""

    address: int
    size: int
    name: str
    text: str
    operands: tuple[Operand, ...]

    @property
    def target(self) -> int:
        """Where it branches or calls to, -1 when that is in a register."""
        last = self.operands[-1] if self.operands else None
        return last.number if last and last.kind == "i" else -1


class Block:
    """Instructions that run one after the other. `kind`: next, jump, branch, return, away, switch, stop.

    `after` are the blocks that may follow, by index: of a branch first where it leads, then what follows it. A way out
    of the function is -1. `labels` are, of a switch, the numbers that lead to each block of `after`.
    """

    __slots__ = ("after", "before", "instructions", "kind", "labels", "leaving")

    def __init__(self, instructions: list[Instruction]) -> None:
        self.instructions = instructions
        self.kind = "next"
        self.after: list[int] = []
        self.before: list[int] = []
        self.labels: list[list[int]] = []
        self.leaving = -1  # the address that a jump out of the function leads to

    @property
    def start(self) -> int:
        """The address of the first instruction."""
        return self.instructions[0].address

    @property
    def last(self) -> Instruction:
        """The instruction that leaves the block."""
        return self.instructions[-1]


def decode(image: Image, processor: Processor, start: int, size: int) -> list[Instruction]:
    """Return a function's instructions; bytes that are none are passed over. Raises TooLong."""
    engine = _engine(processor.arch, processor.mode | (capstone.CS_MODE_BIG_ENDIAN if image.code_big else 0))
    data = image.bytes_at(start, size)
    made: list[Instruction] = []
    held: dict[int, int] = {}  # data in the code, from and to
    at = start
    while at < start + len(data):
        at = _decode(engine, image, processor, (start, data), at, made, held)
    return processor.prepare(made) if processor.prepare else made


@cache
def _engine(arch: int, mode: int) -> capstone.Cs:
    engine = capstone.Cs(arch, mode)
    engine.skipdata = True
    return engine


def _decode(
    engine: capstone.Cs,
    image: Image,
    processor: Processor,
    code: tuple[int, bytes],
    at: int,
    made: list[Instruction],
    held: dict[int, int],
) -> int:
    """Read instructions up to data that stands in the code; returns where it ends."""
    start, data = code
    end = start + len(data)
    for address, length, name, text in engine.disasm_lite(data[at - start :], at):
        if held and (behind := _behind(held, address, length)):
            return behind
        if len(made) >= MOST:
            raise TooLong(f"more than {MOST:,} instructions")
        made.append(Instruction(address, length, name, text, operands(text) if name[0] != "." else ()))
        if processor.beside and "pc" in text:
            first, last = processor.beside(image, made, start, end)
            if address < first < last:
                held[first] = max(last, held.get(first, 0))
    return end


def _behind(held: dict[int, int], address: int, length: int) -> int:
    for at in range(address, address + length):
        if at in held:
            return held[at]
    return 0


Tables = Callable[[list[Instruction], int, int], list[int]]


def cut(instructions: list[Instruction], processor: Processor, tables: Tables) -> list[Block]:
    """Return the blocks of a function in order of address; `tables` answers where an indirect jump leads."""
    if not instructions:
        return []
    low, high = instructions[0].address, instructions[-1].address + instructions[-1].size
    starts = {low}
    switches: dict[int, list[int]] = {}
    for index, one in enumerate(instructions):
        if not _leaves(one, processor):
            continue
        end = index + (2 if processor.delayed and not _stops(one, processor) else 1)
        if end < len(instructions):
            starts.add(instructions[end].address)
        if low <= one.target < high and one.name not in processor.calls:
            starts.add(one.target)
        elif one.name in processor.jumps and one.target < 0:
            switches[one.address] = tables(instructions[max(0, index - WINDOW) : index + 1], low, high)
            starts.update(switches[one.address])
    return _threaded(_linked(_split(instructions, starts, processor), processor, switches))


def _split(instructions: list[Instruction], starts: set[int], processor: Processor) -> list[Block]:
    blocks: list[Block] = []
    for one in instructions:
        if not blocks or one.address in starts:
            blocks.append(Block([]))
        blocks[-1].instructions.append(one)
    if processor.delayed:
        for block in blocks:
            _run_delayed(block, processor)
    return blocks


def _run_delayed(block: Block, processor: Processor) -> None:
    """Put the instruction behind a branch in front of it: it runs before the branch is taken."""
    made = block.instructions
    index = 0
    while index < len(made) - 1:
        if made[index].name in processor.calls or (
            _leaves(made[index], processor) and not _stops(made[index], processor)
        ):
            made[index], made[index + 1] = made[index + 1], made[index]
            index += 1
        index += 1


def _stops(one: Instruction, processor: Processor) -> bool:
    return one.name in processor.stops


def _leaves(one: Instruction, processor: Processor) -> bool:
    return (
        one.name in processor.branches
        or one.name in processor.jumps
        or one.name in processor.stops
        or processor.leaves(one.name, one.operands)
    )


def _linked(blocks: list[Block], processor: Processor, switches: dict[int, list[int]]) -> list[Block]:
    index_of = {block.start if block.instructions else -1: index for index, block in enumerate(blocks)}
    index_of |= {min(one.address for one in block.instructions): index for index, block in enumerate(blocks)}
    for index, block in enumerate(blocks):
        _link(block, index, index_of, len(blocks), processor, switches)
    return blocks


def _threaded(blocks: list[Block]) -> list[Block]:
    """Let ways lead past blocks that only jump on."""
    onward = {
        index: block.after[0]
        for index, block in enumerate(blocks)
        if block.kind == "jump" and len(block.instructions) == 1 and block.after[0] != index
    }
    for index, block in enumerate(blocks):
        block.after = [_onward(after, index, onward) for after in block.after]
    return blocks


def _onward(after: int, index: int, onward: dict[int, int]) -> int:
    seen = {index}
    while after in onward and after not in seen:
        seen.add(after)
        after = onward[after]
    return after


def join(blocks: Sequence[Node]) -> None:
    """Note for each block which blocks that can be reached lead to it."""
    for block in blocks:
        block.before = []
    for index in sorted(ordered(blocks)):
        for after in blocks[index].after:
            if after >= 0 and index not in blocks[after].before:
                blocks[after].before.append(index)


def _link(
    block: Block, index: int, index_of: dict[int, int], count: int, processor: Processor, switches: dict[int, list[int]]
) -> None:
    last = block.last
    following = index + 1 if index + 1 < count else -1
    if processor.leaves(last.name, last.operands):
        block.kind = "return"
    elif last.name in processor.stops:
        block.kind = "stop"
    elif last.name in processor.jumps:
        _link_jump(block, index_of, switches)
    elif last.name in processor.branches:
        block.kind = "branch"
        block.after = [index_of.get(last.target, -1), following]
        block.leaving = last.target
    else:
        block.after = [following]


def _link_jump(block: Block, index_of: dict[int, int], switches: dict[int, list[int]]) -> None:
    last = block.last
    if last.target in index_of:
        block.kind, block.after = "jump", [index_of[last.target]]
    elif switches.get(last.address):
        block.kind = "switch"
        for label, target in enumerate(switches[last.address]):
            after = index_of.get(target, -1)
            if after not in block.after:
                block.after.append(after)
                block.labels.append([])
            block.labels[block.after.index(after)].append(label)
    else:
        block.kind, block.leaving = "away", last.target


def ordered(blocks: Sequence[Node]) -> list[int]:
    """Return the blocks that can be reached, each before those that it leads to where there is no loop."""
    seen = {0}
    finished: list[int] = []
    stack: list[tuple[int, Iterator[int]]] = [(0, iter(blocks[0].after))]
    while stack:
        index, ways = stack[-1]
        for after in ways:
            if after >= 0 and after not in seen:
                seen.add(after)
                stack.append((after, iter(blocks[after].after)))
                break
        else:
            finished.append(index)
            stack.pop()
    return finished[::-1]


def masters(blocks: Sequence[Node], order: Sequence[int]) -> dict[int, int]:
    """Return for each block the nearest one that every way to it passes (itself for the first).

    Source: Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm".
    """
    rank = {index: at for at, index in enumerate(order)}
    found = {order[0]: order[0]}
    changed = True
    while changed:
        changed = False
        for index in order[1:]:
            ways = [before for before in blocks[index].before if before in found]
            best = ways[0]
            for way in ways[1:]:
                best = _meet(best, way, found, rank)
            if found.get(index) != best:
                found[index] = best
                changed = True
    return found


def _meet(one: int, two: int, found: dict[int, int], rank: dict[int, int]) -> int:
    while one != two:
        while rank[one] > rank[two]:
            one = found[one]
        while rank[two] > rank[one]:
            two = found[two]
    return one
