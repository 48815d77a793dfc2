"""PowerPC, 32 and 64 bits, both byte orders. A comparison is kept in one of eight fields, held here as registers."""

import struct
from collections.abc import Sequence
from functools import cache

import capstone

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.blocks import Instruction
from zoll.parse.machine.lift.machine import Condition, Machine, Processor, Semantics
from zoll.parse.machine.lift.operands import Operand
from zoll.parse.machine.lift.semantics import Operands, move, nothing, operate
from zoll.parse.machine.lift.values import UNKNOWN, ZERO, Value, binary, condition, node, number, pick, signed, swapped

CONDITIONS = {"eq": "==", "ne": "!=", "lt": "<", "gt": ">", "le": "<=", "ge": ">=", "nl": ">=", "ng": "<="}
OPPOSITE = {"eq": "ne", "ne": "eq", "lt": "ge", "gt": "le", "le": "gt", "ge": "lt", "nl": "lt", "ng": "gt"}
OPPOSITE |= {"so": "ns", "ns": "so", "un": "nu", "nu": "un"}
SIZES = {"b": 1, "h": 2, "w": 4, "d": 8}
LOADS = {"lbz": 1, "lhz": 2, "lha": 2, "lwz": 4, "lwa": 4, "ld": 8, "lfs": 4, "lfd": 8, "lwar": 4, "ldar": 8}
STORES = {"stb": 1, "sth": 2, "stw": 4, "std": 8, "stfs": 4, "stfd": 8}
SIGNS = {"add": "+", "addi": "+", "addic": "+", "addc": "+", "and": "&", "andi": "&", "or": "|", "ori": "|"}
SIGNS |= {"xor": "^", "xori": "^", "slwi": "<<", "sldi": "<<", "srwi": ">>", "srdi": ">>", "srawi": ">>"}
SIGNS |= {"sradi": ">>", "slw": "<<", "sld": "<<", "srw": ">>", "srd": ">>", "sraw": ">>", "srad": ">>"}
SIGNS |= {"mullw": "*", "mulld": "*", "mulli": "*", "divw": "/", "divwu": "/", "divd": "/", "divdu": "/", "sub": "-"}
QUIET = (
    "nop crclr crset cror crxor crorc crnor crand creqv sync isync lwsync ptesync eieio dcbt dcbtst dcbst dcbf dcbz "
    "icbi mtcr mtcrf mtocrf mtxer mtspr mtfsf tw twi td tdi twnei tweqi twlgei tdnei tdeqi stvx stxvd2x stxvw4x stvxl "
    "stxv stxsdx stfiwx mtvrsave"
)
KEEPING = frozenset([32, 36, 50, 54, 58, 62])  # opcodes of lwz, stw, lfd, stfd, ld, std
BLR, AROUND = 0x4E800020, frozenset([0x7C0803A6, 0x7D615B78])  # blr; mtlr r0, mr r1, r11
BASES, FIRST_KEPT = frozenset([1, 11, 12]), 14
STUBS = (0x817E, 0x3D7E)  # lwz r11, n(r30); addis r11, r30, n
LINKS = {"mflr": "lr", "mfctr": "ctr"}


def _compare(machine: Machine, given: Operands) -> None:
    field = given[0].register if len(given) > 2 else "cr0"
    machine.set(field, Value("compared", machine.get(given[-2]), machine.get(given[-1])))


def _ask(letters: str) -> Condition:
    def ask(machine: Machine, given: Operands) -> Value:
        field = given[0].register if given and given[0].register.startswith("cr") else "cr0"
        return _holds(machine, field, CONDITIONS.get(letters, ""))

    return ask


def _holds(machine: Machine, field: str, operator: str) -> Value:
    held = machine.register(field)
    return condition(operator, held.a, held.b) if operator and held.kind == "compared" else UNKNOWN


def _count_down(operator: str) -> Condition:
    def ask(machine: Machine, _given: Operands) -> Value:
        left = binary("+", machine.register("ctr"), number(-1))
        machine.set("ctr", left)
        return condition(operator, left, ZERO)

    return ask


def _recorded(run: Semantics) -> Semantics:
    """Return an instruction that also compares its result with zero."""

    def record(machine: Machine, given: Operands) -> None:
        run(machine, given)
        machine.set("cr0", Value("compared", machine.get(given[0]), ZERO))

    return record


def _upper(machine: Machine, given: Operands) -> None:
    held = number(signed(given[-1].number << 16, 32))
    machine.put(given[0], binary("+", machine.get(given[1]), held) if len(given) > 2 else held)


def _upper_or(operator: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        machine.put(given[0], binary(operator, machine.get(given[1]), number((given[2].number & 0xFFFF) << 16)))

    return run


def _subtract_from(machine: Machine, given: Operands) -> None:
    """`subf`: the first is taken from the second; the carry says that nothing was borrowed."""
    one, two = machine.get(given[2]), machine.get(given[1])
    machine.put(given[0], ZERO if given[1] == given[2] else binary("-", one, two))
    machine.set("ca", condition(">=", one, two))


def _subtract_carry(machine: Machine, given: Operands) -> None:
    """`subfe` of a register from itself: nothing or minus one, as the carry says."""
    asked = machine.register("ca")
    machine.put(given[0], pick(asked, ZERO, number(-1)) if given[1] == given[2] else UNKNOWN)


def _negate(machine: Machine, given: Operands) -> None:
    machine.put(given[0], binary("-", ZERO, machine.get(given[1])))


def _not_of(operator: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        held = binary(operator, machine.get(given[1]), machine.get(given[-1]))
        machine.put(given[0], binary("^", held, number(-1)))

    return run


def _with_not(operator: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        mask = binary("^", machine.get(given[2]), number(-1))
        machine.put(given[0], binary(operator, machine.get(given[1]), mask))

    return run


def _low_bits(width: int) -> Semantics:
    """Return `clrlwi`, `clrldi`: the highest bits are cleared, so many."""

    def run(machine: Machine, given: Operands) -> None:
        machine.put(given[0], binary("&", machine.get(given[1]), number((1 << max(0, width - given[2].number)) - 1)))

    return run


def _rotate_and_mask(machine: Machine, given: Operands) -> None:
    """`rlwinm`: rotated left, of the result the bits from one to another, counted from the highest."""
    count, first, last = (one.number for one in given[2:5])
    mask = ((1 << (32 - first)) - 1) & ~((1 << (31 - last)) - 1)
    held, back = machine.get(given[1]), 32 - count
    if count and first <= last and mask < 1 << back + 1 and last == 31:
        held = binary(">>", held, number(back))
    elif count and first <= last and not mask & ((1 << count) - 1):
        held = binary("<<", held, number(count))
    elif count or first > last:
        held = UNKNOWN
    machine.put(given[0], binary("&", held, number(mask)))


def _rotate_wide(machine: Machine, given: Operands) -> None:
    """`rldic`, `rldicr`: shifts to the left with a mask that the shift implies, or rotations."""
    machine.put(given[0], binary("<<", machine.get(given[1]), number(given[2].number)))


def _rotate_wide_right(machine: Machine, given: Operands) -> None:
    """`rldicl`: the lowest bits of a rotation."""
    count, first = given[2].number, given[3].number
    held = machine.get(given[1])
    if count:
        held = binary(">>", held, number(64 - count)) if 64 - count <= first else UNKNOWN
    machine.put(given[0], binary("&", held, number((1 << (64 - first)) - 1)))


def _leading_zeros(machine: Machine, given: Operands) -> None:
    machine.put(given[0], node("clz", machine.get(given[1])))


def _select(machine: Machine, given: Operands) -> None:
    """`isel`: one of two registers, by a bit of a field (`4*cr7+eq`)."""
    field, _, letters = given[3].register.removeprefix("4*").partition("+")
    if not letters:
        field, letters = "cr0", field
    machine.put(
        given[0],
        pick(_holds(machine, field, CONDITIONS.get(letters, "")), machine.get(given[1]), machine.get(given[2])),
    )


def _place(machine: Machine, given: Operands) -> Value:
    if given[1].kind == "m":
        return machine.place(given[1])
    return binary("+", machine.get(given[1]), machine.get(given[2]))


def _load(size: int, *, back: bool) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        place = _place(machine, given)
        machine.set(given[0].register, machine.load(place, size))
        if back:
            machine.set(given[1].register, place)

    return run


def _store(size: int, *, back: bool) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        place = _place(machine, given)
        machine.store(place, size, machine.get(given[0]))
        if back:
            machine.set(given[1].register, place)

    return run


def _load_swapped(size: int) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        machine.set(given[0].register, swapped(machine.load(_place(machine, given), size), size))

    return run


def _store_swapped(size: int) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        machine.store(_place(machine, given), size, swapped(machine.get(given[0]), size))

    return run


def _many(*, stores: bool) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        place = machine.place(given[1])
        for index in range(int(given[0].register[1:]), 32):
            if stores:
                machine.store(place, 4, machine.register(f"r{index}"))
            else:
                machine.set(f"r{index}", machine.load(place, 4))
            place = binary("+", place, number(4))

    return run


def _store_if(size: int) -> Semantics:
    """Return `stwcx.`: writes, and says that it went well."""

    def run(machine: Machine, given: Operands) -> None:
        _store(size, back=False)(machine, given)
        machine.set("cr0", Value("compared", ZERO, ZERO))

    return run


def _to(name: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        machine.set(name, machine.get(given[0]))

    return run


def _from(name: str) -> Semantics:
    def run(machine: Machine, given: Operands) -> None:
        machine.put(given[0], machine.register(name))

    return run


def _memory() -> dict[str, Semantics]:
    found: dict[str, Semantics] = {}
    for name, size in LOADS.items():
        for letters in ("", "x", "u", "ux"):
            found[name + letters] = _load(size, back="u" in letters)
    for name, size in STORES.items():
        for letters in ("", "x", "u", "ux"):
            found[name + letters] = _store(size, back="u" in letters)
    for letter, size in SIZES.items():
        found |= {f"l{letter}brx": _load_swapped(size), f"st{letter}brx": _store_swapped(size)}
    found |= {"stwcx.": _store_if(4), "stdcx.": _store_if(8), "stbcx.": _store_if(1)}
    return found | {"lmw": _many(stores=False), "stmw": _many(stores=True), "lwarx": _load(4, back=False)}


@cache
def _semantics() -> dict[str, Semantics]:
    plain: dict[str, Semantics] = {name: operate(sign) for name, sign in SIGNS.items()}
    plain |= dict.fromkeys(("mr", "addze", "extsb", "extsh", "extsw", "li", "fmr"), move())
    plain |= dict.fromkeys(("lis", "addis"), _upper)
    plain |= dict.fromkeys(("subf", "subfc", "subfic"), _subtract_from)
    plain |= {"oris": _upper_or("|"), "andis": _upper_or("&"), "xoris": _upper_or("^"), "neg": _negate}
    plain |= {"not": _not_of("|"), "nor": _not_of("|"), "nand": _not_of("&"), "eqv": _not_of("^")}
    plain |= {"andc": _with_not("&"), "orc": _with_not("|"), "clrlwi": _low_bits(32), "clrldi": _low_bits(64)}
    plain |= {"rldic": _rotate_wide, "rldicr": _rotate_wide, "rldicl": _rotate_wide_right}
    plain |= {"rlwinm": _rotate_and_mask, "cntlzw": _leading_zeros, "cntlzd": _leading_zeros}
    plain |= {"subfe": _subtract_carry, "isel": _select, "mtctr": _to("ctr"), "mtlr": _to("lr")}
    found = plain | {f"{name}.": _recorded(run) for name, run in plain.items()}
    found |= {name: _from(register) for name, register in LINKS.items()}
    compared = [f"cmp{sign}{width}{ending}" for sign in ("", "l") for width in "wd" for ending in ("", "i")]
    found |= dict.fromkeys(compared, _compare)
    return found | _memory() | dict.fromkeys(QUIET.split(), nothing)


def _branches() -> dict[str, Condition]:
    found = {f"b{letters}": _ask(letters) for letters in OPPOSITE}
    return found | {"bdnz": _count_down("!="), "bdz": _count_down("==")}


def prepare(instructions: list[Instruction]) -> list[Instruction]:
    """Say in operands what is jumped through; a return under a condition is branched around."""
    made: list[Instruction] = []
    for one in instructions:
        name = one.name.rstrip("+-")
        if name in ("bctr", "bctrl"):
            made.append(one._replace(name=name, operands=(Operand("r", "ctr"),)))
        elif name[-2:] == "lr" and name[1:-2] in OPPOSITE and name[0] == "b":
            around = Operand("i", number=one.address + one.size)
            made.append(one._replace(name=f"b{OPPOSITE[name[1:-2]]}", size=1, operands=(*one.operands, around)))
            made.append(one._replace(name="blr", address=one.address + 1, size=one.size - 1, operands=()))
        else:
            made.append(one._replace(name=name))
    return made


def _called(machine: Machine, target: int) -> bool:
    """Run a call of the next instruction, which only tells where the code stands, or of a stub that goes on by r30."""
    if target == machine.following:
        machine.set("lr", number(target, address=True))
        return True
    words = _words(machine.image, target)
    if _keeps(words):
        return True
    base = machine.register("r30")
    if machine.processor.word == 8 or base.kind != "number" or words[0] >> 16 not in STUBS:
        return False
    slot = base.a + signed(words[0], 16)
    if words[0] >> 16 == STUBS[1]:
        slot = base.a + (signed(words[0], 16) << 16) + signed(words[1], 16)
    name = machine.image.slots.get(slot & 0xFFFF_FFFF, "")
    if name:
        machine.call(Value("name", name))
    return bool(name)


def _words(image: Image, target: int) -> tuple[int, ...]:
    return struct.unpack(f"{'>' if image.big else '<'}32I", image.bytes_at(target, 128).ljust(128, b"\0"))


def restores(image: Image, target: int) -> bool:
    """Say whether a jump leads to code that restores registers and returns."""
    return _keeps(_words(image, target))


def _keeps(words: Sequence[int]) -> bool:
    """Say whether code up to its return only saves registers in the frame, or restores them."""
    for count, word in enumerate(words):
        if word == BLR:
            return count > 1
        kept = word >> 26 in KEEPING and word >> 16 & 31 in BASES and not 0 < word >> 21 & 31 < FIRST_KEPT
        if not kept and word not in AROUND:
            break
    return False


def _returns(name: str, _given: Operands) -> bool:
    return name in ("blr", "rfi", "rfid")


def processor(image: Image, *, dense: bool) -> Processor:
    """Return the table of a PowerPC image's ABI."""
    del dense
    wide = image.processor == "ppc64"
    arguments = tuple(f"r{index}" for index in range(3, 11))
    saved = (112 if image.big else 96) if wide else 8  # bytes of the caller's frame before arguments on the stack
    fields = (f"cr{index}" for index in (0, 1, 5, 6, 7))
    return Processor(
        arch=capstone.CS_ARCH_PPC,
        mode=capstone.CS_MODE_64 if wide else capstone.CS_MODE_32,
        word=8 if wide else 4,
        arguments=arguments,
        result="r3",
        stack="r1",
        clobbered=frozenset([*arguments, *fields, "r0", "r11", "r12", "ctr", "lr", "ca"]),
        semantics=_semantics(),
        branches=_branches(),
        calls=frozenset(["bl", "bla", "bctrl", "blrl", "bdnzl"]),
        jumps=frozenset(["b", "ba", "bctr"]),
        leaves=_returns,
        stops=frozenset(["trap", "attn"]),
        stacked=saved,
        spilled=saved,
        system={"sc": "r0"},
        asked_with=arguments[:6],
        fixed={"r2": image.global_pointer} if wide and image.global_pointer else {},
        called=_called,
        prepare=prepare,
        restores=restores,
        entry="r12" if wide else "",
        landing=8 if wide and not image.big else 0,
        described=wide and image.big,
    )
