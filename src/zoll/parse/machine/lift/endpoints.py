"""Addresses of sockets put together on the own stack, read as source would say them: `"192.0.2.7:4444"`."""

from collections.abc import Callable, Mapping
from ipaddress import IPv4Address, IPv6Address

from zoll.parse.machine.lift.values import Value

TAKES = {"bind": 1, "connect": 1, "sendto": 4}  # which argument is the address of a socket
UNIX, INTERNET, INTERNET_6 = 1, 2, 10
LOCAL = 108  # bytes of a path
_BYTES = 16
_SIX = {"in6addr_any": "::", "in6addr_loopback": "::1"}  # data of the C library, <netinet/in.h>

Said = Callable[[Value], str]


def endpoint(slots: Mapping[int, Value], start: int, said: Said | None = None, *, big: bool) -> str:
    """Return the address that stands at an offset of the own stack, "" where it is not known; `said` names data.

    Source: <netinet/in.h>, <sys/un.h> of Linux: two bytes of family, then port and address, both big-endian, or a path.
    """
    known = _bytes(slots, start, _BYTES, big=big)
    family = _number(known, 0, 2, "big" if big else "little")
    if family == UNIX:
        return _path(_bytes(slots, start, LOCAL + 2, big=big))
    port = _number(known, 2, 2, "big")
    if family == INTERNET_6:
        host = _six(slots, start + 8, said, big=big)
        return f"[{host}]:{port}" if port else host
    address = _number(known, 4, 4, "big")
    if family != INTERNET or address is None:
        return f":{port}" if port and family == INTERNET else ""
    return f"{IPv4Address(address)}:{port}" if port else str(IPv4Address(address))


def _six(slots: Mapping[int, Value], start: int, said: Said | None, *, big: bool) -> str:
    """Return the address of sixteen bytes: copied from data with a name, or numbers that are all known."""
    held = slots.get(start)
    if held is not None and held.kind == "at":
        return _SIX.get(said(held.a), "") if said else ""
    known = _bytes(slots, start, _BYTES, big=big)
    found = [known.get(at) for at in range(_BYTES)]
    raw = bytes(byte for byte in found if byte is not None)
    return str(IPv6Address(raw)) if len(raw) == _BYTES else ""


def _path(known: Mapping[int, int]) -> str:
    made = bytearray()
    while known.get(2 + len(made)):
        made.append(known[2 + len(made)])
    return made.decode("ascii") if made and all(32 < byte < 127 for byte in made) else ""


def _number(known: Mapping[int, int], at: int, size: int, order: str) -> int | None:
    found = [known.get(at + one) for one in range(size)]
    whole = [byte for byte in found if byte is not None]
    if len(whole) < size:
        return None
    return int.from_bytes(bytes(whole if order == "big" else whole[::-1]), "big")


def _bytes(slots: Mapping[int, Value], start: int, size: int, *, big: bool) -> dict[int, int]:
    """Return the bytes that numbers on the stack put there, by their distance from the start."""
    known: dict[int, int] = {}
    for offset in sorted(one for one in slots if start <= one < start + size):
        value = slots[offset]
        if value.kind == "number" and not value.b:
            width = _width(slots, offset, value.a)
            raw = value.a.to_bytes(8, "big" if big else "little")
            raw = raw[-width:] if big else raw[:width]
            known |= {offset - start + at: byte for at, byte in enumerate(raw)}
    return known


def _width(slots: Mapping[int, Value], offset: int, held: int) -> int:
    """Return how many bytes a number on the stack takes: up to what stands behind it, at least what it needs."""
    need = max(1, (held.bit_length() + 7) // 8)
    behind = min((one - offset for one in slots if offset < one < offset + 8), default=8)
    return max((width for width in (1, 2, 4, 8) if need <= width <= behind), default=8)
