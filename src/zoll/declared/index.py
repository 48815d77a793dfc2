"""Where the words of an upgrade's changes stand: in the old release, and elsewhere in the new one."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

from zoll.declared.descriptions import Described, Interface
from zoll.declared.finder import Finder, spoken, whole_word
from zoll.declared.lookup import noted
from zoll.declared.mention import Said
from zoll.declared.sites import site_of
from zoll.declared.words import text_of, word_of
from zoll.model import Change, Declaration, Hunk, Part, Place, Reading

VERSION = re.compile(r"\d+(?:[._]\d+)+\S*")
# A word that short, or that stands in more files, stands there by chance and declares nothing.
SHORTEST_DECLARED = 5
MOST_DECLARING = 20
WORDS_CLIP, LONGEST_LINE = 200, 2_000
LINE_END = re.compile(rb"\n")
PLAIN = re.compile(r"(?<![\w.(])[A-Za-z][a-z]+(?![\w(])")  # a word of a sentence, no call
# How texts speak of a number as a port: "TCP port 4711", `listen = 4711`, 4711/udp, host:4711.
PORT = (
    r"(?:\bports?|\btcp|\budp|listen\w{0,4})[^\w\n]{1,8}(?:(?:port|number|is|on|to|at)[^\w\n]{1,4}){0,3}+NUMBER\b"
    r"|\bNUMBER/(?:tcp|udp)\b|[\w\]]:NUMBER\b"
)
# Facts that a path, a parameter or a header of an interface can be.
OFFERED = frozenset({"string", "comparison", "gate", "endpoint"})
MANY, MOST_LOST, MOST_BUILT = 64, 8_000, 12
# A program of JavaScript in one of the forms that it ships in: source, builds for several kinds of modules, types.
_BUILT = re.compile(
    r"([^/.]{1,80}(?:\.(?!min|umd|esm?|cjs|d\b)[^/.]{1,40})*)(?:\.(?:min|umd|esm?|cjs|d))*\.[cm]?[jt]sx?(?:\.map)?"
)
# Where a release speaks to people, best first.
SPEAKING = re.compile(
    r"(changelog|changes|news|release|history)"
    r"|(\.(md|rst|txt|[1-8]|html|adoc|pod|texi|xml)$|^docs?/|readme|usage|help|man/)"
    r"|(\.(ya?ml|json|toml|ini|conf|cfg|env)$)",
    re.IGNORECASE,
)


class Presence:
    """The files of one side that hold a word."""

    def __init__(self) -> None:
        self.files: set[Place] = set()
        self.components: set[str] = set()

    def add(self, place: Place, home: str) -> None:
        """Note a file of a component."""
        self.files.add(place)
        self.components.add(home)


class Index:
    """An outlook (see `judge.findings.Outlook`) over both releases.

    `found` gives for a digest the words that its bytes hold; `read` gives the bytes of a digest, for the few
    questions that need lines; `said` are the fresh notes, `interface` what descriptions of interfaces offer.
    """

    def __init__(
        self,
        old: Iterable[Part],
        new: Iterable[Part],
        found: Mapping[str, Iterable[str]],
        read: Callable[[str], bytes],
        said: Said | None = None,
        interface: Interface | None = None,
    ) -> None:
        self._said = said or Said(())
        self._interface = interface or Interface()
        self._old = _presence(old, found)
        self._new = _presence(new, found)
        self._digests = {part.place: part.digest for part in new}
        self._read = lru_cache(maxsize=64)(lambda digest: spoken(read(digest)))
        self._lower = lru_cache(maxsize=8)(lambda digest: self._read(digest).lower())
        self._starts = lru_cache(maxsize=8)(lambda digest: _starts(self._lower(digest)))
        self._line = lru_cache(maxsize=1 << 14)(self._found)
        self._change: Change | None = None
        self._mentions: dict[str, int] = {}
        self._rest: bytes | None = None
        self._held: frozenset[str] = frozenset()
        self._lost = ""

    def newness(self, change: Change, reading: Reading) -> int:
        """Return 0 to 4, see `judge.scene.Seen`."""
        word = word_of(reading.fact)
        if not word or _unspoken(change, word):
            return 1
        presence = self._old.get(word)
        if presence is None:
            return 3 if self._old.get(site_of(reading.fact)) else 4
        at = change.pair.old.place if change.pair.old else change.pair.place
        if component(at) not in presence.components:
            return 3
        return 1 if Place(at.hops) in presence.files else 2

    def mentions(self, change: Change, reading: Reading) -> int:
        """Return how many other files (and this one, outside the change) mention the reading's word.

        What an executable held before is no news of one function: compilers draw comparisons from one into another.
        Neither is a word of what a change of source lost: `run("lsmod | grep vbox")` may look for `vbox` by itself now.
        """
        word = word_of(reading.fact)
        offered = self._offered(change, reading) is not None
        if not word or _unspoken(change, word):
            return 1 if offered else -1
        if change is not self._change:  # a change's readings are asked about in a row
            self._change, self._mentions, self._rest, self._lost = change, {}, None, _lost(change)
        if word not in self._mentions:
            self._mentions[word] = self._elsewhere(word, change)
        explained = bool(reading.fact.trait("help") or reading.fact.trait("known"))
        told = self._mentions[word] + explained + offered
        if told or self.newness(change, reading) != 1:
            return told
        return int(bool(change.pair.place.address) or _holds(self._lost, word))

    def declarations(self, change: Change, reading: Reading) -> Iterable[Declaration]:
        """Return the release's own words: of a description that offers it, or the line that mentions it.

        Documents come first; none of a word that is common.
        """
        if offered := self._offered(change, reading):
            yield Declaration(reading.fact, offered.words, offered.at)
            return
        word = word_of(reading.fact)
        presence = self._new.get(word) if word else None
        if presence is None or len(presence.files) > MOST_DECLARING:
            return
        others = _others(presence.files, Place(change.pair.place.hops))
        if reading.fact.kind == "endpoint" and word.isdecimal():
            yield from self._port(reading, word, others)
            return
        if len(word) < SHORTEST_DECLARED:
            return
        if others:
            best = min(others, key=lambda place: (_speaking(place), place))
            line, words = self._line(word, best)
            yield Declaration(reading.fact, words, best.at(line))
        elif help_text := self._help(word, change):
            line, words = help_text
            yield Declaration(reading.fact, words, Place(change.pair.place.hops).at(line))

    def noted(self, change: Change, hunk: Hunk) -> str:
        """Return `clear` or `vague` when the notes of this upgrade speak of what a hunk brings, else ""."""
        return noted(change, hunk, self._said)

    def _offered(self, change: Change, reading: Reading) -> Described | None:
        """Return what a description offers under the reading's name; none bears witness for itself."""
        offered = self._interface.find(text_of(reading.fact)) if reading.fact.kind in OFFERED else None
        return offered if offered and offered.at.hops != change.pair.place.hops else None

    def _port(self, reading: Reading, word: str, others: Iterable[Place]) -> Iterator[Declaration]:
        """Yield the best line that speaks of a number as a port; as a number alone it says nothing."""
        port = re.compile(PORT.replace("NUMBER", re.escape(word)), re.IGNORECASE)
        for place in sorted(others, key=lambda place: (_speaking(place), place)):
            text = self._read(self._digests[place]).decode("utf-8", "replace")
            if found := port.search(text):
                start, line = text.rfind("\n", 0, found.end()) + 1, text.count("\n", 0, found.end()) + 1
                words = text[start:].partition("\n")[0][:WORDS_CLIP].strip()
                yield Declaration(reading.fact, words, place.at(line))
                return

    def _help(self, word: str, change: Change) -> tuple[int, str] | None:
        """Return the line of the changed file's own help text that explains a word, outside of the change."""
        if change is not self._change or self._rest is None or change.pair.place.address:
            return None
        at = whole_word(word.lower().encode("utf-8", "replace"), self._rest)
        line = self._rest.count(b"\n", 0, max(at, 0)) + 1
        said = self._read(self._digests[Place(change.pair.place.hops)]).split(b"\n")[line - 1][:LONGEST_LINE]
        words = said.decode("utf-8", "replace").strip()
        after = words.lower().partition(word.lower())[2]
        explains = after[:1] not in {"", '"', "'"} and len(PLAIN.findall(after)) > 1
        return (line, words[:WORDS_CLIP]) if at >= 0 and explains else None

    def _elsewhere(self, word: str, change: Change) -> int:
        presence = self._new.get(word)
        if presence is None:
            return 0
        own = Place(change.pair.place.hops)
        here = own in presence.files
        return len(_others(presence.files, own)) + (here and self._in_rest(word, own, change))

    def _in_text(self, word: str, own: Place, change: Change) -> bool:
        """Say whether another text of the changed executable speaks to people of the word: its help, say."""
        data, folded = self._lower(self._digests[own]), word.lower().encode("utf-8", "replace")
        brought = {reading.fact.value.lower() for reading in change.gained}
        at = whole_word(folded, data)
        for _ in range(MANY):
            if at < 0:
                return False
            start, end = data.rfind(b"\0", 0, at) + 1, data.find(b"\0", at)
            said = data[start:end][:LONGEST_LINE].decode("utf-8", "replace")
            if said not in brought and len(PLAIN.findall(said.replace(word.lower(), " "))) > 1:
                return True
            at = whole_word(folded, data, at + 1)
        return True  # that common, it is no secret

    def _in_rest(self, word: str, own: Place, change: Change) -> bool:
        """Say whether the changed file mentions the word outside the change's own hunks."""
        if change.pair.place.address:
            return self._in_text(word, own, change)
        if self._rest is None:
            self._rest = self._outside(self._digests[own], [hunk.new for hunk in change.hunks])
            if len(change.hunks) >= MANY:  # a catalogue of messages has thousands: look for all of them at once
                words = sorted({word_of(reading.fact) for hunk in change.hunks for reading in hunk.gained} - {""})
                self._held = frozenset(words[index] for index in Finder(words).within(self._rest))
        if len(change.hunks) >= MANY:
            return word in self._held
        return whole_word(word.lower().encode("utf-8", "replace"), self._rest) >= 0

    def _outside(self, digest: str, spans: Iterable[tuple[int, int]]) -> bytes:
        """Return a file in lower case with the lines of some hunks blanked."""
        data, starts, done = self._lower(digest), self._starts(digest), 0
        pieces: list[bytes] = []
        for begin, end in sorted(spans):
            first, last = max(begin, done + 1), min(end, len(starts) - 1)
            if begin and first <= last:
                pieces += [data[starts[done] : starts[first - 1]], b"\n" * (last - first + 1)]
                done = last
        return b"".join((*pieces, data[starts[done] :]))

    def _found(self, word: str, place: Place) -> tuple[int, str]:
        data = self._read(self._digests[place])
        at = max(whole_word(word.lower().encode("utf-8", "replace"), self._lower(self._digests[place])), 0)
        start = data.rfind(b"\n", 0, at) + 1
        end = data.find(b"\n", at)
        line = data[max(start, at - WORDS_CLIP // 2) : end if end >= 0 else None][:WORDS_CLIP]
        return data.count(b"\n", 0, at) + 1, line.decode("utf-8", "replace").strip()


@lru_cache(maxsize=1 << 14)
def is_built_of(one: str, other: str) -> bool:
    """Tell whether two files are one program in two forms, as builds of JavaScript put them side by side.

    >>> is_built_of("src/client.ts", "dist/main/client.js"), is_built_of("src/client.ts", "docs/client.md")
    (True, False)
    """
    sides = [_BUILT.fullmatch(path.rpartition("/")[2]) for path in (one, other)]
    return bool(sides[0] and sides[1] and sides[0][1] == sides[1][1])


def _others(files: Collection[Place], own: Place) -> set[Place]:
    """Return the files beside a changed one; what was built of it, or it of that, bears no witness for it."""
    others = set(files) - {own}
    return others if len(others) > MOST_BUILT else {one for one in others if not is_built_of(own.path, one.path)}


def _lost(change: Change) -> str:
    """Return the texts that a change lost, as much of them as is looked through for a word."""
    texts = (one.fact.value for one in change.lost if one.fact.kind == "string")
    return "\n".join(islice(texts, MANY))[:MOST_LOST].lower()


def _holds(text: str, word: str) -> bool:
    word = word.lower()
    return word in text and bool(re.search(rf"(?<![\w.-]){re.escape(word)}(?![\w.-])", text))


def _unspoken(change: Change, word: str) -> bool:
    """Say whether a word is a number or a value of machine code, which stands in no text even where source names it."""
    return bool(change.pair.place.address) and (word.lstrip("-").isdecimal() or word.endswith(("_result", "_out")))


def _starts(data: bytes) -> list[int]:
    """Return where each line begins, and where one more would."""
    return [0, *(found.end() for found in LINE_END.finditer(data)), len(data) + 1]


@lru_cache(maxsize=1 << 16)
def component(place: Place) -> str:
    """Return the folder of a place, its version numbers taken out so that both releases agree.

    >>> component(Place(("pkg-1.2/src/a.c",)))
    'pkg-/src'
    """
    return VERSION.sub("", "!/".join(place.hops).rpartition("/")[0])


def _presence(parts: Iterable[Part], found: Mapping[str, Iterable[str]]) -> dict[str, Presence]:
    presence: dict[str, Presence] = defaultdict(Presence)
    for part in parts:
        words = found.get(part.digest, ())
        home = component(part.place)
        for word in words:
            presence[word].add(part.place, home)
    return dict(presence)


@lru_cache(maxsize=1 << 16)
def _speaking(place: Place) -> int:
    met = SPEAKING.search(place.path)
    return met.lastindex or 9 if met else 9
