"""What a value says that is returned or assigned: success, failure, or nothing; in Go the last result is the error."""

import re
from collections.abc import Sequence
from functools import lru_cache

from zoll.compare.strength import number, says, table, words_of
from zoll.parse.code import Statement
from zoll.parse.refusals import asks_plainly, asks_to_refuse

_TRUE = frozenset({"true", "True", "TRUE", "!0"})
_FALSE = frozenset({"false", "False", "FALSE", "!1"})
_NOTHING = frozenset({"None", "NULL", "null", "nil", "nullptr", "undefined", "std::nullopt", "nullopt"})
# What a question says by the number that it gives back; and one whose yes refuses by that or by a truth.
_ANSWERS = {"1": "success", "0": "failure"}
_TURNED = dict.fromkeys(_TRUE | {"1"}, "failure") | dict.fromkeys(_FALSE | {"0"}, "success")
_NAME = re.compile(r"[\w.:]{2,60}")
_REASONED = re.compile(r"(?:nil|false),\s?[\"'\[]")  # Lua: nothing, and in words why
_DROPS = (("drop",), ("discard",))
_NONE, _ERRORS = frozenset({"ok", "success", "succeeded"}), frozenset({"err", "error"})
# Errors as kernels and their like hand back that refuse what came in; `-EBUSY` and `-ENOMEM` tell of something else.
_ERRNO = re.compile(
    r"-\s?E(?:PERM|ACCES|INVAL|BADMSG|KEY\w+|NOKEY|RANGE|MSGSIZE|PROTO|OVERFLOW|FAULT|ILSEQ|AUTH|CONNREFUSED|DOM|2BIG)"
)
# Go: the head of a function of which the last result is an error (Go specification, "Errors").
_HANDS_ERROR = re.compile(r"func\b.{0,1900}\)\s?(?:error|\([^()]{0,200}\berror)\s?\)?\s?", re.DOTALL)
_ERROR = re.compile(r"(?:\w{1,40}\.){0,3}(?:\w{0,40}[Ee]rr(?:or)?\w{0,40}|[Nn]ew\w{0,40}|Wrap\w{0,20}|Fail\w{0,20})\b")
_PIECE = re.compile(r"\"(?:[^\"\\]|\\.)*+\"|`[^`]*+`|'(?:[^'\\]|\\.)*+'|[(\[{,}\])]")
_WRAPPED = re.compile(
    r"(?P<failure>(?:Err|(?:std::|tl::)?(?:make_)?unexpected)\b.{1,400})|Ok\((?P<value>.{0,400})\)", re.DOTALL
)


def hands_error(side: Sequence[Statement]) -> bool:
    """Tell whether a function is one of Go's whose last result is an error."""
    return bool(side) and side[0].word == "function" and _hands(side[0].text)


@lru_cache(maxsize=1 << 12)
def _hands(head: str) -> bool:
    return head.startswith("func") and bool(_HANDS_ERROR.fullmatch(head))


def said_by(side: Sequence[Statement], one: Statement) -> str:
    """Return success, failure or "" for what a statement of a function returns or sets."""
    if one.kind == "return" and asks_to_refuse(side):
        value = one.value.strip().rstrip(";")
        return _TURNED.get(value.removesuffix(", nil") if hands_error(side) else value, "")
    if answer := _answer(side, one):
        return answer
    if one.kind != "return" or not hands_error(side):
        return outcome(one.value)
    before, error = last_result(one.value)
    if error == "nil":
        return "failure" if before in _FALSE else "success" if before != "nil" else ""  # `false, nil` is a no
    return "failure" if _ERROR.match(error) else ""


def _answer(side: Sequence[Statement], one: Statement) -> str:
    """Return what a plain question answers by one or nought, "" for anything else."""
    said = _ANSWERS.get(one.value.strip("(); "), "") if one.kind == "return" else ""
    return said if said and asks_plainly(side) else ""


def last_result(value: str) -> tuple[str, str]:
    """Return what stands before the last of several results, and the last one.

    >>> last_result('nil, fmt.Errorf("%v, %v", a, b)')
    ('nil', 'fmt.Errorf("%v, %v", a, b)')
    """
    depth = cut = 0
    for found in _PIECE.finditer(value):
        depth += (found[0] in "([{") - (found[0] in ")]}")
        cut = found.end() if found[0] == "," and not depth else cut
    return value[: max(0, cut - 1)].strip(), value[cut:].strip()


def gives_up(side: Sequence[Statement], one: Statement) -> bool:
    """Tell whether a return inside a condition gives up."""
    if _REASONED.match(one.value):
        return True
    told = one.value and (asks_to_refuse(side) or hands_error(side) or _answer(side, one))
    return said_by(side, one) == "failure" if told else failing(one.value)


def failing(value: str) -> bool:
    """Tell whether a returned value means failure."""
    value = value.strip()
    if not value or value in _NOTHING | {"!1", "0", "1", "[]", "array()", "{}"}:
        return True  # empty-handed returns inside a condition give up; 0 and 1 may be either, and count as giving up
    return value.startswith("-") or (says(value, "failure") and not _no_error(value)) or _drops(value)


def _no_error(value: str) -> bool:
    """Tell whether a name of an error code is the one of none: `ERR_OK`, `ERROR_SUCCESS`, `err_status_ok`."""
    own = words_of(value)
    wrong = table().words["failure"]
    return bool(own) and own[-1] in _NONE and {word for word in own if word in wrong} <= _ERRORS


def _drops(value: str) -> bool:
    """Tell whether a verdict, and no call, says that something goes no further: `NF_DROP`, `Verdict::Discard`."""
    return bool(_NAME.fullmatch(value)) and words_of(value)[-1:] in _DROPS


def outcome(value: str) -> str:
    """Return success, failure or "" for a value that is returned or assigned.

    >>> outcome("srtp_err_status_ok"), outcome("NF_DROP"), outcome("drop_rights(x)")
    ('success', 'failure', '')
    >>> outcome("ACCESS_GRANTED"), outcome("Err(Error::Locked)"), outcome("Ok(())"), outcome("x + 1")
    ('success', 'failure', 'success', '')
    """
    value = value.strip().rstrip(";")
    if value in _TRUE:
        return "success"
    if value in _FALSE or (value.startswith("-") and (number(value[1:]) is not None or _ERRNO.fullmatch(value))):
        return "failure"
    wrapped = _WRAPPED.fullmatch(value)
    if wrapped:
        return "failure" if wrapped["failure"] or wrapped["value"] in _FALSE else "success"
    if number(value) is not None or not _NAME.fullmatch(value):
        return ""
    if (says(value, "failure") and not _no_error(value)) or _drops(value):
        return "failure"
    return "success" if says(value, "success") else ""
