"""Texts that a standard fixes, such as the words of an error or the name of a coding: they need no telling."""

from functools import cache

from zoll.readers.tables import table


@cache
def _texts() -> dict[str, str]:
    rows = table("standards")
    lines = {line.lower(): "errors" for line in rows["errors"].strip().splitlines()}
    words = {word.lower(): group for group, text in rows.items() if group != "errors" for word in text.split()}
    return words | lines


def standard_of(text: str) -> str:
    """Return the group of standards that fixes a text, "" for what somebody chose.

    >>> standard_of("Interrupted system call"), standard_of("x-gzip"), standard_of("none"), standard_of("s3rv1ce")
    ('errors', 'web', '', '')
    """
    return _texts().get(text.strip().lower(), "")
