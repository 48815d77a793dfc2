"""Whose word counts: what is held against itself, or comes in with the request where it came from elsewhere before.

`record.tenant == user.tenant` that became `record.tenant == record.tenant`; `role: 'member'` that became
`role: body.role ?? 'member'`; `algorithms=["RS256"]` that became `algorithms=[header["alg"]]`.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.strength import any_named, words_of
from zoll.compare.view import View
from zoll.parse.code import Statement

_EQUAL = frozenset({"==", "!="})
_TOKEN = re.compile(r"[A-Za-z_]\w*+|\"[^\"]*+\"|'[^']*+'|\S")
_NAME = re.compile(r"[A-Za-z_]\w*+")
_HOLDERS = re.compile(r"\A(?:\$?this|self|cls)(?:\.|->)")
_MEMBER = re.compile(r"(\w+)\W*\Z")
# What somebody who was sent nothing but a verdict may say: parts of a request, and of a token that nobody verified yet.
_COMES_IN = re.compile(
    r"(?<![\w.>])\$?(?:(?:this|self|ctx|c)(?:\.|->))?(?:req|request|body|payload|headers?|cookies?)(?:\.|->|\[)"
    r"(?!(?:socket|connection|ips?|tls|peer|remote|user|session|auth|context|tenant|account|state|principal|identity|ctx)\b)"
    r"|(?<![\w.>])\$?(?:form|params|query|args)(?:\[[:\"']|(?:\.|->)(?:get|fetch|dig)\()"
    r"|\$_(?:GET|POST|REQUEST|COOKIE|SERVER)\b|\bngx\.(?:var\.(?:http_|arg_)|req\.get_)|\.FormValue\(|\bHeader\.Get\("
    r"|\bget(?:Parameter|Header)\(|\bget_json\(|\b(?:get_)?unverified_(?:header|claims)|\bParseUnverified\(|\bjwt\.decode\("
)
_SUBJECT = frozenset(
    {"role", "roles", "admin", "owner", "tenant", "scope", "scopes", "permission", "permissions", "alg", "algorithm"}
    | {
        "algorithms",
        "issuer",
        "audience",
        "jku",
        "jwks",
        "recipient",
        "recipients",
        "uid",
        "user",
        "principal",
        "realm",
    }
    | {"privilege", "privileges", "account", "to", "identity", "address", "addr", "peer", "remote", "ip", "superuser"}
    | {"staff", "grants"}
)
# Lists of fields that a form may set: Rails, Laravel, Mongoose and Lodash; and the names in them.
_SETTABLE = re.compile(
    r"\bpermit\(|\bfillable\b|\battr_accessible\b|\b_?\.?pick\(\s?(?:req|request|body|params|data|input)|->only\(\s?\[|\ballowed_?(?:fields|params|attributes)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(r"(?::|[\"'])([a-z]\w{1,40})(?:[\"']|\b)")
_RIGHTS = frozenset(
    {
        "role",
        "roles",
        "admin",
        "superuser",
        "staff",
        "owner",
        "tenant",
        "permission",
        "permissions",
        "scopes",
        "verified",
        "approved",
        "balance",
        "privileges",
    }
)
_WHO = frozenset({"user", "account", "principal", "identity", "uid", "owner", "subject", "caller", "actor", "login"})
_TAKES = frozenset({"assign", "declare", "call", "return", "loop", "other"})
_ORDERS = frozenset({"<", "<=", ">", ">="})
_CLOCK = re.compile(r"(?i)\bnow\b|time|clock|\bdate\b")
_BUILT = re.compile(r"(?<![\w\"'])[fF]?[rR]?[fF][\"']|`")
_PIECE = re.compile(r"[A-Za-z_]\w*+|\S")
_VOID = frozenset({"null", "None", "nil", "NULL", "undefined", "nullptr", "true", "false", "True", "False"})
_MOST = 1500
_REACH = 40


def sent(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield what a pair of statements newly takes from the very thing or person that it is about."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.text == two.text or max(len(one.text), len(two.text)) > _MOST or two.word == "function":
        return
    against = [*_against(view, place, other), *_of_own_time(one, two)] if one.tests and two.tests else []
    yield from against
    yield from _assignable(one, two)
    if not against and one.kind in _TAKES and two.kind in _TAKES:
        yield from _handed_in(view, place, other)


def switched(view: View, other: int) -> Iterator[Weak]:
    """Yield an inserted statement that sets anew, from what comes in, who it is that was found out before."""
    two = view.sides[1][other]
    if two.kind != "assign" or two.operator not in {"", "=", ":="} or _WHO.isdisjoint(words_of(two.target)[-2:]):
        return
    before = view.sides[1][max(0, other - _REACH) : other]
    found = next((one for one in before if one.target == two.target and one.calls), None)
    checked = found and (not _comes_in(found.value) or any_named([call.name for call in found.calls], "guard"))
    if found and checked and _comes_in(two.value):
        yield Weak("argument", found.text, two.text, how="switched")


def _against(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield an equality of which one side stayed and the other now comes from the same thing as that."""
    stays = {_sides(test.left, test.right) for test in view.sides[1][other].tests}
    asked = [_sides(test.left, test.right) for test in view.sides[0][place].tests if test.op in _EQUAL and test.right]
    olds = [sides for sides in asked if sides not in stays and sides[::-1] not in stays]
    for test in view.sides[1][other].tests:
        if test.op not in _EQUAL or not test.right or test.literal:
            continue
        sides = _sides(test.left, test.right)
        if sides in asked or sides[::-1] in asked:
            continue
        for kept, came in (sides, sides[::-1]):
            if kept in _VOID:
                continue
            gone = next((old[1 - old.index(kept)] for old in olds if kept in old), "")
            if not gone or not _NAME.search(gone) or came.isupper() or came.lstrip("*&") == gone.lstrip("*&"):
                continue  # a value that a result begins with, or what is handed in by its place now
            if _alike(_known(view, 1, kept, other), _known(view, 1, came, other)):
                if not _alike(_known(view, 0, kept, place), _known(view, 0, gone, place)):
                    yield Weak("operator", gone, came, how="itself")
                return
            if _comes_in(_known(view, 1, came, other)) and not any(
                _comes_in(_known(view, 1, side, other)) for side in (kept, gone)
            ):
                yield Weak("operator", gone, came, how="sent")
                return


def _of_own_time(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a time that was held against the clock, and is now against what the same thing says of another time."""
    for old, new in zip(one.tests, two.tests, strict=False):
        if old.op != new.op or old.op not in _ORDERS:
            continue
        for kept, gone, came in ((old.left, old.right, new.right), (old.right, old.left, new.left)):
            stays = kept in (new.left, new.right) and gone != came and bool(_CLOCK.search(gone))
            roots = [_NAME.search(_HOLDERS.sub("", side)) for side in (kept, gone, came)]
            if stays and all(roots) and _first(roots[0]) == _first(roots[2]) != _first(roots[1]):
                yield Weak("operator", gone, came, how="itself")
                return


def _first(found: re.Match[str] | None) -> str:
    return found[0] if found else ""


def _assignable(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield a right that stands newly among the fields which whoever sends a form may set."""
    if not _SETTABLE.search(one.text) or not _SETTABLE.search(two.text):
        return
    before, after = (set(_FIELD.findall(side.text)) for side in (one, two))
    came = sorted(name for name in after - before if not _RIGHTS.isdisjoint(words_of(name)) and before <= after)
    if came:
        yield Weak("argument", "", came[0], how="assignable")


def _sides(left: str, right: str) -> tuple[str, str]:
    return "".join(left.split()), "".join(right.split())


def _alike(one: str, two: str) -> bool:
    """Tell whether two expressions are one, or the same member of one thing."""
    if one == two:
        return bool(_NAME.search(one))
    roots = [_NAME.search(_HOLDERS.sub("", side)) for side in (one, two)]
    ends = [_MEMBER.search(side) for side in (one, two)]
    if not (roots[0] and roots[1] and ends[0] and ends[1]) or roots[0][0] != roots[1][0] or ends[0][1] != ends[1][1]:
        return False
    return ends[0][1] != roots[0][0] and not re.search(r"[+*/%(,]", one + two)


def _known(view: View, side: int, text: str, before: int) -> str:
    """Return what a local was set to last before a statement, any other expression as it is."""
    name = text.lstrip("$*&")
    if not _NAME.fullmatch(name):
        return text
    for one in reversed(view.sides[side][max(0, before - _REACH) : before]):
        if one.target.lstrip("$*&") == name or one.target.endswith((f" {name}", f"*{name}")):
            return "".join(one.value.split()).rstrip(";") or text
    return text


def _comes_in(text: str) -> bool:
    return _COMES_IN.search(text) is not None


def _handed_in(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield a value that says who somebody is or what he may, and that is taken from what comes in now."""
    one, two = view.sides[0][place], view.sides[1][other]
    gone, came, head, rest = _apart(one, two)
    if not head or not _one_value(gone) or _of_local(view, gone, place, side=0):
        return  # other words from the first on, several arguments, or what came in by another name
    about = gone or (rest if ".get(" in came else "")
    if not came or not _in_place(one, two, gone, came) or _comes_in(gone) or not _speaks_of_rights(one, about, head):
        return
    told = came if _comes_in(came) else _of_local(view, came, other)
    if told:
        yield Weak("argument", gone or one.text, came, how="handed")


def _in_place(one: Statement, two: Statement, gone: str, came: str) -> bool:
    """Tell whether what came stands where what went stood, or has it as what holds where nothing comes in."""
    if one.target != two.target or "=" in gone.replace("==", "") or came[:1] == ",":
        return False
    return bool(gone) or came.endswith(("??", "||", "or", "?:", "//")) or ".get(" in came


def _apart(one: Statement, two: Statement) -> tuple[str, str, list[str], str]:
    """Return the words that went, those that came, those that both begin with, and the first of both's ends."""
    form = _PIECE if _BUILT.search(one.text) and _BUILT.search(two.text) else _TOKEN
    old, new = form.findall(one.text), form.findall(two.text)
    front = 0
    while front < min(len(old), len(new)) and old[front] == new[front]:
        front += 1
    back = 0
    while back < min(len(old), len(new)) - front and old[-1 - back] == new[-1 - back]:
        back += 1
    gone, came = "".join(old[front : len(old) - back]), "".join(new[front : len(new) - back])
    return gone, came, old[:front], old[len(old) - back] if back else ""


def _speaks_of_rights(one: Statement, gone: str, head: list[str]) -> bool:
    """Tell whether the value that went stood for a right or for somebody: by its name, or by what it was given for."""
    before = next((word for word in reversed(head) if _NAME.fullmatch(word)), one.target)
    named = [*words_of(before), *(word for name in _NAME.findall(gone) for word in words_of(name))]
    return not _SUBJECT.isdisjoint(named)


def _one_value(gone: str) -> bool:
    """Tell whether what went is no piece of several arguments: it closes no bracket that it has not opened."""
    depth = 0
    for sign in gone:
        depth += (sign in "([{") - (sign in ")]}")
        if depth < 0:
            return False
    return True


def _of_local(view: View, came: str, other: int, *, side: int = 1) -> str:
    """Return what came, if it is a local, or part of one, that holds what comes in."""
    root = _NAME.search(came)
    known = _known(view, side, root[0], other) if root else ""
    return came if root and known != root[0] and _comes_in(known) else ""
