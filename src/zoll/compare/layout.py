"""Functions of machine code written alike where only the layout differs: fields that moved, arguments left over.

A structure that grew moves the fields behind its new one: `->f2c` becomes `->f30` in every function that uses it. And
where nobody knows a function's parameters, a call may seem to hand over whatever else stood in the next registers.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from zoll.compare.align import align

Both = tuple[list[str], list[str]]  # the lines of a function, old and new

_FIELD = re.compile(r"->f([0-9a-f]{1,8})\b|(?<=[\w\])]) \+ (\d{1,5})\)")
_CALL = re.compile(r"\b(?!(?:if|switch|while|return|memcmp)\b)([A-Za-z_]\w*+)\(")
_RESULT = re.compile(r"\s*+(\w+_result) = (.+);")
_OPENING = {")": "(", "]": "["}
_WITHIN = 160  # characters in front of a field in which what it is a field of is looked for
_ENOUGH = 3  # fields that have to have moved by one distance before any did
_LEAST = 8  # what is added to a pointer to reach a field; less is counting


class _Move(Struct, frozen=True):
    """A field on a line that both sides have: in which function, of what, from which offset to which.

    `told` says whether it is written as a field, and not as a sum that may be one.
    """

    function: int
    base: str
    old: int
    new: int
    told: bool


def without_layout(pairs: Sequence[Both], takes: Callable[[str], int | None]) -> None:
    """Give, in place, both sides the same words where they differ by layout alone: mostly the old ones the new words.

    `takes` says how many arguments a function takes at least; None where that is known, and no call hands over others.
    """
    _renumber(pairs)
    for olds, news in pairs:
        _put_in(olds, news)
        _put_in(news, olds)
        for one, two in _lined_up(olds, news, _without_arguments) if olds != news else ():
            if olds[one] != news[two] and _left_over(olds[one], news[two], takes):
                olds[one] = news[two]


def _lined_up(olds: Sequence[str], news: Sequence[str], bare: Callable[[str], str]) -> list[tuple[int, int]]:
    return align([bare(line) for line in olds], [bare(line) for line in news])


# fields


def _renumber(pairs: Sequence[Both]) -> None:
    lined = [_lined_up(olds, news, _without_offsets) for olds, news in pairs]
    moves = [
        {one: list(_moves(at, pairs[at][0][one], pairs[at][1][two])) for one, two in both}
        for at, both in enumerate(lined)
    ]
    grown = _Grown(move for lines in moves for found in lines.values() for move in found)
    for (olds, _), lines in zip(pairs, moves, strict=True):
        moved = {(one.base, one.old): one.new for found in lines.values() for one in found if grown.explains(one)}
        if moved:
            olds[:] = [_followed(line, moved) for line in olds]


class _Grown:
    """By how much fields moved, as far as several of them say so."""

    def __init__(self, moves: Iterable[_Move]) -> None:
        self._by_distance: dict[int, set[tuple[int, str, int]]] = defaultdict(set)
        self._stay: dict[tuple[int, str], int] = {}
        for one in moves:
            if one.told and one.old != one.new:
                self._by_distance[one.new - one.old].add((one.function, one.base, one.old))
            elif one.told:
                place = one.function, one.base
                self._stay[place] = max(one.old, self._stay.get(place, 0))

    def explains(self, one: _Move) -> bool:
        """Say whether a structure that grew explains that a field moved: others did, and none behind it stayed."""
        distance = one.new - one.old
        alike = self._by_distance.get(distance, set()) if distance else set()
        if len(alike) < _ENOUGH or (len({at for at, _, _ in alike}) < 2 and len({old for _, _, old in alike}) < 2):
            return False
        return one.old > self._stay.get((one.function, one.base), -1)


@lru_cache(maxsize=1 << 14)
def _without_offsets(line: str) -> str:
    return _FIELD.sub(lambda found: "->f" if found[1] else " +)" if int(found[2]) >= _LEAST else found[0], line)


def _moves(function: int, old: str, new: str) -> Iterator[_Move]:
    for one, two in zip(_FIELD.finditer(old), _FIELD.finditer(new), strict=False):
        yield _Move(function, _base(old, one.start()), _offset(one), _offset(two), one[1] is not None)


def _offset(found: re.Match[str]) -> int:
    return int(found[1], 16) if found[1] else int(found[2])


def _followed(line: str, moved: dict[tuple[str, int], int]) -> str:
    """Return a line with the fields that moved where they are now."""

    def put(found: re.Match[str]) -> str:
        new = moved.get((_base(line, found.start()), _offset(found)))
        return found[0] if new is None else f"->f{new:x}" if found[1] else f" + {new})"

    return _FIELD.sub(put, line)


def _base(line: str, end: int) -> str:
    """Return what a field that begins at a place is one of, without the offsets in it."""
    at, open_ = end, list[str]()
    while at > max(end - _WITHIN, 0):
        sign = line[at - 1]
        if sign in _OPENING:
            open_.append(_OPENING[sign])
        elif open_ and sign == open_[-1]:
            open_.pop()
        elif not open_ and not (sign.isalnum() or sign in "_>" or line[at - 1 : at + 1] == "->"):
            break
        at -= 1
    return _without_offsets(line[at:end])


# results


def _put_in(lines: list[str], others: Sequence[str]) -> None:
    """Put a call where its result is asked for next, if the other side has it so; its own line is left empty.

    One compiler keeps a result for later, another asks again: the call stands by itself or in a condition.
    """
    there = {line.strip() for line in others}
    for at, line in enumerate(lines[:-1]):
        found = _RESULT.fullmatch(line)
        if found is None or line.strip() in there:
            continue
        joined = re.sub(rf"\b{found[1]}\b", found[2].replace("\\", r"\\"), lines[at + 1], count=1)
        if joined != lines[at + 1] and joined.strip() in there:
            lines[at], lines[at + 1] = "", joined


# arguments


@lru_cache(maxsize=1 << 14)
def _without_arguments(line: str) -> str:
    return "".join(piece for piece, _ in _apart(line))


def _left_over(old: str, new: str, takes: Callable[[str], int | None]) -> bool:
    """Say whether two lines differ only in how many arguments calls have behind those that both have."""
    one, two = _apart(old), _apart(new)
    names = [_CALL.search(piece) for piece, _ in one]
    for (_, mine), (_, theirs), name in zip(one, two, names, strict=True):
        short, long = sorted((mine, theirs), key=len)
        if mine == theirs:
            continue
        least = takes(name[1]) if name else None
        if least is None or long[: len(short)] != short or len(short) < min(least, len(long)):
            return False
    return True


def handed_short(olds: Sequence[str], news: Sequence[str], least: Mapping[str, int]) -> bool:
    """Say whether functions differ in arguments alone, and a call that differs has fewer than its function takes."""
    differing = [both for both in zip(olds, news, strict=False) if both[0] != both[1]]
    if (
        not differing
        or len(olds) != len(news)
        or any(_without_arguments(a) != _without_arguments(b) for a, b in differing)
    ):
        return False
    return any(
        len(given) < least.get(name[1], 0)
        for line in chain.from_iterable(differing)
        for piece, given in _apart(line)
        if (name := _CALL.search(piece))
    )


def _apart(line: str) -> list[tuple[str, list[str]]]:
    """Return a line in pieces that each end with the name of a call and its bracket, and the arguments behind each."""
    made: list[tuple[str, list[str]]] = []
    at = 0
    while found := _CALL.search(line, at):
        arguments, end = _arguments(line, found.end())
        made.append((line[at : found.end()], arguments))
        at = end
    return [*made, (line[at:], [])]


def _arguments(line: str, start: int) -> tuple[list[str], int]:
    """Return the arguments that begin at a place, and where their bracket is closed."""
    found, depth, at, first, quoted = list[str](), 0, start, start, False
    while at < len(line):
        sign = line[at]
        if quoted:
            at += sign == "\\"
            quoted = sign != '"'
        elif sign == '"':
            quoted = True
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
            if depth < 0:
                break
        elif sign == "," and not depth:
            found.append(line[first:at].strip())
            first = at + 1
        at += 1
    last = line[first:at].strip()
    return ([*found, last] if last else found), at
