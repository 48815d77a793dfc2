"""Binary files with the bytes blotted out that a build stamps: times, build ids."""

import re
import struct

_NOTE = re.compile(rb"\x04\0\0\0(?:\x14|\x10|\x08)\0\0\0\x03\0\0\0GNU\0", re.DOTALL)
_DEBUG_LINK = re.compile(rb"[0-9a-f]{38}\.debug\0{1,4}", re.DOTALL)
_PYC = 16
_PE_AT = 0x3C


def masked(kind: str, data: bytes) -> tuple[bytes, bytes]:
    """Return the bytes without time stamps, and without build ids as well.

    >>> masked("data/binary", b"x")
    (b'x', b'x')
    """
    timed = _TIMED.get(kind, bytes)(data)
    return timed, _without_id(timed) if kind == "executable/elf" else timed


def _pyc(data: bytes) -> bytes:
    """Blot out the time of the source in a .pyc without hash (PEP 552)."""
    if len(data) < _PYC or data[4:8] != b"\0\0\0\0":
        return data
    return data[:8] + b"\0" * 4 + data[12:]


def _pe(data: bytes) -> bytes:
    """Blot out TimeDateStamp (COFF header) and CheckSum (optional header); PE format, Microsoft."""
    if len(data) < _PE_AT + 4:
        return data
    at = int(struct.unpack_from("<I", data, _PE_AT)[0])
    if data[at : at + 4] != b"PE\0\0" or at + 92 > len(data):
        return data
    return data[: at + 8] + b"\0" * 4 + data[at + 12 : at + 88] + b"\0" * 4 + data[at + 92 :]


def _without_id(data: bytes) -> bytes:
    """Blot out the build id (note NT_GNU_BUILD_ID) and the name and checksum of the file with debug symbols."""
    found = _NOTE.search(data)
    if found:
        length = data[found.start() + 4]
        data = data[: found.end()] + b"\0" * length + data[found.end() + length :]
    link = _DEBUG_LINK.search(data)
    return data[: link.start()] + b"\0" * (link.end() - link.start() + 4) + data[link.end() + 4 :] if link else data


_TIMED = {"executable/pyc": _pyc, "executable/pe": _pe}
