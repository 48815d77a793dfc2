"""What fresh notes claim of the upgrade: removed, added, updated, fixed, and of which concrete thing.

Nothing is claimed by prose: between a verb at the beginning of a clause and its subject stand only words of
`claims.toml` ("Removed the insecure `--telnet` option", "OpenSSL wurde auf 3.0.14 aktualisiert").
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from zoll.declared.mention import common
from zoll.declared.tokens import PLAIN, Grammar, Token, grammar, tokens_of
from zoll.model import Claim, Note, Place

STARTS = frozenset(".;:!?)]*-")
ENDS = frozenset(".;!?")
MOST_OPENERS = 4
MOST_FILLERS = 7
MOST_NAME = 3
MOST_CLAIMS = 12  # of one note
NEAR = 4
DISABLED = "disabled"
NOT_AFFECTED = re.compile(r"\b(?:not|isn't|never|nicht) (?:affected|vulnerable|betroffen)|不受影响", re.IGNORECASE)
HEADING = 3


_SAYS = frozenset({"word", "identifier"})  # `devDependencies` is written like a name


def claims_of(notes: Iterable[Note], depths: Mapping[Place, int] | None = None) -> tuple[Claim, ...]:
    """Return what the fresh notes claim.

    `depths` are how far notes stand to the right: what stands beneath the update of a component speaks of that one.
    """
    depths = depths or {}
    found: list[Claim] = []
    above: list[tuple[int, bool]] = []
    heading, log = "", None
    for note in sorted(notes):
        if note.at.hops != log:
            heading, log, above = "", note.at.hops, []
        kind = _heading(note.words)
        if kind is not None:
            heading = kind
            continue
        depth = depths.get(note.at, 0)
        while above and above[-1][0] >= depth:
            above.pop()
        mine = list(_claims(note, heading))
        if note.fresh and not any(update for _, update in above):
            found += mine
        above.append((depth, any(claim.kind == "updated" for claim in mine)))
    first = {
        (claim.kind, claim.subject, claim.version, claim.note.words): claim for claim in sorted(found, reverse=True)
    }
    return tuple(sorted(first.values()))


def _heading(words: str) -> str | None:
    """Return the kind of claim that a heading announces ("Removed"), "" of other headings, None of what is none."""
    bare = words.strip(" :#*=-").lower()
    if len(bare.split()) > HEADING or any(mark in words for mark in "`\"'#@"):
        return None
    kind = grammar().verbs.get(bare.split(" ")[0], "") if bare else ""
    if kind in {"removed", "added"} and bare in grammar().verbs:
        return kind
    return "" if PLAIN.match(bare) or re.match(r"[\[(]?v?\d+(\.\d+)+", bare) else None


def _claims(note: Note, heading: str) -> Iterator[Claim]:
    tokens = tokens_of(note.words)
    reader = _Reader(note, tokens)
    claims = [*reader.advisories(), *reader.bugs()]
    starts = reader.starts()
    for start in starts:
        claims += reader.clause(start)
    if heading and not claims:
        claims += reader.objects(0, heading)
    yield from claims[:MOST_CLAIMS]


class _Reader:
    """Reads the clauses of one note."""

    def __init__(self, note: Note, tokens: Sequence[Token]) -> None:
        self.note = note
        self.tokens = tokens
        self.grammar: Grammar = grammar()

    def low(self, at: int) -> str:
        """Return a token for the tables, "" behind the end."""
        return self.tokens[at].low or self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def verb(self, at: int) -> str:
        """Return the kind of claim that a verb makes, "" of other tokens."""
        plain = 0 <= at < len(self.tokens) and self.tokens[at].kind == "word"
        return self.grammar.verbs.get(self.low(at), "") if plain else ""

    def starts(self) -> list[int]:
        """Return where clauses begin: behind marks, and at verbs behind a joint or in Chinese anywhere."""
        found = {0}
        for at, token in enumerate(self.tokens[:-1]):
            if token.kind == "mark" and token.text in STARTS:
                found.add(at + 1)
            if self.low(at) in self.grammar.joints and self.verb(at + 1):
                found.add(at + 1)
        return sorted(found)

    def clause(self, start: int) -> list[Claim]:
        """Return what a clause claims that begins here."""
        at = self._skip(start, self.grammar.openers, MOST_OPENERS)
        kind = self.verb(at)
        if kind and not self._outside(start):
            if kind == "updated":
                return self._updated(at + 1)
            if kind == "fixed":
                return self._inside(at + 1)
            return self.objects(at + 1, kind)
        if self._outside(start):
            return []
        return self._passive(start) or (self._inside(start) if self._ends_fixed(start) else [])

    def _ends_fixed(self, start: int) -> bool:
        """Say whether the sentence ends as German ones do: "... behoben"."""
        ends = (at for at in range(start, len(self.tokens)) if self.tokens[at].text in ENDS)
        return self.verb(next(ends, len(self.tokens)) - 1) == "fixed"

    def objects(self, at: int, kind: str) -> list[Claim]:
        """Return the subjects of a list that begins here."""
        found: list[Claim] = []
        at += self.low(at) == ":"
        while len(found) < MOST_CLAIMS:
            at = self._innermost(self._between(at))
            subject = self._subject(at, kind)
            if not subject or self.verb(at) or self._is_version(at + 1):
                break
            found.append(self._claim(kind, subject))
            at = self._between(at + 1, nouns=True)
            if self.low(at) not in self.grammar.joints or self.verb(at + 1):
                break
            at += 1
        return found

    def _passive(self, start: int) -> list[Claim]:
        at = self._skip(start, self.grammar.openers - self.grammar.nouns, 2)
        package = self.tokens[at] if at < len(self.tokens) else None
        if package and package.kind == "package":
            name, _, version = package.text.rpartition("@")
            return [self._claim("updated", name, version.lstrip("v"))]
        at = self._between(at)
        name, behind = self._name(at)
        if updated := self._updated_to(name, self._skip(behind, self.grammar.auxiliaries, 4)):
            return updated
        subject = self._subject(at, "removed")
        if not subject:
            return []
        at = self._between(at + 1, nouns=True)
        at = self._skip(at, self.grammar.auxiliaries, 4)
        kind = self.verb(at)
        adjective = self.low(at) in {"new", "neu", "neue", "nouvelle", "nuevo", "nueva"}
        return [self._claim(kind, subject)] if kind in {"removed", DISABLED, "added"} and not adjective else []

    def _updated_to(self, name: str, verb: int) -> list[Claim]:
        """Return the claim of "NAME was updated to VERSION", or with the version first ("auf 1.2 aktualisiert")."""
        if not name:
            return []
        if self.verb(verb) == "updated":
            version = self._version(verb + 1)
            return [self._claim("updated", name, version)] if version else []
        version = self._version(verb)
        at = self._skip(verb, self.grammar.to, 2) + 1
        at = self._skip(at, self.grammar.auxiliaries, 2)
        return [self._claim("updated", name, version)] if version and self.verb(at) == "updated" else []

    def _updated(self, at: int) -> list[Claim]:
        at += self.low(at) == ":"
        at = self._between(at)
        if at < len(self.tokens) and self.tokens[at].kind == "package":
            name, _, version = self.tokens[at].text.rpartition("@")
            return [self._claim("updated", name, version.lstrip("v"))]
        ahead = self._skip(at, self.grammar.to, 1)
        name, behind = self._name(ahead)
        version = self._version(behind) if name else ""
        if name and not version and ahead > at and self._is_version(behind):  # "upgrade to zlib 1.3.1"
            version = self.tokens[behind].text.lstrip("v")
        return [self._claim("updated", name, version)] if version else []

    def _name(self, at: int) -> tuple[str, int]:
        """Return the name of a component that begins here and where it ends."""
        words: list[str] = []
        stops = self.grammar.to | self.grammar.origin | self.grammar.auxiliaries
        while at < len(self.tokens) and len(words) < MOST_NAME:
            token = self.tokens[at]
            if token.kind not in {"word", "quoted", "identifier", "file"} or self.verb(at):
                break
            if token.low in stops:
                break
            if not self.grammar.between(token.low):
                words.append(token.text)
            at += 1
        return (" ".join(words) if all(re.search("[A-Za-z]{2}", word) for word in words) else ""), at

    def _version(self, at: int) -> str:
        """Return the version of "(from 1.1) to 1.2" or "1.1 -> 1.2", "" without a word before it."""
        if self.low(at) == "(":
            at += 1
        if self.low(at) in self.grammar.origin and self._is_version(at + 1):
            at += 2
        elif self._is_version(at) and self.low(at + 1) == "->":
            at += 1
        behind = at
        while behind < at + 4 and (self.low(behind) in self.grammar.to or self.low(behind) == "->"):
            behind += 1
        if behind == at or not self._is_version(behind):
            return ""
        return self.tokens[behind].text.lstrip("v").rstrip(".")

    def _is_version(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].kind == "version"

    def _inside(self, at: int) -> list[Claim]:
        """Return the place of "fixed an overflow in foo()", or what "fixed `Session.send` for ..." names."""
        direct = self._between(at)
        if direct < len(self.tokens) and self.tokens[direct].thing and not PLAIN.match(self.tokens[direct].text):
            return [self._claim("fixed", self.tokens[direct].text)]
        for here in range(at, len(self.tokens)):
            token = self.tokens[here]
            if token.kind == "mark" and token.text in ENDS:
                break
            telling = token.kind in {"function", "identifier", "file", "path"}
            if telling and any(self.low(back) in self.grammar.inside for back in range(max(at, here - 3), here)):
                return [self._claim("fixed", token.text)]
        return []

    def advisories(self) -> list[Claim]:
        """Return the numbered vulnerabilities that the note says to be fixed."""
        fixing = any(self.verb(at) in {"fixed", "updated"} for at in range(len(self.tokens)))
        first = next((token.kind for token in self.tokens if token.kind != "mark"), "")
        if NOT_AFFECTED.search(self.note.words) or not (fixing or first == "advisory" or self._patches()):
            return []
        return [self._claim("fixed", token.text) for token in self.tokens if token.kind == "advisory"]

    def _patches(self) -> bool:
        words = self.note.words.lower()
        return "security" in words or "patches/" in words or "sicherheit" in words or "安全" in words

    def bugs(self) -> list[Claim]:
        """Return the numbers of bugs directly behind a word for fixing."""
        found: list[Claim] = []
        last = -NEAR
        for at, token in enumerate(self.tokens):
            if token.kind == "bug" and at - last <= NEAR:
                found.append(self._claim("fixed", token.text))
                last = at
            elif self.verb(at) == "fixed":
                last = at
        return found

    def _subject(self, at: int, kind: str) -> str:
        if at >= len(self.tokens):
            return ""
        token = self.tokens[at]
        if token.thing:
            return token.text
        return token.text if token.kind == "word" and self._named(at, token, kind) else ""

    def _named(self, at: int, token: Token, kind: str) -> bool:
        """Say whether a plain word names one thing: a well-known one, or one that "the ... service" makes a name."""
        if token.low in self.grammar.names:
            return True
        if kind == "added" or len(token.low) < 3 or not PLAIN.match(token.text.replace("-", "")):
            return False
        if self.grammar.between(token.low) or common(token.low) or token.low in self.grammar.language:
            return False
        if self.low(at + 1) in self.grammar.things:
            return self._closes(at + 2)
        return self.low(at - 1) in self.grammar.things and self._closes(at + 1)

    def _closes(self, at: int) -> bool:
        """Say whether no further noun follows ("the telnet server" is one thing, "the server code" none)."""
        ends = self.grammar.auxiliaries | self.grammar.origin | self.grammar.joints | self.grammar.inside
        return at >= len(self.tokens) or self.tokens[at].kind == "mark" or self.low(at) in ends or bool(self.verb(at))

    def _innermost(self, at: int) -> int:
        """Return the last of several things in a row: in 'sshd_config(5) "Tag" directive' the one in quotes."""
        while at < len(self.tokens) and self.tokens[at].thing:
            manual = self.low(at + 1) == "(" and self.low(at + 2).isdigit() and self.low(at + 3) == ")"
            behind = at + 4 if manual else at + 1
            if not (behind < len(self.tokens) and self.tokens[behind].thing):
                break
            at = behind
        return at

    def _outside(self, start: int) -> bool:
        """Say whether the clause speaks of tests, documentation or things to come."""
        ends = [at for at, token in enumerate(self.tokens) if token.kind == "mark" and token.text in ENDS]
        first = max((at for at in ends if at < start), default=0)
        last = min((at for at in ends if at >= start), default=len(self.tokens))
        return any(one.kind in _SAYS and one.low in self.grammar.outside for one in self.tokens[first:last])

    def _between(self, at: int, *, nouns: bool = False) -> int:
        """Return where the words end that may stand between a verb and its subject, or after it."""
        end = at + MOST_FILLERS
        while at < min(end, len(self.tokens)) and self._passes(at, nouns=nouns):
            at += 1
        return at

    def _passes(self, at: int, *, nouns: bool) -> bool:
        token = self.tokens[at]
        if token.kind == "mark":
            return token.text == "'"
        if token.kind != "word" or token.low in self.grammar.names:
            return False
        if nouns:
            return token.low in self.grammar.nouns or token.low in self.grammar.things
        return self.grammar.between(token.low)

    def _skip(self, at: int, words: frozenset[str], most: int) -> int:
        end = at + most
        while at < min(end, len(self.tokens)) and self.low(at) in words:
            at += 1
        return at

    def _claim(self, kind: str, subject: str, version: str = "") -> Claim:
        return Claim("removed" if kind == DISABLED else kind, subject, self.note, version)
