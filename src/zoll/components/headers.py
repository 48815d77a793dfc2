"""Libraries in source: the header or makefile that tells a version, known by its name."""

import re
from collections.abc import Iterator
from functools import cache

from zoll.catalogue import Doc
from zoll.components.naming import folder, made, normal
from zoll.components.tables import Header, compiled, libraries
from zoll.model import Component, Part, Place

DOC = Doc(
    title="Libraries in C and C++ source: versions in their headers",
    reads=("*.h", "*.hpp", "*.c", "Makefile"),
    yields=("component",),
    limitations=("Only libraries of the table components/tables/libraries.toml; a renamed header is not looked into.",),
)
PREFIX = 3  # letters before a library's name in that of its folder
READ = 400_000  # an amalgamated source tells its version near the top
VERSION = re.compile(r"[-_]?v?\d[\w.]*\Z")


def wants(part: Part) -> bool:
    """Tell by the name."""
    return part.place.hops[-1].rsplit("/", 1)[-1].lower() in _rows() or _patterned(part.place.name)


def find(part: Part, data: bytes) -> Iterator[Component]:
    """Yield the library, at its folder where that is called like it, else at the file."""
    for row in _matching(part.place.name):
        found = [compiled(pattern).search(data, 0, READ) for pattern in row.version]
        version = ".".join(one[1].decode("ascii", "replace") for one in found if one)
        if all(found) and version:
            yield made(row.purl, row.name, _dotted(version, row), home(part.place, row.name), "version-string")


def _dotted(version: str, row: Header) -> str:
    """Return a version with dots, one that is a single number divided.

    >>> _dotted("20700L", Header("duktape", "", (), (10000, 100))), _dotted("1_74", Header("boost", "", ()))
    ('2.7.0', '1.74')
    """
    number = re.match(r"\d{1,12}", version)
    if not row.divide or not number:
        return version.replace("_", ".")
    rest, pieces = int(number[0]), []
    for divisor in row.divide:
        pieces.append(rest // divisor)
        rest %= divisor
    return ".".join(map(str, (*pieces, rest)))


def home(place: Place, name: str) -> Place:
    """Return the nearest folder (at most three up) that is called like the library, else the file itself.

    Up to three letters may stand before the name, as of the project that embeds it.

    >>> home(Place(("src/zlib-1.2.13/zlib.h",)), "zlib").hops, home(Place(("Utilities/cmzlib/zlib.h",)), "zlib").hops
    (('src/zlib-1.2.13',), ('Utilities/cmzlib',))
    """
    wanted = normal(name).replace("-", "")
    around = place
    for _ in range(3):
        around = folder(around)
        if not around.hops:
            break
        last = normal(VERSION.sub("", around.name)).replace("-", "")
        if last and (wanted == f"lib{last}" or (last.endswith(wanted) and len(last) - len(wanted) <= PREFIX)):
            return around
    return place


@cache
def _rows() -> dict[str, list[Header]]:
    """Return the rows whose file is a plain name, by that name."""
    rows: dict[str, list[Header]] = {}
    for row in libraries().header:
        plain = row.file.replace("\\.", ".").lower()
        if not re.search(r"[\\()\[\]?*+|]", plain):
            rows.setdefault(plain, []).append(row)
    return rows


@cache
def _others() -> tuple[tuple[re.Pattern[str], Header], ...]:
    plain = {row for rows in _rows().values() for row in rows}
    return tuple((re.compile(row.file, re.IGNORECASE), row) for row in libraries().header if row not in plain)


@cache
def _any() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern.pattern})" for pattern, _ in _others()), re.IGNORECASE)


def _patterned(name: str) -> bool:
    return bool(_any().fullmatch(name))


def _matching(name: str) -> Iterator[Header]:
    yield from _rows().get(name.lower(), ())
    yield from (row for pattern, row in _others() if pattern.fullmatch(name))
