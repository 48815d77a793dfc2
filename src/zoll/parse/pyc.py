"""Texts and names in compiled Python: the marshal format of CPython 3.8 to 3.13 (Python/marshal.c), never loaded."""

from collections.abc import Iterator
from typing import NamedTuple

from zoll.parse.broken import Broken

HEADER = 16
OLDEST, NEW_LAYOUT, NEWEST = 3413, 3495, 3699  # magic numbers of 3.8, 3.11 and of what comes after 3.13
REFERABLE = 0x80
PLAIN = {b"0": 0, b"N": 0, b"F": 0, b"T": 0, b"S": 0, b".": 0, b"i": 4, b"I": 8, b"g": 8, b"y": 16, b"r": 4}
LONG_TEXT, SHORT_TEXT = b"suaAt", b"zZ"
MANY, FEW = b"([<>", b")"
LARGEST = 5_000_000  # steps


class _Step(NamedTuple):
    """What to do next: skip bytes, read an object, or go on with a dictionary; `told` says whether texts count."""

    what: str
    size: int = 0
    told: bool = True


_OBJECT, _RAW, _PAIRS = _Step("object"), _Step("object", told=False), _Step("pairs")
# Code; constants, names, locals; their kinds; file; name, qualified name; first line; tables of lines and exceptions.
_CODE = (_Step("skip", 20), _RAW, _OBJECT, _OBJECT, _OBJECT, _RAW, _RAW, _OBJECT, _OBJECT, _Step("skip", 4), _RAW, _RAW)
_OLD_CODE = (_Step("skip", 24), _RAW, *[_OBJECT] * 5, _RAW, _OBJECT, _Step("skip", 4), _RAW)


def texts(data: bytes) -> Iterator[bytes]:
    """Yield every text, name and byte string but for code, line tables and file names. Raise Broken."""
    magic = int.from_bytes(data[:2], "little")
    if not OLDEST <= magic < NEWEST or data[2:4] != b"\r\n" or len(data) < HEADER:
        raise Broken("unsupported", "not compiled by Python 3.8 to 3.13")
    code = _CODE if magic >= NEW_LAYOUT else _OLD_CODE
    at, stack, steps = HEADER, [_OBJECT], 0
    while stack:
        steps += 1
        if at > len(data) or steps > LARGEST:
            raise Broken("truncated", "inside an object")
        step = stack.pop()
        if step.what == "skip":
            at += step.size
        elif step.what == "pairs":
            if data[at : at + 1] == b"0":
                at += 1
            else:
                stack += [_PAIRS, _OBJECT, _OBJECT]
        else:
            kind = bytes((data[at] & ~REFERABLE,)) if at < len(data) else b""
            text, at, children = _object(data, kind, at + 1, code)
            if text and step.told:
                yield text
            stack += children
            if len(stack) > LARGEST:
                raise Broken("malformed", "more objects than a file holds")


def _object(data: bytes, kind: bytes, at: int, code: tuple[_Step, ...]) -> tuple[bytes, int, list[_Step]]:
    """Return an object's text, where it ends, and what is still to be read of it, last first."""
    if kind in PLAIN:
        return b"", at + PLAIN[kind], []
    if kind == b"c":
        return b"", at, list(reversed(code))
    if kind == b"{":
        return b"", at, [_PAIRS]
    if kind == b"l":
        return b"", at + 4 + 2 * abs(int.from_bytes(data[at : at + 4], "little", signed=True)), []
    width = 1 if kind and kind in SHORT_TEXT + FEW else 4
    size = int.from_bytes(data[at : at + width], "little")
    if not kind or kind not in LONG_TEXT + SHORT_TEXT + MANY + FEW or size > len(data):
        raise Broken("malformed", f"an object of kind {kind!r}")
    if kind in MANY + FEW:
        return b"", at + width, [_OBJECT] * size
    return data[at + width : at + width + size], at + width + size, []
