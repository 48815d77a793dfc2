"""Tables of an executable: the pointers that stand in its data, row by row, each row named by the texts in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np
from msgspec import Struct, structs

from zoll.pairing.executables.named import functions_at
from zoll.parse.machine.image import Image, Numbers, Region, Sweep

MOST = 100_000  # pointers of a file; what is beyond is not compared
_APART = 160  # bytes between two pointers beyond which the second begins another row
_MADE = frozenset(
    (
        ".got",
        ".got.plt",
        ".dynamic",
        ".eh_frame",
        ".eh_frame_hdr",
        ".init_array",
        ".fini_array",
        ".preinit_array",
        ".opd",
    )
)
_TEXT, _FUNCTION = "text", "function"
_FOUR = 4
_ROWS = 64  # how far away a row may be to count as one of the same table


class Pointer(Struct, frozen=True):
    """A pointer in data: where it stands, where it leads, and what stands there (a text, a function's name)."""

    at: int
    target: int
    kind: str
    says: str
    digest: int = 0  # of a function's code


class Row(Struct, frozen=True):
    """One entry of a table: the texts before its functions, the functions, and where the last of the texts stands.

    `numbers` are the words of four bytes behind that text, up to the next entry of its table, -1 for one of a pointer.
    """

    texts: tuple[str, ...]
    functions: tuple[Pointer, ...]
    at: int = 0
    numbers: tuple[int, ...] = ()

    @property
    def written(self) -> str:
        """The row as C would have it."""
        return (
            "{ " + ", ".join([*(f'"{text[:60]}"' for text in self.texts), *(one.says for one in self.functions)]) + " }"
        )

    def numbered(self, number: int) -> str:
        """Return the row as C would have it, with one of its numbers, before its functions or behind them."""
        ahead = number < self.numbers.index(-1) if -1 in self.numbers else False
        said = str(self.numbers[number])
        if not ahead:
            return f"{self.written.removesuffix(' }')}, {said} }}"
        texts = [f'"{text[:60]}"' for text in self.texts]
        return "{ " + ", ".join([*texts, said, *(one.says for one in self.functions)]) + " }"


def rows_of(image: Image, sweep: Sweep, names: Mapping[int, str]) -> list[Row]:
    """Return the rows of all tables that hold functions, in order of address."""
    made: list[Row] = []
    texts: list[str] = []
    functions: list[Pointer] = []
    last, begun = None, 0
    for one in _pointers(image, sweep, names):
        apart = last is not None and one.at - last.at > _APART
        if functions and (apart or one.kind == _TEXT):
            made.append(Row(tuple(texts), tuple(functions), begun))
            texts, functions = [], []
        if apart:
            texts = []
        if one.kind == _TEXT:
            texts.append(one.says)
            begun = one.at
        else:
            functions.append(one)
        last = one
    made += [Row(tuple(texts), tuple(functions), begun)] if functions else []
    return list(_numbered(image, made))


def _numbered(image: Image, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield rows with the numbers beside their functions; the last of a table is as long as the one before it."""
    width, order = image.bits // 8, ">u4" if image.big else "<u4"
    long = 0
    for row, after in zip(rows, [*rows[1:], None], strict=False):
        end = row.at + width
        apart = after.at - row.at if after and row.at else 0
        long = apart if 0 < apart <= _APART else long
        told = len(row.texts) == 1 and row.functions[-1].at < row.at + long
        raw = image.bytes_at(end, row.at + long - end) if told else b""
        numbers = np.frombuffer(raw[: len(raw) // _FOUR * _FOUR], order).astype(np.int64)
        numbers[_addresses(image, end, numbers)] = -1
        yield structs.replace(row, numbers=tuple(numbers.tolist()))


def _addresses(image: Image, start: int, numbers: Numbers) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Say which numbers from a place on are, or are part of, pointers."""
    places, width = image.placed[0], image.bits // 8
    if not len(places):
        return _inside(numbers, image.regions)
    behind = start + _FOUR * np.arange(len(numbers)) - places[np.maximum(_before(places, start, len(numbers)), 0)]
    return (behind >= 0) & (behind < width)


def _before(places: Numbers, start: int, count: int) -> Numbers:
    """Return which of some places, in order, is the last at or before each word from a place on, -1 for none."""
    return np.searchsorted(places, start + _FOUR * np.arange(count), "right") - 1


def entries_of(rows: Iterable[Row]) -> Iterator[tuple[int, str]]:
    """Yield where each function of a row that has a text leads, and at which entry it stands, in words for both sides.

    That is the text, which of how many rows with it, how many functions the row has and how far behind the text.
    """
    for key, some in _by_text(rows).items():
        for number, row in enumerate(some):
            for one in row.functions:
                yield one.target, f"{number} {len(some)} {len(row.functions)} {one.at - row.at} {key}"


def _pointers(image: Image, sweep: Sweep, names: Mapping[int, str]) -> Iterator[Pointer]:
    places, targets = _placed(image)
    function = functions_at(image, sweep, targets)
    for place, target, number in zip(places.tolist(), targets.tolist(), function.tolist(), strict=True):
        if number >= 0:
            start = int(sweep.starts[number])
            name = names.get(start) or image.names.get(start) or f"sub_{start:x}"
            yield Pointer(place, start, _FUNCTION, name, int(sweep.digests[number]))
        elif (text := image.text(target)) is not None:
            yield Pointer(place, target, _TEXT, text)


def _placed(image: Image) -> tuple[Numbers, Numbers]:
    """Return where in data pointers stand, in order, and where they lead; without relocations, what reads so."""
    where, target = image.placed
    if not len(where):
        where, target = _read(image)
    kept = _inside(where, _tables(image.regions))
    return where[kept][:MOST], target[kept][:MOST]


def _tables(regions: Iterable[Region]) -> list[Region]:
    return [one for one in regions if one.size and one.memory and "x" not in one.rights and one.name not in _MADE]


def _inside(addresses: Numbers, regions: Iterable[Region]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    found = np.zeros(len(addresses), np.bool_)
    for region in regions:
        found |= (addresses >= region.address) & (addresses < region.address + region.memory)
    return found


def _read(image: Image) -> tuple[Numbers, Numbers]:
    """Return the aligned words of data that are addresses of loaded code or of the beginning of a text."""
    width = image.bits // 8
    kind = np.dtype(f"{'>' if image.big else '<'}u{width}")
    places, targets = [], []
    for region in _tables(image.regions):
        first = -region.address % width
        size = (region.size - first) // width * width
        words = np.frombuffer(image.data, kind, max(size, 0) // width, region.offset + first).astype(np.int64)
        at = np.flatnonzero(_inside(words, [one for one in image.regions if one.size and one.memory]))
        places.append(region.address + first + at * width)
        targets.append(words[at])
    if not places:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    where, target = np.concatenate(places), np.concatenate(targets)
    order = np.argsort(where, kind="stable")[:MOST]
    where, target = where[order], target[order]
    good = [_whole(image, one) for one in target.tolist()]
    return where[good], target[good]


def _whole(image: Image, address: int) -> bool:
    """Whether code or the beginning of a text stands at an address, not the midst of one."""
    region = image.region(address)
    return region is not None and ("x" in region.rights or image.bytes_at(address - 1, 1) in (b"\0", b""))


class Exchanged(Struct, frozen=True):
    """An entry of a table whose function is another one now: its text, the rows, the functions."""

    key: str
    old: Row
    new: Row
    before: Pointer
    after: Pointer


def exchanged(olds: Sequence[Row], news: Sequence[Row], known: frozenset[str]) -> list[Exchanged]:
    """Return the entries of rows with the same texts whose functions differ; `known` are names of both sides.

    Told is only what is sure. One of the two functions stands on both sides: else the entry may have kept a function
    that could not be paired. Functions of equal code, and those that changed places with others, may be paired wrongly.
    Where more functions of a row differ than stay, another table came to stand behind the text.
    """
    before, after = _by_text(olds), _by_text(news)
    found: list[Exchanged] = []
    for key, rows in before.items():
        others = after.get(key, [])
        if len(others) != len(rows):
            continue
        for one, two in zip(rows, others, strict=True):
            if len(one.functions) == len(two.functions):
                found += _in_row(key, one, two, known)
    gone, come = {one.before.says for one in found}, {one.after.says for one in found}
    mine, theirs = _homes(olds), _homes(news)
    return [
        one
        for one in found
        if one.before.says not in come
        and one.after.says not in gone
        and theirs.get(one.before.says, _NONE) <= mine[one.before.says]
        and mine.get(one.after.says, _NONE) <= theirs[one.after.says]
    ]


class Renumbered(Struct, frozen=True):
    """An entry of a table that leads where it did, with another number beside it."""

    key: str
    old: Row
    new: Row
    number: int  # which of its numbers
    least: bool = False  # whether it became the least of its table, and was none of those

    @property
    def numbers(self) -> tuple[int, int]:
        """What the number was, and what it is."""
        return self.old.numbers[self.number], self.new.numbers[self.number]


def renumbered(olds: Sequence[Row], news: Sequence[Row]) -> Iterator[Renumbered]:
    """Yield the entries that have one other number and are the same else, in texts and functions."""
    before, after = _by_text(olds), _by_text(news)
    for key, rows in before.items():
        for one, two in zip(rows, after.get(key, ()), strict=False):
            same = [a.says for a in one.functions] == [b.says for b in two.functions]
            if len(rows) != len(after[key]) or not same or len(one.numbers) != len(two.numbers):
                continue
            others = [at for at, pair in enumerate(zip(one.numbers, two.numbers, strict=True)) if pair[0] != pair[1]]
            if len(others) == 1:
                beside = _beside(news, two, others[0])
                least = min(beside, default=two.numbers[others[0]] + 1)
                yield Renumbered(key, one, two, others[0], two.numbers[others[0]] <= least < one.numbers[others[0]])


def _beside(rows: Sequence[Row], row: Row, number: int) -> list[int]:
    """Return what stands in the same place of the other rows of a table, of which one is as long as the next."""
    long = _FOUR * len(row.numbers)
    alike = [one for one in rows if len(one.numbers) == len(row.numbers) and one.at != row.at]
    return [one.numbers[number] for one in alike if abs(one.at - row.at) <= _ROWS * (long + 2 * _FOUR)]


_NONE: frozenset[str] = frozenset()


def _homes(rows: Iterable[Row]) -> dict[str, set[str]]:
    """Return by function the texts that it stands beside; one that changed its home may be paired wrongly."""
    found: dict[str, set[str]] = {}
    for row in rows:
        for one in row.functions:
            found.setdefault(one.says, set()).add(row.texts[-1] if row.texts else "")
    return found


def _in_row(key: str, one: Row, two: Row, known: frozenset[str]) -> Iterator[Exchanged]:
    both = list(zip(one.functions, two.functions, strict=True))
    others = [(a, b) for a, b in both if a.says != b.says and a.digest != b.digest]
    if len(both) > 1 and 2 * len(others) > len(both):
        return
    for before, after in others:
        if before.says in known or after.says in known:
            yield Exchanged(key, one, two, before, after)


def _by_text(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Return the rows by the last text before their functions: what stands before it may belong to another table."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        if row.texts:
            found.setdefault(row.texts[-1], []).append(row)
    return found
