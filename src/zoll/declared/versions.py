"""Which version a release says that it is: in its package's metadata, else in the names of its folder and file."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from msgspec import Struct

from zoll.model import Part, Place, Release
from zoll.parse.numbering import LONGEST

Read = Callable[[str], bytes]
HEAD = 65_536  # bytes of a metadata file in which a version may stand
DEEPEST = 2  # folders between a package's top and its metadata


class Stated(Struct, frozen=True, order=True):
    """A version and where it is stated."""

    version: str
    at: Place


class Step(Struct, frozen=True):
    """The version before and after, stated in the same way on both sides; "" where nobody says."""

    old: Stated = Stated("", Place())
    new: Stated = Stated("", Place())


class _Manifest(Struct):
    """What matters of package.json and composer.json."""

    version: str = ""


def _json(data: bytes) -> str:
    try:
        return msgspec.json.decode(data, type=_Manifest).version
    except (msgspec.DecodeError, RecursionError):
        return ""


def _first(pattern: str) -> Callable[[bytes], str]:
    compiled = re.compile(pattern, re.MULTILINE)

    def find(data: bytes) -> str:
        found = compiled.search(data[:HEAD].decode("utf-8", "replace"))
        return found[1].strip() if found else ""

    return find


_FIELD = _first(r"^Version:[ \t]{0,8}(\S{1,200})")
_PARENT = re.compile(rb"<(parent|dependencies|build|profiles|dependencyManagement)>.{0,60000}?</\1>", re.DOTALL)


def _pom(data: bytes) -> str:
    return _first(r"<version>\s{0,80}([^<\s$]{1,200})\s{0,80}</version>")(_PARENT.sub(b"", data[:HEAD]))


# Where a version stands, by the end of the path; what a packager wrote stands before what the author wrote, for it
# holds the author's number as well.
_WAYS: tuple[tuple[re.Pattern[str], Callable[[bytes], str]], ...] = tuple(
    (re.compile(pattern), way)
    for pattern, way in (
        (r"(?:^|/)DEBIAN/control$", _FIELD),
        (r"(?:^|/)debian/changelog$", _first(r"\A\s{0,80}[^\s()]{1,80} \(([^()\s]{1,200})\)")),
        (r"\.dsc$", _FIELD),
        (r"(?:^|/)[^/]{1,200}\.dist-info/METADATA$", _FIELD),
        (r"(?:^|/)PKG-INFO$", _FIELD),
        (r"(?:^|/)package\.json$", _json),
        (r"(?:^|/)composer\.json$", _json),
        (r"(?:^|/)Cargo\.toml$", _first(r'^version[ \t]{0,8}=[ \t]{0,8}"([^"\n]{1,200})"')),
        (r"(?:^|/)pom\.xml$", _pom),
        (r"(?:^|/)META-INF/maven/[^/]{1,200}/[^/]{1,200}/pom\.properties$", _first(r"^version=(\S{1,200})")),
        (r"(?:^|/)META-INF/MANIFEST\.MF$", _first(r"^(?:Implementation|Bundle)-Version:[ \t]{0,8}(\S{1,200})")),
        (r"(?:^|/)pyproject\.toml$", _first(r"^version[ \t]{0,8}=[ \t]{0,8}[\"']([^\"'\n]{1,200})[\"']")),
        (r"(?:^|/)setup\.cfg$", _first(r"^version[ \t]{0,8}=[ \t]{0,8}(\d\S{0,200})")),
        (r"(?:^|/)configure\.ac$", _first(r"AC_INIT\([^,()]{1,200},\s{0,80}\[?([0-9][^\],()\s]{0,200})")),
        (r"(?:^|/)meson\.build$", _first(r"^project\([^)]{0,400}?\bversion[ \t]{0,8}:[ \t]{0,8}'([^'\n]{1,200})'")),
        (r"(?:^|/)CMakeLists\.txt$", _first(r"(?i)^\s{0,8}project\([^)]{0,200}?\bVERSION\s{1,8}([0-9][\w.-]{0,80})")),
        (
            r"(?:^|/)\.?(?:VERSION|version|tarball-version)(?:\.txt)?$",
            _first(r"\A\s{0,80}(v?\d[\w.+~:-]{0,200})\s{0,80}\Z"),
        ),
    )
)
_PACKED = re.compile(
    r"(?:\.(?:orig|debian))?\.(?:tar|tgz|tbz2?|txz|tzst|zip|whl|egg|jar|war|ear|aar|apk|deb|udeb|ipk|rpm|gem|crate|nupkg|dsc|iso"
    r"|img|bin|fw|swu|pkg|run|cab|msi|exe|7z|cpio|squashfs|gz|bz2|xz|zst|diff|js|py)\b.{0,40}\Z",
    re.IGNORECASE,
)
_MACHINE = re.compile(
    r"(?:\A|[._-])(?:x86_64|amd64|x64|aarch64|arm64|armv7\w?|armhf|armel|i[3-6]86|riscv64|ppc64le|s390x|noarch|all|any|src)\b"
)
_DEB = re.compile(r"[a-z0-9][a-z0-9+.-]{0,80}_([0-9][0-9A-Za-z.+~:-]{0,120})(?:_[a-z0-9-]{1,30})?")
_VENDOR = re.compile(
    r"(?<![A-Za-z0-9])(V\d{1,4}R\d{1,4}(?:C\d{1,4})?(?:[A-Z]{1,4}\d{1,6}){0,4})(?![0-9])", re.IGNORECASE
)
_DOTTED = re.compile(
    r"(?<![0-9.])(?<![A-Za-z][0-9])(?:(?<=[-_ ])|(?<=\A)|(?<=[-_ ][vV]))v?"
    r"(\d{1,8}(?:\.\d{1,8}){1,5}[0-9A-Za-z.+~]{0,60}"
    r"(?:-[0-9][0-9A-Za-z.+~]{0,60}|-(?:rc|alpha|beta|pre|dev)[.\d]{0,10})?)"
)
_WHOLE = re.compile(r"(?<=[A-Za-z0-9][-_])v?(\d{1,14}[a-z]?)\Z")


def step(old: Release, new: Release, read: Read) -> Step:
    """Return the step between two releases: of the first place that states one on both sides, where they differ."""
    return step_of(old.parts, new.parts, (old.name, new.name), read)


def step_of(old: Iterable[Part], new: Iterable[Part], names: tuple[str, str], read: Read) -> Step:
    """Return the step between two sets of parts; `names` are what their packages are called."""
    mine, theirs = (list(_stated(list(parts), name, read)) for parts, name in zip((old, new), names, strict=True))
    met = [
        Step(one, other)
        for one, other in zip(mine, theirs, strict=True)
        if one and other and one.version and other.version
    ]
    differing = (one for one in met if one.old.version != one.new.version)
    return next(differing, met[0] if met else Step())


def stated_in(path: str, data: bytes) -> str:
    """Return the version that a file of a package's metadata states, "" for any other file or where it states none."""
    way = next((way for pattern, way in _WAYS if pattern.search(path)), None)
    return way(data) if way else ""


def states(path: str) -> bool:
    """Say whether files of this name state a version."""
    return any(pattern.search(path) for pattern, _ in _WAYS)


def version_in_name(name: str) -> str:
    """Return the version that a file or folder's name holds, "" without one.

    >>> version_in_name("requests-2.32.3-py3-none-any.whl"), version_in_name("ufw_0.36.2-1_all.deb")
    ('2.32.3', '0.36.2-1')
    >>> version_in_name("BTS3900_V100R005C10SPC200.zip"), version_in_name("python3")
    ('V100R005C10SPC200', '')
    """
    name = name[-LONGEST:]
    ending = _PACKED.search(name)
    bare = name[: ending.start()] if ending else name
    if ending and ending[0].lower().startswith(".whl"):
        return bare.split("-")[1] if bare.count("-") >= 4 else ""
    bare = _MACHINE.sub("", bare)
    for found in (_DEB.fullmatch(bare), _VENDOR.search(bare), _DOTTED.search(bare), _WHOLE.search(bare)):
        if found:
            return found[1].rstrip(".-_")
    return ""


def _stated(parts: Sequence[Part], name: str, read: Read) -> Iterator[Stated | None]:
    """Yield, for each way in which a version may be stated, what the outermost place says."""
    files = [part for part in parts if len(part.place.hops) == 1 and not part.place.symbol and part.size]
    top = _single_top(part.place.hops[0] for part in files)
    for pattern, way in _WAYS:
        met = [part for part in files if pattern.search(part.place.hops[0]) and _shallow(part, top)]
        best = min(met, key=lambda part: (part.place.hops[0].count("/"), part.place), default=None)
        yield Stated(way(read(best.digest)), best.place) if best else None
    yield Stated(version_in_name(top), Place((top,))) if top else None
    yield Stated(version_in_name(name), Place((name,)))


def _shallow(part: Part, top: str) -> bool:
    path = part.place.hops[0]
    return (path[len(top) + 1 :] if top else path).count("/") < DEEPEST or path.startswith("META-INF/maven/")


def _single_top(paths: Iterable[str]) -> str:
    """Return the folder that holds everything, "" if there are several."""
    tops = {path.split("/", 1)[0] if "/" in path else "" for path in paths}
    return tops.pop() if len(tops) == 1 else ""
