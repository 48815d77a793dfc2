"""One leaf of a configuration file, in the same shape for every format."""

import re

from msgspec import Struct

DEEPEST = 200

NUMBER = re.compile(r"[-+]?(?:0[xXoObB])?[0-9][0-9a-fA-F_]{0,40}(?:\.[0-9]{1,40})?(?:[eE][-+]?[0-9]{1,4})?\Z")
TRUE = frozenset({"true", "yes", "on", "enable", "enabled"})
FALSE = frozenset({"false", "no", "off", "disable", "disabled"})


class TooDeep(ValueError):
    """The text nests deeper than `DEEPEST` levels."""


class Entry(Struct, frozen=True):
    """A key with its value. A list shows as `[]` behind its key, never as an index: paths survive an inserted item.

    `group` is the ordinal of the mapping (section, element, block) that holds the entry: siblings share it. `first` is
    the line on which the value's own text starts (one later than `line` for a block scalar).
    """

    keys: tuple[str, ...]
    value: str
    line: int
    end: int = 0
    group: int = 0
    first: int = 0
    quoted: bool = False

    @property
    def path(self) -> str:
        """The keys joined with dots."""
        return ".".join(self.keys)

    @property
    def key(self) -> str:
        """The last key without its list marks."""
        return self.keys[-1].rstrip("[]") if self.keys else ""

    @property
    def type(self) -> str:
        """`true`, `false`, `number` or `text`."""
        return "text" if self.quoted else value_type(self.value)


def value_type(text: str) -> str:
    """Return the class of an unquoted value.

    >>> value_type("Yes"), value_type("0x1f"), value_type("08:15")
    ('true', 'number', 'text')
    """
    word = text.strip().lower()
    if word in TRUE:
        return "true"
    if word in FALSE:
        return "false"
    return "number" if len(word) < 60 and NUMBER.match(word) else "text"


def listed(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the path of an item of the list at `keys`."""
    return (*keys[:-1], keys[-1] + "[]") if keys else ("[]",)
