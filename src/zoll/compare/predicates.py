"""What a sequence is asked for in a function on the spot: `.filter(k -> matches(k))` lets more pass with an `or`.

`.filter(k -> old(k) || matches(k))` takes whatever is old; so does `.any(|k| ...)`. Where the word of the sequence
keeps out (`noneMatch`, `reject`), one more thing asked for beside it does.
"""

import re
from collections.abc import Iterator

from zoll.compare.conditions import Weak
from zoll.compare.strength import about, named, words_of
from zoll.parse.code import Statement

_LETS = (
    r"filter|anyMatch|any|all|allMatch|some|every|find|findFirst|retain|takeWhile|Any|All|Where|First(?:OrDefault)?|"
    r"ContainsFunc|is_some_and"
)
_KEEPS = r"noneMatch|none|reject|removeIf|skipWhile|filterNot|DeleteFunc"
_ASKED = re.compile(
    rf"\.(?:(?P<lets>{_LETS})|(?P<keeps>{_KEEPS}))"
    r"\(\s?(?:\(?[&\w, ]{1,40}\)?\s?[-=]>|(?:move )?\|[&\w, ]{1,40}\|)\s?"
)
_SPOT = re.compile(r"[-=]>|\(\|")
_LINK = re.compile(rf"\.(?:{_LETS}|{_KEEPS})\(")
_SECURITY = frozenset({"key", "token", "password", "user"})
_CHECKS = frozenset(
    {"matches", "equals", "equal", "verify", "verified", "valid", "allowed", "permits", "denies", "revoked"}
)
_RIGHT = re.compile(r"(?i)revoked|expired|enabled|disabled|active|locked|verified|deleted|trusted|signed")
_MOST = 2000


def predicates(one: Statement, two: Statement) -> Iterator[Weak]:
    """Yield what a sequence is asked for besides, or no more, so that more of it passes."""
    if max(len(one.text), len(two.text)) > _MOST or one.text == two.text or not _SPOT.search(two.text):
        return
    olds, news = _bodies(one.text), _bodies(two.text)
    if len(olds) == len(news) + 1 and len(_LINK.findall(two.text)) < len(_LINK.findall(one.text)):
        gone = next((at for at in range(len(news)) if olds[at] != news[at]), len(news))
        if olds[gone + 1 :] == news[gone:] and (_guards(olds[gone][1]) or _RIGHT.search(olds[gone][1])):
            yield Weak("argument", olds[gone][1], "", how="step")
        return
    if len(olds) != len(news) or [old[0] for old in olds] != [new[0] for new in news]:
        return
    for (lets, old), (_, new) in zip(olds, news, strict=True):
        more, fewer = _besides(old, new, "||" if lets else "&&"), _besides(new, old, "&&" if lets else "||")
        if (more or fewer) and _guards(old):
            yield Weak("joint", "" if more else fewer, more)


def _bodies(text: str) -> list[tuple[bool, str]]:
    """Return what each function on the spot asks, and whether it lets pass what it is true of."""
    return [(bool(found["lets"]), _closed(text, found.end())) for found in _ASKED.finditer(text)]


def _closed(text: str, start: int) -> str:
    """Return the text up to the bracket that closes what stands around it."""
    depth = 0
    for at in range(start, min(len(text), start + 400)):
        depth += (text[at] in "([{") - (text[at] in ")]}")
        if depth < 0:
            return text[start:at].strip()
    return ""


def _besides(less: str, more: str, sign: str) -> str:
    """Return what `more` asks besides what `less` asks, joined by a sign: `a`, `b || a` and `||` give `b`."""
    if not less or less == more or sign not in more:
        return ""
    if more.startswith(f"{less} {sign} "):
        return more[len(less) + len(sign) + 2 :]
    return more[: -len(less) - len(sign) - 2] if more.endswith(f" {sign} {less}") else ""


def _guards(text: str) -> bool:
    """Tell whether what is asked has to do with who may pass."""
    called = re.findall(r"(\w{2,60})\(", text)
    return about(text) in _SECURITY or any(named(name, "guard") or _CHECKS & set(words_of(name)) for name in called)
