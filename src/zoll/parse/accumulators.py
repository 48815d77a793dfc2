"""Differences gathered over a loop, as comparisons in constant time do: `d |= a[i] ^ b[i]`, and what undoes them."""

import re
from collections.abc import Sequence

from zoll.parse.code import Statement

_NAME = re.compile(r"[A-Za-z_$][\w$]*")
_CAST = r"(?:\((?:const |unsigned |volatile )?\w{1,20}\s?\*?\s?\)\s*)?"
_TEXT = rf"\(*{_CAST}\(*[\w.>$-]{{1,60}}+\)*"
_INDEXED = re.compile(rf"{_TEXT}\s*\[\s*([\w$ +*-]{{1,40}}?)\s*\]\s*\)?\s*\^\s*{_TEXT}\s*\[\s*\1\s*\]")
_WALKED = re.compile(r"\*\s*\(?\w{1,40}(?:\+\+)?\)?\s*\^\s*\*\s*\(?\w{1,40}(?:\+\+)?")
_ZIPPED = re.compile(r"\b(\w{1,20})\s*\^\s*(\w{1,20})\b")
_LOOPED = re.compile(r"\b(\w{1,20})\s*\)?\s*,\s*\(?\s*(\w{1,20})\b")
_LOOPS = frozenset({"for", "while", "do", "until", "loop", "foreach"})
_USES = frozenset({"return", "condition"})
NOUGHTS = frozenset({"0", "0x0", "0x00", "0u", "0U", "0u8", '"\\0"', "'\\0'", '"\\x00"'})
_BEFORE = 12  # statements in which a value is set that is gathered into


def undone(statements: Sequence[Statement], index: int) -> str:
    """Say what becomes of differences that a statement gathers, "" where they are kept or it gathers none.

    `overwritten`: the last difference wins over the earlier ones; `cancelling`: two differences can undo each other.
    """
    one = statements[index]
    if one.kind not in ("assign", "other") or not _NAME.fullmatch(one.target) or "^" not in one.text:
        return ""
    home = _loop(statements, index)
    if home < 0 or not _difference(one, statements[home]):
        return ""
    how = _how(one)
    return how if how and _alone(statements, index, home) and _decides(statements, index, home) else ""


def kept_none(statements: Sequence[Statement], index: int) -> bool:
    """Tell whether a statement of a loop joins by `and` to what began at nought, and so stays nought: `d &= x[i]`."""
    one = statements[index]
    if one.operator != "&=" or not _NAME.fullmatch(one.target):
        return False
    home = _loop(statements, index)
    begun = [each for each in statements[max(0, index - _BEFORE) : index] if each.target == one.target and each.value]
    nought = bool(begun) and begun[-1].operator in ("=", "") and begun[-1].value.strip(" ;") in NOUGHTS
    return home >= 0 and nought and _alone(statements, index, home) and _decides(statements, index, home)


def gathers(statements: Sequence[Statement], index: int) -> bool:
    """Tell whether a statement gathers differences of two texts, well or badly."""
    one = statements[index]
    home = _loop(statements, index) if "^" in one.text else -1
    return home >= 0 and bool(_NAME.fullmatch(one.target)) and _difference(one, statements[home])


def _how(one: Statement) -> str:
    target = re.escape(one.target)
    if one.operator == "|=":
        return ""
    if one.operator == "^=":
        return "cancelling"
    if one.operator == "&=":
        return "overwritten"
    if one.operator != "=" or re.search(rf"^\(*{target}\s*\||\|\s*\(?{target}\s*\)*$", one.value.strip()):
        return ""
    return "cancelling" if re.search(rf"^\(*{target}\s*\^", one.value.strip()) else "overwritten"


def _loop(statements: Sequence[Statement], index: int) -> int:
    """Return the loop that a statement stands in, with no condition between; -1 for none."""
    home = statements[index].within
    if 0 <= home < index and (statements[home].kind == "loop" or statements[home].word in _LOOPS):
        return home
    return -1


def _difference(one: Statement, home: Statement) -> bool:
    """Tell whether a value holds the difference of two texts at the same place."""
    text = one.text[:600]
    if _INDEXED.search(text) or _WALKED.search(text):
        return True
    pairs = {frozenset(row.groups()) for row in _LOOPED.finditer(home.text[:300])}
    return any(frozenset(row.groups()) in pairs for row in _ZIPPED.finditer(text))


def _alone(statements: Sequence[Statement], index: int, home: int) -> bool:
    """Tell whether nothing else in the loop uses what was gathered."""
    name = re.compile(rf"(?<![\w$]){re.escape(statements[index].target)}(?!\w)")
    return not any(
        one.within == home and place != index and name.search(one.text)
        for place, one in enumerate(statements[home + 1 : home + 40], home + 1)
    )


def _decides(statements: Sequence[Statement], index: int, home: int) -> bool:
    """Tell whether what was gathered is tested or given back after the loop."""
    name = re.compile(rf"(?<![\w$]){re.escape(statements[index].target)}(?!\w)")
    after = (one for one in statements[index + 1 : index + 80] if one.within != home)
    return any(one.kind in _USES and name.search(one.text) for one in after)
