"""Symbol tables of ELF files, and how many symbols there are where no section says it."""

import numpy as np

from zoll.parse.machine.binary import Names, Table, positive
from zoll.parse.machine.elf_head import DYNSYM, FARTHEST, SYMTAB, Elf
from zoll.parse.machine.image import NONE, BadExecutable, Numbers, Symbol

DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_GNU_HASH, DT_MIPS_SYMTABNO = 4, 5, 6, 10, 0x6FFFFEF5, 0x70000011
TABLES = (DT_HASH, DT_GNU_HASH, 7, 17, 23, 0x6FFFFFF0, 0x6FFFFFFC, 0x6FFFFFFE)  # relocations, versions of symbols
KINDS = {0: "", 1: "data", 2: "function", 6: "data", 10: "ifunc"}
SYMBOL_64 = [("name", "u4"), ("info", "u1"), ("other", "u1"), ("section", "u2"), ("value", "u8"), ("size", "u8")]
SYMBOL_32 = [("name", "u4"), ("value", "u4"), ("size", "u4"), ("info", "u1"), ("other", "u1"), ("section", "u2")]
MOST_SYMBOLS = 6_000_000


class Symbols:
    """One symbol table: numpy rows and the names beside them."""

    def __init__(self, rows: Table, names: Names) -> None:
        self.rows, self.names = rows, names

    def __len__(self) -> int:
        return len(self.rows)

    def name(self, index: int) -> str:
        """Return a symbol's name, "" outside of the table."""
        return self.names.at(int(self.rows[index]["name"])) if 0 <= index < len(self.rows) else ""

    def defined(self, index: int) -> bool:
        """Tell whether the file itself holds what the symbol names."""
        return 0 <= index < len(self.rows) and int(self.rows[index]["section"]) != 0

    def value(self, index: int) -> int:
        """Return a symbol's address."""
        return int(positive(self.rows["value"][index : index + 1])[0]) if 0 <= index < len(self.rows) else 0


NO_SYMBOLS = Symbols(np.zeros(0, SYMBOL_64), Names(b"", 0, 0))


def dynamic_symbols(elf: Elf) -> Symbols:
    """Return the symbols that the loader goes by."""
    table, texts = elf.offset(elf.value(DT_SYMTAB)), elf.offset(elf.value(DT_STRTAB))
    if not elf.value(DT_SYMTAB) or table < 0 or texts < 0:
        return section_symbols(elf, DYNSYM)
    rows = elf.bytes.table(table, _count(elf, table, texts), _fields(elf))
    return Symbols(rows, Names(elf.bytes.data, texts, elf.value(DT_STRSZ)))


def section_symbols(elf: Elf, kind: int = SYMTAB) -> Symbols:
    """Return the symbols of the first section of a type (the full table, unless stripped)."""
    section = next((one for one in elf.sections if one.type == kind), None)
    if section is None or section.link >= len(elf.sections):
        return NO_SYMBOLS
    texts, fields = elf.sections[section.link], _fields(elf)
    count = section.size // (24 if elf.bytes.bits == 64 else 16)
    return Symbols(elf.bytes.table(section.offset, count, fields), Names(elf.bytes.data, texts.offset, texts.size))


def _fields(elf: Elf) -> list[tuple[str, str]]:
    return SYMBOL_64 if elf.bytes.bits == 64 else SYMBOL_32


def _count(elf: Elf, table: int, texts: int) -> int:
    """Count the dynamic symbols: by section, MIPS's own tag, either hash table, else up to the next table."""
    size = 24 if elf.bytes.bits == 64 else 16
    section = next((one for one in elf.sections if one.type == DYNSYM and one.offset == table), None)
    counted = max(section.size // size if section else 0, elf.value(DT_MIPS_SYMTABNO), _hashed(elf), _gnu_hashed(elf))
    if not counted:  # nothing that it exports, so that neither hash table tells: up to whatever table comes next
        places = [elf.offset(elf.value(tag)) for tag in TABLES if elf.value(tag)]
        counted = (min([one for one in (*places, texts) if one > table], default=table) - table) // size
    if counted > MOST_SYMBOLS:
        raise BadExecutable("more symbols than any program has")
    return counted


def _hashed(elf: Elf) -> int:
    at = elf.offset(elf.value(DT_HASH)) if elf.value(DT_HASH) else -1
    rows = elf.bytes.numbers(at, 2, 4) if at >= 0 else np.zeros(0, np.int64)
    return min(int(rows[1]), len(elf.bytes) // 4) if len(rows) == 2 else 0


def _gnu_hashed(elf: Elf) -> int:
    """Walk to the end of the last chain: its last entry is odd."""
    at = elf.offset(elf.value(DT_GNU_HASH)) if elf.value(DT_GNU_HASH) else -1
    head = elf.bytes.numbers(at, 4, 4) if at >= 0 else np.zeros(0, np.int64)
    if len(head) < 4:
        return 0
    buckets_at = at + 16 + int(head[2]) * elf.bytes.word
    buckets = elf.bytes.numbers(buckets_at, int(head[0]), 4)
    last, first = int(buckets.max(initial=0)), int(head[1])
    if last < first:
        return 0
    chain = elf.bytes.numbers(buckets_at + 4 * int(head[0]) + 4 * (last - first), MOST_SYMBOLS, 4)
    ends = np.flatnonzero(chain & 1)
    return last + int(ends[0]) + 1 if len(ends) else last + 1


def named(elf: Elf, tables: list[Symbols], descriptors: dict[int, int]) -> tuple[Symbol, ...]:
    """Return the symbols that name an address in the file, each address and name once, in order of address.

    `descriptors` leads from a function descriptor (PowerPC64 ELFv1) to its code. Thumb's lowest bit is taken off.
    """
    found: dict[tuple[int, str], Symbol] = {}
    for table in tables:
        for symbol in _symbols(elf, table):
            symbol.address = descriptors.get(symbol.address, symbol.address)
            found.setdefault((symbol.address, symbol.name), symbol)
    return tuple(sorted(found.values(), key=lambda one: (one.address, one.name)))


def thumbs(elf: Elf, tables: list[Symbols]) -> Numbers:
    """Return the places of 32-bit ARM that odd functions, and marks of Thumb code, name; their lowest bit is off."""
    found = [NONE]
    for table in tables if elf.processor == "arm" else ():
        values, types = positive(table.rows["value"]), table.rows["info"] & 15
        found.append(values[((types == 2) | (types == 10)) & (values & 1 == 1)] & ~1)
        marks = np.flatnonzero((types == 0) & (table.rows["section"] != 0))
        found.append(values[[index for index in marks.tolist() if table.name(index).startswith("$t")]])
    return np.unique(np.concatenate(found))


def _symbols(elf: Elf, table: Symbols) -> list[Symbol]:
    rows = table.rows
    if not len(rows):
        return []
    types, binds = rows["info"] & 15, rows["info"] >> 4
    wanted = np.flatnonzero((rows["section"] != 0) & (rows["section"] < 0xFF00) & np.isin(types, list(KINDS)))
    values, arm = positive(rows["value"])[wanted], elf.processor == "arm"
    shown = (binds != 0) & ((rows["other"] & 3 == 0) | (rows["other"] & 3 == 3))
    fields = (values, rows["name"][wanted], rows["size"][wanted], types[wanted], shown[wanted])
    found = []
    for value, name, size, kind, seen in zip(*(field.tolist() for field in fields), strict=True):
        text = table.names.at(name)
        if text and (kind or text[0] != "$"):  # "$a", "$x": marks of ARM code and data
            address = value & ~1 if arm and kind in (2, 10) else value
            found.append(Symbol(text, address, min(size, FARTHEST), KINDS[kind], seen))
    return found
