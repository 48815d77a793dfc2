"""Where functions start in code that may have neither symbols nor unwind tables.

What the file tells is sure. Then count: what is called, what data and code point to, what is jumped to from another
function, and code that control neither falls nor branches into. The last three are held against the branches around
them: a place that a branch goes over, forth or back, lies inside a function, as cases of a switch mostly do.
"""

import numpy as np

from zoll.parse.machine.image import NONE, Image, Numbers
from zoll.parse.machine.sweep.listing import Flags, Flow, Layout, Stretch

_ROUNDS = 8  # each learns starts from those of the round before; five were the most that real code took
_COVERED = 0.8  # of the code: where the unwind table tells as much, its word is enough
_FAR = 1 << 20  # bytes that a conditional branch inside one function does not cross


def told(image: Image, stretch: Stretch) -> Numbers:
    """Return the starts that the file itself tells: unwind or function table, symbols, entry."""
    named = [one.address for one in image.symbols if one.kind in ("function", "ifunc") and one.address]
    found = np.concatenate([image.unwound[:, 0], np.array([*named, image.entry], np.int64)])
    return _inside(stretch, found & ~1 if image.processor == "arm" else found)


def tabled(image: Image, stretch: Stretch) -> bool:
    """Say whether the unwind table covers most of a stretch."""
    start, size = image.unwound[:, 0], image.unwound[:, 1]
    here = (start >= stretch.address) & (start < stretch.end)
    return int(size[here].sum()) > _COVERED * len(stretch.data)


def found_starts(layout: Layout, stretch: Stretch, sure: Numbers, flow: Flow) -> tuple[Numbers, Numbers]:
    """Return where functions start and, at the latest, end, in order."""
    image = layout.image
    stubs = np.fromiter(image.stubs, np.int64, len(image.stubs))
    outside = _Outside(image, stubs)
    called = outside.of(_inside(stretch, _called(flow)))
    known = np.union1d(outside.of(sure), called)
    if not tabled(image, stretch):
        known = _Guess(layout, stretch, flow, outside).grown(known)
    else:
        pointed = _inside(stretch, image.pointers)
        plausible = np.isin(pointed, flow.begins) | np.isin(pointed, flow.opens)
        known = np.union1d(known, outside.of(pointed[plausible]))
    return known, np.append(known[1:], stretch.end)[: len(known)]


def _inside(stretch: Stretch, addresses: Numbers) -> Numbers:
    return np.unique(addresses[(addresses >= stretch.address) & (addresses < stretch.end)])


def _called(flow: Flow) -> Numbers:
    """Return what is called, but for calls of the next place, which only ask where they are."""
    away = flow.calls[:, 1] - flow.calls[:, 0]
    found: Numbers = np.unique(flow.calls[(away > 8) | (away <= 0), 1])
    return found


class _Outside:
    """Leaves out what lies inside a function of the unwind table, and stubs that jump to imports."""

    def __init__(self, image: Image, stubs: Numbers) -> None:
        self._table = image.unwound[np.argsort(image.unwound[:, 0], kind="stable")]
        self._stubs = stubs

    def of(self, addresses: Numbers) -> Numbers:
        """Return those addresses that can be starts by the table."""
        addresses = addresses[~np.isin(addresses, self._stubs)]
        if not len(self._table):
            return addresses
        at = np.searchsorted(self._table[:, 0], addresses, side="right") - 1
        row = self._table[np.maximum(at, 0)]
        return addresses[(at < 0) | (addresses == row[:, 0]) | (addresses >= row[:, 0] + row[:, 1])]


class _Guess:
    """Grows a set of starts by what control flow and pointers say."""

    def __init__(self, layout: Layout, stretch: Stretch, flow: Flow, outside: _Outside) -> None:
        self._flow, self._outside = flow, outside
        self._begins = outside.of(np.unique(flow.begins))
        near = np.abs(flow.branches[:, 1] - flow.branches[:, 0]) < _FAR
        self._branches = flow.branches[near]
        self._targets = np.unique(self._branches[:, 1])
        pointers = np.union1d(_inside(stretch, layout.image.pointers), _inside(stretch, words_of_data(layout)))
        named = _inside(stretch, flow.names)
        opens = np.isin(pointers, flow.opens) | np.isin(pointers, self._begins)
        self._pointed = outside.of(np.union1d(pointers[opens], named[np.isin(named, self._begins)]))

    def grown(self, known: Numbers) -> Numbers:
        """Return the starts with all that follows from them."""
        for _ in range(_ROUNDS):
            more = np.unique(np.concatenate([known, self._left(known), self._lonely(known)]))
            if len(more) == len(known):
                break
            known = more
        return known

    def _left(self, known: Numbers) -> Numbers:
        """Return what functions jump to in others, where control does not fall into it."""
        target = self._flow.jumps[self._away(known, self._flow.jumps), 1]
        return np.intersect1d(target, self._begins)

    @staticmethod
    def _away(known: Numbers, moves: Numbers) -> Flags:
        found: Flags = np.searchsorted(known, moves[:, 0], side="right") != np.searchsorted(
            known, moves[:, 1], side="right"
        )
        return found

    def _lonely(self, known: Numbers) -> Numbers:
        """Return code that no branch reaches or goes over, among what is pointed to or not fallen into."""
        jumps = self._flow.jumps[~self._away(known, self._flow.jumps)]
        branches = self._branches[~self._away(known, self._branches)]
        moves = np.concatenate([jumps, branches])
        low, high = np.sort(moves.min(axis=1)), np.sort(moves.max(axis=1))
        asked = np.union1d(self._begins, self._pointed)
        over = np.searchsorted(low, asked, side="left") - np.searchsorted(high, asked, side="left")
        reached = np.isin(asked, self._targets) | np.isin(asked, jumps[:, 1])
        return asked[(over <= 0) & ~reached]


def words_of_data(layout: Layout) -> Numbers:
    """Return the words of data that may be addresses; in an image that is loaded anywhere, those of MIPS's table."""
    image = layout.image
    kind = f"{'>' if image.big else '<'}u{image.bits // 8}"
    found = [NONE]
    for region in image.regions:
        table = image.processor.startswith("mips") and "w" in region.rights
        if "x" in region.rights or not region.size or not (table or layout.absolute):
            continue
        room = -region.address % (image.bits // 8)
        count = (min(region.size, len(image.data) - region.offset) - room) // (image.bits // 8)
        if count > 0:
            found.append(np.frombuffer(image.data, kind, count, region.offset + room).astype(np.int64))
    return np.unique(np.concatenate(found))
