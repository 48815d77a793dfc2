"""What is weaker than what, from `tables/weaker.toml`: words, ladders, names."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files

from msgspec import Struct

_SPLIT = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_FOLD = re.compile(r"[-.:/ ]")
_PIECES = re.compile(r"[\w.-]{1,80}")
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F_]{1,32}|0[oO]?[0-7]{1,24}|\d{1,24})(?:[uUlL]{1,3}|_?[iu](?:8|16|32|64))?")
# What libraries put before the names of algorithms.
_LIBRARY = re.compile(
    r"(?:evp|nid|gcry_(?:md|mac|cipher)|gnutls_(?:dig|mac|cipher)|mbedtls_(?:md|cipher)|psa_alg)_(?=\w)"
)
_STEMS = 4


class Ladder(Struct, frozen=True):
    """Tiers from strong to weak, each the text of one expression; `value` names a step down."""

    name: str
    value: str
    tiers: tuple[str, ...]

    def tier(self, word: str) -> int:
        """Return the tier of a folded word, -1 for none."""
        return next((place for place, tier in enumerate(self.tiers) if _tier(tier).fullmatch(word)), -1)


@cache
def _tier(expression: str) -> re.Pattern[str]:
    return re.compile(expression)  # when it is asked first: most words are on no tier, which one pattern says of all


class Table(Struct, frozen=True):
    """The whole table."""

    ladders: tuple[Ladder, ...]
    words: dict[str, frozenset[str]]
    about: dict[str, str]

    def ladder(self, name: str) -> Ladder:
        """Return one ladder by its name."""
        return next(ladder for ladder in self.ladders if ladder.name == name)


@cache
def table() -> Table:
    """Return the table, read once."""
    raw = tomllib.loads(files("zoll.compare").joinpath("tables/weaker.toml").read_text("utf-8"))
    ladders = tuple(
        Ladder(
            row["name"],
            row["value"],
            tuple("|".join(f"(?:{word})" for word in tier) for tier in row["tiers"]),
        )
        for row in raw["ladder"]
    )
    about = {word: name for name, words in reversed(raw["about"].items()) for word in words}
    return Table(ladders, {name: frozenset(words) for name, words in raw["words"].items()}, about)


@lru_cache(maxsize=1 << 14)
def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name in lower case: `checkHostName_2` gives check, host, name, 2."""
    return tuple(word.lower() for word in _SPLIT.findall(name[:200]))


@lru_cache(maxsize=1 << 14)
def named(name: str, group: str) -> bool:
    """Tell whether a name has a word of a group; words of four letters or more also match as beginnings."""
    found, stems = table().words[group], _stems(group)
    return any(word in found or word.startswith(stems) for word in words_of(name))


@cache
def _stems(group: str) -> tuple[str, ...]:
    return tuple(stem for stem in table().words[group] if len(stem) >= _STEMS)


@lru_cache(maxsize=1 << 14)
def says(name: str, group: str) -> bool:
    """Tell whether a name has exactly a word of a group."""
    return any(word in table().words[group] for word in words_of(name))


@lru_cache(maxsize=1 << 14)
def about(text: str) -> str:
    """Return what a text speaks of (password, user, key, ...), "" when its names do not say."""
    classes = table().about
    found = {classes[word] for word in words_of(text) if word in classes}
    return next((name for name in _order() if name in found), "")


@cache
def _order() -> tuple[str, ...]:
    return tuple(dict.fromkeys(reversed(table().about.values())))


def fold(word: str) -> str:
    """Return a word as the ladders spell it."""
    return _FOLD.sub("_", word.strip("\"'`")).lower()


@lru_cache(maxsize=1 << 14)
def step_down(old: str, new: str) -> tuple[str, str]:
    """Return the value and the ladder of a step from a stronger to a weaker word, two empty texts for none."""
    for ladder, before, after in zip(table().ladders, _tiers(fold(old)), _tiers(fold(new)), strict=True):
        if 0 <= before < after:
            return ladder.value, ladder.name
    return "", ""


@lru_cache(maxsize=1 << 14)
def _tiers(word: str) -> tuple[int, ...]:
    word = _LIBRARY.sub("", word)
    if not _on_any().fullmatch(word):
        return (-1,) * len(table().ladders)
    return tuple(ladder.tier(word) for ladder in table().ladders)


@cache
def _on_any() -> re.Pattern[str]:
    """Return what matches the words of all tiers: most words are on none."""
    return re.compile("|".join(tier for ladder in table().ladders for tier in ladder.tiers))


def weak_words(text: str) -> frozenset[str]:
    """Return the words of a list (`HIGH:!MD5:RC4`) on the last tier of an algorithm ladder, struck out ones apart."""
    found = set()
    for match in _PIECES.finditer(text[:2000]):
        struck = match.start() > 0 and text[match.start() - 1] in "!-"
        word = fold(match.group())
        if not struck and _weakest(word):
            found.add(word)
    return frozenset(found)


def _weakest(word: str) -> bool:
    both = zip(table().ladders, _tiers(word), strict=True)
    return any(ladder.value == "algorithm" and tier == len(ladder.tiers) - 1 for ladder, tier in both)


def number(text: str) -> int | None:
    """Return the value of an integer literal as C, Python, Rust and shells write it, None for anything else."""
    text = text.strip().replace("_", "")
    if not _NUMBER.fullmatch(text):
        return None
    text = text.rstrip("uUlL")
    text = re.sub(r"[iu](?:8|16|32|64)$", "", text)
    if text.lower().startswith("0x"):
        return int(text, 16)
    if text.lower().startswith("0o"):
        return int(text[2:] or "0", 8)
    return int(text, 8) if len(text) > 1 and text.startswith("0") and "8" not in text and "9" not in text else int(text)


def any_named(names: Iterable[str], group: str) -> bool:
    """Tell whether one of the names has a word of a group."""
    return any(named(name, group) for name in names)


_TURNS = frozenset(
    {
        "no",
        "not",
        "non",
        "un",
        "dis",
        "skip",
        "ignore",
        "any",
        "allow",
        "weak",
        "insecure",
        "old",
        "min",
        "max",
        "default",
    }
    | {"optional", "without", "except", "never", "all"}
)


@lru_cache(maxsize=1 << 14)
def belongs(old: str, new: str) -> bool:
    """Tell whether a constant's name only got words that say whose it is, or lost such: `AUTH_OK`, `LIB_AUTH_OK`."""
    short, long = sorted((old.split("_"), new.split("_")), key=len)
    if len(short) == len(long) or short[-1] != long[-1] or len(short[-1]) < _STEMS - 1 or old.islower():
        return False  # `safe_join` that became `join` is another function
    rest = iter(long)
    if not all(word in rest for word in short):
        return False
    added = Counter(long) - Counter(short)
    return not any(word.lower() in _TURNS or word.isdigit() for word in added)
