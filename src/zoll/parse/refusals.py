"""Questions whose yes refuses: where `is_revoked` or `needs_login` gives false, somebody is let pass."""

import re
from collections.abc import Sequence
from functools import lru_cache

from zoll.parse.code import Statement

_HEAD = re.compile(r"func\s?\([^)]{0,200}\)\s?")  # Go: the receiver before the name
_NAME = re.compile(r"([A-Za-z_]\w{0,120}\??)\s?(?:[(<]|$)")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_ASKS = frozenset(["is", "are", "was", "has", "been", "check"])
_REFUSED = re.compile(
    r"expired|revoked|blocked|banned|denied|forbidden|blacklisted|blocklisted|denylisted|locked|invalid|untrusted|tampered|"
    r"disallowed|rejected|unauthorized|suspended|quarantined|malicious|replayed|throttled|restricted|stale"
)
_NEEDS = frozenset(["needs", "need", "requires", "must", "should", "required"])
_NEEDED = re.compile(
    r"auth|authentication|authenticate|authorization|login|password|passphrase|verification|verify|check|validate|"
    r"validation|signature|signed|encrypt|encryption|encrypted|tls|ssl|mfa|otp|confirm|confirmation|approval|captcha|csrf|pin"
)

# Questions whose yes is plain: what they give back where they are true is one, and nought where not.
_PLAIN = frozenset(["is", "are", "was", "has", "can", "may", "contains", "exists", "allows", "accepts"])
_YES = frozenset(
    {
        "allowed",
        "permitted",
        "permit",
        "authorized",
        "authorised",
        "granted",
        "trusted",
        "valid",
        "ok",
        "accepted",
        "match",
    }
    | {"matches", "matched", "equal", "equals", "member", "authenticated", "verified", "acceptable", "allow"}
)
_NOT = frozenset({"not", "no", "un", "dis", "non", "never", "is"})
_DIFFERENCE = re.compile(r"\(?\s?(?:str|wcs|mem)n?(?:case)?i?cmp\([^=<>!?]{1,300}\)\s?\)?;?")


@lru_cache(maxsize=1 << 12)
def refusing(head: str) -> bool:
    """Say by the head of a function whether it asks for what refuses: its yes stands for no.

    >>> refusing("static int cert_is_revoked(X509 *cert)"), refusing("def expired?"), refusing("def lock(self):")
    (True, True, False)
    >>> refusing("func (s *Server) needsAuth(r *Request) bool"), refusing("boolean isLoginRequired()")
    (True, True)
    """
    found = _NAME.search(_HEAD.sub("", head[:400]))
    if found is None:
        return False
    words = [word.lower() for word in _WORD.findall(found[1])]
    if not words:
        return False
    if _REFUSED.fullmatch(words[-1]):
        return len(words) == 1 or found[1].endswith("?") or bool(_ASKS.intersection(words[:-1]))
    if words[-1] == "required" and len(words) > 1:
        return bool(_NEEDED.fullmatch(words[-2]))
    return words[0] in _NEEDS and any(_NEEDED.fullmatch(word) for word in words[1:])


def asks_to_refuse(statements: Sequence[Statement]) -> bool:
    """Say whether the statements of a function are those of a question whose yes refuses."""
    return bool(statements) and statements[0].word == "function" and refusing(statements[0].text)


@lru_cache(maxsize=1 << 12)
def asking(head: str) -> bool:
    """Say by the head of a function whether it is a question whose yes is no refusal.

    >>> asking("sub is_valid_port"), asking("static int is_revoked(X509 *c)"), asking("int island(void)")
    (True, False, False)
    """
    found = _NAME.search(_HEAD.sub("", head[:400]))
    words = [word.lower() for word in _WORD.findall(found[1])] if found else []
    return len(words) > 1 and words[0] in _PLAIN and not refusing(head)


def asks_plainly(statements: Sequence[Statement]) -> bool:
    """Say whether the statements of a function are those of a question whose yes is no refusal.

    What a function is called may tell, or that it ends by giving back whether a comparing call found both sides equal.
    """
    if not statements or statements[0].word != "function":
        return False
    head = statements[0].text
    if asking(head):
        return True
    return not refusing(head) and (_says_equal(statements[-1]) or (yes_named(head) and _of_two(statements)))


@lru_cache(maxsize=1 << 12)
def yes_named(head: str) -> bool:
    """Say by the head of a function whether its name is what a yes would mean.

    >>> yes_named("static int rcpt_allowed(s *s)"), yes_named("int permit(uid_t u)"), yes_named("int ok_go(void)")
    (True, True, False)
    """
    found = _NAME.search(_HEAD.sub("", head[:400]))
    words = [word.lower() for word in _WORD.findall(found[1])] if found else []
    return bool(words) and words[-1] in _YES and not _NOT.intersection(words[:-1])


def _of_two(statements: Sequence[Statement]) -> bool:
    """Tell whether a function of C gives back one or nought, or what a test says, and no number below."""
    values = [one.value.strip("() ;") for one in statements if one.kind == "return"]
    return bool({"1", "0"} & set(values)) and not any(value.startswith("-") for value in values)


def _says_equal(one: Statement) -> bool:
    """Tell whether a statement gives back that two sides are equal: `return strcmp(a, b) == 0;`."""
    held = one.tests[0] if one.kind == "return" and len(one.tests) == 1 else None
    return held is not None and held.op == "==" and bool(held.via) and not held.negated


def tells_apart(statements: Sequence[Statement]) -> bool:
    """Say whether a function hands back what a three-way comparison says, so that its one lets nobody pass.

    C's `return strcasecmp(a, b);`: whatever else such a function returns means that they differ.
    """
    return any(one.kind == "return" and _DIFFERENCE.fullmatch(one.value[:400]) for one in statements)
