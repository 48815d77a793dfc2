"""Conditions that only know one more way in which the same thing may be nothing, or may be past its end.

`if value is None` that became `if value is None or value == ""`; `if used == size` that became `if used >= size`. What
lets somebody in where there is nothing lets in whoever sends nothing: that is no matter of form.
"""

import re
from collections.abc import Sequence

from zoll.compare.atoms import Atom, atoms, body, passes, says_yes
from zoll.compare.returned import said_by
from zoll.compare.strength import number, words_of
from zoll.compare.view import View
from zoll.parse.code import Statement

_NOTHING = frozenset(
    {
        "None",
        "NULL",
        "null",
        "nil",
        "nullptr",
        "undefined",
        "void 0",
        '""',
        "''",
        "``",
        "0",
        "[]",
        "{}",
        "false",
        "False",
    }
)
_UNSET = re.compile(
    r"(?:\w{1,20}[.:]{1,2})?(?:\w{0,30}_)?(?:NO|NONE|NULL|EMPTY|UNSET|MISSING|SENTINEL|UNDEFINED|ABSENT|NOT)(?:_\w{1,30})?"
)
_EMPTY = re.compile(
    r"(?:is_?(?:null|empty|none|blank|nil|undefined)|empty|strlen|len|count|sizeof|size)\(([^()]{1,80})\)"
    r"|([^()]{1,80}?)(?:\.|->)(?:nil\?|empty\?|blank\?|is_?(?:empty|none|null)\(\)|length(?:\(\))?|size(?:\(\))?|byteLength|Count|len\(\))",
    re.IGNORECASE,
)
_ENDS = frozenset(
    {"max", "maximum", "limit", "used", "size", "count", "total", "capacity", "end", "len", "length", "quota"}
    | {"allocated", "available", "highest", "last", "remaining"}
)
_GOES_ON = re.compile(
    r"(?i)(?<![a-z])(?:next|grant|allow|accept|permit|authori[sz]ed?|log_?in|bypass|success|trusted|verified)"
)
_BODY = 4


def other_nothing(view: View, place: int, other: int) -> bool:
    """Tell whether all alternatives that came ask for the nothing of what was asked for its nothing before.

    Not where nothing lets in: there the new alternative lets in, too.
    """
    one, two = view.sides[0][place], view.sides[1][other]
    olds, news = (atoms(side, rejecting=False)[0] for side in (one, two))
    kept = {old.key for old in olds}
    asked = {subject for old in olds if (subject := _without(old))}
    gained = [new for new in news if new.key not in kept]
    if not gained or not asked or any(_without(new) not in asked for new in gained):
        return False
    return not any(_lets_in(side, at) for side, at in zip(view.sides, (place, other), strict=True))


def past_its_end(old: Atom, new: Atom) -> bool:
    """Tell whether what had to be at an end may now be past it: neither side a fixed value, one an end by its name."""
    if (old.op, new.op) not in {("==", ">="), ("==", "<=")} or old.stem != new.stem or not new.right:
        return False
    sides = (new.left, new.right)
    if any(number(side) is not None or side.isupper() or side[:1] in "\"'" for side in sides):
        return False
    return any(not _ENDS.isdisjoint(words_of(side)) for side in sides)


def _without(atom: Atom) -> str:
    """Return what an atom asks to be nothing, "" if it asks for anything else."""
    left, right = "".join(atom.left.split()), "".join(atom.right.split())
    if atom.op == "truth":
        found = _EMPTY.fullmatch(left)
        measured = found and not re.search(r"(?i)is_?|empty|nil|blank", left)
        if found and (measured != atom.holds):
            return found[1] or found[2]
        return "" if atom.holds or "(" in left else left
    if atom.op == "<" and right == "0":
        return left
    if atom.op != "==" or not (right in _NOTHING or _UNSET.fullmatch(right)):
        return ""
    found = _EMPTY.fullmatch(left)
    return (found[1] or found[2]) if found else left


def _lets_in(side: Sequence[Statement], at: int) -> bool:
    """Tell whether a condition leads to what is good for whoever asks."""
    if side[at].kind != "condition":
        return True
    own = body(side, at)[:_BODY]
    told = any(one.kind == "return" and said_by(side, one) == "success" for one in own)
    return (
        not own
        or told
        or says_yes(side, at)
        or passes(side, at)
        or any(_GOES_ON.search(call.name) for one in own for call in one.calls)
        or any(one.kind == "assign" and _GOES_ON.search(one.target) for one in own)
    )
