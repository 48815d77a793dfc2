"""arm64 (A64)."""

from functools import cache

import capstone

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.machine import Condition, Machine, Processor, Semantics
from zoll.parse.machine.lift.processors import arm_names
from zoll.parse.machine.lift.semantics import (
    Operands,
    address,
    against,
    compare,
    flag,
    load,
    move,
    nothing,
    operate,
    put_condition,
    shift_field,
    store,
    swap,
    write_back,
)
from zoll.parse.machine.lift.values import MASK, ZERO, Value, binary, condition, node, number, pick

CONDITIONS = {letters: operator for letters, operator in arm_names.CONDITIONS.items() if operator}
LOADS = {"ldrb": 1, "ldrsb": 1, "ldrh": 2, "ldrsh": 2, "ldrsw": 4, "ldurb": 1, "ldurh": 2, "ldursw": 4, "ldursb": 1}
LOADS |= {"ldarb": 1, "ldarh": 2, "ldursh": 2, "ldxrb": 1, "ldaxrb": 1}
STORES = {"strb": 1, "strh": 2, "sturb": 1, "sturh": 2, "stlrb": 1, "stlrh": 2}
WIDTHS = {"b": 1, "h": 2, "s": 4, "w": 4, "d": 8, "x": 8, "q": 16}


def _aliases() -> dict[str, str]:
    return {f"w{index}": f"x{index}" for index in range(31)} | {"wsp": "sp", "fp": "x29", "lr": "x30", "wzr": "xzr"}


def _width(name: str) -> int:
    return WIDTHS.get(name[0], 8)


def _load(machine: Machine, given: Operands) -> None:
    load(_width(given[0].register))(machine, given)


def _store(machine: Machine, given: Operands) -> None:
    store(_width(given[0].register))(machine, given)


def _pair(machine: Machine, given: Operands, *, stores: bool) -> None:
    width = _width(given[0].register)
    place = machine.place(given[2])
    for index, operand in enumerate(given[:2]):
        at = binary("+", place, number(index * width))
        if stores:
            machine.store(at, width, machine.get(operand))
        else:
            machine.set(operand.register, machine.load(at, width))
    write_back(machine, given)


def _load_pair(machine: Machine, given: Operands) -> None:
    _pair(machine, given, stores=False)


def _store_pair(machine: Machine, given: Operands) -> None:
    _pair(machine, given, stores=True)


def _keep(machine: Machine, given: Operands) -> None:
    """`movk`: sixteen bits of a register are replaced."""
    at = given[2].number if len(given) > 2 else 0
    held = machine.get(given[0])
    rest = binary("&", held, number(MASK ^ (0xFFFF << at)))
    machine.put(given[0], binary("|", rest, number(given[1].number << at)))


def _not(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("^", machine.get(given[1]), number(-1)))


def _negative(machine: Machine, given: Operands) -> None:
    shift = given[2].number if len(given) > 2 else 0
    machine.put(given[0], number(~(given[1].number << shift)))


def _negate(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("-", ZERO, machine.get(given[1])))


def _clear(machine: Machine, given: Operands) -> None:
    two = machine.get(given[2])
    machine.put(given[0], binary("&", machine.get(given[1]), binary("^", two, number(-1))))


def _select(change: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        asked = machine.holds(CONDITIONS.get(given[3].register, "=="))
        two = machine.get(given[2])
        if change == "+":
            two = binary("+", two, number(1))
        elif change:
            two = binary("^", two, number(-1)) if change == "^" else binary("-", ZERO, two)
        machine.put(given[0], pick(asked, machine.get(given[1]), two))

    return run


def _set(machine: Machine, given: Operands) -> None:
    put_condition(CONDITIONS.get(given[1].register, "=="))(machine, given)


def _set_mask(machine: Machine, given: Operands) -> None:
    asked = machine.holds(CONDITIONS.get(given[1].register, "=="))
    machine.put(given[0], pick(asked, number(-1), ZERO))


def _compare_if(machine: Machine, given: Operands) -> None:
    before = machine.holds(CONDITIONS.get(given[3].register, "=="))
    machine.compare_if(before, machine.get(given[0]), machine.get(given[1]), given[2].number)


def _compare_negative_if(machine: Machine, given: Operands) -> None:
    before = machine.holds(CONDITIONS.get(given[3].register, "=="))
    machine.compare_if(before, machine.get(given[0]), binary("-", ZERO, machine.get(given[1])), given[2].number)


def _reverse(machine: Machine, given: Operands) -> None:
    swap(_width(given[0].register))(machine, given)


def _change(change: str) -> Semantics:
    """Return `cinc` and its like: a register changed if a condition holds."""

    def run(machine: Machine, given: Operands) -> None:
        held = machine.get(given[1])
        asked = machine.holds(CONDITIONS.get(given[2].register, "=="))
        changed = binary("-", ZERO, held) if change == "-" else binary(change, held, number(1 if change == "+" else -1))
        machine.put(given[0], pick(asked, changed, held))

    return run


def _negative_product(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("-", ZERO, binary("*", machine.get(given[1]), machine.get(given[2]))))


def _bits(machine: Machine, given: Operands) -> None:
    """`ubfx`, `sbfx`: some bits of a register, from one place, so many."""
    held = binary(">>", machine.get(given[1]), number(given[2].number))
    machine.put(given[0], binary("&", held, number((1 << given[3].number) - 1)))


def _multiply_add(sign: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        product = binary("*", machine.get(given[1]), machine.get(given[2]))
        machine.put(given[0], binary(sign, machine.get(given[3]), product))

    return run


def _bit(operator: str) -> Condition:
    def ask(machine: Machine, given: Operands) -> Value:
        held = machine.get(given[0])
        if given[1].number in (31, 63):
            return condition("<" if operator == "!=" else ">=", held, ZERO)
        return node("condition", operator, binary("&", held, number(1 << given[1].number)), ZERO)

    return ask


@cache
def _semantics() -> dict[str, Semantics]:
    found: dict[str, Semantics] = {
        "movk": _keep,
        "movn": _negative,
        "mvn": _not,
        "neg": _negate,
        "negs": _negate,
        "bic": _clear,
        "csel": _select(""),
        "csinc": _select("+"),
        "csinv": _select("^"),
        "csneg": _select("-"),
        "cset": _set,
        "csetm": _set_mask,
        "ccmp": _compare_if,
        "ubfx": _bits,
        "sbfx": _bits,
        "madd": _multiply_add("+"),
        "msub": _multiply_add("-"),
        "cmp": compare(),
        "cmn": compare("+"),
        "tst": compare("&"),
        "ldp": _load_pair,
        "ldpsw": _load_pair,
        "ldnp": _load_pair,
        "stp": _store_pair,
        "stnp": _store_pair,
        "ccmn": _compare_negative_if,
        "ubfiz": shift_field,
        "sbfiz": shift_field,
        "rev": _reverse,
        "rev16": swap(2),
        "rev32": swap(4),
        "umaddl": _multiply_add("+"),
        "smaddl": _multiply_add("+"),
        "umsubl": _multiply_add("-"),
        "smsubl": _multiply_add("-"),
        "cinc": _change("+"),
        "cneg": _change("-"),
        "cinv": _change("^"),
        "mneg": _negative_product,
        "subs": operate("-", flags=True, compared=True),
        "adds": operate("+", flags=True),
        "ands": operate("&", flags=True),
    }
    found |= dict.fromkeys(("adr", "adrp"), address)
    found |= dict.fromkeys(
        ["mov", "movz", "fmov", "sxtw", "uxtw", "sxtb", "uxtb", "sxth", "uxth", "sxtx", "movi"], move()
    )
    signs = {"add": "+", "sub": "-", "and": "&", "orr": "|", "eor": "^", "lsl": "<<", "lsr": ">>", "asr": ">>"}
    signs |= {"mul": "*", "umull": "*", "smull": "*", "sdiv": "/", "udiv": "/"}
    found |= {name: operate(sign) for name, sign in signs.items()}
    found |= dict.fromkeys(("ldr", "ldur", "ldar", "ldxr", "ldaxr", "ldapr"), _load)
    found |= dict.fromkeys(("str", "stur", "stlr"), _store)
    found |= {name: load(size) for name, size in LOADS.items()}
    found |= {name: store(size) for name, size in STORES.items()}
    found |= dict.fromkeys(
        ["nop", "bti", "paciasp", "autiasp", "hint", "dmb", "isb", "dsb", "prfm", "prfum", "yield", "xpaclri"], nothing
    )
    return found


def _branches() -> dict[str, Condition]:
    found = {f"b.{letters}": flag(operator) for letters, operator in CONDITIONS.items()}
    zero = {"cbz": against("==", zero=True), "cbnz": against("!=", zero=True)}
    return found | zero | {"tbz": _bit("=="), "tbnz": _bit("!=")}


def _returns(name: str, _given: Operands) -> bool:
    return name in ("ret", "retaa", "retab", "eret")


def processor(image: Image, *, dense: bool) -> Processor:
    """Return the table of arm64."""
    del dense
    scratch = [f"x{index}" for index in range(19)]
    return Processor(
        arch=capstone.CS_ARCH_ARM64,
        mode=capstone.CS_MODE_ARM,
        word=8,
        arguments=tuple(scratch[:8]),
        result="x0",
        stack="sp",
        clobbered=frozenset([*scratch, "x30"]),
        semantics=_semantics(),
        branches=_branches(),
        calls=frozenset(["bl", "blr", "blraa", "blrab"]),
        jumps=frozenset(["b", "br", "braa", "brab"]),
        leaves=_returns,
        stops=frozenset(["udf", "brk", "hlt"]),
        aliases=_aliases(),
        zeros=frozenset(["xzr"]),
        stacked=0,
        spilled=0,
        apart=image.kind == "macho",
        system={"svc": "x8"},
        asked_with=tuple(scratch[:6]),
    )
