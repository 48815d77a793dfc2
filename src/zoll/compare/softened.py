"""Refusals that became milder, under a question that stands as before: told apart from those that are only gone.

`return -1;` that became `return peer->known ? 0 : -1;` refuses in some cases only; `if (seen != own) return -1;` that
became `if (seen != own) own = seen;` takes over what it refused; `if (!peer) return -1;` that became `if (!peer) peer =
peer_add(name);` makes what had to be there; `throw Bad();` that became `return;` or `return Open{};` raises nothing.
Beside them stands what is no protection at all and is chosen in a new case: `if (c->roaming) return NEA0;`.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import body, ends, rejects
from zoll.compare.choices import stands_for_none
from zoll.compare.conditions import Weak
from zoll.compare.returned import failing, outcome, said_by
from zoll.compare.strength import fold, named, says, table
from zoll.compare.view import View, last
from zoll.parse.code import Statement, Test

_LOOPS = frozenset({"for", "while", "do", "until", "?"})
_FALSE = frozenset({"false", "False", "FALSE"})
_COPIES = frozenset({"memcpy", "memmove", "strcpy", "strncpy", "strlcpy", "osmo_strlcpy", "bcopy"})
_MISSING = frozenset({"NULL", "nullptr", "null", "nil", "None", "undefined", "0"})
_EMPTY = re.compile(r"[{}\[\]\"'()\s]*|(?:std::)?nullopt|\w{1,40}(?:\(\)|\{\})")
_TELLS_NO = re.compile(
    r"(?<!\d)[45]\d\d(?!\d)|(?i:unauthori[sz]ed|forbidden|err|fail|bad|invalid|unexpected|denied|no_?t_?)"
)
_PATH = re.compile(r"[*&]{0,2}[A-Za-z_$][\w$]*(?:(?:->|\.|::|\?\.)[\w$]+|\[[^\[\]]{1,40}\]){0,8}")
_WARNS = re.compile(r"(?i)warn|err(?:or)?\b|crit|_err_|unknown|invalid")
_FETCHES = re.compile(
    r"(?i)(?<![a-z])(?:get|find|look_?up|load|read|open|connect|[cm]?alloc|str_?n?dup|dup|default|fall_?back|parse|fetch|next|"
    r"search|resolve|select|env|instance)|alloc"
)
_WORD = re.compile(r"\w+")
_MOST = 40

Soft = tuple[int, Weak, Statement, Statement]


def softened(view: View) -> Iterator[Soft]:
    """Yield the run, the weakening, and both statements of what refused and is milder now."""
    seen: set[int] = set()
    for index, run in enumerate(view.runs):
        for one in range(*run.old):
            if view.sides[0][one].within < 0 and view.sides[0][one].kind == "throw":
                yield from _raised_at_the_end(view, index, one)
        yield from _none_in_a_case(view, index)
        homes = [view.sides[0][one].within for one in range(*run.old)]
        homes += [view.back.get(view.sides[1][two].within, -1) for two in range(*run.new)]
        for home in homes:
            if home >= 0 and home not in seen and home in view.kept and len(seen) < _MOST:
                seen.add(home)
                yield from _under(view, index, home, view.kept[home])


def _none_in_a_case(view: View, index: int) -> Iterator[Soft]:
    """Yield what stands for no protection and is newly chosen under a new condition: `if (c->test) return NIA0;`."""
    for other in view.inserted(index)[:_MOST]:
        two = view.sides[1][other]
        if two.kind not in {"return", "assign"} or two.within < 0 or two.within in view.back:
            continue
        asked, value = view.sides[1][two.within], two.value.strip("(&; )")
        if asked.kind != "condition" or asked.word in _LOOPS or not stands_for_none(value):
            continue
        name = _WORD.findall(value)[-1]
        strict = table().ladder("radio").tier(fold(name)) > 0 or named(name, "strict")
        if strict and name not in view.words[0]:
            yield index, Weak("nulled", asked.text, name, "softened"), two, two


def _under(view: View, index: int, home: int, other: int) -> Iterator[Soft]:
    """Yield what became milder directly under a question that was asked before in the same words."""
    asked = view.sides[0][home]
    if asked.kind != "condition" or asked.word in _LOOPS:
        return
    before, after = body(view.sides[0], home), body(view.sides[1], other)
    stopped = rejects(view.sides[0], home) or any(_stops(one) for one in before)
    found = None
    if stopped:
        found = _in_some_cases(view, other, before, after) or _raises_no_more(before, after)
    if stopped or _warned(before):
        found = found or _taken_over(asked, before, after)
    if found:
        yield index, *found


def _in_some_cases(
    view: View, other: int, before: Sequence[Statement], after: Sequence[Statement]
) -> tuple[Weak, Statement, Statement] | None:
    """Return a refusal that is one of two answers now, or hangs on a comparison."""
    one = next((each for each in before if each.kind == "return" and each.value.strip()), None)
    if one is None or any(each.kind == "return" and each.value == one.value for each in after):
        return None
    refused = one.value.strip("(); ")
    for place in range(other + 1, min(other + _MOST, len(view.sides[1]))):
        two = view.sides[1][place]
        if two.within != other:
            continue
        if two.kind == "condition" and two.word == "?" and (answer := _other_answer(view, place, refused)):
            return Weak("partly", refused, f"{answer} ({two.text})", "softened"), one, two
        if two.kind == "return" and _compares(two) and _refused_by_false(view, refused):
            return Weak("partly", refused, two.value, "softened"), one, two
    return None


def _other_answer(view: View, choice: int, refused: str) -> str:
    """Return the success that a choice gives beside what was the only answer before, "" for none."""
    answers = [one.value.strip("(); ") for one in view.sides[1][choice + 1 : choice + 4] if one.within == choice]
    good = [one for one in answers if outcome(one) == "success" or (one == "0" and refused.startswith("-"))]
    return good[0] if refused in answers and good else ""


def _compares(two: Statement) -> bool:
    return any(test.op != "truth" or test.negated for test in two.tests) or bool(two.joins)


def _refused_by_false(view: View, refused: str) -> bool:
    """Tell whether what was given back is a no: false, or nought where the function verifies by its name."""
    if refused in _FALSE:
        return True
    head = view.sides[0][0]
    return refused == "0" and head.word == "function" and named(head.text.partition("(")[0].split()[-1], "guard")


def _raises_no_more(
    before: Sequence[Statement], after: Sequence[Statement]
) -> tuple[Weak, Statement, Statement] | None:
    """Return an error that was raised where a result is given now, or where the function is left without a word."""
    one = next((each for each in before if each.kind == "throw"), None)
    if one is None or any(each.kind == "throw" or _complains(each) for each in after):
        return None
    two = next((each for each in after if each.kind == "return"), None)
    return _unraised(one, two) if two else None


def _unraised(one: Statement, two: Statement) -> tuple[Weak, Statement, Statement] | None:
    value = two.value.strip("; ")
    if not value:
        return Weak("silent", one.value, "", "softened"), one, two
    if failing(value) or _EMPTY.fullmatch(value) or _TELLS_NO.search(value) or not one.value.strip():
        return None
    return Weak("answered", one.value, value, "softened"), one, two


def _raised_at_the_end(view: View, index: int, one: int) -> Iterator[Soft]:
    """Yield a function that raised an error where none of its cases held, and gives a result there now."""
    run, old, new = view.runs[index], view.sides[0], view.sides[1]
    if one != len(old) - 1 or run.new[1] != len(new) or run.new[0] == run.new[1]:
        return
    two = new[-1]
    if two.kind == "return" and two.within < 0 and two.value.strip() and said_by(new, two) != "failure":
        found = _unraised(old[one], two)
        if found:
            yield index, *found


def _taken_over(
    asked: Statement, before: Sequence[Statement], after: Sequence[Statement]
) -> tuple[Weak, Statement, Statement] | None:
    """Return what a question asked about, and what sets it now where the answer was refused before."""
    if not after or any(ends(one) or _stops(one) for one in after):
        return None
    for two in after:
        target, value = _set(two)
        for test in asked.tests if target else ():
            left, right = _flat(test.left), _flat(test.right)
            if target not in (left, right):
                continue
            if _differs(test) and right not in _MISSING and _flat(value) == (right if target == left else left):
                return Weak("adopted", target, value, "softened"), before[-1], two
            if _makes(two) and _absent(test, target):
                return Weak("made", target, value, "softened"), before[-1], two
    return None


def _makes(two: Statement) -> bool:
    """Tell whether a statement makes something by a call, and neither looks for it elsewhere nor only finds room."""
    return bool(two.calls) and not any(_FETCHES.search(last(call.name)) for call in two.calls)


def _set(one: Statement) -> tuple[str, str]:
    """Return what a statement sets and to what, two empty texts for nothing."""
    if one.kind == "assign" and one.operator in {"", "="} and _PATH.fullmatch(one.target):
        return _flat(one.target), one.value.strip(" ;")
    call = one.calls[0] if one.kind == "call" and one.calls else None
    if call and last(call.name) in _COPIES and len(call.args) > 1:
        return _flat(call.args[0]), call.args[1]
    return "", ""


def _flat(text: str) -> str:
    return "".join(text.split()).lstrip("&*")


def _differs(test: Test) -> bool:
    return (test.op == "!=" and not test.negated) or (test.op == "==" and test.negated)


def _absent(test: Test, target: str) -> bool:
    """Tell whether a test holds where something is not there: `!p`, `p == NULL`, `it == all.end()`."""
    if test.op == "truth":
        return test.negated and _flat(test.left) == target
    none = _flat(test.right) in _MISSING or test.right.endswith(("end()", ".none"))
    return none and test.op == "==" and not test.negated


def _warned(before: Sequence[Statement]) -> bool:
    """Tell whether a body says that something is wrong, and leaves."""
    told = any(_WARNS.search(one.text) for one in before if one.kind == "call")
    return told and ends(before[-1])


def _stops(one: Statement) -> bool:
    """Tell whether a statement stops, shuts out or gives up by a call."""
    return one.kind == "call" and any(says(call.name, "acts") or says(call.name, "reject") for call in one.calls[:1])


def _complains(one: Statement) -> bool:
    return one.kind == "call" and any(says(call.name, "reject") for call in one.calls[:1])
