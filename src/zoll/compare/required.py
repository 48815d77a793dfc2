"""Which role, right or level is asked for: a lower one than before lets more people in, a higher one fewer.

`hasRole("ADMIN")` that became `hasRole("USER")`, a row of commands in which `PRIV_ADMIN` became `PRIV_USER`. Where a
role is given to somebody, the lower one is the better.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from zoll.compare.conditions import Weak
from zoll.compare.strength import words_of
from zoll.parse.code import Statement

_RANKS = (
    ("anonymous", "anon", "guest", "public", "everyone", "anyone", "nobody"),
    ("viewer", "reader", "read", "readonly", "view", "observer"),
    ("user", "member", "customer", "authenticated"),
    ("operator", "editor", "writer", "write", "moderator", "staff", "ops", "support", "author"),
    ("maintainer", "manager", "engineer", "supervisor"),
    ("admin", "administrator", "owner", "manage"),
    ("root", "superuser", "superadmin", "super", "sysadmin"),
)
_RANK = {word: rank for rank, words in enumerate(_RANKS) for word in words}
_RIGHT = frozenset(
    {"priv", "privilege", "privileges", "role", "roles", "access", "perm", "permission", "permissions", "level"}
    | {"authority", "authorities", "authorize", "secured", "allowed", "clearance", "scope", "scopes"}
)
_ASKS = re.compile(
    r"(?i)^(?:has|have|require[sd]?|need[sd]?|check|ensure|must|assert|enforce|only|min|secured|authorize|preauthorize)"
)
_GIVES = frozenset({"add", "grant", "set", "assign", "give"})
_WORD = re.compile(r"\"[^\"]{1,80}\"|'[^']{1,80}'|[A-Za-z_]\w*|\S")
_QUIET = frozenset({"import", "label"})
_MOST = 1500
_NEAR = 8


def lower_role(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield the role that is asked for where a higher one was."""
    if one.text == two.text or one.kind in _QUIET or max(len(one.text), len(two.text)) > _MOST:
        return
    olds, news = _WORD.findall(one.text), _WORD.findall(two.text)
    apart = [place for place, pair in enumerate(zip(olds, news, strict=False)) if pair[0] != pair[1]]
    if len(olds) != len(news) or len(apart) != 1 or _gives(two):
        return
    old, new = olds[apart[0]], news[apart[0]]
    before, after = _rank(old), _rank(new)
    asked = (old.isupper() and (of_right(old) or _of_one_family(old, new))) or asks_for_right(
        news[max(0, apart[0] - _NEAR) : apart[0]]
    )
    if 0 <= after < before and asked:
        yield Weak("argument", old, new, how="role")


def _of_one_family(old: str, new: str) -> bool:
    """Tell whether two constants differ in the role alone: `ACC_ADMIN` and `ACC_ANON`."""
    return new.isupper() and len(words_of(old)) > 1 and words_of(old)[:-1] == words_of(new)[:-1]


def asks_for_right(words: Sequence[str]) -> bool:
    """Tell whether words before a role ask for it: `hasRole(`, `role_required(`, `user.role !=`."""
    names = [word for word in words if word[:1].isalpha() or word[:1] == "_"]
    asked = any((_ASKS.match(name) and of_right(name)) or _right_required(name) for name in names)
    return asked or (bool(names) and of_right(names[-1]) and bool({"=", "<", ">", "!"} & set(words[-3:])))


def is_given(new: str, names: Sequence[str], text: str) -> bool:
    """Tell whether a role of more rights is given to somebody, not asked for; plain names may be people."""
    told = new[:1] in "\"'" or new.isupper() or any(map(of_right, names[:1])) or text.endswith(f" = {new}")
    return told and not asks_for_right(names[::-1])


def _right_required(name: str) -> bool:
    own = words_of(name)
    return "required" in own or own[:1] in {("secured",), ("preauthorize",), ("authorize",)}


def _gives(two: Statement) -> bool:
    """Tell whether a role is given to somebody here: set, added, granted."""
    set_so = two.kind in {"assign", "declare"} and not two.tests and of_right(two.target)
    return set_so or any(not _GIVES.isdisjoint(words_of(call.name)[-2:]) for call in two.calls)


@lru_cache(maxsize=1 << 12)
def _rank(word: str) -> int:
    """Return how much a role may, by its last word, -1 where it is none."""
    own = words_of(word)
    named = word[:1] in "\"'" or word.isupper()
    return _RANK.get(own[-1], -1) if own and named else -1


def of_right(word: str) -> bool:
    """Tell whether a name says of itself that it is a role, a right or a level: `PRIV_ADMIN`, `role`."""
    return not _RIGHT.isdisjoint(words_of(word))
