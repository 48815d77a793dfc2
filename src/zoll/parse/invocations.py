"""Calls written as `name(arguments)` in build languages: CMake, Meson, m4, Gradle. One linear walk, no recursion."""

import re
from collections.abc import Iterator

from msgspec import Struct

MOST = 20_000


class Invocation(Struct, frozen=True):
    """A call, its arguments without quotes; `depth` counts the calls around it, `target` is what it is assigned to."""

    name: str
    args: tuple[str, ...]
    line: int
    end: int
    depth: int = 0
    target: str = ""


class _Open:
    def __init__(self, name: str, line: int, target: str) -> None:
        self.name = name
        self.line = line
        self.target = target
        self.args: list[str] = []
        self.piece: list[str] = []

    def close(self) -> None:
        text = "".join(self.piece).strip()
        self.piece = []
        if text:
            self.args.append(text)


class _Longs:
    """CMake's long strings `[[...]]`; remembers which closing never comes, so that such openings cost nothing."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.missing: set[str] = set()

    def body(self, at: int, opening: str) -> tuple[str, int]:
        """Return the string that starts at `at` and where to go on."""
        closing = opening.replace("[", "]")
        end = -1 if closing in self.missing else self.text.find(closing, at)
        if end < 0:
            self.missing.add(closing)
            return "", at
        return self.text[at:end], end + len(closing)


STRINGS = r"""'''(?>(?:[^']++|'(?!''))*)'''|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'|"[^"\\]*+(?:\\.[^"\\]*+)*+(?:")"""
MESON = re.compile(
    rf"""(?P<string>{STRINGS})|(?P<comment>\#[^\n]*+)|(?P<long>\[=*+\[)|(?P<open>[\w.]*+\()|(?P<close>\))|(?P<comma>,)|(?P<blank>\s++)|(?P<other>[\w.:/$@+-]++|.)""",
    re.DOTALL,
)
QUOTES = "\"'"
TARGET = re.compile(r"(?:^|\n)[ \t]*+([\w.]{1,80})[ \t]*+\+?=[ \t]*+\Z")


def invocations(text: str, *, blanks: bool = False) -> Iterator[Invocation]:
    """Yield calls as they close, inner ones first. `blanks`: white space parts arguments as in CMake, else commas.

    >>> [(c.name, c.args, c.line) for c in invocations("x = run_command('a', 'b', check: true)")]
    [('run_command', ('a', 'b', 'check: true'), 1)]
    >>> [(c.name, c.args) for c in invocations('set(X "a b" c)', blanks=True)]
    [('set', ('X', 'a b', 'c'))]
    """
    stack: list[_Open] = []
    line, seen, count, skip = 1, 0, 0, 0
    longs = _Longs(text)
    for found in MESON.finditer(text):
        if found.start() < skip:
            continue
        kind, token = found.lastgroup, found[0]
        line += text.count("\n", seen, found.start())
        seen = found.start()
        if kind == "long" and blanks:
            body, skip = longs.body(found.end(), token)
            if stack and body:
                stack[-1].piece.append(body)
        elif kind == "open":
            if len(stack) < 200:
                before = TARGET.search(text, max(0, found.start() - 120), found.start()) if not stack else None
                stack.append(_Open(token[:-1], line, before[1] if before else ""))
        elif kind == "close" and stack:
            done = stack.pop()
            done.close()
            if done.name:
                count += 1
                yield Invocation(done.name, tuple(done.args), done.line, line, len(stack), done.target)
            if stack:
                stack[-1].piece.append(f"{done.name}({', '.join(done.args)})"[:400])
            if count >= MOST:
                return
        elif stack and ((kind == "comma" and not blanks) or (kind == "blank" and blanks)):
            stack[-1].close()
        elif stack and kind == "string":
            stack[-1].piece.append(token.strip(QUOTES))
        elif stack and kind == "blank":
            stack[-1].piece.append(" ")
        elif stack and kind != "comment":
            stack[-1].piece.append(token)
