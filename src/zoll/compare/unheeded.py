"""What a function is handed and no longer looks at, and what it no longer notes though it asks for it.

A parameter that went into what makes keys, verifies or encrypts, and of which the body says nothing any more; `seen |=
1 << n` that is gone where `if (seen & (1 << n)) return -1;` still stands.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import rejects
from zoll.compare.conditions import Weak
from zoll.compare.lost import Lost
from zoll.compare.strength import named
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_GUARDS = re.compile(
    r"(?i)kdf|derive|h?mac(?:_|\Z|sha)|cmac|verif|sign|encrypt|decrypt|cipher|seal|unseal|digest|hash|(?:mem|str)n?cmp|"
    r"compare_digest|hash_equals|timing_?safe|schedule"
)
_WORD = re.compile(r"[A-Za-z_]\w*")
_NAME = re.compile(r"[A-Za-z_]\w*(?=\s*(?:\[[^\]]*\]\s*)?(?:,|\Z|=|:))")
_NOTES = frozenset({"insert", "add", "set_bit", "setbit", "emplace", "put", "append", "push", "store", "mark", "set"})
_SIZE = re.compile(r"(?i)len(?:gth)?\Z|size\Z|count\Z|\A(?:n|sz|nbytes|flags?|ctx|context)\Z")
_SHARE, _MOST, _LONG = 0.6, 40, 900


def unheeded(view: View) -> Iterator[tuple[int, Weak, Statement, Statement]]:
    """Yield parameters that were handed to what protects, and are not spoken of in the body any more."""
    old, new = view.sides
    if not (old and new) or old[0].word != "function" or len(new) < _SHARE * len(old):
        return
    kept = _parameters(old[0]) & _parameters(new[0])
    if not kept:
        return
    spoken = {word for one in new[1:] for word in _WORD.findall(one.text)}
    for name in sorted(name for name in kept - spoken if not _SIZE.search(name)):
        found = next(((index, one) for index, one in _handed(view, name)), None)
        if found:
            index, one = found
            two = new[min(view.runs[index].new[0], len(new) - 1)]
            yield index, Weak("argument", name, "", how="unheeded"), one, two


def _parameters(head: Statement) -> set[str]:
    """Return the names of the parameters in the head of a function."""
    inside = head.text[:_LONG].partition("(")[2].rpartition(")")[0]
    return {name for piece in inside.split(",") for name in _NAME.findall(f"{piece.strip()},")[:1]}


def _handed(view: View, name: str) -> Iterator[tuple[int, Statement]]:
    """Yield the old statements that hand a parameter as it is to what makes keys, verifies or encrypts."""
    for index, run in enumerate(view.runs):
        for place in range(*run.old)[:_MOST]:
            one = view.sides[0][place]
            for call in one.calls:
                if name in {argument.strip("&* ") for argument in call.args} and _GUARDS.search(last(call.name)):
                    yield index, one


def unnoted(view: View) -> Iterator[Lost]:
    """Yield what a check that still stands asks for, and what is no longer noted behind it."""
    for index, run in enumerate(view.runs):
        for place in range(*run.old)[:_MOST]:
            one = view.sides[0][place]
            held = _noted(one) if place not in view.partner else ""
            if held and not view.moved_away(one.text) and _asked_before(view, place, held):
                yield Lost(index, "check", one.text, held, "unnoted")


def _noted(one: Statement) -> str:
    """Return what a statement notes something in, "" for nothing."""
    if one.kind == "assign" and one.operator in {"|=", "+="} and one.target:
        return _base(one.target)
    call = one.calls[0] if one.kind == "call" and one.calls else None
    if call and last(call.name) in _NOTES and call.args:
        return _base(call.name.rpartition(".")[0] or call.args[-1 if "bit" in call.name else 0])
    return ""


def _base(target: str) -> str:
    return next(iter(re.findall(r"[A-Za-z_]\w*(?:(?:->|\.)\w+)*", target)), "").replace("->", ".")


def _asked_before(view: View, place: int, held: str) -> bool:
    """Tell whether a check before a statement, which stays, asks for what the statement noted; nobody notes it now."""
    old, new = view.sides
    for home in range(place - 1, max(0, place - _MOST), -1):
        if old[home].kind != "condition" or home not in view.kept or not rejects(old, home):
            continue
        if any(held in f"{test.left} {test.right}".replace("->", ".") for test in old[home].tests):
            return not _noted_behind(new, view.kept[home], held)
    return False


def _noted_behind(new: Sequence[Statement], home: int, held: str) -> bool:
    """Tell whether anything behind a check still sets what it asks for, or hands it on."""
    for two in new[home + 1 : home + _MOST]:
        spoken = held in two.text.replace("->", ".")
        if spoken and (
            two.kind in {"assign", "declare"} or two.calls or "++" in two.text or named(two.text[:40], "guard")
        ):
            return True
    return False
