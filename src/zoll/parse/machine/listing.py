"""A function as its instructions, with the names, texts and places that they speak of in the margin."""

from collections.abc import Callable
from contextlib import suppress

from msgspec import Struct

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.blocks import Instruction, TooLong, decode
from zoll.parse.machine.lift.machine import Machine
from zoll.parse.machine.lift.processors import processor_of
from zoll.parse.machine.lift.values import UNKNOWN, Value
from zoll.parse.machine.lift.wording import Wording

LONGEST = 80


class Line(Struct, frozen=True):
    """One instruction as it is printed, where it stands (virtual address), and what it names."""

    address: int
    text: str
    note: str = ""


def listed(
    image: Image, start: int, size: int, named: Callable[[int], str], *, dense: bool = False
) -> tuple[Line, ...]:
    """Return a function's instructions in order; `named` says what stands at an address. Nothing for one too long."""
    processor = processor_of(image, dense=dense)
    try:
        instructions = decode(image, processor, start, size)
    except TooLong:
        return ()
    machine, wording = Machine(image, processor, named), Wording(image, named)
    machine.state = machine.begin(start)
    return tuple(
        Line(one.address, f"{one.name} {one.text}".strip(), _note(machine, wording, one)) for one in instructions
    )


def _note(machine: Machine, wording: Wording, one: Instruction) -> str:
    """Return what an instruction names; values are followed from one line to the next, whatever jumps there."""
    machine.address, machine.following, machine.events = one.address, one.address + one.size, []
    if one.name in machine.processor.calls:
        target = machine.get(one.operands[-1]) if one.operands else UNKNOWN
        name, _ = machine.callee(target)
        machine.call(target)  # what registers held before is no longer in them
        return _marked(machine.image, name, target.a if target.kind == "number" else -1)
    if one.target >= 0 and (name := machine.named(one.target)):
        return _marked(machine.image, name, one.target)
    said = _meant(machine, one)
    run = machine.processor.semantics.get(one.name)
    if run:
        with suppress(IndexError):  # bytes that are no code
            run(machine, one.operands)
    if not said and one.operands and one.operands[0].kind == "r":
        said = machine.register(one.operands[0].register)
    letters = next(filter(None, (_letters(operand.number) for operand in one.operands if operand.kind == "i")), "")
    if letters:
        return letters
    if said is None or said.kind not in ("number", "name") or (said.kind == "number" and not said.b):
        return ""
    words = wording.say(said)
    return "" if words in ("&global", "code") else words[:LONGEST]


def _marked(image: Image, name: str, address: int) -> str:
    """Return a name, with a word to say so where the file does not tell it: a library's function was known again."""
    return f"{name} (recognised)" if image.recognised.get(address) == name else name


def _letters(number: int) -> str:
    """Return the letters that a constant of four or eight bytes is made of, as they stand in memory of low byte first.

    >>> _letters(0x6B636162)
    "'back'"
    """
    raw = number.to_bytes(8, "little").rstrip(b"\0") if 0 < number < 1 << 64 else b""
    return f"'{raw.decode('ascii')}'" if len(raw) in (4, 8) and all(32 < byte < 127 for byte in raw) else ""


def _meant(machine: Machine, one: Instruction) -> Value | None:
    """Return the address or import that a memory operand names, None where it is no fixed one."""
    for operand in one.operands:
        if operand.kind == "m":
            place = machine.place(operand)
            if place.kind == "number" and place.a in machine.image.slots:
                return Value("name", machine.image.slots[place.a])
            if place.kind == "number" and place.b:
                return place
    return None
