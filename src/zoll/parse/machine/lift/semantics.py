"""What instructions do, made from a few forms that all processors share."""

from zoll.parse.machine.lift.machine import Condition, Machine, Semantics
from zoll.parse.machine.lift.operands import Operand
from zoll.parse.machine.lift.values import ONE, UNKNOWN, ZERO, Value, binary, condition, number, swapped

Operands = tuple[Operand, ...]


def nothing(_machine: Machine, _operands: Operands) -> None:
    """Do nothing that matters here."""


def unknown(machine: Machine, given: Operands) -> None:
    """Write something unknown into the first operand, if it is a register."""
    if given and given[0].kind == "r":
        machine.set(given[0].register, UNKNOWN)


def shifted(machine: Machine, given: Operands, at: int) -> Value:
    """Return operand `at`, shifted by the operand behind it if that is a shift."""
    value = machine.get(given[at])
    if at + 1 < len(given) and given[at + 1].kind == "s":
        return shift(given[at + 1].register, value, number(given[at + 1].number))
    return value


def shift(name: str, value: Value, count: Value) -> Value:
    """Return a value shifted by the name of a shift; extensions keep it."""
    if name in ("lsl", "lsr", "asr"):
        return binary("<<" if name == "lsl" else ">>", value, count)
    if name in ("ror", "msl"):
        return UNKNOWN
    return binary("<<", value, count) if count != ZERO else value


def move(size: int = 0) -> Semantics:
    """Return: first operand becomes the last one; `size` of what memory holds."""

    def run(machine: Machine, given: Operands) -> None:
        at = len(given) - 1 if given[-1].kind != "s" else len(given) - 2
        machine.put(
            given[0], machine.get(given[at], size) if at == len(given) - 1 else shifted(machine, given, at), size
        )

    return run


def address(machine: Machine, given: Operands) -> None:
    """Let the first operand become the last one, which is an address."""
    machine.put(given[0], number(given[-1].number, address=True))


def operate(operator: str, *, flags: bool = False, compared: bool = False) -> Semantics:
    """Return: `a = b operator c`, or `a = a operator b`; flags tell of the result, or of b and c compared."""

    def run(machine: Machine, given: Operands) -> None:
        last = len(given) - 2 if given[-1].kind == "s" else len(given) - 1
        first = given[last - 1 if last else 0]
        one, two = machine.get(first), shifted(machine, given, last)
        if operator in "^-" and first.kind == "r" and first == given[last] and last == len(given) - 1:
            one = two = ZERO  # whatever it held
        result = two if not last else binary(operator, one, two)
        if flags:
            machine.compare(*((one, two) if compared else (result, ZERO)))
        machine.put(given[0], result)

    return run


def compare(operator: str = "-") -> Semantics:
    """Return: compare two operands by their difference (or by what they share, `&`)."""

    def run(machine: Machine, given: Operands) -> None:
        one, two = machine.get(given[0]), shifted(machine, given, 1)
        if operator == "-":
            machine.compare(one, two)
        elif operator == "+":
            machine.compare(one, binary("-", ZERO, two))
        else:
            machine.compare(one if one == two else binary(operator, one, two), ZERO)

    return run


def put_condition(operator: str) -> Semantics:
    """Return: first operand becomes what a condition on the flags says."""

    def run(machine: Machine, given: Operands) -> None:
        machine.put(given[0], machine.holds(operator))

    return run


def bit_set(shifted_: Value, bits: int) -> Value | None:
    """Return the test of one bit that was moved to the highest place, None where none was."""
    if shifted_.kind not in ("<<", "*") or shifted_.b.kind != "number" or not shifted_.b.a:
        return None
    count = shifted_.b.a if shifted_.kind == "<<" else shifted_.b.a.bit_length() - 1
    if not 0 < count < bits:
        return None
    return condition("!=", binary("&", shifted_.a, number(1 << (bits - 1 - count))), ZERO)


def swap(width: int) -> Semantics:
    """Return: the first operand becomes the last one with its bytes in the other order, `width` of them."""

    def run(machine: Machine, given: Operands) -> None:
        machine.put(given[0], swapped(machine.get(given[-1]), width))

    return run


def shift_field(machine: Machine, given: Operands) -> None:
    """`ubfiz`: the lowest bits of a register, so many, moved up."""
    held = binary("&", machine.get(given[1]), number((1 << given[3].number) - 1))
    machine.put(given[0], binary("<<", held, number(given[2].number)))


def put_less(machine: Machine, given: Operands) -> None:
    """Let the first operand say whether one is less than another."""
    machine.put(given[0], condition("<", machine.get(given[-2]), machine.get(given[-1])))


def put_below(machine: Machine, given: Operands) -> None:
    """Do so for numbers without sign: less than one is zero, more than zero is not."""
    one, two = machine.get(given[-2]), machine.get(given[-1])
    if two == ONE:
        machine.put(given[0], condition("==", one, ZERO))
    elif one == ZERO:
        machine.put(given[0], condition("!=", two, ZERO))
    else:
        machine.put(given[0], condition("<", one, two))


def flag(operator: str) -> Condition:
    """Return what a branch asks of the flags."""

    def ask(machine: Machine, _given: Operands) -> Value:
        return machine.holds(operator)

    return ask


def against(operator: str, *, zero: bool = False) -> Condition:
    """Return what a branch asks that compares by itself: two registers, or one with zero."""

    def ask(machine: Machine, given: Operands) -> Value:
        two = ZERO if zero else machine.get(given[1])
        return condition(operator, machine.get(given[0]), two)

    return ask


def load(size: int) -> Semantics:
    """Return: a register becomes what memory holds; the base is written back where the operand says so."""

    def run(machine: Machine, given: Operands) -> None:
        held = given[-1] if given[-1].kind == "m" else given[-2]
        machine.set(given[0].register, machine.load(machine.place(held), size))
        write_back(machine, given)

    return run


def store(size: int) -> Semantics:
    """Return: memory becomes what a register holds; the base is written back where the operand says so."""

    def run(machine: Machine, given: Operands) -> None:
        held = given[-1] if given[-1].kind == "m" else given[-2]
        machine.store(machine.place(held), size, machine.get(given[0]))
        write_back(machine, given)

    return run


def write_back(machine: Machine, given: Operands) -> None:
    """Move the base of a memory operand: before (`[x, #8]!`) or after (`[x], #8`) it was used."""
    if given[-1].kind == "m" and given[-1].mark == "!":
        machine.set(given[-1].register, machine.place(given[-1]))
    elif len(given) > 1 and given[-2].kind == "m" and given[-1].kind in ("i", "r"):
        base = given[-2].register
        machine.set(base, binary("+", machine.register(base), machine.get(given[-1])))
