"""What is known of libraries, as data."""

import re
import tomllib
from functools import cache
from importlib.resources import files

from msgspec import Struct, convert


class Header(Struct, frozen=True, forbid_unknown_fields=True):
    """A file of a library's source that tells its version: `file` matches the last name, the groups join with dots.

    `divide`: the version is one number, to be divided by these: 20700 by 10000 and 100 is 2.7.0.
    """

    name: str
    file: str
    version: tuple[str, ...]
    divide: tuple[int, ...] = ()
    purl: str = "generic"


class Banner(Struct, frozen=True, forbid_unknown_fields=True):
    """Words in an executable or script: `word` is literal, `version` matches around it, with a group `v`.

    `beside`: other bytes that the file must hold, where users of a library carry its version as well; `far`: the
    version may stand anywhere in the file. A group `n` takes the name from the words.
    """

    name: str
    word: str
    version: str
    within: str = "executable"
    beside: str = ""
    far: bool = False
    purl: str = "generic"


class Libraries(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole table."""

    header: tuple[Header, ...]
    banner: tuple[Banner, ...]


@cache
def libraries() -> Libraries:
    """Return the table `libraries.toml` of this folder.

    >>> "zlib" in {row.name for row in libraries().header}
    True
    """
    text = (files(__name__) / "libraries.toml").read_text(encoding="utf-8")
    return convert(tomllib.loads(text), Libraries)


@cache
def compiled(pattern: str) -> re.Pattern[bytes]:
    """Return a pattern of the table, over bytes; lines count."""
    return re.compile(pattern.encode(), re.MULTILINE)
