"""The tokens of a note: words, marks, and the concrete things that it names."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from msgspec import Struct

LONGEST = 1_200
CJK = r"\u3040-\u30ff\u3400-\u9fff"
BORDER = re.compile(rf"(?<=[{CJK}])(?=[^{CJK}\s])|(?<=[^{CJK}\s])(?=[{CJK}])")
# Roles of reStructuredText, targets of Markdown links, addresses: dress, not words.
DRESS = re.compile(r":[\w:+-]{1,30}:(?=`)|\]\([^()\s]{1,300}\)|https?://\S{1,300}")
STRESS = re.compile(r"(?<![\w*])\*{1,2}([^*\s][^*]{0,60})\*{1,2}(?![\w*])")
TOKEN = re.compile(
    r"(?P<quoted>``[^`\n]{1,100}``|`[^`\n]{1,100}`|\"[^\"\n]{1,80}\"|(?<!\w)'[^'\s]{2,60}'(?!\w))"
    r"|(?P<advisory>\bCVE-\d{4}-\d{4,8}\b|\bGHSA(?:-[0-9a-z]{4}){3}\b)"
    r"|(?P<bug>#\d{1,8}\b)"
    r"|(?P<option>(?<![\w-])--[A-Za-z][\w-]{1,60})"
    r"|(?P<package>@?[A-Za-z][\w./-]{0,80}@v?\d[\w.+-]{0,40})"
    r"|(?P<function>[A-Za-z_][\w.:]{1,80}\(\))"
    r"|(?P<version>\bv?\d{1,8}(?:\.\d{1,8}){1,5}[\w.+~-]{0,30})"
    r"|(?P<path>(?<![\w/])~?/[\w.-]{1,60}(?:/[\w.{}:*-]{1,60}){1,8}"
    r"|(?<![\w/])[\w.-]{1,60}(?:/[\w.-]{1,60}){1,8}\.[A-Za-z]\w{0,5}\b)"
    r"|(?P<word>@?[^\W\d][\w.+-]*[\w+]|[^\W\d]|\w+)"
    r"|(?P<mark>->|[^\s\w])"
)
ENVIRONMENT = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\Z")
SNAKE = re.compile(r"_{0,2}[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+_{0,2}\Z")
CAMEL = re.compile(r"[a-z]{2,}(?:[A-Z][a-z0-9]{1,})+\Z")
DOTTED = re.compile(r"[A-Za-z_]\w+(?:\.[A-Za-z_]\w+)+\Z")
FILE = re.compile(r"[\w-]+(?:\.[\w-]+)*\.([A-Za-z]\w{0,9})\Z")
NAME = re.compile(r"[@$]?[A-Za-z_][\w$.:/@+-]{1,79}\Z")
KEYWORD = re.compile(r"[\w.]{1,60}\((?:\.\.\.,? ?)?(\w{2,40})=[^()]{0,40}\)\Z")
SETTING = re.compile(r"(--?[\w-]{2,40}|[\w.-]{2,60})(?:[ =]<[^<>]{1,40}>|=[^\s=]{0,40}|: \S{1,30})\Z")
OPTION = re.compile(r"--[A-Za-z][\w-]{1,60}\Z")
VERSION = re.compile(r"v?\d+(?:\.\d+)+\S*\Z")
# Plain shape: nothing but letters, so that it may stand anywhere as a common word.
PLAIN = re.compile(r"[A-Za-z]+\Z")


class Token(Struct, frozen=True):
    """One token: `kind` word, mark or one of the things; `text` as it is to be looked for, `low` for the tables."""

    kind: str
    text: str
    low: str = ""

    @property
    def thing(self) -> bool:
        """Say whether it names something concrete."""
        return self.kind not in {"word", "mark", "version", "bug", "advisory", "package"}


class Grammar(Struct, frozen=True):
    """The words of `claims.toml`, all languages together."""

    verbs: dict[str, str]
    openers: frozenset[str]
    auxiliaries: frozenset[str]
    fillers: frozenset[str]
    nouns: frozenset[str]
    things: frozenset[str]
    names: frozenset[str]
    to: frozenset[str]
    origin: frozenset[str]
    joints: frozenset[str]
    inside: frozenset[str]
    outside: frozenset[str]
    language: frozenset[str]
    endings: frozenset[str]
    undoing: frozenset[str]
    phrases: tuple[str, ...]
    marks: dict[int, str]
    chinese: re.Pattern[str]

    def between(self, word: str) -> bool:
        """Say whether a word may stand between a verb and its subject."""
        return word in self.fillers or word in self.nouns or word in self.things


@cache
def grammar() -> Grammar:
    """Return the words by which claims are read."""
    plain = tomllib.loads((files("zoll.declared") / "claims.toml").read_text(encoding="utf-8"))
    marks = {ord(mark): plainer for mark, plainer in plain.pop("marks").items()}
    verbs = {word: kind for kind, table in plain.pop("verbs").items() for word in _flat(table)}
    sets = {name: frozenset(_flat(table)) for name, table in plain.items()}
    sets["origin"] = sets.pop("from")
    everything = {*verbs, *(word for words in sets.values() for word in words)}
    chinese = sorted((word for word in everything if re.match(f"[{CJK}]", word)), key=lambda word: (-len(word), word))
    phrases = tuple(sorted(word for word in everything if " " in word))
    verbs = {word.replace(" ", "-"): kind for word, kind in verbs.items()}
    return Grammar(
        **sets, verbs=verbs, phrases=phrases, marks=marks, chinese=re.compile("|".join(map(re.escape, chinese)))
    )


def _flat(table: dict[str, list[str]]) -> list[str]:
    return [word for words in table.values() for word in words]


def tokens_of(words: str) -> list[Token]:
    """Return the tokens of a note."""
    text = unicodedata.normalize("NFKC", words[:LONGEST]).translate(grammar().marks)
    text = STRESS.sub(r"\1", DRESS.sub(" ", text)).replace("[`", " `")
    text = BORDER.sub(" ", text)
    text = grammar().chinese.sub(lambda met: f" {met[0]} ", text)
    for phrase in grammar().phrases:
        text = re.sub(re.escape(phrase), phrase.replace(" ", "-"), text, flags=re.IGNORECASE)
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for met in TOKEN.finditer(text):
        kind, said = met.lastgroup or "mark", met[0]
        if kind == "quoted":
            inner = subject_of(said.strip("`\"'"))
            yield Token("quoted", inner, inner.lower()) if inner else Token("word", "…", "…")
        elif kind == "word":
            yield from _word(said)
        else:
            yield Token(kind, said.removesuffix("()"), said.lower())


def _word(said: str) -> Iterator[Token]:
    kind = "word"
    ending = FILE.match(said)
    if ENVIRONMENT.match(said):
        kind = "environment"
    elif ending and ending[1].lower() in grammar().endings and _filelike(said):
        kind = "file"
    elif SNAKE.match(said) or (DOTTED.match(said) and "_" in said) or (CAMEL.match(said) and len(said) > 5):
        kind = "identifier"
    first, _, last = said.rpartition("-")
    if kind == "word" and first and grammar().between(last.lower()):  # Telnet-Server
        yield Token(kind, first, first.lower())
        said = last
    yield Token(kind, said, said.lower())


def _filelike(said: str) -> bool:
    """Tell files from products: Node.js is none."""
    return not (said[0].isupper() and said.lower().endswith(".js"))


def subject_of(said: str) -> str:
    """Return what to look for of words in quotes, "" where they are no name.

    >>> subject_of("--max-conn=N"), subject_of("Client(proxy=...)"), subject_of("foo bar"), subject_of("None")
    ('--max-conn', 'proxy', '', '')
    """
    said = said.strip().lstrip("~!").removesuffix("()").rstrip(".,:;")
    if met := KEYWORD.match(said) or SETTING.match(said):
        said = met[1]
    if said.lower() in grammar().language or VERSION.match(said):
        return ""
    if OPTION.match(said) or (said.startswith("/") and re.fullmatch(r"/[\w.{}:*/-]{2,80}", said)):
        return said
    return said if NAME.match(said) and len(said) > 2 else ""
