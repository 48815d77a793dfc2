"""Both releases as claims are held against them: where words stand outside the notes, and which of their lines went."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from zoll.declared.notes import is_log
from zoll.declared.spelling import bare
from zoll.declared.traces import TOO_MANY, Beside, Trace, beside_in_text
from zoll.model import Change, Part

# Descriptions of packages hold the notes once more.
DESCRIPTION = re.compile(r"(?:^|/)(?:PKG-INFO|METADATA)\Z")
TEST = re.compile(r"(?:^|/)(?:tests?|testing|testdata|spec|fixtures?|examples?|samples?)/", re.IGNORECASE)
PAPERS = re.compile(r"(?:^|/)(?:docs?|documentation|man)/", re.IGNORECASE)
OPAQUE = ("unseen", "container/", "executable/")


class Lines(Struct, frozen=True):
    """How many lines that hold a word went and came, of how many in the old files that changed.

    `sure` is False where there were too many to tell.
    """

    lost: int
    gained: int
    old: int
    sure: bool

    @property
    def mostly_gone(self) -> bool:
        """Say whether at least half of them went for good."""
        return self.sure and (self.lost - self.gained) * 2 >= self.old > 0


class Ground:
    """Two releases; `traces` by digest, their words by number in `words`; `logs` are the places of notes."""

    def __init__(
        self,
        old: Iterable[Part],
        new: Iterable[Part],
        words: Sequence[str],
        traces: Mapping[str, Trace],
        logs: Collection[tuple[str, ...]] = (),
    ) -> None:
        self.sides: dict[str, list[Part]] = {
            side: [part for part in parts if not is_told(part, logs)] for side, parts in (("old", old), ("new", new))
        }
        self._traces = traces
        self._number = {word: number for number, word in enumerate(words)}
        digests = {side: {part.digest for part in parts} for side, parts in self.sides.items()}
        self.changed = digests["old"] ^ digests["new"]
        self._named: dict[str, dict[str, list[Part]]] = {side: _named(parts) for side, parts in self.sides.items()}
        self._holding: dict[str, dict[int, list[Part]]] = {}
        for side, parts in self.sides.items():
            holding = self._holding[side] = defaultdict(list)
            for part in parts:
                trace = traces.get(part.digest)
                for number in trace.lines if trace else ():
                    holding[number].append(part)
        # What no worker could look through may hold any word.
        self.unseen = [part for part in self.sides["new"] if part.size and part.digest not in traces]
        self.open = not self.unseen and all(not part.kind.startswith(OPAQUE) for part in self.sides["new"])

    def holding(self, side: str, words: Iterable[str], *, papers: bool = False) -> list[Part]:
        """Return the parts that hold one of the words; without `papers` no documents."""
        numbers = [self._number[word] for word in words if word in self._number]
        found = {part.place: part for number in numbers for part in self._holding[side].get(number, ())}
        return [part for _, part in sorted(found.items()) if papers or not is_paper(part)]

    def named(self, side: str, subject: str) -> list[Part]:
        """Return the files that are called so, or lie in a folder called so."""
        return self._named[side].get(bare(subject.strip("/").rsplit("/", 1)[-1]), [])

    def lines(self, words: Iterable[str], kinds: tuple[str, ...] = ("",), *, tests: bool = True) -> Lines:
        """Return how many lines with one of the words went and came, documents aside, wherever they stood.

        `kinds` are beginnings of the kinds of parts that count, `tests` says whether tests do.
        """
        counts: dict[str, Counter[int]] = {}
        numbers = [self._number[word] for word in words if word in self._number]
        for side, parts in self.sides.items():
            changed = [part for part in parts if part.digest in self.changed and part.kind.startswith(kinds)]
            digests = {part.digest for part in changed if not is_paper(part) and (tests or not is_test(part))}
            counts[side] = Counter(
                line
                for digest in sorted(digests)
                for number in numbers
                if (trace := self._traces.get(digest))
                for line in trace.lines.get(number, ())
            )
        sure = not any(TOO_MANY in count for count in counts.values())
        old, new = counts["old"], counts["new"]
        return Lines((old - new).total(), (new - old).total(), old.total(), sure)

    def versions(self, side: str, words: Collection[str]) -> Iterator[tuple[Part, Beside]]:
        """Yield the versions that stand beside one of the words, in files or in their paths."""
        for part in self.sides[side]:
            trace = self._traces.get(part.digest)
            for word in words:
                for beside in trace.versions.get(self._number.get(word, -1), ()) if trace else ():
                    yield part, beside
            for beside in beside_in_text(part.place.path, words):
                yield part, beside


def is_paper(part: Part) -> bool:
    """Say whether a part only speaks to people, or was made from what does."""
    made = part.kind.startswith(("data/", "text/", "config/")) and PAPERS.search(part.place.path)
    return part.kind.startswith("document/") or bool(made)


def is_told(part: Part, logs: Collection[tuple[str, ...]] = ()) -> bool:
    """Say whether a part holds notes, which must not bear witness for themselves."""
    return part.place.hops in logs or is_log(part.place) or bool(DESCRIPTION.search(part.place.path))


def is_test(part: Part) -> bool:
    """Say whether a part belongs to tests or examples."""
    return bool(TEST.search(part.place.path))


def symbols(changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Return the changes of functions by their bare names."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        symbol = change.pair.place.symbol
        if symbol:
            found[bare(re.split(r"[.:]", symbol.split("(", 1)[0])[-1])].append(change)
    return found


def _named(parts: Iterable[Part]) -> dict[str, list[Part]]:
    named: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        pieces = part.place.path.split("/")
        names = {bare(piece) for piece in pieces} | {bare(pieces[-1].split(".", 1)[0])}
        for name in names - {""}:
            named[name].append(part)
    return named
