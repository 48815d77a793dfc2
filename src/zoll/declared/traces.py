"""What the bytes of one file tell of some words: the lines that hold them, and the versions that stand beside them."""

import re
from collections.abc import Collection, Mapping

import xxhash
from msgspec import Struct

from zoll.declared.finder import Finder

MOST_LINES = 400  # of one word in one file; a word more common than that says nothing by its lines
REACH = 120  # bytes of a line on either side of a word: lines of generated code have no end
TAIL = 64
MOST_VERSIONS = 12
TOO_MANY = 0
EDGES = (b"\n", b"\0", b"\r")
NUMBER = rb"(\d{1,8}(?:\.\d{1,8}){1,4}[a-z]?(?:[-+~.]?(?:rc|beta|alpha|p|r)\.?\d{1,4})?)(?![\w.]\d)"
NEXT = re.compile(rb"[^\d]{0,48}?" + NUMBER)
# Between a name and its own version: nothing but marks and the word for it.
MARKS = rb"[\s\"'=:@/_~^<>v(),\[\]-]{0,12}"
BESIDE = re.compile(rb"(?i)" + MARKS + rb"(?:[a-z]{0,8}_?version(?:_?[a-z]{1,8})?)?" + MARKS + rb"\Z")
RANGE = re.compile(rb"[~^<>]")
BARE = re.compile(rb"\s*\Z")


class Beside(Struct, frozen=True, order=True):
    """A version near a name. `how`: pinned (marks stand between), range, bare (a blank stands between), near."""

    version: str
    how: str


class Trace(Struct, frozen=True):
    """One file: for each word (by its number) the digests of the lines that hold it, and the versions beside it.

    Lines are given only where they are asked for; a single 0 stands for more than can be told apart.
    """

    lines: dict[int, tuple[int, ...]]
    versions: dict[int, tuple[Beside, ...]]


class Tracer:
    """Looks for words in one file after the other; `names` are the words whose versions are wanted."""

    def __init__(self, words: list[str], names: Collection[int]) -> None:
        self._first = Finder(words)
        self._each = Finder(words, each=True)
        self._sizes = [len(word) for word in self._each.words]
        self._names = frozenset(names)

    def trace(self, data: bytes, *, lines: bool) -> Trace:
        """Return what a file tells; without `lines` only which words it holds, and versions."""
        within = self._first.within(data)
        if not within or not (lines or self._names.intersection(within)):
            return Trace(dict.fromkeys(within, ()), {})
        held: dict[int, list[int]] = {word: [] for word in within}
        versions: dict[int, set[Beside]] = {}
        for word, start in self._each.places(data):
            if lines and word in held and len(held[word]) <= MOST_LINES:
                held[word].append(_line(data, start))
            if word in self._names and len(versions.setdefault(word, set())) < MOST_VERSIONS:
                versions[word] |= _beside(data, start + self._sizes[word])
        return Trace(
            {word: tuple(sorted(set_)) if len(set_) <= MOST_LINES else (TOO_MANY,) for word, set_ in held.items()},
            {word: tuple(sorted(found)) for word, found in versions.items() if found},
        )


def _line(data: bytes, at: int) -> int:
    """Return a digest of the line around a place, blanks folded."""
    first, last = max(at - REACH, 0), at + REACH
    start = max(data.rfind(edge, first, at) for edge in EDGES)
    ends = [end for end in (data.find(edge, at, last) for edge in EDGES) if end >= 0]
    line = data[start + 1 if start >= 0 else first : min(ends, default=last)]
    return xxhash.xxh3_64_intdigest(b" ".join(line.split())) or 1


def _beside(data: bytes, end: int) -> set[Beside]:
    met = NEXT.match(data, end, end + TAIL)
    return {Beside(met[1].decode("ascii", "replace"), _how(data[end : met.start(1)]))} if met else set()


def _how(gap: bytes) -> str:
    if not BESIDE.match(gap) or b"\n" in gap:
        return "near"
    if RANGE.search(gap):
        return "range"
    return "bare" if BARE.match(gap) else "pinned"


def beside_in_text(text: str, words: Mapping[str, object] | Collection[str]) -> set[Beside]:
    """Return the versions beside some words in a path."""
    data = text.lower().encode("utf-8", "replace")
    found: set[Beside] = set()
    for word in words:
        at = data.find(word.encode())
        if at >= 0:
            found |= _beside(data, at + len(word.encode()))
    return found
