"""Addresses of sockets that code puts together on its stack."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zoll.parse.machine.lift.endpoints import endpoint
from zoll.parse.machine.lift.values import UNKNOWN, memory, number

AT = -64


def told(slots, *, big=False):
    return endpoint({AT + at: value for at, value in slots.items()}, AT, big=big)


@pytest.mark.parametrize(
    ("slots", "said"),
    [
        ({0: number(0x5C110002), 4: number(0x0100007F)}, "127.0.0.1:4444"),  # family and port at once
        ({0: number(0x070200C035000002)}, "192.0.2.7:53"),  # all at once
        ({0: number(2), 2: UNKNOWN, 4: number(0), 8: number(0)}, "0.0.0.0"),
        ({0: number(2), 2: number(0x5C11), 4: UNKNOWN}, ":4444"),
        ({0: number(10), 2: number(0x5C11), 4: UNKNOWN}, "[]:4444"),
        ({0: number(1), 2: number(int.from_bytes(b"/run/x", "little")), 8: number(0)}, "/run/x"),
        ({0: UNKNOWN, 4: number(0x0100007F)}, ""),
        ({0: number(17), 2: number(0x300)}, ""),
        ({}, ""),
    ],
)
def test_addresses(slots, said):
    assert told(slots) == said


def test_the_longer_addresses():
    def named(value):
        return "in6addr_any" if value == number(0x4000, address=True) else ""

    copied = {AT: number(10), AT + 2: number(0x5C11), AT + 8: memory(number(0x4000, address=True), 0, 0)}
    assert endpoint(copied, AT, named, big=False) == "[::]:4444"
    assert endpoint(copied, AT, big=False) == "[]:4444"
    assert told({0: number(10), 2: UNKNOWN, 8: number(0), 16: number(1 << 56)}) == "::1"


def test_the_other_order_of_bytes():
    assert told({0: number(2), 2: number(4444), 4: number(0x7F000001), 8: UNKNOWN}, big=True) == "127.0.0.1:4444"


@given(st.dictionaries(st.integers(-4, 20), st.integers(0, 2**64 - 1).map(number)), st.booleans())
def test_whatever_stands_there(slots, big):
    assert isinstance(told(slots, big=big), str)
