"""Which functions of an executable hold some lines of its source, as GNU readelf says, of any processor."""

import re
import subprocess
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path
from typing import Any

SYMBOL = re.compile(r"^\s*\d+: ([0-9a-f]+) +(\w+) FUNC +\w+ +\w+ +(?:\[[^]]*\] +)?\w+ (\S+)", re.MULTILINE)
LINE = re.compile(r"^(\S+) +(\d+) +(0x[0-9a-f]+)", re.MULTILINE)
PIECES = re.compile(r"\.(?:part|constprop|isra|cold|lto_priv|llvm)\b.*")  # what compilers call pieces of a function


class NoHolder(ValueError):
    """No function of the executable holds what was planted."""


def holders(executable: Path, edits: Iterable[dict[str, Any]], processor: str) -> list[dict[str, Any]]:
    """Give offset, size and name of the functions that hold the edits, of whatever was inlined those around it.

    An edit names lines of a file and perhaps a symbol; the pieces that a compiler cut off a named function count too.
    """
    functions = functions_of(readelf(executable, "-sW"), thumb=processor == "armhf")
    rows = landed(lines_of(readelf(executable, "-W", "--debug-dump=decodedline")), functions)
    found: set[tuple[int, int, str]] = set()
    for edit in edits:
        name, (first, last) = edit["path"].rsplit("/", 1)[-1], edit["lines"]
        of_file = {(one, line) for file, line, at in rows if file == name and (one := holder(functions, at))}
        found |= {one for one, line in of_file if first <= line <= last}
        found |= {one for one, _ in of_file if PIECES.sub("", one[2]) == edit["symbol"]}
    if not found:
        raise NoHolder(f"{executable.name}: nothing there of {[edit['path'] for edit in edits]}")
    return [{"offset": at, "size": size, "name": name} for at, size, name in sorted(found)]


def readelf(executable: Path, *asked: str) -> str:
    """Give what readelf says."""
    return subprocess.run(["readelf", *asked, str(executable)], check=True, capture_output=True, text=True).stdout


def functions_of(said: str, *, thumb: bool = False) -> list[tuple[int, int, str]]:
    """Give start, size and name of every function, in order of address; the lowest bit says Thumb, not where."""
    found = {(int(at, 16) & ~int(thumb), int(size, 0), name) for at, size, name in SYMBOL.findall(said)}
    return sorted(one for one in found if one[0] and one[1])


def lines_of(said: str) -> list[tuple[str, int, int]]:
    """Give file, line and address of every row of the line table."""
    return [(file.rsplit("/", 1)[-1], int(line), int(at, 16)) for file, line, at in LINE.findall(said)]


def landed(rows: list[tuple[str, int, int]], functions: list[tuple[int, int, str]]) -> list[tuple[str, int, int]]:
    """Give the rows without those that hold no instruction and stand where the next function begins.

    Where a function ends in a jump to another, the line of its last brace is where nothing of it is any more.
    """
    starts = {at for at, _, _ in functions}
    kept = []
    for number, row in enumerate(rows):
        before, behind = rows[number - 1][2] if number else -1, rows[number + 1][2] if number + 1 < len(rows) else -1
        if row[2] not in starts or before >= row[2] or behind != row[2]:
            kept.append(row)
    return kept


def holder(functions: list[tuple[int, int, str]], at: int) -> tuple[int, int, str] | None:
    """Give the function that an address lies in."""
    place = bisect_right(functions, at, key=lambda one: one[0]) - 1
    return functions[place] if place >= 0 and at < functions[place][0] + functions[place][1] else None
