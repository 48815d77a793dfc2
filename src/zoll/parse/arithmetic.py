"""Small constant expressions of source: `8 >> 2`, `0x1b6 & ~022`, `S_IRUSR | S_IWUSR`."""

import re
from collections.abc import Callable, Iterable, Mapping

_TOKEN = re.compile(
    r"\s*(?:(?P<number>0[xX][0-9a-fA-F_]{1,16}|0[oO][0-7_]{1,12}|0[bB][01_]{1,64}|\d[\d_]{0,18}+)(?:[uUlL]{1,3}|_?[iu](?:8|16|32|64|size))?(?![\w.])"
    r"|(?P<name>[A-Za-z_][\w.:]{0,80})|(?P<mark><<|>>|[-+*/%&|^~()]))"
)
_POWER = re.compile(r"(?<![\w.])(\d{1,4})\s?\*\*\s?(\d{1,2})(?![\w.])")
_BINDS = {"|": 1, "^": 2, "&": 3, "<<": 4, ">>": 4, "+": 5, "-": 5, "*": 6, "/": 6, "%": 6}
_MOST = 64  # tokens of an expression
_WIDE = 1 << 64
_OPEN, _CLOSE = "()"


def evaluate(text: str, names: Mapping[str, int] | None = None) -> int | None:
    """Return the value of an expression of integers and known names, None for anything else.

    >>> evaluate("8 >> 2"), evaluate("0x1b6 & ~022"), evaluate("(A | 1)", {"A": 6}), evaluate("n + 1")
    (2, 420, 7, None)
    """
    if len(text) > 200:
        return None
    if "**" in text:  # Python's power
        text = _POWER.sub(lambda found: str(int(found[1]) ** int(found[2])), text)
    tokens = _tokens(text, names or {})
    return _reduced(tokens) if tokens else None


def _tokens(text: str, names: Mapping[str, int]) -> list[int | str] | None:
    out: list[int | str] = []
    text, at = text.strip(), 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or len(out) >= _MOST:
            return None
        if found["name"]:
            value = names.get(re.split(r"[.:]", found["name"])[-1])
            if value is None:
                return None
            out.append(value)
        else:
            out.append(value_of(found["number"]) if found["number"] else found["mark"])
        at = found.end()
    return out


def value_of(digits: str) -> int:
    """Return the value of a number as C, Python and Rust write it; a leading zero makes it octal.

    >>> value_of("022"), value_of("0o22"), value_of("0x12"), value_of("18")
    (18, 18, 18, 18)
    """
    digits = digits.replace("_", "").lower()
    for head, base in (("0x", 16), ("0o", 8), ("0b", 2)):
        if digits.startswith(head):
            return int(digits[2:], base)
    octal = len(digits) > 1 and digits[0] == "0" and not {"8", "9"} & set(digits)
    return int(digits, 8) if octal else int(digits)


def _reduced(tokens: Iterable[int | str]) -> int | None:
    """Work the tokens off with two stacks, so that brackets need no recursion."""
    values: list[int] = []
    marks: list[str] = []
    operand = True  # whether a value must come next
    for token in tokens:
        if operand and token in ("~", "-", _OPEN):
            marks.append(token if token == _OPEN else f"{token}1")
        elif operand != isinstance(token, int):
            return None
        elif isinstance(token, int):
            values.append(token)
            operand = False
        elif token == _CLOSE:
            if not _until_open(values, marks):
                return None
        elif token in _BINDS:
            if not _work(values, marks, _BINDS[token]):
                return None
            marks.append(token)
            operand = True
        else:
            return None
    if operand or not _work(values, marks, 0) or marks or len(values) != 1:
        return None
    return values[0]


def _until_open(values: list[int], marks: list[str]) -> bool:
    if not _work(values, marks, 0) or not marks:
        return False
    marks.pop()
    return True


def _work(values: list[int], marks: list[str], least: int) -> bool:
    """Apply the marks that bind at least as tightly; False where nothing comes of it."""
    while marks and marks[-1] != _OPEN:
        mark = marks[-1]
        if len(mark) == 2 and mark[1] == "1":
            values[-1] = ~values[-1] if mark[0] == "~" else -values[-1]
        elif _BINDS[mark] >= least and len(values) >= 2:
            right, left = values.pop(), values.pop()
            if (mark in "/%" and not right) or (mark in ("<<", ">>") and not 0 <= right < 64):
                return False
            values.append(_DONE[mark](left, right))
        else:
            break
        marks.pop()
        if abs(values[-1]) >= _WIDE:
            return False
    return True


_DONE: dict[str, Callable[[int, int], int]] = {
    "|": lambda left, right: left | right,
    "^": lambda left, right: left ^ right,
    "&": lambda left, right: left & right,
    "<<": lambda left, right: left << right,
    ">>": lambda left, right: left >> right,
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left // right,
    "%": lambda left, right: left % right,
}
