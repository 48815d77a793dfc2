"""Keys and values of indented text that its parser refuses, as templates (Jinja, Helm, ERB) make it. Never fails."""

import re
from collections.abc import Iterator

from zoll.parse.entry import Entry

KEY = re.compile(
    r"""("[^"\n]{0,120}+"|'[^'\n]{0,120}+'|[^\s"'#{}\[\],:=-][^\n#:={}]{0,120}+)[ \t]*+(?::(?=[ \t]|\Z)|=)[ """
    r"""\t]*+(.*)\Z"""
)
DIRECTIVE = re.compile(r"\{\{.*\}\}|\{%.*%\}|<%.*%>")
BLOCK = re.compile(r"[|>][-+0-9]{0,3}\s*+(?:#.*)?\Z")
DEEPEST = 60


class _Level:
    """An open key: how far it is indented and whether items of a list followed."""

    def __init__(self, indent: int, name: str) -> None:
        self.indent = indent
        self.name = name


class _Walk:
    """The open keys and the block scalar being collected, if any."""

    def __init__(self) -> None:
        self.stack: list[_Level] = []
        self.block: tuple[tuple[str, ...], int, int] | None = None
        self.lines: list[str] = []

    def path(self, *more: str) -> tuple[str, ...]:
        return (*(level.name for level in self.stack), *more)

    def shut(self, indent: int) -> None:
        while self.stack and self.stack[-1].indent >= indent:
            self.stack.pop()

    def flush(self) -> Iterator[Entry]:
        if self.block:
            keys, _, line = self.block
            text = "\n".join(self.lines).rstrip("\n")
            yield Entry(keys, text, line, line + text.count("\n") + 1, 0, line + 1)
        self.block = None
        self.lines = []

    def read(self, number: int, line: str) -> Iterator[Entry]:
        body = line.lstrip()
        indent = len(line) - len(body)
        if self.block and (not body or indent > self.block[1]):
            self.lines.append(line[self.block[1] + 1 :].strip())
            return
        yield from self.flush()
        if not body or body[0] == "#" or not body.strip("{}[],- "):
            return
        if DIRECTIVE.fullmatch(body):
            yield Entry(self.path("template"), body, number, number, 0, number)
            return
        item = False
        while body.startswith("- "):
            self.shut(indent + 1)
            if self.stack and not self.stack[-1].name.endswith("[]"):
                self.stack[-1].name += "[]"
            body, indent, item = body[2:].lstrip(), indent + 2, True
        yield from self.pair(body, indent, number, item)

    def pair(self, body: str, indent: int, number: int, item: bool) -> Iterator[Entry]:
        found = KEY.match(body)
        if not found:
            keys = self.path() if item and self.stack else self.path("text")
            yield Entry(keys, body, number, number, 0, number)
            return
        self.shut(indent)
        name, value = found[1].strip().strip("\"'"), found[2].strip()
        if BLOCK.match(value):
            self.block = self.path(name), indent, number
        elif value and value not in ("{", "["):
            yield Entry(self.path(name), value.rstrip(",").strip("\"'"), number, number, 0, number)
        elif len(self.stack) < DEEPEST:
            self.stack.append(_Level(indent, name))


def entries(text: str) -> Iterator[Entry]:
    r"""Yield what each line says by its indentation: `key: value`, `- item`, template directives as key `template`.

    >>> [(e.path, e.value, e.line) for e in entries("a:\n  {{- if .x }}\n  b: {{ .y }}\n  c:\n  - d")]
    [('a.template', '{{- if .x }}', 2), ('a.b', '{{ .y }}', 3), ('a.c[]', 'd', 5)]
    """
    walk = _Walk()
    for number, raw in enumerate(text.split("\n"), 1):
        yield from walk.read(number, raw.rstrip().expandtabs(2))
    yield from walk.flush()
