"""Accounts that a program makes while it runs, with a name and a way in that stand in its source."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Statement
from zoll.readers.ability import fixed_text
from zoll.readers.material import Material
from zoll.readers.words import shown

DOC = Doc(
    title="Accounts that a program makes at run time",
    reads=("code/*",),
    yields=("account",),
    limitations=("only accounts whose name and password stand in one statement; what is asked for or drawn is none",),
)
# Calls that make somebody: the name comes first, what is between is an address or a role.
_MAKES = re.compile(r"(?:create|add|new|register)_?(?:super)?_?user|acl_?set_?user", re.IGNORECASE)
# What a text must hold to be looked at: SQL that makes or raises somebody, the access list of Redis.
_HINTS = ("USER", "user", "GRANT", "ROLE")
_SQL_USER = re.compile(
    r"\b(?:CREATE|ALTER)\s+(?:USER|ROLE|LOGIN)\s+(?:IF\s+NOT\s+EXISTS\s+)?[`'\"\[]?([A-Za-z_][\w.-]{0,63})[`'\"\]]?(?=[\s@])"
    r"[^;]{0,120}?\b(?:IDENTIFIED\b[^;']{0,40}\bBY|PASSWORD\s*=?)\s*'([^'%{}$?:]{1,80})'",
    re.IGNORECASE,
)
_REDIS = re.compile(
    r"\bACL\s+SETUSER\s+(?!default\s+(?:off|reset\w*)\b)([A-Za-z_][\w.-]{0,63})\s[^%{}$]{0,200}?(?:>[^\s%{}$]|\bnopass\b)",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Za-z_][\w.@-]{0,63}")
_FIELD = re.compile(
    r"(?<![\w$])[\"']?(user(?:_?name)?|login|pwd|pass(?:word|wd)?)[\"']?\s{0,2}(?::|=>|=)\s{0,2}([\"'])([^\"'%{}$]{1,80})\2",
    re.IGNORECASE,
)
_MOST = 2000
_STATE = {"via": "program", "password": "set"}


def read(material: Material) -> Iterator[Reading]:
    """Yield the accounts that statements make with texts of their own."""
    if material.language == "shell":
        return  # its commands are read as those of any script
    for statement in material.told:
        for name in dict.fromkeys(_made(statement)):
            yield material.say(
                "account",
                shown(name),
                statement.line,
                statement.end,
                statement.text,
                **_STATE,
            )


def _made(statement: Statement) -> Iterator[str]:
    """Yield the names of the accounts that one statement makes."""
    texts = [one.text for one in statement.literals if one.kind == "string"]
    if any(hint in text for text in texts for hint in _HINTS):
        for text in texts:
            yield from (found[1] for found in _SQL_USER.finditer(text[:_MOST]))
        yield from (found[1] for found in _REDIS.finditer(" ".join(texts)[:_MOST]))  # its words may be a list's
    for call in statement.calls:
        if _MAKES.fullmatch(call.name.rsplit(".", 1)[-1]):
            yield from _by_call(call)


def _by_call(call: Call) -> Iterator[str]:
    """Yield the name of whom a call makes, where that and a password are texts of the program's own.

    Without a word for either only somebody who may do all has a password behind the name.
    """
    fields: dict[str, str] = {}
    for field, _, text in _FIELD.findall(", ".join(call.args)[:_MOST]):
        fields.setdefault("pass" if field[0] in "pP" else "user", text)
    plain = [text for text in map(fixed_text, call.args[:4]) if text]
    name = fields.get("user") or next(iter(plain), "")
    if _NAME.fullmatch(name) and ("pass" in fields or ("super" in call.name.lower() and len(plain) > 1)):
        yield name
