"""What a register may hold, as small trees: constants folded, masks of width forgotten, comparisons in one form.

Equal source should give equal trees whatever registers and frame the compiler chose; a tree that grows too deep
becomes unknown.
"""

from collections.abc import Iterator
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any, NamedTuple

MASK = (1 << 64) - 1
DEEPEST = 9
CALL, PHI = 1, 2
CONDITIONS = frozenset(["condition", "both", "not"])
HALF = 32
LONGEST_RANGE = 0x10000
ALL_SAME = 0xFFFF  # one bit for each of sixteen bytes that are the same
BITS_OF_WIDTH = frozenset([5, 6])
WIDTHS = frozenset({0xFFFF_FFFF, MASK})
SWAPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
INVERTED = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Value(NamedTuple):
    """One node; `kind` says what a, b and c are.

    number (n, whether it is known to be an address), argument (index), call (identity), frame (offset from the stack
    pointer at entry), at (base, offset, size: what memory holds), phi (block, register: what several ways brought),
    name (text), condition (operator, left, right), both (condition, condition), pick (condition, then, else), unknown,
    else an operator with its operands.
    """

    kind: str
    a: Any = None
    b: Any = None
    c: Any = None
    depth: int = 0
    holds: int = 0  # of an inner node: 1 if a call's result is in it, 2 if a phi is, 3 for both


UNKNOWN = Value("unknown")


@lru_cache(maxsize=1 << 14)
def number(value: int, address: bool | None = None) -> Value:
    """Return a constant, as 64 bits; `address` marks one that the code takes for an address."""
    return Value("number", value & MASK, address)


def signed(value: int, bits: int = 64) -> int:
    """Return a constant's signed meaning.

    >>> signed(MASK)
    -1
    """
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def node(kind: str, a: Any = None, b: Any = None, c: Any = None) -> Value:
    """Return a tree, or unknown where it is too deep to say anything."""
    depth = holds = 0
    for one in (a, b, c):
        if type(one) is Value:
            depth = max(depth, one.depth)
            holds |= one.holds or _LEAVES.get(one.kind, 0)
    return Value(kind, a, b, c, depth + 1, holds) if depth < DEEPEST else UNKNOWN


_LEAVES = {"call": CALL, "phi": PHI}
ZERO = number(0)
ONE = number(1)


def memory(base: Value, offset: int, size: int) -> Value:
    """Return what memory holds at a base and an offset."""
    if base.kind == "+" and base.b.kind == "number":
        base, offset = base.a, offset + signed(base.b.a)
    if base.kind == "number":
        base, offset = number(base.a + offset, base.b), 0
    return UNKNOWN if base.kind == "unknown" else node("at", base, offset, size)


def binary(operator: str, a: Value, b: Value) -> Value:
    """Return `a operator b`, simplified."""
    if b.kind == "number" and (operator, b.a) in _SETTLED:
        return b
    if a.kind == "unknown" or b.kind == "unknown":
        return UNKNOWN
    if a.kind == "number" and b.kind == "number":
        return number(_FOLD[operator](a.a, b.a), a.b or b.b) if operator in _FOLD else node(operator, a, b)
    if operator == "-" and b.kind == "number":
        operator, b = "+", number(-b.a)
    if operator in _COMMUTE and a.kind == "number":
        a, b = b, a
    if b.kind == "number":
        return _with_number(operator, a, b)
    if a == b and operator in "-^&|":
        return ZERO if operator in "-^" else a
    if operator in "+-&|^" and (joined := _joined(operator, a, b)):
        return joined
    if operator == "-" and a.kind == "number" and b.kind == "pick" and b.b.kind == "number" and b.c.kind == "number":
        return pick(b.a, binary("-", a, b.b), binary("-", a, b.c))
    return node(operator, a, b)


def _joined(operator: str, a: Value, b: Value) -> Value | None:
    """Return two choices by one condition as one choice, and a sum of a value and its multiple as one multiple."""
    one, two = _choice(a), _choice(b)
    if one and two and one[0] == two[0]:
        return pick(one[0], binary(operator, one[1], two[1]), binary(operator, one[2], two[2]))
    for value, other in ((a, b), (b, a)):
        if operator == "+" and other.kind == "*" and other.a == value and other.b.kind == "number":
            return node("*", value, number(other.b.a + 1))
    return None


def _choice(a: Value) -> tuple[Value, Value, Value] | None:
    """Return a choice between numbers: what decides, and the two."""
    if a.kind in CONDITIONS:
        return a, ONE, ZERO
    return (a.a, a.b, a.c) if a.kind == "pick" and a.b.kind == a.c.kind == "number" else None


def _with_number(operator: str, a: Value, b: Value) -> Value:
    n = b.a
    if n == 0 and operator in _SAME_AT_ZERO:
        return a
    if a.kind in CONDITIONS and n == 1 and operator in "^&":
        return inverted(a) if operator == "^" else a
    if a.kind == "clz" and operator == ">>" and n in BITS_OF_WIDTH:  # all bits are zero, and no other number
        return condition("==", a.a, ZERO)
    if a.kind in CONDITIONS:
        return pick(a, binary(operator, ONE, b), binary(operator, ZERO, b))
    if a.kind == "pick" and a.b.kind == "number" and a.c.kind == "number" and operator in _FOLD:
        return pick(a.a, binary(operator, a.b, b), binary(operator, a.c, b))
    if operator == "&" and (n in WIDTHS or n == 0):
        return a if n else ZERO
    if operator == "*" and n == 1:
        return a
    if operator == "+":
        if a.kind == "frame":
            return Value("frame", a.a + signed(n))
        if a.kind == "+" and a.b.kind == "number":
            if b.b and not a.b.b:  # a table that is entered with a number that does not begin at zero
                return node("+", a, b)
            return binary("+", a.a, number(a.b.a + n, a.b.b or b.b))
    if operator == ">>" and a.kind == "<<" and a.b.kind == "number" and a.b.a == HALF and n <= HALF:
        return binary("<<", a.a, number(HALF - n))  # cut to 32 bits
    if operator == "<<" and n < 32:
        return node("*", a, number(1 << n)) if n < 6 else node(operator, a, b)
    return node(operator, a, b)


_SETTLED = frozenset([("&", 0), ("*", 0), ("|", MASK), ("|", 0xFFFF_FFFF)])  # whatever stands on the left
_COMMUTE = frozenset("+*&|^")
_SAME_AT_ZERO = frozenset(["+", "-", "|", "^", "<<", ">>"])
_FOLD = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "<<": lambda a, b: a << (b & 63),
    ">>": lambda a, b: a >> (b & 63),
}


_HOLDS = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


def condition(operator: str, a: Value, b: Value) -> Value:
    """Return a comparison in one form: numbers on the right, `<=` and `>=` against numbers as `<` and `>`."""
    if a.kind == "number" and b.kind != "number":
        a, b, operator = b, a, SWAPPED[operator]
    if a.kind == "number" and b.kind == "number" and not a.b and not b.b:
        return number(int(_HOLDS[operator](signed(a.a), signed(b.a))))
    if b.kind == "number":
        if a.kind in CONDITIONS and b.a == 0 and operator in ("==", "!="):
            return a if operator == "!=" else inverted(a)
        if b.a == 0 and operator in ("==", "!="):
            return _against_zero(operator, a)
        if a.kind == "+" and a.b.kind == "number" and operator in ("==", "!="):
            return condition(operator, a.a, number(b.a - a.b.a, b.b or a.b.b))
        if a.kind == "same" and b.a == ALL_SAME and operator in ("==", "!="):
            return condition(operator, a.a, a.b)
        if a.kind == "swap" and operator in ("==", "!=") and b.a >> (8 * a.c) == 0:
            return condition(operator, a.a, swapped(b, a.c))
        if operator == "<=" and b.a < MASK:
            operator, b = "<", number(b.a + 1, b.b)
        elif operator == ">=" and b.a:
            operator, b = ">", number(b.a - 1, b.b)
        if operator in ("<", ">") and a.kind == "+" and a.b.kind == "number" and not a.b.b and not b.b:
            operator, a, b = _counted_from_below(operator, a, b)
    return node("condition", operator, a, b)


def _counted_from_below(operator: str, a: Value, b: Value) -> tuple[str, Value, Value]:
    """Return what asks for a range as gcc asks it, from its begin: clang counts from its end.

    `x - 4 < -3`, without a sign, is `x - 1 > 2`.
    """
    taken, bound = (signed(one.a - (1 << HALF) if 1 << HALF - 1 <= one.a < 1 << HALF else one.a) for one in (a.b, b))
    if not (taken < 0 and -LONGEST_RANGE < bound < -1):
        return operator, a, b
    lowest = bound - taken + (operator == ">")
    return "><"[operator == ">"], binary("+", a.a, number(-lowest)), number(-bound - 1)


def _against_zero(operator: str, a: Value) -> Value:
    """Return what `a == 0` or `a != 0` says about the parts of a difference, or of differences or-ed together."""
    if a.kind in {"^", "-"}:
        return condition(operator, a.a, a.b)
    if a.kind == "+" and a.b.kind == "number":
        return condition(operator, a.a, number(-a.b.a))
    if a.kind == "|" and all(one.kind in ("^", "|", "-", "+") for one in (a.a, a.b)):
        whole = node("both", _against_zero("==", a.a), _against_zero("==", a.b))
        return whole if operator == "==" else inverted(whole)
    return node("condition", operator, a, ZERO)


def pick(asked: Value, one: Value, two: Value) -> Value:
    """Return a choice: what holds if a condition does, else another value."""
    if asked.kind in ("unknown", "number"):
        return UNKNOWN if asked.kind == "unknown" else two if asked == ZERO else one
    if two.kind == "pick" and two.a in (asked, inverted(asked)):
        two = two.c if two.a == asked else two.b
    if one == two:
        return one
    if (one, two) == (ONE, ZERO):
        return asked
    if (one, two) == (ZERO, ONE):
        return inverted(asked)
    return node("pick", asked, one, two) if positive(asked) else node("pick", inverted(asked), two, one)


def positive(asked: Value) -> bool:
    """Say whether a condition, and not its negation, is the one to write: equal, more or less, something at all."""
    if asked.kind != "condition":
        return asked.kind != "not"
    return asked.a in ("<", ">") or (asked.a == "!=") == (asked.c == ZERO and asked.a in ("==", "!="))


def swapped(a: Value, width: int) -> Value:
    """Return a value with its bytes in the other order, `width` of them."""
    if a.kind == "number" and a.a >> (8 * width) == 0:
        return number(int.from_bytes(a.a.to_bytes(width, "little"), "big"))
    if a.kind == "<<" and a.b.kind == "number" and 0 < (rest := width - a.b.a // 8) < width and not a.b.a % 8:
        return swapped(a.a, rest)  # as clang turns two bytes round
    return a.a if a.kind == "swap" and a.c == width else node("swap", a, None, width)


def inverted(a: Value) -> Value:
    """Return the negation of a condition."""
    if a.kind == "condition":
        return condition(INVERTED[a.a], a.b, a.c)
    if a.kind == "number" and not a.b:
        return ONE if a == ZERO else ZERO
    return a.a if a.kind == "not" else node("not", a)


def inner(value: Value) -> Iterator[Value]:
    """Yield a tree and all trees in it."""
    stack = [value]
    while stack:
        one = stack.pop()
        yield one
        stack += [child for child in (one.a, one.b, one.c) if isinstance(child, Value)]
