"""What well-known functions take, and which never come back: data, one word and number a line."""

import re
from functools import cache
from importlib.resources import files

_ASKED = re.compile(r"%([-+ #0-9.*']{0,20})(?:hh|ll|[hlqjzt])?([A-Za-z%])")
_CHECKED = re.compile(r"__(\w{3,20})_chk")
_VARIANT = re.compile(r"__isoc(?:99|23)_(\w{3,20})|__(\w{3,20}?)(?:_time)?64|(\w{3,20})64|__(\w{3,20}?)(?:64)?_2")
_SAME = {"bcmp": "memcmp", "_IO_getc": "getc", "_IO_putc": "putc", "__sysv_signal": "signal"}


@cache
def _arities() -> dict[str, tuple[int, bool]]:
    found = {}
    for line in (files(__package__) / "arities.txt").read_text("ascii").splitlines():
        count, _, names = line.partition(" ")
        if count.rstrip("+").isdigit():
            for name in names.split():
                found[name] = (int(count.rstrip("+")), count.endswith("+"))
    return found


def arity_of(name: str) -> tuple[int, bool]:
    """Return how many arguments a function takes and whether it may take more; -1 when that is not known."""
    plain = name.removesuffix("_chk").removeprefix("__isoc99_").removeprefix("__isoc23_")
    return _arities().get(name) or _arities().get(plain, (-1, True))


def plain_call(name: str) -> tuple[str, tuple[int, ...]]:
    """Return what a function is called in source, and which of its arguments only the compiler hands over.

    With checks asked for, the C library's headers put other functions in place of the ones that source names: those
    that know how large what they write to is (`__memcpy_chk`), and those of another standard or width.

    >>> plain_call("__snprintf_chk")
    ('snprintf', (2, 3))
    """
    found = _CHECKED.fullmatch(name)
    if found and found[1] in _checks():
        return found[1], _checks()[found[1]]
    found = _VARIANT.fullmatch(name)
    plain = next((one for one in found.groups() if one), name) if found else _SAME.get(name, name)
    return (plain if plain in _arities() else name), ()


@cache
def modes() -> dict[str, int]:
    """Return which argument of functions of the C library is a mode of files, written in octal."""
    return {name: at for name, (at,) in _placed("modes.txt").items()}


@cache
def _checks() -> dict[str, tuple[int, ...]]:
    return _placed("checks.txt")


def _placed(file: str) -> dict[str, tuple[int, ...]]:
    """Return the places of arguments by name; a line is places, parted by commas, and names."""
    found: dict[str, tuple[int, ...]] = {}
    for line in (files(__package__) / file).read_text("ascii").splitlines():
        places, _, names = line.partition(" ")
        if places[0] != "#":
            found |= dict.fromkeys(names.split(), tuple(map(int, places.split(","))))
    return found


def asked_for(text: str) -> int:
    """Return how many arguments a format of printf asks for.

    >>> asked_for("%-*s took %d%%")
    3
    """
    return sum(1 + found[1].count("*") for found in _ASKED.finditer(text) if found[2] != "%" and found[2] != "m")


@cache
def leavers() -> frozenset[str]:
    """Return the functions that never come back."""
    return frozenset((files(__package__) / "leavers.txt").read_text("ascii").split())


@cache
def void() -> frozenset[str]:
    """Return the functions that return nothing: what stands in the register of results after them is left over."""
    return frozenset((files(__package__) / "void.txt").read_text("ascii").split())


@cache
def system_calls(processor: str) -> dict[int, str]:
    """Return the names of Linux's system calls by number."""
    lines = (files(__package__) / f"calls.{processor}.txt").read_text("ascii").splitlines()
    pairs = (line.split() for line in lines if not line.startswith("#"))
    return {int(number): name for number, name in pairs}
