"""Literals as written, decoded: escapes, quotes, prefixes, adjacent pieces."""

import re

_ESCAPE = re.compile(
    r"\\(?:x([0-9A-Fa-f]{1,2})|x\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|[uU]\{?([0-9A-Fa-f]{1,8})\}?|([0-7]{1,3})|(\r?\n)|(.))",
    re.DOTALL,
)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b"}
_HEAD = re.compile(r"([A-Za-z@$#]{0,4})(#{0,8})(\"\"\"|'''|\"|'|`|)")
_VARIABLE = re.compile(r"\$\w{1,80}|[$#]\{\w{1,80}\}")
MOST = 200_000


def _one(found: re.Match[str]) -> str:
    for group in (1, 2, 3, 4):
        if found[group] is not None:
            code = int(found[group], 16)
            return chr(code) if code < 0x110000 else ""
    if found[5] is not None:
        return chr(int(found[5], 8) & 0x1FF)
    if found[6] is not None:
        return ""
    return _NAMED.get(found[7], found[7])


def unescape(text: str) -> str:
    """Replace backslash escapes of the C family by what they stand for."""
    return _ESCAPE.sub(_one, text) if "\\" in text else text


def unquote(text: str, raw_marks: str = "", raw_quotes: str = "") -> str:
    """Return a string's text: without prefix and quotes, escapes decoded unless prefix or quote says raw."""
    text = text[:MOST]
    head = _HEAD.match(text)
    if head is None or not (head[3] or head[2]):
        return unescape(text)
    mark, quote = head[1], head[3]
    inner = text[head.end() :]
    tail = quote + head[2]
    if tail:
        inner = inner.removesuffix(tail)
    if quote and quote in raw_quotes and "$" not in mark:
        return inner.replace("\\'", "'").replace("\\\\", "\\") if quote == "'" else inner
    if any(letter in raw_marks for letter in mark):
        return inner
    return unescape(inner)


def is_variable(text: str) -> bool:
    """Say whether the text of a literal is one variable alone and nothing besides.

    >>> is_variable("${WANTED}"), is_variable("$wanted"), is_variable("x$wanted"), is_variable("#{wanted}")
    (True, True, False, True)
    """
    return bool(_VARIABLE.fullmatch(text))
