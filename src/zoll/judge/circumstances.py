"""What the shape of a change says, beside what was gained and lost.

Its size, its loneliness, whether its file is new.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from zoll.model import Change, Fact, Hunk

SMALL, LARGE = 3, 40


class Surroundings:
    """Counts over all changes of one upgrade, from which the circumstances of each hunk follow."""

    def __init__(self, changes: Sequence[Change]) -> None:
        self.hunks = Counter[tuple[str, ...]]()
        self.folders = Counter[str]()
        for change in changes:
            hops = change.pair.place.hops
            self.hunks[hops] += len(change.hunks)
            self.folders[_folder(hops)] += len(change.hunks)
        self.total = sum(self.hunks.values())

    def circumstances(self, change: Change, hunk: Hunk) -> tuple[Fact, ...]:
        """Return the circumstance facts of one hunk."""
        return tuple(Fact("circumstance", word) for word in self._words(change, hunk))

    def _words(self, change: Change, hunk: Hunk) -> Iterable[str]:
        pair = change.pair
        if pair.old is None:
            yield "added-function" if pair.by == "added-function" else "added"
        elif pair.new is None:
            yield "removed"
        elif pair.by in {"digest", "likeness"}:
            yield "moved"
        size = max(_length(hunk.old), _length(hunk.new))
        if pair.old is not None and size <= SMALL:
            yield "small"
        if size >= LARGE:
            yield "large"
        if pair.old is not None and pair.new is not None and len(change.hunks) == 1:
            yield "only-hunk"
            if self.hunks[pair.place.hops] == 1:
                yield "lonely-file"
                if self.folders[_folder(pair.place.hops)] == 1:
                    yield "lonely-folder"


def _folder(hops: tuple[str, ...]) -> str:
    return "!/".join(hops).rpartition("/")[0]


def _length(span: tuple[int, int]) -> int:
    return span[1] - span[0] + 1 if span[0] else 0
