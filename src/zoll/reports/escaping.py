"""Makes text of the inspected upgrade safe inside Markdown: it shows as written and never becomes markup."""

import re

from zoll.reports.safe import show

LONGEST = 300
_MARKUP = re.compile(r"[\\`*_\[\]<>|~&#!]")
_LEADING = re.compile(r"\A(?:[-+=]|\d{1,9}[.)])(?=\s|\Z)")
# What GitHub's dialect links by itself.
_LINKED = re.compile(r"(?<=:)/(?=/)|(?<=[wW]{3})\.|@")
# In a table a second backslash would free the pipe.
_SLASHED = re.compile(r"(?<=\\)\|")
_FENCE = re.compile(r"`+")


def words(text: str) -> str:
    r"""Return a sentence or a name as plain words of Markdown.

    >>> print(words("<b>*x*</b>|y"), words("- see www.example.com"))
    \<b\>\*x\*\</b\>\|y \- see www\.example.com
    """
    plain = _LINKED.sub(r"\\\g<0>", _MARKUP.sub(r"\\\g<0>", clipped(show(text))))
    return _LEADING.sub(lambda found: found[0][:-1] + "\\" + found[0][-1], plain)


def code(text: str) -> str:
    r"""Return a name or a path as a code span, which may stand in a table.

    >>> print(code("a`b|c"))
    `` a`b\|c ``
    """
    plain = _SLASHED.sub(r"\\x7c", clipped(show(text))) or " "
    ticks = max((len(found[0]) for found in _FENCE.finditer(plain)), default=0)
    fence, pad = "`" * (ticks + 1), " " * bool(ticks)
    return f"{fence}{pad}{plain}{pad}{fence}".replace("|", "\\|")


def clipped(text: str) -> str:
    """Return at most so many characters as anybody reads of a name."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
