"""What the eye does not see: invisible and look-alike characters, code far off to the right."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.readers.material import Material

DOC = Doc(
    title="Invisible and look-alike characters, code far to the right",
    reads=("*",),
    yields=("invisible", "far"),
    limitations=("binary data is left out", "at most 100 readings for each part"),
)
MOST = 100
BINARY = ("data/", "executable/", "container/")
_FAR = re.compile(r"(?:\S|^)[ \t]{100,}(?=\S)")
_HIDDEN = re.compile(
    "[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u0084\u0086-\u009f]|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\u180e\u115f\u1160\u3164\uffa0\ufeff\u00ad]"
    "|[\ufe00-\ufe0f]|[\ue000-\uf8ff]|[\U000e0000-\U000e01ef]|[\U000f0000-\U0010ffff]"
)
_LOOKALIKE = re.compile("[\u0370-\u03ff\u0400-\u052f\uff21-\uff5a]")
_SIGNS = re.compile(f"{_HIDDEN.pattern}|{_LOOKALIKE.pattern}")
_MIXED = re.compile(
    "[A-Za-z0-9_]*(?:[A-Za-z][\u0370-\u03ff\u0400-\u052f\uff21-\uff5a]|[\u0370-\u03ff\u0400-\u052f\uff21-\uff5a][A-Za-z])[A-Za-z0-9_\u0370-\u03ff\u0400-\u052f\uff21-\uff5a]*"
)
_HASHED = frozenset(["python", "shell", "perl", "ruby"])
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_BUCKETS = (5000, 1000, 500, 200, 120)
_BIDI = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def read(material: Material) -> Iterator[Reading]:
    """Yield what is hidden in the part's own lines."""
    data = _own(material)
    strange = not data.isascii() or len(data.translate(None, _CONTROLS)) < len(data)
    hidden = strange and _SIGNS.search(data.decode("utf-8", "replace")) is not None
    wide = b" " * 100 in data or b"\t" * 20 in data
    if (not hidden and not wide) or material.kind.startswith(BINARY):
        return
    said = 0
    for number, line in _lines(material):
        for reading in _in_line(material, number, line, hidden):
            said += 1
            yield reading
        if said >= MOST:
            return


def _own(material: Material) -> bytes:
    """Return the bytes to look at first: the function's, or the whole file's."""
    function = material.function
    return material.data[function.start_byte : function.end_byte] if function and function.name else material.data


def _lines(material: Material) -> Iterator[tuple[int, str]]:
    """Yield the numbered lines of the function; for the outside those that no function holds."""
    function = material.function
    if function is None:
        yield from material.numbered
    elif function.name:
        yield from enumerate(_own(material).decode("utf-8", "replace").split("\n"), function.line)
    else:
        held = {
            line
            for other in (material.code.functions if material.code else ())
            if other.name
            for line in range(other.line, other.end + 1)
        }
        yield from ((number, line) for number, line in enumerate(material.lines, 1) if number not in held)


def _in_line(material: Material, number: int, line: str, hidden: bool) -> Iterator[Reading]:
    if len(line) > 100 or line.count("\t") > 8:
        yield from _far(material, number, line)
    if hidden and not (line.isascii() and line.isprintable()):
        yield from _invisible(material, number, line)


def _far(material: Material, number: int, line: str) -> Iterator[Reading]:
    shown = line.expandtabs(8)[:100_000]  # as terminals and most editors show it
    for found in _FAR.finditer(shown):
        if found.end() >= _BUCKETS[-1] and shown[found.end() :].strip() != "\\":  # a macro that goes on
            bucket = next(size for size in _BUCKETS if found.end() >= size)
            yield material.say("far", str(bucket), number, 0, shown[found.end() : found.end() + 200])


def _invisible(material: Material, number: int, line: str) -> Iterator[Reading]:
    signs = [found[0] for found in _HIDDEN.finditer(line) if not _innocent(line, found.start(), number)]
    for (name, kind), count in sorted(Counter((_name(sign), _kind(sign)) for sign in signs).items())[:8]:
        many = str(count) if count > 1 else ""
        yield material.say("invisible", name, number, 0, _shown(line), kind_=kind, count=many)
    if (
        material.language and _LOOKALIKE.search(line) and not _remark(line, material.language)
    ):  # a long line has many words, few have such letters
        for word in dict.fromkeys(_MIXED.findall(line)):
            yield material.say(
                "invisible", word.encode("unicode_escape").decode("ascii"), number, 0, _shown(line), kind_="homoglyph"
            )


def _remark(line: str, language: str) -> bool:
    """Say whether all of a line is a remark: a word in it names nothing, whatever its letters."""
    return line.lstrip().startswith("#" if language in _HASHED else ("//", "* "))


def _innocent(line: str, at: int, number: int) -> bool:
    """Say whether the sign is ordinary where it stands: a byte order mark, part of an emoji, a form feed."""
    sign = line[at]
    if sign == "\ufeff":
        return number == 1 and at == 0
    before = line[at - 1] if at else ""
    return (
        sign in "\u200d\ufe0f\ufe0e"
        and bool(before)
        and (ord(before) >= 0x2190 or before in "0123456789#*\u00a9\u00ae\u203c\u2049\u2122\u2139")
    )


def _name(sign: str) -> str:
    if 0xFE00 <= ord(sign) <= 0xFE0F or ord(sign) >= 0xE0100:
        return "VARIATION SELECTOR"
    if 0xE0000 <= ord(sign) <= 0xE007F:
        return "TAG CHARACTER"
    return unicodedata.name(sign, f"U+{ord(sign):04X}")


def _kind(sign: str) -> str:
    code = ord(sign)
    if sign in _BIDI:
        return "bidi"
    if code < 0xA0 and code != 0xAD:
        return "control"
    return "private-use" if 0xE000 <= code <= 0xF8FF or code >= 0xF0000 else "zero-width"


def _shown(line: str) -> str:
    return line[:200].encode("unicode_escape").decode("ascii") if not line.isprintable() else line[:200]
