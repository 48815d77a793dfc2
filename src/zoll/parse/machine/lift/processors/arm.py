"""32-bit ARM: A32 and Thumb-2. Conditions of single instructions become choices of values, or branches around them."""

from collections.abc import Sequence
from functools import cache

import capstone

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.machine import Condition, Machine, Processor, Semantics
from zoll.parse.machine.lift.processors.arm_forms import prepare
from zoll.parse.machine.lift.processors.arm_names import CONDITIONS, FLOAT_MOVES, LOADS, QUIET, SIGNS, STORES
from zoll.parse.machine.lift.processors.arm_pools import beside, tables
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
    swap,
    write_back,
)
from zoll.parse.machine.lift.values import MASK, UNKNOWN, ZERO, Value, binary, inverted, node, number, pick

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


def _many_moves() -> dict[str, Semantics]:
    found = {
        "stm": _many(stores=True, down=False),
        "stmdb": _many(stores=True, down=True),
        "ldm": _many(stores=False, down=False),
        "ldmdb": _many(stores=False, down=True),
    }
    found |= {f"{one}ia": found[one] for one in ("stm", "ldm")} | {"stmfd": found["stmdb"], "ldmfd": found["ldm"]}
    found |= {f"v{one}": found[one] for one in ("stm", "stmia", "stmdb", "ldm", "ldmia", "ldmdb")}
    found |= dict.fromkeys(("push", "vpush"), _push) | dict.fromkeys(("pop", "vpop"), _pop)
    return found | {"return": _returned, "ldrd": _pair(stores=False), "strd": _pair(stores=True)}


def _moves() -> dict[str, Semantics]:
    found: dict[str, Semantics] = {"movt": _high, "movs": _moved, "adr": _address, "vmrs": _flags_unknown}
    found |= {"ldr": load(4), "ldrex": load(4), "str": store(4), "strex": _exclusive}
    found |= {"vldr": _float_load, "vstr": _float_store}
    found |= {name: load(size) for name, size in LOADS.items()} | {name: store(size) for name, size in STORES.items()}
    found |= dict.fromkeys(("mov", "movw", "uxtb", "uxth", "sxtb", "sxth", "cpy", *FLOAT_MOVES), move())
    return found


@cache
def _plain() -> dict[str, Semantics]:
    found: dict[str, Semantics] = {
        "mvn": _not,
        "mvns": _not_flags,
        "bic": _clear,
        "bics": _clear,
        "rsb": _reverse_silent,
        "rsbs": _reverse,
        "mla": _multiply_add("+"),
        "mls": _multiply_add("-"),
        "ubfx": _bits,
        "sbfx": _bits,
        "bfc": _bits_cleared,
        "clz": _leading_zeros,
        "rev": swap(4),
        "rev16": swap(2),
        "teq": _tested,
        "cmp": compare(),
        "cmn": compare("+"),
        "tst": compare("&"),
    }
    found |= dict.fromkeys(("umull", "smull", "umlal", "smlal", "umulls", "smulls", "umaal"), _two)
    found |= {name: operate(sign) for name, sign in SIGNS.items()}
    found |= {f"{name}s": operate(sign, flags=True, compared=name == "sub") for name, sign in SIGNS.items()}
    return found | _many_moves() | _moves() | dict.fromkeys(QUIET.split(), nothing)


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
        asked_with=("r0", "r1", "r2", "r3", "r4", "r5"),
        prepare=prepare,
        beside=beside,
        tables=tables,
    )
