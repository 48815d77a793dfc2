"""On which addresses a program listens: all of them, or those of its own machine."""

import re
from collections.abc import Iterator
from itertools import pairwise

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Call, Statement
from zoll.readers.material import Material

DOC = Doc(
    title="Addresses that are listened on: every one, or the machine's own",
    reads=("code/*",),
    yields=("listening",),
    limitations=("an address that is read from a configuration is that configuration's matter",),
)
# Names of all addresses and of the machine's own, in the languages' libraries.
_ANY = re.compile(
    r"\b(?:INADDR6?_ANY|in6addr_any|IN6ADDR_ANY_INIT|IP4?6?_?ADDR_ANY\w*|Ipv[46]Addr(?:::|\.)UNSPECIFIED|IPv[46]zero"
    r"|IPv6unspecified|anyLocalAddress|IPAddress\.(?:IPv6)?Any|QHostAddress(?:::|\.)Any\w*|address_v[46](?:::|\.)any)\b"
)
_OWN = re.compile(
    r"\b(?:INADDR_LOOPBACK|in6addr_loopback|IN6ADDR_LOOPBACK_INIT|Ipv[46]Addr(?:::|\.)LOCALHOST|IPv6loopback"
    r"|IPAddress\.(?:IPv6)?Loopback|getLoopbackAddress|QHostAddress(?:::|\.)LocalHost\w*|address_v[46](?:::|\.)loopback"
    r"|0x7[fF]000001|2130706433|0x0?100007[fF]|16777343)\b"
)
# What each of them holds at least in small letters, which is found much faster: most statements have nothing of it.
_NAMES = ("addr", "ipv", "7f", "2130706433", "16777343")
_ANY_TEXT = re.compile(r"(?:[a-z]{2,8}://)?(?:0\.0\.0\.0|\[::\]|\[::0\])(?::[\w$%{}]*)?|::0?")
_OWN_TEXT = re.compile(r"(?:[a-z]{2,8}://)?(?:127\.0\.0\.1|localhost|\[::1\])(?::[\w$%{}]*)?|::1")
_QUOTED = re.compile(r"\"([^\"\s]{2,60})\"")
_PLACES = ("bind", "listen", "addr", "host", "sock", "serv", "iface", "interface", "inet")
_IP = re.compile(r"\bip")
_LISTENS = re.compile(r"(?:^|[._a-z])(?:bind|listen|serve|server|passive)", re.IGNORECASE)
_BINDS = re.compile(r"\w*(?:_BIND|PASSIVE|LISTEN)\w*\Z|\w*BIND\Z")
_NOTHING = re.compile(r"NULL|nullptr|None|nil|null|undefined|\"\"|''")
_PORT = re.compile(r"(?:.*[._>])?\w*port\w*|[1-9]\d{1,4}", re.IGNORECASE)
# Names of local sockets that no file shows (unix(7), "abstract"): they begin with a nought, which Go writes `@`.
_ABSTRACT = re.compile(
    r"sun_path\s?(?:\[0\]\s?=\s?(?:0\b|'\\0')|\s?,\s?\"\\(?:0|x00)\w)|\.(?:bind|listen|connect)\(\s?b?[\"'`]\\(?:0|x00)\w"
    r"|\"unix(?:gram|packet)?\"\s?,\s?\"@\w|\bfrom_abstract_name\(|\bLocalServerSocket\("
)
_ABSTRACTS = ("sun_path", "\\0", "\\x00", '"@', "abstract", "LocalServer")
_PAIR = re.compile(r"\(\s?(?:\"\"|''|None)\s?,\s?(?:[\w.\[\]\"']*port[\w.\[\]\"']*|[1-9]\d{1,4})\s?\)", re.IGNORECASE)
_ONLY_PORT = re.compile(r"[\"':]:\d{2,5}[\"']|\":(?:http|https|ssh)\"")


def read(material: Material) -> Iterator[Reading]:
    """Yield where statements listen; `how:fallback` marks what is tried after the same call with an address."""
    for index in material.indices:
        statement = material.statements[index]
        for value, via, call in dict.fromkeys(_said(statement)):
            how = "fallback" if value == "any" and call and _tried(material, index, call) else ""
            yield material.say(
                "listening", value, statement.line, statement.end, statement.text, via=via, call=call, how=how
            )


def _said(statement: Statement) -> Iterator[tuple[str, str, str]]:
    """Yield the value, how it is written, and the call that gets it."""
    text = statement.text
    if statement.kind == "import":
        return
    if any(map(text.__contains__, _ABSTRACTS)) and _ABSTRACT.search(text):
        yield "abstract", "name", ""
    calls = [call for call in statement.calls if _hoped(call)]
    caller = next((call.name for call in calls if _LISTENS.search(call.name)), "")
    small = text.lower()
    if any(map(small.__contains__, _NAMES)):
        if _ANY.search(text):
            yield "any", "name", caller
        if _OWN.search(text):
            yield "loopback", "name", caller
    if (statement.literals or statement.kind == "directive") and _of_place(small):
        yield from _texts(statement, caller)
    for call in calls:
        if _left_open(call):
            yield "any", "missing", call.name


def _of_place(small: str) -> bool:
    """Say whether a text in small letters speaks of where something listens."""
    return any(map(small.__contains__, _PLACES)) or ("ip" in small and _IP.search(small) is not None)


def _hoped(call: Call) -> bool:
    """Say whether a call holds a word of those that listen, which is found ten times as fast as how it stands there."""
    small = f"{call.name} {' '.join(call.args)}".lower()
    return "bind" in small or "listen" in small or "serve" in small or "passive" in small


def _texts(statement: Statement, caller: str) -> Iterator[tuple[str, str, str]]:
    tested = {test.literal.text for test in statement.tests if test.literal}
    for literal in statement.literals:
        if literal.kind == "string" and literal.text not in tested:
            yield from _text(literal.text, caller)
    for text in _QUOTED.findall(statement.text[:400]) if statement.kind == "directive" else ():
        yield from _text(text, caller)


def _text(text: str, caller: str) -> Iterator[tuple[str, str, str]]:
    if len(text) > 60:
        return
    if _ANY_TEXT.fullmatch(text):
        yield "any", "text", caller
    elif _OWN_TEXT.fullmatch(text):
        yield "loopback", "text", caller


def _left_open(call: Call) -> bool:
    """Say whether a call that listens gets a port and no address."""
    if any(_BINDS.match(arg) for arg in call.args):
        return _beside_port(call)
    if not _LISTENS.search(call.name):
        return False
    whole = ", ".join(call.args)[:400]
    return _beside_port(call) or bool(_PAIR.search(whole)) or bool(_ONLY_PORT.search(whole))


def _beside_port(call: Call) -> bool:
    args = [arg.strip() for arg in call.args]
    return any(_NOTHING.fullmatch(one) and _PORT.fullmatch(two) for one, two in pairwise(args))


def _tried(material: Material, index: int, name: str) -> bool:
    """Say whether the same call was made before in this function, with an address."""
    for statement in material.statements[max(0, index - 60) : index]:
        if any(call.name == name and not _left_open(call) for call in statement.calls):
            return not any(value == "any" for value, _, _ in _said(statement))
    return False
