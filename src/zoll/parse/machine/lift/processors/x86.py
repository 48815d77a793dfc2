"""x86-64 (System V) and x86: Intel's syntax as capstone prints it."""

from functools import cache

import capstone

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.machine import Condition, Event, Machine, Processor, Semantics
from zoll.parse.machine.lift.operands import Operand
from zoll.parse.machine.lift.semantics import (
    Operands,
    compare,
    flag,
    move,
    nothing,
    operate,
    put_condition,
    swap,
    unknown,
)
from zoll.parse.machine.lift.values import ONE, UNKNOWN, ZERO, Value, binary, condition, node, number, pick

WIDE = ("rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp")
CONDITIONS = {
    "e": "==",
    "z": "==",
    "ne": "!=",
    "nz": "!=",
    "l": "<",
    "b": "<",
    "s": "<",
    "c": "<",
    "nae": "<",
    "nge": "<",
    "le": "<=",
    "be": "<=",
    "na": "<=",
    "ng": "<=",
    "g": ">",
    "a": ">",
    "nbe": ">",
    "nle": ">",
    "ge": ">=",
    "ae": ">=",
    "ns": ">=",
    "nc": ">=",
    "nb": ">=",
    "nl": ">=",
}
SYSTEM_V, WINDOWS = ("rdi", "rsi", "rdx", "rcx", "r8", "r9"), ("rcx", "rdx", "r8", "r9")
SYSTEM, BYTE = 0x80, 8
SHORT = frozenset(["ax", "bx", "cx", "dx", "si", "di", "bp", *(f"r{index}w" for index in range(8, 16))])
VECTORS = (
    "movaps movups movdqa movdqu movapd movupd movd movq movss movsd vmovdqu vmovdqa vmovups vmovaps vmovd vmovq "
    "movhps movlps"
)


def _aliases() -> dict[str, str]:
    found: dict[str, str] = {}
    for wide in WIDE:
        short = wide[1:]
        found |= {f"e{short}": wide, short: wide}
        low = short[0] if short[1] == "x" else short
        found[f"{low}l"] = wide
        if short[1] == "x":
            found[f"{low}h"] = f"{wide}.high"
    for index in range(8, 16):
        found |= {f"r{index}{width}": f"r{index}" for width in "dwb"}
    return found


def _push(machine: Machine, given: Operands) -> None:
    word, stack = machine.processor.word, machine.processor.stack
    value = machine.get(given[0])
    top = binary("-", machine.register(stack), number(word))
    machine.set(stack, top)
    machine.store(top, word, value)


def _pop(machine: Machine, given: Operands) -> None:
    word, stack = machine.processor.word, machine.processor.stack
    top = machine.register(stack)
    machine.put(given[0], machine.load(top, word))
    machine.set(stack, binary("+", top, number(word)))


def _leave(machine: Machine, given: Operands) -> None:
    del given
    machine.set(machine.processor.stack, machine.register("rbp"))
    _pop(machine, (Operand("r", "rbp"),))


def _lea(machine: Machine, given: Operands) -> None:
    machine.put(given[0], machine.place(given[1]))


def _and(machine: Machine, given: Operands) -> None:
    if given[0].register in ("rsp", "esp"):  # only brings the frame to a round address
        return
    operate("&", flags=True)(machine, given)


def _increment(step: int) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        result = binary("+", machine.get(given[0]), number(step))
        machine.compare(result, ZERO)
        machine.put(given[0], result)

    return run


def _negate(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("-", ZERO, machine.get(given[0])))


def _invert(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("^", machine.get(given[0]), number(-1)))


def _exchange(machine: Machine, given: Operands) -> None:
    one, two = machine.get(given[0]), machine.get(given[1])
    machine.put(given[0], two)
    machine.put(given[1], one)


def _bit_test(machine: Machine, given: Operands) -> None:
    bit = binary("<<", number(1), machine.get(given[1]))
    asked = node("condition", "!=", binary("&", machine.get(given[0]), bit), ZERO)
    machine.compare(binary("-", ZERO, asked) if asked.kind == "unknown" else _less(asked), ZERO)


def _less(asked: Value) -> Value:
    """Return what is below zero when a condition holds: the carry of a tested bit."""
    return pick(asked, number(-1), ZERO)


def _pick(operator: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        machine.put(given[0], pick(machine.holds(operator), machine.get(given[1]), machine.get(given[0])))

    return run


def _fill(machine: Machine, given: Operands) -> None:
    """`rep stos`: memory at rdi becomes rax, rcx times."""
    del given
    place, count = machine.register("rdi"), machine.register("rcx")
    if place.kind != "frame" and count != ZERO:
        machine.store(place, 1, machine.register("rax"))
    machine.set("rdi", UNKNOWN)
    machine.set("rcx", ZERO)


def _compare_texts(machine: Machine, given: Operands) -> None:
    """`repe cmpsb`: the bytes at rsi and rdi, rcx of them, are compared."""
    del given
    machine.compare(node("bytes", machine.register("rdi"), machine.register("rsi"), machine.register("rcx")), ZERO)
    for name in ("rdi", "rsi", "rcx"):
        machine.set(name, UNKNOWN)


def _multiply(machine: Machine, given: Operands) -> None:
    if len(given) == 1:
        machine.set("rax", UNKNOWN)
        machine.set("rdx", UNKNOWN)
    else:
        operate("*", flags=True)(machine, given)


def _divide(machine: Machine, given: Operands) -> None:
    machine.set("rdx", binary("%", machine.register("rax"), machine.get(given[0])))
    machine.set("rax", binary("/", machine.register("rax"), machine.get(given[0])))


def _with_carry(operator: str) -> Semantics:
    """`adc`, `sbb`: the upper half of a wide number; of a register from itself only the carry is left."""

    def run(machine: Machine, given: Operands) -> None:
        if operator == "-" and given[0] == given[1]:
            flags = machine.state.flags
            below_one = flags is not None and flags.b == ONE  # as numbers without sign: zero
            borrowed = condition("==", flags.a, ZERO) if flags and below_one else machine.holds("<")
            machine.put(given[0], pick(borrowed, number(-1), ZERO))
        else:
            machine.put(given[0], binary(operator, machine.get(given[0]), machine.get(given[1])))
            machine.state.flags = None

    return run


def _copy(machine: Machine, given: Operands) -> None:
    """`rep movs`: memory at rsi is copied to rdi, rcx words."""
    size = (given[0].size if given else 0) or 1
    place, source, count = machine.register("rdi"), machine.register("rsi"), machine.register("rcx")
    values = (place, source, binary("*", count, number(size)))
    machine.events.append(Event("call", machine.address, "memcpy", values))
    for name in ("rdi", "rsi"):
        machine.set(name, UNKNOWN)
    machine.set("rcx", ZERO)


def _length(machine: Machine, given: Operands) -> None:
    """`repne scasb`: looks for a byte at rdi: how texts were measured once."""
    del given
    machine.set("rcx", node("-", number(-2), node("strlen", machine.register("rdi"))))
    machine.set("rdi", UNKNOWN)
    machine.state.flags = None


def _compare_exchange(machine: Machine, given: Operands) -> None:
    """`cmpxchg`: if memory holds rax it becomes the second operand."""
    held = machine.get(given[0])
    machine.compare(machine.register("rax"), held)
    machine.put(given[0], machine.get(given[1]))
    machine.set("rax", held)


def _exchange_add(machine: Machine, given: Operands) -> None:
    held = machine.get(given[0])
    machine.put(given[0], binary("+", held, machine.get(given[1])))
    machine.put(given[1], held)


def _swap_bytes(machine: Machine, given: Operands) -> None:
    swap(4 if given[0].register[0] == "e" or given[0].register.endswith("d") else 8)(machine, given)


def _rotate(machine: Machine, given: Operands) -> None:
    """`rol`, `ror`: by eight bits it swaps the two bytes of a short number; else unknown."""
    if len(given) > 1 and given[1].number == BYTE and given[0].register in SHORT:
        swap(2)(machine, given[:1])
    else:
        machine.put(given[0], UNKNOWN)


def _same_bytes(machine: Machine, given: Operands) -> None:
    """`pcmpeqb`: says of each byte whether it is the same."""
    machine.put(given[0], node("same", machine.get(given[-2]), machine.get(given[-1])))


def _zero_or(operator: str) -> Semantics:
    """Vectors: a register combined with itself is zero."""

    def run(machine: Machine, given: Operands) -> None:
        same = len({one.register for one in given}) == 1 and given[0].kind == "r"
        if same:
            machine.put(given[0], ZERO)
        else:
            machine.put(given[0], node(operator, machine.get(given[-2]), machine.get(given[-1])))

    return run


def _interrupt(machine: Machine, given: Operands) -> None:
    """`int 0x80`: how 32-bit code calls the system."""
    if given[0].number == SYSTEM and machine.processor.word == 4:
        machine.call_system("rax")


@cache
def _semantics() -> dict[str, Semantics]:
    found: dict[str, Semantics] = {
        "push": _push,
        "pop": _pop,
        "leave": _leave,
        "lea": _lea,
        "and": _and,
        "neg": _negate,
        "not": _invert,
        "xchg": _exchange,
        "bt": _bit_test,
        "imul": _multiply,
        "mul": _multiply,
        "div": _divide,
        "idiv": _divide,
        "inc": _increment(1),
        "dec": _increment(-1),
        "cmp": compare(),
        "test": compare("&"),
        "sub": operate("-", flags=True, compared=True),
        "repe cmpsb": _compare_texts,
        "int": _interrupt,
        "ptest": compare("&"),
        "pcmpeqb": _same_bytes,
        "pmovmskb": move(),
        "adc": _with_carry("+"),
        "sbb": _with_carry("-"),
        "bswap": _swap_bytes,
        "rol": _rotate,
        "ror": _rotate,
        "repne scasb": _length,
        "xadd": _exchange_add,
        "lock xadd": _exchange_add,
        "cmpxchg": _compare_exchange,
        "lock cmpxchg": _compare_exchange,
        "shld": unknown,
        "shrd": unknown,
    }
    found |= dict.fromkeys(("mov movabs movzx movsx movsxd " + VECTORS).split(), move())
    found |= dict.fromkeys(("pxor", "xorps", "xorpd", "vpxor", "vxorps"), _zero_or("^"))
    found |= {name: operate(sign, flags=True) for name, sign in (("add", "+"), ("or", "|"), ("xor", "^"))}
    found |= {
        name: operate(sign, flags=True) for name, sign in (("shl", "<<"), ("sal", "<<"), ("shr", ">>"), ("sar", ">>"))
    }
    found |= dict.fromkeys(("fldz", "fld1", "fild", "fld", "fstp", "emms", "vzeroupper", "pause", "mfence"), nothing)
    found |= dict.fromkeys(("rep movsq", "rep movsd", "rep movsb", "rep movsw"), _copy)
    found |= {f"lock {name}": found[name] for name in ("inc", "dec", "and", "sub")}
    found |= dict.fromkeys(("rep stosq", "rep stosd", "rep stosb"), _fill)
    found |= dict.fromkeys(
        ["cdqe", "cqo", "cdq", "cwde", "nop", "endbr64", "endbr32", "lock", "ud2", "hlt", "int3", "bnd"], nothing
    )
    found |= {f"lock {name}": found[name] for name in ("add", "or", "xor")}
    for letters, operator in CONDITIONS.items():
        found[f"set{letters}"] = put_condition(operator)
        found[f"cmov{letters}"] = _pick(operator)
    return found


def _counted(machine: Machine, given: Operands) -> Value:
    del given
    return condition("==", machine.register("rcx"), ZERO)


def _branches() -> dict[str, Condition]:
    found = {f"j{letters}": flag(operator) for letters, operator in CONDITIONS.items()}
    return found | dict.fromkeys(("jrcxz", "jecxz"), _counted)


THUNKS = {
    b"\x8b\x04\x24\xc3": "rax",
    b"\x8b\x0c\x24\xc3": "rcx",
    b"\x8b\x14\x24\xc3": "rdx",
    b"\x8b\x1c\x24\xc3": "rbx",
}
THUNKS |= {b"\x8b\x34\x24\xc3": "rsi", b"\x8b\x3c\x24\xc3": "rdi", b"\x8b\x2c\x24\xc3": "rbp"}


def _thunk(machine: Machine, target: int) -> bool:
    """Run a call that only tells where the code stands: 32-bit code reaches its data so."""
    if machine.processor.word == 8:
        return False
    here = number(machine.following, address=True)
    register = THUNKS.get(machine.image.bytes_at(target, 4))
    if register:
        machine.set(register, here)
    elif target == machine.following:  # and the next instruction pops it
        top = binary("-", machine.register("rsp"), number(4))
        machine.set("rsp", top)
        machine.store(top, 4, here)
    return bool(register) or target == machine.following


RETURNS = frozenset(["ret", "retf", "iretq", "iretd", "bnd ret", "repz ret", "rep ret", "sysret"])


def _returns(name: str, _given: Operands) -> bool:
    return name in RETURNS


def processor(image: Image, *, dense: bool) -> Processor:
    """Return the table of x86-64 or of x86."""
    del dense
    wide = image.processor == "x86-64"
    windows = wide and image.kind == "pe"
    scratch = [name for name in (*SYSTEM_V, "rax", "r10", "r11") if not (windows and name in ("rdi", "rsi"))]
    shadow = 32 if windows else 0  # bytes that a caller leaves for the first four arguments
    return Processor(
        arch=capstone.CS_ARCH_X86,
        mode=capstone.CS_MODE_64 if wide else capstone.CS_MODE_32,
        word=8 if wide else 4,
        arguments=WINDOWS if windows else SYSTEM_V if wide else (),
        result="rax",
        stack="rsp",
        clobbered=frozenset(scratch if wide else ("rax", "rcx", "rdx")),
        semantics=_semantics(),
        branches=_branches(),
        calls=frozenset(["call", "bnd call", "notrack call"]),
        jumps=frozenset(["jmp", "bnd jmp", "notrack jmp"]),
        leaves=_returns,
        stops=frozenset(["ud2", "hlt", "int3", "ud1", "ud0"]),
        aliases=_aliases(),
        counter="rip" if wide else "eip",
        stacked=8 + shadow if wide else 4,
        spilled=shadow,
        system={"syscall": "rax"} if wide else {"sysenter": "rax"},
        asked_with=("rdi", "rsi", "rdx", "r10", "r8", "r9") if wide else ("rbx", "rcx", "rdx", "rsi", "rdi", "rbp"),
        called=_thunk,
    )
