"""The terminal report as a picture: an SVG file without fonts from elsewhere, to paste into a document."""

import re
from io import StringIO

from rich.terminal_theme import SVG_EXPORT_THEME

from zoll.catalogue import Doc
from zoll.model import Report
from zoll.reports import text
from zoll.reports.options import Options

DOC = Doc(
    title="SVG: the terminal report as a picture",
    reads=("report",),
    yields=("svg",),
    limitations=("Shows what the terminal report shows, always in colour.",),
)

_FONT_FACE = re.compile(r"@font-face \{[^}]*+\}")


def render(report: Report, options: Options) -> str:
    """Return the coloured terminal report as one SVG document."""
    to = text.console(StringIO(), options, record=True)
    text.draw(to, report, options)
    return _portable(to.export_svg(title="zoll", theme=SVG_EXPORT_THEME, unique_id="zoll"))


def _portable(picture: str) -> str:
    """Return the picture with its blanks kept, and without fonts from the web: who reads a report must not be seen."""
    style, end, rest = picture.partition("</style>")
    style = _FONT_FACE.sub("", style).replace("Fira Code", "DejaVu Sans Mono")
    return style.replace("<svg ", '<svg xml:space="preserve" ', 1) + end + rest
