"""Refusals and checks that hold in a part of the cases now.

`if err := bind(); err != nil { return err }` that became `if err := bind(); err != nil { if bad(err) { return err } }`
goes on with all other errors; `verify(sig)` that became `if signed { verify(sig) }` is made for whoever asks for it.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.atoms import body, ends, rejects
from zoll.compare.conditions import Weak
from zoll.compare.heeded import answers
from zoll.compare.presence import otherwise
from zoll.compare.returned import gives_up
from zoll.compare.strength import named
from zoll.compare.view import View, last, names
from zoll.parse.code import Statement

_LOOPS = frozenset({"for", "while", "do", "until", "?"})
# Errors that are no refusal: what is not there yet, or comes later, is done without by many.
_EXPECTED = re.compile(
    r"(?i)not_?found|not_?exist|already|exists?\b|\beof\b|cancel|closed|timeout|time_?out|deadline|conflict|temporar|retry|"
    r"interrupt|eintr|eagain|would_?block|enoent|unsupported|not_?implemented"
)
VERIFIES = re.compile(
    r"(?i)verif(?!ied)|authenti|authori[sz]|signature|permission|validate_?(?:sig|token|cert|chain|request|csrf|auth)|"
    r"check_?(?:sig|token|cert|access|auth|perm|mac|password|host)|\bvalidate\Z"
)
_LETS_IN = re.compile(
    r"(?i)bind|login|log_?in|sign_?in|auth(?!or(?!i))|decrypt|unwrap|unseal|compare|\bopen_?(?:sealed|box)"
)
OF_CONFIG = re.compile(
    r"(?i)(?:conf|cfg|config|settings|options|opts|flags?|args)(?:\w{0,12})?[.\[]|enabled?\b|(?-i:[A-Z]{4})"
)
_MISSING = re.compile(r"([\w.$]+)\s?(?:is None|===? ?null|== ?(?:NULL|nil)|is_null)|!\s?([\w.$]+)\)?\Z|not ([\w.]+)\Z")
_REACH = 60
_NEAR = 6
_MOST = 60


def partly(view: View, index: int) -> Iterator[tuple[Weak, Statement, Statement]]:
    """Yield what the conditions of a run refuse, and what they let be verified, in fewer cases than before."""
    for other in view.inserted(index)[:_MOST]:
        two = view.sides[1][other]
        if two.kind != "condition" or two.word in _LOOPS or otherwise(view, other):
            continue
        home = view.back.get(two.within, -1)
        one = view.sides[0][home] if home >= 0 else None
        if one is not None and one.kind == "condition" and _only_here(view, home, other):
            yield Weak("joint", "", _bare(two)), one, two
        elif _spares(view, other):
            yield Weak("scope", "", _bare(two)), two, two


def asked_of(side: Sequence[Statement], index: int) -> str:
    """Return the call whose answer a condition looks at, made there or just before it, "" for none."""
    one = side[index]
    if made := next((test.call for test in one.tests if test.call), ""):
        return made
    asked = {name for test in one.tests for name in names(test.left)} | {test.left.strip() for test in one.tests}
    for before in side[max(0, index - _NEAR) : index][::-1]:
        if before.kind in {"assign", "declare"} and before.calls and answers(before.target) & asked:
            return before.calls[0].name
    return ""


def _bare(two: Statement) -> str:
    """Return what a condition asks, without its word and outer brackets."""
    text = re.sub(r"^(?:if|unless|elif|else if)\b", "", two.text, count=1).strip(" :{")
    return text[1:-1].strip() if text.startswith("(") and text.endswith(")") else text


def _only_here(view: View, home: int, other: int) -> bool:
    """Tell whether all that a condition refused is refused under a further one, and the rest goes on."""
    old, new = view.sides
    under = body(new, new[other].within) if new[other].branch != "else" else []
    left = [one for one in body(old, home) if ends(one)]
    call = last(asked_of(old, home))
    if not _LETS_IN.search(call) and not named(call, "guard"):
        return False  # what could not be read or written is done without for many reasons
    if not left or not under or _EXPECTED.search(new[other].text):
        return False
    if not rejects(old, home) or not all(one.kind == "throw" or gives_up(old, one) for one in left):
        return False
    if any(map(ends, under)) or sum(one.kind in {"condition", "switch"} for one in under) != 1:
        return False
    return rejects(new, other) and any(map(ends, body(new, other)))


def _spares(view: View, other: int) -> bool:
    """Tell whether what always verified stands under a new condition, which asks of what comes in."""
    new = view.sides[1]
    two = new[other]
    if OF_CONFIG.search(two.text) or ends(new[other]) or _fills(new, other):
        return False
    for at in range(other + 1, min(other + _REACH, len(new))):
        if new[at].within != other:
            continue
        for call in new[at].calls:
            name = last(call.name)
            if not VERIFIES.search(name) or not named(name, "guard") or len(view.callers[1][name]) != 1:
                continue
            before = view.callers[0].get(name, ())
            if len(before) == 1 and _outside(view, before[0], other):
                return True
    return False


def _fills(side: Sequence[Statement], other: int) -> bool:
    """Tell whether a condition only asks whether something is missing, and what it encloses makes it."""
    missing = _MISSING.search(side[other].text)
    return missing is not None and next(filter(None, missing.groups())) in {one.target for one in body(side, other)}


def _outside(view: View, place: int, other: int) -> bool:
    """Tell whether an old statement stood where the new condition stands now, under nothing more."""
    home, there = view.sides[0][place].within, view.sides[1][other].within
    return home == there == -1 or (home >= 0 and view.partner.get(home) == there)
