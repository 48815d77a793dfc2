"""Conditions that ask the same as before in another shape: two made one, one made two, a number that got a name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import Atom, body
from zoll.compare.patterns import speaks_of
from zoll.compare.view import View
from zoll.model import Fact
from zoll.parse.code import Statement

_OR = frozenset({"||", "or"})
_MOST = 40
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]+|\d[\d_]*)")
_NAME = re.compile(r"(?:\w{1,40}(?:\.|::))?([A-Za-z_]\w{2,60})")


def joined(view: View, index: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the old and the new statements of a run that only part or join what is asked: `a || b` and `a`, then `b`.

    Whichever of them holds, the same happens.
    """
    run = view.runs[index]
    if len(run.pairs) > _MOST or view.compiled:
        return frozenset(), frozenset()
    gone = [one for one in range(*run.old) if one not in view.partner]
    came = view.inserted(index)
    olds, news = set[int](), set[int]()
    for place, other in run.pairs:
        pairs = ((0, place, gone, 1, other), (1, other, came, 0, place))
        for side, single, apart, whole_side, whole in pairs:
            if not _asks_either(view.sides[whole_side][whole], view.sides[side][single]):
                continue
            if second := _other_half(view, (side, single), apart, (whole_side, whole)):
                (olds if side == 0 else news).update(second)
                olds.add(place)
                news.add(other)
    return frozenset(olds), frozenset(news)


def _asks_either(whole: Statement, single: Statement) -> bool:
    return (
        whole.kind == single.kind == "condition"
        and len(whole.tests) > len(single.tests) > 0
        and bool(whole.joins)
        and set(whole.joins) <= _OR
        and set(single.joins) <= _OR
    )


def _other_half(view: View, one: tuple[int, int], apart: Sequence[int], whole: tuple[int, int]) -> list[int]:
    """Return the statements of the condition that asks the rest of the whole, with what stands under it."""
    side, single = view.sides[one[0]], view.sides[one[0]][one[1]]
    rest = _asked(view.sides[whole[0]][whole[1]])
    rest.subtract(_asked(single))
    if min(rest.values(), default=0) < 0:
        return []
    told = [under.text for under in body(side, one[1])]
    for at in apart:
        other = side[at]
        if other.kind != "condition" or other.within != single.within or _asked(other) != +rest:
            continue
        under = [place for place in range(at + 1, min(at + 1 + _MOST, len(side))) if side[place].within == at]
        if told and [side[place].text for place in under] == told:
            return [at, *under]
    return []


def _asked(one: Statement) -> Counter[tuple[str, str, str, str, bool]]:
    return Counter((test.op, test.left, test.right, test.via, test.negated) for test in one.tests)


def named_now(view: View, found: Fact) -> bool:
    """Tell whether all that changed is that a number has a name now, which the file gives that very value."""
    if not found.value.endswith(("constant+number", "name+number")) or found.trait("tokens") != "1":
        return False
    old, new = found.trait("old"), _NAME.fullmatch(found.trait("new"))
    if not _NUMBER.fullmatch(old) or not new:
        return False
    given = re.compile(rf"\b{re.escape(new[1])}\b\s{{0,8}}(?::\s?\w{{1,20}}\s?)?:?=?\s{{0,8}}\(?{re.escape(old)}\b")
    return any(map(given.search, _speaking(view, new[1])))


def _speaking(view: View, name: str) -> Iterator[str]:
    return (line for line in view.lines[1] if name in line)


def raises_the_least(view: View, place: int, other: int) -> bool:
    """Tell whether a condition sets something to the least that it may be, on both sides: `if (n < 9) n = 9;`.

    A higher least asks for more, though the condition holds more often.
    """
    return all(_sets_the_least(side, at) for side, at in zip(view.sides, (place, other), strict=True))


def _sets_the_least(side: Sequence[Statement], at: int) -> bool:
    tests, under = side[at].tests, body(side, at)
    if side[at].kind != "condition" or len(tests) != 1 or tests[0].op not in {"<", "<="} or len(under) != 1:
        return False
    return under[0].target == tests[0].left and under[0].value.strip(" ;") == tests[0].right


def refused_anyway(old: Atom, new: Atom, joins: tuple[list[str], list[str]]) -> bool:
    """Tell whether what was not asked of what is missing is refused now: `a && bad(a)` that became `!a || bad(a)`."""
    turned = old.stem == new.stem and (
        {old.op, new.op} == {"==", "!="} or (old.op == new.op and old.holds != new.holds)
    )
    return turned and set(joins[0]) == {"||"} and set(joins[1]) == {"&&"}


def spelled_out(olds: list[Atom], news: list[Atom]) -> bool:
    """Tell whether texts that a pattern spoke of are asked for one by one now, which lets no other pass."""
    if len(olds) != 1 or olds[0].op != "match" or not news:
        return False
    old = olds[0]
    alike = all(new.op == "==" and new.holds == old.holds and new.left == old.left for new in news)
    return alike and all(speaks_of(old.right, new.right) for new in news)
