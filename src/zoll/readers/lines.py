"""Lines of any text that no typed reader claims, and code-like lines of documents: never nothing."""

import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.source import LANGUAGES
from zoll.readers.bounds import aside, bounded
from zoll.readers.entries import PARSERS, is_lock
from zoll.readers.material import Material
from zoll.readers.permissive import polarity, strength_of
from zoll.readers.shapes import endpoints_in
from zoll.readers.tables import pattern
from zoll.readers.words import shown

PROGRAMS = frozenset(
    f"text/{one}" for one in ("kotlin", "scala", "swift", "csharp", "basic", "objc", "dart", "groovy", "elixir")
)
LONGEST = 4000
EXEMPTED = pattern("leniency", "exempted")
SWITCH = re.compile(r"(?:[\w<>?]{1,40} ){0,4}(?:\w{1,60}\.){0,6}(\w{3,60})(?:: \w{1,20})? = (true|false)\s?[,;]?")
CODE = re.compile(
    r"[(){}\[\];=<>|&$`@](?=.{0,60}[\w)])|\b(?:if|then|else|for|while|do|return|def|func|function|sub|"
    r"class|import|include|require|call|exec|run|set|let|var|proc|begin|end)\b|^\s*[./~][\w./-]+|"
    r"^\s*-{1,2}\w|\w+\(|\$\w|::|->|0x[0-9a-f]{2,}",
    re.IGNORECASE,
)
COMMAND = re.compile(
    r"^[ \t>#$%]*(?:\$[ \t]+|sudo[ \t]+)?((?:curl|wget|bash|sh|nc|ncat|socat|chmod|chown|useradd|"
    r"systemctl|crontab|iptables|base64|openssl|python3?|perl|node|npx|npm|pip3?|powershell|certutil|scp|"
    r"ssh|telnet|insmod|modprobe|mount|dd|eval|source|docker|kubectl)(?=[ \t]).{0,400})"
)
# Headers of patches (DEP-3), commits and packages: where a change comes from, nothing that the program talks to.
HEADER = re.compile(
    r"\s*(?:Origin|Bug(?:-[A-Za-z]+)?|Forwarded|Applied-Upstream|Author|From|Link|Vcs-[A-Za-z]+|Homepage|Closes|Fixes|"
    r"See(?:-also)?|Reviewed-by|Source|Upstream(?:-\w+)?|Project-URL|Download-URL)\s{0,3}:",
    re.IGNORECASE,
)
COMMENT = re.compile(r"\s*(?:#(?!!)|//|;;?\s|\*\s|/\*|--\s|%%|<!--|\.\\\")")
FOLD = re.compile(r"\s+")
UNPARSED = ("config/make", "config/cmake", "config/meson", "config/m4", "config/dockerfile")
DOC = Doc(
    title="Lines of text in formats without a reader of their own, endpoints and command lines in any text",
    reads=("*",),
    yields=("line", "endpoint", "command", "lapse", "assignment"),
    limitations=(
        "only lines with code-like or address-like content",
        "of a line longer than 4,000 characters, pieces of that length",
    ),
)


def read(material: Material) -> Iterator[Reading]:
    """Yield lines that look like code, addresses in them, and commands."""
    if aside(material) or is_lock(material):
        return
    kind = material.kind
    if kind.startswith("document/"):
        yield from bounded(_document(material))
    elif kind.startswith("text/") or _unread(material):
        yield from bounded(_text(material))


def _unread(material: Material) -> bool:
    """Say whether nobody else reads this text: a language without a grammar, a configuration without a parser."""
    kind = material.kind
    if material.language:
        return material.language not in LANGUAGES
    return kind.startswith("config/") and kind not in PARSERS and kind not in UNPARSED


def _text(material: Material) -> Iterator[Reading]:
    whole = material.kind not in ("text/plain", "text/csv")
    for number, line in _pieces(material):
        folded = FOLD.sub(" ", line).strip()
        if len(folded) < 3:
            continue
        if whole or CODE.search(folded):
            yield material.say("line", shown(folded), number, 0, line)
        if material.kind in PROGRAMS:
            yield from _open(material, folded, number)
        yield from _spoken(material, folded, number)


def _open(material: Material, line: str, number: int) -> Iterator[Reading]:
    """Yield what lets in, in a line that nobody parses: `[AllowAnonymous]`, `ValidateLifetime = false,`."""
    exempt = EXEMPTED.search(line)
    if exempt:
        yield material.say("lapse", "exempted", number, 0, line, call=exempt[1])
    switch = SWITCH.fullmatch(line)
    if switch and polarity(switch[1]):
        strength = strength_of(switch[1], switch[2])
        value = switch[2].lower()
        yield material.say("assignment", f"{switch[1]}={switch[2]}", number, 0, line, value_=value, strength=strength)


def _document(material: Material) -> Iterator[Reading]:
    """Documents give only addresses and command lines: what they say to people is the reader of documents' matter."""
    for number, line in _pieces(material):
        yield from _spoken(material, line, number)


def _pieces(material: Material) -> Iterator[tuple[int, str]]:
    for number, line in material.numbered:
        for start in range(0, min(len(line), 400 * LONGEST), LONGEST):
            yield number, line[start : start + LONGEST]


def _spoken(material: Material, line: str, number: int) -> Iterator[Reading]:
    if "." in line or ":" in line:
        for kind, value, scheme, reach in endpoints_in(line):
            where = "metadata" if HEADER.match(line) else "comment" if COMMENT.match(line) else ""
            yield material.say("endpoint", value, number, 0, line, type=kind, scheme=scheme, range=reach, in_=where)
    command = COMMAND.match(line)
    if command:
        words = shown(command[1].strip())
        yield material.say("command", words.split(" ", 1)[0], number, 0, line, words_=words, when="text")
