"""What a new condition passes over: a check that is made no more in one case, or all that a function did.

Which case it is, a fixed text or number, a file, a time, the gate says that was read on the same line.
"""

import re
from collections.abc import Iterable, Iterator

from zoll.compare.atoms import body, ends, rejects
from zoll.compare.choices import stands_for_none
from zoll.compare.conditions import named_equal
from zoll.compare.returned import gives_up
from zoll.compare.strength import named, words_of
from zoll.compare.view import View, last
from zoll.compare.weakening import Weakening
from zoll.model import Fact, Reading
from zoll.parse.code import Statement, Test

_LOOPS = frozenset({"for", "while", "do", "until", "?"})
CASES = frozenset({"literal", "magic", "environment", "identity", "time", "file"})
_ANY = frozenset({"length", "constant", "flag", "null"})  # of what verifies, whatever it is that lets pass
_FEW, _MOST_BEFORE = 3, 0.34  # calls that are passed over; share of all that may stand before the condition
_NEAR = 400
_BEHIND = 40
_PROTECTS = frozenset({"decrypt", "mac", "hmac", "cmac", "integrity", "unprotect", "unseal", "open", "decipher"})
_FINDS = frozenset(
    {"which", "find_executable", "command_exists", "lookup_path", "LookPath"}
)  # a program, on any system
_YES = frozenset({"", "true", "True", "nil"})
_THING = re.compile(
    r"(?!None\b|null\b|nil\b|undefined\b|true\b|false\b|True\b|False\b|NULL\b)[$@]?(?=\w*[a-z])[A-Za-z_][\w.$>\[\]\"'-]{0,80}(?:\(\))?"
)
_USUAL = re.compile(r"-\d+|\d{1,2}|0x[0-9a-fA-F]")  # numbers that count or tell an error


def passed(view: View) -> Iterator[Weakening]:
    """Yield, of kind `passed`, what new conditions pass over; the case is still to be told."""
    new = view.sides[1]
    for index in range(len(view.runs)):
        for two in view.inserted(index):
            one = new[two]
            if one.kind != "condition" or one.word in _LOOPS:
                continue
            if check := _check(view, two):
                yield _said(index, "check", check, one)
            elif view.compiled and (check := _gone_round(view, two)):
                traits = (f"call:{check[:80]}", "how:round")
                yield Weakening(index, Fact("passed", "check", traits), one.line, one.text[:280])
            elif call := _unprotected(view, two):
                traits = (f"call:{call[:80]}", "case:none")
                yield Weakening(index, Fact("passed", "check", traits), one.line, one.text[:280])
            elif call := "" if view.compiled else _where_equal(view, two):
                traits = (f"call:{call[:80]}", "case:equal")
                yield Weakening(index, Fact("passed", "check", traits), one.line, one.text[:280])
            elif _leaves(view, two) and _all(view, two) and not _paces(view, two):
                yield _said(index, "all", "", one)


def in_a_case(found: Weakening, readings: Iterable[Reading]) -> Weakening | None:
    """Return what is passed over with its case, None where no gate on its line tells one."""
    if found.fact.trait("case"):
        return found
    for reading in readings:
        case, _, effect = reading.fact.value.partition("->")
        cases = CASES | _ANY if named(found.fact.trait("call"), "guard") else CASES
        if reading.fact.kind != "gate" or reading.at.start != found.line or case not in cases or effect == "failure":
            continue
        leaving = found.fact.value == "all" or found.fact.trait("how") == "round"
        if not _one_case(reading.fact, leaving=leaving):
            continue
        traits = tuple(sorted((*found.fact.traits, f"case:{case}")))
        return Weakening(found.run, Fact("passed", found.fact.value, traits), found.line, found.words)
    return None


def _one_case(gate: Fact, *, leaving: bool) -> bool:
    """Say whether one value alone is let past, not all others: then the condition would be a check."""
    side, op = gate.trait("side"), gate.trait("op")
    if side == "after":  # it tells of what comes behind
        return False
    if not gate.value.startswith(("literal", "magic")):
        return True
    if op not in {"==", "!=", "prefix", "contains", "in", "case"} or _USUAL.fullmatch(gate.trait("literal")):
        return False
    return (op == "!=") is (leaving == (side == "else"))


def _check(view: View, two: int) -> str:
    """Return the call of a check that stood alone before and is under a new condition now."""
    new = view.sides[1]
    for other in view.under.get(two, ()):
        one = new[other]
        if view.sides[0][view.back[other]].text == one.text:
            call = next((test.call for test in one.tests if test.call), "") or _handing_on(one)
            if view.compiled and not rejects(new, other):  # it stands there with all that follows
                continue
            if (
                call and last(call) not in _FINDS and (one.word != "||" or named(last(call), "guard"))
            ):  # `command || true` asks for nothing
                return call
    return ""


def _gone_round(view: View, two: int) -> str:
    """Return the call of a refusing check of machine code that a new condition right before it leads round.

    What it jumps to is not told, its body is empty: it is not the refusal, which still is the check's alone.
    """
    new, home = view.sides[1], two
    if body(new, two) or not _by_number(new[two]):
        return ""
    while (above := new[home].within) >= 0 and above not in view.back and new[above].kind == "condition":
        home = above
    behind = next((at for at in range(two + 1, len(new)) if new[at].within == new[home].within), -1)
    if behind not in view.back or new[behind].kind != "condition" or not rejects(new, behind):
        return ""
    stayed = view.sides[0][view.back[behind]]
    return next((test.call for test in new[behind].tests if test.call and stayed.text == new[behind].text), "")


def _by_number(one: Statement) -> bool:
    return any(test.literal and not _USUAL.fullmatch(test.literal.text) for test in one.tests)


def _handing_on(one: Statement) -> str:
    """Return the call that verifies and whose error goes on: by Rust's `?`, or to a variable that is asked next."""
    asked = one.text.endswith("?") or (one.kind == "assign" and one.target.rpartition(",")[2].strip() == "err")
    return next((call.name for call in one.calls if asked and named(last(call.name), "guard")), "")


def _unprotected(view: View, two: int) -> str:
    """Return the check or decryption behind a new way out for who has chosen no protection at all, "" for none."""
    new, own = view.sides[1], body(view.sides[1], two)
    chosen = any(test.op in {"==", "case"} and not test.negated and _is_none(test) for test in new[two].tests)
    if not chosen or not own or not ends(own[-1]) or own[-1].kind != "return" or gives_up(new, own[-1]):
        return ""
    behind = (one for one in new[two + 1 : two + _BEHIND] if one.within != two)
    return next((call.name for one in behind for call in one.calls if _protects(last(call.name))), "")


def _where_equal(view: View, two: int) -> str:
    """Return the refusing check behind a new way out for who brings two things that are the same, "" for none."""
    new, own = view.sides[1], body(view.sides[1], two)
    same = new[two].tests and all(map(_equal_things, new[two].tests)) and "||" not in new[two].joins
    if not same or not own or own[-1].kind != "return" or len(own) > 1 or own[0].calls:
        return ""
    if own[0].value.strip(" ;") not in _YES or (new[two].within >= 0 and new[new[two].within].word != "function"):
        return ""
    for other in range(two + 1, min(two + _BEHIND, len(new))):
        if other in view.back and new[other].kind == "condition" and rejects(new, other):
            asked = (test.via or test.call for test in new[other].tests)
            if call := next((name for name in asked if name and (_protects(last(name)) or named_equal(name))), ""):
                return call
    return ""


def _equal_things(test: Test) -> bool:
    """Tell whether a test asks whether two things are the same of which neither is fixed."""
    plain = test.op == "==" and not test.negated and not test.literal and not test.via
    return plain and all(_THING.fullmatch(side.strip()) is not None for side in (test.left, test.right))


def _is_none(test: Test) -> bool:
    return any(stands_for_none(side.strip("()& ")) for side in (test.left, test.right) if side)


def _protects(name: str) -> bool:
    return named(name, "guard") or any(word in _PROTECTS for word in words_of(name))


def _leaves(view: View, two: int) -> bool:
    own = body(view.sides[1], two)
    return bool(own) and ends(own[-1]) and own[-1].kind == "return" and not any(one.calls for one in own)


def _paces(view: View, two: int) -> bool:
    """Say whether a condition only spaces what is done: `if (now - last < every) return;`, then `last = now;`."""
    new, one = view.sides[1], view.sides[1][two]
    behind = next((after for after in new[two + 1 : two + _BEHIND] if after.within != two), None)
    target = behind.target.strip() if behind and behind.kind == "assign" and behind.within == one.within else ""
    return bool(target) and "-" in one.text and re.search(rf"(?<![\w.]){re.escape(target)}(?!\w)", one.text) is not None


def _all(view: View, two: int) -> bool:
    """Say whether most of what the old function called stands behind, on the level of the new condition."""
    new = view.sides[1]
    if new[two].within >= 0 and new[new[two].within].word != "function":
        return False
    before, after = 0, 0
    for other, one in enumerate(new[:_NEAR]):
        if other in view.back and one.calls:
            before, after = before + (other < two), after + (other > two)
    return after >= _FEW and before <= _MOST_BEFORE * (before + after)


def _said(index: int, what: str, call: str, one: Statement) -> Weakening:
    traits = (f"call:{call[:80]}",) if call else ()
    return Weakening(index, Fact("passed", what, traits), one.line, one.text[:280])
