"""Calls that a compiler merged, written once for each way again: what each way hands over shows.

Of `log("a", x)` and `log("b", y)` in two branches one call may be left, behind both, that is handed what either way
brought. Such a block is copied for each way that leads to it.
"""

from zoll.parse.machine.lift.blocks import Block, Instruction, join
from zoll.parse.machine.lift.flow import Flow
from zoll.parse.machine.lift.values import Value

LONGEST = 16  # instructions that are copied
MOST_WAYS = 6
MOST = 40  # copies in one function
_DOING = frozenset(["call", "store"])


def tails_apart(flow: Flow) -> bool:
    """Copy, in the flow's blocks, what several ways share; says whether anything was."""
    rank = {index: at for at, index in enumerate(flow.order)}
    left = MOST
    for index in flow.order:
        block = flow.blocks[index]
        ways = block.before
        if not 2 <= len(ways) <= MOST_WAYS or any(rank[way] >= rank[index] for way in ways):
            continue
        length = _shared(flow, index)
        if not 0 < length <= LONGEST or len(ways) - 1 > left:
            continue
        left -= len(ways) - 1
        _copy(flow.blocks, index, length, ways)
    if left < MOST:
        join(flow.blocks)
    return left < MOST


def _shared(flow: Flow, index: int) -> int:
    """Return how many instructions there are up to the last that hands over what several ways brought, 0 for none."""
    told = {
        event.address
        for event in flow.events[index]
        if event.kind in _DOING and any(_brought(flow, index, value) for value in event.values)
    }
    ends = [at for at, one in enumerate(flow.blocks[index].instructions, 1) if one.address in told]
    return ends[-1] if ends else 0


def _brought(flow: Flow, index: int, value: Value) -> bool:
    """Say whether a value is what several ways brought, and a number or the address of a text on one of them."""
    if value.kind != "phi" or value.a != index:
        return False
    states = [flow.ends[way] for way in flow.blocks[index].before]
    slot = value.b.lstrip("-").isdigit()
    found = [state.slots.get(int(value.b)) if slot else state.registers.get(value.b) for state in states]
    return any(one is not None and one.kind == "number" for one in found)


def _copy(blocks: list[Block], index: int, length: int, ways: list[int]) -> None:
    block = blocks[index]
    if length < len(block.instructions):
        blocks.append(_of(block, block.instructions[length:]))
        block.instructions, block.kind, block.labels = block.instructions[:length], "next", []
        block.after, block.leaving = [len(blocks) - 1], -1
    for way in ways[1:]:
        blocks.append(_of(block, block.instructions))
        blocks[way].after = [len(blocks) - 1 if after == index else after for after in blocks[way].after]


def _of(block: Block, instructions: list[Instruction]) -> Block:
    made = Block(instructions)
    made.kind, made.after, made.labels, made.leaving = block.kind, list(block.after), block.labels, block.leaving
    return made
