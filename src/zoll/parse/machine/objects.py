"""Relocatable objects and kernel modules: laid out at made-up addresses, their relocations applied in a copy."""

import numpy as np

from zoll.parse.machine.binary import POSITIVE, positive
from zoll.parse.machine.elf_head import ALLOC, EXECINSTR, FARTHEST, IN_TLS, REL, RELA, WRITE, Elf, Section
from zoll.parse.machine.elf_relocations import Relocations, rows
from zoll.parse.machine.elf_symbols import KINDS, section_symbols
from zoll.parse.machine.forms import FORMS, read, write
from zoll.parse.machine.image import NONE, BadExecutable, Image, Numbers, Region, Symbol
from zoll.parse.machine.relocation_types import ASKED
from zoll.parse.machine.unwind import NO_ROWS, frames

BASE = 0x100000  # where the first section is laid
PAGE = 0x1000
BASES = frozenset(["_gp_disp", "__gnu_local_gp", ".TOC.", "_GLOBAL_OFFSET_TABLE_", "__global_pointer$"])
STUB = 16  # bytes between the addresses given to undefined names
LARGEST = 1 << 31  # of a section: what memory a file claims without holding it
COMMON = 0xFFF2
GOT16, LOCAL_PAGE = 9, 0x109  # MIPS: `lw r, page(gp)` becomes `lui r, upper half`, since there is no such page
POINTERS = {"x86-64": 1, "x86": 1, "arm64": 257, "arm": 2, "mips": 2, "mips64": 18, "ppc": 1, "ppc64": 38, "riscv64": 2}
HALVES = {"mips": ((5, LOCAL_PAGE), 6)}  # upper and lower halves whose addend stands in both


class Laid:
    """Sections with their addresses, symbols with their values, and pointers made up for them."""

    def __init__(self, elf: Elf) -> None:
        self.elf, self.places = elf, _places(elf)
        self.symbols = section_symbols(elf)
        end = max([self.places[one.index] + one.size for one in elf.sections if one.index in self.places] or [BASE])
        self.outside = (end + PAGE - 1) // PAGE * PAGE + PAGE
        self.stubs: dict[int, str] = {}
        self.values = self._values()
        self.disposed = -1  # MIPS's _gp_disp: the global pointer from where it is asked for
        self.slots_at = self.outside + STUB * len(self.stubs) + PAGE
        self.slots: dict[int, str] = {}
        self.base = self._base()
        self._name_base()

    def _name_base(self) -> None:
        """Give the names of the global pointer its value; they are no imports."""
        for address, name in [row for row in self.stubs.items() if row[1] in BASES][: len(BASES)]:
            index = int(np.flatnonzero(self.values == address)[0])
            self.values[index] = self.base
            self.disposed = index if name == "_gp_disp" else self.disposed
            del self.stubs[address]

    def _values(self) -> Numbers:
        """Return the address of each symbol; undefined names get one outside of all sections."""
        table = self.symbols.rows
        section, values = table["section"].astype(np.int64), positive(table["value"])
        places = np.zeros(0x10000, np.int64)
        for index, address in self.places.items():
            places[index & 0xFFFF] = address
        values = np.where((section > 0) & (section < 0xFF00), values + places[section], values)
        strange = np.flatnonzero((section == 0) | (section == COMMON)).tolist()
        for number, index in enumerate(one for one in strange if self.symbols.name(one)):
            values[index] = self.outside + STUB * number
            if section[index] == 0:
                self.stubs[int(values[index])] = self.symbols.name(index)
        return values

    def _base(self) -> int:
        """Return the global pointer: the middle of the TOC, else of the pointers made up here."""
        for name in (".toc", ".got"):
            section = self.elf.section(name) if self.elf.processor == "ppc64" else None
            if section is not None and section.index in self.places:
                return self.places[section.index] + 0x8000
        return self.slots_at + (0x7FF0 if self.elf.machine == 8 else 0)

    def slot(self, symbols: Numbers) -> Numbers:
        """Return the addresses of made-up pointers to symbols."""
        word = self.elf.bytes.word
        found = self.slots_at + word * symbols
        for address, symbol in zip(found.tolist(), symbols.tolist(), strict=True):
            if name := self.symbols.name(symbol):
                self.slots[address] = name
        return found


def _places(elf: Elf) -> dict[int, int]:
    """Return an address for each section that is loaded, by its number."""
    at, found = BASE, {}
    for section in elf.sections:
        if not section.flags & ALLOC or section.flags & IN_TLS or not section.size:
            continue
        if section.size > LARGEST or section.offset + section.held > len(elf.bytes):
            raise BadExecutable("a section is not in the file")
        align = max(16, min(section.align, PAGE))
        at = (at + align - 1) // align * align
        found[section.index] = at
        at += section.size
    return found


def read_object(elf: Elf) -> Image:
    """Return the image of a relocatable object."""
    laid = Laid(elf)
    raw = np.frombuffer(elf.bytes.data, np.uint8).copy()
    targets: list[Numbers] = []
    total = 0
    for section in elf.sections:
        if section.type in (REL, RELA) and section.info in laid.places:
            total += section.size
            if total > 2 * len(elf.bytes):
                raise BadExecutable("relocations that overlap without end")
            table = rows(elf, section.offset, section.size, section.type == RELA)
            targets.append(_apply(laid, elf.sections[section.info], table, raw))
    image = Image(
        raw.tobytes(),
        "elf",
        elf.processor,
        big=elf.bytes.big,
        bits=elf.bytes.bits,
        regions=tuple(_region(laid, one) for one in elf.sections if one.size),
        symbols=_named(laid, _descriptors(laid, raw)),
        slots=laid.slots,
        stubs=laid.stubs,
        pointers=np.unique(np.concatenate(targets)) if targets else np.zeros(0, np.int64),
        thumb=_thumbs(laid),
        global_pointer=laid.base if elf.processor not in ("x86-64", "arm64", "arm") else 0,
    )
    image.unwound = _unwound(laid, image)
    return image


def _region(laid: Laid, one: Section) -> Region:
    offset = min(one.offset, len(laid.elf.bytes))
    held = min(one.held, len(laid.elf.bytes) - offset)
    if one.index not in laid.places:
        return Region(one.name, 0, offset, held, 0, "")
    rights = "r" + "w" * bool(one.flags & WRITE) + "x" * bool(one.flags & EXECINSTR)
    return Region(one.name, laid.places[one.index], offset, held, one.size, rights)


def _apply(
    laid: Laid, section: Section, table: Relocations, raw: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
) -> Numbers:
    """Apply the relocations of one section; return the addresses that they put into data."""
    asked = ASKED.get(laid.elf.processor, {})
    order, pointer = laid.elf.bytes.order, POINTERS.get(laid.elf.processor, -1)
    _local_pages(laid, table)
    added = table.added if table.told else _halves(laid, section, table, raw)
    targets, start = np.zeros(0, np.int64), laid.places[section.index]
    for kind in np.unique(table.type).tolist():
        value, name = asked.get(kind, ("", ""))
        if not value:
            continue
        form = FORMS[name]
        chosen = (table.type == kind) & (table.where >= 0) & (table.where <= section.held - form.width)
        chosen &= table.symbol < len(laid.values)
        where, symbol = table.where[chosen], table.symbol[chosen]
        places = section.offset + where
        words = read(raw, places, form, order)
        paired = kind in (5, 6, LOCAL_PAGE) and laid.elf.processor in HALVES
        more = added[chosen] if table.told or paired else form.get(words)
        values = _value(laid, value, symbol, more, start + where)
        if value == "label":
            values = _labelled(laid, table, laid.values[symbol] + more, start)
        values = np.where(symbol == laid.disposed, laid.base - start - where + 4 * (kind == 6), values)
        write(raw, places, form.put(words, values), form, order)
        if kind == pointer and not section.flags & EXECINSTR:
            targets = laid.values[symbol] + more
            _point(laid, start + where, symbol)
    return targets


def _point(laid: Laid, where: Numbers, symbols: Numbers) -> None:
    """Note the pointers in data that will hold undefined names."""
    for address, target in zip(where.tolist(), laid.values[symbols].tolist(), strict=True):
        if target in laid.stubs:
            laid.slots[address] = laid.stubs[target]


def _value(laid: Laid, value: str, symbol: Numbers, added: Numbers, place: Numbers) -> Numbers:
    targets = laid.values[symbol] + added
    match value:
        case "relative":
            return targets - place
        case "call":
            return targets - added - place
        case "page":
            return (targets & ~0xFFF) - (place & ~0xFFF)
        case "slot":
            return laid.slot(symbol) + added
        case "slot relative":
            return laid.slot(symbol) + added - place
        case "slot page":
            return (laid.slot(symbol) & ~0xFFF) - (place & ~0xFFF)
        case "slot gp":
            return laid.slot(symbol) - laid.base
        case "gp":
            return targets - laid.base
        case "table":
            return laid.base + added - place
        case "base":
            return np.full(len(symbol), laid.base)
        case "minus gp":
            return laid.base - targets
    return targets


def _labelled(laid: Laid, table: Relocations, labels: Numbers, start: int) -> Numbers:
    """Return what the upper halves at labels were computed from: RISC-V's lower halves name them, not the target."""
    upper = np.isin(table.type, (20, 23)) & (table.symbol < len(laid.values))
    symbols = table.symbol[upper]
    slots = table.type[upper] == 20
    targets = np.where(slots, laid.slot(symbols), laid.values[symbols] + table.added[upper])
    places = start + table.where[upper]
    order = np.argsort(places, kind="stable")
    if not len(order):
        return labels
    at = np.minimum(np.searchsorted(places[order], labels), len(order) - 1)
    found = order[at]
    return np.where(places[found] == labels, targets[found] - labels, 0)


def _local_pages(laid: Laid, table: Relocations) -> None:
    """Tell MIPS's GOT entries of pages, for names of this object alone, from those of single symbols."""
    if laid.elf.processor == "mips" and len(laid.symbols):
        info = laid.symbols.rows["info"][np.minimum(table.symbol, max(len(laid.symbols) - 1, 0))] >> 4
        table.type = np.where((table.type == GOT16) & (info == 0), LOCAL_PAGE, table.type)


def _halves(
    laid: Laid, section: Section, table: Relocations, raw: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
) -> Numbers:
    """Return the addends of MIPS's paired halves: an upper one goes with the next lower one of its symbol."""
    added = np.zeros(len(table.where), np.int64)
    high, less = HALVES.get(laid.elf.processor, ((), -1))
    good = np.isin(table.type, (*high, less)) & (table.where >= 0) & (table.where <= section.held - 4)
    index = np.flatnonzero(good)
    words = read(raw, section.offset + table.where[index], FORMS["32"], laid.elf.bytes.order)
    lowest: dict[int, int] = {}
    for at, word in zip(index.tolist()[::-1], words.tolist()[::-1], strict=True):
        symbol, half = int(table.symbol[at]), word & 0xFFFF
        if int(table.type[at]) == less:
            lowest[symbol] = added[at] = (half ^ 0x8000) - 0x8000
        else:
            added[at] = (half << 16) + lowest.get(symbol, 0)
    return added


def _descriptors(laid: Laid, raw: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> dict[int, int]:
    """Return the code behind each function descriptor of PowerPC64's first ABI."""
    section = laid.elf.section(".opd")
    if section is None or section.index not in laid.places or laid.elf.processor != "ppc64":
        return {}
    codes = read(raw, section.offset + np.arange(0, section.held - 7, 8), FORMS["64"], laid.elf.bytes.order)
    start = laid.places[section.index]
    return {start + 8 * index: code for index, code in enumerate(codes.tolist())}


def _named(laid: Laid, codes: dict[int, int]) -> tuple[Symbol, ...]:
    """Return the symbols that name a place in the sections or common data."""
    table = laid.symbols.rows
    found = []
    columns = (table["info"], table["section"], table["size"], laid.values)
    for index, (info, section, size, address) in enumerate(zip(*(one.tolist() for one in columns), strict=True)):
        kind, name = info & 15, laid.symbols.name(index)
        inside = section in laid.places or section == COMMON
        if not inside or kind not in KINDS or not name or (not kind and name[0] in "$."):
            continue
        place = codes.get(address, address) & (~1 if laid.elf.processor == "arm" and kind == 2 else -1)
        found.append(Symbol(name, place & POSITIVE, min(size, FARTHEST), KINDS[kind], info >> 4 != 0))
    return tuple(sorted(found, key=lambda one: (one.address, one.name)))


def _thumbs(laid: Laid) -> Numbers:
    places = laid.values[laid.symbols.rows["info"] & 15 == 2]
    return np.unique(places[places & 1 == 1] - 1) if laid.elf.processor == "arm" else NONE


def _unwound(laid: Laid, image: Image) -> Numbers:
    section = laid.elf.section(".eh_frame")
    if section is None or section.index not in laid.places:
        return NO_ROWS
    elf = Elf(image.data)
    found = frames(elf, laid.places[section.index], section.offset, section.held)
    return found[np.argsort(found[:, 0], kind="stable")]
