"""What the shape of a change says, beside what was gained and lost.

Its size, its loneliness, whether its file is new, whether the same change was made all over the upgrade.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from zoll.judge.bookkeeping import is_bookkeeping
from zoll.judge.carried import Carried
from zoll.judge.manner import manners
from zoll.model import Change, Fact, Hunk, Reading

SMALL, LARGE = 3, 40
FEW, MANY = 3, 12
# The same change in this many other hunks is a refactoring, not something smuggled in.
ELSEWHERE = 3
# What documents say in words that could name a thing of the program.
NAME = re.compile(r"[A-Za-z_][\w.-]{2,60}\w")
QUOTED = re.compile(r"`([^`]{3,80})`")
LONG_NAME = 6  # a shorter one stands in a test by chance
WORD = re.compile(r"[A-Za-z_][\w-]{3,60}")
# A word that more changes than this bring is one of the language, or of the whole program.
CROWD = 12
SPOKEN = {"environment", "option", "endpoint", "dependency", "comparison", "account", "command"}


class Surroundings:
    """Counts over all changes of one upgrade, from which the circumstances of each hunk follow."""

    def __init__(self, changes: Sequence[Change], always: Iterable[str] = ()) -> None:
        self.always = tuple(always)
        self.hunks = Counter[tuple[str, ...]]()
        self.folders = Counter[str]()
        self.facts = Counter[Fact]()
        documents = [reading.fact.value for change in changes if _documents(change) for reading in _spoken(change)]
        self.told = frozenset(word.lower() for text in documents for word in NAME.findall(text))
        self.quoted = frozenset(
            word.lower() for text in documents for quoted in QUOTED.findall(text) for word in NAME.findall(quoted)
        )
        self.tested = frozenset(
            word.lower()
            for change in changes
            if _is(change, "test")
            for hunk in change.hunks
            for word in WORD.findall(hunk.after)
        )
        self.carried = Carried(changes)
        self._came = _words_that_came(changes)
        self.brought = Counter(word for change in changes for word in self._of(change))
        for change in changes:
            hops = change.pair.place.hops
            places = sum(hunk.folded.places for hunk in change.hunks)
            self.hunks[hops] += places
            self.folders[_folder(hops)] += places
            for hunk in change.hunks:
                self.facts.update(_telling(hunk))
        self.total = sum(self.hunks.values())

    def circumstances(self, change: Change, hunk: Hunk) -> tuple[Fact, ...]:
        """Return the circumstance facts of one hunk."""
        return tuple(Fact("circumstance", word) for word in self._words(change, hunk))

    def _words(self, change: Change, hunk: Hunk) -> Iterable[str]:
        yield from self.always
        pair = change.pair
        if pair.old is None:
            yield "added-function" if pair.by == "added-function" else "added"
        elif pair.new is None:
            yield "removed"
        else:
            yield from self._between(change, hunk)
        if is_bookkeeping(change, hunk):
            yield "bookkeeping"
        if _size(hunk) >= LARGE:
            yield "large"
        if self._told(change, hunk):
            yield "told"
        if self.tested and not _is(change, "test") and self._tested(change, hunk):
            yield "tested"
        if hunk.before or hunk.after:
            yield self._link(hunk)
        yield from self.carried.words(change, hunk)
        if pair.old is not None and pair.new is not None:
            yield from manners(hunk)
        telling = _telling(hunk)
        if telling:
            rarest = min(self.facts[fact] for fact in telling)
            yield from (["everywhere"] if rarest > ELSEWHERE else ["repeated"] if rarest > 1 else [])

    def _of(self, change: Change) -> set[str]:
        """Return the words that a change brings: those of its hunks that did not stand there before."""
        return set().union(*(self._came[id(hunk)] for hunk in change.hunks))

    def _link(self, hunk: Hunk) -> str:
        """Say whether other changes bring the same words as this hunk, as the parts of one piece of work do."""
        words = self._came[id(hunk)]
        if not words:
            return "wordless"
        shared = sum(2 <= self.brought[word] <= CROWD for word in words)
        return "linked" if shared > 1 else "half-linked" if shared else "unlinked"

    def _told(self, change: Change, hunk: Hunk) -> bool:
        """Say whether a document newly names what the hunk is about, or quotes a name that its code uses."""
        if not self.told.isdisjoint(_names(change, hunk)):
            return True
        if not self.quoted:
            return False
        return any(word.lower() in self.quoted for word in self._came[id(hunk)])

    def _tested(self, change: Change, hunk: Hunk) -> bool:
        """Say whether tests of this upgrade newly name what the hunk is about."""
        names = _gained_names(hunk) if change.pair.old else _names(change, hunk)
        return any(len(name) >= LONG_NAME and name in self.tested for name in names)

    def _between(self, change: Change, hunk: Hunk) -> Iterable[str]:
        """Yield what only a change of something that stood before can be."""
        yield "replaced" if hunk.old[0] and hunk.gained else "inserted" if hunk.gained else "deleted"
        if change.pair.by in {"digest", "likeness"} and not change.pair.place.address:
            yield "moved"
        if 0 < _size(hunk) <= SMALL:  # a change without lines has no size to speak of
            yield "small"
        hops = change.pair.place.hops
        if len(change.hunks) == change.hunks[0].folded.places == 1:
            yield "only-hunk"
        if self.hunks[hops] == 1:
            yield "lonely-file"
        if self.folders[_folder(hops)] == 1:
            yield "lonely-folder"
        hunks = self.hunks[hops]
        if change.pair.place.address:  # a program is one file, however many people wrote it
            return
        yield "few-in-file" if hunks <= FEW else "many-in-file" if hunks > MANY else "some-in-file"


def _words_that_came(changes: Iterable[Change]) -> dict[int, tuple[str, ...]]:
    """Return, by the hunk's id, the words that did not stand there before; a word of many hunks is held once."""
    words: dict[str, str] = {}
    return {
        id(hunk): tuple(words.setdefault(word, word) for word in _words_beyond(hunk.before, hunk.after))
        for change in changes
        for hunk in change.hunks
    }


def _words_beyond(before: str, after: str) -> set[str]:
    return set(WORD.findall(after)).difference(WORD.findall(before))


def _telling(hunk: Hunk) -> set[Fact]:
    """Return the facts that tell one hunk from another."""
    return {reading.fact for side in (hunk.gained, hunk.lost) for reading in side if reading.fact.kind != "statement"}


def _documents(change: Change) -> bool:
    return _is(change, "documentation")


def _is(change: Change, role: str) -> bool:
    return any(fact.kind == "role" and fact.value == role for fact in change.standing)


def _spoken(change: Change) -> Iterable[Reading]:
    """Yield what a document newly says."""
    return (reading for reading in change.gained if reading.fact.kind in {"document", "line"})


def _names(change: Change, hunk: Hunk) -> Iterable[str]:
    """Yield the names by which a document could speak of a hunk."""
    yield change.pair.place.symbol.rsplit(".", 1)[-1].lower()
    yield from _gained_names(hunk)


def _gained_names(hunk: Hunk) -> Iterable[str]:
    for reading in hunk.gained:
        if reading.fact.kind in SPOKEN:
            yield reading.fact.value.lower()
        elif reading.fact.kind == "gate":
            yield reading.fact.trait("literal").lower()


def _folder(hops: tuple[str, ...]) -> str:
    return "!/".join(hops).rpartition("/")[0]


def _size(hunk: Hunk) -> int:
    return hunk.folded.lines or max(_length(hunk.old), _length(hunk.new))


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0] + 1 if span[0] else 0
