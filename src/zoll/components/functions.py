"""Copies known by their functions: renamed, re-indented, merged into one file, split or altered.

Works on rows of functions, whoever read them: those of source, and those of executables.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import pairwise

from msgspec import Struct, structs

from zoll.components.naming import kind_of, normal
from zoll.components.tree import Hops, upward
from zoll.model import Component, Copied, Place

SMALLEST = 60  # bytes: a shorter function is written twice by chance
FEWEST, FEWEST_BYTES, FEWEST_CODE = 4, 1_200, 700  # what must be met again: functions, bytes of source or of code
SHARE, FILLS = 0.2, 0.5  # of the known copy's bytes; or of the bytes where they are met
WHOLE = 0.95
OWN = 0.8  # a place that a copy fills so far is its own: what else stands there was added to it
SAME_NAME, OTHER_NAME, BETWEEN = 0.25, 0.7, 0.5  # how alike two functions must be
MOST_KEEPERS = 3  # libraries of different names that have a function: in more it is nobody's
MOST_NAMES = 40
CROWD = 24
MOST_ALIKE = 4_000  # functions of a side that are looked for by their words alone
VERSIONED = re.compile(r"@[^@/]*\Z")
LAST = re.compile(r"[.:]+")


class Row(Struct, frozen=True):
    """A function: its name, the digest of its text or code as it counts, its size in bytes.

    `sketch` are the smallest hashes of its words, by which altered ones are met again; () where only equal ones matter.
    Of machine code `shape` counts its instructions by sort, and `name` is "" where only its address `shown` is known.
    """

    name: str
    digest: str
    size: int
    sketch: tuple[int, ...] = ()
    shape: bytes = b""
    shown: str = ""

    @property
    def called(self) -> str:
        """What it is called in a report."""
        return self.name or self.shown


class Library(Struct, frozen=True):
    """A component whose copy at `component.at` of the `side` (old, new, source) is known, with its functions."""

    component: Component
    side: str
    rows: tuple[Row, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What its copies share whatever their version."""
        return kind_of(self.component), normal(self.component.name)


class Held(Struct, frozen=True):
    """Two sets of rows held against each other: numbers of the equal and of the altered pairs, and who is left."""

    equal: tuple[tuple[int, int], ...]
    altered: tuple[tuple[int, int], ...]
    missing: tuple[int, ...]
    more: tuple[int, ...]


def copies_of(
    libraries: Sequence[Library], files: Mapping[Place, Sequence[Row]], room: Mapping[Hops, int]
) -> tuple[Component, ...]:
    """Return the copies of known libraries among files that no component owns.

    `files` are the functions of each file; `room` counts the files of source directly in a folder, by which a folder is
    told from files that lie among others. A copy is named after the library it has most functions of.
    """
    keys = _by_key(libraries)
    homes: dict[tuple[str, str], dict[Place, set[int]]] = defaultdict(dict)
    for place in sorted(files):
        for number in _candidates(files[place], keys):
            homes[libraries[number].key].setdefault(place, set()).add(number)
    found: list[Component] = []
    for _, places in sorted(homes.items()):
        for at, members in _groups(places, room):
            whole = _best(libraries, files, at, places, members)
            if whole is None or (len(members) > 1 and whole[1] < FILLS):  # the folder holds more than the copy
                singles = (_best(libraries, files, place, places, [place]) for place in members)
                found += [one for one, _ in filter(None, singles)]
            else:
                found.append(whole[0])
    return tuple(sorted(found))


def _best(
    libraries: Sequence[Library],
    files: Mapping[Place, Sequence[Row]],
    at: Place,
    places: Mapping[Place, set[int]],
    members: Sequence[Place],
) -> tuple[Component, float] | None:
    """Return the nearest library as it stands in some files, and how far it fills them."""
    rows = _once(row for place in members for row in files[place])
    numbers = sorted({number for place in members for number in places[place]})
    made = (_copy(libraries[number], rows, at) for number in numbers)
    return max(filter(None, made), key=lambda one: _closeness(one[0]), default=None)


def _once(rows: Iterable[Row]) -> list[Row]:
    """Return each function once: what a compiler writes into every file says nothing by its number."""
    return list({row.digest: row for row in rows}.values())


def hold(known: Sequence[Row], there: Sequence[Row]) -> Held:
    """Pair the functions of two copies: equal ones first, then alike ones of one name, then alike ones."""
    left = dict(enumerate(there))
    equal = list(_equal(known, there))
    missing = set(range(len(known))) - {one for one, _ in equal}
    for _, other in equal:
        del left[other]
    altered = []
    for least, named in ((SAME_NAME, True), (OTHER_NAME, False)):
        for like, one, other in _alike(known, there, missing, left, named=named):
            if like >= least and one in missing and other in left:
                altered.append((one, other))
                missing.discard(one)
                del left[other]
    for one, other in list(_between(known, there, (*equal, *altered), left)):
        altered.append((one, other))
        missing.discard(one)
        del left[other]
    return Held(tuple(equal), tuple(sorted(altered)), tuple(sorted(missing)), tuple(sorted(left)))


def _equal(known: Sequence[Row], there: Sequence[Row]) -> Iterator[tuple[int, int]]:
    waiting: dict[str, list[int]] = defaultdict(list)
    for number, row in reversed(list(enumerate(known))):
        waiting[row.digest].append(number)
    for number, row in enumerate(there):
        if waiting.get(row.digest):
            yield waiting[row.digest].pop(), number


def _alike(
    known: Sequence[Row], there: Sequence[Row], missing: Iterable[int], left: Iterable[int], *, named: bool
) -> list[tuple[float, int, int]]:
    """Return pairs that may be one function, the likest first; hashes that many functions share lead nowhere."""
    homes: dict[int | str, list[int]] = defaultdict(list)
    homes[""] = [-1] * (CROWD + 1)  # a function without a name leads nowhere
    most = None if named else MOST_ALIKE
    for number in sorted(missing)[:most]:
        for key in (_last(known[number].name),) if named else known[number].sketch:
            homes[key].append(number)
    counts: Counter[tuple[int, int]] = Counter()
    for other in sorted(left)[:most]:
        for key in (_last(there[other].name),) if named else there[other].sketch:
            if len(homes.get(key, ())) <= CROWD:
                counts.update((one, other) for one in homes.get(key, ()))
    pairs = ((_likeness(known[one], there[other]), one, other) for one, other in counts)
    return sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2]))


def _between(
    known: Sequence[Row], there: Sequence[Row], pairs: Sequence[tuple[int, int]], left: Mapping[int, Row]
) -> Iterator[tuple[int, int]]:
    """Yield functions of machine code that stand alone between the same two others on both sides and are alike.

    A linker keeps the order in which a compiler wrote the functions of a file.
    """
    ordered = sorted(pairs)
    for (before, first), (behind, last) in pairwise(ordered):
        if behind - before == 2 and last - first == 2 and first + 1 in left:
            one, other = known[before + 1], there[first + 1]
            if one.shape and alike_shapes(one.shape, other.shape) >= BETWEEN:
                yield before + 1, first + 1


def alike_shapes(one: bytes, other: bytes) -> float:
    """Return how much two counts of instructions have in common, 0 to 1.

    >>> alike_shapes(bytes((1, 3)), bytes((1, 1))), alike_shapes(b"", b"")
    (0.5, 0.0)
    """
    most = sum(map(max, one, other))
    return sum(map(min, one, other)) / most if most else 0.0


def _likeness(one: Row, other: Row) -> float:
    """Return the estimated share of words that two functions have in common, 0 to 1."""
    mine, theirs = set(one.sketch), set(other.sketch)
    if not mine or not theirs:
        return 0.0
    whole = sorted(mine | theirs)[: max(len(mine), len(theirs))]
    return sum(value in mine and value in theirs for value in whole) / len(whole)


def _last(name: str) -> str:
    return LAST.split(name)[-1]


def _by_key(libraries: Sequence[Library]) -> dict[str | int, list[int]]:
    """Return the libraries by the digests and sketched words of their functions; not of what different ones share."""
    found: dict[str | int, list[int]] = defaultdict(list)
    for number, library in enumerate(libraries):
        told = [row for row in library.rows if row.size >= SMALLEST]
        names: set[str | int] = {row.digest for row in told}
        for key in names.union(*(row.sketch for row in told)):
            found[key].append(number)
    keys = [library.key for library in libraries]
    return {key: some for key, some in found.items() if len({keys[number] for number in some}) <= MOST_KEEPERS}


def _candidates(rows: Iterable[Row], keys: Mapping[str | int, Sequence[int]]) -> set[int]:
    """Return the libraries that a file has two equal functions of, or a long one, or several alike ones."""
    counts: Counter[int] = Counter()
    sizes: Counter[int] = Counter()
    alike: Counter[int] = Counter()
    for row in rows:
        for number in keys.get(row.digest, ()):
            counts[number] += 1
            sizes[number] += row.size
        shared = Counter(number for value in row.sketch for number in keys.get(value, ()))
        alike.update(number for number, times in shared.items() if times >= OTHER_NAME * len(row.sketch))
    equal = {number for number in counts if counts[number] > 1 or sizes[number] >= FEWEST_BYTES}
    return equal | {number for number, times in alike.items() if times >= FEWEST}


def _groups(places: Iterable[Place], room: Mapping[Hops, int]) -> Iterator[tuple[Place, list[Place]]]:
    """Yield where a copy stands and the files it consists of: a folder that it mostly fills, else a file by itself."""
    folders: dict[Hops, list[Place]] = defaultdict(list)
    for place in places:
        folders[next(hops for hops in list(upward(place.hops))[1:])].append(place)
    full: dict[Hops, list[Place]] = {}
    for hops, members in sorted(folders.items(), key=lambda item: (len(item[0]), len(Place(item[0]).path))):
        if hops and len(members) > 1 and len(members) >= FILLS * room.get(hops, 0):
            above = next((over for over in upward(hops) if over in full), hops)
            full.setdefault(above, []).extend(members)
        else:
            yield from ((place, [place]) for place in members)
    yield from ((Place(hops), members) for hops, members in full.items())


def _copy(library: Library, rows: Sequence[Row], at: Place) -> tuple[Component, float] | None:
    """Return the library as it stands at a place and how far it fills that, None where too little of it does."""
    known = _once(library.rows)
    held = hold(known, rows)
    pairs = (*held.equal, *held.altered)
    size = sum(known[one].size for one, _ in pairs)
    told = sum(known[one].size >= SMALLEST for one, _ in pairs) - len(held.altered) / 2  # an altered one says less
    share = size / max(sum(row.size for row in known), 1)
    fills = sum(rows[other].size for _, other in pairs) / max(sum(row.size for row in rows), 1)
    code = _code(rows[other] for _, other in pairs)
    fewest = FEWEST_CODE if code else FEWEST_BYTES
    if told < FEWEST or size < fewest or (share < SHARE and fills < FILLS):
        return None
    more = len(held.more) if fills >= OWN and not code else 0  # a program has functions of its own
    copy = "modified" if held.altered or more else "full" if share >= WHOLE else "partial"
    counts = (len(held.equal), len(held.altered), len(held.missing), more)
    unlike = tuple(dict.fromkeys(rows[other].called for _, other in held.altered))[:MOST_NAMES]
    about = Copied(library.component.at, library.side, *counts, max(round(100 * share), 1), unlike, code)
    named = library.component if len(held.equal) >= len(held.altered) else _unversioned(library.component)
    return structs.replace(named, at=at, by="functions", copy=copy, held=about), fills


def _code(rows: Iterable[Row]) -> str:
    """Return one digest of functions of machine code, "" of source."""
    digests = sorted(row.digest for row in rows if row.shape)
    return sha256("\n".join(digests).encode()).hexdigest() if digests else ""


def _unversioned(one: Component) -> Component:
    """Return a component whose version nobody tells: a copy that is mostly altered is of another one."""
    return structs.replace(one, version="", purl=VERSIONED.sub("", one.purl))


def _closeness(one: Component) -> tuple[int, int, int, str]:
    """Sort the library that a copy is nearest to last; the new release's own word wins a tie."""
    held = one.held
    return held.equal, -held.altered - held.missing, ("source", "old", "new").index(held.side), one.version
