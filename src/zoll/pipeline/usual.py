"""Files that a release usually has and its source has not: what made them, checked by their content.

A mark alone explains nothing, since whoever adds a file can write the mark too: what a build makes is held against
what it is made from, and what cannot be held against anything stays unexplained.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property

from zoll.compare.noise import Stamps
from zoll.model import Part
from zoll.parse.broken import Broken
from zoll.parse.source import SlowSource, open_code
from zoll.pipeline.made import (
    addresses_of,
    bare,
    bare_digest,
    catalogue_texts,
    made_names,
    map_texts,
    names_of,
    python_words,
    record_lines,
    script_words,
    words_of,
)
from zoll.pipeline.tables import published, vocabulary

Read = Callable[[str], bytes]

MOST_TEXT = 48_000_000
BINARY = ("data/", "executable/", "container/")
# The share of a made text's words that its source need not know.
STRANGE = 0.02


class Beside:
    """The source and the release around a file; words are taken only when somebody asks, in the worker that asks."""

    def __init__(self, source: Sequence[Part], release: Sequence[Part], stamps: Stamps, read: Read) -> None:
        self.source = source
        self.release = release
        self.stamps = stamps
        self.read = read

    def texts(self, *kinds: str, names: str = "") -> Iterable[bytes]:
        """Yield the source's files whose kind begins with one of `kinds` and whose name matches, up to a bound."""
        left = MOST_TEXT
        for part in self.source:
            if part.kind.startswith(kinds) and re.search(names, part.place.name) and (left := left - part.size) > 0:
                yield self.read(part.digest)

    @cached_property
    def words(self) -> frozenset[bytes]:
        """The words of all the source's texts."""
        return frozenset().union(*(words_of(text) for text in self.texts("code/", "config/", "text/", "document/")))

    @cached_property
    def names(self) -> frozenset[bytes]:
        """The names in the source's texts, in macro files as they were published, and those that automake writes."""
        macros = [(one.place.name, self.read(one.digest)) for one in self.release if one.place.name in published()]
        known = (data for name, data in macros if bare_digest(data) in published()[name])
        return vocabulary().union(self.said, *map(names_of, known), *map(names_of, self._paths()))

    @cached_property
    def said(self) -> frozenset[bytes]:
        """The names and IP addresses in the source's texts."""
        texts = list(self.texts("code/", "config/", "text/"))
        return frozenset().union(*map(names_of, texts), *map(addresses_of, texts))

    def _paths(self) -> Iterable[bytes]:
        paths = (*published(), *(hop for part in self.source for hop in part.place.hops))
        return (path.encode("utf-8", "replace") for path in paths)

    @cached_property
    def translations(self) -> frozenset[bytes]:
        """The texts of all catalogues of the source, white space and quotes out."""
        patches = (b"\n".join(line[1:] for line in text.split(b"\n")) for text in self.texts("text/patch"))
        return frozenset().union(*map(catalogue_texts, (*self.texts("document/po"), *patches)))

    @cached_property
    def patched(self) -> frozenset[bytes]:
        """The lines that the source's own patches add."""
        lines = (line for text in self.texts("text/patch") for line in text.split(b"\n"))
        return frozenset(line[1:].strip() for line in lines if line.startswith(b"+"))

    @cached_property
    def folders(self) -> frozenset[str]:
        """The names of the source's folders and, without endings, of its files."""
        steps = (step for part in self.source for hop in part.place.hops for step in hop.split("/"))
        return frozenset(step.partition(".")[0] for step in steps)


def usual(part: Part, data: bytes, source: bytes | None, old: bytes | None, beside: Beside) -> str:
    """Return what explains a file that the source lacks (`source` None) or has otherwise, "" when nothing does."""
    if source is not None and _filled_in(data, source):
        return "a template of the source, filled in with versions or paths"
    if source is not None and _patched(data, source, beside):
        return "patched by the source's own patches"
    return next(filter(None, (check(part, data, old, beside) for check in _CHECKS)), "")


# --- what the source has otherwise

_HOLDER = re.compile(
    rb"@[A-Za-z]\w*@|\$\{[\w.]{1,40}\}|%\([\w.]{1,40}\)s|\{\{ ?[\w.]{1,40} ?\}\}|\b0\.0\.0(?:[.-]?dev\d*)?\b"
)
# A path, a version, a name: nothing that a shell would act on.
_VALUE = rb"[\w.+@/ -]{0,80}"


def _filled_in(data: bytes, source: bytes) -> bool:
    """Say whether each line is the source's, or the source's with a placeholder filled in by a version or a path."""
    mine, theirs = data.split(b"\n"), source.split(b"\n")
    if len(mine) != len(theirs) or not _HOLDER.search(source):
        return False
    for one, two in zip(mine, theirs, strict=True):
        if one != two:
            pieces = [re.escape(piece) for piece in _HOLDER.split(two)]
            if len(pieces) < 2 or not re.fullmatch(_VALUE.join(pieces), one):
                return False
    return True


def _patched(data: bytes, source: bytes, beside: Beside) -> bool:
    """Say whether every line that the source's file does not have is one that a patch of the source adds."""
    there = {line.strip() for line in source.split(b"\n")}
    fresh = {line.strip() for line in data.split(b"\n")} - there
    return bool(fresh) and fresh <= beside.patched


# --- what a build adds


def _of_wheel(part: Part, data: bytes, _old: bytes | None, beside: Beside) -> str:
    folder, _, name = part.place.hops[-1].rpartition("/")
    if not folder.endswith((".dist-info", ".egg-info")) and name != "PKG-INFO":
        return ""
    lines = [line for line in data.decode("utf-8", "replace").splitlines() if line.strip()]
    match name:
        case "RECORD":
            return "wheel metadata" if record_lines(lines, _digests(part, beside)) else ""
        case "WHEEL":
            return "wheel metadata" if all(_WHEEL.fullmatch(line) for line in lines) else ""
        case "METADATA" | "PKG-INFO":
            return "package metadata" if _METADATA.match(data) and _stands(data, beside) else ""
        case "top_level.txt" | "namespace_packages.txt":
            return "package metadata" if all(line.split("/")[-1] in beside.folders for line in lines) else ""
        case "entry_points.txt" | "requires.txt":
            return "package metadata" if words_of(data) <= beside.words | _SECTIONS else ""
        case "SOURCES.txt" | "dependency_links.txt" | "zip-safe" | "not-zip-safe":
            return "package metadata" if all(_PATH.fullmatch(line) for line in lines) else ""
    return ""


_WHEEL = re.compile(r"(?:Wheel-Version|Generator|Root-Is-Purelib|Tag|Build): [\w.()+ -]{1,80}")
_METADATA = re.compile(rb"Metadata-Version: ")
_PATH = re.compile(r"[\w./ +@~-]{1,300}")
_SECTIONS = frozenset({b"console_scripts", b"gui_scripts", b"extra"})
_FIELD = re.compile(rb"^[A-Z][A-Za-z-]{1,40}:", re.MULTILINE)


def _digests(part: Part, beside: Beside) -> dict[str, str]:
    """Return the digests of what lies in the same container; "" where a container in it was opened."""
    around = part.place.hops[:-1]
    inside = [one for one in beside.release if one.place.hops[:-1] == around]
    return {one.place.hops[-1]: "" if one.kind.startswith("container/") else one.digest for one in inside}


def _stands(data: bytes, beside: Beside) -> bool:
    """Say whether nearly all words of a text are the source's."""
    return _strange(words_of(_FIELD.sub(b"", data)), beside) <= STRANGE


def _strange(words: frozenset[bytes], beside: Beside) -> float:
    return len(words - beside.words - _GLUE) / max(len(words), 1)


# Words that bundlers, compilers and packagers bring in of themselves.
_GLUE = frozenset(
    b"""__esModule defineProperty getOwnPropertyDescriptor getOwnPropertyNames hasOwnProperty prototype enumerable
    configurable writable exports require module default undefined function return define amd globalThis self window
    Symbol toStringTag __proto__ create call apply bind Object TypeError constructor toPrimitive iterator
    metadata classifier provides extra requires dist python summary author license keywords platform description
    _interopDefaultLegacy _interopRequireDefault _interopNamespace __PURE__ _typeof _classCallCheck _createClass
    _defineProperties _defineProperty _slicedToArray _toConsumableArray _arrayWithHoles _iterableToArrayLimit
    _iterableToArray _unsupportedIterableToArray _arrayLikeToArray _nonIterableRest _nonIterableSpread _objectSpread2
    ownKeys Cannot class Arguments Clamped Invalid attempt destructure spread instance order iterable array objects
    must have method getOwnPropertySymbols getOwnPropertyDescriptors defineProperties asyncGenerator regeneratorRuntime
    finally catch throw switch case break continue delete typeof instanceof void while yield await async super extends
    static arguments null true false this else
    freeze assign keys next done value sent stop wrap mark prev webpack noConflict
    content type markdown charset variant home page email maintainer project dynamic identifier""".split()
)


def _of_script(part: Part, data: bytes, _old: bytes | None, beside: Beside) -> str:
    """Scripts whose texts and whose names of other things the source has too: minified, bundled, transpiled."""
    name = part.place.name
    if name.endswith(".map"):
        told = map_texts(data)
        return "a map of the source's own scripts" if told is not None and not _new(names_of(told), beside) else ""
    if part.kind == "text/css":
        return "made from the source's own styles" if not _new(names_of(data), beside) else ""
    if part.kind != "code/javascript" or _new(script_words(data), beside):
        return ""
    return "made from the source's own scripts: it says and calls nothing new"


def _new(words: frozenset[bytes], beside: Beside) -> frozenset[bytes]:
    return frozenset(word for word in words if len(word) >= 4) - beside.said - _GLUE


def _of_compiled_python(part: Part, data: bytes, _old: bytes | None, beside: Beside) -> str:
    if part.kind != "executable/pyc":
        return ""
    try:
        new = python_words(data) - beside.said
    except Broken:
        return ""
    return "" if new else "compiled from the source: no name or text of it is new"


def _of_translation(part: Part, data: bytes, _old: bytes | None, beside: Beside) -> str:
    if part.kind != "data/mo":
        return ""
    texts = catalogue_texts(data)
    return "translations compiled from the source's .po files" if texts and texts <= beside.translations else ""


def _of_document(part: Part, data: bytes, _old: bytes | None, beside: Beside) -> str:
    if not part.kind.startswith("document/") or not _stands(_MARKUP.sub(b" ", _HYPHEN.sub(b"", data)), beside):
        return ""
    return "made from the source's documents: nearly every word of it is theirs"


# What man pages set type with, and words that were broken at the end of a line.
_MARKUP = re.compile(rb"\\f(?:\[\w{0,4}\]|\(\w\w|\w)|\\[-&]")
_HYPHEN = re.compile(rb"(?<=\w)(?:-|\xe2\x80\x90|\\-)\n\s{0,40}(?=\w)")


def _of_version(part: Part, data: bytes, _old: bytes | None, _beside: Beside) -> str:
    """Files named after the version that hold assignments of plain values and nothing else."""
    if not re.search(r"(?i)version", part.place.name) or len(data) > 4000:
        return ""
    if part.kind == "code/python":
        return "version stamp" if _plain_values(data) else ""
    return "version stamp" if re.fullmatch(rb"\s*v?[\w.+~-]{1,60}\s*", data) else ""


def _plain_values(data: bytes) -> bool:
    """Say whether a Python file assigns and imports names for types only: no call, no function, no syntax error."""
    with suppress(SlowSource):
        opened = open_code(data, "python")
        walked = [one for function in opened.code.functions for one in opened.statements(function)]
        modules = {name.partition(".")[0] for name in opened.code.imports.values()}
        quiet = all(one.kind in _QUIET and not one.calls for one in walked)
        return quiet and not opened.code.errors and len(opened.code.functions) == 1 and modules <= _TYPES
    return False


_QUIET = frozenset({"assign", "declare", "import", "condition", "other"})
_TYPES = frozenset({"typing", "__future__", "builtins", "collections"})


def _of_package(part: Part, data: bytes, _old: bytes | None, beside: Beside) -> str:
    """Explain what makes a Debian package of a tree: its control files, held against those of the source."""
    folder, _, name = part.place.hops[-1].rpartition("/")
    if name == "debian-binary" and data == b"2.0\n":
        return "Debian control file"
    if folder.rpartition("/")[2] != "DEBIAN":
        return ""
    match name:
        case "md5sums" | "conffiles" | "shlibs" | "triggers" | "symbols":
            told = data.decode("utf-8", "replace").splitlines()
            return "Debian control file" if all(_PLAIN.fullmatch(line) for line in told) else ""
        case "control":
            return "Debian control file" if _strange(words_of(data), beside) <= 0.2 else ""
        case "preinst" | "postinst" | "prerm" | "postrm":
            own = _ADDED.sub(b"", data)
            lines = {line.strip() for text in beside.texts("", names=name) for line in text.split(b"\n")}
            rest = {line.strip() for line in own.split(b"\n")} - lines - {b"", b"set -e", b"#!/bin/sh"}
            return "maintainer script of the source with debhelper's lines" if not rest and _helpers_only(data) else ""
    return ""


_PLAIN = re.compile(r"[\w@#./:*+~()=<>|\[\],\" -]{0,400}")
_ADDED = re.compile(
    rb"# Automatically added by (\w{1,40})[^\n]{0,40}\n(.{0,4000}?)# End automatically added section", re.DOTALL
)
_HELPERS = re.compile(
    rb"(?:if|then|else|elif|fi|case|esac|for|do|done|true|:|exit|set|\[|&&|\|\||!|deb-systemd-helper|deb-systemd-invoke"
    rb"|systemctl|ldconfig|dpkg-maintscript-helper|update-rc\.d|invoke-rc\.d|py3compile|py3clean|update-alternatives"
    rb"|dpkg|pypy3compile|pypy3clean|find|_dh_action=\w*)(?=[\s;)]|$)"
)


def _helpers_only(data: bytes) -> bool:
    """Say whether what debhelper is said to have added calls debhelper's own programs only."""
    lines = (line.strip() for found in _ADDED.finditer(data) for line in found[2].split(b"\n"))
    return all(not line or line.startswith(b"#") or _HELPERS.match(line) for line in lines)


def _of_compiled(part: Part, _data: bytes, _old: bytes | None, beside: Beside) -> str:
    """Name programs whose source is there; they are not built again."""
    compiled = part.kind.startswith("executable/") and part.kind not in {"executable/pyc", "executable/luac"}
    there = compiled and any(one.kind in _COMPILED for one in beside.source)
    return "compiled, and not held against the source" if there else ""


_COMPILED = frozenset({"code/c", "code/cpp", "code/go", "code/rust", "code/java", "text/assembly", "text/swift"})


_MARKS = re.compile(
    rb"(?i)generated (?:automatically )?by (?:gnu )?(?:autoconf|automake|aclocal|autoheader|libtoolize)"
    rb"|generated automatically|generated from .{1,80} by (?:autoconf|automake|autoheader)"
    rb"|^timestamp=|^scriptversion=|^#\s{0,3}(?:[\w.+-]{1,40} )?serial \d|texinfoversion",
    re.MULTILINE,
)


def _of_autotools(part: Part, data: bytes, old: bytes | None, beside: Beside) -> str:
    """Explain what autotools copy if it is as they published it, and what they make if it can be checked."""
    name = part.place.name
    if bare_digest(data) in published().get(name, ()):
        return "autotools: as published"
    if not _MARKS.search(data[:200_000]):
        return ""
    if old is not None and bare(data) == bare(old):
        return "autotools: generated, and the same as in the old release"
    if name in {"Makefile.in", "aclocal.m4"} and not made_names(data) - beside.names:
        return "autotools: generated, no word of it is new"
    if name.endswith(".h.in") and all(_HEADER.fullmatch(line) for line in bare(_C_COMMENT.sub(b"", data)).split(b"\n")):
        return "autotools: generated, it only names what is to be defined"
    return ""


_C_COMMENT = re.compile(rb"/\*(?>(?:[^*]++|\*(?!/))*)\*/")
_HEADER = re.compile(rb"\s*(?:#\s*(?:undef|ifndef|ifdef|if|elif|else|endif|define)\b[\w \t()!&|<>=.*,-]{0,200})?")


_CHECKS = (
    _of_wheel,
    _of_script,
    _of_compiled_python,
    _of_translation,
    _of_version,
    _of_package,
    _of_autotools,
    _of_document,
    _of_compiled,
)
