"""What one upgrade does in many places alike, and what it only carries from one place to another.

A rewriting done in half a dozen places is nobody's back door; code that left one place word for word and stands in
another is not new. A hunk that does anything besides is neither: what differs stands out by that.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from zoll.model import Change, Hunk, Reading

ALIKE = 6  # places that rewrite alike
TALLEST = 12  # lines on either side of what is looked at as a rewriting
MOST_TOKENS = 40
SHORTEST = 8  # characters of a line, without white space, that says something by itself
LEAST_HEAD = 3  # characters that a name is given in front
SHARE = 0.8  # of the lines of a hunk that stood elsewhere, where the rest says nothing
LEAST = 24  # characters that must be carried
TOKEN = re.compile(r"[A-Za-z_$][\w$]*|\d[\w.]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|\S")
WORD = re.compile(r"[A-Za-z_]\w{2}")
SILENT = frozenset(("statement", "string", "import", "document", "line", "altered", "among"))
Swap = tuple[tuple[str, ...], tuple[str, ...]]
Lines = tuple[str, ...]


class Carried:
    """Counts over all hunks of an upgrade: how often each rewriting is made, which lines left and which came."""

    def __init__(self, changes: Iterable[Change]) -> None:
        self._swaps = Counter[Swap]()
        self._left, self._came = Counter[str](), Counter[str]()
        self._nested: dict[tuple[str, str], set[int]] = {}  # how two lines stood that followed each other
        # What was made of a hunk is kept until it is asked about; lines that stand in many places are held once.
        self._made: dict[int, tuple[Swap | None, Lines, Lines]] = {}
        lines: dict[str, str] = {}
        for change in changes:
            if change.pair.place.address:
                continue
            for hunk in change.hunks:
                swap = _swap(hunk)
                if swap:
                    self._swaps[swap] += 1
                left, came = (tuple(lines.setdefault(line, line) for line in side) for side in _moved(hunk))
                self._left.update(left)
                self._came.update(came)
                self._made[id(hunk)] = swap, left, came
                for both, turn in _nesting(hunk, 0):
                    self._nested.setdefault(both, set()).add(turn)

    def words(self, change: Change, hunk: Hunk) -> Iterator[str]:
        """Yield the circumstances of one hunk."""
        if change.pair.place.address or not (hunk.gained or hunk.lost):
            return
        swap, left, came = self._made[id(hunk)]
        if swap and self._swaps[swap] >= ALIKE:
            yield "alike"
        if came and _stood(came, self._left) and _spoken(hunk, hunk.gained, 1, self._left):
            yield "carried-askew" if self._askew(hunk) else "carried"
        elif left and not came and _stood(left, self._came):
            yield "carried-away"

    def _askew(self, hunk: Hunk) -> bool:
        """Say whether two lines follow each other as they did, but one is now further in or out than the other."""
        steps = ((self._nested.get(lines), turn) for lines, turn in _nesting(hunk, 1))
        return any(known is not None and turn not in known for known, turn in steps)


def _nesting(hunk: Hunk, which: int) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield each two lines of one side that say something, and whether the second is further in (1) or out (-1)."""
    before, depth = "", 0
    for line in _lines(hunk, which):
        bare = _bare(line)
        if not bare:
            continue
        here = len(line.expandtabs()) - len(line.expandtabs().lstrip())
        if before:
            yield (before, bare), (here > depth) - (here < depth)
        before, depth = bare, here


def _swap(hunk: Hunk) -> Swap | None:
    """Return the words that went and those that came, None where it is too much to be one rewriting, or no word."""
    old, new = _lines(hunk, 0), _lines(hunk, 1)
    if not old or not new or len(old) > TALLEST or len(new) > TALLEST:
        return None
    gone, come = _exchanged(*(TOKEN.findall("\n".join(side)) for side in (old, new)))
    if not 0 < len(gone) + len(come) <= MOST_TOKENS or not any(WORD.match(token) for token in (*gone, *come)):
        return None
    return _prefixed(gone, come) or (tuple(gone), tuple(come))


def _exchanged(old: Iterable[str], new: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the tokens, sorted, that only the old and only the new side have, each as often as it has more of them."""
    left, gone = Counter(new), []
    for token in old:
        if left.get(token):
            left[token] -= 1
        else:
            gone.append(token)
    return sorted(gone), sorted(left.elements())


def _prefixed(gone: Sequence[str], come: Sequence[str]) -> Swap | None:
    """Return the one thing that all names were given in front, or lost there: `BAD` that became `LIB_BAD`.

    Many names of a library get another beginning at once; each is a rewriting of its own, all together are one.
    """
    if len(gone) != len(come) or not all(WORD.match(token) for token in (*gone, *come)):
        return None
    for short, long, lost in ((gone, come, False), (come, gone, True)):
        added = {other.removesuffix(one) for one in short for other in long if other.endswith(one) and other != one}
        for head in sorted(added):
            if len(head) >= LEAST_HEAD and sorted(head + one for one in short) == sorted(long):
                return ((head,), ()) if lost else ((), (head,))
    return None


def _moved(hunk: Hunk) -> tuple[Lines, Lines]:
    """Return the lines, without white space, that only the old and only the new side of a hunk have."""
    old, new = (Counter(line for line in map(_bare, _lines(hunk, which)) if line) for which in (0, 1))
    return _beyond(old, new), _beyond(new, old)


def _beyond(one: Counter[str], other: Counter[str]) -> Lines:
    return tuple(line for line, count in one.items() if count > other.get(line, 0))


def _bare(line: str) -> str:
    bare = "".join(line.split())
    return bare if len(bare) >= SHORTEST else ""


def _lines(hunk: Hunk, which: int) -> Sequence[str]:
    """Return the lines of one side, without those around them."""
    span, start, text = (hunk.old, hunk.new)[which], hunk.starts[which], (hunk.before, hunk.after)[which]
    if not text or not span[0]:
        return ()
    lines = text.split("\n")
    return lines[span[0] - start : span[1] - start + 1] if start else lines


def _stood(lines: Lines, elsewhere: Counter[str]) -> bool:
    """Say whether nearly all of some lines stand on the other side of other hunks, and they are no trifle."""
    there = sum(len(line) for line in lines if line in elsewhere)
    return there >= LEAST and there >= SHARE * sum(len(line) for line in lines)


def _spoken(hunk: Hunk, readings: Iterable[Reading], which: int, elsewhere: Counter[str]) -> bool:
    """Say whether every line that a hunk's readings of weight stand on stood elsewhere."""
    lines, first = _lines(hunk, which), (hunk.old, hunk.new)[which][0]
    for reading in readings:
        if reading.fact.kind in SILENT:
            continue
        at = reading.at.start - first
        if not 0 <= at < len(lines):
            return False
        bare = _bare(lines[at])
        if bare and bare not in elsewhere:
            return False
    return True
