"""Assignments to security-named targets and flags, and the constants that functions return."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Statement
from zoll.readers.material import Material
from zoll.readers.outcomes import value_outcome
from zoll.readers.tables import pattern
from zoll.readers.words import security_of, shown, split

DOC = Doc(
    title="Security-named assignments and constant returns",
    reads=("code/*",),
    yields=("assignment", "return"),
    limitations=("what a target means is known from its name only",),
)
_TRUE = re.compile(r"(?:true|True|TRUE|1|1L|YES|on|\"(?:yes|true|on|1)\"|'(?:yes|true|on|1)')")
_FALSE = re.compile(r"(?:false|False|FALSE|0|0L|NO|off|\"(?:no|false|off|0)\"|'(?:no|false|off|0)')")
_NONE = re.compile(r"(?:None|null|NULL|nil|nullptr|undefined|\"\"|'')")
_NUMBER = re.compile(r"-?(?:0[xX][0-9a-fA-F]+|\d[\d_.]*)[uUlLfF]{0,3}")
_TEXT = re.compile(r"""[rbuLf]{0,2}(["'`])((?:\\.|(?!\1)[^\\$]){1,120})\1""")
_NAMED = re.compile(r"[A-Z][A-Z0-9_]{2,60}|[\w.]+\.[A-Z][A-Z0-9_]{2,60}|(?:\w{1,40}(?:::|\.)){1,5}[A-Z][A-Z0-9_]{2,60}")
_PAIR = pattern("assignments", "pair")
_LAX = frozenset(
    [
        "insecure",
        "unverified",
        "skip",
        "disable",
        "disabled",
        "no",
        "bypass",
        "anonymous",
        "anon",
        "guest",
        "debug",
        "unsafe",
        "ignore",
        "allow",
        "backdoor",
        "permit",
        "root",
        "empty",
        "plain",
        "weak",
        "null",
        "accept",
        "maintenance",
        "unrestricted",
        "trust",
    ]
)
# Words that are switched off for many reasons that have nothing to do with protection (`check=False` of a command).
_VAGUE = frozenset(["check", "checks", "checking", "strict", "rc"])
# What such names end with where they hold a value, which may be missing: `ssl_verify_pem = NULL`.
_HOLDS = frozenset(["pem", "file", "path", "dir", "name", "data", "ctx", "context", "list", "buf"])
# What switching off leaves open, by group; all other names of these groups hold a value, and none is an empty one.
_SWITCHES = {
    "auth": frozenset(["auth", "authentication", "authorization", "login", "mfa", "otp", "lockout", "require"]),
    "tls": frozenset(["tls", "ssl", "https", "starttls", "cert", "certificate"]),
    "log": frozenset(["log", "logging", "audit", "syslog"]),
}
_ENUM = re.compile(r"\s*(?:typedef\s+|export\s+|const\s+|public\s+)*enum\b")
# Beside it Go leaves the verifying to a function of the program's own, which is read like any other.
_OWN_VERIFIER = re.compile(r"\bVerify(?:PeerCertificate|Connection)\s*:\s*(?!nil\b)")
# Languages in which what fails throws, and what a call is named that fails so.
_THROWING = frozenset(
    ["java", "kotlin", "scala", "groovy", "python", "csharp", "javascript", "typescript", "php", "ruby"]
)
_VERIFIES = re.compile(r"_{0,2}(?:verify|validate|authenticate|ensure|require|assert)(?:_|[A-Z]|\Z)\w*")
_OPTION_CALL = pattern("assignments", "option_call")
_OFF_WORDS = frozenset(["none", "off", "no", "never", "disable", "disabled", "insecure"])
_WEAK_VALUES = pattern("assignments", "weak_values")


def read(material: Material) -> Iterator[Reading]:
    """Yield security-named targets with their values, and constant returns."""
    for index in material.indices:
        statement = material.statements[index]
        if not _earned(material, index):
            yield from _statement(material, statement)
        for target, value in _pairs(statement):
            yield from _assignment(material, statement, target, value)
        if statement.kind == "return":
            yield from _returned(material, statement)


def _earned(material: Material, index: int) -> bool:
    """Say whether a flag notes what was just verified: a call that throws where it fails stands right before it."""
    one = material.statements[index]
    if index < 1 or material.language not in _THROWING or security_of(one.target) != "success":
        return False
    before = material.statements[index - 1]
    if before.within != one.within or before.branch != one.branch or before.tests or not before.calls:
        return False
    return value_kind(one.value) == "true" and bool(_VERIFIES.match(before.calls[0].name.rsplit(".", 1)[-1]))


def _statement(material: Material, statement: Statement) -> Iterator[Reading]:
    if statement.kind not in {"assign", "declare"} or not statement.value or not security_of(statement.target):
        return
    if statement.kind == "assign" or value_kind(statement.value):
        yield from _assignment(material, statement, statement.target, statement.value)


def _pairs(statement: Statement) -> Iterator[tuple[str, str]]:
    """Yield keyword arguments, fields of literals (`rejectUnauthorized: false`) and option calls."""
    text = "" if _declares(statement) else statement.text[:1500]
    if (":" in text or "=" in text) and ("(" in text or "{" in text or "[" in text or "," in text):
        for found in _PAIR.finditer(text):
            own = found[1] == "InsecureSkipVerify" and _OWN_VERIFIER.search(text)
            if not own and not statement.target.endswith(found[1]) and security_of(found[1]):
                yield found[1], found[2]
    for call in statement.calls:
        yield from _options(call)


def _declares(statement: Statement) -> bool:
    """Say whether a statement only names values: the head of a function with its defaults, the members of an enum."""
    members = statement.kind == "other" and statement.text.startswith("{") and not statement.calls
    return statement.word == "function" or members or bool(_ENUM.match(statement.text))


@lru_cache(maxsize=1 << 12)
def _sets_option(name: str) -> bool:
    return _OPTION_CALL.search(name) is not None


def _options(call: Call) -> Iterator[tuple[str, str]]:
    if not call.args or not _sets_option(call.name):
        return
    weak = next((arg.strip() for arg in call.args if _WEAK_VALUES.search(arg.strip())), "")
    if weak and security_of(call.name):
        yield call.name, weak
        return
    value = call.args[-1].strip()
    name = next((arg.strip("\"' ") for arg in call.args[:-1] if security_of(arg)), "")
    if not name and len(call.args) == 1 and security_of(call.name):
        name = call.name
    if not name and _WEAK_VALUES.search(value) and len(call.args) > 1:
        name = call.name
    if name and not value_kind(value):  # `conf.set("verify", "false", error)`: what is handed back stands last
        value = next((after for arg, after in pairwise(call.args) if arg.strip("\"' ") == name), "")
    if name and value_kind(value):
        yield name, value


@lru_cache(maxsize=32768)
def value_kind(value: str) -> str:
    """Return true, false, none, number, text or fixed (a named constant); "" for anything that is worked out."""
    text = value.strip().rstrip(";")
    kinds = (
        ("true", _TRUE),
        ("false", _FALSE),
        ("none", _NONE),
        ("number", _NUMBER),
        ("text", _TEXT),
        ("fixed", _NAMED),
    )
    return next((kind for kind, pattern in kinds if pattern.fullmatch(text)), "")


def _assignment(material: Material, statement: Statement, target: str, value: str) -> Iterator[Reading]:
    kind = value_kind(value)
    group = security_of(target)
    name = re.split(r"->|\.|::", target)[-1].strip("$@\"'[] ")[:60]
    said = shown(value.strip().rstrip(";"))[:60] if kind else "variable"
    yield material.say(
        "assignment",
        f"{name}={said}",
        statement.line,
        statement.end,
        statement.text,
        about=group,
        value_=kind,
        strength=_strength(target, group, kind, said),
    )


def _strength(target: str, group: str, kind: str, value: str) -> str:
    """Say whether the value makes the target lax: `verify=False`, `insecure = true`, `uid = 0`, `authenticated = 1`."""
    if kind == "fixed" and _WEAK_VALUES.search(value):
        return "weak"
    if kind == "text" and group in {"verify", "tls"} and value.strip("\"'").lower() in _OFF_WORDS:
        return "weak"
    if kind not in {"true", "false", "none"}:
        return ""
    if group == "identity":
        return "weak" if kind in {"false", "none"} and value == "0" else ""
    words = set(split(target))
    lax = bool(_LAX & words) or group in {"success", "debug"}
    on = kind == "true"
    if group not in {"verify", "tls", "auth", "success", "debug", "log"} and not lax:
        return ""
    if on == lax and not lax and not _switched(group, kind, split(target)):
        return ""
    return "weak" if on == lax else "strong"


def _switched(group: str, kind: str, named: Sequence[str]) -> bool:
    """Say whether such a value switches something off, and is not merely empty."""
    words = set(named)
    if kind == "none":
        return group == "verify" and not words <= _VAGUE and _HOLDS.isdisjoint(named[-1:])
    return not words <= _VAGUE and bool(_SWITCHES.get(group, words) & words)


def _returned(material: Material, statement: Statement) -> Iterator[Reading]:
    value = statement.value.strip().rstrip(";")
    if statement.tests or statement.calls or len(value) > 40 or not value_kind(value):
        return
    said = value_outcome(value, material.language)
    success = {"success": "yes", "failure": "no", "zero": "maybe"}.get(said, "")
    yield material.say("return", value, statement.line, statement.end, statement.text, success=success)
