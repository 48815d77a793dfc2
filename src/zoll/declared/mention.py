"""Whether the notes speak of a thing: clearly, by its name however it is spelled, or vaguely, by words like its parts.

A name's parts are what case and separators cut it into, so that `maxConn`, `max-conn` and "max conn" are one. A vague
match also takes inflected and shortened words (`conf`, "configuration") and the terms of other languages' notes.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Container, Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from msgspec import Struct

from zoll.model import Note

PART = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_A-Za-z]+")
ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ingly",
    "ings",
    "ing",
    "ions",
    "ion",
    "ers",
    "er",
    "ed",
    "es",
    "ly",
    "s",
)
STEM = 4
PREFIX = 3


class Said:
    """The notes of an upgrade, ready to be asked."""

    def __init__(self, notes: Iterable[Note], words: Iterable[str] | None = None) -> None:
        """Make the notes ready to be asked for `words`, or for anything."""
        self.notes: Sequence[Note] = list(notes)
        texts = [parts_of(note.words) for note in self.notes]
        self._texts = [_row(parts) for parts in texts]
        asked = {part for word in words for part in parts_of(word)} if words is not None else None
        forms = {form for part in asked for form in _forms(part)} if asked is not None else None
        self._known: dict[str, tuple[str, Note | None]] = {}
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._loose: dict[str, set[int]] = defaultdict(set)
        dull: set[str] = set()  # parts that nobody asks for
        for index, parts in enumerate(texts):
            for part in set(parts) - dull:
                known_by = [form for form in _forms(part) if forms is None or form in forms]
                for form in known_by:
                    self._loose[form].add(index)
                if asked is None or part in asked:
                    self._exact[part].add(index)
                elif not known_by:
                    dull.add(part)
            for concept in _concepts(self.notes[index].words, forms):
                self._loose[concept].add(index)

    def find(self, word: str) -> tuple[str, Note | None]:
        """Return `clear`, `vague` or "" with the note that speaks of a word, the first one of the best."""
        if word not in self._known:
            self._known[word] = self._find(word)
        return self._known[word]

    def _find(self, word: str) -> tuple[str, Note | None]:
        parts = parts_of(word)
        if not parts or not self.notes:
            return "", None
        clear = sorted(self._all(parts, self._exact))
        row = _row(parts)
        held = next((index for index in clear if row in self._texts[index]), None)
        if held is not None:
            return ("clear" if _telling(parts) or self._spells(word, held) else "vague"), self.notes[held]
        vague = (
            sorted(self._all(parts, self._loose))
            if any(len(part) >= PREFIX and not part.isdigit() for part in parts)
            else []
        )
        return ("vague", self.notes[vague[0]]) if vague else ("", None)

    def _spells(self, word: str, index: int) -> bool:
        """Say whether a note spells a name of several parts as the program does."""
        name = word.strip("-_ ").lower()
        return not name.isalnum() and " " not in name and name in self.notes[index].words.lower()

    def _all(self, parts: Sequence[str], index: dict[str, set[int]]) -> set[int]:
        found = [
            set().union(*(index.get(form, ()) for form in (_forms(part) if index is self._loose else (part,))))
            for part in parts
        ]
        return set.intersection(*found) if found else set()


@lru_cache(maxsize=65536)
def parts_of(name: str) -> tuple[str, ...]:
    """Return the parts of a name or text, in lower case.

    >>> parts_of("maxConnCount"), parts_of("--max-conn"), parts_of("X_TLS13")
    (('max', 'conn', 'count'), ('max', 'conn'), ('x', 'tls', '13'))
    """
    return tuple(map(str.lower, PART.findall(name)))


def _row(parts: Sequence[str]) -> str:
    """Return parts one after the other as one text, which stands in that of a note where they do; none has a blank."""
    return f" {' '.join(parts)} "


def _telling(parts: Sequence[str]) -> bool:
    """Say whether a name is more than one common word, so that it does not stand in a text by chance."""
    rare = [part for part in parts if part not in _table().common and not (part.isdigit() and len(part) < 4)]
    return bool(rare) and (len(parts) > 1 or len(parts[0]) > PREFIX)


@lru_cache(maxsize=65536)
def _forms(part: str) -> tuple[str, ...]:
    """Return what a part is known by: its stem, what it shortens or stands for."""
    forms = {_stem(part), *_table().short.get(part, ())}
    return tuple(sorted({*forms, *(_stem(form) for form in forms)}))


def _stem(part: str) -> str:
    for ending in ENDINGS:
        if part.endswith(ending) and len(part) - len(ending) >= STEM:
            return part[: -len(ending)]
    return part


def _concepts(words: str, forms: Container[str] | None) -> set[str]:
    """Return the English concepts that a text in another language names, those of the asked `forms` or all."""
    text = words.lower()
    terms = _table().plain_terms if text.isascii() else _table().terms
    return {concept for term, concept in terms.items() if (forms is None or concept in forms) and term in text}


def common(word: str) -> bool:
    """Say whether a lower-case word stands in many notes by chance."""
    return word in _table().common


class _Table(Struct, frozen=True):
    """Common words, what shortened words stand for, and the stem of the English concept of foreign terms."""

    common: frozenset[str]
    short: dict[str, tuple[str, ...]]
    terms: dict[str, str]
    plain_terms: dict[str, str]  # those that a text in ASCII can hold


@cache
def _table() -> _Table:
    plain = tomllib.loads((files("zoll.declared") / "mention.toml").read_text(encoding="utf-8"))
    short = {short: tuple(long.split()) for short, long in plain["short"].items()}
    terms = {term: _stem(english) for english, terms in plain["terms"].items() for term in terms}
    ascii_only = {term: english for term, english in terms.items() if term.isascii()}
    return _Table(frozenset(plain["common"]["words"].split()), short, terms, ascii_only)
