"""Tests that ask the same of a text by another call: `strpos(a, b) !== false` that became `str_contains(a, b)`."""

import re
from collections.abc import Sequence

from zoll.compare.atoms import Atom, atoms
from zoll.parse.code import Statement

_ASKED = frozenset({"contains", "prefix", "suffix"})
_KINDS = frozenset({"condition", "return"})
# The first characters of a text, and the last ones, without blanks.
_FIRST = re.compile(
    r"(.{1,120}?)(?:\[0?:(\d{1,3})\]|\[0?\.\.(\d{1,3})\]|\.(?:substring|slice|substr)\(0,(\d{1,3})\))", re.DOTALL
)
_LAST = re.compile(r"(.{1,120}?)(?:\[-(\d{1,3}):\]|\.(?:slice|substr)\(-(\d{1,3})\))", re.DOTALL)
_PLAIN = re.compile(r"/?\^((?:[\w @:,;=_<>~#%&\"-]|\\/)+)/?")  # a pattern of nothing but how a text begins
_CASELESS = re.compile(r"(?i)(?<!s)case|stri(?:str|pos)|strripos|fold")
_CUT = re.compile(r"(?:mb_)?substr\((.{1,120}),(?:0,(\d{1,3})|-(\d{1,3}))\)", re.DOTALL)


def rephrased(one: Statement, two: Statement) -> bool:
    """Tell whether two conditions ask the same of the same texts, at least one of them by another call or cut."""
    if one.kind != two.kind or one.kind not in _KINDS or not one.tests or len(one.tests) != len(two.tests):
        return False
    (olds, joins), (news, others) = atoms(one, rejecting=False), atoms(two, rejecting=False)
    if joins != others:
        return False
    both = list(zip(olds, news, strict=True))
    same = all(_plain(old) == _plain(new) and _told(old) == _told(new) for old, new in both)
    return same and _others(one, olds) == _others(two, news) and any(_spelt(old) != _spelt(new) for old, new in both)


def _others(one: Statement, own: Sequence[Atom]) -> list[str]:
    """Return what a statement sets and calls beside what it asks by, and whether it asks without regard to capitals."""
    asks = {atom.test.via or atom.test.call for atom in own if _plain(atom)[0] in _ASKED}
    caseless = [str(bool(_CASELESS.search(atom.test.via))) for atom in own]
    return [one.target, *caseless, *(call.name for call in one.calls if call.name not in asks)]


def _plain(atom: Atom) -> tuple[str, str, str, bool]:
    """Return what a test asks, whichever way it is written."""
    text = atom.test.literal.text if atom.test.literal and atom.test.literal.kind == "string" else ""
    if atom.op in {"==", "!="} and text:
        for op, form in (("prefix", _FIRST), ("suffix", _LAST), ("", _CUT)):
            found = form.fullmatch(atom.left)
            if found and str(len(text)) in found.groups()[1:]:
                way = op or ("prefix" if found[2] else "suffix")
                return way, found[1], text, atom.op == "=="
    pattern = _PLAIN.fullmatch(atom.test.literal.text) if atom.test.literal and atom.op == "match" else None
    if pattern:
        return "prefix", atom.left, pattern[1], atom.holds
    return (atom.op, atom.left, text, atom.holds) if text and atom.op in _ASKED else atom.key


def _told(atom: Atom) -> tuple[str, str]:
    """Return by which call, and over how much, anything but a part of a text is compared."""
    return ("", "") if _plain(atom)[0] in _ASKED else (atom.test.via, atom.test.length)


def _spelt(atom: Atom) -> tuple[str, str, str]:
    """Return by which call or cut a test asks for a part of a text; all else is left as it is."""
    return (atom.test.via, atom.op, atom.left) if _plain(atom)[0] in _ASKED else ("", "", "")
