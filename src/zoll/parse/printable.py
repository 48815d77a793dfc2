"""Printable runs of binary data, embedded formats and the density of windows. One pass of a bytes expression each."""

import re
from collections.abc import Iterator
from math import log2

import numpy as np

RUN = re.compile(rb"[\x20-\x7e\t]{6,}")
WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){6,}")
EMBEDDED = re.compile(
    rb"\x7fELF[\x01\x02][\x01\x02]\x01|MZ[\s\S]{58}[\x40-\xff][\x00-\x03]\x00\x00|PK\x03\x04|"
    rb"\x1f\x8b\x08[\x00-\x1f][\s\S]{4}[\x00\x02\x04][\x00-\x0d\xff]|\xfd7zXZ\x00|"
    rb"\x28\xb5\x2f\xfd|BZh[1-9]1AY&SY|hsqs|\xcf\xfa\xed\xfe|\xca\xfe\xba\xbe\x00\x00\x00[\x2d-\x45]|"
    rb"dex\n03[5-9]\x00|#!/[a-z/]{2,20}(?:sh|python3?|perl|env)\b|<\?php\s|%PDF-1"
)
NAMES = (
    (b"\x7fELF", "elf"),
    (b"MZ", "pe"),
    (b"PK", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\xfd7z", "xz"),
    (b"\x28\xb5", "zstd"),
    (b"BZh", "bzip2"),
    (b"hsqs", "squashfs"),
    (b"\xcf\xfa", "macho"),
    (b"\xca\xfe", "class"),
    (b"dex", "dex"),
    (b"#!", "script"),
    (b"<?php", "php"),
    (b"%PDF", "pdf"),
)
WINDOW = 4096


def printable(data: bytes) -> Iterator[tuple[int, bytes]]:
    r"""Yield (offset, text) of runs of six or more printable characters, 8-bit first, then 16-bit.

    >>> list(printable(b"\0hello world\0ab\0"))
    [(1, b'hello world')]
    """
    for found in RUN.finditer(data):
        yield found.start(), found[0]
    if b"\x00" in data:
        for found in WIDE.finditer(data):
            yield found.start(), found[0][::2]


def embedded(data: bytes) -> Iterator[tuple[int, str]]:
    r"""Yield (offset, format) of known formats that start behind the data's own head.

    >>> list(embedded(b"\x89PNG" + b"\x7fELF\x02\x01\x01"))
    [(4, 'elf')]
    """
    for found in EMBEDDED.finditer(data, 1):
        name = next(name for magic, name in NAMES if found[0].startswith(magic))
        if name != "pe" or _is_pe(data, found.start()):
            yield found.start(), name


def _is_pe(data: bytes, at: int) -> bool:
    offset = at + int.from_bytes(data[at + 60 : at + 64], "little")
    return data[offset : offset + 4] == b"PE\0\0"


def entropies(data: bytes, most: int = 4096) -> list[float]:
    """Return the entropy (bits per byte, 0 to 8) of windows of 4 kB; at most `most` windows, evenly spread."""
    count = len(data) // WINDOW or bool(data)
    step = max(1, -(-count // most))
    found = []
    for index in range(0, count, step):
        window = np.frombuffer(
            data, dtype=np.uint8, count=min(WINDOW, len(data) - index * WINDOW), offset=index * WINDOW
        )
        counts = np.bincount(window, minlength=256)
        shares = counts[counts > 0] / len(window)
        found.append(float(-(shares * np.log2(shares)).sum()) if len(shares) > 1 else 0.0)
    return found


def entropy(text: bytes) -> float:
    """Return the entropy of a short text in bits per byte.

    >>> entropy(b"aabb")
    1.0
    """
    if not text:
        return 0.0
    counts = [text.count(bytes([byte])) for byte in set(text)]
    return -sum(count / len(text) * log2(count / len(text)) for count in counts)
