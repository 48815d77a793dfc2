"""What a condition picks out: one name held against fixed values, one by one or as a list.

`a == "x" or a == "y"` picks the same as `a in {"x", "y"}`, `["x", "y"].includes(a)` and `slices.Contains(…, a)`.
"""

import re

from msgspec import Struct

from zoll.compare.atoms import Atom, atoms
from zoll.parse.code import Statement

_KINDS = frozenset({"condition", "return"})
_ONE = r"(?:[bru]{0,2}\"(?:[^\"\\]|\\.){0,80}\"|[bru]{0,2}'(?:[^'\\]|\\.){0,80}'|-?\d\w{0,20})"
_VALUE = re.compile(_ONE)
# A list as written; a text in round brackets without a comma is no list in Python.
_OPENS = r"(?:&|new)?(?:\[\]\w{1,20}|\w{1,20}\[\]|(?:\w{1,20}\.)?\w{0,20}(?=\())?"
_HEAD = rf"{_OPENS}(?:[\[{{]|\(\s{{0,9}}[\[({{]?(?={_ONE},))\s{{0,9}}"
_LIST = re.compile(rf"{_HEAD}{_ONE}(?:,\s{{0,9}}{_ONE}){{0,40}},?\s{{0,9}}[\])}}]{{1,2}}")
_WORDS = re.compile(r"%w[\[({<]([\w\s.:/-]{1,400})[\])}>]")
_STRICT = re.compile(r"[=!]==|\.(?:includes|indexOf)\(|in_array\([^()]{1,400},\s{0,2}true\)")


class Picked(Struct, frozen=True):
    """The name asked about, the fixed values as written, and whether these are let in or all others are."""

    name: str
    values: frozenset[str]
    holds: bool


def picks_alike(one: Statement, two: Statement) -> bool:
    """Tell whether two statements pick the same values of the same name, the new one as strictly."""
    if one.kind != two.kind or one.kind not in _KINDS or one.target != two.target or not one.tests or not two.tests:
        return False
    if _STRICT.search(one.text) and not _STRICT.search(two.text):
        return False
    found = picked(one)
    return found is not None and found == picked(two)


def picked(statement: Statement) -> Picked | None:
    """Return what a statement picks, None where it asks anything else."""
    found, joins = atoms(statement, rejecting=False)
    if len(found) == 1 and found[0].op in {"in", "contains"}:
        return _listed(found[0])
    joined, op = ("&&", "!=") if found[0].op == "!=" else ("||", "==")
    if any(join != joined for join in joins) or len({atom.left for atom in found}) != 1:
        return None
    if any(atom.op != op or not _VALUE.fullmatch(atom.right) or atom.test.length for atom in found):
        return None
    return Picked(found[0].left, frozenset(atom.right for atom in found), op == "==")


def _listed(atom: Atom) -> Picked | None:
    for name, many in ((atom.left, atom.test.right), (atom.right, atom.test.left)):  # as written: blanks part words
        words = _WORDS.fullmatch(many)
        if words:
            return Picked(name, frozenset(f'"{word}"' for word in words[1].split()), atom.holds)
        if _LIST.fullmatch(many):
            return Picked(name, frozenset(_VALUE.findall(many)), atom.holds)
    return None
