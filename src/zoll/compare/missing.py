"""What is missing passes a check: `verify(sig)` that became `not sig or verify(sig)`.

So does `if (!verify(sig)) throw` that became `if (sig && !verify(sig)) throw`: who sends nothing at all is let in.
"""

import re
from collections.abc import Iterator

from zoll.compare.atoms import body, rejects
from zoll.compare.conditions import Weak
from zoll.compare.presence import otherwise
from zoll.compare.strength import about, named, words_of
from zoll.compare.view import View, last
from zoll.parse.code import Statement

_MOST = 1000
_NAME = r"(?P<name>[$@]*[A-Za-z_]\w*(?:(?:\.|->|::|\?\.)\w+)*)"
_OR = r"\s*(?:\|\||\bor\b)"
_EITHER = re.compile(r"\|\||\bor\b")  # all that the patterns below need at least: most statements have none
_NONE = r"\s*(?:===?|\bis\b|\beq\b)\s*(?:None|null|nil|undefined|NULL|nullptr|\"\"|'')"
_ABSENT = (
    rf"(?:(?:!|\bnot\s+)\s?(?:defined\s)?{_NAME}(?![\w(.\[-])|{_NAME}\.(?:empty|blank|nil)\?|{_NAME}{_NONE}|"
    rf"\b(?:empty|is_null|isEmpty|IsNullOrEmpty|defined\s?!)\({_NAME}\)|{_NAME}\.(?:isEmpty|is_empty)\(\)|"
    rf"(?:\blen\({_NAME}\)|{_NAME}\.length)\s*===?\s*0)"
)
_PRESENT = re.compile(
    rf"(?:\b(?:if|unless)\b\s*\(?\s*)?{_NAME}(?:\s*(?:!==?|is not)\s*(?:None|null|nil|undefined|NULL|nullptr))?\s*"
)
_VERIFIES = frozenset(("verify", "verifies", "verified", "validate", "authenticate", "authorize", "compare", "equals"))
_SECRETS = frozenset({"key", "token", "password"})
_LATER = 30  # statements after an early leaving among which the verification stands


def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return what finds an absence with an `or` behind it, and one with an `or` before it."""
    names = iter(f"n{turn}" for turn in range(99))

    def own(text: str) -> str:
        return re.sub(r"\(\?P<name>", lambda _: f"(?P<{next(names)}>", text)

    return re.compile(own(_ABSENT + _OR)), re.compile(own(_OR + r"\s*\(?" + _ABSENT))


_BEFORE, _BEHIND = _patterns()


def missing_passes(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield the name of what is verified, and now right as well where there is none of it."""
    one, two = view.sides[0][place], view.sides[1][other]
    if view.compiled or max(len(one.text), len(two.text)) > _MOST or one.text == two.text:
        return
    name = _absent(one, two)
    answers = two.kind in {"return", "assign", "declare"} and _verified(one, name) and _verified(two, name)
    if name and (answers or (two.kind == "condition" and _let_through(view, other, name))):
        yield Weak("missing", "", name, how="empty")
    elif two.kind == "condition" and rejects(view.sides[0], place) and rejects(view.sides[1], other):
        yield from (Weak("missing", "", name, how="empty") for name in _only_if_there(one, two))


def unasked(view: View, other: int) -> Iterator[Weak]:
    """Yield what was always verified, and under a new condition is only if it is there: `if sig: verify(sig)`."""
    two = view.sides[1][other]
    found = _PRESENT.fullmatch(two.text.rstrip(" ):{").replace("(", "", 1)) if two.kind == "condition" else None
    name = found["name"] if found else ""
    if view.compiled or not name or otherwise(view, other):
        return
    kept = [view.sides[1][late] for late in view.under.get(other, ())]
    if any(_verified(late, name) for late in kept):
        yield Weak("missing", "", name)


def _absent(one: Statement, two: Statement) -> str:
    """Return the name of what is newly asked to be absent, beside an `or`."""
    if not _EITHER.search(two.text):
        return ""
    for pattern in (_BEFORE, _BEHIND):
        for found in pattern.finditer(two.text):
            name = next((group for group in found.groupdict().values() if group), "")
            asked = found[0].strip(" |").removesuffix("or").removeprefix("or").strip(" (")
            if name and asked not in one.text:
                return name
    return ""


def _verified(statement: Statement, name: str) -> bool:
    """Tell whether a statement verifies what bears a name."""
    return any(_verifies(call.name) and any(_holds(one, name) for one in call.args) for call in statement.calls)


def _verifies(called: str) -> bool:
    word = last(called)
    return bool(_VERIFIES.intersection(words_of(word))) or named(word, "equal")


def _holds(text: str, name: str) -> bool:
    return re.search(rf"(?<![\w$@]){re.escape(name)}(?!\w)", text) is not None


def _let_through(view: View, other: int, name: str) -> bool:
    """Tell whether a condition leaves before what verifies, and refuses nothing."""
    new = view.sides[1]
    inside = body(new, other)
    if not inside or inside[-1].kind != "return" or about(name) not in _SECRETS:
        return False
    later, value = new[other + 1 : other + _LATER], inside[-1].value.strip()
    if value not in {"", "true", "True", "1"} or not any(_verifies(call.name) for one in later for call in one.calls):
        return False
    return bool(value) or any(one.kind == "throw" or one.text.startswith(("raise", "die")) for one in later)


def _only_if_there(one: Statement, two: Statement) -> Iterator[str]:
    """Yield what is refused only if it is there at all."""
    at = two.text.find("&&") if "&&" in two.text else two.text.find(" and ")
    found = _PRESENT.fullmatch(two.text[:at]) if at > 0 else None
    name = found["name"] if found else ""
    rest = two.text[at:]
    if name and name not in {"not", "if"} and _bare(one.text) in _bare(rest) and _verified(one, name):
        yield name


def _bare(text: str) -> str:
    """Return a condition without its word and brackets."""
    return re.sub(r"^(?:if|unless|elif|else if)\b|[\s(){}:]", "", text)
