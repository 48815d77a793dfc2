"""Rows of bytes that source names: `static const uint8_t mark[] = {0x5e, ...}`, `var mark = [32]byte{...}`."""

import re
from collections.abc import Iterator

FEWEST, MOST = 20, 256  # shorter ones are marks of file formats and GUIDs, longer ones are tables; digests lie between
_BYTE = r"(?:\(byte\)\s?)?(?:0[xX][0-9a-fA-F]{1,2}|-?\d{1,3})(?:_?u8|[uU])?"
_ROW = re.compile(
    r"\b([A-Za-z_]\w{1,60}+)\b"
    r"(?:[ \t]{0,4}\[[^\]\n]{0,40}\]|[ \t]{0,4}:[ \t]{0,4}&?[\w<>, ]{0,20}(?:\[[^\]\n]{0,40}\])?)?[ \t]{0,20}:?="
    r"[ \t\n]{0,20}(?:[\w.&:<>, ]{0,40}(?:\[[^\]\n]{0,40}\](?:byte|uint8)?)?)[ \t]{0,4}[({\[]{1,2}"
    rf"\s{{0,40}}({_BYTE}(?:\s{{0,40}},\s{{0,40}}{_BYTE}){{{FEWEST - 1},{MOST - 1}}}+)\s{{0,40}},?\s{{0,40}}[)}}\]]"
)
# What every row holds, which is found ten times as fast: most files have none.
_HOLDS = re.compile(rf",\s{{0,40}}{_BYTE}(?:\s{{0,40}},\s{{0,40}}{_BYTE}){{{FEWEST - 2}}}")
_EACH = re.compile(r"(-?\b(?:0[xX][0-9a-fA-F]{1,2}|\d{1,3}))(?:_?u8|[uU])?\b")


def rows_of_bytes(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield the rows of a digest's length or more, with their names; none that repeats one byte.

    >>> row = ", ".join(["0x5e", "0x88"] * 16)
    >>> [(name, len(found)) for name, found in rows_of_bytes("static const uint8_t mark[] = {" + row + "};")]
    [('mark', 32)]
    >>> [name for name, _ in rows_of_bytes("var mark = [32]byte{" + row + ",}; var zero = [4]byte{0, 0, 0, 0}")]
    ['mark']
    """
    for found in _ROW.finditer(text) if _HOLDS.search(text) else ():
        numbers = [int(one, 0) if one.strip("-0") else 0 for one in _EACH.findall(found[2].replace("(byte)", ""))]
        if all(-128 <= one <= 255 for one in numbers) and len(set(numbers)) > 1:
            yield found[1], bytes(one % 256 for one in numbers)
