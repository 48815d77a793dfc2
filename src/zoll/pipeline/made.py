"""Words and texts of made files, to be held against what they were made from."""

import json
import re
import struct
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from hashlib import sha256

from zoll.parse import pyc

_WORD = re.compile(rb"[A-Za-z_$\x80-\xff][\w$\x80-\xff]{2,80}")
_NAME = re.compile(rb"[A-Za-z_]\w{2,80}")
_FILLED = re.compile(rb"^(\w+) = @\1@$|@[A-Za-z_]\w*@", re.MULTILINE)
_MADE_UP = re.compile(
    rb"AM_V_\w+|_?am_?_\w+|\w+_(?:TRUE|FALSE|DEPENDENCIES|OBJECTS|DIST|REMOVE|SOURCES|RECURSIVE|LINK|INSTALL)"
    rb"|(?:nobase_|nodist_|dist_|noinst_|inst_)*\w*(?:DATA|SCRIPTS|HEADERS|PROGRAMS|LIBRARIES|LTLIBRARIES|MANS)"
    rb"|(?:abs_|top_)*(?:build|src|lib|bin|sbin|data|include|sysconf|state|doc)\w*|AM_\w*FLAGS|_?AM_\w+|[A-Z]{2,8}FLAGS"
    rb"|\w+_LDADD|[A-Z_]*(?:DEPMODE|CCLD|CPPAS|CXXLD|COMPILE|COMPILER|LOG_DRIVER|LOG_DRIVER_FLAGS|TEST_EXTENSIONS|LOG_FLAGS)"
    rb"|GEN|TAGS_FILES|m4_include|AC_CONFIG_MACRO_DIRS|procedure"
)
_ESCAPED = re.compile(rb"\\x([0-9A-Fa-f]{2})|\\u([0-9A-Fa-f]{4})")
_MAPPED = re.compile(rb"//[#@] sourceMappingURL=[\w./-]{1,200}\s*$")
_TEXT = re.compile(
    rb"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\]|\\.)*+`|//[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)\*/",
    re.DOTALL,
)
_DECLARED = re.compile(
    rb"\b(?:var|let|const|class)\s{1,8}[\w$]{1,80}|\bfunction\b\s{0,8}\*?\s{0,8}[\w$]{0,80}\s{0,8}\([\w$,\s]{0,400}\)"
    rb"|,\s{0,40}[\w$]{1,80}\s{0,8}=(?![=>])|(?<![\w$])[\w$]{1,80}\s{0,8}=>|\([\w$,\s]{0,200}\)\s{0,8}=>"
)
_TWIN = re.compile(rb"__default(?:Legacy)?\b")
_MAP = frozenset({"version", "file", "sources", "sourcesContent", "names", "mappings", "sourceRoot", "ignoreList"})
_MAPPINGS = re.compile(r"[A-Za-z0-9+/,;]*+")
_ADDRESS = re.compile(rb"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")
_REMARK = re.compile(rb"(?:#+(?:\s|$)|dnl(?:\s|$))")
_MANGLED = re.compile(rb"^_[A-Za-z]\w*?(?=__)")
_SCOPE = re.compile(rb"<(?:locals|listcomp|dictcomp|setcomp|genexpr|lambda|module)>")
_COMPILERS = frozenset(
    b"""__module__ __qualname__ __name__ __doc__ __class__ __classcell__ __annotations__ __static_attributes__
    __firstlineno__ __class_getitem__ __classdict__ __conditional_annotations__ return""".split()
)
_RECORD = re.compile(r"(.{1,400}?),(?:sha256=([A-Za-z0-9_-]{43}))?,\d{0,12}")
_STRING = re.compile(rb"\"((?:[^\"\\\n]|\\.)*+)\"")
_MO = {b"\xde\x12\x04\x95": "<", b"\x95\x04\x12\xde": ">"}
_LIMIT = 200_000


def words_of(text: bytes) -> frozenset[bytes]:
    """Return the words of a text, of three characters or more.

    >>> sorted(words_of(b"if (isHost) a.send('x-token');"))
    [b'isHost', b'send', b'token']
    """
    return frozenset(_WORD.findall(text))


def python_words(data: bytes) -> frozenset[bytes]:
    """Return the words of the names and texts in compiled Python, but for those that the compiler writes.

    Raise Broken where they cannot be read.
    """
    told = b"\n".join(_SCOPE.sub(b"", text) for text in pyc.texts(data))
    words = (_MANGLED.sub(b"", word) for word in names_of(told))
    return frozenset(word for word in words if len(word) >= 4 and word not in _COMPILERS)


def record_lines(lines: Iterable[str], digests: Mapping[str, str]) -> bool:
    """Say whether each line of a wheel's RECORD is a path of the wheel with its sha256 and size (PEP 376, PEP 427)."""
    return all(_recorded(line, digests) for line in lines)


def _recorded(line: str, digests: Mapping[str, str]) -> bool:
    found = _RECORD.fullmatch(line)
    if not found:
        return False
    there = digests.get(found[1].strip('"'))
    if not found[2] or not there:
        return found[1].endswith("RECORD") or there == ""
    return urlsafe_b64decode(found[2] + "=").hex() == there


def catalogue_texts(data: bytes) -> frozenset[bytes]:
    """Return the texts and translations of a gettext catalogue, .mo or .po, without white space and escapes."""
    texts = _mo_texts(data, _MO[data[:4]]) if data[:4] in _MO else _po_texts(data)
    return frozenset(bare for text in texts if (bare := _bare(text)))


def _bare(text: bytes) -> bytes:
    return re.sub(rb"\\[nt]|[\s\\\"]", b"", text)


def _mo_texts(data: bytes, order: str) -> Iterable[bytes]:
    """Yield the texts of a .mo file but for its head; format: GNU gettext manual, "MO Files"."""
    if len(data) < 20:
        return
    count, *tables = struct.unpack_from(f"{order}III", data, 8)
    for number in range(min(count, _LIMIT)):
        sides = [_slice(data, order, table + 8 * number) for table in tables]
        if sides[0]:
            yield from (piece for side in sides for piece in re.split(rb"[\0\x04]", side))


def _slice(data: bytes, order: str, at: int) -> bytes:
    if at + 8 > len(data):
        return b""
    length, start = struct.unpack_from(f"{order}II", data, at)
    return data[start : start + length]


def _po_texts(data: bytes) -> Iterable[bytes]:
    current: list[bytes] = []
    for line in (raw.removeprefix(b"#~").strip() for raw in data.split(b"\n")):
        if line.startswith(b"msg"):
            yield b"".join(current)
            current = []
        if line.startswith((b"msg", b'"')):
            current += _STRING.findall(line)
    yield b"".join(current)


def names_of(text: bytes) -> frozenset[bytes]:
    """Return the names in a script or make file, of three characters or more, without their dollar signs."""
    return frozenset(_NAME.findall(text))


def addresses_of(text: bytes) -> frozenset[bytes]:
    """Return IP addresses."""
    return frozenset(_ADDRESS.findall(text))


def bare(data: bytes) -> bytes:
    """Return a script or macro file without comments and blank lines; `#include` and the like stay."""
    lines = (line.strip() for line in data.split(b"\n"))
    return b"\n".join(line for line in lines if line and not _REMARK.match(line))


def bare_digest(data: bytes) -> str:
    """Return 12 hex digits that stand for a script or macro file, comments and blank lines aside."""
    return sha256(bare(data)).hexdigest()[:12]


def made_names(data: bytes) -> frozenset[bytes]:
    """Return the names in what automake or aclocal made, but for those that they make up, and what configure fills in.

    `CC = @CC@` says nothing, and neither does `am__objects_1` or `COND_X_TRUE`: what they are given does.
    """
    return frozenset(name for name in names_of(_FILLED.sub(b"", bare(data))) if not _MADE_UP.fullmatch(name))


def script_words(data: bytes) -> frozenset[bytes]:
    """Return the words of a bundled or minified script that it does not bring about by itself.

    Those of its texts, and those names that it does not declare: what it calls and reaches for.
    """
    data = _ESCAPED.sub(_unescaped, _MAPPED.sub(b"", data))
    texts = b"\n".join(found[0] for found in _TEXT.finditer(data) if not found[0].startswith(b"/"))
    rest = _TEXT.sub(b'""', data)
    declared = {name for found in _DECLARED.finditer(rest) for name in names_of(found[0])}
    return names_of(texts) | addresses_of(texts) | (names_of(_TWIN.sub(b"", rest)) - declared)


def map_texts(data: bytes) -> bytes | None:
    """Return what a source map says of its sources, None if it says anything else (Source Map, ECMA-426)."""
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or told.keys() - _MAP or not _MAPPINGS.fullmatch(str(told.get("mappings", ""))):
        return None
    lists = [told.get(key) or [] for key in ("names", "sourcesContent")]
    return "\n".join(str(one) for some in lists if isinstance(some, list) for one in some).encode("utf-8", "replace")


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = int(found[1] or found[2], 16)
    return bytes((code,)) if 0x20 <= code < 0x7F else b" "
