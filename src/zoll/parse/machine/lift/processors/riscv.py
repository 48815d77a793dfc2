"""RISC-V, 64 bits, with compressed instructions."""

from functools import cache

import capstone

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.blocks import Instruction
from zoll.parse.machine.lift.machine import Condition, Machine, Processor, Semantics
from zoll.parse.machine.lift.operands import Operand
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
)
from zoll.parse.machine.lift.values import ZERO, binary, condition, number, signed

LOADS = {"lb": 1, "lbu": 1, "lh": 2, "lhu": 2, "lw": 4, "lwu": 4, "ld": 8, "lwsp": 4, "ldsp": 8, "flw": 4, "fld": 8}
LOADS |= {"fldsp": 8, "lr.w": 4, "lr.d": 8, "lr.w.aq": 4, "lr.d.aq": 8}
STORES = {"sb": 1, "sh": 2, "sw": 4, "sd": 8, "swsp": 4, "sdsp": 8, "fsw": 4, "fsd": 8, "fsdsp": 8}
SIGNS = {"add": "+", "addi": "+", "addi16sp": "+", "addi4spn": "+", "sub": "-", "and": "&", "andi": "&", "or": "|"}
SIGNS |= {"ori": "|", "xor": "^", "xori": "^", "sll": "<<", "slli": "<<", "srl": ">>", "srli": ">>", "sra": ">>"}
SIGNS |= {"srai": ">>", "mul": "*", "div": "/", "divu": "/", "rem": "%", "remu": "%"}
SIGNS |= {f"{name}w": SIGNS[name] for name in SIGNS if not name.startswith("addi") or name == "addi"}
COMPARED = {"beq": "==", "bne": "!=", "blt": "<", "bltu": "<", "bge": ">=", "bgeu": ">="}
SWAPPED = {"bgt": ">", "bgtu": ">", "ble": "<=", "bleu": "<="}
ZERO_TESTS = {"beqz": "==", "bnez": "!=", "blez": "<=", "bgez": ">=", "bltz": "<", "bgtz": ">"}
SET = {"seqz": "==", "snez": "!=", "sltz": "<", "sgtz": ">"}
QUIET = "nop fence fence.i fence.tso unimp csrw csrwi fscsr fsrm fsflags wfi sfence.vma"
BRANCHES = frozenset([*COMPARED, *SWAPPED, *ZERO_TESTS, "j", "jal"])


def _upper(machine: Machine, given: Operands) -> None:
    """`lui`: a number moved up by twelve bits, with its sign."""
    machine.put(given[0], number(signed(given[1].number << 12, 32)))


def _upper_here(machine: Machine, given: Operands) -> None:
    """`auipc`: the same, added to where the instruction stands."""
    machine.put(given[0], number(machine.address + signed(given[1].number << 12, 32), address=True))


def _set(operator: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        machine.put(given[0], condition(operator, machine.get(given[1]), ZERO))

    return run


def _negate(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("-", ZERO, machine.get(given[-1])))


def _invert(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("^", machine.get(given[-1]), number(-1)))


def _low_byte(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("&", machine.get(given[-1]), number(0xFF)))


def _store_if(machine: Machine, given: Operands) -> None:
    """`sc`: writes, and says in its first operand that it went well."""
    machine.store(machine.place(given[2]), 4, machine.get(given[1]))
    machine.put(given[0], ZERO)


@cache
def _semantics() -> dict[str, Semantics]:
    found: dict[str, Semantics] = {"lui": _upper, "auipc": _upper_here, "not": _invert, "zext.b": _low_byte}
    found |= {name: operate(sign) for name, sign in SIGNS.items()} | {name: _set(sign) for name, sign in SET.items()}
    found |= {name: load(size) for name, size in LOADS.items()} | {name: store(size) for name, size in STORES.items()}
    found |= dict.fromkeys(("mv", "li", "sext.w", "fmv.d", "fmv.s", "fmv.x.d", "fmv.d.x", "fmv.x.w", "fmv.w.x"), move())
    found |= dict.fromkeys(("slt", "slti"), put_less) | dict.fromkeys(("sltu", "sltiu"), put_below)
    found |= dict.fromkeys(("neg", "negw"), _negate)
    found |= {f"sc.{width}{ending}": _store_if for width in "wd" for ending in ("", ".rl", ".aq", ".aqrl")}
    return found | dict.fromkeys(QUIET.split(), nothing)


def _branches() -> dict[str, Condition]:
    found = {name: against(sign) for name, sign in (COMPARED | SWAPPED).items()}
    return found | {name: against(sign, zero=True) for name, sign in ZERO_TESTS.items()}


def prepare(instructions: list[Instruction]) -> list[Instruction]:
    """Bring the short forms to the long ones, and distances that are jumped to addresses."""
    return [_formed(one, one.name.removeprefix("c.")) for one in instructions]


def _formed(one: Instruction, name: str) -> Instruction:
    given = one.operands
    if name in BRANCHES and given and given[-1].kind == "i":
        if name == "jal" and len(given) > 1 and given[0].register == "zero":
            name = "j"
        given = (*given[:-1], Operand("i", number=one.address + given[-1].number))
    elif name in ("jr", "jalr") and given:
        return _through(one, name, given)
    return one._replace(name=name, operands=given)


def _through(one: Instruction, name: str, given: Operands) -> Instruction:
    """Write a jump through a register in one form: return, jump or call."""
    held = next((each for each in given[::-1] if each.kind in "mr"), given[-1])
    if name == "jalr" and len(given) > 1 and given[0].register == "zero":
        name = "jr"
    if name == "jr" and held.register == "ra":
        return one._replace(name="ret", operands=())
    offset = held.number or (given[-1].number if given[-1].kind == "i" else 0)
    return one._replace(name=name, operands=(Operand("a", register=held.register, number=offset),))


def _returns(name: str, _given: Operands) -> bool:
    return name in ("ret", "mret", "sret")


def processor(image: Image, *, dense: bool) -> Processor:
    """Return the table of RISC-V."""
    del dense
    arguments = tuple(f"a{index}" for index in range(8))
    return Processor(
        arch=capstone.CS_ARCH_RISCV,
        mode=capstone.CS_MODE_RISCV64 | capstone.CS_MODE_RISCVC,
        word=8,
        arguments=arguments,
        result="a0",
        stack="sp",
        clobbered=frozenset([*arguments, *(f"t{index}" for index in range(7)), "ra"]),
        semantics=_semantics(),
        branches=_branches(),
        calls=frozenset(["jal", "jalr", "call"]),
        jumps=frozenset(["j", "jr", "tail"]),
        leaves=_returns,
        stops=frozenset(["ebreak"]),
        zeros=frozenset(["zero"]),
        stacked=0,
        spilled=0,
        system={"ecall": "a7"},
        asked_with=arguments[:6],
        fixed={"gp": image.global_pointer} if image.global_pointer else {},
        prepare=prepare,
    )
