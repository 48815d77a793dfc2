"""What a function of a rebuilt executable asked for before and now decides by: the compiler wrote it otherwise."""

import re

from msgspec import Struct, structs

from zoll.model import Change, Fact, Hunk, Reading

_NUMBER = re.compile(r"(?:[=!]=|[<>]=?|case) (-?(?:0x[0-9a-f]{1,16}|\d{1,20}))\b")
_TEXT = re.compile(r'"((?:[^"\\]|\\.){1,200})"')
_NEAR = (-1, 0, 1)  # `x < 20` turned round is `x > 19`
_HEX = re.compile(r"-?0x[0-9a-f]+")
_SIGNS = str.maketrans("", "", " ();{}")


class Asked(Struct, frozen=True):
    """What a lifted function asks for: numbers and those beside them, texts, and its lines without their signs."""

    values: frozenset[str]
    lines: frozenset[str]


def asked(text: str) -> Asked:
    """Return what a lifted function asks for.

    >>> sorted(asked('if (v > 900 && !strcmp(arg1, "admin")) {').values)
    ['899', '900', '901', 'admin']
    """
    numbers = {int(one, 0) + step for one in _NUMBER.findall(text) for step in _NEAR}
    values = frozenset(map(str, numbers)) | frozenset(_TEXT.findall(text))
    return Asked(values, frozenset(line.translate(_SIGNS) for line in text.splitlines()))


def without_still_asked(change: Change, before: Asked) -> Change:
    """Return a change without gates by values, or of conditions, that the old function has as well."""
    return structs.replace(change, hunks=tuple(_less(hunk, before) for hunk in change.hunks))


def _less(hunk: Hunk, before: Asked) -> Hunk:
    return structs.replace(hunk, gained=tuple(one for one in hunk.gained if not _stood(one, before)))


def without_still_compared(change: Change, old: str, new: str) -> Change:
    """Return a change without comparisons with texts that stand in the old function as often as in the new one."""

    def left(hunk: Hunk) -> Hunk:
        return structs.replace(hunk, gained=tuple(one for one in hunk.gained if not stood(one.fact)))

    def stood(fact: Fact) -> bool:
        said = f'"{fact.value}"'
        return fact.kind == "comparison" and 0 < new.count(said) <= old.count(said)

    return structs.replace(change, hunks=tuple(map(left, change.hunks)))


def _stood(reading: Reading, before: Asked) -> bool:
    """Say whether a gate asks what was asked; larger numbers are written by hexadecimal digits."""
    if reading.fact.kind != "gate":
        return False
    value = reading.fact.trait("literal")
    number = str(int(value, 16)) if _HEX.fullmatch(value) else value
    return number in before.values or reading.words.partition(" => ")[0].translate(_SIGNS) in before.lines
