"""Which white space between tokens means nothing, so that reformatting is no change.

In most languages a blank matters only where it keeps two words or two signs apart (`a - -b` is not `a--b`). Some end
statements at line ends (JavaScript, Go), in some a directive ends with its line (C); in Python, Ruby and shell lines
carry meaning, and only what stands at their ends is folded.
"""

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

DIRECTIVES = frozenset({"c", "cpp"})
ENDINGS = frozenset({"javascript", "typescript", "tsx", "go"})
FREE = frozenset({"java", "php", "perl", "rust", "lua"}) | DIRECTIVES | ENDINGS

# What must stand around a blank so that it means something: words, a number and its point, signs that would melt.
_APART = (
    (r"[\w$@\x80-\xff]", r"[\w$@\x80-\xff]"),
    (r"\d", r"\."),
    (r"\.", r"[.\d]"),
    (r"\+", r"[+=]"),
    (r"-", r"[-=>]"),
    (r"&", r"[&=]"),
    (r"\|", r"[|=]"),
    (r"<", r"[-<=]"),
    (r">", r"[>=]"),
    (r"[!*/%^~?:.]", r"="),
    (r"=", r"[>=~]"),
    (r"\*", r"[*/]"),
    (r"/", r"[/*]"),
    (r":", r":"),
    (r"\?", r"[?.]"),
)
_LOOSE = " " + "".join(f"(?!(?<={before} ){after})" for before, after in _APART)


def _bytes_of(kinds: str) -> NDArray[np.bool_]:
    """Return which of the 256 bytes a class takes in."""
    pattern = re.compile(kinds.encode("latin-1"))
    return np.array([pattern.match(bytes((byte,))) is not None for byte in range(256)])


# By the byte before and the byte behind: whether a blank between them means something.
_MEANS = np.any([np.outer(_bytes_of(before), _bytes_of(after)) for before, after in _APART], axis=0)
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*+)\"")
_NUMBERED = re.compile(r"\\(?:x[0-9A-Fa-f]*|[0-7]{1,3})$")
_BLANK_OR_STRING = re.compile(
    r"\"(?:[^\"\\]|\\.)*+\"(?: ?\"(?:[^\"\\]|\\.)*+\")*+|'(?:[^'\\]|\\.)*+'|`[^`]*+`|\\\\ |" + _LOOSE
)
_DIRECTIVE = re.compile(rb"^[ \t]*+#[^\n]*+", re.MULTILINE)
_CONTINUED = re.compile(rb"\\[ \t\r]*\n")
# An end of line ends a statement only after what can end one, and before what can begin one.
_BLANK_ENDS = (b" \n", b"\t\n", b"\r\n")
_BLANK_END = re.compile(rb"[ \t\r]++\n")
_ENDING = re.compile(rb"\n(?<=[\w$)\]}\"'`+\-\x80-\xff]\n)\s*(?=[\w$(\[{\"'`+\-!~#@/\x80-\xff])")
_KEEP = bytes.maketrans(b" \t\n\r\f\v", b"\x11\x12\x13\x14\x15\x16")


def kept(text: bytes) -> bytes:
    """Return a literal so that no later folding touches its white space."""
    return text.translate(_KEEP)


def folded(text: bytes, language: str) -> bytes:
    """Return source, comments out and literals `kept`, without the white space that means nothing."""
    if language == "python":
        return b"\n".join(line for line in map(bytes.rstrip, text.split(b"\n")) if line)
    if language not in FREE:
        return b"\n".join(line for line in (b" ".join(line.split()) for line in text.split(b"\n")) if line)
    if language in DIRECTIVES and b"#" in text:
        text = _DIRECTIVE.sub(lambda found: b"\x01" + found[0] + b"\x01", _CONTINUED.sub(b" ", text))
    elif language in ENDINGS:
        text = _BLANK_END.sub(b"\n", text) if any(map(text.__contains__, _BLANK_ENDS)) else text
        text = _ENDING.sub(b"\x01", text)
    return _tight(b" ".join(text.split()))


def _tight(text: bytes) -> bytes:
    """Return text without the blanks that mean nothing; each stands alone, between two other bytes."""
    given = np.frombuffer(text, np.uint8)
    blanks = np.flatnonzero(given == ord(" "))
    stays = np.ones(len(given), np.bool_)
    stays[blanks] = _MEANS[given[blanks - 1], given[blanks + 1]]
    return given[stays].tobytes()


@lru_cache(maxsize=65536)
def squeezed(text: str) -> str:
    """Return a statement's text of a free language without the blanks that mean nothing; strings stay as they are."""
    if '"' in text or "'" in text or "`" in text:
        return _BLANK_OR_STRING.sub(_unless_blank, text)
    return _BLANK_OR_STRING.sub("", text)


def _unless_blank(found: re.Match[str]) -> str:
    text = found[0]
    if text in (" ", "\\ "):
        return ""
    return _joined(text) if text.startswith('"') and ('" "' in text or '""' in text[1:-1]) else text


def _joined(text: str) -> str:
    """Join strings that stand side by side, unless the one before ends in an escape that would run on."""
    pieces = _STRING.findall(text)
    return text if any(_NUMBERED.search(piece) for piece in pieces[:-1]) else f'"{"".join(pieces)}"'


# Two characters or more, so that C's `'a'` stays a number; nothing in it that one of the quotes would read otherwise.
_SINGLE = re.compile(r"""(?<![\w"'\\])'([^'"\\$`#@%\n]{2,200})'""")


def one_quote(text: str) -> str:
    """Return a text whose single-quoted strings stand in double quotes, where both mean the same in every language."""
    return _SINGLE.sub(r'"\1"', text) if "'" in text else text


_RETURNED = re.compile(r"return\s{0,4}\((.{1,4000})\)\s{0,2}(;?)", re.DOTALL)
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|`[^`]*+`")


def bare_return(text: str) -> str:
    """Return a statement without the brackets around all that it gives back, which mean nothing.

    >>> bare_return("return (a, b)"), bare_return("return (a) + (b)")
    ('return a, b', 'return (a) + (b)')
    """
    found = _RETURNED.fullmatch(text) if text.startswith("return") else None
    if found is None:
        return text
    depth = 0
    for mark in _QUOTED.sub("", found[1]):
        depth += (mark in "([{") - (mark in ")]}")
        if depth < 0:
            return text
    return f"return {found[1].strip()}{found[2]}"
