"""Which of two versions is the later one, and what of a version counts when two are held against each other."""

import re

from zoll.parse.numbering import compare

FINAL = re.compile(r"[.-](?:final|ga|release)\Z", re.IGNORECASE)  # Maven's words for the release itself
ZEROS = re.compile(r"(?<![\d])0+(?=\d)")


def plain(version: str) -> str:
    """Return a version as it counts when versions are held against each other: without `v` and leading zeros.

    >>> plain("v2024.07.04")
    '2024.7.4'
    """
    return ZEROS.sub("", version.removeprefix("v"))


def order(old: str, new: str) -> int:
    """Return 1 where `new` is later, -1 where it is earlier, 0 where both are the same or cannot be told apart.

    >>> order("1.9.0", "1.10.0"), order("2.0", "2.0rc1"), order("1:1.0-1", "1.1-1")
    (1, -1, -1)
    """
    step = compare(FINAL.sub("", old), FINAL.sub("", new))
    return (step < 0) - (step > 0)
