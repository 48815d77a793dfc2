"""Questions that were only written otherwise: sides exchanged, by another call, or in constant time; none is new.

`if (end == NULL)` that became `if (NULL == end)`, and `if ($mac != $own)` that became `if (!hash_equals($mac, $own))`.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from zoll.compare.atoms import RESULTS, Atom, atoms
from zoll.compare.conditions import named_equal
from zoll.compare.picked import picks_alike
from zoll.compare.rephrased import rephrased
from zoll.compare.strength import number
from zoll.compare.view import View
from zoll.model import Fact, Reading
from zoll.parse.code import Statement

SAME, TIMED = "same", "timed"
_ASKING = frozenset({"comparison", "gate"})
_KINDS = frozenset({"condition", "return", "assign", "declare"})
_HEADS = frozenset({"for", "do"})  # of which the header does more than ask
_CLIPPED = 200  # characters of a side of a test that are kept
_NULL = frozenset({"NULL", "nullptr"})
_EITHER = frozenset({"==", "!="})
_TURNED = {">": "<", ">=": "<="}
_NEXT = {"<": -1, "<=": 0, ">": 1, ">=": 0}
_CHOOSES = re.compile(r"\?|\sif\s|\selse\s")
_STRICT = re.compile(r"[=!]==|\bis\b|\beq\b|\bne\b")
_WORDS = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'|[\w$@.]+|[-+*/%&|^~](?![&|])|(?<![=!<>])=(?!=)")
# What only gives the bytes of a text to a comparison that takes bytes.
_AROUND = re.compile(r"(?:Buffer\.from|\[\]byte|bytes|(?:Encoding\.)?UTF8\.GetBytes)\((.*)\)")
_BEHIND = re.compile(r"\.(?:encode|as_bytes|getBytes|b|to_s|bytes)(?:\([^()]*\))?\Z")


def restated(one: Statement, two: Statement) -> str:
    """Return "same" where two statements ask the same, "timed" where the new one does so in constant time, else ""."""
    if rephrased(one, two) or picks_alike(one, two):
        return SAME
    if one.kind != two.kind or one.kind not in _KINDS or {one.word, two.word} & _HEADS or one.joins != two.joins:
        return ""
    if not one.tests or len(one.tests) != len(two.tests) or len(set(one.joins)) > 1 or one.target != two.target:
        return ""
    if one.kind != "condition" and (_CHOOSES.search(one.text) or _CHOOSES.search(two.text)):
        return ""
    olds, news = (atoms(side, rejecting=False)[0] for side in (one, two))
    pairs = list(zip(olds, news, strict=True))
    if _alike(one, two) and all(old.test.via == new.test.via and _form(old) == _form(new) for old, new in pairs):
        return SAME
    timed = [_timed(old, new) for old, new in pairs]
    kept = [old.key == new.key and old.test.via == new.test.via for old, new in pairs]
    if any(timed):
        return TIMED if all(map(bool.__or__, timed, kept)) else ""
    exchanged = [_exchanged(old, new) for old, new in pairs]
    as_far = [_as_far(old, new) for old, new in pairs]
    return SAME if any(alike := exchanged if any(exchanged) else as_far) and all(map(bool.__or__, alike, kept)) else ""


def unrestated(view: View, gained: Sequence[Reading], lost: Sequence[Reading]) -> tuple[list[Reading], list[Reading]]:
    """Return what was gained and lost without the comparisons and gates of what is only asked in other words now."""
    if not {one.fact.kind for one in gained} & {one.fact.kind for one in lost} & _ASKING:
        return list(gained), list(lost)
    view.restated = lines = view.restated or _lines(view)
    gone, came = (
        Counter(_asked(one.fact) for one in readings if one.fact.kind in _ASKING and one.at.start in lines[side])
        for side, readings in ((0, lost), (1, gained))
    )
    both = gone & came
    return _without(gained, lines[1], both), _without(lost, lines[0], both)


def _lines(view: View) -> tuple[set[int], set[int]]:
    """Return the old and the new lines of what is only asked in other words; looked for once, for all its hunks."""
    lines: tuple[set[int], set[int]] = set(), set()
    for one, two in (pair for run in view.runs for pair in run.pairs):
        if restated(view.sides[0][one], view.sides[1][two]):
            lines[0].add(view.sides[0][one].line)
            lines[1].add(view.sides[1][two].line)
    return lines


def _without(readings: Iterable[Reading], lines: Collection[int], both: Counter[tuple[str, ...]]) -> list[Reading]:
    """Return readings without as many of those lines as are on both sides."""
    left, kept = Counter(both), []
    for reading in readings:
        asked = _asked(reading.fact) if reading.fact.kind in _ASKING and reading.at.start in lines else ()
        if left[asked]:
            left[asked] -= 1
        else:
            kept.append(reading)
    return kept


def _asked(fact: Fact) -> tuple[str, ...]:
    """Return what makes two facts of the same question one, whatever it is asked with."""
    if fact.kind == "gate":
        return fact.kind, fact.value.rpartition("->")[2], fact.trait("call"), fact.trait("return"), fact.trait("side")
    return fact.kind, fact.value


def _alike(one: Statement, two: Statement) -> bool:
    """Tell whether two statements have the same words, and ask as strictly."""
    aside = _NULL | {"0"} if all(test.via or test.call for test in (*one.tests, *two.tests)) else _NULL  # `f(a) != 0`
    mine, theirs = (Counter(word for word in _WORDS.findall(side.text) if word not in aside) for side in (one, two))
    return mine == theirs and Counter(_STRICT.findall(one.text)) == Counter(_STRICT.findall(two.text))


def _form(atom: Atom) -> tuple[object, ...]:
    """Return an atom whichever side comes first; one with a clipped side is like no other."""
    sides = atom.left, atom.right
    if max(map(len, (atom.test.left, atom.test.right))) >= _CLIPPED:
        return (id(atom),)
    none = atom.right in _NULL or (atom.right == "0" and bool(atom.test.call) and not atom.test.via)
    if atom.op in _EITHER and none and not atom.test.length:
        return "truth", atom.left, "", (atom.op == "!=") == atom.holds, ""  # what C asks by the name alone
    if atom.op in _EITHER:
        return atom.op, *sorted(sides), atom.holds, atom.test.length
    if atom.op in _TURNED:
        return _TURNED[atom.op], *sides[::-1], atom.holds, atom.test.length
    return atom.op, *sides, atom.holds, atom.test.length


def _as_far(old: Atom, new: Atom) -> bool:
    """Tell whether a result, which is a whole number, is held against the same end: `ret <= 0` and `ret < 1`."""
    whole = old.left == new.left and (old.test.call or old.left.lower() in RESULTS)
    return bool(whole) and old.holds == new.holds and "" != _end(old) == _end(new)


def _end(atom: Atom) -> str:
    """Return the last number that an order takes in, and on which side of it the others are."""
    value = number(atom.right.removeprefix("-"))
    if value is None or atom.op not in _NEXT:
        return ""
    value = -value if atom.right.startswith("-") else value
    return f"{atom.op[0]}{value + _NEXT[atom.op]}"


def _timed(old: Atom, new: Atom) -> bool:
    """Tell whether an atom compares the same sides as wholes as before, now in constant time."""
    if not named_equal(new.test.via) or named_equal(old.test.via) or old.test.length or new.test.length:
        return False
    mine, theirs = ([_bare(side) for side in (atom.left, atom.right)] for atom in (old, new))
    return old.op == new.op and old.op in _EITHER and sorted(mine) == sorted(theirs)


def _exchanged(old: Atom, new: Atom) -> bool:
    """Tell whether an atom compares the same sides by another function, in constant time as before."""
    if not (named_equal(old.test.via) and named_equal(new.test.via)):
        return False
    told = [(atom.op, atom.holds, atom.test.length, sorted((atom.left, atom.right))) for atom in (old, new)]
    return told[0] == told[1]


def _bare(side: str) -> str:
    """Return a side without what only gives its bytes."""
    found = _AROUND.fullmatch(side)
    return _BEHIND.sub("", found[1] if found else side)
