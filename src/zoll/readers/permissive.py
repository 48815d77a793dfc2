"""What a switch lets in, by the words of its name: for programs that no table knows."""

import re
from functools import cache, lru_cache

from zoll.readers.tables import table
from zoll.readers.words import split

_TRUE = frozenset(("true", "yes", "on", "1", "enabled", "enable", "allow", "permit"))
_FALSE = frozenset(("false", "no", "off", "0", "none", "never", "disabled", "disable", "optional"))
_JOINED = re.compile(
    r"-{0,2}no[-_]?(?:auth|verif|passw|check|tls|ssl|secur|acl|sandbox|encrypt|cert|sign|crypt)\w{0,16}"
)
_OPTION = re.compile(r"(-{1,2}[A-Za-z][\w.-]{2,60})(?:[=:](.{0,60}))?")


@cache
def _words(group: str) -> frozenset[str]:
    return frozenset(table("permissive")[group].split())


@lru_cache(maxsize=32768)
def polarity(name: str) -> int:
    """Return what true means for a switch of this name: 1 that it lets in, -1 that it keeps out, 0 for neither.

    >>> polarity("allow_anonymous"), polarity("require_client_cert"), polarity("skip-verify"), polarity("auth_timeout")
    (1, -1, 1, 0)
    """
    words = split(name)
    turned = any(word in _words("turns") for word in words)
    if any(word in _words("risks") for word in words):
        return -1 if turned or any(word in _words("keeps") for word in words) else 1
    if turned and any(word in _words("guards") for word in words):
        return 1
    if words and words[0] in _words("lets") and any(word in _words("let_in") for word in words[1:]):
        return 1
    return -1 if _asks(words) else 0


def _asks(words: tuple[str, ...]) -> bool:
    """Say whether the words ask for a guard: `require_x_auth`, `tls_enabled`, `verify`."""
    if not any(word in _words("guards") for word in words):
        return False
    if words[0] in ("verify", "validate") or words[-1] in _words("guards"):
        return True
    return len(words) > 1 and words[-1] in _words("states") and words[-2] in _words("guards")


def strength_of(name: str, value: str) -> str:
    """Return whether a value of a switch of this name is `weak` or `strong`, "" where its words do not tell.

    >>> strength_of("allow_anonymous", "true"), strength_of("require_tls", "no"), strength_of("tls_cert", "/etc/x.pem")
    ('weak', 'weak', '')
    """
    word = value.strip().strip("\"'").lower()
    on, off = word in _TRUE, word in _FALSE
    meaning = polarity(name) if on or off else 0
    if not meaning:
        return ""
    return "weak" if on == (meaning > 0) else "strong"


def lets_in(word: str) -> str:
    """Return the name of an option on a command line that lets in what it would keep out, "" for any other word.

    >>> lets_in("noauth"), lets_in("--allow-anonymous"), lets_in("--auth=none"), lets_in("--no-pager"), lets_in("notes")
    ('noauth', 'allow-anonymous', 'auth=none', '', '')
    """
    if len(word) < 80 and _JOINED.fullmatch(word):
        return word.lstrip("-")
    found = _OPTION.fullmatch(word)
    if not found:
        return ""
    name, value = found[1].lstrip("-"), found[2]
    weak = strength_of(name, value) == "weak" if value is not None else polarity(name) > 0
    return word.lstrip("-") if weak else ""
