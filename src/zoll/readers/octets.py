"""Addresses that are put together of numbers: octets in a list, one by one, shifted into place, or bytes of a text."""

import ipaddress
import re
from collections.abc import Iterator

from zoll.catalogue import Doc
from zoll.model import Reading
from zoll.parse.code import Statement
from zoll.readers.material import Material
from zoll.readers.shapes import endpoints_in
from zoll.readers.tables import pattern

DOC = Doc(
    title="Addresses put together of numbers",
    reads=("code/*",),
    yields=("endpoint",),
    limitations=(
        "four numbers are an address only where a name beside them says so",
        "octets that are computed are not told",
    ),
)
_ADDRESS = pattern("octets", "address")
_MAKES = pattern("octets", "makes")
_TALKS = pattern("octets", "talks")
_OCTET = r"(?:0[xX][0-9a-fA-F]{1,2}|\d{1,3})(?:[uU]|_?u8)?"
_FOUR = re.compile(rf"[{{\[(,]\s*({_OCTET})\s*,\s*({_OCTET})\s*,\s*({_OCTET})\s*,\s*({_OCTET})\s*,?\s*[}}\])]")
_LONGER = re.compile(r"(?:\b0[xX]\w{1,4}|\b\d\w{0,4})\s*,$")  # the end of a longer list
_SIXTEEN = re.compile(rf"[{{\[(]\s*({_OCTET}(?:\s*,\s*{_OCTET}){{15}})\s*,?\s*[}}\])]")
_SHIFTED = re.compile(
    rf"({_OCTET})[)\s]{{0,4}}<<\s?24[)\s]{{0,4}}[|+][(\s]{{0,4}}({_OCTET})[)\s]{{0,4}}<<\s?16[)\s]{{0,4}}[|+]"
    rf"[(\s]{{0,4}}({_OCTET})[)\s]{{0,4}}<<\s?8[)\s]{{0,4}}[|+][(\s]{{0,4}}({_OCTET})(?![\w])"
)
_PLACES = re.compile(r"""["'](?:%[0-9]?[dui]|\{\})(?:\.(?:%[0-9]?[dui]|\{\})){3}""")
_JOINED = re.compile(r"""["']\.["']\s?\.join|\.join\(["']\.["']\)|join\(["']\.["']\s?,|implode\(["']\.["']""")
_ELEMENT = re.compile(r"(.{1,80}?)\[([0-3])\]$")
_WHOLE = re.compile(r"(0[xX][0-9a-fA-F]{7,8}|[1-9]\d{8,9})[uUlL]{0,3}")
_SWAPS = re.compile(r"(?:cpu_to_be32|htobe32|bswap_?32|be32|to_be)\(\s?\(?([^()]{1,30})\)")
_NEAR = 8  # statements within which four octets are given one by one
_FIRST, _LAST, _LAST_OF_SIX = 1, 223, 254  # before and behind are no addresses of anybody alone


def read(material: Material) -> Iterator[Reading]:
    """Yield each address that is spelled in numbers."""
    for index in material.indices:
        statement = material.statements[index]
        if statement.kind in ("import", "condition") or not any(one.kind != "regex" for one in statement.literals):
            continue
        for octets in {*_listed(statement), *_shifted(statement), *_one_by_one(material, index), *_bytes(statement)}:
            yield from _told(material, statement, octets)


def _told(material: Material, statement: Statement, octets: tuple[int, ...]) -> Iterator[Reading]:
    if max(octets) > 255 or not _FIRST <= octets[0] <= (_LAST if len(octets) == 4 else _LAST_OF_SIX):
        return
    text = str(ipaddress.ip_address(bytes(octets)))
    for kind, value, scheme, reach in endpoints_in(text):
        yield material.say(
            "endpoint", value, statement.line, 0, statement.text, type=kind, scheme=scheme, range=reach, how="octets"
        )


def _listed(statement: Statement) -> Iterator[tuple[int, ...]]:
    """Yield four numbers in a list where a name says that they are an address, sixteen where they are one of IPv6."""
    if len(statement.literals) < 4:
        return
    text = statement.text
    spelled = bool(_PLACES.search(text) or _JOINED.search(text))
    for found in _FOUR.finditer(text):
        before = text[max(0, found.start() - 60) : found.start() + 1]
        if _LONGER.search(before):
            continue
        if spelled or _MAKES.search(before) or _ADDRESS.search(before.rpartition(";")[2]):
            yield tuple(map(_number, found.groups()))
    for found in _SIXTEEN.finditer(text) if "6" in text else ():
        if re.search(r"(?i)in6|ipv?6|s6_", text[max(0, found.start() - 80) : found.start()]):
            yield tuple(map(_number, found[1].split(",")))


def _number(text: str) -> int:
    plain = text.strip().removesuffix("u8").rstrip("uU_")
    return int(plain, 16 if plain[:2] in ("0x", "0X") else 10)


def _shifted(statement: Statement) -> Iterator[tuple[int, ...]]:
    """Yield octets that are shifted into their places, and numbers of 32 bits that are turned round into an address."""
    if "<<" in statement.text:
        yield from (tuple(map(_number, found.groups())) for found in _SHIFTED.finditer(statement.text))
    if _ADDRESS.search(statement.target):
        for found in _SWAPS.finditer(statement.value):
            number = _WHOLE.fullmatch(found[1].strip())
            if number and int(number[1], 0) < 1 << 32:
                yield tuple(int(number[1], 0).to_bytes(4, "big"))


def _one_by_one(material: Material, index: int) -> Iterator[tuple[int, ...]]:
    """Yield four octets given to the elements of one value, the last of them here."""
    last = _ELEMENT.match(material.statements[index].target)
    if last is None or last[2] != "3":
        return
    octets: dict[str, str] = {}
    for one in material.statements[max(0, index - _NEAR) : index + _NEAR]:
        found = _ELEMENT.match(one.target) if one.kind == "assign" else None
        if found and found[1] == last[1] and re.fullmatch(_OCTET, one.value.strip()):
            octets[found[2]] = one.value
    longer = any(one.target.startswith((f"{last[1]}[4]", f"{last[1]}[5]")) for one in material.statements)
    if len(octets) == 4 and not longer and (_ADDRESS.search(last[1]) or _talks(material)):
        yield tuple(_number(octets[str(place)]) for place in range(4))


def _talks(material: Material) -> bool:
    """Say whether a function has to do with addresses of machines."""
    return any(_TALKS.search(one.text[:400]) for one in material.statements)


def _bytes(statement: Statement) -> Iterator[tuple[int, ...]]:
    """Yield the four bytes of a text that is copied into an address."""
    for call in statement.calls:
        if len(call.args) > 1 and _ADDRESS.search(call.args[0]):
            for literal in statement.literals:
                if literal.kind == "string" and len(literal.text) == 4 and not literal.text.isprintable():
                    yield tuple(ord(sign) & 255 if ord(sign) < 256 else 256 for sign in literal.text)
