"""One function of an executable, brought up to the words of source: calls, conditions, stores and returns as C.

Registers and frame are forgotten: each value is followed to where it comes from (an argument, a call, memory, a
constant), so that equal source gives much the same text whatever the compiler made of it. Loops are not rebuilt.
"""

from collections.abc import Callable

from msgspec import Struct

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.blocks import Block, Instruction, cut, decode, join, table_targets
from zoll.parse.machine.lift.flow import Flow
from zoll.parse.machine.lift.machine import Processor
from zoll.parse.machine.lift.processors import processor_of
from zoll.parse.machine.lift.wording import Wording
from zoll.parse.machine.lift.writing import Writer

CANARY = frozenset(["__stack_chk_fail", "__stack_chk_fail_local"])


class Lifted(Struct, frozen=True):
    """A function as lines of C, with the address of the instruction that each comes from (0 for none)."""

    lines: tuple[str, ...]
    addresses: tuple[int, ...]


def lift(image: Image, start: int, size: int, name: str, named: Callable[[int], str], *, dense: bool = False) -> Lifted:
    """Return one function as C under a name.

    `named` says what the function at an address is called ("" for none there), `dense` whether it is Thumb.
    Raises `TooLong` for a function of more instructions than can be followed.
    """
    processor = processor_of(image, dense=dense)
    instructions = decode(image, processor, start, size)
    if not instructions:
        return Lifted((f"int {name}(void) {{", "}"), (start, 0))
    blocks = _without_canary(cut(instructions, processor, _tables(image, processor, instructions)), processor, named)
    flow = Flow(image, processor, blocks, named)
    lines = Writer(flow, Wording(image, named), name).write()
    return Lifted(tuple(line.text for line in lines), tuple(line.address for line in lines))


def _tables(
    image: Image, processor: Processor, instructions: list[Instruction]
) -> Callable[[list[Instruction], int, int], list[int]]:
    bounds = [one.address for one in instructions]

    def answer(window: list[Instruction], low: int, high: int) -> list[int]:
        told = processor.tables(image, window, low, high) if processor.tables else []
        if told:
            return told
        places = _places(image, processor, window)
        return table_targets(image, places, low, high, bounds)

    return answer


def _places(image: Image, processor: Processor, window: list[Instruction]) -> list[int]:
    """Return the addresses that the last instructions of a block make, nearest to its end first."""
    flow = Flow(image, processor, [Block(window[:-1])], lambda _: "") if len(window) > 1 else None
    held = [value.a for value in flow.ends[0].registers.values() if value.kind == "number"] if flow else []
    written = [one.operands[-1] for one in window if one.operands and one.operands[-1].kind == "m"]
    absolute = [one.number for one in written if one.number > 0 and not one.register]
    return [place for place in dict.fromkeys([*held, *absolute]) if image.region(place)]


def _without_canary(blocks: list[Block], processor: Processor, named: Callable[[int], str]) -> list[Block]:
    """Take the check of the stack's guard out: the compiler put it there, not the source."""
    fails = {
        index
        for index, block in enumerate(blocks)
        if any(one.name in processor.calls and named(one.target) in CANARY for one in block.instructions)
    }
    for block in blocks:
        if block.kind == "branch" and fails.intersection(block.after):
            block.kind, block.after = "jump", [one for one in block.after if one not in fails][:1] or [-1]
    join(blocks)
    return blocks
