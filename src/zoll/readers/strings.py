"""The texts that a function holds, their shapes, and the addresses among them."""

import ipaddress
import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Literal, Statement
from zoll.readers.ability import power_of
from zoll.readers.material import Material
from zoll.readers.shapes import endpoints_in, shape_of
from zoll.readers.tables import pattern
from zoll.readers.words import shown

DOC = Doc(
    title="Strings and endpoints",
    reads=("code/*",),
    yields=("string", "endpoint", "document"),
    limitations=(
        "hosts without a scheme count only with a well-known last label",
        "texts shorter than three characters are left out",
    ),
)
_CONNECTING = frozenset(["connect", "listen", "send", "fetch", "resolve"])
# A number by itself, no part of a sum (`2**32`, `port + 1000`), or at the end of an address.
_PORT = re.compile(
    r"(?<![\w.\"'*/%<+])(?<![*/%<+]\s)(?:0x[0-9a-fA-F]{2,4}|\d{2,5})(?![\w.]|\s?[*/%]|\s?<<)|(?<=[\"']:)\d{2,5}(?=[\"'])"
)
# Where a function begins that is handed in: `createServer((req, res) => res.writeHead(403))` listens on no port.
_BODY = re.compile(r"\)\s?=>|\b\w+\s?=>\s?\{|\bfunction\b|\bfunc\s?\(|\blambda\b")
_PORTED = pattern("strings", "ported")
_TURNING = frozenset(["htonl", "ip_address", "IPv4Address", "inet_makeaddr", "long2ip"])
_NUMBERED = re.compile(r"(0[xX][0-9a-fA-F]{7,8}|[1-9]\d{7,9})[uUlL]{0,3}")
# A number whose lower half is nought is as likely a word of bits: an address only where the statement speaks of one.
_ADDRESSED = re.compile(
    r"(?i)addr|(?<![a-z])ip(?:v?4)?(?![a-z])|host|peer|server|dest|dst|remote|gateway|connect|INADDR"
)
_LOW = 0xFFFF
_STORED = re.compile(r"\bs_addr$")
_FIRST, _LAST = 1 << 24, 224 << 24  # from there on addresses of groups, and masks
_GEM = re.compile(r"\.(?:homepage|metadata)\b[^=]{0,60}=")
_ROOT = re.compile(r"#?!?\[?\s?(?:doc\()?\s{0,4}html_(?:root|logo|favicon)_url\s?=")
_BEGUN = re.compile(r"\w{2,9}://(?!localhost\Z)[A-Za-z0-9-]{1,60}")  # `"https://sts" + "." + region`
_NUMBER = re.compile(r"\d{2,5}|0x[0-9a-f]{2,4}", re.IGNORECASE)


def read(material: Material) -> Iterator[Reading]:
    """Yield strings, and endpoints in strings and in the arguments of calls that talk."""
    for statement in material.told:
        if statement.kind == "import":
            continue
        if _documents(statement) and not _is_chosen(material, statement):
            yield material.say(
                "document", shown(statement.literals[0].text[:200]), statement.line, statement.end, statement.text
            )
            continue
        for literal in statement.literals:
            if literal.kind in {"string", "regex"} and len(literal.text) >= 3:
                yield from _literal(material, statement, literal)
        yield from _numbered(material, statement)
        for call in statement.calls:
            yield from _ports(material, statement, call)
        if material.language == "shell":
            yield from _endpoints(material, statement.text, statement.line, statement.text)


def _numbered(material: Material, statement: Statement) -> Iterator[Reading]:
    """Yield IPv4 addresses written as numbers: given to what turns them round, or stored into an address."""
    given = [
        call.args[0] for call in statement.calls if call.args and call.name.rsplit(".", 1)[-1].strip("()") in _TURNING
    ]
    if statement.kind == "directive" and statement.target.startswith("INADDR_"):
        given.append(statement.text.rpartition(" ")[2])
    found = [_NUMBERED.fullmatch(argument.strip("() ")) for argument in given]
    numbers = [int(one[1], 0) for one in found if one]
    if not _ADDRESSED.search(statement.text[:200]):  # `header = htonl(0x23000000)`
        numbers = [number for number in numbers if number & _LOW]
    stored = _NUMBERED.fullmatch(statement.value.strip("(); ")) if _STORED.search(statement.target) else None
    if stored:  # as the bytes lie in the memory of a machine with the low byte first
        numbers.append(int.from_bytes(int(stored[1], 0).to_bytes(8, "little")[:4], "big"))
    for number in numbers:
        if _FIRST <= number < _LAST:
            text = str(ipaddress.IPv4Address(number))
            for kind, value, scheme, reach in endpoints_in(text):
                yield material.say(
                    "endpoint", value, statement.line, 0, statement.text, type=kind, scheme=scheme, range=reach
                )


def _documents(statement: Statement) -> bool:
    """Say whether the statement is a text that nothing uses, as a docstring is."""
    plain = statement.kind == "other" and len(statement.literals) == 1 and not statement.calls and not statement.tests
    return plain and statement.text.lstrip("rbuRBU").startswith(('"', "'"))


def _is_chosen(material: Material, statement: Statement) -> bool:
    """Say whether a text is one side of a choice inside of a larger value: `{to: big ? "0x..." : to}`."""
    return statement.within >= 0 and material.statements[statement.within].word == "?"


def _literal(material: Material, statement: Statement, literal: Literal) -> Iterator[Reading]:
    line = literal.line or statement.line
    text = literal.text
    yield material.say("string", shown(text[:400]), line, 0, statement.text, shape=shape_of(text[:500]))
    if material.language != "shell" and ("." in text or ":" in text) and not _BEGUN.fullmatch(text):
        yield from _endpoints(material, text, line, statement.text)


def _of_package(material: Material, words: str) -> bool:
    """Say whether a statement only says where a package is documented: a gem's specification, an attribute of Rust."""
    if material.language == "ruby":
        return material.part.place.name.endswith(".gemspec") and bool(_GEM.search(words))
    return material.language == "rust" and bool(_ROOT.match(words))


_LINES = re.compile(r"\n|\\n")
_REMARK = re.compile(r"\s*(?:#(?!!)|//|--|;|\*|<!--)")
_WORDY = 3  # blanks in a line that tells something
# A line that a script says to whoever runs it: neither handed on to another command nor written to a file.
_SAID = re.compile(
    r"\s*(?:echo|printf|_?(?:die|warn|err|log|msg|fail|exiterr|usage|abort|bail|info)\w{0,12})\s"
    r"(?![^\n]{0,2000}(?:\||(?<![0-9&])>(?!&)|<<))[^\n]{1,2000}\Z"
)


def _is_told(material: Material, text: str, words: str) -> bool:
    """Say whether an address stands in what people are told."""
    if material.language != "shell":
        return shape_of(text[:500]) == "sentence"
    return words.count(" ") >= _WORDY and bool(_SAID.match(words))


def _is_remarked(text: str, value: str) -> bool:
    """Say whether an address stands in a remark of what a text of several lines holds: a script, a configuration."""
    lines = _LINES.split(text[:4000])
    held = [line for line in lines if value in line] if len(lines) > 2 else []
    return bool(held) and all(map(_REMARK.match, held))


def _endpoints(material: Material, text: str, line: int, words: str) -> Iterator[Reading]:
    found = endpoints_in(text[:4000])
    if found and _of_package(material, words):
        spoken = "metadata"
    else:
        spoken = "sentence" if found and _is_told(material, text, words) else ""
    for kind, value, scheme, reach in found:
        told = spoken or ("sentence" if _is_remarked(text, value) else "")
        yield material.say("endpoint", value, line, 0, words, type=kind, scheme=scheme, range=reach, in_=told)


_OF_FIREWALL = re.compile(
    r"(?:--(?:add-port|dports?|destination-ports?)[= ])?(\d{2,5})/(?:tcp|udp|sctp)|"
    r"--(?:dports?|destination-ports?)[= ](\d{2,5})"
)


def _opened(material: Material, statement: Statement, call: Call) -> Iterator[Reading]:
    """Yield the ports that a command of a shell names with their protocol, or as those of packets to let in."""
    words = [word.strip("\"'") for word in call.args]
    pairs = (
        f"{word} {words[at + 1]}" if word[:3] == "--d" and at + 1 < len(words) else word
        for at, word in enumerate(words)
    )
    for found in filter(None, map(_OF_FIREWALL.fullmatch, pairs)):
        yield material.say(
            "endpoint", found[1] or found[2], call.line or statement.line, 0, statement.text, type="port"
        )


_ORDERED = frozenset({"htons", "htonl", "ntohs"})


def _queues(name: str, language: str) -> bool:
    """Say whether a call listens on a socket that is bound already: its number is how many may wait.

    Source: listen() of POSIX.1-2017; JavaScript's objects of the name take a port.
    """
    own = name in ("listen", "socket_listen") or (name.endswith("listen") and "sock" in name.lower())
    return own and language not in ("javascript", "typescript", "go")


def _ports(material: Material, statement: Statement, call: Call) -> Iterator[Reading]:
    if not call.args:
        return
    if material.language == "shell":
        yield from _opened(material, statement, call)
    if not _PORTED.search(call.name) and not _CONNECTING & set(power_of(call.name, call.args, material.language)):
        return
    if _queues(call.name, material.language):
        return
    if material.language == "shell" and not {"connect", "listen"} & set(
        power_of(call.name, call.args, material.language)
    ):
        return
    if material.part.kind.startswith("executable/") and call.name not in _ORDERED:
        return  # the numbers of machine code are lengths, flags and descriptors
    for argument in call.args:
        for number in _PORT.findall(_BODY.split(argument[:200], maxsplit=1)[0]):
            if 20 < int(number, 0) < 65536 if not number.startswith("0") or "x" in number else False:
                yield material.say(
                    "endpoint", str(int(number, 0)), call.line or statement.line, 0, statement.text, type="port"
                )
