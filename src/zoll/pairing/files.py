"""Which old part became which new part: by place, by place without versions, by bytes, by likeness."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from rapidfuzz import fuzz

from zoll.model import Pair, Part
from zoll.pairing.names import plain_place, single_tops, unversioned
from zoll.pairing.sketch import Sketch, alike, likeness, sketch_bytes

Read = Callable[[str], bytes]
Hops = tuple[str, ...]

_BIG = 64 << 20
_CROWD = 64
_ENOUGH = 0.12
_FOLDERS = 0.6
_EVERYWHERE = frozenset(
    {
        "__init__.py",
        "__main__.py",
        "index.js",
        "index.ts",
        "index.html",
        "main.c",
        "main.go",
        "main.py",
        "mod.rs",
        "lib.rs",
        "setup.py",
        "makefile",
        "makefile.am",
        "makefile.in",
        "cmakelists.txt",
        "meson.build",
        "readme",
        "readme.md",
        "readme.txt",
        "license",
        "copying",
        "changelog",
        "package.json",
        "utils.py",
        "util.c",
        "util.h",
        "config.h",
        "config.py",
        "conftest.py",
        "types.ts",
        "doc.go",
        "version.py",
    }
)


class Pairing(Struct, frozen=True):
    """What is set aside (`unchanged`, `moved`: same bytes) and what is left to compare, added and removed included."""

    unchanged: tuple[Pair, ...]
    moved: tuple[Pair, ...]
    pairs: tuple[Pair, ...]


class _Work:
    """The two heaps of parts that nobody has paired yet, and the pairs made so far."""

    def __init__(self, old: Iterable[Part], new: Iterable[Part], made: list[Pair]) -> None:
        self.old = sorted(old, key=_order)
        self.new = sorted(new, key=_order)
        self.made = made

    def match(self, found: Iterable[tuple[Part, Part, float]], by: str) -> None:
        """Take pairs in the order given, each part once."""
        old_free, new_free = set(map(id, self.old)), set(map(id, self.new))
        for old, new, score in found:
            if id(old) in old_free and id(new) in new_free:
                old_free.discard(id(old))
                new_free.discard(id(new))
                self.made.append(Pair(old, new, by, score))
        self.old = [part for part in self.old if id(part) in old_free]
        self.new = [part for part in self.new if id(part) in new_free]


def pair_files(old: Sequence[Part], new: Sequence[Part], read: Read) -> Pairing:
    """Pair the parts of two releases; `read` gives the bytes of a digest. The order of the parts does not matter."""
    made, olds, news = _by_place(old, new)
    work = _Work(olds, news, made)
    if work.old and work.new:
        _by_plain_place(work, old, new)
        work.match(_by_digest(work.old, work.new), "digest")
    if work.old and work.new:
        work.match(_by_likeness(work.old, work.new, read), "likeness")
    if work.new:
        _copies(work, old)
    removed = [Pair(part, None, "removed", 0.0) for part in work.old]
    added = [Pair(None, part, "added", 0.0) for part in work.new]
    return _sorted_out([*work.made, *removed, *added])


def _order(part: Part) -> tuple[Hops, str, str, str]:
    return (part.place.hops, part.place.symbol, part.digest, part.kind)


def _by_place(old: Sequence[Part], new: Sequence[Part]) -> tuple[list[Pair], list[Part], list[Part]]:
    """Pair equal places, and return what is left; of several parts at one place those with equal bytes go first."""
    here, there = _at_places(old), _at_places(new)
    made: list[Pair] = []
    olds: list[Part] = []
    news: list[Part] = []
    for place, parts in there.items():
        others = here.pop(place, None)
        if others is None:
            news.extend(parts)
        elif len(parts) == len(others) == 1:
            made.append(Pair(others[0], parts[0], "place"))
        else:
            work = _Work(others, parts, made)
            work.match(_by_digest(work.old, work.new), "place")
            work.match(list(zip(work.old, work.new, [1.0] * len(work.old), strict=False)), "place")
            olds, news = olds + work.old, news + work.new
    return made, olds + [part for parts in here.values() for part in parts], news


def _at_places(parts: Sequence[Part]) -> dict[tuple[Hops, str], list[Part]]:
    found: dict[tuple[Hops, str], list[Part]] = {}
    for part in parts:
        place = part.place
        found.setdefault((place.hops, place.symbol), []).append(part)
    return found


def _by_plain_place(work: _Work, old: Sequence[Part], new: Sequence[Part]) -> None:
    """Pair by place without versions; where several share a name, equal bytes go first, then the likest name."""
    old_tops = single_tops(part.place.hops for part in old)
    new_tops = single_tops(part.place.hops for part in new)
    for tops in (({}, {}), (old_tops, new_tops)):
        groups: dict[Hops, tuple[list[Part], list[Part]]] = defaultdict(lambda: ([], []))
        for side, parts in enumerate((work.old, work.new)):
            for part in parts:
                groups[plain_place(part.place.hops, tops[side])][side].append(part)
        found = [pair for olds, news in groups.values() if olds and news for pair in _group(olds, news)]
        work.match(found, "version")


def _group(olds: list[Part], news: list[Part]) -> list[tuple[Part, Part, float]]:
    if len(olds) == len(news) == 1:
        return [(olds[0], news[0], 1.0)]
    if len(olds) > _CROWD or len(news) > _CROWD:
        return _by_digest(olds, news) + [(one, two, 1.0) for one, two in zip(olds, news, strict=False)]
    ranked = [
        (
            one.digest != two.digest,
            one.kind != two.kind,
            -fuzz.ratio(one.place.path, two.place.path),
            place,
            other,
            one,
            two,
        )
        for place, one in enumerate(olds)
        for other, two in enumerate(news)
    ]
    return [(row[5], row[6], 1.0) for row in sorted(ranked, key=lambda row: row[:5])]


def _by_digest(olds: Sequence[Part], news: Sequence[Part]) -> list[tuple[Part, Part, float]]:
    """Pair equal bytes at other places: same base name first, then the likest path; empty parts say nothing."""
    homes: dict[str, list[Part]] = defaultdict(list)
    for part in olds:
        if part.size and part.digest:
            homes[part.digest].append(part)
    groups: dict[str, list[Part]] = defaultdict(list)
    for part in news:
        if part.digest in homes:
            groups[part.digest].append(part)
    return [row for digest, found in groups.items() for row in _same_bytes(homes[digest], found)]


def _same_bytes(olds: list[Part], news: list[Part]) -> list[tuple[Part, Part, float]]:
    if len(olds) > _CROWD or len(news) > _CROWD:
        names: dict[str, list[Part]] = defaultdict(list)
        for part in reversed(olds):
            names[part.place.name].append(part)
        named = [(names[two.place.name].pop(), two, 1.0) for two in news if names[two.place.name]]
        left = [part for group in names.values() for part in reversed(group)]
        taken = {id(two) for _, two, _ in named}
        return named + [
            (one, two, 1.0) for one, two in zip(left, (p for p in news if id(p) not in taken), strict=False)
        ]
    ranked = [
        (one.place.name != two.place.name, -fuzz.ratio(one.place.path, two.place.path), place, other, one, two)
        for place, one in enumerate(olds)
        for other, two in enumerate(news)
    ]
    return [(row[4], row[5], 1.0) for row in sorted(ranked, key=lambda row: row[:4])]


def _by_likeness(olds: Sequence[Part], news: Sequence[Part], read: Read) -> list[tuple[Part, Part, float]]:
    """Return renamed parts, likest first: content decides, names help."""
    sketches: dict[str, Sketch] = {}
    for part in (*olds, *news):
        if part.digest and 0 < part.size <= _BIG and part.digest not in sketches:
            sketches[part.digest] = sketch_bytes(read(part.digest), text=_is_text(part))
    found: list[tuple[float, int, int]] = []
    for sort in sorted({_sort(part) for part in olds} & {_sort(part) for part in news}):
        mine = {place: part for place, part in enumerate(olds) if _sort(part) == sort}
        theirs = {place: part for place, part in enumerate(news) if _sort(part) == sort}
        found.extend(_scored(mine, theirs, sketches))
    found.sort(key=lambda row: (-row[0], row[1], row[2]))
    return [(olds[one], news[two], round(score, 3)) for score, one, two in found]


def _scored(olds: dict[int, Part], news: dict[int, Part], sketches: dict[str, Sketch]) -> list[tuple[float, int, int]]:
    old_sketches = {place: sketches[part.digest] for place, part in olds.items() if part.digest in sketches}
    new_sketches = {place: sketches[part.digest] for place, part in news.items() if part.digest in sketches}
    candidates = {(one, two) for one, two, _ in alike(old_sketches, new_sketches)} | _namesakes(olds, news)
    scored = []
    for one, two in candidates:
        like = likeness(old_sketches[one], new_sketches[two]) if one in old_sketches and two in new_sketches else 0.0
        score = _judged(olds[one], news[two], like)
        if score:
            scored.append((score, one, two))
    return scored


def _judged(old: Part, new: Part, like: float) -> float:
    """Return how strongly two parts belong together, 0 for not at all."""
    name = fuzz.ratio(unversioned(old.place.name), unversioned(new.place.name)) / 100
    folder = fuzz.ratio(_folder(old), _folder(new)) / 100
    same = name == 1.0 and (folder >= _FOLDERS or (like > 0.05 and old.place.name.lower() not in _EVERYWHERE))
    ask = 0.02 if same else _ENOUGH + (0.1 if name < 0.5 else 0.0)
    return 0.7 * like + 0.2 * name + 0.1 * folder if like >= ask else 0.0


def _namesakes(olds: dict[int, Part], news: dict[int, Part]) -> set[tuple[int, int]]:
    homes: dict[str, list[int]] = defaultdict(list)
    for place, part in olds.items():
        homes[unversioned(part.place.name)].append(place)
    return {
        (one, two)
        for two, part in news.items()
        for one in homes.get(unversioned(part.place.name), ())[:_CROWD]
    }  # fmt: skip


def _copies(work: _Work, old: Sequence[Part]) -> None:
    """Pair what is still new with an old part of the same bytes that stayed where it was: a copy."""
    homes: dict[str, Part] = {}
    for part in sorted(old, key=_order):
        if part.size and part.digest:
            homes.setdefault(part.digest, part)
    work.made.extend(Pair(homes[part.digest], part, "digest") for part in work.new if part.digest in homes)
    work.new = [part for part in work.new if part.digest not in homes]


def _sorted_out(made: list[Pair]) -> Pairing:
    unchanged, moved, pairs = [], [], []
    for pair in made:
        if (
            pair.old is None
            or pair.new is None
            or pair.old.digest != pair.new.digest
            or not pair.new.digest  # unseen on both sides: nobody knows whether it is the same
            or _facts_differ(pair.old, pair.new)
        ):
            pairs.append(pair)
        elif pair.by == "digest":
            moved.append(pair)
        else:
            unchanged.append(pair)
    return Pairing(*(tuple(sorted(some, key=_pair_order)) for some in (unchanged, moved, pairs)))


def _pair_order(pair: Pair) -> tuple[Hops, str, str, str]:
    side = pair.new or pair.old
    return (*_order(side)[:3], pair.by) if side else ((), "", "", "")


def _facts_differ(old: Part, new: Part) -> bool:
    return old.facts != new.facts and sorted(old.facts) != sorted(new.facts)


def _folder(part: Part) -> str:
    path = part.place.path
    return unversioned(path[: -len(part.place.name)]) if part.place.name else path


def _sort(part: Part) -> str:
    """Return the family of kinds (code, config): only parts of one sort are compared by likeness."""
    return part.kind.split("/", 1)[0]


def _is_text(part: Part) -> bool:
    return _sort(part) not in {"executable", "archive", "image", "binary", "data", "font", "media"}
