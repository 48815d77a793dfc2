"""Which old function became which new one: by name, by digest, by likeness; inside one file or across files."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from msgspec import Struct
from rapidfuzz import fuzz

from zoll.pairing.sketch import Sketch, alike, likeness, sketch_words
from zoll.parse.code import Function

Text = Callable[[bool, Function], str]
Key = TypeVar("Key")

_WORD = re.compile(r"\w+|[^\s\w]")
_READ = 200_000
_SIZE = 64
_GLANCE = 4000
_ENOUGH = 0.3
_RENAMED = 0.6
_CROWD = 48


class FunctionPair(Struct, frozen=True):
    """An old function and the new one it became; an empty side means added or removed.

    `by`: name, digest, likeness, added, removed.
    """

    old: Function | None
    new: Function | None
    by: str
    likeness: float = 1.0


def pair_functions(old: Sequence[Function], new: Sequence[Function], text: Text) -> list[FunctionPair]:
    """Pair the functions of two files, equal ones too; `text(new_side, function)` gives a function's source."""
    made, olds, news = _by_name(old, new)
    made = [_measured(pair, text) for pair in made]
    made += _by_digest(olds, news)
    made += _by_likeness(olds, news, text)
    made += [FunctionPair(one, None, "removed", 0.0) for one in olds.values()]
    made += [FunctionPair(None, two, "added", 0.0) for two in news.values()]
    return sorted(made, key=_order)


def _measured(pair: FunctionPair, text: Text) -> FunctionPair:
    """Say how alike two functions of one name are; only equal ones reach 1."""
    if pair.old is None or pair.new is None or pair.old.digest == pair.new.digest:
        return pair
    like = likeness(_sketch(text(False, pair.old)[:_GLANCE]), _sketch(text(True, pair.new)[:_GLANCE]), _SIZE)
    return FunctionPair(pair.old, pair.new, pair.by, round(min(like, 0.999), 3))


def _order(pair: FunctionPair) -> tuple[bool, int, int, str]:
    side = pair.new or pair.old
    return (pair.new is None, side.line, side.start_byte, side.name) if side else (True, 0, 0, "")


def _named(functions: Iterable[Function]) -> dict[str, list[Function]]:
    groups: dict[str, list[Function]] = defaultdict(list)
    for function in sorted(functions, key=lambda one: (one.start_byte, one.line, one.name, one.digest)):
        groups[function.name].append(function)
    return groups


def _by_name(
    old: Sequence[Function], new: Sequence[Function]
) -> tuple[list[FunctionPair], dict[int, Function], dict[int, Function]]:
    """Pair equal names; of several with one name (overloads, twins) equal digests first, then in order.

    Unnamed functions (`<lambda:3>`) whose digest lives on under another number wait for it.
    """
    mine, theirs = _named(old), _named(new)
    made: list[FunctionPair] = []
    for name in sorted(mine.keys() & theirs.keys()):
        made.extend(_twins(mine[name], theirs[name], wait="<" in name))
    paired_old, paired_new = {id(pair.old) for pair in made}, {id(pair.new) for pair in made}
    olds = {place: one for place, one in enumerate(sorted(old, key=_first)) if id(one) not in paired_old}
    news = {place: two for place, two in enumerate(sorted(new, key=_first)) if id(two) not in paired_new}
    return made, olds, news


def _first(function: Function) -> tuple[int, str, str]:
    return (function.start_byte, function.name, function.digest)


def _twins(olds: list[Function], news: list[Function], *, wait: bool) -> list[FunctionPair]:
    made = []
    homes: dict[str, list[Function]] = defaultdict(list)
    for one in reversed(olds):
        homes[one.digest].append(one)
    left_new = []
    for two in news:
        if homes.get(two.digest):
            made.append(FunctionPair(homes[two.digest].pop(), two, "name"))
        else:
            left_new.append(two)
    if wait:
        return made
    taken = {id(pair.old) for pair in made}
    left_old = sorted((one for one in olds if id(one) not in taken), key=_first)
    return made + [FunctionPair(one, two, "name", 1.0) for one, two in zip(*_suited(left_old, left_new), strict=False)]


def _suited(olds: list[Function], news: list[Function]) -> tuple[list[Function], list[Function]]:
    """Bring twins with the same parameters to the same place in the queue."""
    if len(olds) < 2 and len(news) < 2:
        return olds, news
    homes: dict[tuple[str, ...], list[Function]] = defaultdict(list)
    for one in reversed(olds):
        homes[one.params].append(one)
    suited = [(homes[two.params].pop(), two) for two in news if homes.get(two.params)]
    taken = {id(one) for one, _ in suited} | {id(two) for _, two in suited}
    rest_old = [one for one in olds if id(one) not in taken]
    rest_new = [two for two in news if id(two) not in taken]
    return [one for one, _ in suited] + rest_old, [two for _, two in suited] + rest_new


def _by_digest(olds: dict[int, Function], news: dict[int, Function]) -> list[FunctionPair]:
    homes: dict[str, list[int]] = defaultdict(list)
    for place in sorted(olds, reverse=True):
        homes[olds[place].digest].append(place)
    made = []
    for place in sorted(news):
        home = homes.get(news[place].digest)
        if home:
            made.append(FunctionPair(olds.pop(home.pop()), news.pop(place), "digest"))
    return made


def _by_likeness(olds: dict[int, Function], news: dict[int, Function], text: Text) -> list[FunctionPair]:
    if not olds or not news:
        return []
    mine = {place: _sketch(text(False, one)) for place, one in olds.items()}
    theirs = {place: _sketch(text(True, two)) for place, two in news.items()}
    made = []
    homes = {one.name: place for place, one in reversed(olds.items())}
    same = {(homes[two.name], place) for place, two in news.items() if two.name in homes}
    for score, one, two in _scored(mine, theirs, lambda a, b: _kinship(olds[a], news[b]), same):
        if one in olds and two in news:
            made.append(FunctionPair(olds.pop(one), news.pop(two), "likeness", round(score, 3)))
    return made


def _kinship(one: Function, two: Function) -> float:
    """Return how alike two functions are by their names, 0 to 1; the last name counts most."""
    if one.name.startswith("<") or two.name.startswith("<") or not one.name or not two.name:
        return 1.0 if one.name == two.name else 0.5
    return 0.7 * fuzz.ratio(_last(one.name), _last(two.name)) / 100 + 0.3 * fuzz.ratio(one.name, two.name) / 100


def _last(name: str) -> str:
    return name.rsplit(".", 1)[-1]


def _scored(
    olds: Mapping[Key, Sketch],
    news: Mapping[Key, Sketch],
    names: Callable[[Key, Key], float],
    same: set[tuple[Key, Key]],
) -> list[tuple[float, Key, Key]]:
    """Return pairs that are alike enough, the likest first; a better name lets less likeness pass."""
    homes, others = {key: place for place, key in enumerate(olds)}, {key: place for place, key in enumerate(news)}
    candidates = {(one, two) for one, two, _ in alike(olds, news, 2)} | same
    if len(olds) <= _CROWD and len(news) <= _CROWD:
        candidates |= {(one, two) for one in olds for two in news if names(one, two) >= _RENAMED}
    found = []
    for one, two in candidates:
        like, name = likeness(olds[one], news[two], _SIZE), names(one, two)
        if like >= _ENOUGH - 0.2 * name or (name >= 0.85 and like >= 0.05):
            found.append((0.75 * like + 0.25 * name, homes[one], others[two], one, two))
    found.sort(key=lambda row: (-row[0], row[1], row[2]))
    return [(row[0], row[3], row[4]) for row in found]


@lru_cache(maxsize=512)  # one that finds no counterpart in its file is asked for once more as it is sent
def _sketch(text: str) -> Sketch:
    return sketch_words(_WORD.findall(text[:_READ]), _SIZE)


def signature(text: str) -> bytes:
    """Return a small sketch of a function's source (at most 512 bytes) that can be sent and kept."""
    return _sketch(text).astype("<u8").tobytes()


def pair_signatures(
    removed: Sequence[tuple[str, bytes]], added: Sequence[tuple[str, bytes]]
) -> list[tuple[int, int, float]]:
    """Pair functions lost in one file with functions gained in another, each a name and a signature.

    Returns index of removed, index of added, likeness; each index at most once, the likest first.
    """
    olds = {place: np.frombuffer(sketch, dtype="<u8").astype(np.uint64) for place, (_, sketch) in enumerate(removed)}
    news = {place: np.frombuffer(sketch, dtype="<u8").astype(np.uint64) for place, (_, sketch) in enumerate(added)}

    def names(one: int, two: int) -> float:
        return fuzz.ratio(_last(removed[one][0]), _last(added[two][0])) / 100

    made: list[tuple[int, int, float]] = []
    gone_old: set[int] = set()
    gone_new: set[int] = set()
    for score, one, two in _scored(olds, news, names, set()):
        if one not in gone_old and two not in gone_new and min(len(olds[one]), len(news[two])) >= 8:
            gone_old.add(one)
            gone_new.add(two)
            made.append((one, two, round(score, 3)))
    return made
