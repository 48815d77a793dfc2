"""Results that one place tests otherwise than all the others of the new release: the release says what is a failure."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct, structs

from zoll.compare.marks import marks
from zoll.declared.finder import Finder
from zoll.model import Change, Fact, Hunk, Part, Reading
from zoll.parse.source import LANGUAGES
from zoll.parse.verdicts import verdict
from zoll.pipeline.batches import batches, smallest, weight
from zoll.pipeline.wrappers import language_of
from zoll.sandbox.limits import Failure
from zoll.sandbox.pool import Pool

# So many other places have to agree, and so many of a hundred of those that say.
LEAST, SHARE = 3, 80
MOST_NAMES, SHORTEST = 1500, 5
MOST_BYTES, LARGEST_FILE = 24_000_000, 1_000_000
SHOWN = 40
ASKED = frozenset(LANGUAGES) - {"shell", "rust"}
SECURITY = frozenset(
    ("authentication", "verification", "cryptography", "session", "update", "privilege", "interception")
)
ASIDE = frozenset(("test", "documentation", "example", "translation", "generated", "minified"))
# Results of these are compared with whatever is looked for, or are looked at by nobody.
COMMON = re.compile(
    r"(?:str|mem|wcs|std|v?s?n?f?print|f?put|f?get|scan|read|write|close|free|alloc|append|add|push|send|recv|log|debug|warn|err|"
    r"size|len|count|find|index|cmp|compare|is_?empty|next|open|seek|poll|wait|lock|unlock|remove|pop|insert|erase|copy|set|close|init|"
    r"return|while|switch|defined|sizeof|assert|exit|abort|isset|empty|isinstance|super|print|range|filter|match|search|test|exec|join|split)\w*",
    re.IGNORECASE,
)
# Of these the result is a value, unless the name says that something is checked.
VALUES = re.compile(
    r"(?:^|_)(?:get|to|from|count|len|length|size|index|value|num|max|min|id|type|name)(?:_|\d|$)|[a-z]To[A-Z]|^get[A-Z]"
)
CHECKS = re.compile(r"verif|valid|check|auth|access|permit|allow|sign|trust|cert", re.IGNORECASE)
CALLED = re.compile(rb"\b([A-Za-z_]\w{3,60})[ \t]?\(")
KINDS = re.compile(r"(?:inserted\.)?(?:condition|presence|call|assign|declare|return)\b.*")

Read = Callable[[str], bytes]


class Place(Struct, frozen=True):
    """One call by name: the line it stands on, the parts that its test makes of the results, the test as written."""

    name: str
    line: int
    parts: str
    test: str


Found = dict[str, list[tuple[tuple[str, ...], Place]]]


def with_peers(changes: Sequence[Change], parts: Iterable[Part], read: Read, pool: Pool) -> list[Change]:
    """Return the changes with what is tested in them otherwise than in all other places of the new release."""
    called = {id(hunk): _called(hunk) for change in changes for hunk in _asked(change)}
    names = sorted(name for name in set().union(*called.values()) if _telling(name))[:MOST_NAMES]
    found = _places(names, parts, read, pool) if names else {}
    return [_told(change, called, found) for change in changes] if found else list(changes)


def _telling(name: str) -> bool:
    """Say whether a name can be that of a function whose result says how it went: no macro, none that everybody has."""
    if len(name) < SHORTEST or name.isupper() or COMMON.fullmatch(name):
        return False
    return bool(CHECKS.search(name)) or not VALUES.search(name)


def _asked(change: Change) -> Iterator[Hunk]:
    """Yield the hunks of source in which how a result is tested may have changed."""
    part = change.pair.new
    roles = {fact.value for fact in change.standing if fact.kind == "role"}
    if part is None or language_of(part.kind) not in ASKED or roles & ASIDE:
        return
    for hunk in change.hunks:
        if hunk.new[0] and (roles & SECURITY or any(_checks(reading.fact) for reading in hunk.gained)):
            yield hunk


def _checks(fact: Fact) -> bool:
    return fact.kind == "guard" or (fact.kind == "altered" and KINDS.fullmatch(fact.value) is not None)


def _called(hunk: Hunk) -> set[str]:
    """Return the names of calls that a hunk shows and whose result is tested there, given to something or forgotten."""
    data = hunk.after.encode()
    return {
        found[1].decode()
        for found in CALLED.finditer(data)
        if not found[1].startswith(b"__") and _judged(data, found.start(1), found.end(1))
    }


def _judged(data: bytes, start: int, end: int) -> bool:
    line = data[data.rfind(b"\n", 0, start) + 1 : start]
    return bool(verdict(data, start, end)[0]) or b"=" in line


def _places(names: Sequence[str], parts: Iterable[Part], read: Read, pool: Pool) -> Found:
    """Return every place of the new release that calls one of the names."""
    asked = Finder(names, each=True)

    def work(batch: Sequence[Part]) -> list[list[Place]]:
        return [list(_within(asked, read(part.digest))) for part in batch]

    found: Found = defaultdict(list)
    code = (part for part in parts if language_of(part.kind) in ASKED and 0 < part.size <= LARGEST_FILE)
    for batch, answer in pool.run(work, batches(smallest(code, MOST_BYTES)), list[list[Place]], weight):
        if isinstance(answer, Failure):
            continue
        for part, told in zip(batch, answer, strict=True):
            for one in told:
                found[one.name].append((part.place.hops, one))
    return found


def _within(asked: Finder, data: bytes) -> Iterator[Place]:
    line = at = 0
    for word, start in asked.places(data):
        name = asked.words[word]
        if data.startswith(name, start):
            parts, test = verdict(data, start, start + len(name))
            if parts:
                line, at = line + data.count(b"\n", at, start) if start >= at else data.count(b"\n", 0, start), start
                yield Place(name.decode("utf-8", "replace"), line + 1, parts, test)


def _told(change: Change, called: Mapping[int, set[str]], found: Found) -> Change:
    if not any(id(hunk) in called for hunk in change.hunks):
        return change
    hunks = tuple(_with(change, hunk, called.get(id(hunk), set()) & found.keys(), found) for hunk in change.hunks)
    return structs.replace(change, hunks=hunks)


def _with(change: Change, hunk: Hunk, names: set[str], found: Found) -> Hunk:
    more = tuple(reading for name in sorted(names) for reading in _unlike(change, hunk, name, found))
    return structs.replace(hunk, gained=tuple(sorted((*hunk.gained, *more)))) if more else hunk


def _unlike(change: Change, hunk: Hunk, name: str, found: Found) -> Iterator[Reading]:
    """Yield the places of one function in a hunk that are unlike all the others."""
    places = found.get(name, ())
    hops = change.pair.place.hops
    span = range(hunk.new[0], hunk.new[1] + 1)
    mine = [one for where, one in places if where == hops and one.line in span]
    others = [one for where, one in places if not (where == hops and one.line in span)]
    usual = Counter(one.parts for one in others).most_common(1)
    if not mine or not usual:
        return
    parts, times = usual[0]
    if parts == "none" or times < LEAST or 100 * times < SHARE * len(others):
        return
    for one in mine:
        if one.parts != parts and not any(other.parts == one.parts for other in others):
            test = Counter(other.test for other in others if other.parts == parts).most_common(1)[0][0]
            traits = {"how": "ignored" if one.parts == "none" else "tested", "test": one.test, "others": test}
            words = f"{name}: {one.test or 'not looked at'} here, {test} in {times} other places"
            yield Reading(Fact("unlike", name[:200], marks(traits, SHOWN)), change.pair.place.at(one.line), words)
