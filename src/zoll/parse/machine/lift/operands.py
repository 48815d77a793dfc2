"""Operands as capstone prints them, of every processor, as plain values."""

import re
from functools import lru_cache
from typing import NamedTuple

SIZES = {"byte": 1, "word": 2, "dword": 4, "qword": 8, "xmmword": 16, "ymmword": 32, "zmmword": 64, "tbyte": 10}
_NUMBER = re.compile(r"[#$]?(-?)(0x[0-9a-f]+|\d+)")
_BASED = re.compile(r"(-?(?:0x[0-9a-f]+|\d+)|)\((\$?\w+)\)")
_POINTED = re.compile(r"(?:(\w+) ptr )?(?:\w\w:)?\[(.*)\](!?)")
_SHIFT = re.compile(r"(lsl|lsr|asr|ror|sxtw|uxtw|sxtx|uxtx|sxtb|uxtb|sxth|uxth|msl)(?: #(0x[0-9a-f]+|\d+))?")
_TERM = re.compile(r"([+-]?)\s*([^+-]+)")


class Operand(NamedTuple):
    """`kind`: r (register), i (number), m (memory), s (shift of the one before), l (list of registers), a (address).

    Memory: base `register`, `indexed` times `scale`, plus `number`; `size` in bytes where told; `mark` is ! for a base
    written back, and the segment register of x86.
    """

    kind: str
    register: str = ""
    number: int = 0
    indexed: str = ""
    scale: int = 1
    size: int = 0
    mark: str = ""
    registers: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 16)
def operands(text: str) -> tuple[Operand, ...]:
    """Return the operands of one instruction.

    >>> operands("rax, qword ptr [rip + 0x10]")[1]
    Operand(kind='m', register='rip', number=16, indexed='', scale=1, size=8, mark='', registers=())
    """
    return tuple(_operand(piece.strip()) for piece in _split(text)) if text else ()


def _split(text: str) -> list[str]:
    pieces, depth, start = [], 0, 0
    for at, sign in enumerate(text):
        if sign in "[{":
            depth += 1
        elif sign in "]}":
            depth -= 1
        elif sign == "," and not depth:
            pieces.append(text[start:at])
            start = at + 1
    return [*pieces, text[start:]]


def _operand(text: str) -> Operand:
    if text.startswith("{"):
        return Operand("l", registers=tuple(one.strip() for one in text.strip("{}^").split(",")))
    found = _NUMBER.fullmatch(text)
    if found:
        return Operand("i", number=int(found[2], 0) * (-1 if found[1] else 1))
    found = _BASED.fullmatch(text)
    if found:
        return Operand("m", register=found[2], number=int(found[1] or "0", 0))
    found = _SHIFT.fullmatch(text)
    if found:
        return Operand("s", register=found[1], number=int(found[2] or "0", 0))
    found = _POINTED.fullmatch(text)
    if found:
        segment = text[text.find(":") - 2 : text.find(":")] if ":" in text else ""
        return _pointed(found[2], SIZES.get(found[1] or "", 0), found[3] or segment)
    return Operand("r", register=text.rstrip("!"), mark="!" if text.endswith("!") else "")


def _pointed(inside: str, size: int, mark: str) -> Operand:
    base, index, scale, offset = "", "", 1, 0
    for piece in inside.split(","):
        shift = _SHIFT.fullmatch(piece.strip())
        if shift:
            scale = 1 << int(shift[2] or "0", 0) if shift[1] in ("lsl", "sxtw", "uxtw", "sxtx", "uxtx") else 1
            continue
        for sign, term in _TERM.findall(piece.strip().lstrip("#")) or [("", piece.strip())]:
            name, _, times = term.strip().lstrip("#").partition("*")
            found = _NUMBER.fullmatch(name)
            if found:
                offset += int(found[2], 0) * (-1 if sign == "-" else 1)
            elif times or base:
                index, scale = ("-" if sign == "-" else "") + name, int(times or "1", 0)
            else:
                base = name
    return Operand("m", base, offset, index, scale, size, mark)
