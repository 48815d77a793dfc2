"""XML and HTML as paths and values, with lines. One walk over tags: no entity is expanded, no DTD fetched."""

import html
import re
from collections.abc import Iterator

from zoll.parse.entry import DEEPEST, Entry, TooDeep

TOKEN = re.compile(
    r"<!--(?>(?:[^-]++|-(?!->))*)(?:-->)?"
    r"|<!\[CDATA\[((?>(?:[^\]]++|\](?!\]>))*))(?:\]\]>)?"  # 1 character data
    r"|<\?(?>(?:[^?]++|\?(?!>))*)(?:\?>)?"
    r"|<!ENTITY\s++(?:%\s++)?([\w:.-]{1,80})\s++((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>"  # 2, 3 entity
    r"|<![^<>\[]*+[>\[]"
    r"|</\s*+([\w:.-]++)[^<>]*+>?"  # 4 end
    r"|<([A-Za-z_][\w:.-]*+)((?:[^<>\"']|\"[^\"]*+\"|'[^']*+')*+)>"  # 5 start, 6 attributes
    r"|([^<]++|<)",  # 7 text
)
ATTRIBUTE = re.compile(r"""([\w:.-]{1,80})\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")


def entries(text: str) -> Iterator[Entry]:
    r"""Yield attributes as `@name` below their element and each element's text; TooDeep is the only failure.

    Siblings share the ordinal of the element around them; an element's attributes have its own.

    >>> [(e.path, e.value, e.line) for e in entries('<a>\n<b c="1">x</b></a>')]
    [('a.b.@c', '1', 2), ('a.b', 'x', 2)]
    """
    stack: list[tuple[str, int]] = []
    groups, line, seen = 0, 1, 0
    for found in TOKEN.finditer(text):
        kind = found.lastindex
        if kind is None:
            continue
        line += text.count("\n", seen, found.start())
        seen = found.start()
        if kind in (5, 6):
            name = found[5].rpartition(":")[2]
            groups += 1
            attributes = found[6] or ""
            path = (*(step for step, _ in stack), name)
            for attribute in ATTRIBUTE.finditer(attributes):
                value = attribute[2] if attribute[2] is not None else attribute[3]
                at = line + attributes.count("\n", 0, attribute.start())
                end = at + value.count("\n")
                yield Entry((*path, f"@{attribute[1]}"), html.unescape(value), at, end, groups, at)
            if not attributes.endswith("/"):
                if len(stack) >= DEEPEST:
                    raise TooDeep(f"more than {DEEPEST} levels")
                stack.append((name, groups))
        elif kind == 4:
            _close(stack, found[4].rpartition(":")[2])
        elif kind == 3:
            yield Entry(("!ENTITY", found[2]), found[3].strip(), line, line, 0, line)
        else:
            yield from _text(found[kind], kind == 7, stack, line)


def _close(stack: list[tuple[str, int]], name: str) -> None:
    for back in range(1, min(len(stack), 8) + 1):
        if stack[-back][0] == name:
            del stack[-back:]
            return


def _text(raw: str, escaped: bool, stack: list[tuple[str, int]], line: int) -> Iterator[Entry]:
    body = raw.strip()
    if not body or not stack:
        return
    first = line + raw.count("\n", 0, len(raw) - len(raw.lstrip()))
    holder = stack[-2][1] if len(stack) > 1 else 0
    value = html.unescape(body) if escaped and "&" in body else body
    yield Entry(tuple(step for step, _ in stack), value, first, first + body.count("\n"), holder, first)
