"""Daemon configuration as paths and values: `Key value`, `key = value`, `block { }`, `<Block x>`, `Match x`."""

import re
from collections.abc import Iterator

from zoll.parse.entry import DEEPEST, Entry, TooDeep

TOKEN = re.compile(
    r"""("[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+')"""  # 1 quoted
    r"""|(\n|;|[{}])"""  # 2 mark
    r"""|(\#[^\n]*+|//[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/)?+)"""  # 3 comment, where a word may start
    r"""|(\\\r?\n)"""  # 4 continuation
    r"""|((?:[^\s"'{};\\]|\\.)++|["'\\])""",  # 5 word
    re.DOTALL,
)
OPENING = re.compile(r"<([A-Za-z][\w:-]{0,60})\b(.{0,400})>\Z", re.DOTALL)
CLOSING = re.compile(r"</[\w:-]{1,60}>\Z")


class _Words:
    """The words of the statement being read."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.start = 0
        self.quoted = False

    def add(self, word: str, line: int, quoted: bool, glued: bool) -> None:
        if not self.words:
            self.start = line
        self.quoted = quoted
        if glued and self.words:
            self.words[-1] += word
        else:
            self.words.append(word)

    def take(self) -> tuple[list[str], int, bool]:
        taken = self.words, self.start, self.quoted and len(self.words) < 4
        self.words, self.start, self.quoted = [], 0, False
        return taken


def entries(text: str) -> Iterator[Entry]:
    r"""Yield each statement as the path of its blocks and first word, with the rest as its value.

    >>> [(e.path, e.value, e.line) for e in entries("server {\n  listen 80;\n}\nPort 22\n")]
    [('server.listen', '80', 2), ('Port', '22', 4)]
    """
    ends = text.count(";\n") > max(2, text.count("\n") // 4)
    blocks: list[tuple[str, int]] = []
    match: tuple[str, ...] = ()
    group, groups, line, seen, last = 0, 0, 1, 0, -1
    now = _Words()
    for found in TOKEN.finditer(text):
        kind, piece, start = found.lastindex or 0, found[0], found.start()
        line += text.count("\n", seen, start)
        seen = start
        if kind == 3 and last != start:
            continue
        if kind != 2:
            if kind != 4:
                word = piece[1:-1] if kind == 1 and len(piece) > 1 else piece
                now.add(word, line, kind == 1, last == start)
                last = found.end()
            continue
        if piece == "\n" and ends and now.words and not now.words[0].startswith("<"):
            continue
        words, first, quoted = now.take()
        if piece == "{":
            if len(blocks) >= DEEPEST:
                raise TooDeep(f"more than {DEEPEST} levels")
            blocks.append((" ".join(words)[:120].rstrip(" ="), group))
            groups += 1
            group = groups
            continue
        if words:
            heading = _angle(words)
            if heading == "/":
                group = blocks.pop()[1] if blocks else 0
            elif heading:
                blocks.append((heading, group))
                groups += 1
                group = groups
                if len(blocks) > DEEPEST:
                    raise TooDeep(f"more than {DEEPEST} levels")
            elif words[0] == "Match" and not blocks:
                match = (" ".join(words)[:120],)
                groups += 1
                group = groups
            else:
                yield _entry((*match, *(block for block, _ in blocks)), words, first, line, group, quoted)
        if piece == "}" and blocks:
            group = blocks.pop()[1]
    words, first, quoted = now.take()
    if words:
        yield _entry((*match, *(block for block, _ in blocks)), words, first, line, group, quoted)


def _angle(words: list[str]) -> str:
    if not words[0].startswith("<"):
        return ""
    whole = " ".join(words)
    if CLOSING.match(whole):
        return "/"
    found = OPENING.match(whole)
    return f"{found[1]} {found[2].strip()}".strip()[:120] if found else ""


def _entry(path: tuple[str, ...], words: list[str], first: int, line: int, group: int, quoted: bool) -> Entry:
    key, rest = words[0], words[1:]
    if "=" in key and not key.startswith(("=", "-", "http")):
        key, _, tail = key.partition("=")
        rest = [tail, *rest] if tail else rest
    elif rest and rest[0] in ("=", ":", ":=", "+="):
        rest = rest[1:]
    elif key.endswith(":") and rest:
        key = key[:-1]
    return Entry((*path, key[:200]), " ".join(rest).strip(), first, max(first, line), group, first, quoted)
