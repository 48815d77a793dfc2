"""Comparisons of one text that a compiler spread over several branches: four letters, then two, then the end."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from zoll.parse.machine.lift.flow import Flow
from zoll.parse.machine.lift.values import Value, inverted, node
from zoll.parse.machine.lift.wording import Wording, atoms


class Chain(NamedTuple):
    """What some blocks that follow each other ask together, and where that leads: if it holds, and if not."""

    asked: Value
    taken: int
    other: int
    blocks: tuple[int, ...]


class Written(Protocol):
    """What a chain is looked for in."""

    flow: Flow
    wording: Wording
    exits: set[int]
    set_before: dict[int, list[Value]]

    def returned(self, index: int, after: int) -> Value | None:
        """Return what a short way out returns."""


def chain(writer: Written, index: int, asked: Value) -> Chain:
    """Return what a block asks, with what the blocks behind it ask of the next letters of the same text."""
    taken, other = writer.flow.blocks[index].after
    single = Chain(asked, taken, other, (index,))
    first = _equal(asked, (taken, other))
    if first is None or first.other < 0:
        return single
    found = Chain(first.asked, first.taken, first.other, (index,))
    while longer := _longer(writer, found):
        found = longer
    return found if len(found.blocks) > 1 else single


def _equal(asked: Value, after: Sequence[int]) -> Chain | None:
    """Return a condition the way round that asks whether something is equal, None where it asks something else."""
    if asked.kind == "both" or (asked.kind == "condition" and asked.a == "=="):
        return Chain(asked, after[0], after[1], ())
    if (asked.kind == "not" and asked.a.kind == "both") or (asked.kind == "condition" and asked.a == "!="):
        return Chain(inverted(asked), after[1], after[0], ())
    return None


def _longer(writer: Written, found: Chain) -> Chain | None:
    """Return a chain with the block behind it, None where that does anything else or leads elsewhere."""
    flow, behind = writer.flow, found.taken
    if behind < 0 or behind in writer.exits or behind not in flow.asked or flow.events[behind]:
        return None
    block = flow.blocks[behind]
    if block.kind != "branch" or block.before != [found.blocks[-1]] or writer.set_before.get(behind):
        return None
    further = _equal(flow.asked[behind], block.after)
    if further is None or further.other != found.other:
        return None
    both = node("both", found.asked, further.asked)
    same = writer.returned(behind, found.other) == writer.returned(found.blocks[0], found.other)
    if not same or both.kind != "both" or not writer.wording.joined(atoms(both)):
        return None
    return Chain(both, further.taken, found.other, (*found.blocks, behind))
