"""Calls that kept memory safe by what they were given: the room of a copy, bytes asked for, a fixed format; `unsafe`.

`memcpy(d, s, min(n, sizeof(d)))` that became `memcpy(d, s, n)`, `malloc(strlen(s) + 1)` that became
`malloc(strlen(s))`, `syslog(LOG_INFO, "%s", line)` that became `syslog(LOG_INFO, line)` (CWE-120, CWE-131, CWE-134).
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.view import last
from zoll.parse.code import Call, Statement

_BOUNDED = re.compile(r"(?:\w{1,12}_)?(?:strl(?:cpy|cat)|strscpy(?:_pad)?|strn(?:cpy|cat)|memcpy|memmove)")
_MOVES = re.compile(r"(?:\w{1,12}_)?(?:memcpy|memmove|bcopy|CopyMemory|RtlCopyMemory)")
_ROOM = re.compile(
    r"sizeof|\b[Mm][Ii][Nn]\w{0,6}\s?[(<]|[cC]lamp|\?[^:]{1,80}:|\b[A-Z][A-Z0-9_]*(?:LEN|SIZE|MAX|ROOM)\w*"
)
_MAKES = re.compile(r"(?i)\w{0,20}(?:[mc]|re|z|va|_)?alloc(?:a|_size|_array|at|3)?|strndup")
_MORE = re.compile(r"[+*](?:\d{1,5}|sizeof.*|[\w.>-]{1,60})")
_FORMATS = re.compile(r"\"[^\"%]*%s[^\"%]*\"")
_TELLS = re.compile(
    r"(?i)v?[sfd]?n?printf|printk|syslog|\w{0,24}(?:log|print|warn|err|msg|trace|debug|info|fatal|notice)\w{0,12}|format"
)
_VARIABLE = re.compile(r"[*&$]?[a-z_]\w*(?:(?:->|\.|::)\w+|\[\w+\]|\(\))*")
_UNSAFE = re.compile(r"\bunsafe\s?\{")
_CHECKED = re.compile(r"\.(?:get|get_mut|try_\w+|checked_\w+|split_at|chunks\w*)\(|\?;?\Z|\[[^\]]{1,80}\]|from_utf8\(")
_MOST = 600
_CALLS = 6


def unbounded(one: Statement, two: Statement, language: str) -> Iterator[Weak]:
    """Yield what a statement's calls hold no more against the room there is, or leave to whoever sends a text."""
    if one.text == two.text or max(len(one.text), len(two.text)) > _MOST:
        return
    if language == "rust" and _UNSAFE.search(two.text) and not _UNSAFE.search(one.text) and _CHECKED.search(one.text):
        yield Weak("argument", one.text[:80], two.text[:80], how="unsafe")
    if language not in {"c", "cpp"} or len(one.calls) > _CALLS or len(two.calls) > _CALLS:
        return
    for old in one.calls:
        for new in two.calls:
            yield from _copied(old, new)
            if last(old.name) == last(new.name):
                yield from _made(old, new)
                yield from _formatted(old, new)


def _copied(old: Call, new: Call) -> Iterator[Weak]:
    """Yield a length that was the room of what is written to and is the one of what is read."""
    if not (_BOUNDED.fullmatch(last(old.name)) and _MOVES.fullmatch(last(new.name))):
        return
    if len(old.args) != 3 or len(new.args) != 3 or _flat(old.args[0]) != _flat(new.args[0]):
        return
    before, after = old.args[2], new.args[2]
    own = "strlen" in after or _flat(after) in _flat(before)  # another length may be as fixed: `ai_addrlen`
    if own and _ROOM.search(before) and not _ROOM.search(after) and before != after:
        yield Weak("memory", f"{last(old.name)}(…, {before})", f"{last(new.name)}(…, {after})", how="own-length")


def _made(old: Call, new: Call) -> Iterator[Weak]:
    """Yield room that is made for less: a part of the sum or the product is gone."""
    if not _MAKES.fullmatch(last(old.name)) or len(old.args) != len(new.args):
        return
    for before, after in zip(old.args, new.args, strict=True):
        less, whole = _flat(after), _flat(before)
        if less and whole.startswith(less) and _MORE.fullmatch(whole[len(less) :]):
            yield Weak("memory", f"{last(old.name)}({before})", f"{last(new.name)}({after})", how="less-room")


def _formatted(old: Call, new: Call) -> Iterator[Weak]:
    """Yield a text that was written as it is and is now read as a format itself."""
    if len(old.args) != len(new.args) + 1 or not _TELLS.fullmatch(last(old.name)):
        return
    for place, given in enumerate(new.args):
        if _FORMATS.fullmatch(old.args[place].strip()) and _flat(old.args[place + 1]) == _flat(given):
            if _VARIABLE.fullmatch(given.strip()):
                yield Weak("memory", f"{old.args[place]}, {given}", given, how="format")
            return


def _flat(text: str) -> str:
    return "".join(text.split())
