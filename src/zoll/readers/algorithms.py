"""Which cryptographic and random primitives are used."""

import re
from collections.abc import Iterator
from functools import lru_cache

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.material import Material
from zoll.readers.tables import table

DOC = Doc(
    title="Cryptographic and random primitives",
    reads=("code/*",),
    yields=("algorithm",),
    limitations=("known by name; an own implementation shows only its constants",),
)
_STRENGTH = {name: strength for strength in ("weak", "strong") for name in table("algorithms")[strength]}
_PATTERNS = tuple(
    (found, tuple(table("algorithms")["hint"][found]), re.compile(text, re.IGNORECASE))
    for group in ("weak", "strong")
    for found, text in table("algorithms")[group].items()
)
_HINTS = tuple({hint for _, hints, _ in _PATTERNS for hint in hints})
_CONSTANT = re.compile(
    r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]{3,60}\b|\b(?:tls|ssl)\.(?:Version|PROTOCOL|TLS|SSL)\w*|\bVersion(?:TLS|SSL)\w+"
)
_SIZE = re.compile(r"sizeof\s{0,2}\([^()]{1,80}\)")
_MEASURE = re.compile(r"_(?:LEN(?:GTH)?|SIZE|BYTES|BITS)\d{0,3}\Z")
_UPPER = (
    "TLS",
    "SSL",
    "SHA",
    "MD2",
    "MD4",
    "MD5",
    "DES",
    "RC2",
    "RC4",
    "AES",
    "ECB",
    "CIPHER",
    "PKCS",
    "RAND",
    "CRC",
    "RSA",
    "CHACHA",
    "HMAC",
    "tls.",
    "ssl.",
)
_SEEDED = frozenset(["random-seed"])
# C takes it from the library with nothing in brackets, and so does Python.
_DRAWS = re.compile(r"(?:random\.)?random")
_WORDS = frozenset({"random", "rand", "srand", "srandom"})
_FIXED = re.compile(r"\s*(?:0x[0-9a-fA-F]+|\d+|[\"'][^\"']*[\"']|[A-Z_]{3,})\s*[uUlL]*")


@lru_cache(maxsize=65536)
def algorithms_in(name: str) -> tuple[str, ...]:
    """Return the normalised primitives that a name speaks of.

    >>> algorithms_in("hashlib.md5"), algorithms_in("AES/ECB/PKCS5Padding"), algorithms_in("describe")
    (('md5',), ('aes-ecb',), ())
    >>> algorithms_in("RC2-CBC"), algorithms_in("/etc/rc.d/rc2.d"), algorithms_in("/etc/rc4.d")  # folders of run levels
    (('rc2',), (), ())
    """
    lower = name.lower()
    if not any(map(lower.__contains__, _HINTS)):  # most names speak of none
        return ()
    return tuple(
        found for found, hints, form in _PATTERNS if any(hint in lower for hint in hints) and form.search(name)
    )


def read(material: Material) -> Iterator[Reading]:
    """Yield each primitive once per statement."""
    for statement in material.told:
        named = any(map(statement.text.__contains__, _UPPER))
        seen: dict[str, str] = {}
        for name, fixed in _names(statement, named):
            for found in algorithms_in(name):
                seen[found] = seen.get(found) or fixed
        for found, fixed in seen.items():
            strength = "fixed" if found in _SEEDED and fixed else _STRENGTH[found]
            yield material.say("algorithm", found, statement.line, statement.end, statement.text, strength=strength)


def _names(statement: Statement, named: bool) -> Iterator[tuple[str, str]]:
    """Yield names to look at, each with "fixed" when the call's arguments are all fixed."""
    for call in statement.calls:
        if call.args and _DRAWS.fullmatch(call.name):
            continue  # `random(context, length, buffer)`: who wants a number of the library gives it nothing
        fixed = "fixed" if call.args and all(_FIXED.fullmatch(arg) for arg in call.args) else ""
        yield call.name, fixed
    for literal in statement.literals:
        if literal.text in _WORDS:
            continue  # a device, a probe of the build, a choice
        if literal.kind == "string" and 2 < len(literal.text) <= 60 and literal.text.count(" ") < 2:
            yield literal.text, ""
    if named:
        for found in _CONSTANT.findall(_SIZE.sub("", statement.text[:600])):  # wiping a context uses no algorithm
            if not _MEASURE.search(found):  # room for a digest is no use of one
                yield found, ""
