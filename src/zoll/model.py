"""The nouns: frozen structs. Places are structured, never parsed back from text. Lines count from 1; 0: unknown."""

from collections.abc import Iterator

from msgspec import Struct


class Place(Struct, frozen=True, order=True, omit_defaults=True, cache_hash=True):
    """Where, in a release.

    Names from the release's root inwards (one hop per container), then a function, then lines. In an executable
    `address` is the virtual address of the function or instruction; lines are those of the function brought up to C.
    """

    hops: tuple[str, ...] = ()
    symbol: str = ""
    start: int = 0
    end: int = 0
    address: int = 0

    @property
    def path(self) -> str:
        """The hops joined with `!/`, as reports show them."""
        return "!/".join(self.hops)

    @property
    def name(self) -> str:
        """The last name of the last hop."""
        return self.hops[-1].rsplit("/", 1)[-1] if self.hops else ""

    def inside(self, name: str) -> "Place":
        """Return the place of `name` inside this container."""
        return Place((*self.hops, name))

    def at(self, start: int, end: int = 0) -> "Place":
        """Return the same place, narrowed to lines."""
        return Place(self.hops, self.symbol, start, end or start, self.address)


class Fact(Struct, frozen=True, order=True, omit_defaults=True, cache_hash=True):
    """What is said; carries no place. `traits` are sorted words such as `op:==` that rules may ask for."""

    kind: str
    value: str
    traits: tuple[str, ...] = ()

    def trait(self, name: str) -> str:
        """Return what the trait of this name says (`==` for `op:==`), or "" without it."""
        head = name + ":"
        return ([trait[len(head) :] for trait in self.traits if trait.startswith(head)] or [""])[0]


class Reading(Struct, frozen=True, order=True, omit_defaults=True, cache_hash=True):
    """Who said it where: the evidence. `words` are the source's own words, clipped, for people."""

    fact: Fact
    at: Place
    words: str = ""


class Part(Struct, frozen=True, omit_defaults=True):
    """Anything with a place: image, file, function. `facts` is what its container says of it (mode, owner, link)."""

    place: Place
    kind: str
    digest: str
    size: int
    holder: str = ""
    facts: tuple[Fact, ...] = ()


class Gap(Struct, frozen=True, order=True, omit_defaults=True):
    """What could not be seen; a result, not a log line. `stage`: fetch, open, pair, read, compare, judge."""

    stage: str
    at: Place
    reason: str
    detail: str = ""
    side: str = ""
    size: int = 0


class Tally(Struct, frozen=True, omit_defaults=True):
    """A number of parts and of bytes."""

    parts: int = 0
    bytes: int = 0


class Release(Struct, frozen=True, omit_defaults=True):
    """One opened side.

    `handed`: the files as they were handed in; `opened`: the containers among them and inside, with their own bytes;
    `unpacked`: what came out of these. handed - opened + unpacked are the innermost parts and their bytes.
    """

    name: str
    digest: str
    parts: tuple[Part, ...] = ()
    gaps: tuple[Gap, ...] = ()
    handed: Tally = Tally()
    opened: Tally = Tally()
    unpacked: Tally = Tally()


class Pair(Struct, frozen=True, omit_defaults=True):
    """An old part and the new part it became; an empty side means added or removed.

    `by`: place, digest, version, likeness, name, symbol, added, removed. `likeness` runs from 0 to 1.
    """

    old: Part | None
    new: Part | None
    by: str
    likeness: float = 1.0

    @property
    def place(self) -> Place:
        """The new place, or the old one of something removed."""
        side = self.new or self.old
        return side.place if side else Place()


class Instruction(Struct, frozen=True, omit_defaults=True):
    """One machine instruction as it is printed, its virtual address and place in the file (-1: none), what it names."""

    address: int
    offset: int
    text: str
    note: str = ""


class Folded(Struct, frozen=True, omit_defaults=True):
    """Places that changed and bear no fact of weight, their lines by shape (# for numbers), the sentences in them."""

    places: int = 1
    lines: int = 0
    shapes: tuple[tuple[str, int], ...] = ()
    gained: tuple[Reading, ...] = ()
    lost: tuple[Reading, ...] = ()


class Hunk(Struct, frozen=True, omit_defaults=True):
    """One contiguous change inside a pair: line spans (0, 0 where a side is empty), words, the counted difference.

    Words may begin before the span: `starts` number their first lines, 0 where they are none. `code`: instructions, of
    an executable. With `folded` it stands for many, where the first of them is.
    """

    old: tuple[int, int] = (0, 0)
    new: tuple[int, int] = (0, 0)
    before: str = ""
    after: str = ""
    gained: tuple[Reading, ...] = ()
    lost: tuple[Reading, ...] = ()
    starts: tuple[int, int] = (0, 0)
    code: tuple[tuple[Instruction, ...], tuple[Instruction, ...]] = ((), ())
    folded: Folded = Folded()


class CallsAround(Struct, frozen=True, omit_defaults=True):
    """The first few callers and callees of a function of an executable, by name and how it is: gained, lost or "".

    `more` counts the others. `way` leads there from where the program is entered, `entry`: how (main, export, network).
    """

    callers: tuple[tuple[str, str], ...] = ()
    callees: tuple[tuple[str, str], ...] = ()
    more: tuple[int, int] = (0, 0)
    way: tuple[str, ...] = ()
    entry: str = ""


class Change(Struct, frozen=True, omit_defaults=True):
    """Counted difference of one pair, hunk by hunk. `standing` is what both sides share and the judge needs (roles)."""

    pair: Pair
    hunks: tuple[Hunk, ...] = ()
    standing: tuple[Fact, ...] = ()
    around: CallsAround = CallsAround()

    @property
    def gained(self) -> Iterator[Reading]:
        """All gained readings, hunk by hunk."""
        return (reading for hunk in self.hunks for reading in (*hunk.gained, *hunk.folded.gained))

    @property
    def lost(self) -> Iterator[Reading]:
        """All lost readings, hunk by hunk."""
        return (reading for hunk in self.hunks for reading in (*hunk.lost, *hunk.folded.lost))


class Declaration(Struct, frozen=True, omit_defaults=True):
    """The release's own words for a fact."""

    fact: Fact
    words: str
    at: Place


class Signal(Struct, frozen=True, omit_defaults=True):
    """One rule's word on one change."""

    rule: str
    bits: float
    why: str
    evidence: tuple[Reading, ...] = ()


class Finding(Struct, frozen=True, omit_defaults=True):
    """What the reviewer meets. `id` comes from places only, so that verdicts survive a re-run.

    `standing` are the roles and circumstances that were weighed; `seen` says of each reading that the hunk gained to
    which range of the old release it is new ("" where it stood) and how many other places of the new one mention it.
    """

    id: str
    rank: int
    bits: float
    expected: float
    level: str
    title: str
    change: Change
    hunk: Hunk
    signals: tuple[Signal, ...] = ()
    declared: tuple[Declaration, ...] = ()
    standing: tuple[Fact, ...] = ()
    seen: tuple[tuple[str, int], ...] = ()


class Note(Struct, frozen=True, order=True, omit_defaults=True):
    """One statement that the vendor makes about the release: an entry of a change log, a sentence of release notes.

    `fresh` notes are new with this upgrade; the others explain what already stood. `by` is `release` or `user`.
    """

    at: Place
    words: str
    fresh: bool = True
    by: str = "release"


class Claim(Struct, frozen=True, order=True, omit_defaults=True):
    """What a fresh note says this upgrade does: `kind` added, removed, updated or fixed, of what, to which version.

    `outcome`: found, missing, or open (nothing that zoll could look for). `looked` says what was looked for and where
    it was seen or not, one line each.
    """

    kind: str
    subject: str
    note: Note
    version: str = ""
    outcome: str = "open"
    looked: tuple[str, ...] = ()


class Phantom(Struct, frozen=True, order=True, omit_defaults=True):
    """A file or function of the release that the source does not have (`absent`) or has otherwise (`differs`).

    `why` explains it where it is usual (generated, version stamp, wheel metadata), else it is "".
    """

    at: Place
    how: str
    why: str = ""
    size: int = 0


class Copied(Struct, frozen=True, order=True, omit_defaults=True):
    """How a copy that was known by its functions compares with the copy `of` which it is.

    `side`: where that one stands: old, new or source. So many of its functions are `equal` here, `altered` or
    `missing`; `more` are only here. `share` is the percentage of its functions' bytes that is here, `unlike` names what
    is altered. `code` is one digest of those of its functions that are here in machine code, "" of source.
    """

    of: Place = Place()
    side: str = ""
    equal: int = 0
    altered: int = 0
    missing: int = 0
    more: int = 0
    share: int = 0
    unlike: tuple[str, ...] = ()
    code: str = ""


class Component(Struct, frozen=True, order=True, omit_defaults=True):
    """Software by somebody else inside a release. `purl` is a package URL, "" when nobody says.

    `by`: how it is known (package-database, metadata, version-string, files, functions; lock: a lock file names it, its
    code need not be inside). `copy`: full, partial or modified, "" when that cannot be said. `held` says more of a copy
    that was known by its functions, and of one that differs from another of its version in the same release.
    """

    name: str
    version: str
    at: Place
    purl: str = ""
    by: str = ""
    copy: str = ""
    licence: str = ""
    held: Copied = Copied()


class Reworked(Struct, frozen=True, omit_defaults=True):
    """How many functions of a component changed, came and went; `names` of what changed, then of what came."""

    changed: int = 0
    added: int = 0
    removed: int = 0
    names: tuple[str, ...] = ()


class ComponentChange(Struct, frozen=True, omit_defaults=True):
    """A component before and after; an empty side means it came or went.

    `how`: same, added, removed, updated, downgraded, modified (same version, other content). `functions` are those in
    which the two differ.
    """

    old: Component | None
    new: Component | None
    how: str
    functions: Reworked = Reworked()


class Inventory(Struct, frozen=True, omit_defaults=True):
    """The bills of materials of the new release, held against the components that were found.

    `sources` are the bills' names, `listed` counts what they list; `unlisted` was found and is not listed, `unfound` is
    listed and was not found.
    """

    sources: tuple[str, ...]
    listed: int = 0
    unlisted: tuple[Component, ...] = ()
    unfound: tuple[Component, ...] = ()


class Feature(Struct, frozen=True, order=True, omit_defaults=True):
    """Something that a release newly offers, understands or reaches, or (`lost`) no longer does.

    `thing`: account, listener, hook, power, option, environment, endpoint, command, setting, dependency, message, file,
    function, parameter. `more` is what the name alone does not say: a parameter's own name, what a power does.
    """

    thing: str
    name: str
    at: Place
    more: str = ""
    lost: bool = False


class ChangeClass(Struct, frozen=True, omit_defaults=True):
    """What kind of change a component of the release (`component`; "" for the whole) went through.

    `kind`: none, maintenance, function, rebuild, posture (security posture lowered). `suggested` is what its version
    numbers suggest, `evidence` one line for each reason, strongest first, with the place it comes from; the first one
    sums up and has no place. `features` are all that came and went, of the whole alone.
    """

    component: str
    kind: str
    suggested: str = ""
    old_version: str = ""
    new_version: str = ""
    evidence: tuple[tuple[str, Place], ...] = ()
    features: tuple[Feature, ...] = ()


class Declaring(Struct, frozen=True, order=True, omit_defaults=True):
    """How a gained option, environment value, endpoint, literal ... is declared.

    `how`: fresh (the notes of this upgrade speak of it), standing (other text of the release does), vague (only as an
    ambiguous or common word), undeclared.
    """

    fact: Fact
    at: Place
    how: str
    by: tuple[Declaration, ...] = ()


class Account(Struct, frozen=True, omit_defaults=True):
    """Where every byte of the new release went.

    unchanged, moved, noise, compared and gaps add up to `whole`; `noises` are the kinds of noise, which add up to
    `noise`; `findings` counts those about compared parts. `removed` counts old parts without a successor,
    `changes` all changed places, `brought` those by which the upgrade is judged large or small (`judge.brought`).
    `handed`, `opened` and `unpacked` say how the whole came out of what was handed in (see Release).
    """

    whole: Tally = Tally()
    unchanged: Tally = Tally()
    moved: Tally = Tally()
    compared: Tally = Tally()
    gaps: Tally = Tally()
    removed: Tally = Tally()
    changes: int = 0
    lines: int = 0
    noise: Tally = Tally()
    noises: tuple[tuple[str, Tally], ...] = ()
    findings: int = 0
    brought: int = 0
    handed: Tally = Tally()
    opened: Tally = Tally()
    unpacked: Tally = Tally()


class Functions(Struct, frozen=True, order=True, omit_defaults=True):
    """What became of the functions of an executable that differs.

    `old` and `new` count them on each side; those of a pair are `same` (laid out elsewhere at most), `recompiled`
    (other bytes that do the same) or `changed`, others `added` or `removed`; `unread` differ and were too many or too
    long to follow. `recognised`: of the new side, known again as a common library's, without a name of their own.
    """

    at: Place
    old: int = 0
    new: int = 0
    same: int = 0
    recompiled: int = 0
    changed: int = 0
    added: int = 0
    removed: int = 0
    unread: int = 0
    recognised: int = 0


class Report(Struct, frozen=True, omit_defaults=True):
    """The product."""

    old: Release
    new: Release
    account: Account
    findings: tuple[Finding, ...] = ()
    gaps: tuple[Gap, ...] = ()
    made_by: str = ""
    notes: tuple[Note, ...] = ()
    declared: tuple[Declaring, ...] = ()
    claims: tuple[Claim, ...] = ()
    source: tuple[str, ...] = ()
    phantoms: tuple[Phantom, ...] = ()
    components: tuple[ComponentChange, ...] = ()
    inventory: Inventory | None = None
    classes: tuple[ChangeClass, ...] = ()
    functions: tuple[Functions, ...] = ()
