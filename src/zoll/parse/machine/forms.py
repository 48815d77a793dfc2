"""How a relocated value is written into data or an instruction, and how an addend that stands there is read.

The forms' names are the keys of FORMS; each says its width in bytes and two functions over columns: `put(word, value)`
gives the new words, `get(word)` the addend (none for processors whose relocations tell it).
"""

from collections.abc import Callable

import numpy as np

from zoll.parse.machine.image import Numbers
from zoll.parse.machine.plt_words import low

Put = Callable[[Numbers, Numbers], Numbers]
Get = Callable[[Numbers], Numbers]


class Form:
    """One way of writing: `width` bytes of one number, or halfwords in order where `halves` (Thumb, RISC-V)."""

    __slots__ = ("get", "halves", "put", "width")

    def __init__(self, width: int, put: Put, get: Get | None = None, *, halves: bool = False) -> None:
        self.width, self.put, self.halves = width, put, halves
        self.get = get or (lambda word: low(word, 8 * width) if width < 8 else word)


def _field(width: int, at: int, shift: int = 0, size: int = 4) -> Form:
    """`width` bits of the value without its `shift` lowest, at bit `at` of a word."""
    mask = (1 << width) - 1
    return Form(
        size,
        lambda word, value: (word & ~(mask << at)) | ((value >> shift & mask) << at),
        lambda word: low(word >> at, width) << shift,
    )


def _high(word: Numbers, value: Numbers) -> Numbers:
    """Write the upper half, made up for a lower half that is added as a signed number."""
    return (word & ~0xFFFF) | (value + 0x8000 >> 16 & 0xFFFF)


def _arm64_page(word: Numbers, value: Numbers) -> Numbers:
    return (word & 0x9F00001F) | (value >> 12 & 3) << 29 | (value >> 14 & 0x7FFFF) << 5


def _arm64_near(word: Numbers, value: Numbers) -> Numbers:
    return (word & 0x9F00001F) | (value & 3) << 29 | (value >> 2 & 0x7FFFF) << 5


def _arm_wide(word: Numbers, value: Numbers) -> Numbers:
    return (word & ~0xF0FFF) | (value >> 12 & 0xF) << 16 | value & 0xFFF


def _thumb_wide(word: Numbers, value: Numbers) -> Numbers:
    word &= ~0x040F70FF
    return word | (value >> 12 & 0xF) << 16 | (value >> 11 & 1) << 26 | (value >> 8 & 7) << 12 | value & 0xFF


def _thumb_wide_read(word: Numbers) -> Numbers:
    return low((word >> 16 & 0xF) << 12 | (word >> 26 & 1) << 11 | (word >> 12 & 7) << 8 | word & 0xFF, 16)


def _thumb_branch(word: Numbers, value: Numbers) -> Numbers:
    sign = value >> 24 & 1
    first, second = ~(value >> 23 ^ sign) & 1, ~(value >> 22 ^ sign) & 1
    word &= ~0x07FF2FFF
    return word | sign << 26 | (value >> 12 & 0x3FF) << 16 | first << 13 | second << 11 | value >> 1 & 0x7FF


def _thumb_branch_read(word: Numbers) -> Numbers:
    sign = word >> 26 & 1
    first, second = ~(word >> 13 ^ sign) & 1, ~(word >> 11 ^ sign) & 1
    return low(sign << 24 | first << 23 | second << 22 | (word >> 16 & 0x3FF) << 12 | (word & 0x7FF) << 1, 25)


def _riscv_store(word: Numbers, value: Numbers) -> Numbers:
    return (word & ~0xFE000F80) | (value >> 5 & 0x7F) << 25 | (value & 0x1F) << 7


def _riscv_branch(word: Numbers, value: Numbers) -> Numbers:
    word &= ~0xFE000F80
    word |= (value >> 12 & 1) << 31 | (value >> 5 & 0x3F) << 25
    return word | (value >> 1 & 0xF) << 8 | (value >> 11 & 1) << 7


def _riscv_jump(word: Numbers, value: Numbers) -> Numbers:
    word = (word & 0xFFF) | (value >> 20 & 1) << 31 | (value >> 1 & 0x3FF) << 21
    return word | (value >> 11 & 1) << 20 | (value >> 12 & 0xFF) << 12


def _riscv_upper(word: Numbers, value: Numbers) -> Numbers:
    return (word & 0xFFF) | (value + 0x800 >> 12 & 0xFFFFF) << 12


def _riscv_call(word: Numbers, value: Numbers) -> Numbers:
    """`auipc; jalr`: the first instruction in the lower half of eight bytes."""
    first = _riscv_upper(word & 0xFFFFFFFF, value)
    return (word & 0x000FFFFF00000000) | (value & 0xFFF) << 52 | first


def _riscv_short_branch(word: Numbers, value: Numbers) -> Numbers:
    word = (word & 0xE383) | (value >> 8 & 1) << 12 | (value >> 3 & 3) << 10
    return word | (value >> 6 & 3) << 5 | (value >> 1 & 3) << 3 | (value >> 5 & 1) << 2


def _riscv_short_jump(word: Numbers, value: Numbers) -> Numbers:
    word = (word & 0xE003) | (value >> 11 & 1) << 12 | (value >> 4 & 1) << 11 | (value >> 8 & 3) << 9
    word |= (value >> 10 & 1) << 8 | (value >> 6 & 1) << 7 | (value >> 7 & 1) << 6
    return word | (value >> 1 & 7) << 3 | (value >> 5 & 1) << 2


def _whole(width: int) -> Form:
    return Form(width, lambda _, value: value)


FORMS: dict[str, Form] = {
    **{str(8 * width): _whole(width) for width in (1, 2, 4, 8)},
    **{f"+{8 * width}": Form(width, lambda word, value: word + value) for width in (1, 2, 4, 8)},
    **{f"-{8 * width}": Form(width, lambda word, value: word - value) for width in (1, 2, 4, 8)},
    "prel31": Form(4, lambda word, value: (word & ~0x7FFFFFFF) | value & 0x7FFFFFFF, lambda word: low(word, 31)),
    "arm64 page": Form(4, _arm64_page),
    "arm64 near": Form(4, _arm64_near),
    "arm64 branch": _field(26, 0, 2),
    "arm64 short": _field(19, 5, 2),
    "arm64 test": _field(14, 5, 2),
    **{f"arm64 low {shift}": _field(12 - shift, 10, shift) for shift in range(5)},
    **{f"arm64 move {part}": _field(16, 5, 16 * part) for part in range(4)},
    "arm branch": _field(24, 0, 2),
    "arm movw": Form(4, _arm_wide, lambda word: low((word >> 16 & 0xF) << 12 | word & 0xFFF, 16)),
    "arm movt": Form(4, lambda w, v: _arm_wide(w, v >> 16), lambda w: low((w >> 16 & 0xF) << 12 | w & 0xFFF, 16)),
    "thumb branch": Form(4, _thumb_branch, _thumb_branch_read, halves=True),
    "thumb movw": Form(4, _thumb_wide, _thumb_wide_read, halves=True),
    "thumb movt": Form(4, lambda w, v: _thumb_wide(w, v >> 16), _thumb_wide_read, halves=True),
    "mips jump": _field(26, 0, 2),
    "mips branch": _field(16, 0, 2),
    "low 16": _field(16, 0),
    "high 16": Form(4, _high, lambda word: (word & 0xFFFF) << 16),
    "mips page": Form(4, lambda word, value: 0x3C000000 | word & 0x1F0000 | value + 0x8000 >> 16 & 0xFFFF),
    "higher 16": Form(4, lambda word, value: (word & ~0xFFFF) | (value + 0x80008000 >> 32 & 0xFFFF)),
    "highest 16": Form(4, lambda word, value: (word & ~0xFFFF) | (value + 0x800080008000 >> 48 & 0xFFFF)),
    "ppc branch": _field(24, 2, 2),
    "ppc short": _field(14, 2, 2),
    "half": Form(2, lambda _, value: value),
    "half high": Form(2, lambda _, value: value >> 16),
    "half adjusted": Form(2, lambda _, value: value + 0x8000 >> 16),
    "half quad": Form(2, lambda word, value: (word & 3) | value & ~3),
    "riscv branch": Form(4, _riscv_branch),
    "riscv jump": Form(4, _riscv_jump),
    "riscv call": Form(8, _riscv_call),
    "riscv upper": Form(4, _riscv_upper),
    "riscv low": _field(12, 20),
    "riscv store": Form(4, _riscv_store),
    "riscv short branch": Form(2, _riscv_short_branch),
    "riscv short jump": Form(2, _riscv_short_jump),
}


def read(raw: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], places: Numbers, form: Form, order: str) -> Numbers:
    """Return the words at offsets; of Thumb the first halfword is the upper one."""
    rows = np.ascontiguousarray(raw[places[:, None] + np.arange(form.width)])
    if form.halves:
        pair = rows.view(order + "u2").astype(np.int64)
        return pair[:, 0] << 16 | pair[:, 1]
    return rows.view(f"{order}u{form.width}").ravel().astype(np.int64)


def write(
    raw: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], places: Numbers, words: Numbers, form: Form, order: str
) -> None:
    """Write words at offsets."""
    if form.halves:
        rows = np.stack([words >> 16 & 0xFFFF, words & 0xFFFF], 1).astype(order + "u2")
    else:
        mask = -1 if form.width == 8 else (1 << 8 * form.width) - 1
        rows = (words & mask).astype(f"{order}u{form.width}").reshape(-1, 1)
    raw[places[:, None] + np.arange(form.width)] = np.ascontiguousarray(rows).view(np.uint8).reshape(-1, form.width)
