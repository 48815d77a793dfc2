"""Which lines of C and C++ the compiler takes into builds for tests alone: `#ifdef UNIT_TEST`."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, pairwise

_DIRECTIVE = re.compile(
    rb"^[ \t]{0,40}#[ \t]{0,40}(ifdef|ifndef|if|elif|else|endif|define)\b([^\n]{0,200})", re.MULTILINE
)
# A whole test of one name that says so; the file that defines the name by itself is no such build.
_NAME = rb"(\w{0,40}(?:UNIT_?TEST|SELF_?TEST|TEST_MAIN|TEST_ONLY|TEST_HARNESS|TESTING_ONLY)\w{0,20})"
_WHEN = re.compile(rb"\s*(?:defined\s*\(?\s*)?" + _NAME + rb"\s*\)?\s*(?:/[/*].*)?\Z")
_UNLESS = re.compile(rb"\s*!\s*(?:defined\s*\(?\s*)?" + _NAME + rb"\s*\)?\s*(?:/[/*].*)?\Z")


def for_tests(data: bytes, line: int) -> bool:
    """Say whether a line of a file stands where only a build for tests takes it in."""
    if b"TEST" not in data:
        return False
    starts, depths = _depths(data)
    place = bisect_right(starts, line) - 1
    return place >= 0 and depths[place] > 0


@lru_cache(maxsize=16)
def _depths(data: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the lines of all directives, and behind each of them how many of the open ones ask for a test."""
    found = list(_DIRECTIVE.finditer(data))
    own = {one[2].split()[0] for one in found if one[1] == b"define" and one[2].split()}
    ends = accumulate(data.count(b"\n", before, after) for before, after in _gaps(found))
    opened: list[tuple[bool, bool]] = []  # now, and in the `#else`
    starts, depths = [], []
    for one, line in zip(found, ends, strict=True):
        word = one[1]
        if word in {b"if", b"ifdef", b"ifndef"}:
            opened.append(_asks(word, one[2], own))
        elif opened and word == b"endif":
            opened.pop()
        elif opened and word in {b"else", b"elif"}:
            opened[-1] = (opened[-1][1], False) if word == b"else" else (False, False)
        starts.append(line + 1)
        depths.append(sum(now for now, _ in opened[-_DEEPEST:]))
    return tuple(starts), tuple(depths)


_DEEPEST = 32


def _gaps(found: list[re.Match[bytes]]) -> list[tuple[int, int]]:
    places = [0, *(one.start() for one in found)]
    return list(pairwise(places))


def _asks(word: bytes, rest: bytes, own: set[bytes]) -> tuple[bool, bool]:
    """Return whether a directive's own branch and its `#else` are for tests."""
    when, unless = _WHEN.match(rest), _UNLESS.match(rest)
    met = when or unless
    if met is None or met[1] in own:
        return False, False
    straight = (when is not None) != (word == b"ifndef")
    return straight, not straight
