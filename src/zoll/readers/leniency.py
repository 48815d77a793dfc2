"""What lets everybody pass: verifiers that say yes to all, errors that count as success, exemptions, spliced queries.

They need no old side: what is wholly new is judged by what it does.
"""

import re
from collections.abc import Iterable, Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.frame import Frame, frame_of
from zoll.readers.material import Material
from zoll.readers.tables import pattern
from zoll.readers.words import split

DOC = Doc(
    title="Verifiers that say yes to all, errors that count as success, exemptions from checks, values in queries",
    reads=("code/*",),
    yields=("lapse",),
    limitations=(
        "that a function verifies shows in its name alone",
        "of a query only a value beside a comparison is told, not the name of a table",
    ),
)
_VERIFIER = pattern("leniency", "verifier")
_QUIET = pattern("leniency", "quiet")
_YES = pattern("leniency", "yes")
_SMALL = pattern("leniency", "small")
_EXEMPTED = pattern("leniency", "exempted")
_TRUSTING = pattern("leniency", "trusting")
_CLAIMED = pattern("leniency", "claimed")
_SETS = re.compile(
    r"(?i)\b(?:set|add|del|delete|remove|append|put|with)_?(?:request)?_?header|"
    r"headers?\.(?:set|add|del|delete|append|insert|remove)\b|=(?!=)\s?[\"'\w]{1,40};?$"
)
_FAULT = pattern("leniency", "fault")
_NEAR = 24  # statements around one that takes a fault out of some flags
_TABLE = 3  # such statements that put one library's faults into another's words
_QUERY = pattern("leniency", "query")
_SPLICED = pattern("leniency", "spliced")
# What statements have to hold, in small letters, for a pattern to be asked of them.
_HINTS = {
    "hollow": "verif hostkey host_key check_server checkserver check_client checkclient identity trust authentic "
    "authori checkorigin check_origin alloworigin allow_origin",
    "exempted": "exempt no_auth allowanon permitall allowany publicroute skip_ skipauth skipthrottle "
    "withoutmiddleware before_ csrf forgery __return_true public_access anonymously "
    "sysauth",
    "trusting": "insecure autoadd unverified danger hostnameverifier allow_all trustall trustself acceptall "
    "ignoressl verifynone clientcert publickey claims ignoreexp ignorenot extract parse_str permit! origin libxml_ "
    "session_id",
    "claimed": "forwarded real-ip real_ip client-ip client_ip connecting original-u original_u rewrite-url "
    "method-override remote-user remote_user",
    "spliced": "select insert update delete",
}
_KNOWN = (("hollow", _SMALL), ("exempted", _EXEMPTED), ("trusting", _TRUSTING), ("claimed", _CLAIMED))
_PLAIN = frozenset(["c", "shell"])  # no small bodies, no decorators
_VERBS = ("select", "insert", "update", "delete")
_SPEAKS = re.compile(r"(?i)verif|host_?key|check_?(?:server|client)|server_?identity|trust|authenticat|authori|origin")
_NOTHING = re.compile(r"nil|null|undefined|None|void 0|")
_OWN = frozenset(["self", "this", "cls", "$self", ""])
_CHECKS = frozenset(
    {"verify", "verifies", "verified", "validate", "valid", "authenticate", "authenticated", "authorize", "authorise"}
    | {"authorized", "check", "ensure", "require", "permit", "permitted", "allowed", "verifier", "validator"}
)
_FORMATS = re.compile(r"Sprintf|format|%\s?[\w($]|\bf[\"']|[`]|[\"'].{0,400}[#$]\{?\w|[+.]", re.DOTALL)
_MOST = 6  # statements of a function that may do nothing but say yes
_LONG = 2000


def read(material: Material) -> Iterator[Reading]:
    """Yield each way past a check."""
    frame = frame_of(material)
    yield from _hollow(material)
    asked = _asked("\n".join([statement.text[:_LONG] for statement in material.told]), material.language in _PLAIN)
    own = material.function.name.partition(".<")[0] if material.function else ""
    deep = own.rsplit(".", 1)[-1] if _checks(own) else ""
    for index in material.indices:
        statement = frame.statements[index]
        if statement.kind == "import":
            continue
        for lapse, call in _told(frame, index, asked, deep=deep):
            yield material.say("lapse", lapse, statement.line, 0, statement.text, call=call)


def _asked(text: str, plain: bool) -> frozenset[str]:
    """Return the lapses that statements may hold, by words in them."""
    small = text.lower()
    lapses = ("claimed", "spliced") if plain else tuple(_HINTS)
    return frozenset(lapse for lapse in lapses if any(word in small for word in _HINTS[lapse].split()))


def _told(frame: Frame, index: int, asked: frozenset[str], *, deep: str) -> Iterator[tuple[str, str]]:
    statement = frame.statements[index]
    text = statement.text[:_LONG]
    if statement.word in ("catch", "finally") or "recover()" in text or text.startswith("rescue"):
        call = _excused(frame, index, deep=deep)
        if call:
            yield "excused", call
    for fault in _pardoned(frame, index) if "_" in text or "::" in text else ():
        yield "excused", fault
    for lapse, known in _KNOWN if asked else ():
        speaks = lapse in asked and (lapse != "hollow" or _SPEAKS.search(text))
        found = known.search(text) if speaks else None
        if found and not (lapse == "claimed" and _SETS.search(text)):
            yield lapse, found[1].rsplit(".", 1)[-1]
    if "spliced" in asked and _spliced(text):
        yield "spliced", statement.calls[0].name.rsplit(".", 1)[-1] if statement.calls else ""


# Who checks for something new looks whether it is there, and lets nobody in.
_LOOKS = re.compile(r"check_?for_?(?:new|update|upgrade|change|version|release|file|modif)", re.IGNORECASE)


def _checks(name: str) -> bool:
    """Tell whether a function or a call checks something, by its name."""
    last = name.rsplit(".", 1)[-1]
    return bool(_CHECKS.intersection(split(last))) and not _LOOKS.search(last)


def _hollow(material: Material) -> Iterator[Reading]:
    """Yield a function that verifies by its name and does nothing but say yes."""
    function = material.function
    if function is None or not function.name or len(material.statements) > _MOST:
        return
    name = function.name.rsplit(".", 1)[-1]
    given = any(one.strip("&*$ ") not in _OWN for one in function.params)
    if not _VERIFIER.fullmatch(name) or not (given or _QUIET.fullmatch(name)):
        return
    own = [one for one in material.statements if one.word != "function" and one.kind != "directive"]
    heads = [one for one in material.statements if one.word == "function"]
    if not heads or "abstract" in heads[0].text or not all(_says_yes(one, name, material.language) for one in own):
        return
    if own or _has_body(material):
        yield material.say("lapse", "hollow", heads[0].line, 0, heads[0].text, call=name)


def _says_yes(one: Statement, name: str, language: str) -> bool:
    """Tell whether a statement of a verifier says yes, or nothing at all."""
    value = (one.value or one.text.removeprefix("return")).strip(" ;")
    value = value[1:-1].strip(" ;") if value.startswith("{ ") and value.endswith(" }") else value  # of a lambda
    if one.kind == "return" or _YES.fullmatch(value):
        quiet = _NOTHING.fullmatch(value) and (language == "go" or bool(_QUIET.fullmatch(name)))
        return bool(_YES.fullmatch(value)) or bool(quiet)
    return value == "pass" and bool(_QUIET.fullmatch(name))


def _has_body(material: Material) -> bool:
    """Tell whether a function without statements has an empty body, and is not only announced."""
    function = material.function
    if function is None or not _QUIET.fullmatch(function.name.rsplit(".", 1)[-1]):
        return False
    return b"{" in material.data[function.start_byte : function.end_byte]


def _excused(frame: Frame, index: int, *, deep: str) -> str:
    """Return the check of which an error counts as success, "" for none."""
    inside = frame.children.get(index, ())
    if not any(_succeeds(frame, child) for child in inside):
        return ""
    if any(effect.kind in ("failure", "exit") for child in inside for effect in frame.effects(child)):
        return ""
    within = frame.statements[index].within
    tried = [frame.statements[at] for at in frame.children.get(within, ()) if at < index][-6:]
    call = next((call.name for one in tried for call in one.calls if _checks(call.name)), "")
    return call.rsplit(".", 1)[-1] or deep or _set_to_yes(frame, inside)


def _set_to_yes(frame: Frame, inside: Iterable[int]) -> str:
    """Return the flag that says by its name that somebody may pass and that a handler sets: `allowed = true`."""
    sets = (frame.statements[child] for child in inside if frame.statements[child].kind == "assign")
    return next((one.target for one in sets if one.value.strip(" ;") in ("true", "True") and _checks(one.target)), "")


def _pardoned(frame: Frame, index: int) -> Iterator[str]:
    """Yield the faults of a certificate with which it is taken: `if (err == X509_V_ERR_CERT_HAS_EXPIRED) return 1;`."""
    one = frame.statements[index]
    if _clears(one) and sum(map(_clears, frame.statements[max(0, index - _NEAR) : index + _NEAR])) < _TABLE:
        yield from _FAULT.findall(one.value)
    if one.kind not in ("condition", "case") or not _FAULT.search(one.text):
        return
    own = [child for child in frame.children.get(index, ()) if frame.statements[child].branch != "else"]
    if any(effect.kind == "success" for child in own for effect in frame.effects(child)):
        for test in one.tests:
            fault = _FAULT.fullmatch(test.right.strip()) or _FAULT.fullmatch(test.left.strip())
            if fault and test.op in ("==", "case") and not test.negated:
                yield fault[1]


def _clears(one: Statement) -> bool:
    return one.operator == "&=" and one.value.lstrip().startswith("~") and _FAULT.search(one.value) is not None


def _succeeds(frame: Frame, child: int) -> bool:
    """Tell whether a statement in a handler says that all is well."""
    one = frame.statements[child]
    if one.kind == "assign":
        return one.value.strip(" ;") in ("true", "True") or (one.target == "err" and one.value.strip() == "nil")
    if one.kind in ("return", "other"):
        return bool(_YES.fullmatch((one.value or one.text.removeprefix("return")).strip(" ;")))
    return any(effect.kind == "success" for effect in frame.effects(child))


def _spliced(text: str) -> bool:
    """Tell whether a value is put into the text of a query, where it could be bound."""
    small = text.lower()
    if not any(verb in small for verb in _VERBS):
        return False
    start = _QUERY.search(text)
    if start is None or (start.start() and text[start.start()] == "`" and text[start.start() - 1].isalnum()):
        return False
    return bool(_SPLICED.search(text, start.start())) and bool(_FORMATS.search(text))
