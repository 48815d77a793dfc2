"""Masks that look at fewer bits than before: `x & 0xf0 == 16` that became `x & 0x10 == 16`."""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.strength import number
from zoll.parse.code import Statement

# What is held against a mask, which is a number or names joined with `|`; `&&`, an address and `&=` are no masks.
_MASK = re.compile(
    r"(?<=[\w)\]])\s?&\s?(?:(?P<one>\w{1,60})|\(\s?(?P<some>\w{1,60}(?:\s?\|\s?\w{1,60}){1,12})\s?\))(?![\w(.\[])"
    r"(?=(?P<sign>\s?\)?\s?[!=]==?\s?(?P<with>[\w]{1,40}))?)"
)
_ASKS = frozenset({"condition", "return", "assign", "declare", "loop"})
_SMALL = r"u?_?int(?:8|16)_t|[us](?:8|16)|(?:un)?signed char|(?:unsigned )?short(?: int)?|u_?char|byte"
# A cast of one side of a comparison; what a call is handed may have to be so, as `isdigit` has.
_CAST = re.compile(rf"(?P<before>^|&&|\|\||[<>!=]=?|\b(?:if|while|return)\s?\(|\(\()\s?\((?:{_SMALL}|char)\s?\)\s?")
_NARROW = re.compile(rf"(?:{_SMALL})\s+")
_FLAG = re.compile(r"\(?([\w.>-]{1,80})\s?&\s?([A-Z][A-Z0-9_]{2,60})\)?")
_END = re.compile(r"\(?(.{1,160}?)\s?((?:%|&)\s?\w{1,20})\)?", re.DOTALL)  # what is left of a number
_MOST = 1500
_SHOWN = 24
_RIGHTS = re.compile(r"(?i)mode\W{0,3}\Z")
_NOUGHT = frozenset({"0", "0x0", "0x00", "False", "false"})

Found = re.Match[str]


def other_bits(one: Statement, two: Statement, *, rejecting: bool, granting: bool) -> Iterator[Weak]:
    """Yield a mask of which a part went, where what it leaves has to be something, or where any of it refuses.

    And one that came to hold more, where any of it is enough; and what is cut to a few bits before it is compared.
    """
    yield from _declared_narrow(one, two)
    yield from _narrowed(one, two, rejecting=rejecting)
    if "&" not in one.text or one.text == two.text or max(len(one.text), len(two.text)) > _MOST:
        return
    mine, theirs = list(_MASK.finditer(one.text)), list(_MASK.finditer(two.text))
    if len(mine) != len(theirs) or _around(one.text, mine) != _around(two.text, theirs):
        return
    for old, new in zip(mine, theirs, strict=True):
        enough = granting if "!(" not in one.text else rejecting
        if _part(old, new) and not old["sign"] and enough:
            yield Weak("operator", _told(one.text, old), _told(two.text, new), how="more-bits")
        rights = _RIGHTS.search(one.text[max(0, old.start() - _SHOWN) : old.start()])  # degrees tell those of a file
        if not rights and _part(new, old) and _lets_more(one.text, old, rejecting=rejecting):
            yield Weak("operator", _told(one.text, old), _told(two.text, new), how="bits")


def _narrowed(one: Statement, two: Statement, *, rejecting: bool) -> Iterator[Weak]:
    """Yield a side of a comparison that is cut to a smaller number, or both sides of which only the end counts.

    `n > MOST` that became `(int8_t)n > MOST`, and `a == b` that became `a % 1000 == b % 1000`.
    """
    if one.kind not in _ASKS or two.kind != one.kind or not one.tests or len(one.tests) != len(two.tests):
        return
    bare, cast = "".join(one.text.split()), "".join(_CAST.sub(r"\g<before>", two.text).split())
    if bare == cast != "".join(two.text.split()):
        yield Weak("operator", one.text.strip(), two.text.strip(), how="bits")
        return
    if rejecting and (alone := _alone(one, two)):
        yield alone
    for old, new in zip(one.tests, two.tests, strict=True):
        if old.op == new.op and old.negated == new.negated and _ends((old.left, old.right), (new.left, new.right)):
            yield Weak("operator", f"{old.left} {old.op} {old.right}", f"{new.left} {new.op} {new.right}", how="bits")


def _declared_narrow(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a local that is cut to a byte or two where it held all of the same value: `uint8_t n = count(p)`."""
    if one.kind == two.kind == "declare" and one.target == two.target and one.value == two.value and two.calls:
        head = _NARROW.match(two.text)
        if head and two.text[head.end() :].strip() == one.text.strip():
            yield Weak("operator", one.text.strip(), two.text.strip(), how="bits")


def _alone(one: Statement, two: Statement) -> Weak | None:
    """Return a flag that was refused among others and is refused only where it is alone: `f & BAD`, `f == BAD`."""
    old, new = one.tests[0], two.tests[0]
    found = _FLAG.fullmatch(old.left) if len(one.tests) == 1 and old.op in {"truth", "!="} and not old.negated else None
    if found is None or old.right not in {"", "0"} or new.op != "==" or (new.left, new.right) != (found[1], found[2]):
        return None
    return Weak("operator", f"{found[1]} & {found[2]}", f"{new.left} == {new.right}")


def _ends(mine: tuple[str, str], theirs: tuple[str, str]) -> bool:
    """Tell whether of both sides only the same end counts now."""
    taken = [_END.fullmatch(after) for after in theirs]
    told = [(found[1], "".join(found[2].split())) for found in taken if found]
    return len(told) == 2 and tuple(name for name, _ in told) == mine and told[0][1] == told[1][1]


def _lets_more(text: str, old: Found, *, rejecting: bool) -> bool:
    """Tell whether fewer bits let more pass: what must be so is asked of less, or less of it refuses."""
    if not old["sign"]:
        return rejecting and "!(" not in text
    if "==" in old["sign"]:
        return not rejecting
    return rejecting or old["with"] not in _NOUGHT


def _around(text: str, found: list[Found]) -> list[str]:
    """Return a text without its masks."""
    edges = [0, *(edge for mask in found for edge in mask.span()), len(text)]
    return ["".join(text[a:b].split()) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _part(new: Found, old: Found) -> bool:
    """Tell whether a mask holds a part of the bits of another and no others, as far as both are numbers or names."""
    values = [number(side["one"] or "") for side in (new, old)]
    if values[0] is not None and values[1] is not None:
        return 0 < values[0] < values[1] and values[0] & ~values[1] == 0
    if None not in values or values[0] != values[1]:
        return False  # a name that became a number: nobody can say
    names = [frozenset((side["one"] or side["some"]).replace(" ", "").split("|")) for side in (new, old)]
    return names[0] < names[1]


def _told(text: str, found: Found) -> str:
    """Return a mask with the name before it and what it is held against."""
    start = found.start()
    while start and found.start() - start < _SHOWN and (text[start - 1].isalnum() or text[start - 1] in "_.[]>-"):
        start -= 1
    told = text[start : found.end()] + (found["sign"] or "")
    return told if "(" in told else told.replace(")", "")
