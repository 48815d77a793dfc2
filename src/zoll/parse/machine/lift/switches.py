"""Where jumps through tables lead: which table, how its entries are written, and how many the code allows.

Before such a jump code compares what it enters the table with; that says how long the table is. Where none is
found a table ends at the next place that code names, and where an entry leads to no instruction.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from zoll.parse.machine.image import NONE, Image, Numbers
from zoll.parse.machine.lift.blocks import Block, Instruction, cut, join, ordered
from zoll.parse.machine.lift.flow import Flow
from zoll.parse.machine.lift.machine import Processor
from zoll.parse.machine.lift.values import UNKNOWN, Value, condition, inner

MOST = 1024  # entries of a table
FEWEST = 3  # entries that make a table where nothing says how long it is
STEPS = 8  # blocks before a jump among which the comparison is looked for
_NEAR = 5  # instructions before a jump that may extend what was loaded
_BOUNDS = {"<": 0, ">=": 0, "<=": 1, ">": 1}  # what is added to the number compared with for the count of entries


class Jump(NamedTuple):
    """What an indirect jump is made from: its target, comparisons on the way to it, and whether entries have a sign."""

    target: Value
    asked: tuple[Value, ...]
    signed: bool = False

    @property
    def most(self) -> int:
        """How many entries the nearest comparison of what the table is entered with allows, 0 where none is found."""
        parts = set(inner(self.target))
        for asked in self.asked:
            for one in inner(asked):
                if one.kind != "condition" or one.a not in _BOUNDS or one.c.kind != "number":
                    continue
                if one.b in parts and one.b.kind != "number" and 0 < one.c.a < MOST:
                    return int(one.c.a) + _BOUNDS[one.a]
        return 0

    @property
    def widths(self) -> frozenset[int]:
        """How many bytes the loads have that the target is made with."""
        return frozenset(one.c for one in inner(self.target) if one.kind == "at")


class Switches:
    """The jumps through tables of one function; what a first run through it teaches is used in the next."""

    def __init__(
        self, image: Image, processor: Processor, instructions: list[Instruction], referenced: Numbers
    ) -> None:
        self.image, self.processor, self.instructions = image, processor, instructions
        self._referenced = referenced
        self._bounds = [one.address for one in instructions]
        self._known: dict[int, list[int]] = {}

    def targets(self, window: list[Instruction], low: int, high: int) -> list[int]:
        """Return where the jump at the end of some instructions leads; [] for what is no switch."""
        last, processor = window[-1], self.processor
        if last.address in self._known:
            return self._known[last.address]
        jump, places = self._probed(window)
        if processor.tables and (told := processor.tables(self.image, window, low, high)):
            return told[: jump.most or len(told)]
        if processor.entry and last.operands and last.operands[-1].register == processor.entry:
            return []  # holds the address of a function
        return self._read(jump, places, low, high)

    def learn(self, flow: Flow) -> bool:
        """Take what a function's run says of its jumps: say whether one leads elsewhere than was thought."""
        span = self._bounds[0], self._bounds[-1] + self.instructions[-1].size
        for index in flow.order:
            block = flow.blocks[index]
            before = sum(map(len, block.labels))
            target = flow.through.get(block.last.address) if block.kind == "away" else flow.asked.get(index)
            if block.kind not in ("switch", "away") or target is None:
                continue
            jump = Jump(target, tuple(_asked_before(flow, index)), _has_sign(block))
            if before == 0 or jump.most not in (0, before):
                places = [place for one in inner(target) for place in _addresses(one)]
                found = self._read(jump, places, *span) or (_first(flow, index, jump.most) if before else [])
                self._known |= {block.last.address: found} if found else {}
        return bool(self._known)

    def _probed(self, window: list[Instruction]) -> tuple[Jump, list[int]]:
        """Return what a jump is made from as far as the instructions before it tell, and addresses made on the way."""
        if not window[:-1]:
            return Jump(UNKNOWN, ()), []
        flow, index = _run(self.image, self.processor, window)
        machine, last = flow.machine, window[-1]
        machine.state = flow.ends[index]
        target = flow.through.get(last.address) or (machine.get(last.operands[-1]) if last.operands else UNKNOWN)
        asked = list(_asked_before(flow, index))
        flags = machine.state.flags
        if flags and last.name.endswith("ls"):  # Arm: the jump itself depends on the comparison
            asked.insert(0, condition("<=", flags.a, flags.b))
        places = [place for one in inner(target) for place in _addresses(one)]
        places += [value.a for value in machine.state.registers.values() if value.kind == "number"]
        written = [one.operands[-1] for one in window if one.operands and one.operands[-1].kind == "m"]
        places += [one.number for one in written if one.number > 0 and not one.register]
        kept = [place for place in dict.fromkeys(places) if self.image.region(place)]
        return Jump(target, tuple(asked), _has_sign(Block(window))), kept

    def _read(self, jump: Jump, places: Sequence[int], low: int, high: int) -> list[int]:
        """Return where the entries of a table at one of some places lead: first as many as are allowed, else fewer."""
        count = jump.most
        if count > 1 and (found := table_targets(self.image, places, low, high, self._bounds, jump=jump, whole=True)):
            return found
        return table_targets(self.image, places, low, high, self._bounds, jump=jump, ends=self._referenced)


def _run(image: Image, processor: Processor, window: list[Instruction]) -> tuple[Flow, int]:
    """Run instructions with the ways between them, or as they stand where none leads to the last; and its block."""
    blocks = cut(window, processor, lambda *_: [])
    if len(blocks) - 1 not in ordered(blocks):
        blocks = [Block(window[:-1])]
    join(blocks)
    return Flow(image, processor, blocks, lambda _: "", probing=True), len(blocks) - 1


def _first(flow: Flow, index: int, count: int) -> list[int]:
    """Return where the first entries of a table lead, -1 for what leads out."""
    block = flow.blocks[index]
    led = {label: after for after, labels in zip(block.after, block.labels, strict=True) for label in labels}
    return [
        min(one.address for one in flow.blocks[after].instructions) if after >= 0 else -1
        for label, after in sorted(led.items())
        if label < count
    ]


def _asked_before(flow: Flow, index: int) -> Iterable[Value]:
    """Yield what the branches ask that are passed on the way to a block, nearest first, up to where ways meet."""
    for _ in range(STEPS):
        befores = flow.blocks[index].before
        yield from (flow.asked[one] for one in befores if flow.blocks[one].kind == "branch" and one in flow.asked)
        if len(befores) != 1 or befores[0] == index:
            return
        index = befores[0]


def _has_sign(block: Block) -> bool:
    return any("sxt" in one.text or one.name.startswith(("sxt", "ldrs")) for one in block.instructions[-_NEAR:])


def _addresses(value: Value) -> list[int]:
    if value.kind == "number":
        return [value.a]
    return [value.b] if value.kind == "at" and value.b > 0 else []


def table_targets(
    image: Image,
    places: Sequence[int],
    low: int,
    high: int,
    bounds: Sequence[int],
    *,
    jump: Jump,
    whole: bool = False,
    ends: Numbers = NONE,
) -> list[int]:
    """Return where the entries of a jump table at one of some places lead, [] if none of them looks like one.

    Entries are addresses, or distances from the table or from a place in the code, in four, eight, two or one bytes.
    `bounds` are the starts of instructions, ascending: an entry leads to one of them. `whole` asks for as many as the
    jump's comparison allows; else there are at least three, and the table ends at the next one of `ends`.
    """
    for place in places:
        for size, times, base in _written(image, jump, place, [one for one in places if low <= one <= high]):
            most = jump.most or MOST
            if not whole:
                at = int(np.searchsorted(ends, place, side="right"))
                most = min(most, (int(ends[at]) - place) // size) if at < len(ends) else most
            entries = _entries(image, image.bytes_at(place, size * most), size, times, base, jump.signed)
            found = _leading(entries, (low, high), bounds)
            if len(found) == jump.most if whole else len(found) >= FEWEST:
                return found
    return []


def _written(image: Image, jump: Jump, place: int, inside: Sequence[int]) -> list[tuple[int, int, int]]:
    """Return how entries may be written: bytes, what they are multiplied with, and what they count from."""
    word = image.bits // 8
    near = [image.global_pointer] if image.global_pointer else []
    forms = [
        *((4, 1, base) for base in (place, *near)),
        *((word, 1, base) for base in (*near, 0)),
        *((4, 1, base) for base in inside),
        *((width, 4, base) for width in (1, 2) for base in inside),
    ]
    return [form for form in forms if form[0] in jump.widths] or forms


def _entries(image: Image, raw: bytes, size: int, times: int, base: int, sign: bool) -> Iterator[int]:
    even = ~1 if image.processor == "arm" else -1  # the lowest bit says Thumb
    for at in range(0, len(raw) - size + 1, size):
        entry = raw[at : at + size]
        has_sign = base != 0 if times == 1 else sign
        yield (base + int.from_bytes(entry, "big" if image.big else "little", signed=has_sign) * times) & even


def _leading(targets: Iterable[int], span: tuple[int, int], bounds: Sequence[int]) -> list[int]:
    """Return the targets up to the first that is no instruction of the function."""
    found: list[int] = []
    for target in targets:
        place = bisect_left(bounds, target)
        if not span[0] <= target < span[1] or place >= len(bounds) or bounds[place] != target:
            break
        found.append(target)
    return found
