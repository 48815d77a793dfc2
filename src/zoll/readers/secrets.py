"""Fixed key and secret material: where it stands and of what kind, never the secret itself."""

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from hashlib import sha256

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Literal, Statement
from zoll.readers.entries import is_lock, told
from zoll.readers.material import Material
from zoll.readers.tables import pattern, table
from zoll.readers.words import about_of, split

DOC = Doc(
    title="Fixed key and secret material",
    reads=("code/*", "text/*", "document/*", "config/*"),
    yields=("secret",),
    limitations=("a secret is known by its form or by the name it is given",),
)
_FORMS = tuple((shape, pattern("secrets", "forms", shape)) for shape in table("patterns")["secrets"]["forms"])
_HINT = pattern("secrets", "hint")
_HEX = re.compile(r"(?:0x)?[0-9a-fA-F]{16,4096}")
_BASE64 = re.compile(r"(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z0-9+/_-]{20,4096}={0,2}")
_DRAWN = re.compile(r"(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=\D*\d)[A-Za-z0-9+/_=.!@#$&*-]{10,80}")
# In source, whose words are many: no separators of formats, and more runs for each letter.
_DRAWN_IN_SOURCE = re.compile(r"(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])(?=\D*\d)[A-Za-z0-9_.!@$&-]{8,40}")
_RUNS = re.compile(r"[A-Z]+|[a-z]+|\d+|[^A-Za-z\d]+")
_EVER, _EVER_IN_SOURCE = 0.6, 0.65  # runs of one class, for each letter
_PEM = frozenset(["private-key", "certificate", "public-key"])
_PUBLIC = frozenset(["certificate", "public-key", "ssh"])
_KINDS = {"ssh": "ssh-key", "crypt": "hash", "ldap": "hash", "jwt": "token", "cloud": "token"}
_NAMES = {"password": "password", "key": "hex-key", "token": "token"}
# A name of several words, each with a number of its own at most: `tls1_3_EdDSA`.
_TAGGED = re.compile(
    r"(?:[A-Za-z]?[a-z]{2,20}\d{0,3}|\d{1,3})(?:[_-](?:[A-Za-z]?[a-z]{2,20}\d{0,3}|\d{1,3}|[A-Z][A-Za-z]{2,9})){2,5}"
)
_WORDY = 3  # words of a name; a shorter one may well be the secret, as `password` is
_PLAIN = pattern("secrets", "plain")
_SHARED = re.compile(
    r"(?i)(?:[\w.-]{0,40}[_.-])?(?:password|passwd|passphrase|secret|psk|pre-?shared-?key|shared[_-]?secret"
    r"|secret[_-]?key|api[_-]?key|auth[_-]?token|community)"
)
_NAMED = (
    r"(?<![\w.-])(?P<name>[\w.-]{0,40}?(?i:secret|passw(?:or)?d|passphrase|(?:private|signing|jwt|session|encryption|hmac|"
    r"cookie|app)[_-]?key)(?i:[_-]?key)?(?i:[_-]?base)?)"
)
_TEXT = r"(?P<quote>[\"'])(?P<text>[^\"'\n]{4,64})(?P=quote)"
_HIDDEN = re.compile(r"(?i)secret|passw|passphrase|_?key|token")
_OR_ELSE = re.compile(_NAMED + r"[\"')\]]{0,4}\s?(?:\|\||\?\?|\bor\b|\?:|//)\s?" + _TEXT)
_ASKED = re.compile(
    r"(?:\.get|getenv|\benv|fetch|lookup\w{0,10}|[Gg]et[Ee]nv\w{0,20})\(\s?[\"']" + _NAMED
    + r"[\"']\s?,\s?(?:default\s?[=:]\s?)?" + _TEXT
)  # fmt: skip
_CALLED = (
    r"(?<![\w.>-])(?P<name>[\w.>-]{0,40}?(?i:passw(?:or)?d|passphrase|secret|(?:api|private|signing|session|auth|access|master"
    r"|encryption)[_-]?(?:key|token)))"
)
# Under a name, as an argument, a field or an entry has it; or handed to what sets it.
_UNDER = re.compile(_CALLED + r"[\"'\]]{0,2}\s{0,2}(?:=>|:(?![:=])|(?<![=!<>])=(?!=))\s{0,3}" + _TEXT)
_SET = re.compile(_CALLED + r"(?i:_?(?:hash|value|text|string))?\s?[(,]\s{0,2}(?:[\w.&>*-]{1,30},\s?)?" + _TEXT)
_MADE_UP = re.compile(r"\d|[a-z][A-Z]|[!@#&^+=-]")
_NUMBERED = re.compile(  # object identifiers, files, ways of ciphering: `setPassword($secret, 'pbkdf2', 'sha1', ...)`
    r"\d+(?:\.\d+)+|[\w-]+\.(?:pem|key|crt|cer|der|txt|json|ya?ml|php|py|js)"
    r"|(?i:(?:(?:pbkdf|b?crypt|scrypt|argon|hmac|sha|md|aes|x?chacha|gcm|cbc|ctr|poly|rsa|ecdsa|ed|x|hs|rs|es|ps|utf|base)"
    r"[-_]?\d{0,4}[a-z]{0,2}[-_/]?){1,4})"
)
# What is asked for under a name is not the name: `$mailer->Password = $config['pass']`.
_ASKED_FOR = re.compile(r"[\w)\]]\??\.?(?:\[|\{)\s?[\"'][^\"'\n]{1,64}[\"']\s?(?:\]|\})\s?;?\Z")
_SELF = re.compile(r"(?i)pass|pwd|secret|token|user|login|example|redact|hidden|your|_?key|changeme|\s")
_PLACE = re.compile(r"[<>{}%$/*]|^\s|:\s?$|\.$")  # something stands for it, or it is a sentence or a path
_TYPICAL = re.compile(
    r"(?i)(?:your |enter |the )?(?:password|passwd|secret|token|key|none|null|required|optional|anonymous|prompt)\W?"
)
_MENTION = frozenset(
    [
        "field",
        "name",
        "label",
        "type",
        "path",
        "file",
        "env",
        "header",
        "id",
        "url",
        "prompt",
        "error",
        "err",
        "msg",
        "message",
        "format",
        "fmt",
        "pattern",
        "regex",
        "re",
        "prefix",
        "suffix",
        "size",
        "len",
        "length",
        "title",
        "param",
        "option",
        "desc",
        "description",
        "column",
        "table",
        "attr",
        "keyword",
        "event",
        "hint",
        "class",
        "alg",
        "algorithm",
        "method",
        "mode",
        "usage",
    ]
)


def read(material: Material) -> Iterator[Reading]:
    """Yield secrets by form anywhere, and by name in source."""
    if not material.language:
        for number, line in material.numbered:
            if len(line) < 20_000 and _HINT.search(line):
                yield from _by_form(material, line, number, line[:80])
        yield from _by_key(material) if material.kind.startswith("config/") and not is_lock(material) else ()
        return
    for statement in material.told:
        speaks = bool(statement.literals) and _HIDDEN.search(statement.text) is not None
        named = [*_by_name(material, statement), *(_by_default(material, statement) if speaks else ())]
        named = named or (list(_under_a_name(material, statement)) if speaks else [])
        for literal in statement.literals:
            if literal.kind == "string" and len(literal.text) >= 3:
                yield from _by_form(material, literal.text, literal.line or statement.line, statement.text)
                if not named:
                    yield from _drawn(material, statement, literal)
        yield from named


def _by_form(material: Material, text: str, line: int, words: str) -> Iterator[Reading]:
    head = text[:8000]
    if not _HINT.search(head):
        return
    for shape, form in _FORMS:
        found = form.search(head)
        if found and shape in _PUBLIC:
            return  # told as a key; nothing in it is secret
        if found:
            pem = shape in _PEM
            yield _say(
                material, _KINDS.get(shape, shape), "pem" if pem else shape, head if pem else found[0], line, words
            )
            return


def _drawn(material: Material, statement: Statement, literal: Literal) -> Iterator[Reading]:
    """Yield texts that look drawn at random: of an executable, whose values bear no names, and of source."""
    text = literal.text
    compiled = material.part.kind.startswith("executable/")
    form, ever = (_DRAWN, _EVER) if compiled else (_DRAWN_IN_SOURCE, _EVER_IN_SOURCE)
    if (
        form.fullmatch(text)
        and not (_TAGGED.fullmatch(text) and not compiled)
        and len(_RUNS.findall(text)) >= len(text) * ever
        and not _spells(text)
    ):
        yield _say(material, "token", "drawn", text, literal.line or statement.line, statement.text)


def _spells(text: str) -> bool:
    """Tell whether a text is a word that was encoded, as tests of decoders have it: `Zm9vYmFy`."""
    try:
        return b64decode(text, validate=True).isalpha()
    except Error:
        return False


def _by_name(material: Material, statement: Statement) -> Iterator[Reading]:
    """Yield texts that are assigned to, or compared with, something called a password, key or token."""
    if statement.kind in {"assign", "declare"} and len(statement.literals) == 1 and not statement.calls:
        literal = statement.literals[0]
        if literal.kind == "string" and not _ASKED_FOR.search(statement.value):
            yield from _named(material, statement, statement.target, literal.text, literal.line)
    for test in statement.tests:
        if test.literal and test.literal.kind == "string" and test.op in {"==", "!=", "prefix"}:
            subject = test.right if test.literal.text in test.left else test.left
            yield from _named(material, statement, subject, test.literal.text, test.line)


def _by_default(material: Material, statement: Statement) -> Iterator[Reading]:
    """Yield a secret that stands in the code for the one that nobody has set: `secret || "keyboard cat"`."""
    for pattern_ in (_OR_ELSE, _ASKED):
        for found in pattern_.finditer(statement.text):
            name, text = found["name"], found["text"]
            if not _PLACE.search(text) and not _TYPICAL.fullmatch(text) and not _MENTION & set(split(name)[-1:]):
                yield _say(material, "default", "text", text, statement.line, f"{name} = ...")


def _under_a_name(material: Material, statement: Statement) -> Iterator[Reading]:
    """Yield made-up texts that a call, a record or a setter is handed as a secret: `connect(password="hunter2")`."""
    for pattern_ in (_UNDER, _SET):
        for found in pattern_.finditer(statement.text):
            name, text = found["name"], found["text"]
            if _is_made_up(text) and not _MENTION & set(split(name)[-1:]):
                yield _say(material, "password", "text", text, statement.line, f"{name} = ...")


def _is_made_up(text: str) -> bool:
    """Tell whether a text is no word, name, number, file or place for something, so that it may be a secret itself."""
    if _NUMBERED.fullmatch(text) or _PLAIN.fullmatch(text):
        return False
    return bool(_MADE_UP.search(text)) and not _PLACE.search(text) and not _SELF.search(text)


def _by_key(material: Material) -> Iterator[Reading]:
    """Yield what a configuration sets for everybody where a password, a shared secret or a key is asked for."""
    for entry in told(material):
        value = entry.value.strip().strip("\"'")
        if _SHARED.fullmatch(entry.key) and entry.type == "text" and _fixed(entry.key, value):
            yield _say(material, "password", "text", value, entry.line, f"{entry.path}=...")


def _fixed(target: str, text: str) -> bool:
    """Say whether a text is a secret itself, no name of one (nor its own, `API_KEY_HEADER = "api-key-header"`)."""
    own = split(text)
    if len(own) >= _WORDY and own == split(target)[-len(own) :] and not any(map(str.isdigit, text)):
        return False
    return 4 <= len(text) <= 4096 and not _PLAIN.fullmatch(text) and not _MENTION & set(split(target)[-2:])


def _named(material: Material, statement: Statement, target: str, text: str, line: int) -> Iterator[Reading]:
    about = about_of(target)
    if about not in _NAMES or not _fixed(target, text):
        return
    hexed, based = _HEX.fullmatch(text), _BASE64.fullmatch(text)
    if about != "password" and not hexed and not based:
        return
    shape = "hex" if hexed else "base64" if based else "text"
    yield _say(material, "hex-key" if hexed else _NAMES[about], shape, text, line or statement.line, statement.text)


def _say(material: Material, kind: str, shape: str, secret: str, line: int, words: str) -> Reading:
    size = next(bucket for bucket in (8, 16, 32, 64, 128, 512, 1 << 30) if len(secret) <= bucket)
    length = f"<={size}" if size <= 512 else ">512"
    mark = sha256(secret.encode("utf-8", "replace")).hexdigest()[:12]
    return material.say("secret", f"{shape} {length} {mark}", line, 0, words, type=kind)
