"""What the notes themselves say against a claim: a later step of the same upgrade may have undone an earlier one."""

from collections import Counter
from collections.abc import Iterable

from zoll.declared.spelling import spellings
from zoll.declared.tokens import grammar, tokens_of
from zoll.model import Claim, Note

STEPS = 300  # fresh notes of one log from which on it tells every step, what was undone included


class Undoing:
    """The fresh notes, asked for doubts."""

    def __init__(self, notes: Iterable[Note], *, partial: bool = False) -> None:
        """Take the notes; `partial` says that the release is one of several made from what its logs speak of."""
        self._partial = partial
        fresh = [note for note in notes if note.fresh]
        self._steps = Counter(note.at.hops for note in fresh)
        self._undoing = [(note.words, note.words.lower()) for note in fresh if _undoes(note.words)]

    def doubt(self, claim: Claim) -> str:
        """Return why a claim may be true in spite of all, "" without a reason."""
        if self._partial and claim.note.by == "release" and claim.kind in {"added", "fixed"}:
            return "the log speaks of more than this package"
        if claim.kind not in {"added", "removed"}:
            return ""
        if self._steps[claim.note.at.hops] > STEPS:
            return "the log tells every step of a long way: a later one may have undone it"
        words = spellings(claim.subject)
        own = claim.note.words
        if any(said != own and any(word in low for word in words) for said, low in self._undoing):
            return "another note speaks of it as renamed, moved or undone"
        return ""


def _undoes(words: str) -> bool:
    return any(token.kind == "word" and token.low in grammar().undoing for token in tokens_of(words))
