"""What the readers know, as data: one TOML file per subject."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the table `name`.toml of this folder.

    >>> "python" in table("powers")
    True
    """
    return tomllib.loads((files(__name__) / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def pattern(*keys: str) -> re.Pattern[str]:
    """Return one of the longer patterns, compiled: reader, then name."""
    found: Any = table("patterns")
    for key in keys:
        found = found[key]
    return re.compile(found)
