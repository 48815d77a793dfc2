"""32-bit ARM: A32 and Thumb-2. Conditions of single instructions become choices of values, or branches around them."""

from collections.abc import Sequence
from functools import cache, lru_cache

import capstone

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.blocks import Instruction
from zoll.parse.machine.lift.machine import Condition, Machine, Processor, Semantics
from zoll.parse.machine.lift.operands import Operand
from zoll.parse.machine.lift.processors.arm_names import BASES, CONDITIONS, FLOAT_MOVES, LOADS, SIGNS, STORES
from zoll.parse.machine.lift.semantics import (
    Operands,
    against,
    bit_set,
    compare,
    load,
    move,
    nothing,
    operate,
    shifted,
    store,
    write_back,
)
from zoll.parse.machine.lift.values import MASK, UNKNOWN, ZERO, Value, binary, inverted, node, number, pick

MOVES = frozenset(["mov", "movs", "ldr", "add", "adds"])
OTHER = {"eq": 0, "ne": 4, "mi": 0, "lt": 0, "lo": 0, "cc": 0, "le": 0, "ls": 0, "pl": 8, "ge": 8, "hs": 8, "cs": 8}
OTHER |= {"gt": 4, "hi": 4}  # flags (N Z C V) for which a condition fails


def _push(machine: Machine, given: Operands) -> None:
    _store_many("sp", given[-1].registers, machine, down=True)


def _pop(machine: Machine, given: Operands) -> None:
    _load_many("sp", given[-1].registers, machine)


def _wide(name: str) -> int:
    return 8 if name[0] == "d" else 16 if name[0] == "q" else 4


def _store_many(base: str, names: Sequence[str], machine: Machine, *, down: bool, back: bool = True) -> None:
    total = sum(map(_wide, names))
    start = machine.register(base)
    place = binary("-", start, number(total)) if down else start
    if back:
        machine.set(base, place if down else binary("+", start, number(total)))
    for name in names:
        machine.store(place, _wide(name), machine.register(name))
        place = binary("+", place, number(_wide(name)))


def _load_many(base: str, names: Sequence[str], machine: Machine, *, down: bool = False, back: bool = True) -> None:
    total = sum(map(_wide, names))
    start = machine.register(base)
    place = first = binary("-", start, number(total)) if down else start
    for name in names:
        machine.set(name, machine.load(place, _wide(name)))
        place = binary("+", place, number(_wide(name)))
    if back:
        machine.set(base, first if down else place)


def _many(*, stores: bool, down: bool) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        base, back = given[0].register, given[0].mark == "!"
        (_store_many if stores else _load_many)(base, given[-1].registers, machine, down=down, back=back)

    return run


def _pair(*, stores: bool) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        place = machine.place(given[2])
        for index, operand in enumerate(given[:2]):
            at = binary("+", place, number(4 * index))
            if stores:
                machine.store(at, 4, machine.get(operand))
            else:
                machine.set(operand.register, machine.load(at, 4))
        write_back(machine, given)

    return run


def _high(machine: Machine, given: Operands) -> None:
    """`movt`: the upper half of a register is replaced."""
    rest = binary("&", machine.get(given[0]), number(0xFFFF))
    machine.put(given[0], binary("|", rest, number(given[1].number << 16)))


def _not(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("^", shifted(machine, given, 1), number(-1)))


def _not_flags(machine: Machine, given: Operands) -> None:
    _not(machine, given)
    machine.compare(machine.get(given[0]), ZERO)


def _clear(machine: Machine, given: Operands) -> None:
    at = len(given) - (2 if given[-1].kind == "s" else 1)
    mask = binary("^", shifted(machine, given, at), number(-1))
    machine.put(given[0], binary("&", machine.get(given[max(at - 1, 0)]), mask))


def _reverse(machine: Machine, given: Operands) -> None:
    """`rsb`: what is subtracted comes first."""
    one, two = machine.get(given[-2] if given[-1].kind != "s" else given[-3]), given[-1]
    taken = shifted(machine, given, len(given) - 2) if two.kind == "s" else machine.get(two)
    machine.compare(taken, one)
    machine.put(given[0], binary("-", taken, one))


def _reverse_silent(machine: Machine, given: Operands) -> None:
    flags = machine.state.flags
    _reverse(machine, given)
    machine.state.flags = flags


def _multiply_add(sign: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        product = binary("*", machine.get(given[1]), machine.get(given[2]))
        machine.put(given[0], binary(sign, machine.get(given[3]), product))

    return run


def _bits(machine: Machine, given: Operands) -> None:
    held = binary(">>", machine.get(given[1]), number(given[2].number))
    machine.put(given[0], binary("&", held, number((1 << given[3].number) - 1)))


def _bits_cleared(machine: Machine, given: Operands) -> None:
    mask = ((1 << given[2].number) - 1) << given[1].number
    machine.put(given[0], binary("&", machine.get(given[0]), number(MASK ^ mask)))


def _two(machine: Machine, given: Operands) -> None:
    """Products of 64 bits: both halves are unknown."""
    for one in given[:2]:
        machine.put(one, UNKNOWN)


def _leading_zeros(machine: Machine, given: Operands) -> None:
    machine.put(given[0], node("clz", machine.get(given[1])))


def _tested(machine: Machine, given: Operands) -> None:
    one, two = machine.get(given[0]), shifted(machine, given, 1)
    machine.compare(binary("^", one, two), ZERO)


def _address(machine: Machine, given: Operands) -> None:
    """`adr`: a distance from the code, cut down to whole words."""
    machine.put(given[0], number(((machine.address + machine.processor.ahead) & ~3) + given[-1].number, address=True))


def _flags_unknown(machine: Machine, given: Operands) -> None:
    if given and given[0].register.lower().startswith("apsr"):
        machine.state.flags = None
    else:
        machine.put(given[0], UNKNOWN)


def _moved(machine: Machine, given: Operands) -> None:
    """`movs`: moves and tells of what it moved."""
    move()(machine, given)
    machine.compare(machine.get(given[0]), ZERO)


def _exclusive(machine: Machine, given: Operands) -> None:
    """`strex`: writes, and says in the first operand that it went well."""
    machine.store(machine.place(given[2]), 4, machine.get(given[1]))
    machine.put(given[0], ZERO)


def _asked(letters: str) -> Condition:
    operator = CONDITIONS[letters]

    def ask(machine: Machine, _given: Operands) -> Value:
        if not operator:
            return UNKNOWN
        flags = machine.state.flags
        if letters in ("mi", "pl") and flags and flags.b == ZERO and flags.before is None:
            tested = bit_set(flags.a, 32)
            if tested is not None:
                return tested if letters == "mi" else inverted(tested)
        return machine.holds(operator)

    return ask


def _if(letters: str, run: Semantics, *, compares: bool) -> Semantics:
    """Return what an instruction does that runs only if a condition holds: each register becomes a choice."""
    asks = _asked(letters)

    def only_if(machine: Machine, given: Operands) -> None:
        asked, before = asks(machine, ()), machine.state
        machine.state = before.copy()
        held = machine.state.registers
        for name, value in held.items():
            if value.kind == "pick" and value.a == asked:
                held[name] = value.b
        begun = dict(held)
        run(machine, given)
        after, machine.state = machine.state, before
        for name, value in after.registers.items():
            if begun.get(name) is not value:
                before.registers[name] = pick(asked, value, before.registers.get(name, UNKNOWN))
        if compares and after.flags:
            machine.compare_if(asked, after.flags.a, after.flags.b, OTHER.get(letters, 0))

    return only_if


@cache
def _plain() -> dict[str, Semantics]:
    found: dict[str, Semantics] = {
        "push": _push,
        "vpush": _push,
        "pop": _pop,
        "vpop": _pop,
        "return": _returned,
        "stm": _many(stores=True, down=False),
        "stmdb": _many(stores=True, down=True),
        "ldm": _many(stores=False, down=False),
        "ldmdb": _many(stores=False, down=True),
        "ldrd": _pair(stores=False),
        "strd": _pair(stores=True),
        "movt": _high,
        "mvn": _not,
        "mvns": _not_flags,
        "movs": _moved,
        "bic": _clear,
        "bics": _clear,
        "rsb": _reverse_silent,
        "rsbs": _reverse,
        "mla": _multiply_add("+"),
        "mls": _multiply_add("-"),
        "ubfx": _bits,
        "sbfx": _bits,
        "bfc": _bits_cleared,
        "teq": _tested,
        "clz": _leading_zeros,
        "adr": _address,
        "vmrs": _flags_unknown,
        "strex": _exclusive,
        "cmp": compare(),
        "cmn": compare("+"),
        "tst": compare("&"),
        "ldr": load(4),
        "ldrex": load(4),
        "str": store(4),
        "vldr": _float_load,
        "vstr": _float_store,
    }
    found |= {f"{one}ia": found[one] for one in ("stm", "ldm")} | {"stmfd": found["stmdb"], "ldmfd": found["ldm"]}
    found |= {f"v{one}": found[one] for one in ("stm", "stmia", "stmdb", "ldm", "ldmia", "ldmdb")}
    found |= dict.fromkeys(["umull", "smull", "umlal", "smlal", "umulls", "smulls", "umaal"], _two)
    found |= dict.fromkeys(["mov", "movw", "uxtb", "uxth", "sxtb", "sxth", "cpy"], move())
    found |= {name: operate(sign) for name, sign in SIGNS.items()}
    found |= {f"{name}s": operate(sign, flags=True, compared=name == "sub") for name, sign in SIGNS.items()}
    found |= {name: load(size) for name, size in LOADS.items()} | {name: store(size) for name, size in STORES.items()}
    found |= dict.fromkeys(
        [
            "nop",
            "it",
            "dmb",
            "dsb",
            "isb",
            "pld",
            "pli",
            "pldw",
            "yield",
            "sev",
            "wfe",
            "wfi",
            "bti",
            "clrex",
            "udf",
            "hint",
            "vmsr",
        ],
        nothing,
    )
    return found | dict.fromkeys(FLOAT_MOVES, move())


def _float_load(machine: Machine, given: Operands) -> None:
    load(_wide(given[0].register))(machine, given)


def _float_store(machine: Machine, given: Operands) -> None:
    store(_wide(given[0].register))(machine, given)


def _returned(machine: Machine, given: Operands) -> None:
    if given and given[-1].kind == "l":
        _load_many(given[0].register, given[-1].registers, machine)


@cache
def _semantics() -> dict[str, Semantics]:
    found = dict(_plain())
    for name, run in _plain().items():
        compares = name in ("cmp", "cmn", "tst", "teq") or (name.endswith("s") and name[:-1] in SIGNS)
        for letters in CONDITIONS:
            found[f"{name}.{letters}"] = _if(letters, run, compares=compares)
    return found


# what capstone prints brought to names that say one thing each


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


# tables and numbers that stand in the code


def beside(image: Image, one: Instruction, low: int, high: int) -> tuple[int, int]:
    """Return the bytes in the code, from and to, that an instruction reads: they are no code. (0, 0) for none."""
    name = one.name
    if name.startswith(("tbb", "tbh")):
        found = _dense_table(image, one, low, high)
        return one.address + 4, one.address + 4 + (len(found) * (1 if name == "tbb" else 2) + 1 & ~1)
    last = one.operands[-1] if one.operands else None
    if last is None or last.kind != "m" or last.register != "pc" or not name.startswith(("ldr", "vldr")):
        return 0, 0
    thumb = one.size == 2 or one.name.endswith(".w") or one.address & 3
    place = (one.address + (4 if thumb else 8) & ~3) + last.number
    if last.indexed:
        return place, place + 4 * len(_words(image, place, low, high))
    return place, place + (8 if name.startswith("vldr") and one.operands[0].register[0] == "d" else 4)


def tables(image: Image, window: Sequence[Instruction], low: int, high: int) -> list[int]:
    """Return where a jump through a table behind it leads."""
    last = window[-1]
    held = last.operands[-1] if last.operands else None
    if last.text.startswith("[pc, ") and held is not None:
        return _dense_table(image, last, low, high)
    if last.text.startswith("pc, [pc, ") and held is not None:
        thumb = last.size == 2 or last.address & 2 or any(one.size == 2 for one in window)
        return _words(image, (last.address + (4 if thumb else 8) & ~3), low, high)
    if last.text.startswith("pc, pc, "):
        return _ladder(window, (last.address & ~3) + 8, low, high)
    return []


def _dense_table(image: Image, one: Instruction, low: int, high: int) -> list[int]:
    start = one.address + 4
    width = 2 if "lsl" in one.text else 1
    end, found = high, []
    raw = image.bytes_at(start, 1024)
    for at in range(0, len(raw) - width + 1, width):
        target = start + 2 * int.from_bytes(raw[at : at + width], "little")
        if start + at >= end or not low <= target < high:
            break
        end = min(end, target) if target > start else end
        found.append(target)
    return found


def _words(image: Image, place: int, low: int, high: int) -> list[int]:
    end, found = high, []
    raw = image.bytes_at(place, 4096)
    for at in range(0, len(raw) - 3, 4):
        target = int.from_bytes(raw[at : at + 4], "little") & ~1
        if place + at >= end or not low <= target < high:
            break
        end = min(end, target) if target > place else end
        found.append(target)
    return found


def _ladder(window: Sequence[Instruction], start: int, low: int, high: int) -> list[int]:
    """`add pc, pc, x, lsl #2`: branches stand behind it, as many as the comparison before allows."""
    counts = [one.operands[1].number for one in window if one.name == "cmp" and one.operands[1].kind == "i"]
    found = [start + 4 * index for index in range(counts[-1] + 1)] if counts and counts[-1] < 1024 else []
    return [one for one in found if low <= one < high]


def _returns(name: str, _given: Operands) -> bool:
    return name == "return"


def _aliases() -> dict[str, str]:
    return {"r9": "sb", "r10": "sl", "r11": "fp", "r12": "ip", "r13": "sp", "r14": "lr", "r15": "pc"}


def _branches() -> dict[str, Condition]:
    found = {f"b{letters}": _asked(letters) for letters in CONDITIONS}
    return found | {"cbz": against("==", zero=True), "cbnz": against("!=", zero=True)}


def processor(_image: Image, *, dense: bool) -> Processor:
    """Return the table of A32, or of Thumb."""
    return Processor(
        arch=capstone.CS_ARCH_ARM,
        mode=capstone.CS_MODE_THUMB if dense else capstone.CS_MODE_ARM,
        word=4,
        arguments=("r0", "r1", "r2", "r3"),
        result="r0",
        stack="sp",
        clobbered=frozenset(["r0", "r1", "r2", "r3", "ip", "lr"]),
        semantics=_semantics(),
        branches=_branches(),
        calls=frozenset(["bl", "blx"]),
        jumps=frozenset(["b", "jump"]),
        leaves=_returns,
        stops=frozenset(["udf", "bkpt"]),
        aliases=_aliases(),
        counter="pc",
        ahead=4 if dense else 8,
        stacked=0,
        spilled=0,
        system={"svc": "r7"},
        prepare=prepare,
        beside=beside,
        tables=tables,
    )
