"""Tables and numbers that stand in the code of 32-bit ARM, between its instructions."""

from collections.abc import Sequence

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.blocks import Instruction

BACK = 24  # instructions before a jump among which the comparison is looked for
MOST = 1024  # entries of a table


def beside(image: Image, made: Sequence[Instruction], low: int, high: int) -> tuple[int, int]:
    """Return the bytes in the code, from and to, that the last instruction reads: they are no code. (0, 0) for none."""
    one, name = made[-1], made[-1].name
    if name.startswith(("tbb", "tbh")):
        found = _dense_table(image, made, low, high)
        return one.address + 4, one.address + 4 + (len(found) * (1 if name == "tbb" else 2) + 1 & ~1)
    last = one.operands[-1] if one.operands else None
    if last is None or last.kind != "m" or last.register != "pc" or not name.startswith(("ldr", "vldr")):
        return 0, 0
    thumb = one.size == 2 or one.name.endswith(".w") or one.address & 3
    place = (one.address + (4 if thumb else 8) & ~3) + last.number
    if last.indexed:
        return place, place + 4 * len(_words(image, place, low, high)[: allowed(made) or None])
    return place, place + (8 if name.startswith("vldr") and one.operands[0].register[0] == "d" else 4)


def tables(image: Image, window: Sequence[Instruction], low: int, high: int) -> list[int]:
    """Return where a jump through a table behind it leads."""
    last = window[-1]
    held = last.operands[-1] if last.operands else None
    if last.text.startswith("[pc, ") and held is not None:
        return _dense_table(image, window, low, high)
    if last.text.startswith("pc, [pc, ") and held is not None:
        thumb = last.size == 2 or last.address & 2 or any(one.size == 2 for one in window)
        return _words(image, (last.address + (4 if thumb else 8) & ~3), low, high)
    if last.text.startswith("pc, pc, "):
        return _ladder(window, (last.address & ~3) + 8, low, high)
    return []


def allowed(window: Sequence[Instruction]) -> int:
    """Return how many entries the comparison before a jump allows of what it enters a table with, 0 where none does."""
    index = next((one.indexed for one in window[-1].operands if one.indexed), "")
    for one in reversed(window[-BACK:-1]):
        if one.operands and one.operands[0].register == index:
            count = one.operands[-1].number if one.name.startswith("cmp") and one.operands[-1].kind == "i" else -1
            return count + 1 if count < MOST else 0
    return 0


def _dense_table(image: Image, window: Sequence[Instruction], low: int, high: int) -> list[int]:
    one = window[-1]
    start = one.address + 4
    width = 2 if "lsl" in one.text else 1
    end, found = high, []
    raw = image.bytes_at(start, 1024)
    for at in range(0, len(raw) - width + 1, width):
        target = start + 2 * int.from_bytes(raw[at : at + width], "big" if image.big else "little")
        if start + at >= end or not low <= target < high:
            break
        end = min(end, target) if target > start else end
        found.append(target)
    return found[: allowed(window) or None]


def _words(image: Image, place: int, low: int, high: int) -> list[int]:
    end, found = high, []
    raw = image.bytes_at(place, 4096)
    for at in range(0, len(raw) - 3, 4):
        target = int.from_bytes(raw[at : at + 4], "big" if image.big else "little") & ~1
        if place + at >= end or not low <= target < high:
            break
        end = min(end, target) if target > place else end
        found.append(target)
    return found


def _ladder(window: Sequence[Instruction], start: int, low: int, high: int) -> list[int]:
    """`add pc, pc, x, lsl #2`: branches stand behind it, as many as the comparison before allows."""
    counts = [one.operands[1].number for one in window if one.name == "cmp" and one.operands[1].kind == "i"]
    found = [start + 4 * index for index in range(counts[-1] + 1)] if counts and counts[-1] < 1024 else []
    return [one for one in found if low <= one < high]
