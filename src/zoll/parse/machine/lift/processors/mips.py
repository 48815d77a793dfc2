"""MIPS: o32, n32 and n64, both byte orders. A branch's next instruction runs before it is taken."""

from collections.abc import Callable
from functools import cache

import capstone

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.machine import Condition, Machine, Processor, Semantics
from zoll.parse.machine.lift.semantics import (
    Operands,
    against,
    load,
    move,
    nothing,
    operate,
    put_below,
    put_less,
    store,
    swap,
    unknown,
)
from zoll.parse.machine.lift.values import ONE, UNKNOWN, ZERO, Value, binary, condition, number, pick, signed, swapped

ZEROS, SIXTEEN = "$zero", 16
LOADS = {"lb": 1, "lbu": 1, "lh": 2, "lhu": 2, "lw": 4, "lwu": 4, "ll": 4, "ld": 8, "lld": 8, "lwc1": 4, "ldc1": 8}
STORES = {"sb": 1, "sh": 2, "sw": 4, "sd": 8, "swc1": 4, "sdc1": 8}
SIGNS = {"addu": "+", "addiu": "+", "add": "+", "addi": "+", "subu": "-", "sub": "-", "and": "&", "andi": "&"}
SIGNS |= {"or": "|", "ori": "|", "xor": "^", "xori": "^", "sll": "<<", "sllv": "<<", "srl": ">>", "srlv": ">>"}
SIGNS |= {"sra": ">>", "srav": ">>", "mul": "*", "dmul": "*"}
WIDER = ("addu", "addiu", "add", "addi", "subu", "sub", "sll", "sllv", "srl", "srlv", "sra", "srav")
SIGNS |= {f"d{name}": SIGNS[name] for name in WIDER}
QUIET = "nop sync ssnop pref pause teq tne tge tlt cache ehb synci mtc1 mthc1 dmtc1 ctc1 mtlo mthi"
COMPARISONS = {"eq": "==", "ne": "!="}
ZERO_TESTS = {"eqz": "==", "nez": "!=", "lez": "<=", "gtz": ">", "ltz": "<", "gez": ">="}


def _upper(machine: Machine, given: Operands) -> None:
    """`lui`: a number moved up by sixteen bits, with its sign."""
    machine.put(given[0], number(signed(given[1].number << 16, 32)))


def _move_if(operator: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        asked = condition(operator, machine.get(given[2]), ZERO)
        machine.put(given[0], pick(asked, machine.get(given[1]), machine.get(given[0])))

    return run


def _nor(machine: Machine, given: Operands) -> None:
    both = binary("|", machine.get(given[1]), machine.get(given[2]) if len(given) > 2 else ZERO)
    machine.put(given[0], binary("^", both, number(-1)))


def _negate(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("-", ZERO, machine.get(given[-1])))


def _shift_more(operator: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        machine.put(given[0], binary(operator, machine.get(given[1]), number(given[2].number + 32)))

    return run


def _product(machine: Machine, given: Operands) -> None:
    machine.set("lo", binary("*", machine.get(given[-2]), machine.get(given[-1])))
    machine.set("hi", UNKNOWN)


def _divide(machine: Machine, given: Operands) -> None:
    machine.set("lo", binary("/", machine.get(given[-2]), machine.get(given[-1])))
    machine.set("hi", binary("%", machine.get(given[-2]), machine.get(given[-1])))


def _from(name: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        machine.put(given[0], machine.register(name))

    return run


def _bits(machine: Machine, given: Operands) -> None:
    """`ext`: some bits of a register, from one place, so many."""
    held = binary(">>", machine.get(given[1]), number(given[2].number))
    machine.put(given[0], binary("&", held, number((1 << given[3].number) - 1)))


def _odd(size: int, letter: str, whole: Callable[[int], Semantics]) -> Semantics:
    """Return half a move of memory at an odd address: the half at its begin moves all, the other nothing."""

    def run(machine: Machine, given: Operands) -> None:
        if machine.image.big == (letter == "l"):
            whole(size)(machine, given)

    return run


def _halves() -> dict[str, Semantics]:
    sizes = {"w": 4, "d": 8}
    loads = {f"l{width}{side}": _odd(size, side, load) for width, size in sizes.items() for side in "lr"}
    return loads | {f"s{width}{side}": _odd(size, side, store) for width, size in sizes.items() for side in "lr"}


def _rotate(machine: Machine, given: Operands) -> None:
    """`rotr`: by sixteen bits it ends the swap of four bytes that `wsbh` began."""
    held = machine.get(given[1])
    ends = held.kind == "swap" and given[2].number == SIXTEEN
    machine.put(given[0], swapped(held.a, 4) if ends else UNKNOWN)


def _test_and_set(machine: Machine, given: Operands) -> None:
    """`sc`: writes, and says in its register that it went well."""
    machine.store(machine.place(given[-1]), 4, machine.get(given[0]))
    machine.put(given[0], ONE)


@cache
def _semantics() -> dict[str, Semantics]:
    found: dict[str, Semantics] = {
        "lui": _upper,
        "slt": put_less,
        "slti": put_less,
        "sltu": put_below,
        "sltiu": put_below,
        "movn": _move_if("!="),
        "movz": _move_if("=="),
        "nor": _nor,
        "not": _nor,
        "mflo": _from("lo"),
        "mfhi": _from("hi"),
        "dsll32": _shift_more("<<"),
        "dsrl32": _shift_more(">>"),
        "dsra32": _shift_more(">>"),
        "ext": _bits,
        "dext": _bits,
        "wsbh": swap(2),
        "dsbh": swap(2),
        "rotr": _rotate,
        "sc": _test_and_set,
        "scd": _test_and_set,
        "mfc1": unknown,
        "dmfc1": unknown,
    }
    found |= dict.fromkeys(("neg", "negu", "dnegu"), _negate)
    found |= dict.fromkeys(("mult", "multu", "dmult", "dmultu"), _product)
    found |= dict.fromkeys(("div", "divu", "ddiv", "ddivu"), _divide)
    found |= dict.fromkeys(("move", "seb", "seh", "li", "mov.d", "mov.s"), move())
    found |= {name: operate(sign) for name, sign in SIGNS.items()}
    found |= {name: load(size) for name, size in LOADS.items()} | {name: store(size) for name, size in STORES.items()}
    return found | _halves() | dict.fromkeys(QUIET.split(), nothing)


def _unknown(_machine: Machine, _given: Operands) -> Value:
    return UNKNOWN


def _branches() -> dict[str, Condition]:
    found: dict[str, Condition] = {f"b{name}": against(sign) for name, sign in COMPARISONS.items()}
    found |= {f"b{name}": against(sign, zero=True) for name, sign in ZERO_TESTS.items()}
    found |= {"bc1t": _unknown, "bc1f": _unknown}
    return found | {f"{name}l": asks for name, asks in found.items()}


def _returns(name: str, given: Operands) -> bool:
    return name == "jr" and given[0].register == "$ra"


def processor(image: Image, *, dense: bool) -> Processor:
    """Return the table of a MIPS image's ABI."""
    del dense
    wide = image.processor == "mips64"
    arguments = [f"$a{index}" for index in range(4)]
    more = [f"$t{index}" for index in range(4)]  # $a4 to $a7 in the newer ABIs
    scratch = ["$v0", "$v1", "$t8", "$t9", "$at", "$ra", "lo", "hi"]
    return Processor(
        arch=capstone.CS_ARCH_MIPS,
        mode=capstone.CS_MODE_MIPS64 if wide else capstone.CS_MODE_MIPS32,
        word=8 if wide and image.bits == 64 else 4,
        arguments=tuple([*arguments, *more] if wide else arguments),
        result="$v0",
        stack="$sp",
        clobbered=frozenset([*arguments, *scratch, *(f"$t{index}" for index in range(8))]),
        semantics=_semantics(),
        branches=_branches(),
        calls=frozenset(["jal", "jalr", "bal", "bgezal", "bltzal", "jalx", "jalr.hb"]),
        jumps=frozenset(["j", "jr", "b", "jr.hb"]),
        leaves=_returns,
        stops=frozenset(["break", "sdbbp"]),
        zeros=frozenset([ZEROS]),
        stacked=0 if wide else 16,
        spilled=0 if wide else 16,
        delayed=True,
        system={"syscall": "$v0"},
        asked_with=tuple([*arguments, *more[:2]] if wide else arguments),
        fixed={"$gp": image.global_pointer} if image.global_pointer else {},
        entry="$t9",
    )
