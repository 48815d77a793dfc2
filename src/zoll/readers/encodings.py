"""Encoded and high-entropy texts, and what decoding them once shows. Nothing decoded is ever executed."""

import base64
import binascii
import math
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.material import Material
from zoll.readers.tables import pattern

DOC = Doc(
    title="Encoded texts",
    reads=("code/*", "text/*", "document/*", "data/*", "config/*"),
    yields=("encoded",),
    limitations=("decoded once, at most 64 kB", "texts under 48 characters are left to the other readers"),
)
LIMIT = 65_536
LEAST = 48
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{48,}={0,2}")
_HEX = re.compile(r"(?:0x)?(?:[0-9a-fA-F]{2}){24,}")
_ESCAPES = re.compile(r"(?:\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[0-7]{3}|%[0-9a-fA-F]{2}){12,}")
_NUMBERS = pattern("encodings", "numbers")
_LINE = re.compile(r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{120,}={0,2}")
_MAGIC = (
    (b"\x7fELF", "elf"), (b"MZ", "pe"), (b"\x1f\x8b", "gzip"), (b"PK\x03\x04", "zip"), (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"), (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"), (b"wOF", "font"), (b"\x00asm", "wasm"), (b"\xca\xfe\xba\xbe", "class"), (b"%PDF", "pdf"),
    (b"\x00\x01\x00\x00", "font"), (b"OTTO", "font"), (b"<svg", "image"),
)  # fmt: skip
_SCRIPT = re.compile(
    rb"#!/|\b(?:import|require|eval|exec|function|subprocess|system|socket|curl|wget|powershell|process|bash|chmod)\b[\s(\"'./-]"
)
_URL = re.compile(rb"(?:https?|ftp|wss?|tcp)://|\b\d{1,3}(?:\.\d{1,3}){3}\b")
_INNOCENT = re.compile(
    r"data:(?:image|font|application/(?:font|x-font))|sha(?:256|384|512)[-:=]|integrity", re.IGNORECASE
)


def read(material: Material) -> Iterator[Reading]:
    """Yield encoded literals of source, and long encoded runs of any other text."""
    if material.language:
        for statement in material.told:
            yield from _statement(material, statement)
        return
    if b"\x00" in material.data[:4096]:
        return
    for number, line in material.numbered:
        for found in _LINE.finditer(line) if len(line) >= 120 else ():
            if not _INNOCENT.search(line[max(0, found.start() - 40) : found.start()]):
                yield from _text(material, found[0], number, line[:120])


def _statement(material: Material, statement: Statement) -> Iterator[Reading]:
    for literal in statement.literals:
        if literal.kind == "string" and len(literal.text) >= LEAST:
            line = literal.line or statement.line
            if not _INNOCENT.match(literal.text):
                yield from _text(material, literal.text, line, statement.text)
    text = statement.text
    if "\\" in text or "%" in text:
        for found in _ESCAPES.finditer(text):
            yield from _say(material, "escapes", found[0], _unescape(found[0]), statement.line, text)
    if text.count(",") >= 23:
        for found in _NUMBERS.finditer(text):
            numbers = [
                int(number.strip(" uUlL"), 0) if not number.strip().startswith("0") or "x" in number.lower() else 0
                for number in found[1].split(",")
            ]
            shape = "charcodes" if all(8 < number < 127 for number in numbers) else "bytes"
            yield from _say(material, shape, found[0], bytes(number & 255 for number in numbers), statement.line, text)


def _text(material: Material, text: str, line: int, words: str) -> Iterator[Reading]:
    bare = re.sub(r"\s+", "", text[: LIMIT * 2]) if "\n" in text[:400] else text[: LIMIT * 2]
    if _HEX.fullmatch(bare):
        yield from _say(material, "hex", text, binascii.unhexlify(bare.removeprefix("0x")), line, words)
    elif _BASE64.fullmatch(bare) and _mixed(bare):
        yield from _say(material, "base64", text, _unbase64(bare), line, words)


def _mixed(text: str) -> bool:
    """Say whether a text looks encoded and not like a long identifier, path or word list."""
    head = text[:4000]
    classes = sum(bool(re.search(part, head)) for part in ("[A-Z]", "[a-z]", r"\d"))
    return (
        classes == 3
        and entropy(head.encode("ascii", "replace")) > 4.2
        and head.count("_") + head.count("-") < len(head) / 8
        and head.count("/") < len(head) / 8
    )


def entropy(data: bytes) -> float:
    """Return the bits per byte.

    >>> entropy(bytes(range(256)))
    8.0
    """
    counts = Counter(data)
    return -sum(count / len(data) * math.log2(count / len(data)) for count in counts.values()) if data else 0.0


def _unbase64(text: str) -> bytes:
    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    usable = plain[: len(plain) // 4 * 4] if len(plain) % 4 == 1 else plain + "=" * (-len(plain) % 4)
    try:
        return base64.b64decode(usable)[:LIMIT]
    except ValueError:
        return b""


def _unescape(text: str) -> bytes:
    codes = re.findall(r"\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|\\([0-7]{3})|%([0-9a-fA-F]{2})", text)
    return bytes((int(a or b or d, 16) if (a or b or d) else int(c, 8)) & 255 for a, b, c, d in codes)[:LIMIT]


def _say(material: Material, shape: str, text: str, data: bytes, line: int, words: str) -> Iterator[Reading]:
    size = next((bucket for bucket in (64, 128, 256, 1024, 4096, 16384, 65536) if len(text) <= bucket), 0)
    mark = sha256(text.encode("utf-8", "replace")).hexdigest()[:12]
    length = f"<={size}" if size else ">65536"
    yield material.say(
        "encoded",
        f"{shape} {length} {mark}",
        line,
        0,
        words,
        shape=shape,
        entropy=str(int(entropy(data[:8192]))),
        decoded=decoded(data),
    )


def decoded(data: bytes) -> str:
    r"""Return what the decoded bytes are: elf, gzip ... by their first bytes, else url, script or text; "" if unknown.

    >>> decoded(b"import socket\n"), decoded(b"\x7fELF\x02")
    ('script', 'elf')
    """
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return name if name != "gzip" else _inflated(data, 31) or name
    if data[:1] == b"\x78" and data[1:2] in b"\x01\x9c\xda\x5e":
        return _inflated(data, 15) or "zlib"
    return _plain(data)


def _inflated(data: bytes, window: int) -> str:
    """Return what is inside a deflated stream, looking at 64 kB at most."""
    try:
        inside = zlib.decompressobj(window).decompress(data, LIMIT)
    except zlib.error:
        return ""
    return _plain(inside)


def _plain(data: bytes) -> str:
    head = data[:4096]
    if len(head) < 8 or sum(byte > 126 or (byte < 32 and byte not in (9, 10, 13)) for byte in head) > len(head) / 50:
        return ""
    if _SCRIPT.search(head):
        return "script"
    return "url" if _URL.search(head) else "text"
