"""Whose things are looked for: a search among what is the caller's own that became one among everything.

`current_user.documents.find(id)` that became `Document.find(id)`; `.where(id=n, tenant=t)` without the tenant; the same
in SQL, where a question that is held to less may also find what was called back. Whoever knows the number of somebody
else's thing gets it then. What is remembered for one user under a key that names no user any more is everybody's, too,
and what is remembered whatever password it was asked with is for any; what is counted by a word that the sender chooses
is never counted twice.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.view import View
from zoll.parse.code import Statement

SEARCHES = re.compile(
    r"(?i)(?:^|[._>:)])(?:find\w{0,40}|filter(?:_by)?|where\w{0,12}|get(?:_or_404|_object\w{0,12})?|first\w{0,12}|select\w{0,8}|query\w{0,8}|"
    r"delete\w{0,20}|update\w{0,12}|exists\w{0,20}|count\w{0,20}|load\w{0,20}|fetch\w{0,12}|exec\w{0,10}|prepare\w{0,12}|take|one)[!?]?$"
)
_OWN = re.compile(
    r"(?i)(?<![a-z])(?:(?:current_?|request\.|req\.|g\.|ctx\.|session\.|auth\.)?(?:user|account|tenant|owner|customer|organi[sz]ation|org|"
    r"workspace|caller|principal|subscriber|merchant|member)(?:_?id)?)(?![a-z])"
)
_JOINED = re.compile(
    r"(?i)(?:By|And)(?:User|Account|Tenant|Owner|Customer|Organi[sz]ation|Org|Workspace)(?:Id)?(?![a-z])"
)
_NAME = re.compile(r"[A-Za-z_]\w*")
_MOST = 1500
_NOTHING = frozenset({"nil", "null", "None", "undefined", "NULL"})
_KINDS = frozenset({"assign", "declare", "call", "return", "condition", "other"})
_REMEMBERED = re.compile(r"(?i)cache|memo|key$")
# What an answer depends on: two who differ in it must not get each other's.
_TELLS_APART = re.compile(
    r"(?i)passw|hash|secret|token|scope|role|right|perm|grant|issuer|audience|method|host|realm|domain|cred|auth|version|nonce|policy"
)
_SQL = re.compile(
    r"(?is)[\"'`]\s{0,20}(?:select|update|delete|with)\b.{1,900}?\bwhere\b(.{1,600}?)"
    r"(?:[\"'`]|\border\s+by\b|\bgroup\s+by\b|\blimit\b|\breturning\b)"
)
_AND = re.compile(r"(?i)\s+and\s+")
_BOUND = re.compile(r"\$\d{1,2}|:\w{1,40}|%\(\w{1,40}\)s|%s|\?\d?|@\w{1,40}|[#$]?\{[^{}]{0,40}\}")
_TELLS = re.compile(
    r"(?i)active|enabled|disabled|delet|revo[ck]|expir|valid|status|state|owner|role|tenant|locked|verified|hash|token|passw|"
    r"used|approv|visible|privat|public|permission|user|account|org|group|admin|scope|audience|issuer"
)
_REMEMBERS = re.compile(r"(?i)cache|memo(?!r)|bucket|limit|throttl|attempt|visitor|lookaside")
_COUNTS = re.compile(r"(?i)bucket|limit|throttl|attempt|tries|visitor|lockout")
_CHOSEN = re.compile(
    r"(?i)\bheaders?(?:\(\))?(?:\.get|\[|\()|get_?header|\.query(?:\(|\.|\[)|getParameter|form_?value|user_?agent|\.cookies?(?:\(|\[|\.get)"
)
_MAKES = re.compile(r"(?i)cache_create|alloc|\bnew\s")  # a cache itself, which is remembered under no key
_KEYED = re.compile(r"(?i)(?:key|cache|bucket|(?<!__)slot)_?\w{0,8}$")


def unowned(view: View, place: int, other: int) -> Iterator[Weak]:
    """Yield what a search was held to and no longer is, where it still looks for one thing."""
    one, two = view.sides[0][place], view.sides[1][other]
    if one.text == two.text or one.kind not in _KINDS or two.kind not in _KINDS or two.word == "function":
        return
    if max(len(one.text), len(two.text)) > _MOST:
        return
    asked = all(_SQL.search(side.text) for side in (one, two))
    searched = asked or all(any(SEARCHES.search(call.name) for call in side.calls) for side in (one, two))
    keyed = bool(_KEYED.search(one.target)) and one.target == two.target and bool(_NAME.search(two.value))
    keyed = keyed and not _MAKES.search(two.value)
    if keyed and (part := _left_out(view, one, two)):
        yield Weak("argument", part, "", how="parted")
        return
    gone = _owners(one.text) if searched or keyed else []
    if gone and not _owners(two.text):
        before, after = (set(_NAME.findall(side.text)) for side in (one, two))
        came = {word for word in after - before if not word[:1].isupper() and not SEARCHES.search(word)}
        lines = view.in_file(gone[0])
        if not came and (keyed or lines[1] < lines[0]):
            yield Weak("argument", gone[0], "", how="unowned" if searched else "unkeyed")
            return
    if asked:
        yield from (Weak("scope", one, "", how="unfiltered") for one in _unfiltered(one.text, two.text))
    elif keyed:
        yield from _of_chosen(view, one, two)


def _unfiltered(old: str, new: str) -> list[str]:
    """Return what a query was held to besides and no longer is, where nothing came for it.

    >>> _unfiltered('"SELECT a FROM t WHERE id = $1 AND revoked_at IS NULL"', '"SELECT a FROM t WHERE id = $1"')
    ['revoked_at IS NULL']
    """
    before, after = ({_BOUND.sub("?", _flat(part)): _flat(part) for part in _parts(side)} for side in (old, new))
    gone = [said for key, said in before.items() if key not in after and _TELLS.search(said)]
    return gone if set(after) < set(before) else []


def _parts(text: str) -> list[str]:
    found = _SQL.search(text)
    return _AND.split(found[1]) if found and " or " not in found[1].lower() else []


def _flat(text: str) -> str:
    return " ".join(text.strip(" ;\\").split())


def _of_chosen(view: View, one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield what the sender chooses, of the key under which something is counted."""
    chosen = _CHOSEN.search(two.value)
    if chosen and not _CHOSEN.search(one.value) and _COUNTS.search(" ".join(view.words[1])):
        yield Weak("argument", "", two.value[max(0, chosen.start() - 4) : chosen.end() + 24], how="chosen")


def _left_out(view: View, one: Statement, two: Statement) -> str:
    """Return what the name of something remembered was made of besides, "" where something came for it."""
    if not _REMEMBERED.search(one.target):
        return ""
    before, after = (dict.fromkeys(_NAME.findall(side.value)) for side in (one, two))
    gone = [name for name in before if name not in after]
    if not gone or after.keys() - before.keys() - _NOTHING:
        return ""
    plainly = len(after) > 1 and not _owners(one.text) and _REMEMBERS.search(" ".join(view.words[1]))
    return gone[0] if plainly or _TELLS_APART.search(gone[0]) else ""


def _owners(text: str) -> list[str]:
    return [found[0] for found in (*_OWN.finditer(text), *_JOINED.finditer(text))]
