"""Relocations that the loader applies: which pointers will hold which imports, and where the others point."""

import numpy as np

from zoll.parse.machine.binary import POSITIVE, positive
from zoll.parse.machine.elf_head import ALLOC, REL, RELA, Elf
from zoll.parse.machine.elf_symbols import Symbols
from zoll.parse.machine.image import NONE, BadExecutable, Numbers
from zoll.parse.machine.spans import within

DT_PLTRELSZ, DT_PLTGOT, DT_RELA, DT_RELASZ, DT_REL, DT_RELSZ, DT_PLTREL, DT_JMPREL = 2, 3, 7, 8, 17, 18, 20, 23
DT_INIT, DT_FINI = 12, 13
MOST_SLOTS = 1 << 32
HIGHEST = 1 << 62
TOC = -1
DT_RELRSZ, DT_RELR = 35, 36
DT_ANDROID_RELR, DT_ANDROID_RELRSZ = 0x6FFFE000, 0x6FFFE001
MIPS_LOCAL, MIPS_FIRST, MIPS_COUNT = 0x7000000A, 0x70000013, 0x70000011

# processor: (relative, resolver of an IFUNC, those that put a symbol's address there)
TYPES: dict[str, tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]] = {
    "x86-64": ((8, 38), (37,), (1, 6, 7)),
    "x86": ((8,), (42,), (1, 6, 7)),
    "arm64": ((1027,), (1032,), (257, 1025, 1026)),
    "arm": ((23,), (160,), (2, 21, 22)),
    "mips": ((), (), (3, 51, 127)),
    "mips64": ((), (), (3, 51, 127)),
    "ppc": ((22,), (248,), (1, 20, 21)),
    "ppc64": ((22,), (248,), (38, 20, 21)),
    "riscv64": ((3,), (58,), (2, 5)),
}


class Relocations:
    """Columns of equal length: where, which type, which symbol (its index), what is added if that is `told`."""

    __slots__ = ("added", "symbol", "told", "type", "where")

    def __init__(self, where: Numbers, kind: Numbers, symbol: Numbers, added: Numbers, told: bool) -> None:
        self.where, self.type, self.symbol, self.added, self.told = where, kind, symbol, added, told


def rows(elf: Elf, offset: int, size: int, told: bool) -> Relocations:
    """Return the relocations of a table of `size` bytes; MIPS64 has an order of its own for its second word."""
    wide, mips = elf.bytes.bits == 64, elf.machine == 8
    fields = [
        ("where", "W"),
        *(
            [("symbol", "u4"), ("special", "u1"), ("third", "u1"), ("second", "u1"), ("type", "u1")]
            if wide and mips
            else [("info", "W")]
        ),
    ]
    fields += [("added", "i8" if wide else "i4")] if told else []
    width = elf.bytes.word * (3 if told else 2)
    found = elf.bytes.table(offset, size // width, fields)
    if wide and mips:
        kind, symbol = found["type"].astype(np.int64), found["symbol"].astype(np.int64)
        negated = (kind == 7) & (found["second"] == 24)  # GPREL16, then SUB, then a half of that
        kind = np.where(negated, 0x100 + found["third"].astype(np.int64), kind)
    else:
        info = found["info"].astype(np.uint64)
        shift, mask = (np.uint64(32), np.uint64(0xFFFFFFFF)) if wide else (np.uint64(8), np.uint64(0xFF))
        kind, symbol = (info & mask).astype(np.int64), (info >> shift).astype(np.int64)
    added = found["added"].astype(np.int64) if told else np.zeros(len(found), np.int64)
    return Relocations(positive(found["where"]), kind, symbol, added, told)


def loaded(elf: Elf) -> list[Relocations]:
    """Return the tables that the loader applies; of a file without a dynamic segment its loaded sections of them."""
    found = []
    if elf.dynamic:
        tables = [(DT_RELA, DT_RELASZ, True), (DT_REL, DT_RELSZ, False)]
        tables.append((DT_JMPREL, DT_PLTRELSZ, elf.value(DT_PLTREL) == DT_RELA))
        for tag, length, told in tables:
            offset = elf.offset(elf.value(tag)) if elf.value(tag) else -1
            found += [rows(elf, offset, elf.value(length), told)] if offset >= 0 else []
        return found
    for section in elf.sections:
        if section.type in (REL, RELA) and section.flags & ALLOC:
            found.append(rows(elf, section.offset, section.size, section.type == RELA))
    return found


class Bound:
    """What relocations say: `slots` (address: imported name), `targets` (what data will point to), `resolvers`."""

    def __init__(self) -> None:
        self.slots: dict[int, str] = {}
        self.targets: list[Numbers] = []
        self.resolvers: list[Numbers] = []
        self.placed: list[tuple[Numbers, Numbers]] = []  # where a relocation that tells its addend puts which address

    def stands(self, start: int, end: int) -> dict[int, int]:
        """Return which addresses relocations put at the places from `start` to before `end`."""
        found: dict[int, int] = {}
        for where, target in self.placed:
            inside = (where >= start) & (where < end)
            found.update(zip(where[inside].tolist(), target[inside].tolist(), strict=True))
        return found

    def places(self) -> tuple[Numbers, Numbers]:
        """Return where relocations that tell their addend put an address, in order, and which."""
        if not self.placed:
            return NONE, NONE
        where, target = (np.concatenate(column) for column in zip(*self.placed, strict=True))
        order = np.argsort(where, kind="stable")
        return where[order], target[order]

    def pointers(self) -> Numbers:
        """Return all targets once, in order."""
        return np.unique(np.concatenate(self.targets)) if self.targets else NONE


def bind(elf: Elf, symbols: Symbols) -> Bound:
    """Return what the loader's relocations bind."""
    bound = Bound()
    relative, resolver, symbolic = TYPES.get(elf.processor, ((), (), ()))
    for table in loaded(elf):
        _symbolic(elf, symbols, table, symbolic, bound)
        for wanted, into in ((relative, bound.targets), (resolver, bound.resolvers)):
            chosen = np.isin(table.type, wanted)
            if chosen.any():
                into.append(table.added[chosen] if table.told else in_place(elf, table.where[chosen]))
        if table.told:
            chosen = np.isin(table.type, (*relative, *resolver))
            bound.placed.append((table.where[chosen], table.added[chosen]))
    bound.targets += [in_place(elf, _relr(elf)), *bound.resolvers]
    if elf.processor in ("mips", "mips64"):
        _mips(elf, symbols, bound)
    return bound


def _symbolic(elf: Elf, symbols: Symbols, table: Relocations, wanted: tuple[int, ...], bound: Bound) -> None:
    chosen = np.isin(table.type, wanted)
    none = chosen & (table.symbol == 0)  # MIPS has no relative type: a relocation without a symbol is one
    if none.any():
        bound.targets.append(table.added[none] if table.told else in_place(elf, table.where[none]))
    chosen &= table.symbol != 0
    targets = []
    for where, symbol, added in zip(
        *(column[chosen].tolist() for column in (table.where, table.symbol, table.added)), strict=True
    ):
        if name := symbols.name(symbol):
            bound.slots[where] = name
        if symbols.defined(symbol):
            targets.append((symbols.value(symbol) + added) & POSITIVE)
    bound.targets.append(np.array(targets, np.int64))


def in_place(elf: Elf, where: Numbers) -> Numbers:
    """Return the words that stand at addresses, for relocations whose addend is not told."""
    if not len(where):
        return NONE
    loads = elf.loads
    starts = np.array([one.address for one in loads], np.int64)
    at = np.searchsorted(starts, where, "right") - 1
    offsets = np.full(len(where), -1, np.int64)
    for index, load in enumerate(loads):
        inside = where - load.address
        chosen = (at == index) & (inside >= 0) & (inside <= load.size - elf.bytes.word)
        offsets[chosen] = load.offset + inside[chosen]
    offsets = offsets[(offsets >= 0) & (offsets + elf.bytes.word <= len(elf.bytes))]
    raw = np.frombuffer(elf.bytes.data, np.uint8)
    columns = raw[offsets[:, None] + np.arange(elf.bytes.word)]
    return positive(np.ascontiguousarray(columns).view(f"{elf.bytes.order}u{elf.bytes.word}").ravel())


def _relr(elf: Elf) -> Numbers:
    """Return the addresses that a table of relative relocations names: an address, then bitmaps of the words behind it.

    Generic System V ABI, "Relative relocation table".
    """
    tag, length = (DT_RELR, DT_RELRSZ) if elf.value(DT_RELR) else (DT_ANDROID_RELR, DT_ANDROID_RELRSZ)
    at, word = elf.offset(elf.value(tag)) if elf.value(tag) else -1, elf.bytes.word
    entries = (
        elf.bytes.table(at, elf.value(length) // word, "W").astype(np.uint64) if at >= 0 else np.zeros(0, np.uint64)
    )
    maps = (entries & np.uint64(1)).astype(bool)
    if not len(entries) or maps[0]:
        return NONE
    bits = np.unpackbits(
        (entries[maps] >> np.uint64(1)).astype("<u8").view(np.uint8).reshape(-1, 8), axis=1, bitorder="little"
    )
    if int(bits.sum()) + len(entries) > len(elf.bytes) // word:
        raise BadExecutable("more relative relocations than the file has words")
    lasts = np.maximum.accumulate(np.where(maps, 0, np.arange(len(entries))))
    behind = np.arange(len(entries)) - lasts - 1  # how many bitmaps stand between an entry and its address
    bases = (positive(entries)[lasts] + word + behind * (8 * word - 1) * word)[maps]
    row, column = np.nonzero(bits)
    return np.concatenate([positive(entries[~maps]), bases[row] + column * word])


def _mips(elf: Elf, symbols: Symbols, bound: Bound) -> None:
    """Read MIPS's GOT, filled without relocations: first local addresses, then one entry for each last symbol."""
    got, word, local = elf.value(DT_PLTGOT), elf.bytes.word, elf.value(MIPS_LOCAL)
    first, count = elf.value(MIPS_FIRST), min(elf.value(MIPS_COUNT), len(symbols))
    if not got:
        return
    entries = elf.bytes.numbers(elf.offset(got), min(local, len(elf.bytes) // word), word)
    bound.targets.append(entries[(entries & 0xFFFF) != 0])  # others are pages: what is added to them stands in code
    targets = []
    for index in range(first, count):
        if name := symbols.name(index):
            bound.slots[first_slot(elf) + index * word] = name
        if symbols.defined(index):
            targets.append(symbols.value(index))
    bound.targets.append(np.array(targets, np.int64))


def first_slot(elf: Elf) -> int:
    """Return where in MIPS's GOT the entry of symbol 0 would be, were there one."""
    first = min(elf.value(MIPS_LOCAL), MOST_SLOTS) - min(elf.value(MIPS_FIRST), MOST_SLOTS)
    return min(elf.value(DT_PLTGOT), HIGHEST) + first * elf.bytes.word


def descriptors(elf: Elf, bound: Bound, symbols: Symbols) -> dict[int, int]:
    """Return the code behind each function descriptor of PowerPC64's first ABI (section .opd).

    Without sections those descriptors that names and the head lead to; the word behind the first is the TOC, under -1.
    """
    if elf.processor != "ppc64" or elf.flags & 3 == 2:
        return {}
    section = elf.section(".opd")
    if section:
        words = elf.bytes.numbers(section.offset, section.held // 8, 8).tolist()
        places = [section.address + 8 * at for at in range(len(words))]
    else:
        functions = symbols.rows["value"][(symbols.rows["info"] & 15 == 2) & (symbols.rows["section"] != 0)]
        named = np.append(positive(functions), [elf.entry, elf.value(DT_INIT), elf.value(DT_FINI)])
        code = within(((one.address, one.memory) for one in elf.loads if one.flags & 1), named)
        places = np.unique(named[~code & (named > 0)]).tolist()
        places += [one + 8 for one in places[:1]]
        words = in_place(elf, np.array(places, np.int64)).tolist()
        places = places if len(words) == len(places) else []
    told = bound.stands(min(places, default=0), max(places, default=0) + 8)
    found = {place: told.get(place, word) for place, word in zip(places, words, strict=False)}
    return found if section else {**found, TOC: found.pop(places[-1], 0) if places else 0}
