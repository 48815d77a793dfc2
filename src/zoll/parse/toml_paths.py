"""TOML as paths and values, with lines. Tolerant: a line that is not TOML is passed over, never fatal."""

import re
from collections.abc import Iterator

from zoll.parse.entry import DEEPEST, Entry, TooDeep, listed
from zoll.parse.json_paths import unquoted

NAME = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
DOTTED = rf"{NAME}(?:[ \t]*+\.[ \t]*+{NAME})*+"
HEAD = re.compile(rf"[ \t]*+(?:\[\[?[ \t]*+({DOTTED})[ \t]*+(\]\])?|({DOTTED})[ \t]*+=[ \t]*+)")
PIECE = re.compile(NAME)
TOKEN = re.compile(
    r'''("""(?>(?:[^"\\]++|\\.|"(?!""))*)(?:"""|\Z)|\'\'\'(?>(?:[^']++|'(?!''))*)(?:\'\'\'|\Z))'''  # 1 long string
    r"""|("[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|'[^'\n]*+')"""  # 2 string
    r"""|([\[\]{},\n=])"""  # 3 mark
    r"""|\#[^\n]*+"""
    r"""|([^\s\[\]{},=#"']++|["'])""",  # 4 bare
    re.DOTALL,
)


def names(dotted: str) -> tuple[str, ...]:
    """Split a dotted key.

    >>> names('tool."a.b".c')
    ('tool', 'a.b', 'c')
    """
    return tuple(piece.strip("\"'") for piece in PIECE.findall(dotted))


def entries(text: str) -> Iterator[Entry]:
    r"""Yield the leaves in order; TooDeep is the only failure.

    >>> [(e.path, e.value, e.line) for e in entries("[a.b]\nc = [1,\n 2]\nd = {e = 'x'}")]
    [('a.b.c[]', '1', 2), ('a.b.c[]', '2', 3), ('a.b.d.e', 'x', 4)]
    """
    table: tuple[str, ...] = ()
    at, line, group = 0, 1, 0
    while at < len(text):
        found = HEAD.match(text, at)
        stop = at
        if found and found[3]:
            scan = _Value(text, found.end(), line, (*table, *names(found[3])), group)
            yield from scan.leaves()
            stop, group = scan.at, scan.group
        elif found:
            group += 1
            table = names(found[1])
            table = listed(table) if found[2] else table
        after = text.find("\n", stop)
        after = len(text) if after < 0 else after + 1
        line += text.count("\n", at, after)
        at = after


class _Value:
    """Reads one value, however many lines it takes; `at` is where it ended, `group` the last ordinal given out."""

    def __init__(self, text: str, at: int, line: int, keys: tuple[str, ...], group: int) -> None:
        self.text = text
        self.at = at
        self.line = line
        self.keys = keys
        self.group = group

    def leaves(self) -> Iterator[Entry]:
        """Yield the value's leaves."""
        stack: list[tuple[tuple[str, ...], bool, int]] = []
        keys, mapping, pending, group = self.keys, False, "", self.group
        for found in TOKEN.finditer(self.text, self.at):
            mark = found[3]
            if mark == "\n" and not stack:
                break
            self.line += self.text.count("\n", self.at, found.start())
            self.at = found.start()
            if mark in ("[", "{"):
                if len(stack) >= DEEPEST:
                    raise TooDeep(f"more than {DEEPEST} levels")
                below = (*keys, *names(pending)) if mapping else (listed(keys) if stack else keys)
                stack.append((keys, mapping, group))
                self.group += 1
                keys, mapping, pending, group = below, mark == "{", "", self.group
            elif mark in ("]", "}"):
                if stack:
                    keys, mapping, group = stack.pop()
                pending = ""
            elif mark == ",":
                pending = ""
            elif mark is None and found.lastindex:
                token = found[found.lastindex]
                if mapping and not pending:
                    pending = token
                    continue
                path = (*keys, *names(pending)) if mapping else (listed(keys) if stack else keys)
                end = self.line + token.count("\n")
                yield Entry(path, _plain(token, found.lastindex), self.line, end, group, self.line, found.lastindex < 3)
                self.line, self.at = end, found.end()


def _plain(token: str, kind: int) -> str:
    if kind == 1:
        return token[3:].removesuffix(token[:3]).removeprefix("\n")
    if kind == 2:
        return unquoted(token) if token[0] == '"' else token[1:-1]
    return token
