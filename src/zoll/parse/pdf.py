"""The text lines of a PDF, through pypdf where it is installed."""

from importlib import import_module
from importlib.util import find_spec
from io import BytesIO

MOST_PAGES = 500


def readable() -> bool:
    """Say whether the library that reads PDF is installed."""
    return find_spec("pypdf") is not None


def lines(data: bytes) -> list[str]:
    """Return the lines of all pages, blank ones between pages; a broken page ends the text."""
    if not readable():
        return []
    pypdf, errors = import_module("pypdf"), import_module("pypdf.errors")
    found: list[str] = []
    try:
        for page in pypdf.PdfReader(BytesIO(data)).pages[:MOST_PAGES]:
            found += [*page.extract_text().split("\n"), ""]
    except (errors.PyPdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        found.append("")  # what came before it stands
    return found
