"""Does a whole difference mean nothing? Positive explanations only: what nobody can explain is no noise.

empty            nothing but white space in a new file
line-ends        line ends and text encoding
white-space      white space at the ends of lines, blank lines; in source, wherever the language does not care
comments         comments and white space, unless a compiler or loader obeys them
order            the same functions in another order
spelling         the same statements, spelled otherwise (quotes, joined strings)
moved-functions  functions that only moved to or from another file (said by `pipeline.comparing`)
machine-code     functions of an executable in other bytes that do the same (said by `pipeline.reading`)
version          numbers of the releases' own versions
time             time stamps: on lines that tell a time, in documents, in headers of .pyc and PE files
build            build ids, folders and revisions
"""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from zoll.compare.masks import masked
from zoll.parse.code import Code
from zoll.parse.plain_text import plain, wide

_LARGEST = 8_000_000
# Comments that a compiler, a loader or a linter obeys; one that comes, goes or changes is no noise.
_OBEYED = re.compile(
    rb"#!|//\s{0,4}go:|//\s{0,4}\+build|//export |\bcoding[:=]|sourceMappingURL|sourceURL|frozen_string_literal|/\*!\d"
    rb"|@ts-|\bwebpack\w{1,20}:|#\s{0,4}cgo|\bpragma\b|\bnoqa\b|\bnosec\b|\bNOLINT|eslint-disable|istanbul"
    rb"|\blint:|\btype:\s{0,4}ignore|@jsx|<reference"
)
_C_IN_COMMENTS = re.compile(rb"^import\s{1,4}\"C\"", re.MULTILINE)
_DROPPED = b"\0\x01 \t\n\r\f\v.,_-0123456789"
# Names of the parts of a version, and which of them each is (https://semver.org and its relatives).
_PARTS = {b"major": 0, b"minor": 1, b"micro": 2, b"patch": 2, b"patchlevel": 2, b"bugfix": 2, b"revision": 2}
_PART = re.compile(
    rb"(?i)(?P<name>\b(?:\w{0,40}_)?(?P<which>major|minor|micro|patch(?:level)?|bugfix|revision)(?:_?(?:version|number))?"
    rb"[ \t:=(\"']{1,8})(?P<number>\d{1,6})\b"
)
_WHITE = re.compile(rb"(?<!\\)[ \t\f\v\r]+$", re.MULTILINE)

Stamps = Sequence[tuple[str, str]]


class Facing(Struct, frozen=True):
    """One side of a pair of files: its bytes and, if it is source, what was parsed of it."""

    data: bytes = b""
    code: Code | None = None


def noise(kind: str, old: Facing | None, new: Facing, stamps: Stamps = (), *, silent: bool) -> str:
    """Return the kind of noise that explains the whole difference between two sides, "" when none does.

    `stamps` are pairs of an old and a new version of the releases; `silent` says that comparing found no difference.
    """
    if old is None:
        return _of_added(kind, new) if silent else ""
    if max(len(old.data), len(new.data)) > _LARGEST:
        return ""
    if old.code and new.code and (found := _of_source(old, new, silent=silent)):
        return found
    if _binary(kind):
        return _of_binary(kind, old.data, new.data)
    if kind.startswith("code/") and _bare(old.data, stamps) != _bare(new.data, stamps):
        return ""
    return next((name for name, one, two in _steps(kind, old, new, stamps) if one == two), "")


def _bare(data: bytes, stamps: Stamps) -> bytes:
    """Return source without any byte that the steps below could take out: a quick way to see that none explains it."""
    versions = "".join(version for both in stamps for version in both)
    return plain(data).translate(None, _DROPPED + versions.encode())


def _of_added(kind: str, new: Facing) -> str:
    if not new.data.strip():
        return "empty"
    if new.code and not new.code.errors and not _binary(kind) and not _OBEYED.search(new.data):
        return "comments"
    return ""


def _binary(kind: str) -> bool:
    return kind.startswith(("data/", "executable/", "container/"))


def _of_source(old: Facing, new: Facing, *, silent: bool) -> str:
    """Explain source by what its functions say: their digests leave out comments and white space that means nothing."""
    if not silent or old.code is None or new.code is None:
        return ""
    one, two = map(_obeyed, _apart(old.data.split(b"\n"), new.data.split(b"\n")))
    if one != two or _C_IN_COMMENTS.search(new.data):
        return ""
    mine, theirs = ([(one.name, one.digest) for one in code.functions] for code in (old.code, new.code))
    if mine == theirs:
        if plain(old.data).replace(b"\r\n", b"\n") == plain(new.data).replace(b"\r\n", b"\n"):
            return "line-ends"
        return "white-space" if old.data.split() == new.data.split() else "comments"
    if sorted(mine) == sorted(theirs):
        return "order"
    return "" if old.code.errors or new.code.errors else "spelling"


def _apart(one: list[bytes], two: list[bytes]) -> tuple[list[bytes], list[bytes]]:
    """Return the lines of two texts without those with which both begin or end."""
    for _ in range(2):
        same = next(
            (place for place, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), len(min(one, two, key=len))
        )
        one, two = one[same:][::-1], two[same:][::-1]
    return one, two


def _obeyed(lines: Sequence[bytes]) -> list[bytes]:
    return [line.strip() for line in lines if _OBEYED.search(line)]


def _of_binary(kind: str, old: bytes, new: bytes) -> str:
    for name, one, two in zip(("time", "build"), masked(kind, old), masked(kind, new), strict=True):
        if one == two:
            return name
    return ""


def _steps(kind: str, old: Facing, new: Facing, stamps: Stamps) -> Iterator[tuple[str, bytes, bytes]]:
    """Yield both texts with more and more of what means nothing taken out, under the name of what went last."""
    one, two = (plain(side.data).replace(b"\r\n", b"\n") for side in (old, new))
    yield ("line-ends", one, two)
    if wide(old.data) or wide(new.data):
        one, two = one.replace(b"\0", b""), two.replace(b"\0", b"")
    one, two = _tidy(one), _tidy(two)
    yield ("white-space", one, two)
    one, two = _unstamped(one, two, stamps)
    yield ("version", one, two)
    if not kind.startswith("code/"):
        one, two = _untimed(kind, one), _untimed(kind, two)
        yield ("time", one, two)
        yield ("build", _unbuilt(one), _unbuilt(two))


def _tidy(text: bytes) -> bytes:
    """Return text without white space at the ends of lines (unless a backslash stands before it) and blank lines."""
    return b"\n".join(line for line in _WHITE.sub(b"", text).split(b"\n") if line)


def _unstamped(old: bytes, new: bytes, stamps: Stamps) -> tuple[bytes, bytes]:
    for before, after in stamps:
        old, new = _spelled(before).sub(b"\x01", old), _spelled(after).sub(b"\x01", new)
        old, new = _without_parts(before, old), _without_parts(after, new)
    return old, new


def _without_parts(version: str, text: bytes) -> bytes:
    r"""Return a text without the parts of a version that stand alone, under their names.

    >>> _without_parts("1.2.3", b"MAJOR = 1; MINOR = 7; X_VERSION_MICRO 3").count(b"\x01")
    2
    """
    parts = version.encode().split(b".")

    def blotted(found: re.Match[bytes]) -> bytes:
        same = parts[_PARTS[found["which"].lower()] :][:1] == [found["number"]]
        return found["name"] + b"\x01" if same else found[0]

    return _PART.sub(blotted, text)


def _spelled(version: str) -> re.Pattern[bytes]:
    """Return what finds a version however its numbers are parted: `1.2.3`, `1_2_3`, `1, 2, 3`.

    >>> _spelled("1.2.3").sub(b"V", b"v1.2.3 (1, 2, 3) 1.2.30 11.2.3 1.2.3.4")
    b'vV (V) 1.2.30 11.2.3 1.2.3.4'
    """
    numbers = rb"(?:[._-]|,\s?)".join(re.escape(number.encode()) for number in version.split("."))
    return re.compile(rb"(?<!\d)(?<!\d[.,_-])" + numbers + rb"(?![.,_]?\d)")


_DAY = (
    rb"\b(?:19|20)\d\d-[01]\d-[0-3]\d\b"
    rb"|\b[0-3]?\d[ -](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}[ -](?:19|20)\d\d\b"
    rb"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? [0-3]?\d,? {1,2}(?:19|20)\d\d\b"
    rb"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6} (?:19|20)\d\d\b"
)
_CLOCK = rb"(?:[T ,]{1,3}[0-2]?\d:[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?)?"
_TIME = re.compile(rb"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? )?(?:" + _DAY + rb")" + _CLOCK)
_TELLS_TIME = re.compile(rb"(?i)\b(?:date|generated|built|created|modified|updated|timestamp|released?)\b")
_COPYRIGHT = re.compile(rb"(?i)((?:copyright|\(c\)|\xc2\xa9)[^\n\d]{0,40})(?:(?:19|20)\d\d(?:[-, ]{1,3}|$)?){1,40}")
_BUILD_FOLDER = re.compile(rb"/build/[\w.+~]{1,80}-[\w]{6,10}(?=[/\"' ]|$)")
_REVISION = re.compile(rb"(?i)(\b(?:git|commit|revision|build)[\w ]{0,12}[:= ]{1,3}\"?)[0-9a-f]{7,64}\b")


def _untimed(kind: str, text: bytes) -> bytes:
    """Blot out time stamps: anywhere in documents, elsewhere only on lines that say that they tell a time."""
    text = _COPYRIGHT.sub(b"\\1\x02", text)
    if kind.startswith("document/"):
        return _TIME.sub(b"\x02", text)
    if not _TELLS_TIME.search(text):
        return text
    return b"\n".join(_TIME.sub(b"\x02", line) if _TELLS_TIME.search(line) else line for line in text.split(b"\n"))


def _unbuilt(text: bytes) -> bytes:
    return _REVISION.sub(b"\\1\x03", _BUILD_FOLDER.sub(b"\x03", text))
