"""OpenWrt's unified configuration as paths and values: `config zone 'wan'`, `option input 'REJECT'`, `list dns '...'`.

Format: OpenWrt's documentation of the UCI system. A section is known by its name, or by its option `name`.
"""

import re
from collections.abc import Iterator

from zoll.parse.entry import Entry

LINE = re.compile(
    r"[ \t]*(?:(config|package)|(option)|(list))[ \t]+['\"]?([\w.-]{1,80})['\"]?(?:[ \t]+(.{0,2000}?))?[ \t]*\Z"
)


def entries(text: str) -> Iterator[Entry]:
    r"""Yield each option and item of a list below its section.

    >>> [(e.path, e.value, e.line) for e in entries("config rule\n\toption name 'a'\n\tlist port '22'\n")]
    [('rule a.name', 'a', 2), ('rule a.port[]', '22', 3)]
    """
    kind, name, group = "", "", 0
    held: list[tuple[str, str, int]] = []
    for number, line in enumerate(text.split("\n"), 1):
        found = LINE.match(line.rstrip("\r"))
        if not found:
            continue
        value = _bare(found[5] or "")
        if found[1]:
            yield from _section(kind, name, held, group)
            kind, name, group, held = found[4], value, group + 1, []
        else:
            held.append((found[4] + ("[]" if found[3] else ""), value, number))
    yield from _section(kind, name, held, group)


def _bare(value: str) -> str:
    quote = value[:1]
    if quote in {"'", '"'} and quote in value[1:]:
        return value[1 : value.index(quote, 1)]
    return value.split(" #", 1)[0].strip()


def _section(kind: str, name: str, held: list[tuple[str, str, int]], group: int) -> Iterator[Entry]:
    called = name or next((value for key, value, _ in held if key == "name"), "")
    heading = f"{kind} {called}".strip()[:120]
    for key, value, line in held:
        yield Entry((heading, key) if heading else (key,), value, line, line, group, line)
