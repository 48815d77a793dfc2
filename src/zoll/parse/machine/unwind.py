"""Where functions start and end, by the tables for unwinding the stack: .eh_frame_hdr, .eh_frame, .ARM.exidx.

Linux Standard Base 5.0, "Exception frames"; DWARF 5, section 6.4; Exception handling ABI for the Arm architecture.
"""

import numpy as np
from numpy.typing import NDArray

from zoll.parse.machine.binary import POSITIVE
from zoll.parse.machine.elf_head import EH_FRAME_HDR, EXIDX, Elf
from zoll.parse.machine.image import Numbers
from zoll.parse.machine.spans import within

SIZES = {0: 0, 2: 2, 3: 4, 4: 8, 10: 2, 11: 4, 12: 8}  # bytes of a pointer by the low half of its encoding; 0: a word
RELATIVE_TO_PLACE, RELATIVE_TO_HEADER = 0x10, 0x30
ABSENT = 0xFF
MOST_RECORDS = 1_000_000
MOST_COMMONS = 64  # common records whose frames are measured; linkers merge them to a few
NO_ROWS: Numbers = np.zeros((0, 2), np.int64)


def unwound(elf: Elf) -> Numbers:
    """Return rows (start, size) of functions in order, size 0 where it is not told."""
    found = _by_header(elf)
    if not len(found):
        section = elf.section(".eh_frame")
        found = frames(elf, section.address, section.offset, section.held) if section else NO_ROWS
    parts = [part for part in (found, _by_index(elf)) if len(part)]
    if not parts:
        return NO_ROWS
    rows = np.concatenate(parts)
    rows = rows[np.lexsort((-rows[:, 1], rows[:, 0]))]
    keep = np.ones(len(rows), bool)
    keep[1:] = rows[1:, 0] != rows[:-1, 0]
    rows = rows[keep]
    return rows[_inside(elf, rows[:, 0])]


def _inside(elf: Elf, starts: Numbers) -> NDArray[np.bool_]:
    spans = [(one.address, one.memory) for one in elf.loads] or [(one.address, one.size) for one in elf.sections]
    return within(spans, starts)


def _by_header(elf: Elf) -> Numbers:
    """Read the sorted table of (start, frame); all linkers write it as 32-bit distances from the header."""
    place = elf.segment(EH_FRAME_HDR) or elf.section(".eh_frame_hdr")
    if place is None:
        return NO_ROWS
    head = elf.bytes.table(place.offset, 4, "u1").tolist()
    if len(head) < 4 or head[0] != 1 or head[3] != 0x3B or head[2] != 3:
        return NO_ROWS
    at = place.offset + 4 + (SIZES.get(head[1] & 15, 0) or elf.bytes.word) * (head[1] != ABSENT)
    count = elf.bytes.numbers(at, 1, 4)
    room = max(0, place.size - (at + 4 - place.offset)) // 8
    table = elf.bytes.numbers(at + 4, 2 * min(int(count[0]) if len(count) else 0, room), 4, signed=True)
    table = (table[: len(table) // 2 * 2].reshape(-1, 2) + place.address) & POSITIVE
    return np.stack([table[:, 0], _lengths(elf, table, place.address, place.offset)], 1)


def _lengths(elf: Elf, table: Numbers, address: int, offset: int) -> Numbers:
    """Return how long the code of each frame is; 0 where the frame does not start as the table says."""
    offsets = table[:, 1] - address + offset  # .eh_frame lies in the header's segment
    found = np.zeros(len(table), np.int64)
    good = (offsets >= 0) & (offsets + 24 <= len(elf.bytes))
    commons = np.where(good, offsets + 4 - _gathered(elf, np.where(good, offsets + 4, 0), 4), -1)
    kinds = np.unique(commons[good])
    for common in kinds[kinds >= 0][:MOST_COMMONS].tolist():
        encoding = _encoding(elf, common, len(elf.bytes))
        width, chosen = SIZES.get(encoding & 15, 0) or elf.bytes.word, np.flatnonzero(commons == common)
        starts = _gathered(elf, offsets[chosen] + 8, width)
        starts += table[chosen, 1] + 8 if encoding & 0x70 == RELATIVE_TO_PLACE else 0
        sizes = _gathered(elf, offsets[chosen] + 8 + width, width)
        space = (1 << elf.bytes.bits) - 1 & POSITIVE
        found[chosen] = np.where((starts & space == table[chosen, 0] & space) & (sizes > 0), sizes, 0)
    return found


def _gathered(elf: Elf, offsets: Numbers, width: int) -> Numbers:
    """Return the signed numbers of `width` bytes at offsets of the file."""
    raw = np.frombuffer(elf.bytes.data, np.uint8)
    rows = np.ascontiguousarray(raw[np.minimum(offsets[:, None] + np.arange(width), len(raw) - 1)])
    return rows.view(f"{elf.bytes.order}i{width}").ravel().astype(np.int64)


def frames(elf: Elf, address: int, offset: int, size: int) -> Numbers:
    """Walk the records of .eh_frame one by one."""
    at, end, rows = offset, min(offset + size, len(elf.bytes)), []
    encodings: dict[int, int] = {}
    for _ in range(MOST_RECORDS):
        if at + 8 > end or not (length := elf.bytes.number(at, 4)) or length == 0xFFFFFFFF or at + 4 + length > end:
            break
        distance = elf.bytes.number(at + 4, 4)
        if distance:
            common = at + 4 - distance
            if common not in encodings:
                encodings[common] = _encoding(elf, common, end)
            rows.append(_frame(elf, at + 8, address - offset, encodings[common]))
        at += 4 + length
    return np.array([row for row in rows if row], np.int64).reshape(-1, 2)


def _frame(elf: Elf, at: int, shift: int, encoding: int) -> tuple[int, int] | None:
    width = SIZES.get(encoding & 15, 0) or elf.bytes.word
    if at + 2 * width > len(elf.bytes):
        return None
    start = elf.bytes.number(at, width)
    if encoding & 8 and start >> (8 * width - 1):
        start -= 1 << (8 * width)
    start += at + shift if encoding & 0x70 == RELATIVE_TO_PLACE else 0
    return start & POSITIVE & ((1 << elf.bytes.bits) - 1), elf.bytes.number(at + width, width) & POSITIVE


def _encoding(elf: Elf, at: int, end: int) -> int:
    """Return how a common record says that its frames write addresses: letter R of its augmentation."""
    raw = elf.bytes.data[at + 8 : min(at + 80, end)] if at >= 0 else b""
    letters, _, rest = raw[1:].partition(b"\0")
    if letters[:1] != b"z":
        return 0
    skip = 0
    for _ in range(3):  # code and data alignment, return register: numbers of seven bits a byte
        while skip < len(rest) and rest[skip] & 0x80:
            skip += 1
        skip += 1
    skip += 1  # the length of what follows
    for letter in letters[1:]:
        if letter == ord("R"):
            return rest[skip] if skip < len(rest) else 0
        if letter == ord("P"):
            skip += 1 + (SIZES.get(rest[skip] & 15, 0) or elf.bytes.word if skip < len(rest) else 0)
        elif letter == ord("L"):
            skip += 1
    return 0


def _by_index(elf: Elf) -> Numbers:
    """ARM's table of (start, how): neighbours alike are merged by linkers, so that nothing tells where one ends."""
    place = elf.segment(EXIDX) or elf.section(".ARM.exidx") if elf.processor == "arm" else None
    if place is None:
        return NO_ROWS
    words = elf.bytes.numbers(place.offset, place.size // 8 * 2, 4)
    words = words[: len(words) // 2 * 2].reshape(-1, 2)[:, 0] & 0x7FFFFFFF
    signed = (words ^ 0x40000000) - 0x40000000
    starts = (place.address + 8 * np.arange(len(words)) + signed) & 0xFFFFFFFE
    return np.stack([starts, np.zeros(len(starts), np.int64)], 1)
