"""One function of an executable, brought up to the words of source: calls, conditions, stores and returns as C.

Registers and frame are forgotten: each value is followed to where it comes from (an argument, a call, memory, a
constant), so that equal source gives much the same text whatever the compiler made of it. Loops are not rebuilt.
"""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from msgspec import Struct

from zoll.parse.machine.image import NONE as NOWHERE
from zoll.parse.machine.image import Image, Numbers, Sweep
from zoll.parse.machine.lift.blocks import Block, cut, decode, join
from zoll.parse.machine.lift.flow import Flow
from zoll.parse.machine.lift.handing import handed
from zoll.parse.machine.lift.leaving import found_leaving
from zoll.parse.machine.lift.machine import NOBODY, Processor
from zoll.parse.machine.lift.processors import processor_of
from zoll.parse.machine.lift.switches import Switches
from zoll.parse.machine.lift.tables import leavers
from zoll.parse.machine.lift.tails import tails_apart
from zoll.parse.machine.lift.wording import Wording
from zoll.parse.machine.lift.writing import Writer

CANARY = frozenset(["__stack_chk_fail", "__stack_chk_fail_local"])


class Lifted(Struct, frozen=True):
    """A function as lines of C, with the address of the instruction that each comes from (0 for none).

    `handed` says of functions that no table knows how many arguments calls of them show that they take.
    """

    lines: tuple[str, ...]
    addresses: tuple[int, ...]
    handed: tuple[tuple[str, int], ...] = ()


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
    referenced: Numbers = NOWHERE,
    taken: Mapping[str, int] = NOBODY,
) -> Lifted:
    """Return one function as C under a name.

    `named` says what the function at an address is called ("" for none there), `dense` whether it is Thumb, `leaving`
    which functions never come back (see `never_returns`), `referenced` the addresses that code names, in order: a table
    of jumps whose length is not known ends at the next one. `taken` says how many arguments functions take that no
    table knows. Raises `TooLong` for a function of more instructions than can be followed.
    """
    flow = _followed(image, start, size, named, dense=dense, leaving=leaving, referenced=referenced, taken=taken)
    if flow is None:
        return Lifted((f"int {name}(void) {{", "}"), (start, 0))
    lines = Writer(flow, Wording(image, named), name).write()
    texts, addresses = tuple(line.text for line in lines), tuple(line.address for line in lines)
    return Lifted(texts, addresses, () if taken else tuple(handed(flow)))


def never_returns(image: Image, sweep: Sweep) -> frozenset[int]:
    """Return the starts of the functions of a file that never come back."""

    def named(address: int) -> str:
        return sweep.names.get(address) or image.names.get(address, "")

    referenced = named_places(sweep)

    def ends(start: int, size: int, dense: bool, found: frozenset[int]) -> bool:
        flow = _followed(image, start, size, named, dense=dense, leaving=found, referenced=referenced)
        return flow is not None and not flow.comes_back

    return found_leaving(image, sweep, ends)


def named_places(sweep: Sweep) -> Numbers:
    """Return the addresses that a file's code names, each once, in order."""
    return np.unique(sweep.references[:, 1])


def _followed(
    image: Image,
    start: int,
    size: int,
    named: Callable[[int], str],
    *,
    dense: bool,
    leaving: frozenset[int],
    referenced: Numbers,
    taken: Mapping[str, int] = NOBODY,
) -> Flow | None:
    """Run a function through; None where there is no instruction."""
    processor = processor_of(image, dense=dense)
    instructions = decode(image, processor, start, size)
    if not instructions:
        return None
    switches = Switches(image, processor, instructions, referenced)
    flow = _flow(image, processor, switches, named, leaving, taken)
    if switches.learn(flow):  # what is jumped through, and how far, is known now
        flow = _flow(image, processor, switches, named, leaving, taken)
    if flow.left:  # calls through registers that never come back
        _unguard(flow.blocks, {index for index in flow.left if flow.events[index][-1].name in CANARY})
        for index in flow.left:
            flow.blocks[index].kind, flow.blocks[index].after = "next", []
        join(flow.blocks)
        flow = Flow(image, processor, flow.blocks, named, leaving=leaving, taken=taken)
    if tails_apart(flow):
        flow = Flow(image, processor, flow.blocks, named, leaving=leaving, taken=taken)
    return flow


def _flow(
    image: Image,
    processor: Processor,
    switches: Switches,
    named: Callable[[int], str],
    leaving: frozenset[int],
    taken: Mapping[str, int],
) -> Flow:
    blocks = cut(switches.instructions, processor, switches.targets)
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
    return Flow(image, processor, blocks, named, leaving=leaving, taken=taken)


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


def _unguard(blocks: Sequence[Block], fails: set[int]) -> None:
    """Let no branch lead to blocks that say that the stack's guard was broken."""
    for block in blocks:
        if block.kind == "branch" and fails.intersection(block.after):
            block.kind, block.after = "jump", [one for one in block.after if one not in fails][:1] or [-1]
