"""What a condition asks now and what it asked before, where nobody can say whether that is easier to pass."""

import re

from zoll.judge.clauses.saying import Clause, quoted
from zoll.model import Fact

BECAME = " -> "  # between the old and the new statement of a weakening
_HEAD = re.compile(r"^\}?\s*(?:(?:else\s*)?(?:if|while|unless|until|case)|els?e?if|return)\b\s*")
_TAIL = re.compile(r"\s*(?:\bthen|\bdo|[{:;])\s*$")


def asked(fact: Fact, words: str) -> Clause | None:
    """Return what is asked as well or no more, with the condition that it is asked in; None for other facts."""
    if fact.kind == "dropped":
        return _no_more(fact, words)
    if (
        fact.kind != "weaker"
        or fact.value not in ("joint", "atom")
        or fact.trait("effect")
        or fact.trait("how") == "besides"
    ):
        return None
    old, arrow, new = words.partition(BECAME)
    if not arrow or BECAME in new:
        return None
    before, after = quoted(_bare(old)), quoted(_bare(new))
    came, gone = fact.trait("new"), fact.trait("old")
    if came and gone:
        return Clause("ask", f"{after} where it asked {before}")
    if came:
        return Clause("ask", f"{quoted(came)} as well where it asked {before}")
    return Clause("ask", f"{quoted(gone)} where it now asks {after}", gone=True)


def _no_more(fact: Fact, words: str) -> Clause | None:
    """Return which check that refused is gone."""
    led = {"failure": " that led to an early way out", "kept": ""}.get(fact.trait("effect"))
    if fact.value != "check" or led is None or not words:
        return None
    return Clause("make", f"the check {quoted(_bare(words))}{led}", gone=True)


def _bare(statement: str) -> str:
    """Return a statement's condition without the word before it and the brackets around it."""
    bare = _TAIL.sub("", _HEAD.sub("", statement.strip()))
    return bare[1:-1].strip() if _closed(bare) else bare


def _closed(text: str) -> bool:
    """Say whether one pair of brackets stands around all of a text."""
    if text[:1] != "(" or text[-1:] != ")":
        return False
    depth = 0
    for place, mark in enumerate(text):
        depth += (mark == "(") - (mark == ")")
        if not depth:
            return place == len(text) - 1
    return False
