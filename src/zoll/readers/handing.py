"""Secrets that are handed on: a password or key of whoever signs in goes into a file, a log, a command or to a peer."""

import re
from collections.abc import Iterator
from functools import lru_cache

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Statement
from zoll.readers.ability import power_of
from zoll.readers.material import Material
from zoll.readers.outcomes import call_outcome
from zoll.readers.tables import pattern
from zoll.readers.words import split

DOC = Doc(
    title="Secrets handed on: written to a file, a log or a command, or sent",
    reads=("code/*",),
    yields=("handed",),
    limitations=(
        "what a secret is shows in names alone",
        "values are followed through assignments and formatted buffers inside one function only",
    ),
)
# Words that may mean something other than a secret: a run over the data, an account's entry, the key of a table.
_PLAIN = frozenset(["pass", "pw", "pwd", "pin"])
_SECRET = frozenset(
    ["password", "passwd", "passphrase", "passcode", "secret", "secrets", "credential", "credentials", "authtok", "psk"]
)
_BEFORE = {
    "key": frozenset(["private", "api", "session", "master", "secret", "signing", "encryption", "host", "cipher"]),
    "token": frozenset(["access", "auth", "session", "refresh", "bearer", "api", "id", "csrf", "login"]),
}
_SIGNS_IN = frozenset(
    ["user", "username", "login", "auth", "authenticate", "account", "credentials", "signin", "password"]
)
_INTO = frozenset(["write", "send", "fetch", "resolve", "run", "start"])
_PEER = frozenset(["send", "fetch", "resolve"])
_OUT = re.compile(r"\.(?:write|write_all|writeln|send|send_to|sendto|send_all|sendall|post|emit|publish)\Z")
_FILLS = re.compile(
    r"(?:^|_|\.)(?:v?sn?printf|asprintf|str[ln]?(?:cpy|cat)|mem(?:cpy|move)|stpcpy|push_str|append|extend)$"
)
_PRINTS_INTO = re.compile(r"(?:^|[._])v?f(?:printf|puts|write|putc)\Z")
_SCREEN = re.compile(r"\b(?:stderr|stdout|STDERR|STDOUT|sys\.std(?:err|out)|stdin)\b")
_KEEPS = pattern("handing", "keeps")
_INNERMOST = re.compile(r"([\w.:>$!-]{0,80})[!]?\(([^()]{0,2000})\)")
_QUOTED = re.compile(r"""(["'`])((?:\\.|(?!\1)[^\\]){0,600})\1""")
_PLACED = re.compile(r"[#$]?\{\s{0,3}\$?([A-Za-z_][\w.>-]{0,80})|\$([A-Za-z_]\w{0,60})")
_MEASURED = re.compile(
    r"[\w.>$-]{0,80}\??\.(?:len|length|size|isEmpty|is_empty|empty|nil|present|blank|count)\b\??(?:\(\))?"
)
_NAME = re.compile(r"(?<![\w\"'])[A-Za-z_]\w*")
_CALLED = re.compile(r"[A-Za-z_]\w*")
_BACK = 60  # statements before the one that hands on
_DEEP = 8  # calls inside calls


def read(material: Material) -> Iterator[Reading]:
    """Yield each call that hands a secret on, with where it goes."""
    for index in material.indices:
        statement = material.statements[index]
        for call in statement.calls if statement.kind != "throw" else ():
            to = _goes(call, statement, material.language)
            name = _secret_among(material, index, call) if to and call.args else ""
            if name:
                yield material.say(
                    "handed", to, call.line or statement.line, statement.end, statement.text,
                    call=call.name.rsplit(".", 1)[-1], name=name,
                )  # fmt: skip


def _goes(call: Call, statement: Statement, language: str) -> str:
    """Say where a call takes what it is given: file, log, peer, command, or "" for nowhere."""
    powers = _INTO.intersection(power_of(call.name, call.args, language))
    if language == "shell":
        return _shell_goes(call, statement, powers)
    if powers & _PEER:
        return "peer"
    if "run" in powers:
        return "command"
    if _PRINTS_INTO.search(call.name):
        return "screen" if call.args and any(map(_SCREEN.search, (call.args[0], call.args[-1]))) else "file"
    if powers:
        return "file"
    if call_outcome(call.name) == "log":
        return "screen" if re.match(r"(?:print|printf|puts|echo|println!?)\Z", call.name) else "log"
    return "file" if _OUT.search(call.name.replace("()", "")) else ""


def _shell_goes(call: Call, statement: Statement, powers: frozenset[str]) -> str:
    if powers & _PEER:
        return "peer"
    if call.name == "logger":
        return "log"
    into = re.search(r">>?\s*[\"']?(?!&|/dev/(?:null|std|tty))[\w$/.~{]", statement.text)
    return "file" if call.name in ("echo", "printf", "tee", "cat") and into else ""


def _secret_among(material: Material, index: int, call: Call) -> str:
    """Return the name of a secret among the arguments of a call, itself or through a local that holds it."""
    names = [name for argument in call.args for name in kept_names(argument[:1500])]
    found = next((name for name in names if _secret(name, material, names)), "")
    if found or not names:
        return found
    return _carried(material, index, frozenset(names))


def _carried(material: Material, index: int, wanted: frozenset[str]) -> str:
    """Return the secret that one of the wanted locals was made of, shortly before."""
    for one in reversed(material.statements[max(0, index - _BACK) : index]):
        given = _given(one, wanted)
        if not given:
            continue
        for name in given:
            if _secret(name, material, given):
                return name
        wanted |= frozenset(given)
    return ""


def _given(one: Statement, wanted: frozenset[str]) -> list[str]:
    """Return the names of which a statement makes the value of a wanted local."""
    if one.kind in ("assign", "declare") and one.target and not one.tests:
        target = _CALLED.search(one.target)
        return kept_names(one.value[:1500]) if target and target[0] in wanted else []
    for call in one.calls:
        if len(call.args) > 1 and _FILLS.search(call.name) and wanted.intersection(kept_names(call.args[0])):
            return [name for argument in call.args[1:] for name in kept_names(argument)]
    return []


def _secret(name: str, material: Material, beside: list[str]) -> bool:
    """Tell whether a name is a secret's; a word with another meaning counts beside a user or where one signs in."""
    words = split(name)
    if not words or name.isupper():
        return False
    last = words[-1]
    if last in _SECRET:
        return True
    if last in _BEFORE:
        return len(words) > 1 and words[-2] in _BEFORE[last]
    if last not in _PLAIN or name == "pw":
        return False
    around = material.function.name if material.function else ""
    return any(_SIGNS_IN.intersection(split(one)) for one in (*beside, around, *_params(material)))


def _params(material: Material) -> tuple[str, ...]:
    return material.function.params if material.function else ()


@lru_cache(maxsize=8192)
def _kept(expression: str) -> tuple[str, ...]:
    text = _QUOTED.sub(_placed, expression)
    text = _MEASURED.sub(" ", text)
    for _ in range(_DEEP):
        less = _INNERMOST.sub(_through, text)
        if less == text:
            break
        text = less
    return tuple(_NAME.findall(text))


def kept_names(expression: str) -> list[str]:
    """Return the names whose values are still in what an expression gives.

    >>> kept_names('base64(user + ":" + password)'), kept_names("sha256(password)"), kept_names("strlen(pass)")
    (['user', 'password'], [], [])
    """
    return list(_kept(expression))


def _placed(quoted: re.Match[str]) -> str:
    """Return what a text interpolates, in place of the text."""
    return (
        " ".join(one or two for one, two in _PLACED.findall(quoted[2])) if "$" in quoted[2] or "{" in quoted[2] else " "
    )


def _through(called: re.Match[str]) -> str:
    """Return the arguments of a call that passes on what it is given, nothing for another call."""
    receiver, name = re.split(r"^(.*[.:>])?(?=[^.:>]*$)", called[1])[1:3]
    return f" {receiver or ''} {called[2]} " if not name or _KEEPS.search(name.strip("!$-")) else " "
