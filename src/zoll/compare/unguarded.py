"""Guards that stand where they stood and are gone round: a route registered outside, an error that nobody asks for."""

import re
from collections.abc import Iterator

from zoll.compare.atoms import rejects
from zoll.compare.choices import guarding_names
from zoll.compare.lost import Lost
from zoll.compare.strength import named
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_ROOT = re.compile(r"[*&]?([A-Za-z_]\w*)(?:\.|->)")
_DEFAULT = re.compile(r"\.(?:ok|unwrap_or_default|unwrap_or|unwrap_or_else|is_ok|is_err|err)\([^;]{0,80}\)?;?\Z")
_CHAINED = frozenset({"map_err", "context", "with_context", "ok_or", "ok_or_else", "into", "ok", "unwrap_or_default"})
_COMPILES = re.compile(r"#\s?(?:if|ifdef|ifndef)\b|#!?\[cfg\(")
_MOST = 200


def gone_round(view: View) -> Iterator[Lost]:
    """Yield guards that no longer stand before what they stood before."""
    for index, run in enumerate(view.runs):
        for place, other in run.pairs[:_MOST]:
            one, two = view.sides[0][place], view.sides[1][other]
            found = _outside(view, one, two) or _unasked(one, two)
            if found:
                yield Lost(index, "guard", two.text, found[0], found[1], "", two.line)
    yield from _moved(view)
    yield from _left_out(view)


def _left_out(view: View) -> Iterator[Lost]:
    """Yield checks that stood unconditionally and are only compiled in some builds now."""
    for index in range(len(view.runs)):
        for other in view.inserted(index):
            two, after = view.sides[1][other], other + 1
            if not _COMPILES.match(two.text) or after not in view.back:
                continue
            checks = rejects(view.sides[1], after) if view.sides[1][after].kind == "condition" else _checks(view, after)
            if checks:
                yield Lost(index, "check", two.text, "", "compiled", "", two.line)


def _checks(view: View, index: int) -> bool:
    one = view.sides[1][index]
    return one.kind in {"call", "assign", "declare"} and any(named(last(call.name), "guard") for call in one.calls)


def _outside(view: View, one: Statement, two: Statement) -> tuple[str, str] | None:
    """Return the guard of a group of routes that a registration is no longer made on, but on what it was made from."""
    old, new = _ROOT.match(one.text), _ROOT.match(two.text)
    if not old or not new or old[1] == new[1] or not one.calls or not two.calls:
        return None
    if last(one.calls[0].name) != last(two.calls[0].name):
        return None
    for made in view.sides[1]:
        if made.target == old[1] and re.search(rf"(?<!\w){new[1]}(?:\.|->)", made.value):
            guards = guarding_names(made.value) - guarding_names(two.text)
            return (min(guards), "outside") if guards else None
    return None


def _unasked(one: Statement, two: Statement) -> tuple[str, str] | None:
    """Return the call whose error was handed on and is thrown away now, as Rust's `?` that became `.ok()`."""
    if not one.text.rstrip("; ").endswith("?") or "?" in two.text or two.kind not in {"call", "declare", "assign"}:
        return None
    call = next((call.name for call in one.calls if last(call.name) not in _CHAINED), "")
    if not call or last(call) not in {last(other.name) for other in two.calls}:
        return None
    default = bool(_DEFAULT.search(two.text))
    if two.kind == "call" or two.target.strip() in {"_", ""} or default:
        return call.removesuffix("()"), "ignored"
    return None


def _moved(view: View) -> Iterator[Lost]:
    """Yield routes that were registered in one statement with a guard and stand in another one without now."""
    gone: dict[str, tuple[int, set[str]]] = {}
    for index, run in enumerate(view.runs):
        for place, other in run.pairs[:_MOST]:
            here = {literal.text for literal in view.sides[1][other].literals}
            guards = guarding_names(view.sides[1][other].text)
            for literal in view.sides[0][place].literals:
                if literal.text.startswith("/") and literal.text not in here and guards:
                    gone[literal.text] = index, guards
    for index, run in enumerate(view.runs):
        for other in range(*run.new):
            two = view.sides[1][other]
            for literal in two.literals:
                if literal.text in gone and not guarding_names(two.text):
                    guard = min(gone.pop(literal.text)[1])
                    yield Lost(index, "guard", two.text, guard, "outside", "", two.line)
