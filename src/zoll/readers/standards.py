"""Texts that a standard fixes, such as the words of an error or the name of a coding: they need no telling."""

from functools import cache

from zoll.readers.tables import table

_LINES = ("errors", "labels")  # groups whose texts have blanks, one a line


@cache
def _texts() -> dict[str, str]:
    rows = table("standards")
    lines = {line.lower(): group for group in _LINES for line in rows[group].strip().splitlines()}
    words = {word.lower(): group for group, text in rows.items() if group not in _LINES for word in text.split()}
    return words | lines


def standard_of(text: str) -> str:
    """Return the group of standards that fixes a text, "" for what somebody chose.

    >>> standard_of("Interrupted system call"), standard_of("x-gzip"), standard_of("none"), standard_of("s3rv1ce")
    ('errors', 'web', '', '')
    """
    return _texts().get(text.strip().lower(), "")
