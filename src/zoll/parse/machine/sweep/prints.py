"""What an instruction is once all is forgotten that a linker may fill in: by it functions of libraries are known again.

The digests of a sweep forget only what is known to be an address there. A library and a program linked with it
differ in more: offsets into the table of addresses and into storage of threads, loads that became plain additions,
calls that became shorter. All immediates that could be such go, but for those from the stack pointer and for constants.
"""

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.columns import Bytes, Flags

Words = NDArray[np.uint32]

# words under a mask, but not those under another, and the bits that are forgotten
Row = tuple[int, int, int, int, int]
_SP = 31 << 5  # arm64: the base register
_MIPS_SP, _MIPS_BASE = 29 << 21, 31 << 21
_PPC_SP, _PPC_BASE = 1 << 16, 31 << 16
_RISCV_SP, _RISCV_BASE = 2 << 15, 31 << 15
_RISCV_STORED = 0xFE000F80


ROWS: dict[str, tuple[Row, ...]] = {
    "arm64": (
        (0x1F000000, 0x10000000, 0, 1, 0x60FFFFE0),  # adr, adrp
        (0x7F800000, 0x11000000, 0x3E0, _SP, 0x3FFC00),  # add of a number
        (0x3B000000, 0x39000000, 0x3E0, _SP, 0x3FFC00),  # loads and stores
        (0x7FE00000, 0x72800000, 0, 1, 0x1FFFE0),  # movk of the lowest part: an offset of a thread's storage
        (0x3B000000, 0x18000000, 0, 1, 0xFFFFE0),  # literals
    ),
    "mips": (
        (0xFC000000, 0x3C000000, 0, 1, 0xFFFF),  # lui
        *((0xFC000000, one << 26, _MIPS_BASE, _MIPS_SP, 0xFFFF) for one in range(32, 64)),
    ),
    "ppc": (
        (0xFC000000, 15 << 26, 0, 1, 0xFFFF),  # addis
        *((0xFC000000, one << 26, _PPC_BASE, _PPC_SP, 0xFFFF) for one in range(32, 56)),
        *((0xFC000000, one << 26, _PPC_BASE, _PPC_SP, 0xFFFC) for one in (58, 62)),
    ),
    "riscv64": (
        (0x7F, 0x17, 0, 1, 0xFFFFF000),  # auipc
        (0x7F, 0x37, 0, 1, 0xFFFFF000),  # lui
        (0x7F, 0x03, _RISCV_BASE, _RISCV_SP, 0xFFF00000),
        (0x7F, 0x07, _RISCV_BASE, _RISCV_SP, 0xFFF00000),
        (0x7F, 0x23, _RISCV_BASE, _RISCV_SP, _RISCV_STORED),
        (0x7F, 0x27, _RISCV_BASE, _RISCV_SP, _RISCV_STORED),
    ),
}
ROWS |= {"mips64": ROWS["mips"], "ppc64": ROWS["ppc"]}
# additions of a number: kept are those to the stack pointer, and to zero, which are constants
ADDED: dict[str, tuple[tuple[int, int], int, tuple[int, int], int]] = {
    "mips": ((0xFC000000, 9 << 26), _MIPS_BASE, (0, _MIPS_SP), 0xFFFF),
    "mips64": ((0xBC000000, 9 << 26), _MIPS_BASE, (0, _MIPS_SP), 0xFFFF),  # 32 and 64 bits wide
    "ppc": ((0xFC000000, 14 << 26), _PPC_BASE, (0, _PPC_SP), 0xFFFF),
    "ppc64": ((0xFC000000, 14 << 26), _PPC_BASE, (0, _PPC_SP), 0xFFFF),
    "riscv64": ((0x707F, 0x13), _RISCV_BASE, (0, _RISCV_SP), 0xFFF00000),
}
CALL, JUMP = 0x04110000, 0x10000000  # MIPS: bal and b
# what linkers make of calls and jumps: under a mask, such words become another
TURNED: dict[str, tuple[tuple[int, int, int], ...]] = {
    "mips": ((0xFFFFFFFF, 0x0320F809, CALL), (0xFFFF0000, CALL, CALL), (0xFFFFFFFF, 0x03200008, JUMP)),  # through t9
    "arm": ((0xFE000000, 0xFA000000, 0xEB000000),),  # blx is bl of a function in the other set
    "thumb": ((0xF800D000, 0xF000C000, 0xF000D000), (0xFFFFFFFF, 0xBE00, 0), (0xFFFFFFFF, 0xBF00, 0)),  # blx; data, nop
}
TURNED |= {"mips64": TURNED["mips"]}


def _like(words: Words, mask: int, bits: int) -> Flags:
    found: Flags = (words & np.uint32(mask)) == np.uint32(bits)
    return found


def loosened(name: str, masked: Words) -> Words:
    """Return words of an instruction set, in which addresses are masked, without all else that a linker may change."""
    found = masked.copy()
    for mask, bits, unless, held, gone in ROWS.get(name, ()):
        at = _like(masked, mask, bits) & ~_like(masked, unless, held)
        found[at] &= np.uint32(~gone & 0xFFFFFFFF)
    if name in ADDED:
        like, field, kept, gone = ADDED[name]
        at = _like(masked, *like) & ~np.isin(masked & np.uint32(field), kept)
        found[at] &= np.uint32(~gone & 0xFFFFFFFF)
    for mask, bits, other in TURNED.get(name, ()):
        found[_like(masked, mask, bits)] = other
    return found


def folded(masked: Bytes, at: NDArray[np.int32], sizes: NDArray[np.int32]) -> Words:
    """Return one number for the bytes of each instruction."""
    data = np.append(masked, np.zeros(16, np.uint8))
    found = sizes.astype(np.uint32)
    for byte in range(int(sizes.max(initial=0))):
        kept = sizes > byte
        found[kept] = found[kept] * np.uint32(0x01000193) ^ data[at[kept] + byte]
    return found
