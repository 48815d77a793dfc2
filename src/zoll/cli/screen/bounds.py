"""`--limit name=value`: how much may be opened and read before the rest becomes a gap."""

import re
from collections.abc import Iterable

import msgspec

from zoll.errors import BadSetting
from zoll.openers.limits import Limits

UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
VALUE = re.compile(r"([0-9]{1,15}(?:\.[0-9]{1,6})?)([kmgt]?)(?:i?b)?", re.IGNORECASE)
WORKER = ("memory", "wall")  # of one reading worker; the others bound opening


def names() -> tuple[str, ...]:
    """Return the limits that can be set."""
    return (*Limits.__struct_fields__, *WORKER)


def parsed(words: Iterable[str]) -> tuple[Limits, dict[str, float]]:
    """Return the opening limits and those of a worker.

    >>> parsed(["depth=3", "memory=1G"])[1]
    {'memory': 1073741824}
    """
    given = dict(_pair(word) for word in words)
    opening = {name: value for name, value in given.items() if name not in WORKER}
    limits = msgspec.structs.replace(Limits(), **opening)
    return limits, {name: value for name, value in given.items() if name in WORKER}


def _pair(word: str) -> tuple[str, float]:
    name, _, text = word.partition("=")
    found = VALUE.fullmatch(text.strip())
    if name not in names() or not found or not float(found[1]):
        raise BadSetting(
            f"--limit {word}: write NAME=NUMBER with a name of {', '.join(names())} and a number such as 12, 2.5 or 4G"
        )
    number = float(found[1]) * UNITS[found[2].lower()]
    return name, number if name in ("seconds", "wall") else int(number)
