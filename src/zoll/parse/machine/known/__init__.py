"""Functions of common C libraries, known again in programs that hold them without a name.

`functions.txt` (made by `bench/known_functions.py`) holds, by processor, the prints of functions (`sweep.prints`) in
the static libraries of Debian. A print that functions of several names share, and one of few instructions, names one
only where it also calls or names another that is known; else the function stays without a name.
"""

import base64
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

import numpy as np

from zoll.parse.machine import plt
from zoll.parse.machine.image import Image, Sweep

BITS = 48  # of a print, as they stand in the file
ROUNDS = 4  # of naming what is told by what it calls
Names = dict[int, str]
Table = Mapping[int, tuple[tuple[str, str], ...]]  # print: names, each with what it calls ("" for nothing asked)


@cache
def table(processor: str) -> Table:
    """Return the prints of one processor's functions."""
    found: dict[int, tuple[tuple[str, str], ...]] = {}
    here = False
    for line in (files(__package__) / "functions.txt").read_text("ascii").splitlines():
        if line.startswith("["):
            here = line == f"[{processor}]"
        elif here and line and line[0] != "#":
            name, *rest = line.split(" ")
            for word in rest:
                text, _, calls = word.partition(">")
                key = int.from_bytes(base64.urlsafe_b64decode(text), "big")
                found[key] = (*found.get(key, ()), (name, calls))
    return found


def recognised(image: Image, sweep: Sweep) -> Names:
    """Return the names of the functions without one that are known again, by address; pointers to resolvers too.

    Stubs that jump through such a pointer bear its name from then on.
    """
    asked = table(image.processor)
    prints = (sweep.prints >> np.uint64(64 - BITS)).astype(np.int64)
    known = np.fromiter(asked, np.int64, len(asked))
    places = np.flatnonzero(np.isin(prints, known)).tolist()
    open_ = {int(sweep.starts[at]): int(prints[at]) for at in places}
    open_ = {start: key for start, key in open_.items() if start not in image.names}
    if not open_:
        return {}
    around = _around(sweep, open_)
    found: Names = {}
    for _ in range(ROUNDS):
        told = {start: name for start, key in open_.items() if (name := _told(asked[key], start, around, found, image))}
        if not told:
            break
        found |= told
        open_ = {start: key for start, key in open_.items() if start not in told}
        found |= _resolved(image, found)
    return found


def recognise(image: Image, sweep: Sweep) -> None:
    """Give functions without a name those of the library functions that they are; `Image.recognised` keeps which."""
    image.recognised = recognised(image, sweep)
    image.names.update(image.recognised)
    sweep.names.update(image.recognised)


def _told(
    rows: Iterable[tuple[str, str]], start: int, around: Mapping[int, set[int]], found: Names, image: Image
) -> str:
    """Return the one name that a function can have, "" for none or several."""
    near = {found.get(one) or image.names.get(one, "") for one in around.get(start, ())}
    names = {name for name, calls in rows if not calls or calls in near}
    return names.pop() if len(names) == 1 else ""


def _around(sweep: Sweep, starts: Iterable[int]) -> dict[int, set[int]]:
    """Return what each of some functions calls and names."""
    wanted = np.flatnonzero(np.isin(sweep.starts, np.fromiter(starts, np.int64)))
    rows = np.concatenate([sweep.calls, sweep.references])
    found: dict[int, set[int]] = {}
    for index, address in rows[np.isin(rows[:, 0], wanted)].tolist():
        found.setdefault(int(sweep.starts[index]), set()).add(address)
    return found


def _resolved(image: Image, found: Names) -> Names:
    """Name the pointers that known resolvers fill, and the stubs that jump through them."""
    rows = zip(*(column.tolist() for column in image.placed), strict=True)
    fresh = {where: found[target] for where, target in rows if target in found and where not in image.slots}
    if not fresh:
        return {}
    image.slots |= fresh
    image.stubs |= {at: name for at, name in plt.stubs(image).items() if at not in image.stubs}
    return {address: name for address, name in image.stubs.items() if address not in image.names}
