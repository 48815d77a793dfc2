"""Results that changed sides: failure that became success, and an answer that was asked for and is fixed now."""

import re
from collections.abc import Iterator

from msgspec import Struct

from zoll.compare.atoms import RESULTS
from zoll.compare.conditions import Weak
from zoll.compare.returned import hands_error, last_result, said_by
from zoll.compare.strength import named, says
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_HANDLERS = frozenset({"catch", "except", "rescue", "default"})
_ASKS = re.compile(r"(?:is|has|can|may|should|must|needs?|allows?|permits?|matches)(?:_|(?=[A-Z]))\w*")
_HELD = re.compile(r"[a-z]\w*")
_TRIED = re.compile(r"[\w)]\s?\?(?![?.:\w])")
_TRIED_LAST = re.compile(r"\)\?;?\Z")
_BY_VALUE = re.compile(r"(?<![&*\w$.])(?<![&*] )(?<!\bout )(?<!\bref )[\w$]+")
_NOT_YET = re.compile(r"(?i)not (?:yet )?(?:been )?(?:supported|implemented)|unimplemented|NotImplemented")
_SUM = re.compile(r"\w{1,40}(?:->|\.)\w{1,40}\s?[-&^%]\s?\w{1,60}")
_MOST = 40


class Flip(Struct, frozen=True):
    """A result that is another now: its run, both statements, what is weaker."""

    run: int
    one: Statement
    two: Statement
    weak: Weak


def flips(view: View) -> list[Flip]:
    """Return the results that turned from failure to success, unless others turned back, and those fixed now."""
    found = list(_flipped(view))
    turned = [flip for flip, direction in found if direction > 0] if {way for _, way in found} == {1} else []
    return [*turned, *_decided(view), *_asked(view)][:_MOST]


def _flipped(view: View) -> Iterator[tuple[Flip, int]]:
    """Yield constant results that changed sides, 1 for failure to success and -1 for the other way."""
    for index, one, two in _results(view):
        before, after = said_by(view.sides[0], one), said_by(view.sides[1], two)
        if one.within < 0 and _HELD.fullmatch(last_result(one.value)[1]) and hands_error(view.sides[0]):
            continue  # what a variable holds in the end may be no error
        if hands_error(view.sides[1]) and last_result(two.value) == (one.value.strip(), "nil"):
            continue  # the same answer, now with an error beside it: `false` that became `false, nil`
        if _NOT_YET.search(one.value):
            continue  # what is new is that it can be done at all
        freed = two.value.strip() == "0" and one.value.strip().startswith("-")
        if before == "failure" and two.value.strip("(); ") == "PAM_IGNORE":
            yield Flip(index, one, two, Weak("return", one.value, two.value, how="unvoted")), 1
        elif before == "failure" and (after == "success" or freed):
            yield Flip(index, one, two, Weak("return", one.value, two.value)), 1
        elif before == "success" and after == "failure":
            yield Flip(index, one, two, Weak("return", one.value, two.value)), -1


def _decided(view: View) -> Iterator[Flip]:
    """Yield answers of a check or a comparison that are a fixed success now."""
    places = {id(two): at for at, two in enumerate(view.sides[1])}
    for index, one, two in _results(view):
        if one.kind != "return" or said_by(view.sides[0], one) or said_by(view.sides[1], two) != "success":
            continue
        if _TRIED.search(two.value) or _tried_before(view, places[id(two)]):
            continue  # what may still fail on its way is not fixed
        if one.tests or any(named(last(call.name), "guard") or _ASKS.fullmatch(last(call.name)) for call in one.calls):
            yield Flip(index, one, two, Weak("return", one.value, two.value, how="fixed"))


def _asked(view: View) -> Iterator[Flip]:
    """Yield a fixed no, of a function that elsewhere says yes, that is now what a test or a sum of inputs says."""
    for index, one, two in _results(view):
        if one.kind != "return" or two.calls or said_by(view.sides[0], one) != "failure" or view.compiled:
            continue
        if not two.tests and not _SUM.fullmatch(two.value.strip("(); ")):
            continue
        others = [other for other in view.sides[0] if other.kind == "return" and other is not one]
        if any(
            other.tests or other.value.strip() == "0" or said_by(view.sides[0], other) == "success" for other in others
        ):
            yield Flip(index, one, two, Weak("joint", one.value, two.value, how="besides"))


def _tried_before(view: View, at: int) -> bool:
    """Tell whether the new statement right before a result hands on the failure of a guard (Rust's `?`)."""
    if at < 1 or at - 1 in view.back:
        return False
    new, two = view.sides[1][at - 1], view.sides[1][at]
    tried = new.kind == "call" and new.within == two.within and _TRIED_LAST.search(new.text)
    return bool(tried) and any(named(last(call.name), "guard") for call in new.calls)


def _results(view: View) -> Iterator[tuple[int, Statement, Statement]]:
    """Yield what is returned or set as a result in one place of both functions, paired by likeness or by place."""
    for index, run in enumerate(view.runs):
        pairs = [(view.sides[0][place], view.sides[1][other]) for place, other in run.pairs]
        gone = [one for one in view.removed(index) if one.kind == "return"]
        for other in view.inserted(index):
            two = view.sides[1][other]
            pairs += [(one, two) for one in gone if two.kind == "return"]
        for one, two in pairs:
            result = one.kind == "return" or (_is_result(one, two) and not _is_given(view, two))
            if one.kind == two.kind and result and _same_home(view, one, two):
                yield index, one, two


def _is_result(one: Statement, two: Statement) -> bool:
    if one.kind not in {"assign", "declare"} or one.target != two.target:
        return False
    return says(one.target, "success") or one.target.lower() in RESULTS


def _is_given(view: View, two: Statement) -> bool:
    """Tell whether what is set is a parameter of the function: what nobody gave, and no result of it."""
    head = view.sides[1][0]
    given = head.text[:600].partition(")")[0] if head.word == "function" else ""
    return two.target in given and two.target in _BY_VALUE.findall(given)


def _same_home(view: View, one: Statement, two: Statement) -> bool:
    if one.within < 0 or two.within < 0:
        return one.within == two.within
    homes = view.partner if view.sides[0][one.within].word in _HANDLERS else view.kept
    return homes.get(one.within) == two.within and one.branch == two.branch
