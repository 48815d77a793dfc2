"""The lines of a text that people read: plain, Markdown, reStructuredText, HTML; what PDF says is made plain before."""

from collections.abc import Iterator
from html.parser import HTMLParser

from msgspec import Struct

BREAKING = frozenset(
    {
        "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "br", "tr", "table", "dt", "dd", "pre",
        "blockquote", "section", "article", "hr", "title", "header", "footer",
    }
)  # fmt: skip
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


class _Blocks(HTMLParser):
    """Gathers the text of each block element; scripts and styles say nothing to people."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = []
        self._held: list[str] = []
        self._start = 1
        self._silent = 0

    @classmethod
    def of(cls, text: str) -> list[Line]:
        """Return the lines of a page."""
        blocks = cls()
        blocks.feed(text)
        blocks.close()
        blocks.end()
        return blocks.lines

    def end(self) -> None:
        """End a block."""
        text = " ".join("".join(self._held).split())
        if text:
            self.lines.append(Line(self._start, text, alone=True))
        self._held = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block where the element is one."""
        del attrs
        if tag in BREAKING:
            self.end()
        self._silent += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        """End a block where the element is one."""
        if tag in BREAKING:
            self.end()
        self._silent = max(0, self._silent - (tag in SILENT))

    def handle_data(self, data: str) -> None:
        """Gather what people read."""
        if not self._silent:
            if not self._held:
                self._start = self.getpos()[0]
            self._held.append(data)
