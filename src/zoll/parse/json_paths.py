"""JSON as paths and values, with lines; comments, trailing commas, single quotes and bare keys (JSONC, JSON5) pass."""

import json
import re
from collections.abc import Iterator

from zoll.parse.entry import DEEPEST, Entry, TooDeep, listed

TOKEN = re.compile(
    r"""("[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+')"""  # 1 string
    r"""|([{}\[\]:,])"""  # 2 mark
    r"""|//[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/)?+|\#[^\n]*+"""  # comments
    r"""|([^\s{}\[\]:,"']++|["'])""",  # 3 bare word, or a quote that never closes
    re.DOTALL,
)


def unquoted(piece: str) -> str:
    r"""Return a quoted piece's text.

    >>> unquoted('"a\\u0041"'), unquoted("'it'")
    ('aA', 'it')
    """
    if "\\" not in piece:
        return piece[1:-1]
    try:
        return str(json.loads(piece if piece[0] == '"' else f'"{piece[1:-1]}"', strict=False))
    except ValueError:
        return piece[1:-1]


def entries(text: str) -> Iterator[Entry]:
    r"""Yield the leaves in order. Never fails but with TooDeep: what is not JSON shows as bare values.

    >>> [(e.path, e.value, e.line) for e in entries('{"a": [1,\n {"b": "x"}]}')]
    [('a[]', '1', 1), ('a[].b', 'x', 2)]
    """
    stack: list[tuple[bool, tuple[str, ...], int]] = []
    keys: tuple[str, ...] = ()
    mapping, group, groups = False, 0, 0
    pending: str | None = None
    line, seen, opened = 1, 0, False
    for found in TOKEN.finditer(text):
        kind = found.lastindex
        if kind is None:
            continue
        piece = found[kind]
        start = found.start()
        line += text.count("\n", seen, start)
        seen = start
        if kind == 2:
            if piece in "{[":
                if len(stack) >= DEEPEST:
                    raise TooDeep(f"more than {DEEPEST} levels")
                below = (*keys, pending or "") if mapping else (listed(keys) if stack else ())
                stack.append((mapping, keys, group))
                groups += 1
                mapping, keys, group, pending, opened = piece == "{", below, groups, None, True
            elif piece in "}]":
                if stack:
                    outer = stack.pop()
                    if opened and keys:
                        yield Entry(keys, "{}" if mapping else "[]", line, line, outer[2], line)
                    mapping, keys, group = outer
                pending, opened = None, False
            elif piece == ",":
                pending = None
            continue
        opened = False
        value = unquoted(piece) if kind == 1 and len(piece) > 1 else piece
        if mapping and pending is None:
            pending = value[:200]
            continue
        path = (*keys, pending or "") if mapping else listed(keys)
        yield Entry(path, value, line, line, group, line, kind == 1)
