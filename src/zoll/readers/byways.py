"""Byways: hidden options, secret headers put into others, certificates carried along and trusted, settings told to all.

They need no old side: what is wholly new is judged by what it does.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.readers.material import Material
from zoll.readers.tables import pattern

DOC = Doc(
    title="Hidden options, secret headers put into others, carried certificates trusted, settings as an answer",
    reads=("code/*",),
    yields=("lapse",),
    limitations=(
        "an option is hidden by the words of the usual libraries for command lines alone",
        "a carried certificate is known where it is embedded by the language itself",
    ),
)
_ANSWERED = pattern("byways", "answered")
_HIDDEN = pattern("byways", "hidden")
_RELAYED = pattern("byways", "relayed")
_TRUSTS = pattern("byways", "trusts")
_EMBEDDED = re.compile(rb"(?m)^//go:embed [^\n]{1,200}\n(?:var )?[ \t]*(\w{1,60}) ")
_CARRIED = re.compile(r"\binclude_(?:bytes|str)!|-----BEGIN CERT")
_HINTS = {
    "hidden": ("idden", "hide", "SUPPRESS"),
    "relayed": ("uthorization", "AUTHORIZATION", "ookie", "COOKIE", "pi-key", "uth-token"),
    "answered": ("onfig", "CONFIG", "ettings", "SETTINGS", "ecrets", "redentials"),
    "anchored": ("FromPEM", "oot_cert", "rustAnchor", "from_pem", "add_parsable", "AddCert"),
}
_LONG = 1500


def read(material: Material) -> Iterator[Reading]:
    """Yield each byway."""
    whole = "\n".join([statement.text[:_LONG] for statement in material.told])
    asked = {lapse for lapse, words in _HINTS.items() if any(word in whole for word in words)}
    for statement in material.told if asked else ():
        text = statement.text[:_LONG]
        for lapse, name in _told(material, text, asked):
            yield material.say("lapse", lapse, statement.line, 0, statement.text, call=name)


def _told(material: Material, text: str, asked: set[str]) -> Iterator[tuple[str, str]]:
    if "hidden" in asked and "eprecat" not in text:
        yield from (("hidden", next(filter(None, found.groups()), "")) for found in _HIDDEN.finditer(text))
    relayed = _RELAYED.search(text) if "relayed" in asked else None
    if relayed:
        yield "relayed", relayed[1]
    answered = _ANSWERED.search(text) if "answered" in asked else None
    if answered:
        yield "answered", answered[1]
    trusts = _TRUSTS.search(text) if "anchored" in asked else None
    if trusts and (_CARRIED.search(text) or trusts[1] in _embedded(material.data)):
        yield "anchored", trusts[1]


@lru_cache(maxsize=4)
def _embedded(data: bytes) -> frozenset[str]:
    """Return the variables of a Go file that the compiler fills with files."""
    return frozenset(name.decode() for name in _EMBEDDED.findall(data)) if b"//go:embed" in data else frozenset()
