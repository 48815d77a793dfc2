"""Where functions start in code that may have neither symbols nor unwind tables.

What the file tells is sure. Then count: what is called, what data and code point to, what is jumped to from another
function, and code that control neither falls nor branches into. The last three are held against the branches around
them: a place that a branch goes over, forth or back, lies inside a function, as cases of a switch mostly do.
"""

from collections.abc import Iterator

import numpy as np

from zoll.parse.machine.columns import Flags, Flow, Layout, Stretch, among, distances, distinct, filled
from zoll.parse.machine.image import NONE, Image, Numbers, Region

# what never comes back to its caller, in C and C++
_FINAL = frozenset(
    (
        "abort",
        "exit",
        "_exit",
        "_Exit",
        "quick_exit",
        "__assert",
        "__assert_fail",
        "__stack_chk_fail",
        "__stack_chk_fail_local",
        "__fortify_fail",
        "__chk_fail",
        "longjmp",
        "_longjmp",
        "siglongjmp",
        "__longjmp_chk",
        "err",
        "errx",
        "verr",
        "verrx",
        "pthread_exit",
        "_Unwind_Resume",
        "__cxa_throw",
        "__cxa_rethrow",
        "__cxa_bad_cast",
        "__cxa_throw_bad_array_new_length",
        "_ZSt9terminatev",
        "_ZSt17__throw_bad_allocv",
        "_ZSt20__throw_length_errorPKc",
        "_ZSt19__throw_logic_errorPKc",
        "_ZSt24__throw_out_of_range_fmtPKcz",
    )
)
_ARRAYS = (".init_array", ".fini_array", ".preinit_array", ".ctors", ".dtors")
_ENTRIES = 1024  # of a table of jumps, at most
_APART = 3  # starts between a conditional branch and its target, where that is another function or part of one
_MIXED = 8  # of the cases of a switch, at most one is taken for a start by what was known before
_STUB = 16  # bytes of code that jump to an import, at least
_FREE = 0.75  # of the functions in a table, at least: code between them does not branch over them
_ROUNDS = 8  # each learns starts from those of the round before; five were the most that real code took
_COVERED = 0.8  # of the code: where the unwind table tells as much, its word is enough
_FAR = 1 << 20  # bytes that a conditional branch inside one function does not cross


def told(image: Image, stretch: Stretch) -> Numbers:
    """Return the starts that the file itself tells: unwind or function table, symbols, entry."""
    named = [one.address for one in image.symbols if one.kind in ("function", "ifunc") and one.address]
    named += [one.address for one in image.code if one.name.startswith((".init", ".fini", ".text"))]
    run = [words_of(image, one) for one in image.regions if one.name in _ARRAYS]
    found = np.concatenate([image.unwound[:, 0], np.array([*named, image.entry], np.int64), *run])
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
    known = _both(outside.of(sure), called)
    if not tabled(image, stretch):
        known = _Guess(layout, stretch, flow, outside).grown(known)
    else:
        pointed = _inside(stretch, image.pointers)
        plausible = among(pointed, flow.begins) | among(pointed, flow.opens)
        known = _both(known, outside.of(pointed[plausible]))
    known = _both(known, filled(known, stretch.end)) if len(known) else known  # no function is that long: memory
    return known, np.append(known[1:], stretch.end)[: len(known)]


def _inside(stretch: Stretch, addresses: Numbers) -> Numbers:
    return distinct(addresses[(addresses >= stretch.address) & (addresses < stretch.end)])


def _called(flow: Flow) -> Numbers:
    """Return what is called, but for calls of the next place, which only ask where they are."""
    away = flow.calls[:, 1] - flow.calls[:, 0]
    found: Numbers = distinct(flow.calls[(away > 12) | (away <= 0), 1])
    return found


def _both(one: Numbers, other: Numbers) -> Numbers:
    return distinct(np.append(one, other))


def _without(values: Numbers, others: Numbers) -> Numbers:
    return values[~among(values, distinct(others))]


def _shared(values: Numbers, ordered: Numbers) -> Numbers:
    return distinct(values[among(values, ordered)])


def _abandoned(image: Image, flow: Flow) -> Numbers:
    """Return the places behind calls of imports that never return."""
    names = {**image.slots, **image.names}
    final = np.array([address for address, name in names.items() if name in _FINAL], np.int64)
    size = {"x86": 5, "mips": 8}.get(image.processor.removesuffix("-64").removesuffix("64"), 4)
    found: Numbers = flow.calls[np.isin(flow.calls[:, 1], final), 0] + size
    return found


class _Outside:
    """Leaves out what lies inside a function of the unwind table, and stubs that jump to imports."""

    def __init__(self, image: Image, stubs: Numbers) -> None:
        self._table = image.unwound[np.argsort(image.unwound[:, 0], kind="stable")]
        self._stubs = np.sort(stubs)
        # PowerPC's stand among other code, and are entered behind their start too
        self._room = _STUB if image.processor.startswith("ppc") else 1

    def of(self, addresses: Numbers) -> Numbers:
        """Return those addresses that can be starts by the table."""
        stub = np.append(self._stubs, np.int64(-_STUB))[np.searchsorted(self._stubs, addresses, side="right") - 1]
        free: Numbers = addresses[(addresses < stub) | (addresses >= stub + self._room)]
        if not len(self._table):
            return free
        at = np.searchsorted(self._table[:, 0], free, side="right") - 1
        row = self._table[np.maximum(at, 0)]
        kept: Numbers = free[(at < 0) | (free == row[:, 0]) | (free >= row[:, 0] + row[:, 1])]
        return kept


class _Guess:
    """Grows a set of starts by what control flow and pointers say."""

    def __init__(self, layout: Layout, stretch: Stretch, flow: Flow, outside: _Outside) -> None:
        self._layout, self._stretch, self._flow = layout, stretch, flow
        begins = _inside(stretch, np.append(flow.begins, _abandoned(layout.image, flow)))
        self._begins = outside.of(begins)
        near = np.abs(flow.branches[:, 1] - flow.branches[:, 0]) < _FAR
        self._branches = flow.branches[near]
        self._targets = distinct(self._branches[:, 1])
        pointers = _both(_inside(stretch, layout.image.pointers), _inside(stretch, words_of_data(layout)))
        named = _inside(stretch, flow.names)
        led = tables(layout, stretch, flow)
        self._begins = _without(self._begins, led)
        pointers = _without(pointers, led)
        opens = among(pointers, flow.opens) | among(pointers, self._begins)
        self._pointed = outside.of(pointers[opens])
        self._named = _without(outside.of(named[among(named, self._begins)]), self._targets)

    def grown(self, known: Numbers) -> Numbers:
        """Return the starts with all that follows from them."""
        known = _both(known, self._named)
        cases = self._runs(known)
        self._pointed, self._begins = _without(self._pointed, cases), _without(self._begins, cases)
        for _ in range(_ROUNDS):
            more = distinct(np.concatenate([known, self._left(known), self._lonely(known)]))
            if len(more) == len(known):
                break
            known = more
        return known

    def _runs(self, known: Numbers) -> Numbers:
        """Return where tables of whole addresses lead that code names, when branches go over or to many of them."""
        found = [NONE]
        branches = self._branches[~self._away(known, self._branches)]
        for table in _runs(self._layout, self._stretch, self._flow.names):
            one = len(distinct(np.searchsorted(known, table, side="right"))) * _MIXED <= len(table) + _MIXED
            turned = np.isin(table, self._flow.turns).any()  # a case often stands just behind the jump to all of them
            found += (
                [table] if one and (turned or len(_free(table, branches, self._targets)) < _FREE * len(table)) else []
            )
        return np.concatenate(found)

    def _left(self, known: Numbers) -> Numbers:
        """Return what functions jump to in others, where control does not fall into it; seldom used parts stand far."""
        target = self._flow.jumps[self._away(known, self._flow.jumps), 1]
        branches = self._flow.branches
        apart = np.searchsorted(known, branches[:, 0], side="right") - np.searchsorted(
            known, branches[:, 1], side="right"
        )
        return _shared(np.append(target, branches[np.abs(apart) > _APART, 1]), self._begins)

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
        free = _free(self._begins, np.concatenate([jumps, branches]), distinct(np.append(jumps[:, 1], self._targets)))
        # tail calls between neighbours look like loops: of what is pointed to, only conditions decide
        return np.append(free, _free(self._pointed, branches, self._targets))


def _free(asked: Numbers, moves: Numbers, targets: Numbers) -> Numbers:
    """Return those addresses that no move goes over or to."""
    low, high = np.sort(moves.min(axis=1)), np.sort(moves.max(axis=1))
    over = np.searchsorted(low, asked, side="left") - np.searchsorted(high, asked, side="left")
    return asked[(over <= 0) & ~among(asked, targets)]


def words_of_data(layout: Layout) -> Numbers:
    """Return the words of data that may be addresses; in an image that is loaded anywhere, those of MIPS's table."""
    image, found = layout.image, [NONE]
    for region in image.regions:
        table = image.processor.startswith("mips") and "w" in region.rights
        if "x" not in region.rights and (table or layout.absolute):
            found.append(words_of(image, region))
    return distinct(np.concatenate(found))


def words_of(image: Image, region: Region) -> Numbers:
    """Return the words of a region's bytes, as wide as addresses."""
    width = image.bits // 8
    room = -region.address % width
    count = (min(region.size, len(image.data) - region.offset) - room) // width
    kind = f"{'>' if image.big else '<'}u{width}"
    if count <= 0:
        return NONE
    found = np.frombuffer(image.data, kind, count, region.offset + room).astype(np.int64)
    return found & ~1 if image.processor == "arm" else found  # Thumb's mark


def _runs(layout: Layout, stretch: Stretch, names: Numbers) -> Iterator[Numbers]:
    """Yield runs of four and more addresses of code that stand at a place which code names, each address once."""
    image, width = layout.image, layout.image.bits // 8
    kind = f"{'>' if image.big else '<'}u{width}"
    even = ~1 if image.processor == "arm" else ~0
    named = names[layout.inside(names) & (names % width == 0)] if layout.absolute else names[:0]
    bounds = np.append(named[1:], np.int64(1 << 62))[: len(named)]
    likely = np.ones(len(named), np.bool_)
    for step in range(4):
        there, target = layout.words(named + step * width, width)
        likely &= there & (target >= stretch.address) & (target < stretch.end)
    for table, bound in zip(named[likely].tolist(), bounds[likely].tolist(), strict=True):
        raw = image.bytes_at(table, min(width * _ENTRIES, bound - table))
        target = np.frombuffer(raw, kind, len(raw) // width).astype(np.int64) & even
        wrong = np.flatnonzero((target < stretch.address) | (target >= stretch.end))
        target = target[: wrong[0]] if len(wrong) else target
        if len(target) > 3:
            yield distinct(target)


def tables(layout: Layout, stretch: Stretch, flow: Flow) -> Numbers:
    """Return where tables lead that hold distances from their own place."""
    named = flow.names[layout.inside(flow.names) & (flow.names % 4 == 0)]
    found = distances(layout, stretch, named, named)
    if layout.image.processor == "x86":
        more = distances(layout, stretch, named, np.full(len(named), layout.image.global_pointer))
        found = np.append(found, more)
    return distinct(np.append(found, flow.cases))
