"""Weakenings that the rest of a function makes up for: a case that is asked for on its own, a bound with its array.

The words of a single pair of conditions say that less is kept out; what stands beside them says that it is not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import Atom, atoms, body, rejects
from zoll.compare.conditions import Weak
from zoll.compare.nothing import other_nothing, past_its_end
from zoll.compare.strength import number, words_of
from zoll.compare.view import View
from zoll.compare.words import NO
from zoll.parse.code import Statement

_STRICT = {"<=": "<", ">=": ">"}
_NEVER_NEGATIVE = frozenset({"size", "sizes", "len", "length", "lens", "count", "counts", "sizeof", "strlen"})
_ALIKE = 2  # places of a function that make the same comparison, for one more to be made like them
_NEAR = 40
_TOLD = 4  # letters of a word that a message and a condition share
_HEADS = frozenset({"condition", "return", "assign", "declare"})
_NAME = re.compile(r"[A-Za-z_]\w*")
_CALLED = re.compile(r"([A-Za-z_][\w.]*)\(.*\)", re.DOTALL)
_SPACED = re.compile(r"\s+")


def compensated(view: View, place: int, other: int, weak: Weak) -> bool:
    """Tell whether what a condition lets pass is kept out beside it, or no more than what the function always did."""
    if view.compiled or weak.kind != "weaker":
        return False
    if weak.value == "argument":
        return _handed_elsewhere(view, weak) or _refused_later(view, other, weak)
    if view.sides[0][place].kind not in _HEADS:
        return False
    if weak.value == "joint":
        return (
            _stricter(view, place, other)
            or _announced(view, place, other, weak)
            or (not weak.how and other_nothing(view, place, other))
        )
    if weak.value != "operator":
        return False
    return (
        _asked_alone(view, place, other)
        or _like_the_others(view, place, weak)
        or _with_its_array(view, place, other)
        or _never_negative(view, place, other)
        or _past_its_end(view, place, other)
    )


def _handed_elsewhere(view: View, weak: Weak) -> bool:
    """Tell whether a name that a call is given no more is given to a new call: `start(iv, aad)`, now `add(aad)`."""
    made = _CALLED.fullmatch(weak.old)
    if weak.new or weak.how or not (made or _NAME.fullmatch(weak.old)):
        return False
    if made:  # `f(check(x))`, now `y = check(x)` and `f(y)`
        return any(call.name == made[1] for one in view.sides[1] for call in one.calls)
    return any(
        weak.old in map(str.strip, call.args)
        for at, one in enumerate(view.sides[1])
        if at not in view.back and one.word != "function"
        for call in one.calls
    )


def _refused_later(view: View, other: int, weak: Weak) -> bool:
    """Tell whether a verdict that starts as a yes is set to no elsewhere: it is asked the other way round."""
    two = view.sides[1][other]
    if weak.how != "value" or two.kind != "declare":
        return False
    return any(one.target == two.target and one.value in NO for at, one in enumerate(view.sides[1]) if at != other)


def _both(view: View, place: int, other: int) -> tuple[list[Atom], list[Atom]]:
    olds, news = (atoms(side, rejecting=False)[0] for side in (view.sides[0][place], view.sides[1][other]))
    kept = {old.key for old in olds} & {new.key for new in news}
    return [old for old in olds if old.key not in kept], [new for new in news if new.key not in kept]


def _asked_alone(view: View, place: int, other: int) -> bool:
    """Tell whether a refusal's case that went is refused by a condition of its own: `<= 0` became `< 0` and `== 0`."""
    olds, news = _both(view, place, other)
    if len(olds) != 1 or len(news) != 1 or olds[0].stem != news[0].stem or _STRICT.get(olds[0].op) != news[0].op:
        return False
    if not rejects(view.sides[1], other):
        return False
    near = range(max(0, other - _NEAR), min(other + _NEAR, len(view.sides[1])))
    return any(
        _asks_for_end(view.sides[1][at], news[0]) and _leaves(view.sides[1], at) for at in near if at not in view.back
    )


def _asks_for_end(statement: Statement, wanted: Atom) -> bool:
    if statement.kind != "condition" or len(statement.tests) != 1:
        return False
    one = atoms(statement, rejecting=False)[0][0]
    nought = one.op == "truth" and not one.holds and number(wanted.right) == 0
    return one.left == wanted.left and (nought or (one.op == "==" and one.right == wanted.right))


def _leaves(side: Sequence[Statement], at: int) -> bool:
    return rejects(side, at) or any(one.word == "goto" for one in body(side, at))


def _like_the_others(view: View, place: int, weak: Weak) -> bool:
    """Tell whether a comparison was made as the old function makes it everywhere else: one of many was otherwise."""
    old, new = ("".join(text.split()) for text in (weak.old, weak.new))
    alike: Counter[str] = Counter()
    for at, one in enumerate(view.sides[0]):
        if at != place and one.tests:
            flat = "".join(one.text.split())
            alike["new"] += new in flat
            alike["old"] += old in flat
    return alike["new"] >= _ALIKE and not alike["old"]


def _with_its_array(view: View, place: int, other: int) -> bool:
    """Tell whether room was made for the last index that a bound newly takes in: `i <= max` and `n * (max + 1)`."""
    olds, news = _both(view, place, other)
    if len(olds) != 1 or len(news) != 1 or olds[0].key[1:] != news[0].key[1:]:
        return False
    if (olds[0].op, news[0].op) != ("<", "<=") or not news[0].right:
        return False
    room = re.compile(rf"(?<![\w.>]){re.escape(news[0].right)}\+1(?!\w)")
    return any(
        room.search(_flat(two)) and not room.search(_flat(one)) and news[0].right in _flat(one)
        for one, two in _pairs(view)
        if not two.tests
    )


def _pairs(view: View) -> Iterator[tuple[Statement, Statement]]:
    for run in view.runs:
        for one, two in run.pairs[:200]:
            yield view.sides[0][one], view.sides[1][two]


def _flat(statement: Statement) -> str:
    return _SPACED.sub("", statement.text)


def _never_negative(view: View, place: int, other: int) -> bool:
    """Tell whether `> 0` took the place of `!= 0` for what is a size by its name, and never less than nought."""
    olds, news = _both(view, place, other)
    if len(olds) != 1 or len(news) != 1 or olds[0].left != news[0].left:
        return False
    any_at_all = olds[0].op in {"!=", "truth"} and olds[0].holds and number(olds[0].right or "0") == 0
    return (
        any_at_all
        and (news[0].op, news[0].right) == (">", "0")
        and not _NEVER_NEGATIVE.isdisjoint(words_of(news[0].left)[-1:])
    )


def _past_its_end(view: View, place: int, other: int) -> bool:
    olds, news = _both(view, place, other)
    return len(olds) == len(news) == 1 and past_its_end(olds[0], news[0])


def _stricter(view: View, place: int, other: int) -> bool:
    """Tell whether each alternative asks for what was asked for: `n >= m` became `n == m || (n > m && p[m] == c)`."""
    two = view.sides[1][other]
    olds, news = (atoms(side, rejecting=False)[0] for side in (view.sides[0][place], two))
    if len(olds) != 1 or olds[0].op not in _STRICT or len(two.joins) != len(news) - 1:
        return False
    if rejects(view.sides[0], place) or rejects(view.sides[1], other):
        return False
    wanted = {olds[0].op, "==", _STRICT[olds[0].op]}
    groups = [False]
    for new, join in zip(news, ["", *two.joins], strict=True):
        if join == "||":
            groups.append(False)
        groups[-1] |= new.stem == olds[0].stem and new.op in wanted
    return all(groups)


def _announced(view: View, place: int, other: int, weak: Weak) -> bool:
    """Tell whether the refusal's message speaks of the new alternative: "needs a" became "needs b or a"."""
    if not rejects(view.sides[1], other) and not _ends_program(view.sides[1], other):
        return False
    before, after = (_message(side, at) for side, at in zip(view.sides, (place, other), strict=True))
    fresh = after - before
    asked = "".join(weak.new.split()).replace("_", "").lower()
    return bool(before & after) and any(len(word) > _TOLD and word in asked for word in fresh)


def _ends_program(side: Sequence[Statement], at: int) -> bool:
    return any("fatal" in words_of(call.name) for one in body(side, at)[:2] for call in one.calls)


def _message(side: Sequence[Statement], at: int) -> frozenset[str]:
    """Return the words of the texts that a condition's own branch tells, in lower case."""
    texts = (literal.text for one in body(side, at)[:4] for literal in one.literals if literal.kind == "string")
    return frozenset(word.lower() for text in texts for word in re.findall(r"[A-Za-z]{3,40}", text[:300]))
