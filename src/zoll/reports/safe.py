"""Makes text of the inspected upgrade safe to show: what could mislead a terminal or an eye becomes a visible escape.

Report formats pass every name, word and line of code through here; what they write themselves needs no care.
"""

import json
import re
from typing import Any

import msgspec

# Blank or joining characters that Unicode counts as letters or marks: fillers, braille blank, variation selectors.
_UNSEEN = frozenset(
    (0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10))
)
_UNSEEN_FAR = range(0xE0000, 0xE1000)
_NAMED = {"\n": r"\n", "\r": r"\r", "\t": r"\t", "\x1b": r"\e"}
_PLAIN = re.compile(r"[ -~]*")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPED = re.compile(r"\\ud[89a-f]")  # a surrogate as JSON in ASCII has it: of a pair, or alone
_TAB = 4


def show(text: str) -> str:
    r"""Return the text as one line in which every control, bidi, invisible or unassigned character is a visible escape.

    Bytes of a name that are no UTF-8 (surrogate escapes) show as the byte.

    >>> print(show("a\x1b[31mb\u202ec"))
    a\e[31mb\u202ec
    """
    return text if _PLAIN.fullmatch(text) else "".join(map(_visible, text))


def whole(text: str) -> str:
    """Return the text as well-formed Unicode: lone surrogates (bytes that were no UTF-8) become visible escapes."""
    return _SURROGATE.sub(lambda found: _visible(found[0]), text)


def well_formed(value: Any) -> Any:
    """Return lists, dictionaries and texts without lone surrogates, which many JSON readers refuse."""
    if isinstance(value, dict):
        return {key: well_formed(item) for key, item in value.items()}
    if isinstance(value, list):
        return [well_formed(item) for item in value]
    return whole(value) if isinstance(value, str) else value


def as_json(value: Any) -> str:
    """Return plain values as indented JSON in ASCII with sorted keys, their texts well formed.

    Written in one piece and indented after that: Python's own writer is slow where it indents.
    """
    text = _compact(value)
    text = _compact(well_formed(value)) if _ESCAPED.search(text) else text
    return msgspec.json.format(text, indent=2) + "\n"


def _compact(value: Any) -> str:
    return json.dumps(value, sort_keys=True, allow_nan=False)


def show_code(line: str) -> str:
    """Return a line of code made safe, with tabs as blanks."""
    return show(line.expandtabs(_TAB))


def _visible(char: str) -> str:
    point = ord(char)
    if char.isprintable() and point not in _UNSEEN and point not in _UNSEEN_FAR:
        return char
    if char in _NAMED:
        return _NAMED[char]
    if 0xDC80 <= point <= 0xDCFF:  # a byte that was no UTF-8, kept by surrogateescape
        return f"\\x{point - 0xDC00:02x}"
    return char.encode("unicode_escape", "surrogatepass").decode("ascii")
