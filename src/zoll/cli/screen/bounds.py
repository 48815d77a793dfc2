"""`--limit name=value`: how much may be opened and read before the rest becomes a gap."""

import re
from collections.abc import Iterable

import msgspec

from zoll.errors import BadSetting
from zoll.openers.limits import Limits as OpeningLimits
from zoll.sandbox.limits import Limits as WorkerLimits

UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
VALUE = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,6})?)([kmgt]?)(?:i?b)?", re.IGNORECASE)
OPENING = {field.name: field.type for field in msgspec.structs.fields(OpeningLimits)}
WORKER = {field.name: field.type for field in msgspec.structs.fields(WorkerLimits)}


def names() -> tuple[str, ...]:
    """Return the limits that can be set: those of opening, then those of one worker."""
    return (*OPENING, *WORKER)


def parsed(words: Iterable[str]) -> tuple[OpeningLimits, WorkerLimits]:
    """Return the limits of opening and of a worker.

    >>> parsed(["depth=3", "memory=1G"])[1].memory
    1073741824
    """
    given = dict(_pair(word) for word in words)
    opening = {name: value for name, value in given.items() if name in OPENING}
    worker = {name: value for name, value in given.items() if name in WORKER}
    return msgspec.structs.replace(OpeningLimits(), **opening), msgspec.structs.replace(WorkerLimits(), **worker)


def _pair(word: str) -> tuple[str, float]:
    name, _, text = word.partition("=")
    found = VALUE.fullmatch(text.strip())
    if name not in names() or not found or not float(found[1]):
        raise BadSetting(
            f"--limit {word}: write NAME=NUMBER, NAME one of {', '.join(names())} and NUMBER such as 12, 2.5 or 4G"
        )
    number = float(found[1]) * UNITS[found[2].lower()]
    kind = OPENING.get(name, WORKER.get(name))
    return name, number if kind is float else max(1, int(number))
