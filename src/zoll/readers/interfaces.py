"""Variables of the environment that a published interface sets and explains."""

import re
from functools import cache, lru_cache

from zoll.readers.tables import table


@lru_cache(maxsize=4096)
def interface_of(name: str, path: str = "") -> str:
    """Return the published interface that explains a variable, "" for none.

    A whole family of names is one interface's only in the files that this interface runs.

    >>> interface_of("NOTIFY_SOCKET"), interface_of("SystemRoot"), interface_of("IF_GATE", "etc/network/if-up.d/gate")
    ('systemd', 'windows', 'ifupdown')
    >>> interface_of("IF_GATE", "src/gate.py")
    ''
    """
    key = _named().get(name, "")
    if not key and _named().get(name.upper()) == "windows":  # whose names have no case
        return "windows"
    return key or next((key for key, names, files in _families() if names.match(name) and files.search(path)), "")


@cache
def _named() -> dict[str, str]:
    return {name: key for key, names in table("environments")["interfaces"].items() for name in names.split()}


@cache
def _families() -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (row["interface"], re.compile(row["name"]), re.compile(row["file"])) for row in table("environments")["family"]
    )
