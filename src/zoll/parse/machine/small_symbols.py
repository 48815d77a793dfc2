"""Names in `.gnu_debugdata`: Fedora and its kin strip programs but leave a packed table of their functions.

GDB manual, "Debugging information in a special section": an ELF file of its own, packed by xz.
"""

import lzma

from zoll.parse.machine.elf_head import Elf
from zoll.parse.machine.elf_symbols import NO_SYMBOLS, Symbols, section_symbols
from zoll.parse.machine.image import BadExecutable

LARGEST = 64 << 20  # bytes when unpacked
MEMORY = 128 << 20


def small_symbols(elf: Elf) -> Symbols:
    """Return the packed table, an empty one where there is none or it cannot be read."""
    section = elf.section(".gnu_debugdata")
    if section is None:
        return NO_SYMBOLS
    packed = elf.bytes.data[section.offset : section.offset + section.held]
    try:
        data = lzma.LZMADecompressor(lzma.FORMAT_XZ, MEMORY).decompress(packed, LARGEST)
        inner = Elf(data)
    except (lzma.LZMAError, EOFError, BadExecutable):
        return NO_SYMBOLS
    same = (inner.machine, inner.bytes.bits, inner.bytes.big) == (elf.machine, elf.bytes.bits, elf.bytes.big)
    return section_symbols(inner) if same else NO_SYMBOLS
