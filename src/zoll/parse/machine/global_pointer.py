"""What MIPS, PowerPC, RISC-V and position-independent x86 code reaches its data through, where a file says it."""

import numpy as np

from zoll.parse.machine.binary import POSITIVE
from zoll.parse.machine.elf_head import Elf
from zoll.parse.machine.elf_relocations import DT_PLTGOT
from zoll.parse.machine.image import NONE, Symbol
from zoll.parse.machine.plt_words import low

DT_PPC_GOT = 0x70000000
PT_MIPS_REGINFO, PT_MIPS_OPTIONS = 0x70000000, 0x70000002
NAMES = {"mips": "_gp", "mips64": "_gp", "ppc64": ".TOC.", "riscv64": "__global_pointer$"}
EXECUTABLE_BIT = 1


def global_pointer(elf: Elf, symbols: tuple[Symbol, ...]) -> int:
    """Return the global pointer, 0 where the processor has none or the file does not say."""
    find = FINDERS.get(elf.processor)
    if find is None:
        return 0
    name = NAMES.get(elf.processor)
    told = next((one.address for one in symbols if one.name == name), 0) if name else 0
    return (told or find(elf)) & POSITIVE


def _x86(elf: Elf) -> int:
    section = elf.section(".got.plt") or elf.section(".got")
    return elf.value(DT_PLTGOT) or (section.address if section else 0)


def _mips(elf: Elf) -> int:
    """Take the GOT's place as the ABI fixes it, else what the register masks' record says."""
    if elf.value(DT_PLTGOT):
        return elf.value(DT_PLTGOT) + 0x7FF0
    for segment in elf.segments:
        at = {PT_MIPS_REGINFO: 20, PT_MIPS_OPTIONS: 32}.get(segment.type)
        if at and segment.offset + at + elf.bytes.word <= len(elf.bytes):
            return elf.bytes.number(segment.offset + at, elf.bytes.word) & POSITIVE
    section = elf.section(".got")
    return section.address + 0x7FF0 if section else 0


def _ppc(elf: Elf) -> int:
    return elf.value(DT_PPC_GOT)


def _ppc64(elf: Elf) -> int:
    """Take the TOC: 32 kB into the GOT; without sections from code that sets r2 by `addis` or `lis`, then `addi`."""
    if section := elf.section(".got"):
        return section.address + 0x8000
    for load in elf.loads:
        words = elf.bytes.numbers(load.offset, load.size // 4, 4) if load.flags & EXECUTABLE_BIT else NONE
        sets = np.isin(words[:-1] >> 16, (0x3C4C, 0x3C40)) & (words[1:] >> 16 == 0x3842)
        for at in np.flatnonzero(sets)[:1].tolist():
            base = load.address + 4 * at if int(words[at]) >> 16 == 0x3C4C else 0
            return int(base + (low(words[at : at + 1], 16)[0] << 16) + low(words[at + 1 : at + 2], 16)[0])
    return 0


def _riscv(elf: Elf) -> int:
    """Find the code that sets it, `auipc gp, high; addi gp, gp, low`; libraries do not use it."""
    for load in elf.loads:
        if not load.flags & EXECUTABLE_BIT:
            continue
        halves = elf.bytes.numbers(load.offset, load.size // 2, 2)
        if len(halves) < 4:
            continue
        sets = ((halves[:-3] & 0xFFF) == 0x197) & (halves[2:-1] == 0x8193) & ((halves[3:] & 0xF) == 1)
        for at in np.flatnonzero(sets)[:1].tolist():
            high = halves[at : at + 1] >> 12 | halves[at + 1 : at + 2] << 4
            return int(load.address + 2 * at + (low(high, 20)[0] << 12) + low(halves[at + 3 : at + 4] >> 4, 12)[0])
    return 0


FINDERS = {"x86": _x86, "mips": _mips, "mips64": _mips, "ppc": _ppc, "ppc64": _ppc64, "riscv64": _riscv}
