"""Declared but not found: whether the upgrade contains what its notes claim.

`missing` is said only where everything that could have shown the claim stands as it stood; in doubt a claim is open.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cmp_to_key

from msgspec import structs

from zoll.declared.ground import Ground, Lines, is_paper, is_test, symbols
from zoll.declared.spelling import bare, loose, spellings
from zoll.declared.tokens import PLAIN, grammar, tokens_of
from zoll.declared.undoing import Undoing
from zoll.model import Change, Claim, Component, ComponentChange, Part
from zoll.parse.numbering import compare

Verdict = tuple[str, list[str]]
FOUND, MISSING, OPEN = "found", "missing", "open"
SHOWN = 3
COMMON = 60  # files that hold a word which is no longer one thing's name
MANIFESTS = ("config/", "code/", "executable/", "text/")
NUMBERED = re.compile(r"#\d+\Z")
ADVISORY = re.compile(r"(?:CVE|GHSA)-", re.IGNORECASE)
PATCH = re.compile(r"\.(?:patch|diff)\Z")
MOST_RELATED = 6
BUILDING = ("config/", "text/", "code/shell")
KEPT = 4  # at least so many lines stay for each that goes for good
WIDESPREAD = 20  # files with a word that many things are called
WEAKLY = "disabled"
_NUMBERED = re.compile(r"v?\d")


def check(
    claims: Sequence[Claim],
    ground: Ground,
    changes: Iterable[Change] = (),
    components: Iterable[ComponentChange] = (),
    *,
    undoing: Undoing | None = None,
    idle: bool = False,
) -> tuple[Claim, ...]:
    """Return the claims with their outcome and what was looked for; `undoing` knows what speaks against accusing.

    `idle` says that nothing but documents and version stamps differs between the two releases.
    """
    checker = _Checker(claims, ground, symbols(changes), list(components), undoing or Undoing(()), idle)
    return tuple(checker.judged(claim) for claim in claims)


def words_of(claim: Claim) -> tuple[str, ...]:
    """Return the words whose places tell whether a claim is true."""
    if claim.kind == "updated":
        return (*_names(claim), claim.version)
    if claim.kind == "fixed":
        return (*_fix_words(claim.subject), *(word for name in related(claim) for word in spellings(name)))
    return (*spellings(claim.subject), *loose(claim.subject), *_literals(claim.subject))


def _literals(subject: str) -> tuple[str, ...]:
    """Return an option as programs that take it write it: in quotes."""
    if not subject.startswith("--"):
        return ()
    return tuple(f"{mark}{word}{mark}" for mark in "\"'" for word in (subject.lower(), subject[2:].lower()))


def names_of(claim: Claim) -> tuple[str, ...]:
    """Return the words beside which a version is looked for."""
    return _names(claim) if claim.kind == "updated" else ()


def _names(claim: Claim) -> tuple[str, ...]:
    name = claim.subject.lower()
    return tuple(sorted({name, *spellings(name.replace(" ", "-"))} - {""})) if "/" not in name else (name,)


def _fix_words(subject: str) -> tuple[str, ...]:
    if NUMBERED.match(subject):
        number = subject[1:]
        forms = (f"#{number}", f"issue{number}", f"issue-{number}", f"issue_{number}", f"gh-{number}", f"bug{number}")
        return forms if len(number) > 1 else ()
    return (subject,) if ADVISORY.match(subject) else spellings(subject)


def related(claim: Claim) -> tuple[str, ...]:
    """Return the functions, files and patches that a fix's note names."""
    if NUMBERED.match(claim.subject):
        return ()
    telling = ("function", "identifier", "file", "path")
    named = [token.text for token in tokens_of(claim.note.words) if token.kind in telling]
    named = named if ADVISORY.match(claim.subject) else [claim.subject, *named]
    # A path from the root is a machine's, not the release's.
    return tuple(dict.fromkeys(name for name in named if not name.startswith(("/", "~"))))[:MOST_RELATED]


class _Checker:
    """Holds claims against the ground."""

    def __init__(
        self,
        claims: Sequence[Claim],
        ground: Ground,
        functions: Mapping[str, list[Change]],
        components: Sequence[ComponentChange],
        undoing: Undoing,
        idle: bool,
    ) -> None:
        self.ground = ground
        self.functions = functions
        self.components = components
        self.undoing = undoing
        self.idle = idle
        self._kinds: dict[str, set[str]] = {}
        self._versions: dict[str, set[str]] = {}
        for claim in claims:
            self._kinds.setdefault(bare(claim.subject), set()).add(claim.kind)
            if claim.kind == "updated":
                self._versions.setdefault(bare(claim.subject), set()).add(claim.version)

    def judged(self, claim: Claim) -> Claim:
        """Return one claim with its outcome."""
        by: dict[str, Callable[[Claim], Verdict]] = {
            "added": self._added,
            "removed": self._removed,
            "updated": self._updated,
            "fixed": self._fixed,
        }
        outcome, looked = by[claim.kind](claim)
        if outcome == MISSING:
            doubt = self.undoing.doubt(claim)
            if {"added", "removed"} <= self._kinds[bare(claim.subject)]:
                doubt = "the notes claim both: added and removed"
            outcome, looked = (OPEN if doubt else MISSING), [*looked, *filter(None, [doubt])]
        return structs.replace(claim, outcome=outcome, looked=tuple(looked))

    def _added(self, claim: Claim) -> Verdict:
        words = spellings(claim.subject)
        before, after = (self.ground.holding(side, words) for side in ("old", "new"))
        named = self.ground.named("new", claim.subject)
        if named and not self.ground.named("old", claim.subject):
            return FOUND, [f"the new release has {_places(named)}"]
        if after and not before:
            return FOUND, [f"`{claim.subject}` stands in {_places(after)} of the new release, nowhere in the old"]
        if after or named:
            lines = self.ground.lines(words)
            known = not _telling(claim) and len(before) > WIDESPREAD
            if lines.gained > lines.lost and not known:
                return FOUND, [f"{lines.gained} lines with `{claim.subject}` are new"]
            return OPEN, [f"`{claim.subject}` stands in both releases: {_places(after or named)}"]
        papers = self.ground.holding("new", words, papers=True)
        if papers:
            return OPEN, [f"`{claim.subject}` stands only in documents: {_places(papers)}"]
        return self._nowhere(claim)

    def _nowhere(self, claim: Claim) -> Verdict:
        looked = [f"`{claim.subject}` ({', '.join(spellings(claim.subject))}) stands nowhere outside the notes"]
        parts = self.ground.holding("new", loose(claim.subject))
        if parts:
            return OPEN, [*looked, f"a part of it stands in {_places(parts)}"]
        if not self.ground.open:
            return OPEN, [*looked, "the new release holds programs that may say it otherwise"]
        if not _telling(claim) or _filelike(claim.subject):
            return OPEN, looked
        return MISSING, looked

    def _removed(self, claim: Claim) -> Verdict:
        words = spellings(claim.subject)
        sides = {side: self.ground.holding(side, words) for side in ("old", "new")}
        named = {side: self.ground.named(side, claim.subject) for side in ("old", "new")}
        if not named["old"] and (not sides["old"] or PATCH.search(claim.subject)):  # sources alone hold patches
            return OPEN, [f"`{claim.subject}` does not stand in the old release either"]
        if (sides["old"] and not sides["new"]) or (named["old"] and not named["new"]):
            gone = named["old"] if named["old"] and not named["new"] else sides["old"]
            return (OPEN if self.ground.unseen else FOUND), [f"gone from {_places(gone)}"]
        lines = self.ground.lines(words, tests=False)
        fewer = [one for one in self.functions.get(bare(claim.subject), ()) if one.pair.new is None]
        if fewer or _fewer(named["old"], named["new"], claim.subject):
            return FOUND, [f"fewer files or functions are called `{claim.subject}`"]
        if self._kept(claim, named["new"], lines):
            looked = [
                f"{_places(named['new'])} stands as before",
                f"{lines.lost} of its lines went, {lines.gained} came",
            ]
            return MISSING, [*looked, "as many lines of configuration and build files name it"]
        if self._taken(claim, lines):
            return MISSING, [f"programs take `{claim.subject}` as before", f"{lines.gained} lines with it were edited"]
        if lines.lost or not lines.sure:
            most = lines.mostly_gone and not named["new"]
            return (FOUND if most else OPEN), [f"{lines.lost} lines with `{claim.subject}` went, {lines.gained} came"]
        return self._still(claim, sides["new"], named["new"])

    def _kept(self, claim: Claim, named: Sequence[Part], lines: Lines) -> bool:
        """Say whether a program, module or account that was "removed" was only edited: nothing stopped to name it."""
        if not _own(named, claim.subject) or not lines.sure or not _is_thing(claim) or _weak(claim):
            return False
        words = spellings(claim.subject)
        built = self.ground.lines(words, BUILDING)
        still = sum(part.digest not in self.ground.changed for part in self.ground.holding("new", words))
        return built.lost <= built.gained and (lines.lost - lines.gained) * KEPT < lines.old + still

    def _taken(self, claim: Claim, lines: Lines) -> bool:
        """Say whether programs take an option as before, and speak of it no less."""
        literals = _literals(claim.subject)
        programs = [part for part in self.ground.holding("new", literals) if part.kind.startswith("code/")]
        if not lines.lost or lines.lost > lines.gained or not any(not is_test(part) for part in programs):
            return False
        return lines.sure and not _weak(claim) and not self.ground.lines(literals, ("code/",), tests=False).lost

    def _still(self, claim: Claim, holding: list[Part], named: list[Part]) -> Verdict:
        looked = [f"`{claim.subject}` stands as before in {_places(named or holding)}"]
        if named:
            looked.append(f"{_count(named, 'file')} called so, as many as before")
        if holding:
            looked.append(f"no line of {_count(holding, 'file')} that hold it went")
        if not _telling(claim) and not named:
            return OPEN, looked
        if len(holding) > COMMON or (_weak(claim) and not self._untouched(holding)):
            return OPEN, looked
        return (MISSING if any(not is_test(part) for part in (*holding, *named)) else OPEN), looked

    def _untouched(self, parts: Iterable[Part]) -> bool:
        return all(part.digest not in self.ground.changed for part in parts)

    def _updated(self, claim: Claim) -> Verdict:
        words = _names(claim)
        wanted = self._versions[bare(claim.subject)]
        copies = [one.new for one in self.components if one.new and bare(one.new.name) == bare(claim.subject)]
        if any(copy.version for copy in copies):
            return _component(copies, claim.version, wanted)
        seen = list(self.ground.versions("new", words))
        hit = {beside.version: part for part, beside in seen if any(_same(beside.version, one) for one in wanted)}
        if hit:
            version, part = max(hit.items(), key=lambda pair: cmp_to_key(compare)(pair[0]))
            borne = _same(version, claim.version) or not _older(version, claim.version)
            return (FOUND if borne else OPEN), [f"{version} stands beside `{claim.subject}` in {part.place.path}"]
        places = {part.place for part in self.ground.holding("new", words)}
        both = [part for part in self.ground.holding("new", (claim.version,)) if part.place in places]
        if both:
            changed = any(part.digest in self.ground.changed for part in both)
            return (FOUND if changed else OPEN), [f"{claim.version} and `{claim.subject}` stand in {_places(both)}"]
        return self._other_version(claim, wanted)

    def _other_version(self, claim: Claim, wanted: Collection[str]) -> Verdict:
        pinned = {
            (part.place.path, beside.version)
            for part, beside in self.ground.versions("new", _names(claim))
            if _pins(part, beside.how)
        }
        if not pinned:
            return OPEN, [f"no version beside `{claim.subject}` in the new release"]
        looked = [f"`{claim.subject}` {version} in {path}" for path, version in sorted(pinned)[:SHOWN]]
        looked.append(f"{claim.version} stands in no file with `{claim.subject}`")
        older = all(_older(version, one) for _, version in pinned for one in wanted)
        return (MISSING if older else OPEN), looked

    def _fixed(self, claim: Claim) -> Verdict:
        words = _fix_words(claim.subject)
        if ADVISORY.match(claim.subject) or NUMBERED.match(claim.subject):
            mention = [part for part in self.ground.holding("new", words) if part.digest in self.ground.changed]
            named = [part for part in self.ground.named("new", claim.subject) if part.digest in self.ground.changed]
            if mention or named:
                return FOUND, [f"`{claim.subject}` stands in {_places(mention or named)}, which changed"]
        if self.idle:
            return MISSING, ["nothing but documents and version numbers differs between the releases"]
        if NUMBERED.match(claim.subject):
            return OPEN, [f"no file that changed mentions {claim.subject}"]
        return self._named_things(claim)

    def _named_things(self, claim: Claim) -> Verdict:
        """Judge a fix by the functions and files that its note names: whether any of them changed."""
        looked: list[str] = []
        there = False
        for name in related(claim):
            parts = [*self.ground.holding("new", spellings(name)), *self.ground.named("new", name)]
            if not parts:
                looked.append(f"`{name}` stands nowhere outside the notes")
                continue
            there = True
            if self.functions.get(bare(re.split(r"[.:]", name)[-1])):
                return FOUND, [f"`{name}` changed"]
            touched = [part for part in parts if part.digest in self.ground.changed]
            if touched:
                lines = self.ground.lines(spellings(name))
                named = any(part in self.ground.named("new", name) for part in touched)
                sure = (lines.lost or lines.gained or named) and len(parts) <= WIDESPREAD
                return (FOUND if sure else OPEN), [f"{_places(touched)} with `{name}` changed"]
            looked.append(f"`{name}` stands in {_places(parts)}: none of them changed")
        return (MISSING if there else OPEN), looked or ["the note names nothing that could be looked for"]


def _component(copies: Sequence[Component], claimed: str, wanted: Collection[str]) -> Verdict:
    """Judge an update by the versions of all copies of a component."""
    looked = [f"{copy.name} {copy.version} in {copy.at.path}" for copy in copies[:SHOWN]]
    same = [copy.version for copy in copies if any(_same(copy.version, one) for one in wanted)]
    if same:
        return (FOUND if any(not _older(version, claimed) for version in same) else OPEN), looked
    older = all(copy.version and _older(copy.version, one) for copy in copies for one in wanted)
    return (MISSING if older else OPEN), looked


def _telling(claim: Claim) -> bool:
    """Say whether the subject is a name that does not stand anywhere by chance."""
    plain = PLAIN.match(claim.subject.strip("`"))
    mixed = bool(re.search(r"[A-Z]", claim.subject[1:])) and not claim.subject.isupper()
    return not plain or mixed or claim.subject.lower() in grammar().names


def _is_thing(claim: Claim) -> bool:
    """Say whether the note calls the subject a program, module, account or the like."""
    words = {token.low for token in tokens_of(claim.note.words)}
    return claim.subject.lower() in grammar().names or not words.isdisjoint(grammar().things)


def _own(parts: Iterable[Part], subject: str) -> list[Part]:
    """Return the files that are the thing, not its tests, papers or neighbours in a folder."""
    name = bare(subject)
    kinds = ("code/", "executable/")
    return [
        part
        for part in parts
        if bare(part.place.name.split(".", 1)[0]) == name and part.kind.startswith(kinds) and not is_test(part)
    ]


def _fewer(old: Sequence[Part], new: Sequence[Part], subject: str) -> bool:
    """Say whether the thing itself, or half of what is called so, is gone."""
    return len(_own(new, subject)) < len(_own(old, subject)) or (2 * len(new) <= len(old) and len(new) < len(old))


def _weak(claim: Claim) -> bool:
    """Say whether the note speaks of switching off, which leaves the thing where it is."""
    return any(grammar().verbs.get(token.low) == WEAKLY for token in tokens_of(claim.note.words))


def _filelike(subject: str) -> bool:
    return not subject.startswith("/") and bool(re.search(r"\.[A-Za-z]\w{0,5}\Z|/", subject))


def _pins(part: Part, how: str) -> bool:
    """Say whether a version beside a name is the one that the release holds, not one that somebody speaks of."""
    if is_paper(part) or is_test(part):
        return False
    return how == "pinned" or (how == "bare" and part.kind.startswith("executable/"))


def _same(seen: str, claimed: str) -> bool:
    """Say whether two spellings of a version agree: `3.0.14`, `v3.0.14`, `3.0.14-1`."""
    seen, claimed = seen.lower().lstrip("v"), claimed.lower().lstrip("v")
    return bool(re.match(re.escape(claimed) + r"(?:[.]0)*(?:(?![\w.])|\Z)", seen))


def _older(seen: str, claimed: str) -> bool:
    """Say whether a version is certainly lower than another one."""
    return bool(_NUMBERED.match(seen) and _NUMBERED.match(claimed)) and compare(seen, claimed) < 0


def _places(parts: Sequence[Part]) -> str:
    names = list(dict.fromkeys(part.place.path for part in parts))
    rest = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + rest


def _count(parts: Sequence[Part], noun: str) -> str:
    return f"{len(parts)} {noun}{'' if len(parts) == 1 else 's'}"
