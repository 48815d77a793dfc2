"""The lines of a text that people read: plain, Markdown, reStructuredText, HTML; what PDF says is made plain before."""

import re
from collections.abc import Iterator
from html import unescape

from msgspec import Struct

BREAKING = frozenset(
    {
        "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "br", "tr", "table", "dt", "dd", "pre",
        "blockquote", "section", "article", "hr", "title", "header", "footer",
    }
)  # fmt: skip
TAG = re.compile(r"(/?)([A-Za-z][A-Za-z0-9]{0,20})")
SILENT = frozenset({"script", "style", "head", "template"})


class Line(Struct, frozen=True):
    """One line: its number in the file, from 1; `alone` says that no other line continues it."""

    number: int
    text: str
    alone: bool = False


def plain_lines(data: bytes, name: str) -> Iterator[Line]:
    """Yield the lines of a text; of HTML, one for each block."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff")
    if name.lower().endswith((".html", ".htm")) or text[:200].lstrip().lower().startswith(("<!doctype html", "<html")):
        yield from _Blocks.of(text)
    else:
        yield from (Line(number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"), 1))


class _Blocks:
    """Gathers the text of each block element; scripts and styles say nothing to people.

    Cut at each `<`, so that the work stays linear: the parser of the standard library turns quadratic on broken tags.
    """

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._held: list[str] = []
        self._start = self._at = 1
        self._silent = ""

    @classmethod
    def of(cls, text: str) -> list[Line]:
        """Return the lines of a page."""
        blocks = cls()
        first, *pieces = text.split("<")
        blocks._say(first)
        for piece in pieces:
            tag, closed, rest = piece.partition(">")
            blocks._tag(TAG.match(tag), tag) if closed else blocks._say(f"<{piece}")
            blocks._at += tag.count("\n")
            blocks._say(rest)
        blocks._end()
        return blocks.lines

    def _tag(self, found: re.Match[str] | None, tag: str) -> None:
        name = found[2].lower() if found else ""
        if self._silent:
            self._silent = "" if found and found[1] and name == self._silent else self._silent
        elif name in SILENT and not (found and found[1]) and not tag.endswith("/"):
            self._silent = name
        if name in BREAKING:
            self._end()

    def _say(self, text: str) -> None:
        """Gather what people read."""
        if text.strip() and not self._silent:
            if not self._held:
                self._start = self._at + text[: len(text) - len(text.lstrip())].count("\n")
            self._held.append(unescape(text))
        elif self._held:
            self._held.append(" ")
        self._at += text.count("\n")

    def _end(self) -> None:
        """End a block."""
        text = " ".join("".join(self._held).split())
        if text:
            self.lines.append(Line(self._start, text, alone=True))
        self._held = []
