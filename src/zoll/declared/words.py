"""Which word of a fact a release would have to mention in order to declare it."""

import re
from functools import lru_cache

from zoll.model import Fact

SHORTEST = 3
SHORTEST_OPTION = 2  # `-R`
LONGEST = 80
# What escapes, format directives and quotes cut a literal into; the longest piece is what stands in other files too.
PIECES = re.compile(r"%[-#+ 0-9.*]{0,8}[hlLqjzt]{0,2}[a-zA-Z]|[\x00-\x1f\x7f\"'\\%{}$<>|]+")
RECEIVERS = {"self", "this", "cls", "super", "()", ""}
# What readers say of a literal that is put together at run time: no text that could stand elsewhere.
BUILT = "built"
UNNAMED = "(variable)"  # a name that is put together at run time
# Names that zoll gave to functions of executables: by their address, so that nobody else could say them.
MADE = re.compile(r"sub_[0-9a-f]{1,16}|code")
OWN_VALUE = {"environment", "option", "endpoint", "account", "dependency", "string", "registry", "image", "algorithm"}
OWN_VALUE |= {"linked", "searched", "symbol"}  # of executables


@lru_cache(maxsize=1 << 17)
def word_of(fact: Fact) -> str:
    """Return the word to look up for a fact, "" when there is none worth looking up.

    >>> word_of(Fact("gate", "literal->success", ("literal:zq-maint",)))
    'zq-maint'
    >>> word_of(Fact("power", "run", ("call:subprocess.run",)))
    'subprocess'
    """
    return _piece(text_of(fact), SHORTEST_OPTION if fact.kind == "option" else SHORTEST)


def text_of(fact: Fact) -> str:
    """Return the text that names a fact, uncut: a literal, a name; "" where nothing does."""
    if fact.kind in OWN_VALUE:
        return "" if fact.value == UNNAMED else fact.value
    if fact.kind == "comparison":
        return "" if fact.trait("type") == "char" else fact.value
    if fact.kind == "gate":
        literal = fact.trait("literal")
        return "" if literal == BUILT else literal or fact.trait("name")
    if fact.kind == "power":
        return _module(fact.trait("call"))
    if fact.kind in {"call", "command"}:
        return fact.value.rsplit("/", 1)[-1] if fact.kind == "command" else _last(fact.value)
    if fact.kind == "import":
        return re.split(r"[/.]", fact.value.strip("./"))[-1] if "/" in fact.value else fact.value.split(".", 1)[0]
    if fact.kind == "hook":
        return fact.trait("words").rsplit("/", 1)[-1].rsplit(" ", 1)[-1]
    return ""


def _module(name: str) -> str:
    first = name.split(".", 1)[0]
    return _last(name) if first in RECEIVERS or "." not in name else first


def _last(name: str) -> str:
    last = name.rsplit(".", 1)[-1].strip("()")
    return "" if MADE.fullmatch(last) else last


def _piece(text: str, least: int) -> str:
    longest = max(PIECES.split(text), key=len, default="").strip()[:LONGEST]
    return longest if len(longest) >= least else ""
