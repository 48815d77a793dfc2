"""One function of an executable, brought up to the words of source: calls, conditions, stores and returns as C.

Registers and frame are forgotten: each value is followed to where it comes from (an argument, a call, memory, a
constant), so that equal source gives much the same text whatever the compiler made of it. Loops are not rebuilt.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct

from zoll.parse.machine.image import Image, Sweep
from zoll.parse.machine.lift.blocks import Block, Instruction, cut, decode, join, table_targets
from zoll.parse.machine.lift.flow import Flow
from zoll.parse.machine.lift.leaving import found_leaving
from zoll.parse.machine.lift.machine import Processor
from zoll.parse.machine.lift.processors import processor_of
from zoll.parse.machine.lift.tables import leavers
from zoll.parse.machine.lift.values import UNKNOWN, Value, inner
from zoll.parse.machine.lift.wording import Wording
from zoll.parse.machine.lift.writing import Writer

CANARY = frozenset(["__stack_chk_fail", "__stack_chk_fail_local"])


class Lifted(Struct, frozen=True):
    """A function as lines of C, with the address of the instruction that each comes from (0 for none)."""

    lines: tuple[str, ...]
    addresses: tuple[int, ...]


NONE: frozenset[int] = frozenset()


def lift(
    image: Image,
    start: int,
    size: int,
    name: str,
    named: Callable[[int], str],
    *,
    dense: bool = False,
    leaving: frozenset[int] = NONE,
) -> Lifted:
    """Return one function as C under a name.

    `named` says what the function at an address is called ("" for none there), `dense` whether it is Thumb, `leaving`
    which functions never come back (see `never_returns`).
    Raises `TooLong` for a function of more instructions than can be followed.
    """
    flow = _followed(image, start, size, named, dense=dense, leaving=leaving)
    if flow is None:
        return Lifted((f"int {name}(void) {{", "}"), (start, 0))
    lines = Writer(flow, Wording(image, named), name).write()
    return Lifted(tuple(line.text for line in lines), tuple(line.address for line in lines))


def never_returns(image: Image, sweep: Sweep) -> frozenset[int]:
    """Return the starts of the functions of a file that never come back."""

    def named(address: int) -> str:
        return sweep.names.get(address) or image.names.get(address, "")

    def ends(start: int, size: int, dense: bool, found: frozenset[int]) -> bool:
        flow = _followed(image, start, size, named, dense=dense, leaving=found)
        return flow is not None and not flow.comes_back

    return found_leaving(image, sweep, ends)


def _followed(
    image: Image, start: int, size: int, named: Callable[[int], str], *, dense: bool, leaving: frozenset[int]
) -> Flow | None:
    """Run a function through; None where there is no instruction."""
    processor = processor_of(image, dense=dense)
    instructions = decode(image, processor, start, size)
    if not instructions:
        return None
    known: dict[int, list[int]] = {}
    flow = _flow(image, processor, instructions, named, known, leaving)
    if flow.through:  # what is jumped through is known now: perhaps it leads through a table
        known = _late_tables(image, flow, instructions)
        flow = _flow(image, processor, instructions, named, known, leaving) if known else flow
    if flow.left:  # calls through registers that never come back
        _unguard(flow.blocks, {index for index in flow.left if flow.events[index][-1].name in CANARY})
        for index in flow.left:
            flow.blocks[index].kind, flow.blocks[index].after = "next", []
        join(flow.blocks)
        flow = Flow(image, processor, flow.blocks, named, leaving=leaving)
    return flow


def _flow(
    image: Image,
    processor: Processor,
    instructions: list[Instruction],
    named: Callable[[int], str],
    known: dict[int, list[int]],
    leaving: frozenset[int],
) -> Flow:
    blocks = cut(instructions, processor, _tables(image, processor, instructions, known))
    called = [_called(image, processor, block, named) for block in blocks]
    _unguard(blocks, {index for index, names in enumerate(called) if CANARY.intersection(names.values())})
    _end_at_leavers(blocks, called, leaving)
    for block in blocks if processor.restores else ():
        if (
            block.kind == "away"
            and block.leaving >= 0
            and processor.restores
            and processor.restores(image, block.leaving)
        ):
            block.kind = "return"
    join(blocks)
    return Flow(image, processor, blocks, named, leaving=leaving)


def _called(image: Image, processor: Processor, block: Block, named: Callable[[int], str]) -> dict[int, str]:
    """Return which functions a block calls, by the place of the call, as far as its instructions alone tell."""
    found: dict[int, str] = {}
    loaded = ""
    for at, one in enumerate(block.instructions):
        if one.name in processor.calls:
            found[at] = named(one.target) or (loaded if one.target < 0 else "")
        elif processor.entry and one.operands and one.operands[0].register == processor.entry:
            held = one.operands[-1]
            base = processor.fixed.get(held.register, -1) if held.kind == "m" else -1
            loaded = image.slots.get(base + held.number, "") if base >= 0 else ""
    return found


def _end_at_leavers(blocks: list[Block], called: list[dict[int, str]], leaving: frozenset[int]) -> None:
    """Let blocks end at calls that never come back."""
    for block, names in zip(blocks, called, strict=True):
        for at, name in names.items():
            if name in leavers() or block.instructions[at].target in leaving:
                block.instructions = block.instructions[: at + 1]
                block.kind, block.after = "next", []
                break


def _late_tables(image: Image, flow: Flow, instructions: list[Instruction]) -> dict[int, list[int]]:
    bounds = [one.address for one in instructions]
    span = bounds[0], bounds[-1] + instructions[-1].size
    found = {
        at: table_targets(image, [place for one in inner(value) for place in _addresses(one)], *span, bounds)
        for at, value in flow.through.items()
    }
    return {at: targets for at, targets in found.items() if targets}


def _tables(
    image: Image, processor: Processor, instructions: list[Instruction], known: dict[int, list[int]]
) -> Callable[[list[Instruction], int, int], list[int]]:
    bounds = [one.address for one in instructions]

    def answer(window: list[Instruction], low: int, high: int) -> list[int]:
        told = known.get(window[-1].address, [])
        if not told and processor.tables:
            told = processor.tables(image, window, low, high)
        if told:
            return told
        if processor.entry and window[-1].operands and window[-1].operands[-1].register == processor.entry:
            return []  # holds the address of a function
        places = _places(image, processor, window)
        return table_targets(image, places, low, high, bounds)

    return answer


def _places(image: Image, processor: Processor, window: list[Instruction]) -> list[int]:
    """Return the addresses that an indirect jump's target is made from, nearest first, then others made before it."""
    if not window[:-1]:
        return []
    flow = Flow(image, processor, [Block(window[:-1])], lambda _: "", probing=True)
    machine = flow.machine
    machine.state = flow.ends[0]
    asked = machine.get(window[-1].operands[-1]) if window[-1].operands else UNKNOWN
    places = [place for one in inner(asked) for place in _addresses(one)]
    places += [value.a for value in machine.state.registers.values() if value.kind == "number"]
    written = [one.operands[-1] for one in window if one.operands and one.operands[-1].kind == "m"]
    places += [one.number for one in written if one.number > 0 and not one.register]
    return [place for place in dict.fromkeys(places) if image.region(place)]


def _addresses(value: Value) -> list[int]:
    if value.kind == "number":
        return [value.a]
    return [value.b] if value.kind == "at" and value.b > 0 else []


def _unguard(blocks: Sequence[Block], fails: set[int]) -> None:
    """Let no branch lead to blocks that say that the stack's guard was broken."""
    for block in blocks:
        if block.kind == "branch" and fails.intersection(block.after):
            block.kind, block.after = "jump", [one for one in block.after if one not in fails][:1] or [-1]
