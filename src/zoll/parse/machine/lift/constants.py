"""What numbers that are handed to functions of well-known libraries are called in the headers that source includes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from msgspec import Struct

from zoll.parse.machine.image import Image
from zoll.parse.machine.lift.values import Value

_PLACE = re.compile(r"(\d)(?::(\d)=(\d{1,5}))?(?:\[([\w,-]{1,80})\])?")
_ABI, _LINUX = 7, frozenset(b"\0\3")  # of an ELF file's head: other systems have other numbers
_OCTAL = re.compile(r"0\d+")


class Row(Struct, frozen=True):
    """The names of one argument's numbers; `when` is another argument and what it must be, (-1, 0) for nothing."""

    place: int
    when: tuple[int, int]
    processors: frozenset[str]
    names: Mapping[int, str]


def constants(image: Image, function: str, values: Sequence[Value]) -> Iterator[tuple[int, str]]:
    """Yield the place of each argument that is a number with a name, and its name as source has it.

    Of a sum of flags each is named; a sum that holds anything without a name stays a number.
    """
    rows = _rows().get(function, ())
    if not rows or image.kind != "elf" or image.data[_ABI] not in _LINUX:
        return
    for row in rows:
        number = _number(values, row.place)
        if row.processors and image.processor not in row.processors:
            continue
        if number < 0 or (row.when[0] >= 0 and _number(values, row.when[0]) != row.when[1]):
            continue
        if said := spelt(number, row.names):
            yield row.place, said


def spelt(number: int, names: Mapping[int, str]) -> str:
    """Return a number by the names of what it is or is the sum of, "" where they do not make it up.

    >>> spelt(5, {1: "READ", 4: "EXEC"})
    'EXEC | READ'
    """
    if number in names:
        return names[number]
    found = []
    for one in sorted(names, reverse=True):
        if one and number & one == one:
            found.append(names[one])
            number ^= one
    return "" if number else " | ".join(found)


def _number(values: Sequence[Value], place: int) -> int:
    """Return the number that an argument is, without the signs of a wider register; -1 for none."""
    value = values[place] if place < len(values) else None
    if value is None or value.kind != "number" or value.b:
        return -1
    return int(value.a) & 0xFFFF_FFFF


@cache
def _rows() -> Mapping[str, tuple[Row, ...]]:
    """Return the rows of the table by function."""
    found: dict[str, tuple[Row, ...]] = {}
    for line in (files(__package__) / "tables/numbers.txt").read_text("ascii").splitlines():
        head, equals, tail = line.partition(" = ")
        place, *functions = head.split()
        told = _PLACE.fullmatch(place)
        if line[0] == "#" or not equals or not told:
            continue
        when = (int(told[2]), int(told[3])) if told[2] else (-1, 0)
        pairs = tail.split()
        names = {_read(number): name for number, name in zip(pairs[::2], pairs[1::2], strict=True)}
        row = Row(int(told[1]), when, frozenset((told[4] or "").split(",")) - {""}, names)
        for function in functions:
            found[function] = (*found.get(function, ()), row)
    return found


def _read(number: str) -> int:
    return int(number, 8) if _OCTAL.fullmatch(number) else int(number, 0)
