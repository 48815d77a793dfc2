"""The regions of a linked ELF file: its sections as far as the loader's segments agree with them, and what is left.

Sections are for tools, the loader never looks at them: code may stand where no section is, and a section may lie.
"""

from collections.abc import Iterator

from zoll.parse.machine.elf_head import ALLOC, EXECINSTR, IN_TLS, NOBITS, WRITE, Elf, Section, Segment
from zoll.parse.machine.image import BadExecutable, Region

MOST_PAIRS = 10_000_000
SLACK = 1 << 20  # bytes that a file may map beyond four times its length


def regions(elf: Elf) -> tuple[Region, ...]:
    """Return the regions in order of address, those that are not loaded last. Raise BadExecutable for a bomb."""
    sections = list(_agreeing(elf))
    found = [_region(elf, one) for one in sections]
    if len(elf.loads) * len(sections) > MOST_PAIRS:
        raise BadExecutable("more sections in more segments than any program has")
    for number, load in enumerate(elf.loads):
        found += _left(elf, load, f"segment {number}", found)
    mapped = sum(one.size for one in found)
    if mapped > 4 * len(elf.bytes) + SLACK:
        raise BadExecutable("the file maps itself many times over")
    found.sort(key=lambda one: one.address)
    loose = [one for one in elf.sections if not one.flags & ALLOC and one.held and one.offset < len(elf.bytes)]
    return (*found, *(Region(one.name, 0, one.offset, _within(elf, one.offset, one.held), 0, "") for one in loose))


def _agreeing(elf: Elf) -> Iterator[Section]:
    """Yield the loaded sections that lie where the segments say, none within another."""
    end = -1
    for section in sorted(elf.sections, key=lambda one: (one.address, one.held == 0, one.index)):
        if not section.flags & ALLOC or not section.size or (section.type == NOBITS and section.flags & IN_TLS):
            continue
        wrong = section.address < end or section.offset + section.held > len(elf.bytes)
        if elf.loads and section.held:
            last = section.address + section.held - 1
            wrong |= (
                elf.offset(section.address) != section.offset or elf.offset(last) != section.offset + section.held - 1
            )
        if wrong:
            elf.odd.append("a section lies where no segment is")
            continue
        end = section.address + section.size
        yield section


def _region(elf: Elf, one: Section) -> Region:
    rights = "r" + "w" * bool(one.flags & WRITE) + "x" * bool(one.flags & EXECINSTR)
    return Region(one.name, one.address, min(one.offset, len(elf.bytes)), one.held, one.size, rights)


def _within(elf: Elf, offset: int, size: int) -> int:
    return max(0, min(size, len(elf.bytes) - offset))


def _left(elf: Elf, load: Segment, name: str, taken: list[Region]) -> list[Region]:
    """Return what no section covers of a segment, where it holds more than zeros."""
    end, head = load.address + load.memory, elf.phoff + 64 * len(elf.segments)
    at = load.address + (min(head, load.size) if load.offset == 0 else 0)
    found, rights = [], "".join(letter for letter, bit in (("r", 4), ("w", 2), ("x", 1)) if load.flags & bit)
    inside = [one for one in taken if load.address <= one.address < end]
    for start, stop in [*((one.address, one.address + one.memory) for one in inside), (end, end)]:
        if start > at:
            offset = load.offset + at - load.address
            size = _within(elf, offset, min(start - at, max(0, load.size - (at - load.address))))
            bare = not inside
            if bare or (size and elf.bytes.data.count(0, offset, offset + size) < size):
                found.append(Region(name, at, min(offset, len(elf.bytes)), size, start - at, rights))
        at = max(at, stop)
    return found
