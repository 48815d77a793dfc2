"""Text as the tools that use it take it: other widths become UTF-8, and a lone carriage return ends a line."""

import codecs
import re

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LOOKED_AT = 4096
# Without a mark: so many of the bytes on one side are 0 in Latin text, and none on the other.
ZEROS = 0.7
FEWEST = 8
LONE = re.compile(rb"\r(?![\r\n])")


def wide(data: bytes) -> str:
    """Return the codec of text in two or four bytes a character, "" for anything else.

    >>> wide("x = 1".encode("utf-16")), wide(b"x = 1")
    ('utf-16-le', '')
    """
    for mark, codec in MARKS:
        if data.startswith(mark):
            return codec
    head = data[:LOOKED_AT]
    pairs = len(head) // 2
    zeros = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if pairs < FEWEST or min(zeros) or max(zeros) < ZEROS * pairs:
        return ""
    return "utf-16-le" if zeros[1] else "utf-16-be"


def narrow(data: bytes, codec: str) -> bytes:
    """Return wide text as UTF-8; what is no character becomes a replacement character."""
    return data.decode(codec, "replace").removeprefix("\ufeff").encode("utf-8", "replace")


def plain(data: bytes) -> bytes:
    """Return text as UTF-8 in which every line end is a newline or CR LF.

    Python, JavaScript, Java and PHP end lines, and so comments, at a lone carriage return; editors and `diff` do not.
    """
    if codec := wide(data):
        data = narrow(data, codec)
    return LONE.sub(b"\n", data) if b"\r" in data else data
