"""What an executable's functions seem to do by a value nobody knows, or by how compilers cut values and end loops."""

import re
from collections.abc import Iterable

from msgspec import structs

from zoll.model import Change, Fact, Hunk

# What several ways brought together is written `v`: which value that is on either side nobody can say, and counters of
# loops are asked by any operator that ends them.
_ASKED = re.compile(r"!{0,2}\(*v(?:[ ()]|\d|>>|<<|[-+*&|^](?!>))*(?:(==|!=|<=|>=|<|>) .*)?")
_TOLD = frozenset(("operator", "negation"))
# One more value passes: what is asked counts, whatever is asked about.
_BESIDE = (frozenset(("<", "<=")), frozenset((">", ">=")))
_CUT = frozenset(("255", "65535", "0xff", "0xffff"))  # only a byte, or two, of a value counts: no rights of a file


def without_unknown(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes without what is called weaker, or a way out, although it is not known what was asked."""
    return tuple(structs.replace(change, hunks=tuple(map(_sure, change.hunks))) for change in changes)


def _sure(hunk: Hunk) -> Hunk:
    kept = tuple(one for one in hunk.gained if not _doubtful(one.fact))
    return hunk if len(kept) == len(hunk.gained) else structs.replace(hunk, gained=kept)


def _doubtful(fact: Fact) -> bool:
    """Say whether a fact compares an unknown value, or a mode of files with what cuts a value to its size.

    What goes round again while a counter is below a bound, or while there is one more, passes over nothing.

    >>> _doubtful(Fact("gate", "magic->skip", ("literal:499", "op:<", "subject:v")))
    True
    >>> _doubtful(Fact("gate", "magic->skip", ("literal:499", "op:==", "subject:v")))
    False
    >>> _doubtful(Fact("weaker", "operator", ("new:(v + 1) < arg2", "old:(v + 1) != arg2")))
    True
    >>> _doubtful(Fact("weaker", "operator", ("new:v->f8 < 4", "old:v->f8 != 4")))
    False
    """
    if fact.kind == "gate" and fact.value.endswith("->skip") and not fact.value.startswith("literal"):
        return fact.trait("subject") == "v" and fact.trait("op") != "=="
    if fact.kind != "weaker":
        return False
    if fact.value == "mode":
        return fact.trait("old") in _CUT
    if fact.value not in _TOLD:
        return False
    asked = [_ASKED.fullmatch(fact.trait(side)) for side in ("old", "new")]
    return all(asked) and {one[1] for one in asked if one} not in _BESIDE
