"""Which of two versions is the later one, by the rules of their ecosystem as far as they matter here."""

import re
from itertools import zip_longest

from packaging.version import InvalidVersion, Version

PIECE = re.compile(r"\d+|[a-z]+|~|\+")
EARLIER = {"dev": -6, "a": -5, "alpha": -5, "b": -4, "beta": -4, "m": -4, "pre": -3, "preview": -3, "rc": -2, "c": -2}
EARLIER |= {"snapshot": -6, "nightly": -6, "canary": -5, "next": -5, "milestone": -4, "cr": -2}
FINAL = {"final", "ga", "release"}
Key = tuple[int, int | str]


ZEROS = re.compile(r"(?<![\d])0+(?=\d)")


def plain(version: str) -> str:
    """Return a version as it counts when versions are held against each other: without `v` and leading zeros.

    >>> plain("v2024.07.04")
    '2024.7.4'
    """
    return ZEROS.sub("", version.removeprefix("v"))


def order(kind: str, old: str, new: str) -> int:
    """Return 1 where `new` is later, -1 where it is earlier, 0 where both are the same or cannot be told apart.

    >>> order("npm", "1.9.0", "1.10.0"), order("pypi", "2.0", "2.0rc1"), order("deb", "1:1.0-1", "1.1-1")
    (1, -1, -1)
    """
    if old == new:
        return 0
    if kind == "pypi":
        try:
            before, after = Version(old), Version(new)
        except InvalidVersion:
            return _order(old, new)
        return (after > before) - (after < before)
    if kind == "deb":
        (first, old), (second, new) = _epoch(old), _epoch(new)
        if first != second:
            return 1 if second > first else -1
    return _order(old, new)


def _epoch(version: str) -> tuple[int, str]:
    head, mark, rest = version.partition(":")
    return (int(head[:9]), rest) if mark and head.isdigit() else (0, version)


def _order(old: str, new: str) -> int:
    for before, after in zip_longest(_keys(old), _keys(new), fillvalue=(0, 0)):
        if before != after:
            one, other = (_same_sort(before), _same_sort(after))
            return 1 if other > one else -1
    return 0


def _same_sort(key: Key) -> tuple[int, int, str]:
    rank, value = key
    return (rank, value, "") if isinstance(value, int) else (rank, 0, value)


def _keys(version: str) -> list[Key]:
    """Numbers count as numbers; words of pre-releases stand before the end, all others behind it."""
    keys: list[Key] = []
    lone = {"a", "b", "c", "m"}  # 1.1.1a comes after 1.1.1, 1.0a1 before 1.0
    text = version.lower().removeprefix("v")
    for found in PIECE.finditer(text):
        piece = found[0]
        if piece in lone and not text[found.end() : found.end() + 1].isdigit():
            keys.append((1, piece))
        elif piece.isdigit():
            keys.append((1, int(piece)) if int(piece) else (0, 0))
        elif piece == "~":
            keys.append((-9, 0))
        elif piece not in FINAL and piece != "+":
            keys.append((EARLIER.get(piece, 1), piece))
    return keys
