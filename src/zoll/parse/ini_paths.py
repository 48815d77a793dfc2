"""INI, properties, environment files, systemd units and desktop entries as paths and values, with lines."""

import re
from collections.abc import Iterator

from zoll.parse.entry import Entry

SCOPED = re.compile(r"[^\s=:]{1,100}:[^\s=]{1,200}[ \t]*=")
SECTION = re.compile(r"\[([^\]]{1,200})\]?[ \t]*(?:[#;].*)?\Z")
PAIR = re.compile(r"(?:export[ \t]+)?([^\s=:#;\[][^=:]{0,200}?)[ \t]*(?:=|:=|:)[ \t]*(.*)\Z", re.DOTALL)
EQUALS = re.compile(r"(?:export[ \t]+)?([^\s=#;\[][^=]{0,200}?)[ \t]*\+?=[ \t]*(.*)\Z", re.DOTALL)


def entries(text: str, *, colon: bool = True, indent: bool = True) -> Iterator[Entry]:
    r"""Yield keys with values; an indented line continues the value above as an item of a list.

    `colon`: `key: value` counts too. `indent`: indented lines continue (INI), else they are ordinary (properties).

    >>> [(e.path, e.value, e.line) for e in entries("[a]\nb =\n  c\n  d\ne: f")]
    [('a.b[]', 'c', 3), ('a.b[]', 'd', 4), ('a.e', 'f', 5)]
    """
    section: tuple[str, ...] = ()
    group, key = 0, ""
    for line, end, logical in logical_lines(text):
        body = logical.strip()
        if not body or body[0] in "#;!":
            continue
        if indent and logical[0] in " \t" and key:
            yield Entry((*section, key + "[]"), body, line, end, group, line)
            continue
        heading = SECTION.match(body) if body[0] == "[" else None
        if heading:
            section, key, group = (heading[1].strip(),), "", group + 1
            continue
        found = (PAIR if colon and not (indent and SCOPED.match(body)) else EQUALS).match(body)
        key = found[1] if found else body[:200]
        value = found[2].strip() if found else ""
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
        if found and (value or not indent):
            yield Entry((*section, key), value[1:-1] if quoted else value, line, end, group, line, quoted)
        elif not found:
            yield Entry((*section, key), "", line, end, group, line)


def logical_lines(text: str) -> Iterator[tuple[int, int, str]]:
    r"""Yield (first line, last line, text) with backslash continuations joined by a space.

    >>> list(logical_lines("a \\\nb\nc"))
    [(1, 2, 'a  b'), (3, 3, 'c')]
    """
    held: list[str] = []
    start = 1
    number = 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.rstrip("\r")
        if not held:
            start = number
        if line.endswith("\\") and not line.endswith("\\\\"):
            held.append(line[:-1])
            continue
        held.append(line)
        yield start, number, " ".join(held)
        held = []
    if held:
        yield start, number, " ".join(held)
