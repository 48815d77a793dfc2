"""What a value, a name or a call says happened: success, failure, log, exit."""

import re
from collections.abc import Sequence
from functools import lru_cache

from zoll.parse.code import Statement
from zoll.readers.tables import pattern, table
from zoll.readers.words import last_called, split

_OUTCOME = {group: frozenset(words) for group, words in table("names")["outcome"].items()}
_TRUE = pattern("outcomes", "true")
_FALSE = pattern("outcomes", "false")
_ZERO = re.compile(r"\(?\s*(?:0[LU]*|0x0+|NULL|nil|null|None|undefined|nullptr|\"\"|''|\(void\s*\*\)\s*0)\s*\)?;?")
_ONE = frozenset(["1", "true", "TRUE", "True"])
_HANDS_OUT = re.compile(r"(?!(?:\w+\s){0,4}?(?:char|gchar|xmlChar)\s?\*)(?:\w+\s){1,5}\*+\s?\w+\s?\(")
_ERROR_VALUE = pattern("outcomes", "error_value")
# Where zero, or a nil error, is how a function says that all is well.
ZERO_IS_FINE = frozenset({"c", "cpp", "go"})
_NO_ERROR, _ERRORS = frozenset({"ok", "success", "succeeded"}), frozenset({"err", "error"})  # `ERR_OK` is none
_NAME = re.compile(r"[A-Za-z_$@][\w$.:>-]*(?:\(\s*(?:[\w\"'., ]{0,60})\))?;?")
_RESULT = pattern("outcomes", "result")
_TRUTHY = re.compile(r"(?:ok|okay|valid|is_?valid|match(?:es|ed)?|success|allow|auth_?ok)$", re.IGNORECASE)


@lru_cache(maxsize=16384)
def name_outcome(name: str) -> str:
    """Return success, failure or "" by the words of a constant's or call's name; a not before the word turns it.

    >>> name_outcome("srtp_err_status_ok"), name_outcome("ERROR_SUCCESS")
    ('success', 'success')
    >>> name_outcome("PAM_SUCCESS"), name_outcome("ACCESS_DENIED"), name_outcome("NOT_OK"), name_outcome("author")
    ('success', 'failure', 'failure', '')
    """
    words = split(name)
    wrong = {word for word in words if word in _OUTCOME["failure"]}
    if wrong and not (words[-1] in _NO_ERROR and wrong <= _ERRORS):
        return "failure"
    for before, word in zip(("", *words), words, strict=False):
        if word in _OUTCOME["success"]:
            return "failure" if before in _OUTCOME["negation"] else "success"
    return ""


@lru_cache(maxsize=4096)
def hands_out(head: str) -> bool:
    """Say by the head of a function of C whether it hands out a thing or none; a text may tell what is wrong.

    >>> hands_out("static struct sess * find(struct req *rq)"), hands_out("static const char * set_user(cmd *c)")
    (True, False)
    """
    return _HANDS_OUT.match(head[:300]) is not None


def verdict_of(statements: Sequence[Statement]) -> str:
    """Return the local that a function gives back in the end, where an own statement makes it a yes, "" for none."""
    name = next((one.value.strip("(); ") for one in statements[-1:] if one.kind == "return"), "")
    given = (one for one in statements if name and one.target == name)
    return name if any(one.operator == "|=" or one.value.strip(" ;") in _ONE for one in given) else ""


@lru_cache(maxsize=16384)
def value_outcome(value: str, language: str) -> str:
    """Return success, failure, zero or return for a returned value's text.

    >>> value_outcome("1", "c"), value_outcome("0", "c"), value_outcome("0", "shell"), value_outcome("total", "c")
    ('success', 'zero', 'success', 'return')
    """
    text = value.strip().rstrip(";").strip()
    if language == "shell":
        return {"0": "success", "true": "success", "": "return"}.get(text, "failure" if text.isdigit() else "return")
    if not text or text == "()":
        return "return"
    if _TRUE.fullmatch(text):
        return "success"
    if _FALSE.fullmatch(text):
        return "failure"
    if _ZERO.fullmatch(text):
        return "zero" if language in ZERO_IS_FINE else "return"
    return _named_outcome(text)


def _named_outcome(text: str) -> str:
    head = text[:200]
    if _ERROR_VALUE.search(head):
        return "failure"
    if re.match(r"\(?(?:true|True|1)\s*,", head):
        return "success"
    if re.match(r"\(?(?:false|False|nil|null|0|-1)\s*,", head):
        return "failure"
    if _NAME.fullmatch(head):
        last = re.split(r"[.:>(]", head.split("(")[0])[-1] or head
        return name_outcome(last) or "return"
    return "return"


@lru_cache(maxsize=16384)
def call_outcome(name: str) -> str:
    """Return success, failure, exit, log or call by the name of a call alone.

    >>> call_outcome("grant_access"), call_outcome("logger.info"), call_outcome("sys.exit"), call_outcome("res.render")
    ('success', 'log', 'exit', 'call')
    """
    last = last_called(name)
    lower = last.lower()
    words = split(last)
    names = table("names")["outcome"]
    if lower in names["exit"] or name in names["exit"]:
        return "exit"
    if lower in names["log"] or (words and words[0] in _OUTCOME["log"]) or _logs(name):
        return "log"
    if _grants(words, lower):
        return "success"
    return "failure" if words and words[0] in _OUTCOME["failure"] else "call"


def _logs(name: str) -> bool:
    return any(
        part in {"log", "logger", "logging", "console", "syslog", "audit", "_logger"}
        for part in name.lower().split(".")[:-1]
    )


def _grants(words: tuple[str, ...], lower: str) -> bool:
    if (
        not words
        or words[0] in _OUTCOME["negation"]
        or words[0] in {"is", "has", "check", "get", "should", "can", "verify"}
    ):
        return False
    granting = set(table("names")["granting"]["words"])
    objects = set(table("names")["granting"]["objects"])
    if words[0] in granting and ((len(words) == 1 and words[0] not in {"set", "mark"}) or set(words[1:]) & objects):
        return lower not in {"accept", "login"}
    return (
        words[-1] in {"success", "successful", "ok", "granted", "allowed", "accepted", "authenticated"}
        and len(words) > 1
    )


def sets_outcome(target: str, value: str, language: str) -> str:
    """Return success, failure or zero for an assignment to a result-like target (`ret = 0`, `ok = true`), else ""."""
    if not _RESULT.search(target):
        return ""
    found = value_outcome(value, language)
    if found == "return":
        return ""
    return "failure" if found == "zero" and _TRUTHY.search(target) else found
