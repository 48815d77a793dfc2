"""Addresses in numbers: what no sample shows."""

from hypothesis import given
from hypothesis import strategies as st

from zoll.model import Part, Place
from zoll.parse.source import open_code
from zoll.readers.material import Material
from zoll.readers.octets import read


def addresses(data):
    opened = open_code(data, "c")
    part = Part(Place(("a.c",)), "code/c", "", len(data))
    materials = [
        Material(part, "code/c", data, opened.statements(one), one, opened.code) for one in opened.code.functions
    ]
    return {reading.fact.value for material in materials for reading in read(material)}


@given(st.tuples(st.integers(1, 223), *[st.integers(0, 255)] * 3))
def test_every_address_in_a_list_is_told(octets):
    listed = ", ".join(map(str, octets))
    assert addresses(f"void f(void) {{ IP4_ADDR(&ip, {listed}); }}".encode()) == {".".join(map(str, octets))}


def test_odd_numbers_are_none():
    assert not addresses(b"void f(void) { IP4_ADDR(&ip, 300, 1, 2, 3); IP4_ADDR(&ip, 0, 1, 2, 3); }")
    assert addresses(b"void f(void) { IP4_ADDR(&ip, 192, 08, 0x02, 009); }") == {"192.8.2.9"}


def test_groups_of_sixth_version_are_none():
    assert not addresses(b"struct in6_addr a6 = { 0xff,2,0,0,0,0,0,0,0,0,0,0,0,0,0,1 };")
    assert addresses(b"struct in6_addr in6 = { 32,1,13,184,0,0,0,0,0,0,0,0,0,0,0,1 };") == {"2001:db8::1"}
