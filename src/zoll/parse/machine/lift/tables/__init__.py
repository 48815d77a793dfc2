"""What well-known functions take, and which never come back: data, one word and number a line."""

import re
from functools import cache
from importlib.resources import files

_ASKED = re.compile(r"%([-+ #0-9.*']{0,20})(?:hh|ll|[hlqjzt])?([A-Za-z%])")


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
def system_calls(processor: str) -> dict[int, str]:
    """Return the names of Linux's system calls by number."""
    lines = (files(__package__) / f"calls.{processor}.txt").read_text("ascii").splitlines()
    pairs = (line.split() for line in lines if not line.startswith("#"))
    return {int(number): name for number, name in pairs}
