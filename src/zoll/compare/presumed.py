"""Verdicts that start as what nobody checked: `authenticated = 0` that became `authenticated = c->flags & LOCAL`.

And those that hold without it as well: `return self.valid` that became `return self.valid or self.signer`.
"""

import re
from collections.abc import Iterator, Sequence

from zoll.compare.conditions import Weak
from zoll.compare.strength import words_of
from zoll.compare.view import View
from zoll.parse.code import Statement

_VERDICT = re.compile(
    r"(?i)(?:.*[\s.>*])?(?:is_?)?(?:authenticated|authori[sz]ed|verified|trusted|granted|permitted|allowed|logged_?in|auth_?(?:ok|done)|admitted)"
)
_NO = frozenset({"false", "False", "FALSE", "0", "nil", "None", "null", "NULL"})
_YES = frozenset({"true", "True", "TRUE", "1"})
_SUBJECT = re.compile(r"(?i)verif|auth(?!or(?!i))|trust|valid|granted|allowed|permitted|logged_?in|signed")
_GOOD = re.compile(r"(?i)success|ok|true|1|yes|valid|verified|trusted|granted|allow(?:ed)?|pass(?:ed)?")
_NAME = re.compile(r"[A-Za-z_]\w*")
_GIVES = frozenset({"return", "assign", "declare"})
_OR = re.compile(r"\s?(?:\|\||\bor\b)\s?(.{1,300})\Z", re.DOTALL)
_WAITED = re.compile(r"\A\(await (.{1,300}?\))\)(?=\s?(?:\|\||or\b))|\Aawait (?=\w)")
_AWAIT = re.compile(r"\Aawait ")
_CHECKS = re.compile(
    r"(?i)\b(?:compare(?:_?digest|Sync|_hash)?|verify\w{0,20}|check_?pw|check_password\w{0,6}|checkPassword)\("
)
_YES_OR_NO = frozenset(
    {"valid", "verified", "verify", "authenticated", "authorized", "authorised", "allowed", "permitted", "granted"}
    | {"trusted", "allows", "permits", "authenticate", "authorize", "authorise"}
)
_CONSTANT = re.compile(r"[A-Z][A-Z0-9_]*")


def _given_back(side: Sequence[Statement], name: str) -> bool:
    """Tell whether a local is what a function gives back, and one is set to it where all went well."""
    ends = side[-1].kind == "return" and side[-1].value.strip("(); ") == name
    return ends and any(one.kind == "assign" and one.target == name and one.value.strip(" ;") in _YES for one in side)


def presumed(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield a verdict that began as a no until a check was made, and begins now as what something else says."""
    one, two = view.sides[0][place], view.sides[1][other]
    both = {one.kind, two.kind} <= {"assign", "declare"} and one.target == two.target
    if not both or one.value.strip(" ;") not in _NO:
        return
    value = two.value.strip(" ;")
    if two.tests and not two.calls and _given_back(view.sides[1], two.target):
        yield Weak("return", one.text, two.text, how="presumed")
        return
    if (
        not _VERDICT.fullmatch(one.target.strip())
        or value in _NO
        or not _NAME.search(value)
        or two.calls
        or _CONSTANT.fullmatch(value)
    ):
        return
    if any(later.target == two.target and later.calls for later in view.sides[1][other + 1 :]):
        yield Weak("return", one.text, two.text, how="presumed")


def in_any_case(view: View, index: int) -> Iterator[tuple[Weak, Statement, Statement]]:
    """Yield a verdict that was told where a condition held, which still stands, and that is told beside it now."""
    old, new = view.sides
    for place in range(*view.runs[index].old):
        one = old[place]
        if one.kind != "assign" or one.within not in view.kept or one.branch == "else" or not _says_yes(one):
            continue
        home = view.kept[one.within]
        asked = new[home]
        told = [two for two in new if two.kind == "assign" and two.text == one.text]
        if asked.kind == "condition" and told and all(two.within == asked.within for two in told):
            yield Weak("return", asked.text, one.text, how="presumed"), one, told[0]


def _says_yes(one: Statement) -> bool:
    return bool(_SUBJECT.search(one.target)) and _GOOD.fullmatch(one.value.strip(" ;()\"'")) is not None


def besides(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield a verdict that was one plain value or answer, and holds now where something else does, too."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.kind != two.kind or one.kind not in _GIVES or one.tests or one.target != two.target:
        return
    value = one.value.strip(" ;()")
    given = _WAITED.sub(
        lambda found: found[1] or "", two.value.strip(" ;"), count=1
    )  # what was handed on as a promise is waited for
    more = given.removeprefix(_AWAIT.sub("", one.value.strip(" ;")))
    added = _OR.match(more) if value and len(more) < len(given) else None
    if (
        added
        and added[1].strip("() ") not in _NO
        and added[1][:1] not in "\"'`[{"
        and (_rules(view, one) or _falls_back(value, added[1].strip("() ")))
    ):
        yield Weak("joint", "", added[1].strip(), how="besides")


def _falls_back(value: str, added: str) -> bool:
    """Tell whether some are picked out of several, and all of them taken where there are none."""
    picks = re.search(
        rf"\bin {re.escape(added)} if\b|\bfilter\(.*\b{re.escape(added)}\b|\b{re.escape(added)}\.(?:filter|select)\(",
        value,
    )
    return _NAME.fullmatch(added) is not None and picks is not None


def _rules(view: View, one: Statement) -> bool:
    """Tell whether what a statement gives is a yes or no about whom to let in, by its name or the function's."""
    head = view.sides[1][0].target if view.sides[1] and view.sides[1][0].word == "function" else ""
    named = [*words_of(head), *words_of(one.target), *words_of(one.value[:80])]
    return head == "__bool__" or not _YES_OR_NO.isdisjoint(named) or _CHECKS.search(one.value) is not None
