"""How many arguments the functions that a function calls must take, as far as the calls themselves show.

Nobody knows what a function without symbols takes, and registers may hold something by chance. But what is put into
the register of an argument and read by nobody before the call is handed over: compilers compute nothing in vain.
"""

from collections.abc import Iterator, Sequence

from zoll.parse.machine.lift.blocks import Block, Instruction
from zoll.parse.machine.lift.flow import Flow
from zoll.parse.machine.lift.machine import Processor
from zoll.parse.machine.lift.operands import Operand
from zoll.parse.machine.lift.tables import arity_of
from zoll.parse.machine.lift.wording import identifier

WINDOW = 32  # instructions before a call that are looked at
# Instructions whose first operand is only read, and those that write it for their flags or to move the stack.
_READS = frozenset(["cmp", "test", "push", "cmn", "tst", "teq", "sb", "sh", "sw", "sd", "swl", "swr", "sdl", "sdr"])
_READS_BEGIN = ("str", "stp", "stu", "stm", "stw", "stb", "sth", "std", "stx", "stl", "cmp", "cmn", "tst", "teq")
_IN_PASSING = frozenset(["pop", "ldm", "subs", "ands", "bics", "rsbs", "xchg"])
# Of x86: what reads and writes registers that it does not name.
_UNNAMED = frozenset(["div", "idiv", "mul", "imul", "cqo", "cdq", "cpuid", "rdtsc", "xgetbv", "syscall", "loop"])


def handed(flow: Flow) -> Iterator[tuple[str, int]]:
    """Yield what is called and how many arguments the call shows that it takes, where no table says it."""
    processor = flow.machine.processor
    roles = roles_of(processor)
    for index in flow.order:
        block = flow.blocks[index]
        unknown = {event.address: event for event in flow.events[index] if event.kind == "call" and event.name}
        for at, one in enumerate(block.instructions):
            event = unknown.get(one.address)
            if event is None or arity_of(event.name)[0] >= 0:
                continue
            on_stack = not processor.arguments and block.kind == "away" and one is block.last
            count = len(event.values) if on_stack else put_ready(block, at, processor, roles)
            if count:
                yield identifier(event.name), count


def roles_of(processor: Processor) -> dict[str, int]:
    """Return which argument each name of a register stands for."""
    roles = {name: at for at, name in enumerate(processor.arguments)}
    return roles | {name: roles[full] for name, full in processor.aliases.items() if full in roles}


def put_ready(block: Block, call: int, processor: Processor, roles: dict[str, int]) -> int:
    """Return up to which argument something was put into its register for the call at an index of a block."""
    instructions = block.instructions
    seen = set(_mentioned(instructions[call], roles))
    most = 0
    for one in reversed(instructions[max(call - WINDOW, 0) : call]):
        if one.name in processor.calls or one.name in processor.system or len(seen) == len(processor.arguments):
            break
        written = _written(one, roles)
        if written >= 0 and written not in seen:
            most = max(most, written + 1)
        seen.update(roles.values() if _unnamed(one) else _mentioned(one, roles))
    return most


def _written(one: Instruction, roles: dict[str, int]) -> int:
    """Return which argument's register an instruction only writes something new to, -1 for none."""
    first = one.operands[0] if one.operands else None
    if first is None or first.kind != "r" or len(one.operands) < 2:
        return -1
    plain = one.name.partition(".")[0]
    reads = plain in _READS or (plain.startswith(_READS_BEGIN) and not plain.startswith("cmov"))
    return -1 if reads or plain in _IN_PASSING or _unnamed(one) else roles.get(first.register, -1)


def _unnamed(one: Instruction) -> bool:
    return one.name.startswith("rep") or (one.name in _UNNAMED and len(one.operands) < 2)


def _mentioned(one: Instruction, roles: dict[str, int]) -> Iterator[int]:
    return (roles[name] for given in one.operands for name in _registers(given) if name in roles)


def _registers(given: Operand) -> Sequence[str]:
    return given.registers or (given.register, given.indexed.lstrip("-"))
