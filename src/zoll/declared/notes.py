"""What the vendor says: the entries of change logs and the statements of release notes, and which of them are new.

Only what the old release's notes did not say counts as declared for this upgrade; the rest explains what already stood.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from zoll.declared.plain import Line
from zoll.model import Note, Part, Place

Lines = Mapping[str, Sequence[Line]]  # by digest

_WORD = (
    r"change[-_]?(?:log|s|history)?|changes?|news|history|what_?s[-_]?new|upgrad(?:e|ing)"
    r"|release[-_ ]?(?:notes?|history|s)"
)
_ENDING = r"(?:\.(?:md|rst|txt|html?|adoc|org|markdown|pdf|gz|debian|upstream|old|in))*"
_FOLDER = r"changes?|changelogs?|news|newsfragments|releases?|release[-_]?notes(?:/notes)?|whatsnew|\.changeset"
LOGS = re.compile(
    rf"(?:^|/)(?:[\w.-]*[-_.])?(?:{_WORD})(?:[-_.][\w.-]*)?{_ENDING}\Z"
    rf"|(?:^|/)(?:{_FOLDER})/[^/]+\.(?:md|rst|txt|html?|adoc|ya?ml)\Z|(?:^|/)debian/changelog\Z",
    re.IGNORECASE,
)
SPOKEN = frozenset({"document/text", "document/md", "document/rst", "document/man", "document/html", "text/plain"})
KINDS = ("document/", "text/", "data/pdf")
CODE = re.compile(r"(?:^|/)(?:test|tests|node_modules|src|lib)/.*\.(?:py|js|c|h|go)\Z")
LARGEST = 4_000_000
WIDEST = 200  # characters of a heading
LONGEST = 1_200  # characters of one note
ENTRY = re.compile(r"\A\s*(?:[-*+\u2022\u00b7o]|\(?\d{1,3}[.)]|\[[ x]\])\s+(?=\S)|\A\s*#{1,6}\s+")
# Lines that say who, when and which version, not what: headings of entries, rulers, trailers of Debian's change logs.
FRAME = re.compile(
    r"\s*(?:[=~^*_#\"'`+.:-]{3,}|-- .{3,80}<[^>]*>.*|[\w.+-]+ \([^()\s]+\) [\w\s-]+; urgency=\w+.*|\[ ?[\w .'-]+ ?\]|"
    r"\.\. [\w-]+::.*|(?:[=#*~]+ )?\[?v?\d+(?:\.\d+)+\S*(?: (?:rc|beta|alpha)\d*)?(?:\s*[(/-].{0,40})?|"
    r"\d{4}-\d\d-\d\d.{0,60})\s*\Z",
    re.IGNORECASE,
)


def is_log(place: Place) -> bool:
    """Say whether a part is a change log or release notes, by its name."""
    path = place.hops[-1] if place.hops else ""
    above = place.hops[-2] if len(place.hops) > 1 else ""
    return bool(LOGS.search(path) or (LOGS.search(above) and "/" not in path)) and not CODE.search(path)


DESCRIBED = re.compile(r"(?:^|/)(?:METADATA|PKG-INFO|README[\w.-]*)\Z", re.IGNORECASE)
SECTION = re.compile(
    r"\W*(?:release (?:information|notes|history)|change ?logs?|changes|what'?s new|news|history)\W*\Z", re.IGNORECASE
)


def logs_of(parts: Iterable[Part]) -> list[Part]:
    """Return the parts that are logs or notes, and can be read as text."""
    return [
        part
        for part in parts
        if part.digest
        and 0 < part.size <= LARGEST
        and part.kind.startswith(KINDS)
        and (is_log(part.place) or DESCRIBED.search(part.place.path))
    ]


def notes_of(
    old: Iterable[Part], new: Iterable[Part], added: Iterable[Part], lines: Lines, version: str = ""
) -> tuple[Note, ...]:
    """Return what the new release's logs say and what the user `added`, in order of place.

    `lines` are what the parts say, by digest. `version` is that of the old release, "" when nobody knows: of a log that
    the old release did not have, and of one that the user adds, only the entries above its version are fresh.
    """
    known = Counter(_folded(line.text) for part in old for line in _told(part.place, lines.get(part.digest, ())))
    notes: list[Note] = []
    for by, parts in (("release", new), ("user", added)):
        for part in parts:
            mine = _told(part.place, lines.get(part.digest, ()))
            above = None if by == "release" and known else _above(mine, version)
            if by == "user":
                above = above or None  # notes that name no old version are about this upgrade
            notes += _notes(part.place, mine, known, above, by)
    return tuple(sorted(set(notes)))


def documents_of(parts: Iterable[Part]) -> list[Part]:
    """Return the texts of a release that explain it to people: manuals, usage, sample settings; not its logs."""
    return [
        part
        for part in parts
        if part.digest and 0 < part.size <= LARGEST and part.kind in SPOKEN and not is_log(part.place)
    ]


def statements_of(parts: Iterable[Part], lines: Lines) -> Iterator[Note]:
    """Yield the statements of documents, which explain what already stood."""
    for part in parts:
        for entry in _entries(lines.get(part.digest, ())):
            words = " ".join(_folded(line.text) for line in entry)[:LONGEST]
            yield Note(part.place.at(entry[0].number, entry[-1].number), words, fresh=False)


def _told(place: Place, lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines that speak of releases: of a description, those below a heading that says so."""
    if is_log(place) or not DESCRIBED.search(place.path):
        return lines
    start = next((number for number, line in enumerate(lines) if SECTION.fullmatch(line.text)), len(lines))
    return lines[start + 1 :]


def _folded(text: str) -> str:
    return " ".join(text.split())


def _above(lines: Sequence[Line], version: str) -> int:
    """Return the line at which a log begins to speak of the old version; 0 when it never does, and nothing is fresh."""
    number = re.sub(r"\A\d+:|[-+~].*", "", version)
    if not number:
        return 0
    heading = re.compile(rf"(?<![\w.]){re.escape(number)}(?![\w]|\.\d)")
    return next((line.number for line in lines if len(line.text) < 120 and heading.search(line.text)), 0)


def _notes(place: Place, lines: Sequence[Line], known: Counter[str], above: int | None, by: str) -> Iterator[Note]:
    for entry in _entries(lines):
        new = [line for line in entry if not known[_folded(line.text)]]
        fresh = bool(new) and (above is None or entry[0].number < above)
        words = " ".join(_folded(ENTRY.sub("", line.text, count=1)) for line in entry)[:LONGEST]
        if len(words) > 2:
            yield Note(place.at(entry[0].number, entry[-1].number), words, fresh, by)


def _entries(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """Yield items and paragraphs, each with its continuation lines."""
    held: list[Line] = []
    for line in lines:
        blank = not line.text.strip() or (len(line.text) < WIDEST and bool(FRAME.fullmatch(line.text)))
        starts = blank or bool(ENTRY.match(line.text)) or line.alone
        if held and (starts or sum(len(one.text) for one in held) > LONGEST):
            yield held
            held = []
        if not blank:
            held.append(line)
    if held:
        yield held
