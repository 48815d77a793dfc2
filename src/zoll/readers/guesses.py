"""Secrets that are worked out from what anybody can tell: a host's name, a path, a version, somebody's address."""

import re
from collections.abc import Iterator
from functools import lru_cache

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Statement
from zoll.readers.material import Material
from zoll.readers.secret_names import secret
from zoll.readers.words import names_in, split

DOC = Doc(
    title="Secrets made of what anybody can tell",
    reads=("code/*",),
    yields=("secret",),
    limitations=(
        "what is public is known by its name",
        "a value that is put together in several statements is not seen",
    ),
)
# What names a machine, a program, a place or a person; a time says little, but more than it hides.
_PUBLIC = re.compile(
    r"__(?:dirname|filename|FILE__|file__|DIR__|version__)|import\.meta\.(?:url|dirname)|process\.(?:pid|title|version|arch|platform|cwd)\b"
    r"|(?i:(?<![a-z])(?:get_?)?(?:local_?)?host_?name(?![a-z])|getfqdn|(?<![a-z])(?:php_)?uname\b|get_?my_?pid|getpid|get_?node\(|machine_?id"
    r"|mac_?addr(?:ess)?|serial_?(?:no|num(?:ber)?)\b|(?<![a-z])imei\b|http_host|server_(?:name|addr)\b|remote_addr|user_?agent)"
    r"|(?i:\b(?:app|pkg|package|product|site|device|model|board)_?(?:name|version|id|url)\b)"
    r"|(?i:\b(?:user_?name|e_?mail)\b)|platform\.node"
)
# What nobody can tell, or what the program is given: a secret made with it is one.
_HIDDEN = re.compile(
    r"(?i)secret|passw|passphrase|pepper|salt|rand|nonce|entropy|uuid|token_|getenv|environ|config|settings|read|load|open\(|fetch"
    r"|recv|kdf|derive|priv|master|decrypt|credential|vault|keyring|prompt|input|request\.|argv|session|\bkeys?\b"
)
# What makes it look like a secret.
_MADE = re.compile(
    r"(?i)sha_?\d|md5|digest|base64|b64|\bhex|blake|crc32|hash|crypt|[\"'`]\s?[+.]\s?[\w$]|[\w)\]]\s?\+\s?[\"'`]|[\w)\]]\s?\.\s?[\"']"
    r"|\$\{|\b[fF][\"']|format|printf|join\("
)
_DIGESTED = re.compile(r"(?i)sha_?\d|md5|digest|base64|b64|blake")
# The calls that are keyed, and which argument is the key.
_KEYED = (
    (re.compile(r"(?:hmac\.new|hmac\.digest|Hmac\.new|HMAC\.new)"), 0),
    (re.compile(r"(?:crypto\.)?createHmac|hmac\.New|HMAC|OpenSSL\.HMAC\.(?:hex)?digest|(?:\w+\.)?createHmac"), 1),
    (re.compile(r"hash_hmac"), 2),
)
_SIGNS = frozenset(["sign", "signed", "hmac", "cookie", "cookies", "encrypt", "cipher", "jwt"])
_KEYS = frozenset(["key", "keys"])
_MOST = 600


def read(material: Material) -> Iterator[Reading]:
    """Yield values that are called a secret, and keys of what signs, that hold only what can be told."""
    names: frozenset[str] | None = None
    for statement in material.told:
        if len(statement.text) > _MOST or not _may_tell(statement) or not _PUBLIC.search(statement.text):
            continue
        if names is None:
            names = frozenset(
                word for one in material.statements for name in names_in(one.text) for word in split(name)
            )
        for name in dict.fromkeys(_guessed(statement, names)):
            yield material.say(
                "secret", f"guessed {name[:40]}", statement.line, statement.end, statement.text, type_="guessed"
            )


def _may_tell(statement: Statement) -> bool:
    """Say whether a statement gives a secret its value or calls what is keyed: a cheap look, most do neither."""
    given = statement.kind in {"assign", "declare"} and _promises(statement.target)
    return given or any("mac" in call.name.lower() for call in statement.calls)


@lru_cache(maxsize=1 << 12)
def _promises(target: str) -> bool:
    """Say whether a name is that of a secret, or of a key that may be one."""
    return secret(target, ()) or _KEYS.issuperset(split(target))


def _guessed(statement: Statement, names: frozenset[str]) -> Iterator[str]:
    """Yield the names of what anybody can work out in a statement."""
    made = _made_of(statement.target, names) if statement.kind in {"assign", "declare"} else None
    if made and statement.word != "function" and _tellable(statement.value) and made.search(statement.value):
        yield statement.target
    for call in statement.calls:
        if _tellable(_key_of(call)):
            yield call.name


def _made_of(target: str, names: frozenset[str]) -> re.Pattern[str] | None:
    """Return how a value looks that makes a secret of its name; what is only a key has to be digested by what signs."""
    words = split(target)
    if secret(target, ()):
        return _MADE
    return _DIGESTED if len(words) == 1 and words[0] in _KEYS and _SIGNS & names else None


def _key_of(call: Call) -> str:
    place = next((at for pattern, at in _KEYED if pattern.fullmatch(call.name)), -1)
    return call.args[place] if 0 <= place < len(call.args) else ""


def _tellable(value: str) -> bool:
    return _PUBLIC.search(value) is not None and _HIDDEN.search(value) is None
