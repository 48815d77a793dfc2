"""What a text looks like, and the addresses in it."""

import ipaddress
import re
from collections.abc import Iterator
from functools import lru_cache

from zoll.readers.tables import pattern, table
from zoll.readers.words import shown

_URL = pattern("strings", "url")
_IPV4 = re.compile(r"(?<![\w.])((?:\d{1,3}\.){3}\d{1,3})(?::(\d{1,5}))?(?:/\d{1,2})?(?![\w.])")
_IPV6 = re.compile(r"(?<![\w:.])((?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4})(?![\w:]|-\d|\.(?:\d|\Z))", re.IGNORECASE)
_TABLED = re.compile(r"\d{1,3}::")  # an empty field of a table whose fields colons part: `name 8::-1`
_LABELS = (
    "com|net|org|io|dev|app|info|biz|xyz|top|site|online|cloud|me|co|ru|cn|de|uk|fr|nl|pl|eu|us|jp|kr|in|ir|ua|br|ch|se|no|fi|it|es|cz|to|cc|"
    "tk|ml|pw|su|onion|example|test|invalid|local|internal|lan|sh|ly|ai|gg|tv|live|tech|store|space|host|link|pro|world|club|vip|work|edu|gov|mil|int"
)
_HOST = pattern("strings", "host")
_CODE_LIKE = pattern("strings", "code_like")
# Network masks, everybody at once, and arcs of object identifiers (X.500, Internet, hashes, curves): of nobody.
_NOBODY = re.compile(r"255\.|0\.(?!0\.0\.0\Z)|2\.5\.(?:4|29)\.|1\.3\.(?:6\.1\Z|14\.3\Z|132\.0\Z|101\.11[0-3]\Z)")
_SCRIPT = re.compile(r"\w+[-_][\w-]*\.(?:sh|pl|in)", re.IGNORECASE)
# How a file of C++ is named, and no host is: `cryptoUtils.cc`, `crypto_utils.cc`.
_SOURCE = re.compile(r"(?=\w*(?:_|[a-z][A-Z]))\w+\.cc")
# Several names of files, as a build lists them: `gate.cc src/table.rs`.
_FILES = re.compile(r"(?:[\w./+$(){}%-]{1,120}\.\w{1,4}\s{1,4}){1,40}[\w./+$(){}%-]{1,120}\.\w{1,4}")
# What stands before or behind four numbers that are a version or a section of a standard, and no address.
_VERSION = re.compile(
    r"(?:\b(?:version|versions|ver|release|revision|standards-version|section|sections|clause|chapter|since|until|upto|"
    r"C(?:89|9[059]|11|17|23)|ISO|IEC|§)[\s:\"'(]{0,3}|(?:<<|>>|<=|>=|~>|~=|\w==|\w===|[~^])\s?|[A-Za-z]\w*[-_ ]v)\Z",
    re.IGNORECASE,
)
_PACKAGED = re.compile(r"-\d{1,3}(?![\d.])|[+~][A-Za-z]")
_JOINED = re.compile(r"[a-z]{1,40}\.[A-Z][a-z]{1,9}")
_HEADING = re.compile(r"\.?\s{1,4}(?:<[\w ]{1,20}>)?[A-Z][\w-]{1,40}\b(?![.:=])")
_TAGS = re.compile(r"\s*+(?:<[^<>]{0,200}+>\s*+){0,8}")
MOST_SECTIONS = 30  # in one chapter
_SHAPES = tuple((shape, pattern("strings", "shapes", shape)) for shape in table("patterns")["strings"]["shapes"])


@lru_cache(maxsize=32768)
def shape_of(text: str) -> str:
    """Return the shape of a text: the first that fits of url, address, sql ... word, sentence.

    >>> shape_of("/etc/passwd"), shape_of("no such user"), shape_of("192.0.2.7:80")
    ('path', 'sentence', 'address')
    """
    head = text[:500]
    for shape, form in _SHAPES:
        if form.fullmatch(head):
            return "host" if shape == "word" and _HOST.fullmatch(head) and not _CODE_LIKE.match(head) else shape
    return "sentence"


@lru_cache(maxsize=8192)
def endpoints_in(text: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return (type, value, scheme, range) of every endpoint in a text."""
    return tuple(dict.fromkeys(_find(text)))


def _find(text: str) -> Iterator[tuple[str, str, str, str]]:
    if "://" in text:
        at = 0
        while found := _URL.search(text, at):
            url = _whole(found[0])
            at = found.start() + max(len(url), 1)  # what was cut off may hold another one
            yield "url", shown(url), found[1].lower(), _reach(_host(url.partition("://")[2]))
        text = _URL.sub(" ", text)
    if "." in text:
        yield from _addresses(text)
    if text.count(":") > 1:
        for found in _IPV6.finditer(text):
            if _TABLED.fullmatch(found[1]):
                continue
            told = found[1].count(":") > 2 or any(sign.isdigit() for sign in found[1])  # `::ff` is a piece of something
            if _valid(found[1]) and told:
                yield "ip", found[1].lower(), "", _reach(found[1])


def _whole(url: str) -> str:
    """Return an address without the brackets and marks of the text around it."""
    for close, start in ((")", "("), ("]", "[")):
        at = url.find(close)
        while at >= 0 and url.count(start, 0, at + 1) >= url.count(close, 0, at + 1):
            at = url.find(close, at + 1)
        url = url[:at] if at >= 0 else url
    return url.rstrip(".,;:!")


def _addresses(text: str) -> Iterator[tuple[str, str, str, str]]:
    for found in _IPV4.finditer(text):
        if _valid(found[1]) and not _NOBODY.match(found[1]) and not _versioned(text, found):
            yield "ip", found[1] + (f":{found[2]}" if found[2] else ""), "", _reach(found[1])
    for found in _HOST.finditer(text):
        script = (
            _SCRIPT.fullmatch(found[1])
            or _SOURCE.fullmatch(found[1])
            or (found[1][-3:].lower() == ".cc" and _FILES.fullmatch(text.strip()))
        )
        if not _CODE_LIKE.match(found[1]) and not script and not _sentences(text, found):
            yield "host", found[0].lower(), "", _reach(found[1])


def _versioned(text: str, found: re.Match[str]) -> bool:
    """Say whether four numbers are a version (`(>= 1.4.20.3)`, `2.0.1.1-1`) or a section of a text."""
    before = text[max(0, found.start() - 24) : found.start()]
    return bool(_VERSION.search(before)) or bool(_PACKAGED.match(text, found.end())) or _heads(text, found)


def _heads(text: str, found: re.Match[str]) -> bool:
    """Say whether four small numbers stand before a heading (`7.4.6.2 The interface`)."""
    numbers = found[1].split(".")
    small = len(set(numbers)) > 1 and all(0 < int(number) <= MOST_SECTIONS for number in numbers)
    first = small and not found[2] and _TAGS.fullmatch(text, 0, found.start()) is not None
    return first and bool(_HEADING.match(text, found.end()))


def _sentences(text: str, found: re.Match[str]) -> bool:
    """Say whether a name is the end of one sentence and the begin of the next: `this file.To fix it`."""
    return bool(_JOINED.fullmatch(found[0])) and " " in text[: found.start()] and text[found.end() :].startswith(" ")


def _host(rest: str) -> str:
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0].rsplit("@", 1)[-1]
    return authority[1:].split("]")[0] if authority.startswith("[") else authority.split(":")[0]


def _valid(address: str) -> bool:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


_SETS = [ipaddress.ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32")]

# Shared behind one address of a provider, or mapping one kind into another (RFC 6598, 6052, 8215): nobody's own.
_SHARED = [ipaddress.ip_network(net) for net in ("100.64.0.0/10", "64:ff9b::/96", "64:ff9b:1::/48")]


def _reach(host: str) -> str:
    """Return documentation, private, loopback, any or public."""
    if not _valid(host):
        name = host.lower()
        if name == "localhost":
            return "loopback"
        if name.endswith((".example", ".test", ".invalid", "example.com", "example.org", "example.net")):
            return "documentation"
        return "private" if name.endswith((".local", ".lan", ".internal")) or "." not in name else "public"
    address = ipaddress.ip_address(host)
    if any(address in net for net in _SETS if net.version == address.version):
        return "documentation"
    if any(address in net for net in _SHARED if net.version == address.version):
        return "private"
    if address.is_unspecified:
        return "any"
    return "loopback" if address.is_loopback else "private" if address.is_private or address.is_multicast else "public"
