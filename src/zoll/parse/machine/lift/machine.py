"""A machine that runs on trees instead of numbers: registers, the function's own stack, flags, and what it does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from zoll.parse.machine.image import Image, Region
from zoll.parse.machine.lift.endpoints import TAKES, endpoint
from zoll.parse.machine.lift.operands import Operand
from zoll.parse.machine.lift.tables import arity_of, asked_for, plain_call, system_calls, void
from zoll.parse.machine.lift.values import UNKNOWN, ZERO, Value, binary, condition, inverted, memory, node, number
from zoll.parse.machine.lift.wording import identifier

NEAR = 256  # bytes of a buffer on the stack whose contents a call may change
REACH = 1024  # bytes of a structure on the stack that a call filled
FILLED = "filled"
UNTOUCHED = 3  # the caller's own arguments in a row, left as they were, are not handed over
FOLDED = frozenset([1, 2, 4, 8])
NOBODY: Mapping[str, int] = MappingProxyType({})


class Flags(NamedTuple):
    """The last comparison: of a and b, and where `before` is given only if that held (else the flags are `other`)."""

    a: Value
    b: Value
    before: Value | None = None
    other: int = 0


class Event(NamedTuple):
    """Something that a function does besides computing: `kind` call, store, branch, return or switch.

    `name` is what is called (or "" with the callee as the last of `values`); `values` are arguments, what is stored
    (place, value), what is returned, or the condition.
    """

    kind: str
    address: int
    name: str = ""
    values: tuple[Value, ...] = ()


Semantics = Callable[["Machine", tuple[Operand, ...]], None]
Condition = Callable[["Machine", tuple[Operand, ...]], Value]


@dataclass(frozen=True)
class Processor:
    """One processor's table: how capstone is asked, its registers by role, what its instructions do."""

    arch: int
    mode: int
    word: int
    arguments: tuple[str, ...]
    result: str
    stack: str
    clobbered: frozenset[str]
    semantics: Mapping[str, Semantics]
    branches: Mapping[str, Condition]
    calls: frozenset[str]
    jumps: frozenset[str]
    leaves: Callable[[str, tuple[Operand, ...]], bool]  # says whether an instruction returns
    stops: frozenset[str] = frozenset()
    aliases: Mapping[str, str] = field(default_factory=dict)
    zeros: frozenset[str] = frozenset()
    counter: str = ""  # the register that reads as the address of the code itself
    ahead: int = -1  # what it reads as: so many bytes behind the instruction's start, -1 for its end
    stacked: int = -1  # offset of the first argument on the stack from the stack pointer at entry, -1 for none
    delayed: bool = False  # the instruction behind a branch runs before it is taken
    system: Mapping[str, str] = field(default_factory=dict)  # instruction that calls the system: register of the number
    asked_with: tuple[str, ...] = ()  # registers that hold what a call of the system is given
    fixed: Mapping[str, int] = field(default_factory=dict)  # registers that hold one address everywhere
    called: Callable[["Machine", int], bool] | None = None  # runs a call by itself, where it is no real one
    apart: bool = False  # arguments of functions that take any number stand on the stack
    spilled: int = -1  # offset of the first argument on the stack from the stack pointer at a call, -1 for none
    entry: str = ""  # the register that holds the function's own address when it is entered
    landing: int = 0  # calls inside a file may arrive so many bytes behind a function's start
    described: bool = False  # a pointer to a function leads to a record that begins with its address
    restores: "Callable[[Image, int], bool] | None" = None  # says whether code only restores registers and returns
    prepare: "Callable[[list[Any]], list[Any]] | None" = None  # brings instructions to other, plainer ones
    beside: "Callable[[Image, Sequence[Any], int, int], tuple[int, int]] | None" = None  # data that the last one reads
    tables: "Callable[[Image, Sequence[Any], int, int], list[int]] | None" = None  # where a jump through one leads


class State:
    """Registers, slots of the function's own stack by offset, and flags."""

    __slots__ = ("flags", "registers", "slots")

    def __init__(self, registers: dict[str, Value], slots: dict[int, Value], flags: Flags | None) -> None:
        self.registers, self.slots, self.flags = registers, slots, flags

    def copy(self) -> "State":
        """Return a state that can be changed by itself."""
        return State(dict(self.registers), dict(self.slots), self.flags)


class Machine:
    """Runs instructions on a state and notes what they do."""

    def __init__(
        self, image: Image, processor: Processor, named: Callable[[int], str], taken: Mapping[str, int] = NOBODY
    ) -> None:
        self.image, self.processor, self.named, self.taken = image, processor, named, taken
        self.tail = False  # what is called comes in the place of this function
        self.state = State({}, {}, None)
        self.events: list[Event] = []
        self.address = self.following = 0
        self.target = -1  # the address that was called last, -1 where that is not known
        self.probing = False  # registers of which nothing is known read as values of their own

    def begin(self, start: int = 0) -> State:
        """Return the state at the entry of the function at an address."""
        registers = {name: Value("argument", index) for index, name in enumerate(self.processor.arguments)}
        if self.processor.entry:
            registers[self.processor.entry] = number(start, address=True)
        registers[self.processor.stack] = Value("frame", 0)
        registers |= {name: number(value, address=True) for name, value in self.processor.fixed.items()}
        return State(registers, {}, None)

    # registers and memory

    def register(self, name: str) -> Value:
        """Return what a register holds."""
        processor = self.processor
        if name == processor.counter:
            ahead = processor.ahead
            return number(self.following if ahead < 0 else (self.address & ~1) + ahead, address=True)
        full = processor.aliases.get(name, name)
        if full in processor.zeros:
            return ZERO
        held = self.state.registers.get(full)
        return held or (Value("phi", -1, full) if self.probing else UNKNOWN)

    def set(self, name: str, value: Value) -> None:
        """Put a value into a register."""
        full = self.processor.aliases.get(name, name)
        if full in self.processor.zeros or (full in self.processor.fixed and value.kind != "number"):
            return
        self.state.registers[full] = self.cut(value)

    def cut(self, value: Value) -> Value:
        """Return a number cut to the processor's word."""
        if self.processor.word == 4 and value.kind == "number" and value.a >> 32:
            return number(value.a & 0xFFFF_FFFF, value.b)
        return value

    def place(self, operand: Operand) -> Value:
        """Return the address that a memory operand names."""
        base = self.register(operand.register) if operand.register else ZERO
        if operand.register == self.processor.counter and self.processor.ahead >= 0:
            base = number(base.a & ~3, address=True)
        if operand.indexed:
            index = self.register(operand.indexed.lstrip("-"))
            index = binary("*", index, number(operand.scale)) if operand.scale > 1 else index
            base = binary("-" if operand.indexed[0] == "-" else "+", base, index)
        return self.cut(binary("+", base, number(operand.number)) if operand.number else base)

    def get(self, operand: Operand, size: int = 0) -> Value:
        """Return an operand's value; `size` is that of memory where the operand does not say."""
        if operand.kind == "i":
            return number(operand.number)
        if operand.kind == "r":
            return self.register(operand.register)
        if operand.kind == "a":
            return self.place(operand)
        if operand.kind == "m" and operand.mark not in ("fs", "gs"):
            return self.load(self.place(operand), operand.size or size or self.processor.word)
        return UNKNOWN

    def put(self, operand: Operand, value: Value, size: int = 0) -> None:
        """Write a value to a register or to memory."""
        if operand.kind == "r":
            self.set(operand.register, value)
        elif operand.kind == "m":
            self.store(self.place(operand), operand.size or size or self.processor.word, value)

    def load(self, place: Value, size: int) -> Value:
        """Return what memory holds: of the own stack what was put there, of constant data its bytes."""
        if place.kind == "frame":
            return self._own(place.a, size)
        if place.kind == "number":
            return self._fixed(place, size)
        return memory(place, 0, size)

    def _own(self, offset: int, size: int) -> Value:
        held = self.state.slots.get(offset)
        if held is None or held.kind == FILLED:
            slots = self.state.slots
            near = max(
                (one for one in slots if offset - REACH < one <= offset and slots[one].kind == FILLED), default=None
            )
            if near is not None:  # what a call wrote there is known by the call
                return memory(Value("name", f"{slots[near].a}_out"), offset - near, size)
        first = self.processor.stacked
        if held is None and first >= 0 and offset >= first:
            return Value("argument", len(self.processor.arguments) + (offset - first) // self.processor.word)
        return held or UNKNOWN

    def _fixed(self, place: Value, size: int) -> Value:
        name = self.image.slots.get(place.a)
        if name:
            return Value("name", name)
        region = self.image.region(place.a)
        if region and size in FOLDED and ("w" not in region.rights or self._is_offsets(region, place.a)):
            return self._constant(place.a, size, sure="w" not in region.rights) or memory(place, 0, size)
        return memory(place, 0, size)

    def _constant(self, at: int, size: int, *, sure: bool) -> Value | None:
        pointed = self.image.pointer_at(at)
        if pointed is not None:
            return number(pointed, address=True)
        raw = self.image.bytes_at(at, size)
        held = int.from_bytes(raw, "big" if self.image.big else "little")
        if len(raw) < size or not (held or sure or self.processor.delayed):
            return None
        return number(held, address=None if sure else True)

    def _is_offsets(self, region: Region, at: int) -> bool:
        """Say whether an address is in the table of addresses that the loader fills."""
        if region.name.startswith("."):
            return region.name.startswith((".got", ".data.rel.ro", ".toc", ".branch_lt"))
        return self.image.processor.startswith("mips") and 0 <= self.image.global_pointer - at <= 0x7FF0

    def store(self, place: Value, size: int, value: Value) -> None:
        """Write to memory: to the own stack silently, elsewhere as an event."""
        if place.kind == "frame":
            for offset in range(place.a, place.a + size):
                self.state.slots.pop(offset, None)
            self.state.slots[place.a] = value
        else:
            self.events.append(Event("store", self.address, "", (memory(place, 0, size), value)))

    # flags

    def compare(self, a: Value, b: Value) -> None:
        """Remember a comparison."""
        self.state.flags = Flags(a, b)

    def compare_if(self, before: Value, a: Value, b: Value, other: int) -> None:
        """Remember a comparison that is made only if one before held; `other` are the flags if it did not."""
        self.state.flags = Flags(a, b, before, other)

    def holds(self, operator: str) -> Value:
        """Return what a condition on the flags asks."""
        flags = self.state.flags
        if flags is None:
            return condition(operator, UNKNOWN, ZERO)
        asked = condition(operator, flags.a, flags.b)
        if flags.before is None:
            return asked
        if _given(operator, flags.other):  # not before, or asked
            return inverted(node("both", flags.before, inverted(asked)))
        return node("both", flags.before, asked)

    # calls

    def call(self, target: Value) -> None:
        """Call a function: its result stands in the result register, what it may change is forgotten."""
        if self.processor.called and target.kind == "number" and self.processor.called(self, target.a):
            return
        name, values = self.callee(target)
        self.target = target.a if target.kind == "number" else -1
        given = self.arguments(name)
        while given and values and given[-1] == target:  # not handed over, only what is called stands there
            given = given[:-1]
        at = TAKES.get(name, -1)
        if 0 <= at < len(given) and given[at].kind == "frame":
            told = endpoint(self.state.slots, given[at].a, self._data_name, big=self.image.big)
            given = (*given[:at], Value("text", told) if told else given[at], *given[at + 1 :])
        name, unsaid = plain_call(name)
        if unsaid:
            given = tuple(value for at, value in enumerate(given) if at not in unsaid)
        self.events.append(Event("call", self.address, name, (*given, *values)))
        self._forget(given, name)
        self.set(self.processor.result, UNKNOWN if name in void() else Value("call", self.address, name))

    def _data_name(self, place: Value) -> str:
        """Return the name of data of other files at a place that a pointer in a table or an address leads to."""
        if place.kind == "at" and place.a.kind == "number":
            return self.image.slots.get(place.a.a, "").partition("@")[0]
        return self.image.data_names.get(place.a, "").partition("@")[0] if place.kind == "number" else place.a or ""

    def call_system(self, register: str) -> None:
        """Call the system: the number in a register says what; only the result is changed."""
        asked = self.register(register)
        name = system_calls(self.image.processor).get(asked.a, "") if asked.kind == "number" else ""
        least, more = arity_of(name)
        given = [self.register(one) for one in self.processor.asked_with]
        if name and least >= 0 and not more:
            del given[least:]
        while given and (given[-1].kind == "unknown" or (not name and given[-1].kind == "argument")):
            given.pop()
        values = tuple(map(self._bytes, given))
        self.events.append(Event("call", self.address, name or "syscall", values if name else (asked, *values)))
        self.state.flags = None
        self.set(self.processor.result, Value("call", self.address, name or "syscall"))

    def callee(self, target: Value) -> tuple[str, tuple[Value, ...]]:
        """Return the name of what is called, or none and what it is called through."""
        if target.kind == "number":
            name = self.named(target.a) or self.named(target.a - self.processor.landing)
            return name or "code", ()
        if self.processor.described and target.kind == "at" and not target.b:
            target = target.a
        if target.kind == "name":
            return target.a, ()
        return "", (target,)

    def arguments(self, name: str) -> tuple[Value, ...]:
        """Return what is handed over: as many as the callee is known to take, else all that were made ready."""
        least, more = arity_of(name)
        if least < 0 and self.taken:
            least = self.taken.get(identifier(name), -1)
            more = least < 0
        ready = self._ready(least)
        if least > 0 and more and (told := self._told(name, ready[:least])) >= 0:
            ready = [*ready[:least], *self._stacked(told)] if self.processor.apart else self._ready(least + told)
            least, more = least + told, False
        if least >= 0 and not more:
            return tuple(self._bytes(one) for one in (*ready, *[UNKNOWN] * least)[:least])
        own = [value == Value("argument", at) for at, value in enumerate(ready)]
        for at in range(max(least, 0), len(own)):
            if all(own[at : at + UNTOUCHED]):  # nor what stands behind them: it was left there
                return tuple(map(self._bytes, ready[:at]))
        return tuple(map(self._bytes, ready))

    def _told(self, name: str, ready: list[Value]) -> int:
        """Return how many arguments a format asks for that is the last of those always given, -1 if it is none."""
        last = ready[-1] if ready and ("print" in name or "log" in name) else None
        text = self.image.text(last.a) if last and last.kind == "number" else None
        return asked_for(text) if text is not None else -1

    def _ready(self, least: int) -> list[Value]:
        processor, ready = self.processor, list[Value]()
        for name in processor.arguments:
            held = self.state.registers.get(name)
            if held is None:
                return ready
            ready.append(held)
        most = max(0, least - len(ready)) if processor.arguments else max(8, least)
        return ready + self._stacked(most, least)

    def _stacked(self, most: int, least: int = 0) -> list[Value]:
        """Return what was put on the stack for the callee, up to so many words; `least` are known to be taken."""
        processor, found = self.processor, list[Value]()
        top = self.register(processor.stack)
        if self.tail and not processor.arguments and top.kind == "frame":
            return self._own_again(top.a, most, least)
        for index in range(most if processor.spilled >= 0 and top.kind == "frame" else 0):
            held = self.state.slots.get(top.a + processor.spilled + index * processor.word)
            if held is None:
                break
            found.append(held)
        return found

    def _own_again(self, top: int, most: int, least: int) -> list[Value]:
        """Return what stands in the places of the function's own arguments: as many as are taken or were written to."""
        processor, slots = self.processor, self.state.slots
        places = [top + processor.stacked + index * processor.word for index in range(most)]
        last = max((at for at, place in enumerate(places, 1) if place in slots), default=0) if least < 0 else least
        return [slots.get(place, Value("argument", at)) for at, place in enumerate(places[:last])]

    def _bytes(self, value: Value) -> Value:
        """Return the text that was put together on the stack at an address, or the value itself."""
        if value.kind != "frame":
            return value
        made = bytearray()
        order: Literal["big", "little"] = "big" if self.image.big else "little"
        while (held := self.state.slots.get(value.a + len(made))) is not None and held.kind == "number":
            width = self._width(value.a + len(made), held.a)
            raw = held.a.to_bytes(8, order)
            made += raw[:width] if order == "little" else raw[-width:]
        text = bytes(made).split(b"\0", 1)[0]
        if len(text) >= 4 and all(32 <= byte < 127 for byte in text):
            return Value("text", text.decode("ascii"))
        return value

    def _width(self, offset: int, held: int) -> int:
        """Return how many bytes a number on the stack takes: up to the next slot, at least what it needs."""
        need = max(1, (held.bit_length() + 7) // 8)
        widths = [width for width in (1, 2, 4, 8) if need <= width <= max(need, self.processor.word)]
        least = widths[0] if self.image.big else 8
        return next((width for width in widths if offset + width in self.state.slots), least)

    def _forget(self, given: tuple[Value, ...], name: str) -> None:
        """Forget what a call may change; a buffer of the own stack that it was given now holds what it wrote."""
        state = self.state
        for register in self.processor.clobbered:
            state.registers.pop(register, None)
        state.flags = None
        for value in given:
            if value.kind == "frame":
                for offset in [one for one in state.slots if value.a <= one < value.a + NEAR]:
                    if one_is_data(state.slots[offset]):
                        del state.slots[offset]
                if value.a not in state.slots and name:
                    state.slots[value.a] = Value(FILLED, name)


def one_is_data(value: Value) -> bool:
    """Tell a slot that may be part of a buffer from a saved register."""
    return value.kind in ("number", "unknown", "text", FILLED)


def _given(operator: str, flags: int) -> bool:
    """Say whether a condition holds for flags given as the four bits N Z C V."""
    negative, zero = bool(flags & 8) != bool(flags & 1), bool(flags & 4)
    return {
        "==": zero,
        "!=": not zero,
        "<": negative,
        ">=": not negative,
        ">": not zero and not negative,
        "<=": zero or negative,
    }[operator]
