"""A32 and Thumb-2 as capstone prints them, brought to names that say one thing each; conditions to branches."""

from functools import lru_cache

from zoll.parse.machine.lift.blocks import Instruction
from zoll.parse.machine.lift.operands import Operand
from zoll.parse.machine.lift.processors.arm_names import BASES, CONDITIONS, SIGNS, STORES
from zoll.parse.machine.lift.semantics import Operands

MOVES = frozenset(["mov", "movs", "ldr", "add", "adds"])


@lru_cache(maxsize=1 << 13)
def _named(name: str) -> tuple[str, str]:
    """Return an instruction's name and its condition, "" for none.

    >>> _named("ldrbne.w")
    ('ldrb', 'ne')
    """
    name = name.removesuffix(".w").removesuffix(".n")
    head, dot, tail = name.partition(".")
    if head in BASES or name.startswith("it"):
        return ("it" if name.startswith("it") else name), ""
    if head[-2:] in CONDITIONS and (head[:-2] in BASES or head[0] == "v"):
        return head[:-2] + dot + tail, head[-2:]
    if head[:-3] in BASES and head[-1] == "s" and head[-3:-1] in CONDITIONS:
        return head[:-3] + "s", head[-3:-1]
    return name, ""


def _control(name: str, given: Operands) -> tuple[str, Operands] | None:
    """Return how an instruction leaves, None if it goes on: into "return", "jump" (through what), "b" or a call."""
    last = given[-1] if given else None
    if name in ("b", "bl", "blx"):
        return name, given
    if name in ("bx", "bxj") and last:
        return ("return", ()) if last.register == "lr" else ("jump", given)
    if name in ("pop", "ldm", "ldmia", "ldmfd") and last and "pc" in last.registers:
        base = Operand("r", "sp" if name == "pop" else given[0].register)
        return "return", (base, Operand("l", registers=last.registers))
    if name in ("tbb", "tbh") and last:
        return "jump", (Operand("r", last.indexed),)
    if given and given[0].register == "pc" and given[0].kind == "r" and name in MOVES:
        back = name == "ldr" and any(one.register == "sp" for one in given[1:])
        if back or (last and last.register == "lr"):
            return "return", ()
        indexed = [one for one in given[1:] if one.kind != "s"][-1:]
        if last and last.kind == "m" and last.register == "pc" and last.indexed:
            indexed = [Operand("r", last.indexed)]
        return "jump", tuple(indexed)
    return None


def prepare(instructions: list[Instruction]) -> list[Instruction]:
    """Bring names to one form; an instruction that leaves, calls or writes under a condition is branched around."""
    made: list[Instruction] = []
    named = [_named(one.name) for one in instructions]
    index = 0
    while index < len(instructions):
        name, letters = named[index]
        leaving = _control(name, instructions[index].operands)
        if letters and not (name == "b" and instructions[index].target >= 0):
            end = index + 1
            while end < len(instructions) and named[end][1] == letters and named[end - 1][0] not in ENDS:
                end += 1
            made += _run(instructions[index:end], [one[0] for one in named[index:end]], letters)
            index = end
            continue
        made.append(_formed(instructions[index], name, letters, leaving))
        index += 1
    return made


ENDS = frozenset(["cmp", "cmn", "tst", "teq", *(f"{name}s" for name in SIGNS), "movs", "bl", "blx", "b"])
WRITES = frozenset(["push", "stm", "stmia", "stmdb", "strd", *STORES, "str", "bl", "blx", "b", "svc", "vstr", "pop"])


def _formed(one: Instruction, name: str, letters: str, leaving: tuple[str, Operands] | None) -> Instruction:
    if leaving:
        name, given = leaving
        return one._replace(name=f"b{letters}" if name == "b" else name, operands=given)
    return one._replace(name=name)


def _run(run: list[Instruction], names: list[str], letters: str) -> list[Instruction]:
    """Write instructions of one condition: as choices, or behind a branch if they do more than compute."""
    leaving = [_control(name, one.operands) for name, one in zip(names, run, strict=True)]
    if not any(leaving) and not WRITES.intersection(names):
        return [one._replace(name=f"{name}.{letters}") for one, name in zip(run, names, strict=True)]
    first, end = run[0], run[-1].address + run[-1].size
    around = first._replace(name=f"b{OPPOSITE[letters]}", size=1, operands=(Operand("i", number=end),))
    formed = [_formed(one, name, "", way) for one, name, way in zip(run, names, leaving, strict=True)]
    # the first one moves by a byte, so that a branch to it meets the branch around it
    return [around, formed[0]._replace(address=first.address + 1, size=first.size - 1), *formed[1:]]


OPPOSITE = {"eq": "ne", "cs": "cc", "hs": "lo", "mi": "pl", "vs": "vc", "hi": "ls", "ge": "lt", "gt": "le"}
OPPOSITE |= {other: one for one, other in OPPOSITE.items()}
